"""Networks inside the alliance: who is in each on a day, and who coordinates it."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.asof import Asked, day_asked
from members.directory import Row
from members.models import (
    Network,
    NetworkCoordination,
    NetworkMember,
    Organisation,
)
from members.timelines import Lane, drawn, with_bars
from publishing.lists import page_of
from record import drawings
from record.days import today
from record.fetching import for_page

MOST_OTHERS = 48  # places on other days that the page of a network lists
MOST_POSTS = 6


def networks(query: QueryDict) -> dict:
    """Return what the list of networks shows, as they stood on a day."""
    asked = day_asked(query)
    coordination = NetworkCoordination.objects.on(asked.day).select_related("organisation")
    rows = (
        Network.objects.with_number(asked.day)
        .defer("description")
        .prefetch_related(Prefetch("coordinations", for_page(coordination), "coordinating"))
        .order_by("name")
    )
    page, note = page_of(for_page(rows), query.get("page"))
    return {
        "asked": asked,
        "notes": [note] if note else [],
        "page": page,
        "networks": [(row, kind_of(row), _number(row), _coordinator(row)) for row in page],
        "parameters": _parameters(asked),
        "today_url": "?",
        "crumbs": [(_("Members"), reverse("members:list")), (_("Networks"), None)],
    }


def kind_of(network: Network) -> str:
    return _("Network") if network.formal else _("Non-formal network")


def _number(network: Network) -> str:
    words = ngettext("%(number)s member", "%(number)s members", network.number)
    if not network.list_complete:
        words = ngettext(
            "%(number)s member on record; other members not published",
            "%(number)s members on record; other members not published",
            network.number,
        )
    return words % {"number": network.number}


def _coordinator(network: Network) -> Organisation | None:
    return next((row.organisation for row in network.coordinating), None)


@dataclass(frozen=True)
class OtherPlace:
    """A place in the network on other days than the one asked for."""

    name: str
    url: str
    period: str


def network_page(network: Network, query: QueryDict) -> dict:
    """Return what the page of a network shows, as it stood on a day."""
    asked = day_asked(query)
    page, note = page_of(_places_on(network, asked), query.get("page"))
    places = list(page)
    coordinations = list(
        for_page(network.coordinations.select_related("organisation").oldest_first())
    )
    current = next((row for row in coordinations if row.is_on(asked.day)), None)
    lanes = [_lane(row) for row in coordinations]
    bars = {place: [drawn(place, "role", capfirst(place.period_in_words()))] for place in places}
    axis = drawings.Axis.spanning(
        [period for lane in lanes for period in lane.periods]
        + [bars[place][0] for place in places],
        today(),
    )
    others = _others(network, asked)
    posts = network.posts.public().defer("body", "search").newest_first()
    return {
        "network": network,
        "kind": kind_of(network),
        "asked": asked,
        "notes": [note] if note else [],
        "coordinator": current.organisation if current else None,
        "page": page,
        "rows": [_row(place, current, bars[place], axis) for place in places],
        "axis": axis,
        "lanes": with_bars(lanes, axis),
        "others": others[:MOST_OTHERS],
        "more_others": len(others) > MOST_OTHERS,
        "posts": list(for_page(posts)[:MOST_POSTS]),
        "parameters": _parameters(asked),
        "today_url": "?",
        "crumbs": [
            (_("Members"), reverse("members:list")),
            (_("Networks"), reverse("members:networks")),
            (network.name, None),
        ],
    }


def _places_on(network: Network, asked: Asked):
    """Places in the network on the day, by name; whether member of the alliance or not."""
    rows = network.places.on(asked.day).select_related("organisation", "organisation__logo")
    return for_page(rows.order_by("organisation__sort_name", "pk"))


def _row(place: NetworkMember, current: NetworkCoordination | None, bars: list, axis) -> Row:
    coordinates = current is not None and current.organisation_id == place.organisation_id
    return Row(
        organisation=place.organisation,
        state=_("Coordinates the network") if coordinates else _("In the network"),
        time=place.period_in_words(),
        in_force=True,
        bars=drawings.bars(bars, axis),
        words=drawings.words(bars),
    )


def _lane(row: NetworkCoordination) -> Lane:
    return Lane(
        row.organisation.name,
        capfirst(row.period_in_words()),
        [drawn(row, "role")],
        row.organisation.get_absolute_url(),
    )


def _others(network: Network, asked: Asked) -> list[OtherPlace]:
    rows = network.places.exclude(during__contains=asked.day).select_related("organisation")
    return [
        OtherPlace(
            row.organisation.name,
            row.organisation.get_absolute_url(),
            capfirst(row.period_in_words()),
        )
        for row in for_page(rows.newest_first())[: MOST_OTHERS + 1]
    ]


def _parameters(asked: Asked) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(asked.kept)
    return query
