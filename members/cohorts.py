"""Sponsored cohorts: who was sponsored together, how long it still lasts, and what came of it.

A cohort are the memberships that one sponsor paid for, on behalf of the same principal, from the same
first day on. Its outcomes always add up to its members.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Membership, Organisation
from members.models.memberships import Outcome
from record.days import in_words, next_day, today, whole_months
from record.fetching import for_page


@dataclass(frozen=True)
class Sponsored:
    """One sponsored membership as it stands on a day, with the next one of its organisation."""

    membership: Membership
    outcome: Outcome
    day: datetime.date

    @property
    def undecided(self) -> bool:
        """Whether it runs, and what follows is neither announced nor known not to come."""
        return self.outcome == Outcome.RUNNING and not self.membership.not_continued

    @property
    def decide_by(self) -> datetime.date | None:
        """Return the day by which it is to be decided how it goes on: its last one."""
        return self.membership.ends_on if self.undecided else None

    def in_words(self) -> str:
        """Return the outcome in product.md's words, for one that runs with what is known ahead."""
        if self.outcome == Outcome.RUNNING and self.membership.not_continued:
            return _("Running; it will not be continued")
        return capfirst(self.outcome.label)

    def left_in_words(self) -> str:
        """Return '4 months left', nothing where it does not run."""
        if self.outcome not in {Outcome.RUNNING, Outcome.CONTINUES}:
            return ""
        return left_in_words(self.membership, self.day)


@dataclass
class Cohort:
    """The sponsored memberships of one sponsor and principal that began on one day."""

    sponsor: Organisation
    on_behalf_of: Organisation | None
    starts: object  # the first day as known
    places: list[Sponsored] = field(default_factory=list)

    @property
    def outcomes(self) -> list[tuple[str, int]]:
        """Return each outcome that there is with its number, in the order of Outcome."""
        numbers = Counter(place.outcome for place in self.places)
        return [(str(outcome.label), numbers[outcome]) for outcome in Outcome if numbers[outcome]]

    def in_words(self) -> str:
        """Return '5 running, 1 announced to continue'."""
        return ", ".join(f"{number} {label}" for label, number in self.outcomes)

    @property
    def is_open(self) -> bool:
        """Whether any of it runs, or is announced to begin."""
        ahead = {Outcome.ANNOUNCED, Outcome.RUNNING, Outcome.CONTINUES}
        return any(place.outcome in ahead for place in self.places)

    @property
    def undecided(self) -> list[Sponsored]:
        return [place for place in self.places if place.undecided]

    @property
    def decide_by(self) -> datetime.date | None:
        return min((place.decide_by for place in self.undecided), default=None)

    def decision_in_words(self) -> str:
        """Return 'Next decision by 31 March 2027: 4 months left, 5 of 6 are open.'"""
        undecided = self.undecided
        if not undecided:
            return ""
        first = min(undecided, key=lambda place: place.decide_by)
        words = {
            "day": in_words(first.decide_by),
            "open": len(undecided),
            "number": len(self.places),
            "left": first.left_in_words(),
        }
        if len(self.places) == 1:
            return _("Next decision by %(day)s: %(left)s.") % words
        return _("Next decision by %(day)s: %(left)s, %(open)s of %(number)s are open.") % words


def left_in_words(membership: Membership, day: datetime.date) -> str:
    """Return how long a membership still lasts on a day: '4 months left', '12 days left'."""
    months = whole_months(day, next_day(membership.ends_on))
    if months:
        words = ngettext("%(number)s month left", "%(number)s months left", months)
        return words % {"number": months}
    days = (next_day(membership.ends_on) - day).days
    return ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}


def sponsored_on(rows: Iterable[Membership], day: datetime.date | None = None) -> list[Sponsored]:
    """Return sponsored memberships with what came of each by a day; one query."""
    day, rows = day or today(), list(rows)
    following = following_of(rows)
    return [Sponsored(row, row.outcome(following.get(row), day), day) for row in rows]


def cohorts_of(places: Iterable[Sponsored]) -> list[Cohort]:
    """Return sponsored memberships by cohort, the latest first, their members by name."""
    cohorts: dict[tuple, Cohort] = {}
    for place in places:
        row = place.membership
        key = (row.starts_on, row.sponsor.sort_name, row.sponsor_id, row.on_behalf_of_id or 0)
        cohort = cohorts.setdefault(key, Cohort(row.sponsor, row.on_behalf_of, row.starts))
        cohort.places.append(place)
    for cohort in cohorts.values():
        cohort.places.sort(key=lambda place: place.membership.organisation.sort_name)
    # By the day backwards, by the name forwards.
    ordered = sorted(cohorts, key=lambda key: key[1:])
    return [cohorts[key] for key in sorted(ordered, key=lambda key: key[0], reverse=True)]


def following_of(rows: list[Membership]) -> dict[Membership, Membership]:
    """Return for each membership the next one of its organisation, whoever pays for that."""
    organisations = {row.organisation_id for row in rows}
    all_of_them = (
        Membership.objects.filter(organisation__in=organisations)
        .only("organisation", "category", "during")
        .oldest_first()
    )
    by_organisation: dict[int, list[Membership]] = {}
    for row in for_page(all_of_them):
        by_organisation.setdefault(row.organisation_id, []).append(row)
    return {earlier: later for own in by_organisation.values() for earlier, later in pairwise(own)}
