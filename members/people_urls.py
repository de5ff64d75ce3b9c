"""/people/: those who agreed to be shown. Nothing lists them: they are found where they act."""

from django.urls import path

from members import views

app_name = "people"
urlpatterns = [path("<slug:slug>/", views.person, name="detail")]
