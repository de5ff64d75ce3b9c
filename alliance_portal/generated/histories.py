"""What became of one organisation: its memberships over the years, one after the other."""

import datetime
from collections.abc import Iterator
from random import Random

from psycopg.types.range import DateRange

from members.models import Category
from record.days import PartialDate, Precision, add_months
from record.periods import Basis, EndBasis

YEARS = 15
MONTH, YEAR, DAY = Precision.MONTH, Precision.YEAR, Precision.DAY
# More joined lately than long ago, and a few are announced.
WEIGHTS = [year + 3 for year in range(YEARS)]


def period(start: PartialDate, after: datetime.date | None, *, known: str = Basis.STATED) -> dict:
    """Return the columns of a period from its start and the first day after it."""
    return {
        "during": DateRange(start.first_day, after, "[)"),
        "start_precision": start.precision,
        "start_basis": known,
        "end_precision": start.precision if after else DAY,
        "end_basis": EndBasis.STATED if after else EndBasis.OPEN,
    }


def a_start(random: Random, day: datetime.date) -> PartialDate:
    """Return a first day within the last years, as precise as it happens to be known."""
    if random.random() < 0.02:
        ahead = day + datetime.timedelta(days=random.randrange(5, 300))
        return PartialDate(ahead.replace(day=1), random.choice((DAY, MONTH)))
    year = day.year - YEARS + random.choices(range(YEARS), WEIGHTS)[0]
    date = datetime.date(year, 1, 1) + datetime.timedelta(days=random.randrange(365))
    if random.random() < 0.3:
        date = date.replace(month=1, day=1)
    return PartialDate.containing(date, random.choices((DAY, MONTH, YEAR), (60, 25, 15))[0])


def a_period(random: Random, day: datetime.date, still: float = 0.75) -> dict:
    """Return a period that began some time and, but for a share of `still`, is over."""
    start = a_start(random, day)
    months = 12 * random.randrange(1, 6)
    after = None if random.random() < still else add_months(start.first_day, months)
    return period(start, after)


def memberships(random: Random, day: datetime.date, region: str, payer: dict) -> Iterator[dict]:
    """Yield one organisation's memberships, the oldest first: they never overlap.

    `payer` has the columns of who pays where it is sponsored.
    """
    start, kind = a_start(random, day), random.random()
    if kind < 0.3:
        yield from _sponsored_first(random, day, start, region, payer)
        return
    known = Basis.NOT_ON_RECORD if random.random() < 0.06 else Basis.STATED
    category = Category.NOT_ON_RECORD if random.random() < 0.05 else _own(random, region)
    if kind < 0.62:
        yield {"category": category, **period(start, None, known=known)}
        return
    yield from _renewed(random, day, start, category, known)


def _own(random: Random, region: str) -> str:
    return Category.REGIONAL if region and random.random() < 0.5 else Category.FULL


def _sponsored_first(random, day, start, region, payer) -> Iterator[dict]:
    """A sponsored year, renewed or not, that turns into a membership of its own, or does not."""
    for _year in range(random.choice((1, 1, 1, 2, 3))):
        after = add_months(start.first_day, 12)
        fate = random.random()
        over = after <= day
        yield {
            "category": Category.SPONSORED,
            **payer,
            **period(start, after),
            "not_continued": over and fate < 0.2,
        }
        if fate < 0.2 or (not over and fate < 0.8):
            return
        start = PartialDate(after, start.precision)
    yield {"category": _own(random, region), **period(start, None)}


def _renewed(random, day, start, category, known) -> Iterator[dict]:
    """Years that were renewed one by one, with a gap at times, and an open end or none."""
    for _term in range(random.choice((1, 2, 2, 3, 5))):
        after = add_months(start.first_day, 12 * random.choice((1, 1, 2, 3)))
        yield {"category": category, **period(start, after, known=known)}
        if after > day:
            return
        gap = 12 * random.choice((0, 0, 0, 1, 2))
        start, known = PartialDate(add_months(after, gap), start.precision), Basis.STATED
    if random.random() < 0.6:
        yield {"category": category, **period(start, None)}
