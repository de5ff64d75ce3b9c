"""The directory in memory: what it is filtered, counted and sorted by, as sets of bits.

At 50,000 organisations no query can count every choice of every filter for every page; and a kept count
cannot know which filters are chosen. A set of them all is 6 KB as bits, and to cut and count two sets takes
microseconds: so each process holds one set a choice, in order of name, and the database is asked for what
a page shows only. The sets are read anew after every edit of their tables (`DirectoryMark`).
"""

import datetime
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import accumulate
from threading import Lock

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import CharField, F, Func, IntegerField, Value
from django.db.models.functions import Cast, Coalesce

from members.models import Category, DirectoryMark, Membership, Network, Organisation
from members.querysets import ANNOUNCED, CONVERSION_DAYS, FORMER, MEMBER
from publishing.lists import in_one_query
from record.days import add_months
from record.drawings import Period

DAYS_HELD = 4  # days asked for last that a process remembers
SEARCHES_HELD = 16  # texts searched for last
FEW, CALLED_SO = (
    24,
    4.0,
)  # results below which near misses are shown; the rank of a name that begins so
NEVER = datetime.date.max.toordinal()  # where an end is open
# Of working groups, which lie to the right: reached by the relation.
GROUP = (
    Organisation._meta.get_field("participations")
    .related_model._meta.get_field("group")
    .related_model
)

Bits = int  # a set of places in the order of name


def bits_of(places: Iterable[int], size: int) -> Bits:
    flags = bytearray(b"0") * size
    for place in places:
        flags[~place] = 49  # '1'; the first place is the last digit
    return int(flags, 2) if size else 0


def flags_of(bits: Bits, size: int) -> str:
    """Return a set as text of 0 and 1, the first place first."""
    return f"{bits:0{size}b}"[::-1]


class Periods:
    """Many periods as columns: whose they are (by place), and their half-open days as numbers."""

    def __init__(self, places: Iterable[int], firsts: Iterable[int], afters: Iterable[int]):
        self.places, self.firsts, self.afters = (
            array("i", column) for column in (places, firsts, afters)
        )

    def on(self, day: int) -> Iterator[int]:
        """Yield the place of each that holds the day."""
        return (
            place
            for place, first, after in zip(self.places, self.firsts, self.afters, strict=True)
            if first <= day < after
        )


class Index:
    """All organisations of the directory as they are on record: see the module."""

    def __init__(self):
        rows = list(
            Organisation.objects.in_directory()
            .by_name()
            .values_list("pk", "country", "kind", "city")
        )
        self.size = len(rows)
        self.all: Bits = (1 << self.size) - 1
        columns = zip(*rows, strict=True) if rows else [()] * 4
        self.keys, self.countries, self.kinds, self.cities = columns
        self.place_of = {pk: place for place, pk in enumerate(self.keys)}
        self.facets = {"country": self._sets(self.countries), "kind": self._sets(self.kinds)}
        self.memberships = {
            category: self._periods(*columns)
            for category, *columns in _columns(Membership.objects.all(), "category")
        }
        # Asked by several threads at once: these two are safe for that.
        self.on = lru_cache(DAYS_HELD)(self._on)
        self.ranks = lru_cache(SEARCHES_HELD)(self._ranks)

    @cached_property
    def wholes(self) -> dict[str, dict[str, tuple[str, Periods]]]:
        """Return name and places of each group, network and sponsor, by their slugs."""
        return {
            part: {slug: (name, self._periods(*columns)) for slug, name, *columns in rows}
            for part, rows in _places_in_wholes().items()
        }

    def names(self, part: str) -> dict[str, str]:
        """Return the names of all groups, networks or sponsors by their slugs."""
        return {slug: name for slug, (name, _periods) in self.wholes[part].items()}

    def _sets(self, values: list[str]) -> dict[str, Bits]:
        places: dict[str, list[int]] = {}
        for place, value in enumerate(values):
            places.setdefault(value, []).append(place)
        return {value: bits_of(some, self.size) for value, some in places.items()}

    def _periods(self, keys: list[int], firsts: list[int], afters: list[int]) -> Periods:
        """Keep those of organisations in the directory; what was recorded meanwhile is for the next."""
        known = [
            (self.place_of[key], first, after)
            for key, first, after in zip(keys, firsts, afters, strict=True)
            if key in self.place_of
        ]
        return Periods(*([row[column] for row in known] for column in range(3)))

    def _ranks(self, text: str) -> dict[int, float]:
        """Return by place how well each fits that a text finds; two queries at most.

        Near misses are looked for where few things have such words, and nothing is called so.
        """
        ranks = self._search(text, near=False)
        if len(ranks) < FEW and max(ranks.values(), default=0) < CALLED_SO:
            ranks = self._search(text, near=True)
        return ranks

    def _search(self, text: str, *, near: bool) -> dict[int, float]:
        found = Organisation.objects.in_directory().search_for(text, near=near)
        rows = found.order_by().values_list("pk", "rank")
        return {self.place_of[pk]: rank for pk, rank in rows if pk in self.place_of}

    def _on(self, day: datetime.date) -> "Standing":
        """Return how things stood on a day."""
        return Standing(self, day)

    def within(self, first: datetime.date, last: datetime.date) -> Bits:
        """Return those with a membership that begins after the first day and is over on the last."""
        after, until = first.toordinal(), last.toordinal()
        return bits_of(
            (
                place
                for periods in self.memberships.values()
                for place, begins, ends in zip(
                    periods.places, periods.firsts, periods.afters, strict=True
                )
                if begins > after and ends <= until
            ),
            self.size,
        )

    @cached_property
    def last(self) -> dict[str, list[int]]:
        """Return for each category the organisations whose latest membership is of it."""
        latest: list[tuple[int, str]] = [(0, "")] * self.size
        for category, periods in self.memberships.items():
            for place, first in zip(periods.places, periods.firsts, strict=True):
                if first > latest[place][0]:
                    latest[place] = (first, category)
        return self._by_category((place, kind) for place, (_first, kind) in enumerate(latest))

    @cached_property
    def ahead_first(self) -> list[tuple[int, int, int, str]]:
        """Return every membership as (first, after, place, category), the latest first."""
        rows = (
            (first, after, place, category)
            for category, periods in self.memberships.items()
            for place, first, after in zip(
                periods.places, periods.firsts, periods.afters, strict=True
            )
        )
        return sorted(rows, reverse=True)

    def _by_category(self, pairs: Iterable[tuple[int, str]]) -> dict[str, Bits]:
        places: dict[str, list[int]] = {}
        for place, category in pairs:
            places.setdefault(category, []).append(place)
        return {category: bits_of(some, self.size) for category, some in places.items()}

    @cached_property
    def histories(self) -> list[list[tuple[int, int, str]]]:
        """Return each organisation's memberships as (first, after, category), the oldest first."""
        own: list[list] = [[] for _place in range(self.size)]
        for first, after, place, category in reversed(self.ahead_first):
            own[place].append((first, after, category))
        return own

    @cached_property
    def years(self) -> tuple[Counter, Counter, Counter]:
        """Return by year how many joined, left, and went on from sponsored to one of their own.

        An organisation joins with a membership that none of its others runs into, and leaves with
        the last day of one that none follows at once: so a renewal is neither, and a gap is both.
        """
        joined, left, converted = Counter(), Counter(), Counter()
        for own in self.histories:
            over, was = 0, ""
            for first, after, category in own:
                if first != over:
                    joined[_year(first)] += 1
                    if over:
                        left[_year(over - 1)] += 1
                if was == Category.SPONSORED and _is_conversion(first - over, category):
                    converted[_year(first)] += 1
                over, was = after, category
            if own and over != NEVER:
                left[_year(over - 1)] += 1
        return joined, left, converted

    @cached_property
    def by_month(self) -> list[tuple[datetime.date, str, int]]:
        """Return how many joined, and below zero left, by month and country.

        A month stands for the days after its first and those of the month before: the sum up to a
        1 January is the number of members on that day.
        """
        numbers, months = Counter(), {}
        for periods in self.memberships.values():
            for days, sign in ((periods.firsts, 1), (periods.afters, -1)):
                for place, day in zip(periods.places, days, strict=True):
                    if day != NEVER:
                        month = months.get(day) or months.setdefault(day, _month_from(day))
                        numbers[month, self.countries[place]] += sign
        return [(month, country, number) for (month, country), number in numbers.items()]

    @cached_property
    def changes(self) -> dict[datetime.date, int]:
        """Return for each day on which the number of members changes by how much, in order."""
        changes = Counter()
        for periods in self.memberships.values():
            changes.update(periods.firsts)
            changes.subtract(after for after in periods.afters if after != NEVER)
        return {
            datetime.date.fromordinal(day): number
            for day, number in sorted(changes.items())
            if number
        }

    @cached_property
    def span(self) -> list[Period]:
        """Return one period from the first day on record to the last: what the axis of lists rests on."""
        firsts = [first for periods in self.memberships.values() for first in periods.firsts]
        if not firsts:
            return []
        lasts = [
            after
            for periods in self.memberships.values()
            for after in periods.afters
            if after != NEVER
        ]
        first, last = min(firsts), max([*firsts, *lasts])
        return [
            Period(
                first_day=datetime.date.fromordinal(first),
                after_last_day=datetime.date.fromordinal(last),
            )
        ]

    @cached_property
    def turns(self) -> list[Period]:
        """Return how many joined, and below zero left, as the drawings take it."""
        return [Period(first_day=day, number=number) for day, number in self.changes.items()]

    @cached_property
    def starts(self) -> list[datetime.date]:
        """Return the first days on record, each once, the earliest first."""
        days = {first for periods in self.memberships.values() for first in periods.firsts}
        return [datetime.date.fromordinal(day) for day in sorted(days)]


class Standing:
    """How things stood on a day: the sets of each filter's choices, by their values."""

    def __init__(self, index: Index, day: datetime.date):
        self.index, self.number = index, day.toordinal()
        size = index.size
        on = {
            category: bits_of(periods.on(self.number), size)
            for category, periods in index.memberships.items()
        }
        member = _union(on.values())
        ahead = self._ahead()
        announced = _union(ahead.values()) & ~member
        former = index.all & ~member & ~announced
        self.state = {MEMBER: member, ANNOUNCED: announced, FORMER: former}
        self.category = {
            category: on.get(category, 0)
            | (announced & ahead.get(category, 0))
            | (former & index.last.get(category, 0))
            for category in Category.values
        }

    @cached_property
    def facets(self) -> dict[str, dict[str, Bits]]:
        """Return the sets of every filter's choices, by the filter's name and the choice's value."""
        size, wholes = self.index.size, self.index.wholes
        on_the_day = {
            part: {
                slug: bits_of(periods.on(self.number), size)
                for slug, (_name, periods) in wholes[part].items()
            }
            for part in ("group", "network")
        }
        ever = {
            slug: bits_of(periods.places, size)
            for slug, (_name, periods) in wholes["sponsor"].items()
        }
        return {
            "state": self.state,
            "category": self.category,
            **self.index.facets,
            **on_the_day,
            "sponsor": ever,
        }

    def _ahead(self) -> dict[str, Bits]:
        """Return by category those of which a membership starts later, in the category of the next."""
        nearest: dict[int, str] = {}
        for first, _after, place, category in self.index.ahead_first:
            if first <= self.number:
                break
            nearest[place] = category
        return self.index._by_category(nearest.items())

    @cached_property
    def bounds(self) -> dict[int, tuple[int, int]]:
        """Return first day and day after the last by place, of the membership that tells how it stands."""
        bounds = {}
        for periods in self.index.memberships.values():
            bounds |= {
                place: (first, after)
                for place, first, after in zip(
                    periods.places, periods.firsts, periods.afters, strict=True
                )
                if first <= self.number < after
            }
        in_force, nearest, last = set(bounds), {}, {}
        for first, after, place, _category in self.index.ahead_first:
            if place in in_force:
                continue
            if first > self.number:
                nearest[place] = (first, after)
            else:
                last.setdefault(place, (first, after))
        return last | nearest | bounds

    @cached_property
    def days_a_member(self) -> dict[int, int]:
        """Return by place the days of membership up to the day, gaps not counted."""
        days = Counter()
        for periods in self.index.memberships.values():
            for place, first, after in zip(
                periods.places, periods.firsts, periods.afters, strict=True
            ):
                if first <= self.number:
                    days[place] += min(after, self.number + 1) - first
        return days

    @cached_property
    def categories(self) -> dict[int, str]:
        """Return the category by place."""
        found = {}
        for category, bits in self.category.items():
            found |= dict.fromkeys(self.places(bits), category)
        return found

    def states(self) -> list[str]:
        """Return the state of each place."""
        found = [""] * self.index.size
        for state, bits in self.state.items():
            for place in self.places(bits):
                found[place] = state
        return found

    def places(self, bits: Bits) -> list[int]:
        """Return the places of a set, in order of name."""
        flags = flags_of(bits, self.index.size)
        return [place for place, flag in enumerate(flags) if flag == "1"]

    def seats(self, bits: Bits) -> list[tuple[str, str]]:
        """Return the towns of a set, each once, with their countries."""
        countries, cities = self.index.countries, self.index.cities
        found = {(countries[place], cities[place]) for place in self.places(bits)}
        return sorted(seat for seat in found if seat[1])

    def state_of(self, place: int) -> str:
        return next(state for state, bits in self.state.items() if bits >> place & 1)

    def countries(self, bits: Bits) -> dict[str, int]:
        """Return how many of a set there are in each country ('' where it is not on record)."""
        numbers = {
            code: (bits & some).bit_count() for code, some in self.index.facets["country"].items()
        }
        return {code: number for code, number in numbers.items() if number}


def _year(day: int) -> int:
    return datetime.date.fromordinal(day).year


def _is_conversion(gap: int, category: str) -> bool:
    """Whether what follows on a sponsored membership, so many days later, is its conversion."""
    return category in {Category.FULL, Category.REGIONAL} and gap <= CONVERSION_DAYS


def _month_from(day: int) -> datetime.date:
    """Return the first day of a month: a day that is one, else that of the month after it."""
    date = datetime.date.fromordinal(day)
    return date if date.day == 1 else add_months(date.replace(day=1), 1)


def _union(sets: Iterable[Bits]) -> Bits:
    return list(accumulate(sets, int.__or__, initial=0))[-1]


def _day_number(bound: str) -> Func:
    """Return a bound of a period as Python numbers days; one that is open as NEVER."""
    day = Func(
        F(bound),
        template="(%(expressions)s - date '0001-01-01' + 1)",
        output_field=IntegerField(),
    )
    return Coalesce(day, Value(NEVER))


def _columns(rows, *values, of: str = ""):
    """Return for each value the organisations, first days and days after the last, as three lists.

    `of` is the way from the rows to their periods.
    """
    return (
        rows.order_by()
        .values_list(*values)
        .annotate(
            organisations=ArrayAgg(f"{of}organisation"),
            firsts=ArrayAgg(_day_number(f"{of}during__startswith")),
            afters=ArrayAgg(_day_number(f"{of}during__endswith")),
        )
    )


def _places_in_wholes() -> dict[str, list[tuple]]:
    """Return who is in each group and network, and whom each sponsor pays for; one query."""
    wholes = (
        ("group", GROUP.objects.filter(participations__isnull=False), "participations__"),
        ("network", Network.objects.all(), "places__"),
        ("sponsor", Organisation.objects.filter(sponsored_memberships__isnull=False),
         "sponsored_memberships__"),
    )  # fmt: skip
    return in_one_query(
        (part, _columns(rows.annotate(a_slug=_text("slug"), a_name=_text("name")),
                        "a_slug", "a_name", of=of))
        for part, rows, of in wholes
    )  # fmt: skip


def _text(column: str) -> Cast:
    """One type for all columns of questions that are asked together."""
    return Cast(F(column), CharField())


class _Held:
    """The index that this process holds, and the mark of the record that it was read from."""

    mark: object = None
    index: Index | None = None
    lock = Lock()


def index() -> Index:
    """Return the index as the record stands now: one query where nothing changed, four where it did.

    The mark is read first: what is recorded while the rest is read has another mark, so that what
    was read half before and half after it is not used again.
    """
    mark = DirectoryMark.objects.values_list("mark", flat=True).first()
    with _Held.lock:
        if _Held.index is None or _Held.mark != mark:
            _Held.index, _Held.mark = Index(), mark
        return _Held.index
