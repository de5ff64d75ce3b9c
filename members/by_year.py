"""The network year by year: who joined, left and was converted, as a chart and as a table."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.index import index
from record import drawings
from record.days import today


@dataclass(frozen=True)
class Year:
    """One year: the numbers, how many are members when it is over, and where it is told in full."""

    year: int
    joined: int
    left: int
    converted: int
    over: int
    url: str
    ahead: bool

    def in_words(self) -> str:
        """Return '2022: 3 joined, 1 left, 2 converted.'"""
        parts = [
            ngettext("%(number)s joined", "%(number)s joined", self.joined),
            ngettext("%(number)s left", "%(number)s left", self.left),
            ngettext("%(number)s converted", "%(number)s converted", self.converted),
        ]
        numbers = (self.joined, self.left, self.converted)
        said = [part % {"number": number} for part, number in zip(parts, numbers, strict=True)]
        return f"{self.year}: {', '.join(said)}."


def years() -> list[Year]:
    """Return every year from the first on record to the last that is announced."""
    joined, left, converted = index().years
    if not joined:
        return []
    last = max(today().year, *joined, *left, *converted)
    made, over = [], 0
    for year in range(min(joined), last + 1):
        over += joined[year] - left[year]
        made.append(
            Year(year, joined[year], left[year], converted[year], over, _address(year),
                 year > today().year)
        )  # fmt: skip
    return made


def _address(year: int) -> str:
    """Return where the changes of a year are told: from the last day before it to its own last."""
    days = {"from": f"{year - 1}-12-31", "to": f"{year}-12-31"}
    return f"{reverse('members:changes')}?{urlencode(days)}"


def timeline() -> dict:
    """Return all that the page of the years shows."""
    made = years()
    turns = [
        drawings.Turn(
            year=one.year,
            joined=one.joined,
            left=one.left,
            converted=one.converted,
            title=one.in_words(),
        )
        for one in made
    ]
    return {
        "years": made[::-1],
        "chart": drawings.turnover(turns, today().year) if made else None,
        "label": _label(made),
        "crumbs": [(_("Members"), reverse("members:list")), (_("Year by year"), None)],
    }


def _label(made: list[Year]) -> str:
    """Return what the chart shows, in a sentence; the table has every number."""
    if not made:
        return ""
    return _(
        "From %(first)s to %(last)s: %(joined)s joined, %(left)s left, %(converted)s went on from "
        "sponsored to a membership of their own. The table below has the numbers of each year."
    ) % {
        "first": made[0].year,
        "last": made[-1].year,
        "joined": sum(one.joined for one in made),
        "left": sum(one.left for one in made),
        "converted": sum(one.converted for one in made),
    }
