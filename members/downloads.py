"""The directory as a file: exactly the organisations that a page of it shows, in the same order.

Rows are read in portions and sent on at once, so that a file of any size takes little memory.
"""

import json
from collections.abc import Iterator

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.http import QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.directory import (
    PARAMETERS,
    AskedOfDirectory,
    asked_of_directory,
    filters_of,
    organisations_at,
    places_listed,
    telling_membership,
)
from members.filters import states
from members.models import Membership, Organisation
from record.days import PartialDate
from record.spreadsheets import csv_lines

PORTION = 1000  # organisations
DELIMITERS = {"comma": ",", "semicolon": ";"}


def as_csv(query: QueryDict) -> tuple[AskedOfDirectory, Iterator[str]]:
    """Return what was asked for and the lines of the file; `delimiter` may say 'semicolon'."""
    asked, filters, places = _asked_for(query)
    delimiter = DELIMITERS.get(query.get("delimiter", ""), ",")
    return asked, csv_lines(_lines(_each(places, filters), asked), delimiter)


def as_json(query: QueryDict) -> tuple[AskedOfDirectory, Iterator[str]]:
    """Return what was asked for and the parts of one JSON object."""
    asked, filters, places = _asked_for(query)
    notes = [*asked.notes, *filters.not_understood()]
    if asked.error:
        notes.insert(0, asked.error)
    head = {
        "on": asked.day,
        "page": _absolute(f"{reverse('members:list')}{filters.address()}"),
        "notes": notes,
        "number": len(places),
    }
    return asked, _json_parts(head, _each(places, filters), asked)


def addresses(filters) -> list[tuple[str, str]]:
    """Return (label, address) of each file of what the filters let through, in the page's order."""
    query = filters.parameters(view=[])
    wide = query.copy()
    wide["delimiter"] = "semicolon"
    return [
        (_("CSV"), _with(reverse("members:csv"), query)),
        (_("CSV with semicolons"), _with(reverse("members:csv"), wide)),
        (_("JSON"), _with(reverse("members:json"), query)),
    ]


def _with(address: str, query: QueryDict) -> str:
    return f"{address}?{query.urlencode()}" if query else address


def _asked_for(query: QueryDict):
    asked = asked_of_directory(query, PARAMETERS | {"delimiter"})
    filters = filters_of(query, asked)
    return asked, filters, places_listed(filters, asked)


def _each(places: list[int], filters) -> Iterator[tuple[Organisation, str]]:
    """Yield each organisation with its state on the day, read in portions."""
    states = filters.standing.states()
    for begin in range(0, len(places), PORTION):
        rows = Organisation.objects.for_rows().with_other_names()
        portion = organisations_at(places[begin : begin + PORTION], filters, rows)
        for row in portion:
            yield row, states[filters.index.place_of[row.pk]]


def _lines(rows, asked: AskedOfDirectory) -> Iterator[list]:
    yield [
        _("Organisation"),
        _("Other names"),
        _("Kind"),
        _("Country code"),
        _("Country"),
        _("City"),
        _("Region"),
        _("Founded"),
        _("Website"),
        _("State on %(day)s") % {"day": asked.day.isoformat()},
        _("Category"),
        _("First day"),
        _("First day is"),
        _("Last day"),
        _("Last day is"),
        _("Sponsor"),
        _("On behalf of"),
        _("Page"),
    ]
    words = dict(states(asked.day))
    for row, state in rows:
        membership = telling_membership(list(row.memberships.all()), asked.day)
        yield [
            row.name,
            "; ".join(name["name"] for name in row.other_names),
            capfirst(row.get_kind_display()),
            row.country.code,
            row.country.name,
            row.city,
            row.region,
            _iso(row.founded),
            row.website,
            words.get(state, ""),
            capfirst(membership.get_category_display()),
            _iso(membership.starts),
            capfirst(membership.get_start_basis_display()),
            _iso(membership.ends),
            capfirst(membership.get_end_basis_display()),
            membership.sponsor.name if membership.sponsor else "",
            membership.on_behalf_of.name if membership.on_behalf_of else "",
            _absolute(row.get_absolute_url()),
        ]


def _json_parts(head: dict, rows, asked: AskedOfDirectory) -> Iterator[str]:
    yield f'{_json(head)[:-1]}, "organisations": ['
    for number, (row, state) in enumerate(rows):
        yield f"{',' if number else ''}\n{_json(_as_data(row, state, asked))}"
    yield "\n]}\n"


def _as_data(row: Organisation, state: str, asked: AskedOfDirectory) -> dict:
    memberships = list(row.memberships.all())
    return {
        "name": row.name,
        "other_names": row.other_names,
        "kind": row.kind,
        "country": row.country.code or "",
        "city": row.city,
        "region": row.region,
        "founded": _iso(row.founded),
        "website": row.website,
        "summary": row.summary,
        "page": _absolute(row.get_absolute_url()),
        "state": state,
        "category": telling_membership(memberships, asked.day).category,
        "memberships": [_membership_as_data(membership) for membership in memberships],
    }


def _membership_as_data(membership: Membership) -> dict:
    """Return a membership; first and last day are both included, as precise as they are known."""
    return {
        "category": membership.category,
        "first_day": _iso(membership.starts),
        "first_day_is": membership.start_basis,
        "last_day": _iso(membership.ends),
        "last_day_is": membership.end_basis,
        "sponsor": membership.sponsor.name if membership.sponsor else None,
        "on_behalf_of": membership.on_behalf_of.name if membership.on_behalf_of else None,
    }


def _json(value) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


def _iso(date: PartialDate | None) -> str | None:
    """Return 2022-03-01, 2022-03 or 2022, as precise as it is known."""
    return date.isoformat() if date else None


def _absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"
