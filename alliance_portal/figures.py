"""The numbers that the portal shows of the network: counted from the record, or declared.

One place for every page, feed and file that prints one. What is counted is counted when it is read.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Figure, Organisation
from members.places import Country, by_name, tally
from members.querysets import ANNOUNCED, MEMBER
from record.days import today

# The declared measures that stand beside what is counted, in their order.
DECLARED = (Figure.Measure.COMPANIES, Figure.Measure.EXPERTS)


@dataclass(frozen=True)
class Shown:
    """A figure as a page prints it: never without saying where it comes from."""

    value: str
    label: str
    source_line: str
    source_url: str = ""
    qualifier: str = ""


@dataclass(frozen=True)
class Membership:
    """How many members there are on a day and where, counted from the record.

    `members` and `announced` hold country code → organisations ('' where the country is not on
    record); `ever` counts every organisation that is, was or will be a member.
    """

    day: datetime.date
    members: Counter = field(default_factory=Counter)
    announced: Counter = field(default_factory=Counter)
    ever: int = 0

    @property
    def total(self) -> int:
        return self.members.total()

    @property
    def countries(self) -> int:
        return sum(bool(code) for code in self.members)

    def tally(self) -> list[tuple[int, list[Country]]]:
        """Return the countries by their number of members, most first, each in order of name."""
        return tally(self.members)

    def announced_countries(self) -> list[Country]:
        return by_name(Country(code) for code in self.announced if code)


def membership(day: datetime.date | None = None) -> Membership:
    """Count the members on a day, by country; the alliance itself is in no count. One query."""
    day = day or today()
    rows = (
        Organisation.objects.in_directory()
        .with_state(day)
        .order_by()
        .values_list("country", "state")
        .annotate(number=Count("pk"))
    )
    members, announced, ever = Counter(), Counter(), 0
    for country, state, number in rows:
        ever += number
        if state == MEMBER:
            members[country] += number
        elif state == ANNOUNCED:
            announced[country] += number
    return Membership(day, members, announced, ever)


def declared() -> list[Figure]:
    """Return the latest dated value of each measure that somebody stated of the alliance. One query."""
    return list(Figure.objects.filter(about__is_alliance=True).latest_of_each())


def at_a_glance(counted: Membership, stated: list[Figure]) -> list[Shown]:
    """Return the figures of the home page in their order; what nobody stated is left out."""
    shown = []
    if counted.total:
        line = _("Counted from the record today")
        shown += [
            Shown(
                _number(counted.total),
                ngettext("member association", "member associations", counted.total),
                line,
                reverse("members:list"),
            ),
            Shown(
                _number(counted.countries),
                ngettext("country", "countries", counted.countries),
                line,
            ),
        ]
    latest = {figure.measure: figure for figure in stated}
    labels = {
        Figure.Measure.COMPANIES: _("companies behind them"),
        Figure.Measure.EXPERTS: _("experts in working groups"),
    }
    shown += [as_stated(latest[m], labels[m]) for m in DECLARED if m in latest]
    return shown


def as_stated(figure: Figure, label: str) -> Shown:
    """Return a declared figure with its qualifier, its day and its source."""
    return Shown(
        _number(figure.number),
        label,
        f"{capfirst(figure.dated_in_words())}, {figure.source}",
        figure.source_url,
        str(figure.get_qualifier_display()) if figure.qualifier else "",
    )


def _number(value: float) -> str:
    return number_format(value, force_grouping=True)
