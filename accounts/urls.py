"""/accounts/: sign-in and what belongs to it, and invitations."""

from django.urls import include, path

urlpatterns = [path("", include("allauth.urls"))]
