"""Records that point to one of two organisations that are merged: as they are, and put together."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.utils.text import Truncator
from psycopg.types.range import DateRange

from members.models import Membership
from members.plans import in_short

LONG = 160  # letters of a text that a preview shows
AT_THE_START = ("start_precision", "start_basis", "start_qualifier")
AT_THE_END = ("end_precision", "end_basis", "not_continued", "end_reason")


@dataclass(eq=False)
class Pointing:
    """A record that points to the one that goes, or to the one that stays, and what becomes of it."""

    row: models.Model
    depth: int  # 0: it points to the organisation; 1: to a record that does
    facts: dict = field(default_factory=dict)  # what is set on it
    into: "Pointing | None" = None  # the one that it becomes a part of

    def __post_init__(self):
        self.key = self.row.pk  # a deleted row has none

    def fill(self, other: "Pointing"):
        """Take what only the other one knew."""
        for column in _own_facts(self.row):
            value = getattr(other.row, column.attname)
            if value and not getattr(self.row, column.attname):
                self.facts.setdefault(column.attname, value)

    def lost_to(self, other: "Pointing") -> list[str]:
        """Return what this one says otherwise than the one that remains."""
        lost = []
        for column in _own_facts(self.row):
            mine, its = (getattr(one.row, column.attname) for one in (self, other))
            if mine and its and mine != its:
                lost.append(f"{column.verbose_name}: {getattr(self.row, column.name)}")
        return lost

    def with_owner(self, column) -> str:
        return f"{getattr(self.row, column.name)}: {self.in_words(column)}"

    def in_words(self, column) -> str:
        """Return what it is, told from the organisation's side: 'Digitalisation, since 2021'."""
        row = self.row
        if isinstance(row, Membership):
            mine = column.name == "organisation"
            return in_short(row) if mine else f"{row.organisation}: {in_short(row)}"
        if hasattr(row, "during"):
            words = [getattr(row, one.name) for one in identity_of(column)]
            words.append(row.period_in_words())
        else:
            others = [one for one in row._meta.fields if one.many_to_one and one != column]
            words = [row, *(getattr(row, one.name) for one in others if "user" not in one.name)]
        return Truncator(", ".join(str(word) for word in words if word)).chars(LONG)


# -- periods --------------------------------------------------------------------------------------


def identity_of(column) -> list[models.Field]:
    """Return the fields, besides this one, that two dated records share where they cannot overlap."""
    meta = column.model._meta
    for constraint in meta.constraints:
        if isinstance(constraint, ExclusionConstraint):
            names = [name for name, _operator in constraint.expressions]
            return [meta.get_field(name) for name in names if name not in ("during", column.name)]
    return []


def overlapping(rows: list[Pointing]) -> Iterator[list[Pointing]]:
    """Yield records, oldest first, put together where they share a day."""
    together: list[Pointing] = []
    until = datetime.date.min
    for one in sorted(rows, key=lambda one: (one.row.during.lower, one.key)):
        if together and one.row.during.lower >= until:
            yield together
            together, until = [], datetime.date.min
        together.append(one)
        until = max(until, _after(one.row))
    if together:
        yield together


def _after(row) -> datetime.date:
    return row.during.upper or datetime.date.max


def covers(own: list[Pointing], theirs: list[Pointing]) -> bool:
    """Whether every day of theirs is one of own. They are put together already: the oldest first."""
    reached = own[0].row.during.lower
    for one in own:
        if one.row.during.lower > reached:
            return False
        reached = max(reached, _after(one.row))
    first = min(one.row.during.lower for one in theirs)
    return own[0].row.during.lower <= first and max(_after(one.row) for one in theirs) <= reached


def union_of(rows: list[models.Model]) -> dict:
    """Return what a record says that lasts from the first day of all to the last, each bound as the
    one that gives it knows it; on one day the first record's.
    """
    first, last = min(rows, key=lambda row: row.during.lower), max(rows, key=_after)
    columns = {column.name for column in first._meta.concrete_fields}
    facts = {name: getattr(first, name) for name in AT_THE_START}
    facts |= {name: getattr(last, name) for name in AT_THE_END if name in columns}
    return facts | {"during": DateRange(first.during.lower, last.during.upper, "[)")}


def _own_facts(row) -> list[models.Field]:
    """Return the columns of a dated record that are neither its days nor a bound's."""
    bounds = {"id", "during", *AT_THE_START, *AT_THE_END}
    return [
        one
        for one in row._meta.concrete_fields
        if one.name not in bounds and one.remote_field is None
    ]
