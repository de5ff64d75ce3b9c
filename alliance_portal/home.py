"""The home page: who the network is, at a glance."""

import datetime
from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render

from alliance_portal import figures
from alliance_portal.years import Span, Years, year_by_year
from members.index import index
from members.models import Membership
from members.timelines import drawn_membership
from news.front_page import front_page
from news.models import Contribution, Position
from publishing.models import Page
from record.days import today
from record.drawings import MOST_BARS, Axis, Growth, growth, growth_line
from record.fetching import for_page
from record.map import Map, Seat, europe
from working_groups.models import Activity, Overview, Participation, Role, WorkingGroup

POSITIONS, ACTIVITIES, GROUPS = 3, 3, 8


def home(request):
    """Show the home page; a portal with nothing in it says what to do first."""
    day = today()
    counted = figures.membership(day)
    memberships = memberships_to_draw(counted)
    spans = spans_of(counted, memberships)
    years = year_by_year(spans, counted)
    context = {
        "day": day,
        "counted": counted,
        "figures": figures.at_a_glance(counted, figures.declared()),
        "growth": growth_drawing(counted, memberships, spans),
        "map": map_drawing(counted, memberships, years),
        "years": years,
        "news": front_page(day),
        "positions": latest_positions(),
        "activities": for_page(Activity.objects.public().coming(day).for_list())[:ACTIVITIES],
        "groups": groups_at_a_glance(day),
        "about": Page.objects.filter(key="about").defer("search").first(),
    }
    context["is_new"] = not any(context[part] for part in ("news", "positions", "groups", "growth"))
    return render(request, "site/home.html", context)


def memberships_to_draw(counted: figures.Membership) -> list[Membership]:
    """Return all memberships with their organisations, oldest first; none where they are too many
    to be drawn one by one.
    """
    if not 0 < counted.ever <= MOST_BARS:
        return []
    rows = Membership.objects.filter(organisation__is_alliance=False).oldest_first()
    return list(for_page(rows.select_related("organisation")))


def spans_of(counted: figures.Membership, memberships: list[Membership]) -> list[Span]:
    """Return the memberships as spans; of a large network how many joined and left, month by month."""
    if counted.ever > MOST_BARS:
        return [
            Span(first_day=month, country=country, number=number)
            for month, country, number in index().by_month
        ]
    return [
        Span(
            first_day=row.during.lower,
            after_last_day=row.during.upper,
            country=str(row.organisation.country),
        )
        for row in memberships
    ]


def growth_drawing(
    counted: figures.Membership, memberships: list[Membership], spans: list[Span]
) -> Growth | None:
    """Return the drawing of all memberships: one bar a member, or a line where they are many.

    None while there are none.
    """
    if not spans:
        return None
    if not memberships:
        return growth_line(spans, Axis.spanning(spans, counted.day))
    periods = [replace(drawn_membership(row), member=row.organisation.name) for row in memberships]
    return growth(periods, Axis.spanning(periods, counted.day))


def map_drawing(
    counted: figures.Membership, memberships: list[Membership], years: Years | None
) -> Map | None:
    """Return the map of the members of a day, with the seats of those that are drawn one by one.

    None while there are none.
    """
    if not counted.total:
        return None
    seats = [seat_of(row, counted.day, years) for row in memberships if row.organisation.city]
    return europe(counted.members, counted.announced, seats, at=years.at if years else None)


def seat_of(membership: Membership, day: datetime.date, years: Years | None) -> Seat:
    moments = years.moments if years else []
    return Seat(
        str(membership.organisation.country),
        membership.organisation.city,
        announced=membership.is_announced(day),
        past=membership.has_ended(day),
        moments=frozenset(
            place for place, moment in enumerate(moments) if moment.day in membership.during
        ),
    )


def latest_positions():
    """Return the latest positions, each with the names of the groups that had a part in it."""
    parts = Contribution.objects.filter(position=OuterRef("pk")).order_by("-led", "group__name")
    return for_page(
        Position.objects.public()
        .annotate(group_names=ArraySubquery(parts.values("group__name")))
        .defer("body", "search")
        .newest_first()
    )[:POSITIONS]


def groups_at_a_glance(day):
    """Return the groups that are not closed, with participants, chair or not, and last overview."""
    participants = (
        Participation.objects.on(day)
        .filter(group=OuterRef("pk"))
        .order_by()
        .values("group")
        .annotate(number=Count("organisation", distinct=True))
    )
    overviews = Overview.objects.public().filter(group=OuterRef("pk")).order_by("-year")
    return for_page(
        WorkingGroup.objects.open()
        .annotate(
            organisations=Coalesce(
                Subquery(participants.values("number"), output_field=IntegerField()), 0
            ),
            has_chair=Exists(Role.objects.chairs().on(day).filter(group=OuterRef("pk"))),
            overview_year=Subquery(overviews.values("year")[:1]),
        )
        .defer("scope", "search")
        .order_by(F("overview_year").desc(nulls_last=True), "name")
    )[:GROUPS]
