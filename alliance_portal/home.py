"""The home page: who the network is, at a glance."""

from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import render

from alliance_portal import figures
from members.models import Membership
from members.timelines import drawn_membership
from news.front_page import front_page
from news.models import Contribution, Position
from publishing.models import Page
from record.days import today
from record.drawings import MOST_BARS, Axis, Period, growth
from record.fetching import for_page
from record.map import Seat, europe
from working_groups.models import Activity, Overview, Participation, Role, WorkingGroup

POSITIONS, ACTIVITIES, GROUPS = 3, 3, 8


def home(request):
    """Show the home page; a portal with nothing in it says what to do first."""
    day = today()
    counted = figures.membership(day)
    memberships = memberships_to_draw(counted)
    context = {
        "day": day,
        "counted": counted,
        "figures": figures.at_a_glance(counted, figures.declared()),
        "growth": growth_drawing(counted, memberships),
        "map": map_drawing(counted, memberships),
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


def growth_drawing(counted: figures.Membership, memberships: list[Membership]):
    """Return the drawing of all memberships, one bar a member; None while there are none.

    Where they are too many for bars, only their first and last days are read.
    """
    if not counted.ever:
        return None
    if memberships:
        periods = [
            replace(drawn_membership(row), member=row.organisation.name) for row in memberships
        ]
    else:
        days = Membership.objects.filter(organisation__is_alliance=False).values_list(
            "during", flat=True
        )
        periods = [Period(first_day=day.lower, after_last_day=day.upper) for day in days.order_by()]
    return growth(periods, Axis.spanning(periods, counted.day))


def map_drawing(counted: figures.Membership, memberships: list[Membership]):
    """Return the map of the members of a day, with their seats; None while there are none."""
    if not counted.total:
        return None
    seats = [
        Seat(
            str(row.organisation.country),
            row.organisation.city,
            announced=row.is_announced(counted.day),
        )
        for row in memberships
        if row.organisation.city and not row.has_ended(counted.day)
    ]
    return europe(counted.members, counted.announced, seats)


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
