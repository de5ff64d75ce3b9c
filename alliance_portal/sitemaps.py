"""The map of the site for search engines: every public page, in sections of bounded size."""

from functools import cached_property
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem, x_robots_tag
from django.core.paginator import EmptyPage, Page, PageNotAnInteger
from django.db.models import DateTimeField, F, Max, QuerySet, Value
from django.db.models.functions import Cast
from django.shortcuts import render
from django.urls import reverse

from members import sitemaps as members
from news import sitemaps as news
from publishing.addresses import absolute
from publishing.lists import in_one_query
from publishing.models import Page as WrittenPage
from working_groups import sitemaps as working_groups

LONGEST = 1000  # addresses in one file: some tens of milliseconds
MOST_FILES = 10**9


class Site(Sitemap):
    """The pages that are there whatever the record holds."""

    NAMES = (
        "home", "about", "membership", "apply", "members:list", "members:networks", "members:sponsors",
        "members:changes", "members:timeline", "working_groups:list", "activities:list", "news:list", "policy:list", "opportunities:list", "data", "contact", "privacy",
        "accessibility",
    )  # fmt: skip

    @cached_property
    def _written(self):
        return dict(WrittenPage.objects.values_list("key", "updated_at"))

    def items(self):
        return self.NAMES

    def location(self, item):
        return reverse(item)

    def lastmod(self, item):
        return self._written.get(item)


class KeyRanges:
    """The rows of a section in files by ranges of their keys.

    A file needs no count and no offset, however many come before it, and holds the same rows when
    others come or go. `page` is what Django's sitemap view asks of a paginator.
    """

    def __init__(self, rows: QuerySet, size: int):
        self.rows, self.size = rows, size

    def page(self, number) -> Page:
        """Return one file. Raises PageNotAnInteger, and EmptyPage where it would hold nothing;
        the first is always there.
        """
        try:
            number = int(number)
        except ValueError:
            raise PageNotAnInteger(number) from None
        if not 1 <= number <= MOST_FILES:
            raise EmptyPage(number)
        first = (number - 1) * self.size
        found = list(self.rows.filter(pk__gt=first, pk__lte=first + self.size))
        if not found and number > 1:
            raise EmptyPage(number)
        return Page(found, number, self)

    def files(self) -> QuerySet:
        """Return the number of each file and when one of its pages was last changed, if known."""
        known = "changed" in self.rows.query.annotations
        changed = F("changed") if known else Cast(Value(None), DateTimeField())
        rows = self.rows.order_by().values(file=(F("pk") - 1) / self.size + 1)
        return rows.annotate(latest=Max(changed)).values_list("file", "latest")


class Section(Sitemap):
    """A part of the map under the public address of the site, its files of bounded size."""

    limit = LONGEST

    @property
    def paginator(self):
        rows = self.items()
        return KeyRanges(rows, self.limit) if isinstance(rows, QuerySet) else super().paginator

    def get_urls(self, page=1, **_asked):
        here = urlsplit(settings.SITE_URL)
        return self._urls(page, here.scheme, here.netloc)


def section(sitemap: type[Sitemap]) -> type[Sitemap]:
    return type(sitemap.__name__, (Section, sitemap), {})


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
        "years": working_groups.YearSitemap,
        "activities": working_groups.ActivitySitemap,
        "posts": news.PostSitemap,
        "positions": news.PositionSitemap,
        "opportunities": news.OpportunitySitemap,
    }.items()
}


@x_robots_tag
def index(request):
    """List every file of the map, with the day of its latest change where its pages say theirs."""
    ranges = {name: each().paginator for name, each in SECTIONS.items()}
    files = {name: rows.files() for name, rows in ranges.items() if isinstance(rows, KeyRanges)}
    found = {name: [(1, None)] for name in ranges if name not in files}
    found |= {name: sorted(rows) for name, rows in in_one_query(files.items()).items()}
    entries = [
        SitemapIndexItem(absolute(reverse("sitemap_section", args=[name])) + _part(number), latest)
        for name, rows in found.items()
        for number, latest in rows
    ]
    context = {"sitemaps": entries}
    return render(request, "sitemap_index.xml", context, content_type="application/xml")


def _part(number: int) -> str:
    return f"?p={number}" if number > 1 else ""
