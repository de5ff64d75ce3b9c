"""The day that a page is asked for: `?on=` as people type it, and what is said of it."""

import datetime
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from publishing.lists import as_typed
from record.days import PartialDate, Precision, in_words, today


@dataclass
class Asked:
    """The day asked for. Without one, or with one that cannot be read, it is today.

    `date` is the day as precise as it was typed: a month or a year stands for its first day.
    `error` is the sentence for what cannot be read, `typed` that very text.
    """

    date: PartialDate | None = None
    typed: str = ""
    error: str = ""

    @property
    def day(self) -> datetime.date:
        return self.date.first_day if self.date else today()

    @property
    def day_given(self) -> bool:
        return self.date is not None

    @property
    def kept(self) -> dict[str, str]:
        """Return what stays in every address of the page."""
        return {"on": self.date.isoformat()} if self.date else {}

    @property
    def value(self) -> str:
        """Return what stands in the field: what was typed and cannot be read, else the day."""
        return self.typed or in_words(self.day).replace("\u00a0", " ")

    @property
    def said(self) -> str:
        """Return how the day was read: '14 April 2022 was a Thursday.' Nothing for today."""
        if self.date is None:
            return ""
        words = {
            "date": self.date,
            "day": in_words(self.day),
            "weekday": date_format(self.day, "l"),
        }
        if self.date.precision != Precision.DAY:
            return _("%(date)s stands for its first day, %(day)s, a %(weekday)s.") % words
        if self.day > today():
            return _("%(day)s will be a %(weekday)s: what is announced so far is counted.") % words
        if self.day == today():
            return _("%(day)s is today, a %(weekday)s.") % words
        return _("%(day)s was a %(weekday)s.") % words


def day_asked(query: QueryDict) -> Asked:
    """Read `on` as people type it: a day, or a month or year, which stands for its first day."""
    text = query.get("on", "").replace("\0", "").strip()
    if not text:
        return Asked()
    try:
        return Asked(PartialDate.parse(text))
    except ValueError:
        error = _("'%(text)s' is not a day. Write 14 April 2022, 2022-04-14 or March 2022.")
        return Asked(typed=as_typed(text), error=error % {"text": as_typed(text)})
