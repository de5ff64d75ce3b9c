"""/data/: the public record as files that anybody may use, described where they are offered.

A file is a table of rows in order of a key that never changes, in pages of a fixed size: the next page
begins after the last row of this one, so that no page costs more than another, and none is read twice
when rows are added meanwhile. Only what the pages show in public is in them.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance_portal.models import SiteSettings
from members.filters import states
from members.models import Category, Membership, Organisation
from news.models import Contribution, Position
from publishing.addresses import absolute
from record.days import PartialDate, today
from record.fetching import for_page
from record.periods import Basis, EndBasis
from record.spreadsheets import csv_lines
from working_groups.models import Participation, Role, WorkingGroup
from working_groups.pages import full_name, named

PAGE_SIZE = 1000  # rows of one page of a file
LARGEST_KEY = 2**63 - 1
ENDINGS = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
# Every site may read the files by script, and ask whether what it holds is still true.
FOR_ALL_SITES = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@dataclass(frozen=True)
class Column:
    """A column of a file: its name, what it holds, and how it is read from a row."""

    name: str
    about: str
    value: Callable[[Any], Any]


@dataclass(frozen=True)
class File:
    """A table of the record that is offered as CSV and JSON."""

    name: str
    title: str
    about: str
    rows: Callable[[], QuerySet]
    columns: tuple[Column, ...]

    def page(self, after: int) -> tuple[list[dict], int | None]:
        """Return the rows after a key, and the key after which the next page begins, if there is one."""
        found = list(for_page(self.rows().filter(pk__gt=after).order_by("pk"))[: PAGE_SIZE + 1])
        rows = [{column.name: column.value(row) for column in self.columns} for row in found]
        if len(found) <= PAGE_SIZE:
            return rows, None
        return rows[:PAGE_SIZE], found[PAGE_SIZE - 1].pk

    def address(self, ending: str) -> str:
        return reverse("data_file", args=[self.name, ending])

    @property
    def files(self) -> list[tuple[str, str]]:
        return [(ending.upper(), self.address(ending)) for ending in ENDINGS]


# How values stand in a file: dates as YYYY-MM-DD, first and last day both included.


def _of(name: str) -> Callable[[Any], Any]:
    """Read a column that holds nothing as null, not as an empty text."""
    return lambda row: getattr(row, name) or None


def _page(row) -> str:
    return absolute(row.get_absolute_url())


def _first_day(date: PartialDate | None) -> str | None:
    return date.first_day.isoformat() if date else None


def _last_day(date: PartialDate | None) -> str | None:
    return date.last_day.isoformat() if date else None


def _precision(date: PartialDate | None) -> str | None:
    return str(date.precision) if date else None


def _values(pairs: Iterable[tuple[str, str]]) -> str:
    """Return the words that a column may hold: 'full, sponsored, regional'."""
    return ", ".join(str(value) for value, _label in pairs)


# The files


def _members() -> QuerySet:
    return (
        Organisation.objects.in_directory()
        .with_state()
        .with_category()
        .with_other_names()
        .defer("description", "search", "search_names")
    )


def _memberships() -> QuerySet:
    rows = Membership.objects.filter(organisation__is_alliance=False)
    heavy = ("description", "search", "search_names")
    return rows.with_parties().defer(
        *(f"{party}__{name}" for party in ("organisation", "sponsor", "on_behalf_of")
          for name in heavy)
    )  # fmt: skip


def _groups() -> QuerySet:
    places = Participation.objects.on().filter(group=OuterRef("pk")).order_by()
    chairs = Role.objects.chairs().on().filter(named(), group=OuterRef("pk"))
    return WorkingGroup.objects.defer("scope", "search").annotate(
        takes_part=Subquery(
            places.values("group").annotate(n=Count("organisation", distinct=True)).values("n")
        ),
        chairs=ArraySubquery(
            chairs.order_by("pk").values(
                json=JSONObject(title="person__title", name="person__name")
            )
        ),
    )


def _positions() -> QuerySet:
    parts = Contribution.objects.filter(position=OuterRef("pk")).order_by("-led", "group__name")
    return (
        Position.objects.public()
        .select_related("policy_file")
        .annotate(group_slugs=ArraySubquery(parts.values("group__slug")))
        .defer("body", "search")
    )


SLUG = Column("id", gettext_lazy("Last part of the page's address."), lambda row: row.slug)
PAGE = Column("page", gettext_lazy("Address of the page on this site."), _page)
FILES = {
    file.name: file
    for file in (
        File(
            "members", gettext_lazy("Members"),
            gettext_lazy("Every organisation that is, was or is announced to be a member."),
            _members,
            (
                SLUG,
                Column("name", gettext_lazy("As the network calls it."), _of("name")),
                Column("other_names", gettext_lazy("Native names, acronyms and former names."),
                       lambda row: [name["name"] for name in row.other_names]),
                Column("kind", _values(Organisation.Kind.choices), _of("kind")),
                Column("country", gettext_lazy("ISO 3166 code of two letters."),
                       lambda row: row.country.code or None),
                Column("city", gettext_lazy("Seat."), _of("city")),
                Column("region", gettext_lazy("Region within the country."), _of("region")),
                Column("founded", gettext_lazy("The earliest day that it can mean."),
                       lambda row: _first_day(row.founded)),
                Column("founded_precision", "day, month, year",
                       lambda row: _precision(row.founded)),
                Column("website", gettext_lazy("Its own site."), _of("website")),
                Column("state", gettext_lazy("How it stands today: member, announced, former."),
                       lambda row: row.state),
                Column("category", gettext_lazy("Of the membership that says so: see memberships."),
                       lambda row: row.category),
                PAGE,
            ),
        ),
        File(
            "memberships", gettext_lazy("Memberships over time"),
            gettext_lazy("Every period of membership; each renewal is one of its own."),
            _memberships,
            (
                Column("member", gettext_lazy("The member's id."),
                       lambda row: row.organisation.slug),
                Column("name", gettext_lazy("The member's name."),
                       lambda row: row.organisation.name),
                Column("category", _values(Category.choices), lambda row: row.category),
                Column("first_day", gettext_lazy(
                    "First day as a member. Where the start is not on record, the earliest day on "
                    "which a text shows it."
                ), lambda row: _first_day(row.starts)),
                Column("first_day_precision",
                       gettext_lazy("How precisely it is known: day, month, year."),
                       lambda row: _precision(row.starts)),
                Column("first_day_is", _values(Basis.choices), lambda row: row.start_basis),
                Column("last_day", gettext_lazy("Last day as a member; empty where the end is open."),
                       lambda row: _last_day(row.ends)),
                Column("last_day_precision",
                       gettext_lazy("How precisely it is known: day, month, year."),
                       lambda row: _precision(row.ends)),
                Column("last_day_is", _values(EndBasis.choices), lambda row: row.end_basis),
                Column("announced", gettext_lazy("Whether it begins after today: true, false."),
                       lambda row: row.is_announced()),
                Column("sponsor", gettext_lazy("Name of who pays for a sponsored one."),
                       lambda row: row.sponsor.name if row.sponsor else None),
                Column("on_behalf_of", gettext_lazy("Name of the one for whom the sponsor acts."),
                       lambda row: row.on_behalf_of.name if row.on_behalf_of else None),
                Column("source", gettext_lazy("The text that states it."), _of("source")),
                Column("page", gettext_lazy("Address of the member's page."),
                       lambda row: _page(row.organisation)),
            ),
        ),
        File(
            "groups", gettext_lazy("Working groups"),
            gettext_lazy("Every group, with who chairs it today as far as it may be said."),
            _groups,
            (
                SLUG,
                Column("name", gettext_lazy("Name of the group."), _of("name")),
                Column("short_code", gettext_lazy("Short code."), _of("short_code")),
                Column("status", _values(WorkingGroup.Status.choices), _of("status")),
                Column("summary", gettext_lazy("What it works on."), _of("summary")),
                Column("who_may_join", gettext_lazy("Who may join."), _of("who_may_join")),
                Column("chairs", gettext_lazy("Names of those who agreed to be shown."),
                       lambda row: [full_name(person) for person in row.chairs]),
                Column("organisations", gettext_lazy("How many take part today."),
                       lambda row: row.takes_part or 0),
                PAGE,
            ),
        ),
        File(
            "positions", gettext_lazy("Positions"),
            gettext_lazy("Every published policy output: papers, responses, white papers."),
            _positions,
            (
                SLUG,
                Column("title", gettext_lazy("Title."), _of("title")),
                Column("type", _values(Position.Output.choices), _of("output")),
                Column("policy_file", gettext_lazy("The policy file that it speaks to."),
                       lambda row: row.policy_file.name if row.policy_file else None),
                Column("date", gettext_lazy("Printed date, the earliest day that it can mean."),
                       lambda row: _first_day(row.printed)),
                Column("date_precision", "day, month, year", lambda row: _precision(row.printed)),
                Column("language", gettext_lazy("Code of the language."), _of("language")),
                Column("lead", gettext_lazy("What it says, in short."), _of("lead")),
                Column("groups", gettext_lazy("Ids of the groups with a part in it."),
                       lambda row: row.group_slugs),
                PAGE,
            ),
        ),
    )
}  # fmt: skip


def page(request):
    """Say what is open, under which licence, how to cite it, and what each column holds."""
    site = SiteSettings.load()
    words = {"name": site.name, "day": PartialDate(today()), "address": absolute(reverse("data"))}
    context = {
        "files": FILES.values(),
        "page_size": PAGE_SIZE,
        "licence": format_html(
            '<a href="{}" rel="license">{}</a>', site.data_licence_url, site.data_licence
        ),
        "citation": _("%(name)s: open data, as of %(day)s. %(address)s") % words,
        "example": absolute(FILES["memberships"].address("json")),
        "example_csv": absolute(FILES["members"].address("csv")),
        "states": dict(states(today())),
        "crumbs": [(_("Open data"), None)],
    }
    return render(request, "site/data.html", context)


def data_file(request, name: str, ending: str):
    """Send one page of a file; `after` says after which key it begins."""
    file = FILES.get(name)
    if file is None:
        raise Http404
    if (
        request.method == "OPTIONS"
    ):  # a script that asks with a condition of its own asks this first
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
    after = _key(request.GET.get("after", "0"))
    if after is None:
        message = _("'after' is a number from the address of the next page.")
        return HttpResponse(f"{message}\n", status=400, content_type="text/plain; charset=utf-8")
    rows, last = file.page(after)
    following = absolute(f"{file.address(ending)}?after={last}") if last else None
    body = _as_json(file, rows, following) if ending == "json" else "".join(_lines(file, rows))
    response = HttpResponse(body, content_type=ENDINGS[ending])
    if following:
        response["Link"] = f'<{following}>; rel="next"'
    return response


PREFLIGHT = {
    **FOR_ALL_SITES,
    "Access-Control-Allow-Methods": "GET, HEAD",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
data_file.headers = FOR_ALL_SITES  # on 304 too: see alliance_portal.generation


def _key(text: str) -> int | None:
    if text.isascii() and text.isdigit() and len(text) < 20 and int(text) <= LARGEST_KEY:
        return int(text)
    return None


def _as_json(file: File, rows: list[dict], following: str | None) -> str:
    site = SiteSettings.load()
    document = {
        "source": site.name,
        "licence": site.data_licence_url,
        "about": absolute(reverse("data")),
        "as_of": today(),
        "next": following,
        file.name: rows,
    }
    return json.dumps(document, ensure_ascii=False, cls=DjangoJSONEncoder)


def _lines(file: File, rows: list[dict]) -> Iterable[str]:
    yield from csv_lines([
        [column.name for column in file.columns],
        *([_cell(value) for value in row.values()] for row in rows),
    ])  # fmt: skip


def _cell(value):
    """Return a value as a cell holds it: lists as one text, true and false in small letters."""
    if isinstance(value, list):
        return "; ".join(value)
    return str(value).lower() if isinstance(value, bool) else value
