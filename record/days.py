"""What day it is for the site, and days that are known to the day, the month or the year."""

import datetime
import re
from dataclasses import dataclass
from functools import cached_property

from django.db import models
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

FIRST_YEAR, LAST_YEAR = 1800, 2200
NO_BREAK = "\u00a0"


class Precision(models.TextChoices):
    DAY = "day", _("day")
    MONTH = "month", _("month")
    YEAR = "year", _("year")


def today() -> datetime.date:
    """Return the site's day (TIME_ZONE), whatever zone the server or the visitor is in."""
    return timezone.localdate(timezone=timezone.get_default_timezone())


def next_day(day: datetime.date) -> datetime.date:
    return day + datetime.timedelta(days=1)


def start_of(day: datetime.date) -> datetime.datetime:
    """Return the instant at which a day begins by the site's clocks."""
    return datetime.datetime.combine(day, datetime.time.min, timezone.get_default_timezone())


def day_before(day: datetime.date) -> datetime.date:
    return day - datetime.timedelta(days=1)


def add_months(day: datetime.date, months: int) -> datetime.date:
    """Return the same day so many months later; the month's last day where it has no such day."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    last = (datetime.date(year + month // 11, (month + 1) % 12 + 1, 1) - datetime.timedelta(1)).day
    return datetime.date(year, month + 1, min(day.day, last))


def whole_months(first: datetime.date, last: datetime.date) -> int:
    """Return how many whole months lie between two days: 2 from 31 January to 31 March."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if add_months(first, months) <= last else months - 1


def year_bounds(year: int) -> tuple[datetime.date, datetime.date]:
    """Return a year as half-open days: 1 January, and 1 January after it."""
    return datetime.date(year, 1, 1), datetime.date(year + 1, 1, 1)


def in_words(day: datetime.date) -> str:
    """Return '14 April 2022'; day and month never part over a line's end."""
    return date_format(day, "DATE_FORMAT").replace(" ", NO_BREAK, 1)


@dataclass(frozen=True)
class PartialDate:
    """A day, a month or a year, as precise as it is known. `first_day` is its earliest day."""

    first_day: datetime.date
    precision: str = Precision.DAY

    @cached_property
    def after_last_day(self) -> datetime.date:
        """The day after its last: 1 April for March, 1 January for a year."""
        if self.precision == Precision.DAY:
            return next_day(self.first_day)
        return add_months(self.first_day, 1 if self.precision == Precision.MONTH else 12)

    @property
    def last_day(self) -> datetime.date:
        return day_before(self.after_last_day)

    @property
    def following(self) -> "PartialDate":
        """What comes next, as precise as this: 1 January after 31 December, March after February."""
        return PartialDate(self.after_last_day, self.precision)

    @property
    def preceding(self) -> "PartialDate":
        """What comes before, as precise as this: February before March."""
        return PartialDate.containing(day_before(self.first_day), self.precision)

    def end_of_term(self, months: int) -> "PartialDate":
        """Return the last day of a term that starts here, as precise as the start is known.

        14 March 2022 and 12 months: 13 March 2023. March 2022 and 12 months: February 2023. A term
        from the last day of a longer month ends with its last month: 29 February 2024 and 12
        months: 28 February 2025. Raises ValueError, with a sentence to show, where a start that is
        known to the year meets a term that is no number of years, and for a term without a month.
        """
        if months < 1:
            raise ValueError(str(_("A term lasts a month at least.")))
        if self.precision == Precision.YEAR and months % 12:
            sentence = _("The start is known to the year only: choose whole years, or a last day.")
            raise ValueError(str(sentence))
        after = add_months(self.first_day, months)
        last = after if after.day < self.first_day.day else day_before(after)
        return PartialDate.containing(last, self.precision)

    def __str__(self):
        if self.precision == Precision.YEAR:
            return str(self.first_day.year)
        if self.precision == Precision.MONTH:
            return date_format(self.first_day, "YEAR_MONTH_FORMAT")
        return in_words(self.first_day)

    def isoformat(self) -> str:
        """Return 2022-04-14, 2022-04 or 2022."""
        length = {Precision.DAY: 10, Precision.MONTH: 7, Precision.YEAR: 4}
        return self.first_day.isoformat()[: length[self.precision]]

    def whole_in_words(self) -> str:
        """Return what a typed date was understood as: '14 April 2022', 'the whole of March 2022'."""
        if self.precision == Precision.DAY:
            return str(self)
        return str(_("the whole of %(date)s") % {"date": self})

    @classmethod
    def containing(cls, day: datetime.date, precision: str) -> "PartialDate":
        """Return the day itself, or the month or year that holds it."""
        if precision == Precision.MONTH:
            day = day.replace(day=1)
        elif precision == Precision.YEAR:
            day = day.replace(month=1, day=1)
        return cls(day, precision)

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read a date as people type it.

        Understood: 14 April 2022, April 14, 2022, 14.04.2022, 14/04/2022, 14/04/22 (this century),
        2022-04-14, 2022-04, 04.2022, March 2022, 2022; months in English or the reader's language,
        in full or by their first three letters; other languages are not guessed at, as their names
        contradict each other (listopad is October in Croatian, November in Polish). Between dots the
        day comes first. Raises ValueError, with a sentence to show, for anything else, and for what
        can be read in two ways (04/05/2022).
        """
        words = text.strip().lower().replace(",", " ")
        for pattern in PATTERNS:
            if found := pattern.fullmatch(words):
                return cls._from_parts(text, **found.groupdict())
        if found := SLASHED.fullmatch(words):
            return cls._from_slashes(text, **found.groupdict())
        raise ValueError(_not_understood(text))

    @classmethod
    def _from_slashes(cls, text, first, second, year):
        """Read 14/04/2022 and 04/14/2022, which can mean one day only; refuse 04/05/2022."""
        day, month = (second, first) if int(second) > 12 else (first, second)
        read = cls._from_parts(text, year, month, day)
        if int(first) <= 12 and int(second) <= 12 and int(first) != int(second):
            other = cls._from_parts(text, year, first, second)
            message = _("'%(text)s' can be read in two ways. Write %(one)s or %(other)s.")
            names = {"text": text.strip(), "one": read, "other": other}
            raise ValueError(str(message) % names)
        return read

    @classmethod
    def _from_parts(cls, text, year, month=None, day=None):
        century = 2000 if len(year) == 2 else 0
        try:
            number = _month_number(month) if month else 1
            first_day = datetime.date(century + int(year), number, int(day or 1))
        except ValueError:
            raise ValueError(_not_understood(text)) from None
        if not FIRST_YEAR <= first_day.year < LAST_YEAR:
            raise ValueError(_not_understood(text))
        precision = Precision.DAY if day else Precision.MONTH if month else Precision.YEAR
        return cls(first_day, precision)


DAY, YEAR = r"(?P<day>\d{1,2})", r"(?P<year>\d{4})"
PATTERNS = [
    re.compile(pattern)
    for pattern in (
        YEAR,
        rf"{YEAR}-(?P<month>\d{{1,2}})",
        rf"{YEAR}-(?P<month>\d{{1,2}})-{DAY}",
        rf"(?P<month>\d{{1,2}})[./]{YEAR}",
        rf"{DAY}\.(?P<month>\d{{1,2}})\.(?P<year>\d{{4}}|\d{{2}})",
        rf"(?P<month>[^\W\d_]+)\.?\s+{YEAR}",
        rf"{DAY}(?:st|nd|rd|th|\.)?\s+(?P<month>[^\W\d_]+)\.?\s+{YEAR}",
        rf"(?P<month>[^\W\d_]+)\.?\s+{DAY}(?:st|nd|rd|th)?\s+{YEAR}",
    )
]
SLASHED = re.compile(r"(?P<first>\d{1,2})[/-](?P<second>\d{1,2})[/-](?P<year>\d{4}|\d{2})")
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d{2}))?(?::\d{2})?\s*(?P<half>[ap]\.?m\.?)?"
)
MOMENT = re.compile(
    r"(?P<day>.+?)(?:\s*,\s*|\s+at\s+|\s+|T)(?P<time>\d{1,2}[:.h]\d{2}\S*(?:\s*[ap]\.?m\.?)?)",
    re.IGNORECASE,
)


def parse_time(text: str) -> datetime.time:
    """Read a time of day: 15:30, 15.30, 15h30, 3:30 pm, 3 pm. Raises ValueError with a sentence."""
    found = CLOCK.fullmatch(text.strip().lower())
    if not found or (found["minute"] is None and not found["half"]):
        raise ValueError(_no_time(text))
    hour, half = int(found["hour"]), found["half"]
    if half and not 1 <= hour <= 12:
        raise ValueError(_no_time(text))
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    try:
        return datetime.time(hour, int(found["minute"] or 0))
    except ValueError:
        raise ValueError(_no_time(text)) from None


def parse_day(text: str) -> datetime.date:
    """Read a date that must be a whole day; raises ValueError with a sentence."""
    read = PartialDate.parse(text)
    if read.precision != Precision.DAY:
        message = _("'%(text)s' is no single day. Write the day too, for example %(example)s.")
        names = {"text": text.strip(), "example": PartialDate(read.first_day)}
        raise ValueError(str(message) % names)
    return read.first_day


def parse_moment(text: str) -> datetime.datetime:
    """Read a day with a time: 14 April 2022, 15:30. Returns it without a zone; raises ValueError
    with a sentence.
    """
    found = MOMENT.fullmatch(text.strip())
    if not found:
        parse_day(text)
        message = _("'%(text)s' has no time. Write it too, for example 14 April 2022, 15:30.")
        raise ValueError(str(message) % {"text": text.strip()[:40]})
    return datetime.datetime.combine(parse_day(found["day"]), parse_time(found["time"]))


def instant(moment: datetime.datetime) -> datetime.datetime:
    """Return the instant at which the site's clocks show a moment. Raises ValueError, with a sentence,
    for the hour that is left out when they are put forward.
    """
    zone = timezone.get_default_timezone()
    at = moment.replace(tzinfo=zone)
    if at.astimezone(datetime.UTC).astimezone(zone).replace(tzinfo=None) != moment:
        raise ValueError(str(_("The clocks are put forward then: this time does not exist.")))
    return at


def moment_in_words(moment: datetime.datetime) -> str:
    """Return '14 April 2022, 15:30' by the site's clocks."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return f"{in_words(local.date())}, {local:%H:%M}"


def clock_in_words(moment: datetime.datetime) -> str:
    """Return '15:30' by the site's clocks, with the day where that is not today."""
    local = timezone.localtime(moment, timezone.get_default_timezone())
    return f"{local:%H:%M}" if local.date() == today() else moment_in_words(moment)


def _no_time(text: str) -> str:
    return str(_("'%(text)s' is not a time. Write 15:30.") % {"text": text.strip()[:40]})


def _not_understood(text: str) -> str:
    message = _("'%(text)s' is not a date. Write 14 April 2022, March 2022 or 2022.")
    return str(message) % {"text": text.strip()[:40]}


def _month_number(word: str) -> int:
    """Return the number of a month given as digits or a name; raises ValueError."""
    if word.isdigit():
        return int(word)
    names = [{str(name).lower(): number for number, name in MONTHS.items()}]
    with override("en"):
        names.append({str(name).lower(): number for number, name in MONTHS.items()})
    for table in names:
        for name, number in table.items():
            if word == name or (len(word) >= 3 and name.startswith(word)):
                return number
    raise ValueError(word)
