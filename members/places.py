"""The directory as a map: where those that are listed have their seats."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django_countries import countries

from members.filters import DirectoryFilterSet
from members.querysets import ANNOUNCED, FORMER, MEMBER
from record.map import MOST, Map, Seat, europe
from record.names import normalise


@dataclass(frozen=True)
class Country:
    code: str

    @property
    def name(self) -> str:
        return str(countries.name(self.code))

    def __str__(self):
        return self.name


def by_name(some: Iterable[Country]) -> list[Country]:
    return sorted(some, key=lambda country: normalise(country.name))


def tally(numbers: Counter) -> list[tuple[int, list[Country]]]:
    """Return countries (by code) by their number, most first, each in order of name; '' is none."""
    groups = defaultdict(list)
    for code, number in numbers.items():
        if code:
            groups[number].append(Country(code))
    return [(number, by_name(groups[number])) for number in sorted(groups, reverse=True)]


@dataclass(frozen=True)
class Place:
    """A country in the list beside the map: how many of those listed, and how they are drawn."""

    name: str
    number: int
    style: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True)
class Places:
    """What the map shows. `outside` says whether a country of the list has no place on it."""

    drawing: Map
    places: list[Place]
    outside: bool
    total: int


def places_of(filters: DirectoryFilterSet) -> Places:
    """Return the map of what the filters let through."""
    listed, standing = filters.listed(), filters.standing
    states = standing.state
    members, announced, former = (
        Counter(standing.countries(listed & states[state])) for state in (MEMBER, ANNOUNCED, FORMER)
    )
    seats = [
        Seat(country, city, announced=state == ANNOUNCED)
        for state in (MEMBER, ANNOUNCED)
        for country, city in standing.seats(listed & states[state])
    ]
    drawing = europe(members, announced, seats, former)
    total = members + announced + former
    drawn = {land.code for land in drawing.lands}
    places = [
        Place(
            name=country.name,
            number=number,
            style=_style(country.code, members, announced),
            note=_note(country.code, members, announced, former),
            url=filters.address(country=country.code, view=[]),
        )
        for number, some in tally(total)
        for country in some
    ]
    if total[""]:
        places.append(Place(_("Country not on record"), total[""], "none"))
    return Places(drawing, places, bool(total.keys() - drawn - {""}), total.total())


def _style(code: str, members: Counter, announced: Counter) -> str:
    if members[code]:
        return str(min(members[code], MOST))
    return "announced" if announced[code] else "former"


def _note(code: str, members: Counter, announced: Counter, former: Counter) -> str:
    """Return what to say of a country where not all of its organisations are members."""
    parts = []
    for numbers, one, all_of_them in (
        (announced, _("%(number)s announced"), _("announced")),
        (former, _("%(number)s former"), _("former")),
    ):
        if numbers[code]:
            others = members + announced + former - numbers
            words = one if others[code] else all_of_them
            parts.append(words % {"number": numbers[code]})
    return ", ".join(parts)
