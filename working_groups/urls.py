"""/working-groups/."""

from django.urls import path

from working_groups import calendars, joining, views, year_page

app_name = "working_groups"
urlpatterns = [
    path("", views.groups, name="list"),
    path("overviews/<int:year>/", year_page.year, name="year"),
    path("<slug:slug>/", views.group, name="detail"),
    path("<slug:slug>/join/", joining.join, name="join"),
    path("<slug:slug>/calendar.ics", calendars.of_group, name="calendar"),
    path("<slug:slug>/overviews/<int:year>/", views.overview, name="overview"),
]
