"""/policy/."""

from django.urls import path

from news import views
from news.feeds import PolicyFeed, PolicyJsonFeed

app_name = "policy"
urlpatterns = [
    path("", views.policy, name="list"),
    path("feed/", PolicyFeed(), name="feed"),
    path("feed.json", PolicyJsonFeed(), name="json"),
    path("<slug:slug>/", views.position, name="detail"),
]
