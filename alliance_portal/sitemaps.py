"""The map of the site for search engines: every public page, in sections of bounded size."""

from functools import cached_property

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from members import sitemaps as members
from news import sitemaps as news
from publishing.models import Page
from working_groups import sitemaps as working_groups

LONGEST = 5000  # addresses in one file


class Site(Sitemap):
    """The pages that are there whatever the record holds."""

    NAMES = (
        "home", "about", "membership", "members:list", "members:networks", "members:sponsors",
        "working_groups:list", "activities:list", "news:list", "policy:list", "contact", "privacy",
        "accessibility",
    )  # fmt: skip

    @cached_property
    def _written(self):
        return dict(Page.objects.values_list("key", "updated_at"))

    def items(self):
        return self.NAMES

    def location(self, item):
        return reverse(item)

    def lastmod(self, item):
        return self._written.get(item)


def section(sitemap: type[Sitemap]) -> type[Sitemap]:
    """Return a section of bounded size that the index lists without loading all of its rows."""
    return type(
        sitemap.__name__, (sitemap,), {"limit": LONGEST, "get_latest_lastmod": lambda _self: None}
    )


SECTIONS = {
    name: section(sitemap)
    for name, sitemap in {
        "site": Site,
        "members": members.MemberSitemap,
        "organisations": members.OrganisationSitemap,
        "networks": members.NetworkSitemap,
        "sponsors": members.SponsorSitemap,
        "groups": working_groups.GroupSitemap,
        "overviews": working_groups.OverviewSitemap,
        "activities": working_groups.ActivitySitemap,
        "posts": news.PostSitemap,
        "positions": news.PositionSitemap,
    }.items()
}
