"""/desk/organisations/: where those who act for an organisation keep its profile."""

from django.urls import path

from members import desk

app_name = "organisation_desk"
urlpatterns = [
    path("<slug:slug>/", desk.organisation, name="organisation"),
    path("<slug:slug>/profile/", desk.edit, name="edit"),
    path("<slug:slug>/changes/<int:pk>/", desk.change, name="change"),
    path("<slug:slug>/confirm/", desk.confirm, name="confirm"),
    path("<slug:slug>/invite/", desk.invite, name="invite"),
    path("<slug:slug>/representatives/<int:pk>/end/", desk.end, name="end"),
]
