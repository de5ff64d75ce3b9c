"""/members/ and /organisations/."""

from django.urls import path

from members import views

app_name = "members"
urlpatterns = [
    path("", views.directory, name="list"),
    path("networks/", views.networks, name="networks"),
    path("networks/<slug:slug>/", views.network, name="network"),
    path("sponsors/", views.sponsors, name="sponsors"),
    path("sponsors/<slug:slug>/", views.sponsor, name="sponsor"),
    path("<slug:slug>/", views.member, name="detail"),
]
