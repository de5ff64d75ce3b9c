"""What changed between two days: the difference of the network on the one and on the other.

Who joined, left or changed category follows from the two networks alone, as the record says them
today; whoever came and went in between is in neither. Every kind of change is a queryset of the same
columns, so that a page of all of them is one query, however many there are.
"""

import datetime
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import or_

from django.db.models import (
    BigIntegerField,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
)
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from members.index import Standing, index
from members.models import Membership, Network, NetworkCoordination, Organisation
from members.querysets import MEMBER
from publishing.lists import in_one_query
from record.days import next_day

JOINED, LEFT, CATEGORY, COORDINATOR, NAME, ANNOUNCED = (
    "joined", "left", "category", "coordinator", "name", "announced",
)  # fmt: skip
PASSING = "passing"


@dataclass(frozen=True)
class Between:
    """Two days, the earlier first."""

    first: datetime.date
    last: datetime.date

    def changes(self, *kinds: str):
        """Return rows of `COLUMNS` of some kinds, or of all, the latest first."""
        wanted = [rows for kind, rows in self.by_kind().items() if not kinds or kind in kinds]
        first, *others = [rows.order_by().values_list(*COLUMNS) for rows in wanted]
        rows = first.union(*others, all=True) if others else first
        return rows.order_by("-day", "what", "sorted_by", "organisation_key")

    def by_kind(self) -> dict:
        """Return each kind of change as a queryset with the columns of `COLUMNS`."""
        return {
            JOINED: self._joined(),
            LEFT: self._left(),
            CATEGORY: self._changed_category(),
            COORDINATOR: self._changed_coordinator(),
            NAME: self._changed_name(),
            ANNOUNCED: self._announced(),
        }

    def numbers(self) -> dict[str, int]:
        """Return how many changes there are of each kind, who came and went in between, and the
        number of members on either day; one query.
        """
        kinds = self.by_kind()
        counted = [
            (name, kinds[name].order_by().values(one=Value(1)).annotate(number=Count("pk")))
            for name in (COORDINATOR, NAME, ANNOUNCED)
        ]
        found = in_one_query((name, each.values_list("number")) for name, each in counted)
        numbers = {name: rows[0][0] if rows else 0 for name, rows in found.items()}
        first, last = self._standings
        return {
            **{name: len(keys) for name, keys in self._keys.items()},
            **numbers,
            "members_first": first.state[MEMBER].bit_count(),
            "members_last": last.state[MEMBER].bit_count(),
        }

    # What follows from the two networks alone: whose changes they are, from the directory's index

    @cached_property
    def _standings(self) -> tuple[Standing, Standing]:
        record = index()
        return record.on(self.first), record.on(self.last)

    @cached_property
    def _keys(self) -> dict[str, list[int]]:
        """Return the keys of the organisations of each such change, and of those in neither network."""
        first, last = self._standings
        before, after = first.state[MEMBER], last.state[MEMBER]
        same = reduce(
            or_, (bits & last.category[category] for category, bits in first.category.items()), 0
        )
        sets = {
            JOINED: after & ~before,
            LEFT: before & ~after,
            CATEGORY: before & after & ~same,
            PASSING: first.index.within(self.first, self.last) & ~before & ~after,
        }
        return {
            name: [first.index.keys[place] for place in first.places(bits)]
            for name, bits in sets.items()
        }

    def _those(self, kind: str):
        return Organisation.objects.filter(pk__in=self._keys[kind])

    # Each kind

    def _joined(self):
        begun = _of_each(Membership.objects.filter(during__startswith__lte=self.last).beginnings())
        return _columns(
            self._those(JOINED),
            JOINED,
            day=Subquery(begun.values("during__startswith")[:1]),
            membership=Subquery(begun.values("pk")[:1]),
            before=Subquery(begun.values("category")[:1]),
            after=_category_on(self.last),
        )

    def _left(self):
        ended = _of_each(Membership.objects.filter(during__endswith__lte=self.last))
        return _columns(
            self._those(LEFT),
            LEFT,
            day=Subquery(ended.values("during__endswith")[:1]),
            membership=Subquery(ended.values("pk")[:1]),
            before=_category_on(self.first),
        )

    def _changed_category(self):
        turned = _of_each(Membership.objects.filter(during__startswith__lte=self.last).turnings())
        return _columns(
            self._those(CATEGORY),
            CATEGORY,
            day=Subquery(turned.values("during__startswith")[:1]),
            membership=Subquery(turned.values("pk")[:1]),
            before=_category_on(self.first),
            after=_category_on(self.last),
        )

    def _changed_coordinator(self):
        of = NetworkCoordination.objects.filter(network=OuterRef("pk"))
        within = of.filter(during__startswith__lte=self.last).order_by("-during__startswith")
        changed = Network.objects.annotate(
            coordinator_before=Subquery(of.on(self.first).values("organisation")[:1]),
            coordinator_after=Subquery(of.on(self.last).values("organisation")[:1]),
        ).filter(_differ("coordinator_before", "coordinator_after"))
        return changed.annotate(
            what=_text(COORDINATOR),
            # Where nobody coordinates it any more, the day after the last one.
            day=Coalesce(
                Subquery(of.on(self.last).values("during__startswith")[:1]),
                Subquery(within.values("during__endswith")[:1]),
                output_field=DateField(),
            ),
            organisation_key=F("coordinator_after"),
            membership_key=_no_key(),
            network_key=F("pk"),
            other_key=F("coordinator_before"),
            before=_text(""),
            after=_text(""),
            sorted_by=F("name"),
        )

    def _changed_name(self):
        """Names have no days in the record: their history says when each was written."""
        history = Organisation.history.filter(id=OuterRef("pk"))
        newest_first = ("-history_date", "-history_id")
        first, last = (_end_of(day) for day in (self.first, self.last))
        until = history.filter(history_date__lt=last)
        renamed = (
            Organisation.objects.in_directory()
            .filter(Exists(until.filter(history_type="~", history_date__gte=first)))
            .annotate(
                name_before=Subquery(
                    history.filter(history_date__lt=first)
                    .order_by(*newest_first)
                    .values("name")[:1]
                ),
                name_after=Subquery(until.order_by(*newest_first).values("name")[:1]),
            )
            .exclude(Q(name_before=None) | Q(name_before=F("name_after")))
        )
        since = until.filter(history_date__gte=first, name=OuterRef("name_after"))
        return _columns(
            renamed.annotate(
                since=Subquery(since.order_by("history_date").values("history_date")[:1])
            ),
            NAME,
            day=TruncDate("since", tzinfo=timezone.get_default_timezone()),
            before=F("name_before"),
            after=F("name_after"),
        )

    def _announced(self):
        """What begins after the last day and was written into the record between the two."""
        first, last = (_end_of(day) for day in (self.first, self.last))
        recorded = Membership.history.filter(
            id=OuterRef("pk"), history_type="+", history_date__gte=first, history_date__lt=last
        )
        rows = Membership.objects.filter(Exists(recorded), during__startswith__gt=self.last)
        return rows.filter(organisation__is_alliance=False).annotate(
            what=_text(ANNOUNCED),
            day=F("during__startswith"),
            organisation_key=F("organisation_id"),
            membership_key=F("pk"),
            network_key=_no_key(),
            other_key=_no_key(),
            before=_text(""),
            after=F("category"),
            sorted_by=F("organisation__sort_name"),
        )


COLUMNS = (
    "what", "day", "organisation_key", "membership_key", "network_key", "other_key", "before",
    "after", "sorted_by",
)  # fmt: skip


def _text(words: str) -> Value:
    return Value(words, output_field=CharField())


def _no_key() -> Cast:
    return Cast(Value(None), BigIntegerField())


def _differ(one: str, other: str) -> Q:
    """Whether two annotated columns differ, null being a value like others."""
    return (
        (Q(**{f"{one}__isnull": True}) & Q(**{f"{other}__isnull": False}))
        | (Q(**{f"{one}__isnull": False}) & Q(**{f"{other}__isnull": True}))
        | (Q(**{f"{one}__isnull": False, f"{other}__isnull": False}) & ~Q(**{one: F(other)}))
    )


def _category_on(day: datetime.date) -> Subquery:
    held = Membership.objects.on(day).filter(organisation=OuterRef("pk"))
    return Subquery(held.values("category")[:1])


def _end_of(day: datetime.date) -> datetime.datetime:
    """Return the instant at which a day of the site is over."""
    return datetime.datetime.combine(
        next_day(day), datetime.time.min, tzinfo=timezone.get_default_timezone()
    )


def _of_each(memberships):
    """Return memberships as asked from their organisation, the latest first."""
    return memberships.filter(organisation=OuterRef("pk")).order_by("-during__startswith")


def _columns(organisations, kind: str, *, day, before, after=None, membership=None):
    """Return organisations with the columns of a change; `membership` is the one it rests on."""
    return organisations.annotate(
        what=_text(kind),
        day=day,
        organisation_key=F("pk"),
        membership_key=_no_key() if membership is None else membership,
        network_key=_no_key(),
        other_key=_no_key(),
        before=before,
        after=_text("") if after is None else after,
        sorted_by=F("sort_name"),
    )
