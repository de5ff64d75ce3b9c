"""/activities/."""

from django.urls import path

from working_groups import views

app_name = "activities"
urlpatterns = [
    path("", views.activities, name="list"),
    path("<slug:slug>/", views.activity, name="detail"),
]
