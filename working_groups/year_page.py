"""One year of all groups: their overviews side by side, with totals. Nothing is read but what is frozen."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record.fetching import for_page
from working_groups.models import Overview, Participation, WorkingGroup
from working_groups.year_record import COUNTED, counted, draw_all, figure

# The columns of the table, in the order of the figures of an overview.
COLUMNS = {
    "joined": gettext_lazy("Joined"),
    "positions": gettext_lazy("Positions"),
    "guests": gettext_lazy("Guests"),
    "meetings": gettext_lazy("Meetings"),
}


@dataclass(frozen=True)
class Row:
    """One group's year: its overview, who signed it, and its figures in the order of `COLUMNS`."""

    overview: Overview
    byline: list[dict]
    figures: list[dict | None]


def year(request, year: int):
    """Show the public overviews of one year; 404 for a year of which there is none."""
    overviews = list(
        for_page(
            Overview.objects.public()
            .filter(year=year)
            .select_related("group")
            .defer("body", "outlook", "thanks", "search", "group__scope", "group__search")
            .order_by("group__name")
        )
    )
    if not overviews:
        raise Http404
    records = draw_all([overview.frozen for overview in overviews if overview.frozen])
    drawn = {record["group"]["slug"]: record for record in records}
    context = {
        "year": year,
        "rows": [row(overview, drawn.get(overview.group.slug)) for overview in overviews],
        "columns": [capfirst(label) for label in COLUMNS.values()],
        "totals": totals(records),
        "missing": missing(year, overviews),
        "years": years(year),
        "crumbs": [
            (_("Working groups"), reverse("working_groups:list")),
            (_("Overviews %(year)s") % {"year": year}, None),
        ],
    }
    return render(request, "working_groups/year.html", context)


def row(overview: Overview, record: dict | None) -> Row:
    figures = {one["key"]: one for one in record["figures"]} if record else {}
    return Row(overview, record["byline"] if record else [], [figures.get(key) for key in COLUMNS])


def totals(records: list[dict]) -> list[dict]:
    """Return the figures of all groups together.

    What several groups list (a position to which two contributed) counts once: things are the same
    that have one page, or that have none and one name.
    """
    found = []
    for key, wanted in COUNTED.items():
        sections = [
            section
            for record in records
            for section in record["sections"]
            if section["key"] == wanted
        ]
        things = {
            item["url"] or item["text"]
            for section in sections
            for item in counted(key, section["items"])
        }
        if things:
            complete = all(section["complete"] for section in sections)
            found.append(figure(key, len(things), complete=complete))
    return found


def missing(year: int, overviews: list[Overview]):
    """Return the groups in which somebody took part that year, and which have no public overview of it."""
    took_part = Participation.objects.in_year(year).filter(group=OuterRef("pk"))
    groups = WorkingGroup.objects.filter(Exists(took_part)).order_by("name")
    return for_page(
        groups.exclude(pk__in=[overview.group_id for overview in overviews]).only("name", "slug")
    )


def years(shown: int) -> list[tuple[str, str, bool]]:
    """Return every year that has a public overview, the newest first, as tabs."""
    found = Overview.objects.public().order_by("-year").values_list("year", flat=True).distinct()
    return [(str(one), reverse("working_groups:year", args=[one]), one == shown) for one in found]
