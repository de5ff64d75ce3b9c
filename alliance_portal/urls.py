"""The site map."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path

from alliance_portal import (
    badges,
    contact,
    desk,
    health,
    home,
    icons,
    media,
    membership,
    open_data,
    overview_pdf,
    pages,
    search,
    share_cards,
    sitemaps,
)
from alliance_portal.generation import PublicPages
from alliance_portal.styleguide import views as styleguide
from members import apply
from members import desk as organisation_desk
from news.desk import deadlines
from publishing.previews import draft
from working_groups import calendars, own

public = [
    path("", home.home, name="home"),
    path("about/", pages.about, name="about"),
    path("membership/", membership.membership, name="membership"),
    path("membership/apply/", apply.begin, name="apply"),
    path("members/<slug:slug>/badge.svg", badges.badge, name="badge"),
    path("members/", include("members.urls")),
    path("organisations/", include("members.organisation_urls")),
    path(
        "working-groups/<slug:slug>/overviews/<int:year>/overview.pdf",
        overview_pdf.overview,
        name="overview_pdf",
    ),
    path("people/", include("members.people_urls")),
    path("working-groups/", include("working_groups.urls")),
    path("activities/", include("working_groups.activity_urls")),
    path("news/", include("news.urls")),
    path("policy/", include("news.policy_urls")),
    path("opportunities/", include("news.opportunity_urls")),
    path("search/", search.search, name="search"),
    path("data/", open_data.page, name="data"),
    re_path(
        r"^data/(?P<name>[-a-z]+)\.(?P<ending>csv|json)$", open_data.data_file, name="data_file"
    ),
    path("contact/", contact.contact, name="contact"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    re_path(r"^(?P<page>(?:[-\w]+/)*)card\.png$", share_cards.card, name="card"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path(
        "sitemap-<slug:section>.xml",
        sitemap,
        {"sitemaps": sitemaps.SECTIONS},
        name="sitemap_section",
    ),
]
private = [
    path("membership/apply/", include("members.application_urls")),
    path("desk/", desk.desk, name="desk"),
    path("desk/date/", desk.read_date, name="read_date"),
    path("desk/opportunities/", deadlines, name="desk_deadlines"),
    path("desk/mails/", own.mails, name="group_mails"),
    path("desk/calendar/", own.my_calendar, name="my_calendar"),
    path("desk/calendar/<slug:token>.ics", calendars.private, name="private_calendar"),
    path("desk/groups/", include("working_groups.desk_urls")),
    path("desk/organisations/", include("members.desk_urls")),
    path("desk/networks/", include("members.network_desk_urls")),
    path("confirm/<str:token>/", organisation_desk.confirm_by_link, name="confirm_profile"),
    path("drafts/<str:secret>/", draft, name="draft"),
    path("accounts/", include("accounts.urls")),
    path("admin/", admin.site.urls),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
    path("styleguide/mails/<slug:name>/", styleguide.mail_page, name="styleguide_mail"),
    path("styleguide/mails/<slug:name>/text/", styleguide.mail_text, name="styleguide_mail_text"),
]
machines = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", health.robots, name="robots"),
    path("favicon.ico", icons.favicon, name="favicon"),
    path("icon.svg", icons.icon, name="icon"),
    path("apple-touch-icon.png", icons.touch_icon, name="touch_icon"),
    path("media/<path:path>", media.media, name="media"),
]
urlpatterns = [PublicPages(public), *private, *machines]
