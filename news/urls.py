"""/news/."""

from django.urls import path

from news import views
from news.feeds import NewsFeed, NewsJsonFeed

app_name = "news"
urlpatterns = [
    path("", views.news, name="list"),
    path("feed/", NewsFeed(), name="feed"),
    path("feed.json", NewsJsonFeed(), name="json"),
    path("<slug:slug>/", views.post, name="detail"),
]
