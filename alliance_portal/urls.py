"""The site map."""

from django.contrib import admin
from django.contrib.sitemaps import views as sitemaps
from django.urls import include, path

from alliance_portal import contact, desk, health, home, media, pages, search, styleguide
from alliance_portal.generation import PublicPages
from alliance_portal.sitemaps import SECTIONS

public = [
    path("", home.home, name="home"),
    path("about/", pages.about, name="about"),
    path("membership/", pages.membership, name="membership"),
    path("members/", include("members.urls")),
    path("organisations/", include("members.organisation_urls")),
    path("working-groups/", include("working_groups.urls")),
    path("activities/", include("working_groups.activity_urls")),
    path("news/", include("news.urls")),
    path("policy/", include("news.policy_urls")),
    path("search/", search.search, name="search"),
    path("contact/", contact.contact, name="contact"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path(
        "sitemap.xml",
        sitemaps.index,
        {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path(
        "sitemap-<slug:section>.xml",
        sitemaps.sitemap,
        {"sitemaps": SECTIONS},
        name="sitemap_section",
    ),
]
private = [
    path("desk/", desk.desk, name="desk"),
    path("desk/date/", desk.read_date, name="read_date"),
    path("desk/groups/", include("working_groups.desk_urls")),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
machines = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("media/<path:path>", media.media, name="media"),
]
urlpatterns = [PublicPages(public), *private, *machines]
