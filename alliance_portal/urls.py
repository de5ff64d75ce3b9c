"""The site map."""

from django.contrib import admin
from django.urls import include, path

from alliance_portal import views

public = [
    path("", views.home, name="home"),
    path("about/", views.about, name="about"),
    path("membership/", views.membership, name="membership"),
    path("members/", include("members.urls")),
    path("organisations/", include("members.organisation_urls")),
    path("working-groups/", include("working_groups.urls")),
    path("activities/", include("working_groups.activity_urls")),
    path("news/", include("news.urls")),
    path("policy/", include("news.policy_urls")),
    path("search/", views.search, name="search"),
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
]
private = [
    path("desk/", views.desk, name="desk"),
    path("desk/groups/", include("working_groups.desk_urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
]
machines = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
]
urlpatterns = public + private + machines
