"""/opportunities/."""

from django.urls import path

from news import opportunities
from news.calendars import calendar

app_name = "opportunities"
urlpatterns = [
    path("", opportunities.opportunities, name="list"),
    path("calendar.ics", calendar, name="calendar"),
    path("<slug:slug>/", opportunities.opportunity, name="detail"),
]
