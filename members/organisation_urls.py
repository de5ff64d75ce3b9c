"""/organisations/: those that the record names without a membership."""

from django.urls import path

from members import views

app_name = "organisations"
urlpatterns = [path("<slug:slug>/", views.organisation, name="detail")]
