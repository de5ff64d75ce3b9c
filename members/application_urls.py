"""/membership/apply/<secret>/: the pages of one application."""

from django.urls import path

from members import apply

app_name = "application"
urlpatterns = [
    path("<str:token>/", apply.status, name="status"),
    path("<str:token>/organisation/", apply.organisation, name="organisation"),
    path("<str:token>/people/", apply.people, name="people"),
    path("<str:token>/motivation/", apply.motivation, name="motivation"),
]
