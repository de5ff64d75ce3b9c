"""/working-groups/."""

from django.urls import path

from working_groups import views

app_name = "working_groups"
urlpatterns = [
    path("", views.groups, name="list"),
    path("<slug:slug>/", views.group, name="detail"),
    path("<slug:slug>/overviews/<int:year>/", views.overview, name="overview"),
]
