"""/desk/networks/: where the coordinator of a network keeps it together."""

from django.urls import path

from members import network_desk

app_name = "network_desk"
urlpatterns = [
    path("<slug:slug>/", network_desk.network, name="network"),
    path("<slug:slug>/members/<slug:member>/", network_desk.edit, name="edit"),
    path("<slug:slug>/changes/<int:pk>/", network_desk.change, name="change"),
]
