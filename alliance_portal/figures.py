"""The numbers that the portal shows of the network: counted from the record, or declared.

One place for every page, feed and file that prints one. What is counted is counted when it is read.
"""

import datetime
from collections import Counter
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.index import index
from members.models import Figure
from members.places import Country, by_name, tally
from members.querysets import ANNOUNCED, MEMBER
from record.days import in_words, today

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
    """Count the members on a day, by country; the alliance itself is in no count."""
    day = day or today()
    record = index()
    standing = record.on(day)
    states = standing.state
    members, announced = (
        Counter(standing.countries(states[state])) for state in (MEMBER, ANNOUNCED)
    )
    return Membership(day, members, announced, record.size)


def declared(day: datetime.date | None = None) -> list[Figure]:
    """Return the latest dated value of each measure that somebody stated of the alliance, as of a day
    at the latest. One query.
    """
    rows = Figure.objects.filter(about__is_alliance=True)
    return list((rows.filter(as_of__lte=day) if day else rows).latest_of_each())


def at_a_glance(counted: Membership, stated: list[Figure]) -> list[Shown]:
    """Return the figures of the home page in their order; what nobody stated is left out."""
    shown = []
    if counted.total:
        line, members = _("Counted from the record today"), reverse("members:list")
        if counted.day != today():
            line = _("Counted from the record for %(day)s") % {"day": in_words(counted.day)}
            members += f"?on={counted.day.isoformat()}"
        shown += [
            Shown(
                _number(counted.total),
                ngettext("member association", "member associations", counted.total),
                line,
                members,
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
