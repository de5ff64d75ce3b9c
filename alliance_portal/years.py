"""The network year by year, as the map of the home page shows it: on each 1 January, and today."""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alliance_portal.figures import Membership
from members.places import Country, by_name
from record.days import in_words
from record.drawings import Period
from record.map import changes

MOST = (
    30  # moments that fit below a map; of a longer record only every second, third … year is shown
)


@dataclass(frozen=True, kw_only=True)
class Span(Period):
    """Days of membership of a country's organisation ('' where it is not on record).

    Of a large network they are summed up: those that joined, and below zero those that left.
    """

    country: str = ""

    def holds(self, day: datetime.date) -> bool:
        return self.first_day <= day and (self.after_last_day is None or day < self.after_last_day)


@dataclass(frozen=True)
class Moment:
    """A day that the map can show, with the members of that day by country."""

    counted: Membership
    when: Literal["past", "today", "coming"]

    @property
    def is_today(self) -> bool:
        return self.when == "today"

    @property
    def day(self) -> datetime.date:
        return self.counted.day

    @property
    def label(self) -> str:
        return _("today") if self.is_today else str(self.day.year)

    @property
    def words(self) -> str:
        """Return '6 members in 5 countries', with the day."""
        members = ngettext("%(number)d member", "%(number)d members", self.counted.total)
        countries = ngettext(
            "%(number)d country", "%(number)d countries", self.counted.countries
        )  # fmt: skip
        sentence = _("%(day)s: %(members)s in %(countries)s")
        if self.when == "coming":
            sentence = _("%(day)s, as on record today: %(members)s in %(countries)s")
        return sentence % {
            "day": in_words(self.day),
            "members": members % {"number": self.counted.total},
            "countries": countries % {"number": self.counted.countries},
        }

    @property
    def url(self) -> str:
        return f"{reverse('members:list')}?on={self.day.isoformat()}"


@dataclass(frozen=True)
class Years:
    """The moments in their order; `now` is the place of today among them."""

    moments: list[Moment]

    @property
    def now(self) -> int:
        return next(place for place, moment in enumerate(self.moments) if moment.is_today)

    def at(self, country: str) -> str:
        """Return at which moments the number of a country's members changes, as `changes` writes it."""
        return changes(moment.counted.members[country] for moment in self.moments)

    def countries(self) -> list[Country]:
        """Return every country that has a member at one of the moments, in order of name."""
        codes = {code for moment in self.moments for code in moment.counted.members if code}
        return by_name(Country(code) for code in codes)

    def numbers(self) -> list[int]:
        """Return every number of members that a country has at one of the moments, highest first."""
        found = {
            number
            for moment in self.moments
            for code, number in moment.counted.members.items()
            if code
        }
        return sorted(found, reverse=True)


def year_by_year(spans: Iterable[Span], counted: Membership) -> Years | None:
    """Return the network on each 1 January of its record, today, and on the next one if it changes.

    `counted` are the members of today. None while there are none, or no other day to compare with.
    """
    spans, today = list(spans), counted.day
    if not counted.total:
        return None
    first = min(span.first_day for span in spans)
    januaries = [
        day
        for year in range(first.year, today.year + 1)
        if first <= (day := datetime.date(year, 1, 1)) < today
    ]
    step = 1 + len(januaries) // MOST
    past = [Moment(_counted(spans, day), "past") for day in januaries[::-step][::-1]]
    following = _counted(spans, datetime.date(today.year + 1, 1, 1))
    coming = [Moment(following, "coming")] if following.members != counted.members else []
    if not past and not coming:
        return None
    return Years([*past, Moment(counted, "today"), *coming])


def _counted(spans: list[Span], day: datetime.date) -> Membership:
    members = Counter()
    for span in spans:
        if span.holds(day):
            members[span.country] += span.number
    return Membership(day, +members)
