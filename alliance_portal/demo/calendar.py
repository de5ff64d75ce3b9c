"""Days of the demonstration: as printed where they are facts, told from today where they are invented."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from record.days import PartialDate, Precision, add_months, day_before

FRIDAY = 4


@dataclass(frozen=True)
class Calendar:
    """Days told from `today`, so that invented things never look stale. Years count from this one."""

    today: datetime.date

    def printed(self, text: str) -> PartialDate:
        """A date as a text gives it: '2022-04-14', '2022-03' or '2021'."""
        return PartialDate.parse(text)

    def new_year(self, years: int) -> PartialDate:
        """1 January of the year so many years from this one."""
        return PartialDate(datetime.date(self.today.year + years, 1, 1))

    def year_end(self, years: int) -> PartialDate:
        return PartialDate(datetime.date(self.today.year + years, 12, 31))

    def year(self, years: int) -> PartialDate:
        return PartialDate(datetime.date(self.today.year + years, 1, 1), Precision.YEAR)

    def month(self, years: int, month: int) -> PartialDate:
        """A month, known no better, of another year than this one."""
        return PartialDate(datetime.date(self.today.year + years, month, 1), Precision.MONTH)

    def day(self, years: int, month: int, day: int) -> PartialDate:
        """A day of another year than this one (not 29 February)."""
        return PartialDate(datetime.date(self.today.year + years, month, day))

    def in_days(self, days: int) -> PartialDate:
        return PartialDate(self.today + datetime.timedelta(days=days))

    def workday(self, days: int) -> PartialDate:
        """The day so many days from today; at a weekend the Friday before, or the Monday after
        where the Friday would no longer lie ahead.
        """
        day = self.today + datetime.timedelta(days=days)
        if day.weekday() > FRIDAY:
            friday = day - datetime.timedelta(days=day.weekday() - FRIDAY)
            ahead = friday > self.today or days < 0
            day = friday if ahead else day + datetime.timedelta(days=7 - day.weekday())
        return PartialDate(day)

    def first_of_month(self, months: int) -> PartialDate:
        """The first day of the month so many months from this one."""
        return PartialDate(add_months(self.today.replace(day=1), months))

    def end_of_month(self, months: int) -> PartialDate:
        """The last day of the month so many months from this one."""
        return PartialDate(day_before(self.first_of_month(months + 1).first_day))

    def month_end_in(self, days: int) -> PartialDate:
        """The end of a month that lies nearest to the day so many days from today."""
        wanted = self.today + datetime.timedelta(days=days)
        months = (wanted.year - self.today.year) * 12 + wanted.month - self.today.month
        ends = [self.end_of_month(months + step) for step in (-1, 0)]
        return min(ends, key=lambda end: abs((end.first_day - wanted).days))

    def a_year_before(self, last_day: PartialDate) -> PartialDate:
        """The first day of the twelve months that end on a day."""
        return PartialDate(add_months(last_day.after_last_day, -12))

    def moment(self, day: PartialDate, hour: int = 9) -> datetime.datetime:
        """An instant of that day, in the site's time zone."""
        return datetime.datetime.combine(
            day.first_day, datetime.time(hour), timezone.get_default_timezone()
        )
