"""/activities/."""

from django.urls import path

from working_groups import calendars, views

app_name = "activities"
urlpatterns = [
    path("", views.activities, name="list"),
    path("calendar.ics", calendars.all_activities, name="calendar"),
    path("<slug:slug>/", views.activity, name="detail"),
    path("<slug:slug>/calendar.ics", calendars.of_activity, name="file"),
]
