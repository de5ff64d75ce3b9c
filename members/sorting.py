"""The orders of the directory: what `?sort=` may say, in words and in the database."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from members.index import NEVER, Standing
from members.models import Category, Organisation
from record.names import normalise

FITTING, BY_NAME, LONGEST = "", "name", "longest"
WORDS = {
    FITTING: gettext_lazy("Sorted by how well it fits."),
    BY_NAME: gettext_lazy("Sorted by name."),
    "-name": gettext_lazy("Sorted by name, from Z to A."),
    LONGEST: gettext_lazy("Sorted by length of membership."),
    "country": gettext_lazy("Sorted by country."),
    "-country": gettext_lazy("Sorted by country, from Z to A."),
    "kind": gettext_lazy("Sorted by kind."),
    "-kind": gettext_lazy("Sorted by kind, from Z to A."),
    "category": gettext_lazy("Sorted by category."),
    "-category": gettext_lazy("Sorted by category, from Z to A."),
    "since": gettext_lazy("Sorted by first day, the earliest first."),
    "-since": gettext_lazy("Sorted by first day, the latest first."),
    "until": gettext_lazy("Sorted by last day, the earliest first."),
    "-until": gettext_lazy("Sorted by last day, the latest first."),
}
# The columns of the table: label, key, and class.
COLUMNS = [
    (gettext_lazy("Organisation"), BY_NAME, ""),
    (gettext_lazy("Country"), "country", "ledger__extra"),
    (gettext_lazy("Kind"), "kind", "ledger__wide"),
    (gettext_lazy("Category"), "category", ""),
    (gettext_lazy("First day"), "since", ""),
    (gettext_lazy("Last day"), "until", "ledger__extra"),
]


@dataclass(frozen=True)
class Column:
    """A header of the table. `sorted` is aria-sort's word where the rows are in its order."""

    label: str
    url: str
    style: str = ""
    sorted: str = ""


def in_order(places: list[int], sort: str, standing: Standing, ranks: dict) -> list[int]:
    """Return places, given in order of name, in an order of `WORDS`, as things stood on a day.

    What has no value in that order comes last either way. `ranks` says how well each fits.
    """
    key, backwards = sort.removeprefix("-"), sort.startswith("-")
    if key == BY_NAME:
        return places[::-1] if backwards else places
    values = _values(key, standing, ranks)
    known = [place for place in places if values(place) is not None]
    known.sort(key=values, reverse=backwards or key in {FITTING, LONGEST})
    return known + [place for place in places if values(place) is None]


def _values(key: str, standing: Standing, ranks: dict):
    """Return what says for a place by what it is sorted; choices by their labels."""
    index = standing.index
    if key == FITTING:
        return ranks.get
    if key == LONGEST:
        return standing.days_a_member.get
    if key in {"since", "until"}:
        column = ("since", "until").index(key)
        days = {place: bounds[column] for place, bounds in standing.bounds.items()}
        return lambda place: None if days[place] == NEVER else days[place]
    known = [choice for choice in Category.choices if choice[0] != Category.NOT_ON_RECORD]
    of, choices = {
        "country": (index.countries.__getitem__, countries),
        "kind": (index.kinds.__getitem__, Organisation.Kind.choices),
        "category": (standing.categories.get, known),
    }[key]
    rank = {value: number for number, value in enumerate(_by_label(choices))}
    return lambda place: rank.get(of(place))


def _by_label(choices: Iterable[tuple[str, str]]) -> list[str]:
    """Return the values of choices in the order of their labels, as the reader's language has it."""
    return [value for value, label in sorted(choices, key=lambda choice: normalise(str(choice[1])))]


def sorting(current: str, fitting: bool, address) -> dict:
    """Return the order in words, and the other orders of lists as (label, address).

    `fitting` says whether something is searched for; `address` makes the list's address.
    """
    offered = [(FITTING, _("Best match first")), (BY_NAME, _("By name"))][0 if fitting else 1 :]
    links = [
        (label, address(sort=parameter(sort, fitting)))
        for sort, label in [*offered, (LONGEST, _("Longest first"))]
        if sort != current
    ]
    return {"words": WORDS[current], "links": links}


def columns(current: str, fitting: bool, address) -> list[Column]:
    """Return the headers of the table; a click sorts by the column, another one backwards."""
    found = []
    for label, key, style in COLUMNS:
        state = {key: "ascending", f"-{key}": "descending"}.get(current, "")
        sort = f"-{key}" if state == "ascending" else key
        found.append(Column(capfirst(label), address(sort=parameter(sort, fitting)), style, state))
    return found


def parameter(sort: str, fitting: bool) -> str | list:
    """Return what an address says of an order: nothing where it is the order without asking."""
    return [] if sort == (FITTING if fitting else BY_NAME) else sort
