"""/members/ and /organisations/."""

from django.urls import path

from members import views
from members.feeds import ChangesFeed

app_name = "members"
urlpatterns = [
    path("", views.directory, name="list"),
    path("members.csv", views.members_csv, name="csv"),
    path("members.json", views.members_json, name="json"),
    path("suggest/", views.suggest, name="suggest"),
    path("changes/", views.changes, name="changes"),
    path("changes/feed/", ChangesFeed(), name="changes_feed"),
    path("timeline/", views.timeline, name="timeline"),
    path("networks/", views.networks, name="networks"),
    path("networks/<slug:slug>/", views.network, name="network"),
    path("sponsors/", views.sponsors, name="sponsors"),
    path("sponsors/<slug:slug>/", views.sponsor, name="sponsor"),
    path("<slug:slug>/", views.member, name="detail"),
]
