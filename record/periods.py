"""Periods of time in the record: one half-open PostgreSQL date range, and the questions put to it.

People, forms and files speak of first and last day, both inclusive. Only `Period` holds the
exclusive bound; `starts`, `ends` and `set_days` convert it.
"""

import datetime

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from record.days import (
    FIRST_YEAR,
    LAST_YEAR,
    PartialDate,
    Precision,
    day_before,
    today,
    year_bounds,
)

EARLIEST, LATEST = datetime.date(FIRST_YEAR, 1, 1), datetime.date(LAST_YEAR, 1, 1)


class Basis(models.TextChoices):
    """How a bound of a period is known."""

    STATED = "stated", _("stated")
    DERIVED = "derived", _("derived")
    NOT_ON_RECORD = "not_on_record", _("not on record")


class EndBasis(models.TextChoices):
    OPEN = "open", _("open, no end")
    STATED = Basis.STATED
    DERIVED = Basis.DERIVED
    NOT_ON_RECORD = Basis.NOT_ON_RECORD


class PeriodQuerySet(models.QuerySet):
    """Questions in time. Every one takes a day; today is only the default."""

    def on(self, day: datetime.date | None = None):
        """Those in force on that day, first and last day included."""
        return self.filter(during__contains=day or today())

    def announced(self, day: datetime.date | None = None):
        """Those that start after that day."""
        return self.filter(during__startswith__gt=day or today())

    def ended(self, day: datetime.date | None = None):
        """Those whose last day lies before that day."""
        return self.filter(during__endswith__lte=day or today())

    def in_year(self, year: int):
        """Those in force on any day of the year."""
        return self.filter(during__overlap=DateRange(*year_bounds(year)))

    def starting_in(self, year: int):
        """Those whose first day lies in the year."""
        first, after = year_bounds(year)
        return self.filter(during__startswith__gte=first, during__startswith__lt=after)

    def ending_between(self, first: datetime.date, last: datetime.date):
        """Those whose last day lies between two days, both included."""
        return self.filter(during__endswith__gt=first, during__endswith__lte=day_after(last))

    def oldest_first(self):
        return self.order_by("during__startswith", "pk")

    def newest_first(self):
        return self.order_by("-during__startswith", "-pk")


def day_after(day: datetime.date) -> datetime.date:
    return PartialDate(day).after_last_day


class Period(models.Model):
    """A dated thing of the record. Each bound says how precisely, and from where, it is known."""

    during = DateRangeField(_("period"), editable=False)
    start_precision = models.CharField(
        _("start known to the"), max_length=5, choices=Precision, default=Precision.DAY,
        editable=False,
    )  # fmt: skip
    start_basis = models.CharField(
        _("how the start is known"), max_length=13, choices=Basis, default=Basis.STATED,
        help_text=_(
            "Stated: a text gives the date. Derived: worked out from a stated length. "
            "Not on record: the date is the earliest at which a text shows it."
        ),
    )  # fmt: skip
    start_qualifier = models.CharField(
        _("words before the start"), max_length=40, blank=True,
        help_text=_("As printed, for example 'early' for 'early October 2021'."),
    )  # fmt: skip
    end_precision = models.CharField(
        _("end known to the"), max_length=5, choices=Precision, default=Precision.DAY,
        editable=False,
    )  # fmt: skip
    end_basis = models.CharField(
        _("how the end is known"), max_length=13, choices=EndBasis, default=EndBasis.OPEN,
        help_text=_("Not on record: the date is the latest at which a text shows it."),
    )  # fmt: skip

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_days_real",
                condition=Q(during__isempty=False, during__lower_inf=False)
                & Q(during__startswith__gte=EARLIEST)
                & (Q(during__upper_inf=True) | Q(during__endswith__lte=LATEST)),
                violation_error_message=_(
                    "The last day must not lie before the first, and both between 1800 and 2200."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_open_end",
                condition=Q(during__upper_inf=True, end_basis=EndBasis.OPEN)
                | (Q(during__upper_inf=False) & ~Q(end_basis=EndBasis.OPEN)),
                violation_error_message=_(
                    "Give a last day, or say that the end is open, not both."
                ),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_precision",
                condition=(
                    (
                        Q(start_precision=Precision.DAY)
                        | Q(start_precision=Precision.MONTH, during__startswith__day=1)
                        | Q(
                            start_precision=Precision.YEAR,
                            during__startswith__day=1,
                            during__startswith__month=1,
                        )
                    )
                    & (
                        Q(during__upper_inf=True)
                        | Q(end_precision=Precision.DAY)
                        | Q(end_precision=Precision.MONTH, during__endswith__day=1)
                        | Q(
                            end_precision=Precision.YEAR,
                            during__endswith__day=1,
                            during__endswith__month=1,
                        )
                    )
                ),
                violation_error_message=_(
                    "A month is stored from its first to its last day, and so is a year."
                ),
            ),
        ]

    @property
    def starts(self) -> PartialDate:
        """The start as known; its `first_day` is the day that counts."""
        return PartialDate(self.during.lower, Precision(self.start_precision))

    @property
    def ends(self) -> PartialDate | None:
        """The end as known, or None where it is open; its `last_day` is the day that counts."""
        if self.during.upper is None:
            return None
        return PartialDate.containing(day_before(self.during.upper), Precision(self.end_precision))

    @property
    def starts_on(self) -> datetime.date:
        return self.during.lower

    @property
    def ends_on(self) -> datetime.date | None:
        """The last day, included; None where the end is open."""
        return day_before(self.during.upper) if self.during.upper else None

    def set_days(
        self,
        starts: PartialDate | datetime.date,
        ends: PartialDate | datetime.date | None = None,
        *,
        start_basis: str = Basis.STATED,
        end_basis: str = Basis.STATED,
    ):
        """Set the period from its first and its last day, both included; returns the object.

        Raises ValidationError where the end lies before the start.
        """
        starts = starts if isinstance(starts, PartialDate) else PartialDate(starts)
        if ends is not None and not isinstance(ends, PartialDate):
            ends = PartialDate(ends)
        upper = ends.after_last_day if ends else None
        if upper and upper <= starts.first_day:
            raise ValidationError(
                _("The end, %(end)s, lies before the start, %(start)s."),
                params={"end": ends, "start": starts},
                code="end_before_start",
            )
        self.during = DateRange(starts.first_day, upper, "[)")
        self.start_precision, self.start_basis = starts.precision, start_basis
        self.end_precision = ends.precision if ends else Precision.DAY
        self.end_basis = end_basis if ends else EndBasis.OPEN
        return self

    def is_on(self, day: datetime.date | None = None) -> bool:
        day = day or today()
        return self.starts_on <= day and (self.during.upper is None or day < self.during.upper)

    def is_announced(self, day: datetime.date | None = None) -> bool:
        return self.starts_on > (day or today())

    def has_ended(self, day: datetime.date | None = None) -> bool:
        return self.during.upper is not None and self.during.upper <= (day or today())

    def start_in_words(self) -> str:
        """Return the start as known: 'March 2022', 'early October 2021' or 'not on record'."""
        if self.start_basis == Basis.NOT_ON_RECORD:
            return str(Basis.NOT_ON_RECORD.label)
        return f"{self.start_qualifier} {self.starts}".strip()

    def end_in_words(self) -> str:
        """Return the end as known: 'February 2023', 'not on record', or nothing where it is open."""
        if self.end_basis == EndBasis.NOT_ON_RECORD:
            return str(Basis.NOT_ON_RECORD.label)
        return str(self.ends or "")

    def period_in_words(self) -> str:
        """Return the whole period as known, with how well: one line for lists and tables."""
        if self.start_basis == Basis.NOT_ON_RECORD and self.end_basis == Basis.NOT_ON_RECORD:
            shown = str(self.starts)
            if self.ends and self.ends.isoformat() != self.starts.isoformat():
                shown = _("%(start)s to %(end)s") % {"start": self.starts, "end": self.ends}
            return str(_("on record for %(days)s; first and last day are not") % {"days": shown})
        if self.start_basis == Basis.NOT_ON_RECORD:
            start = str(_("start not on record (shown from %(day)s)") % {"day": self.starts})
        else:
            start = self.start_in_words()
        if self.ends is None:
            if self.start_basis == Basis.NOT_ON_RECORD:
                return start
            return str(
                _("since %(start)s") if self.starts_on <= today() else _("from %(start)s")
            ) % {"start": start}
        if self.end_basis == Basis.NOT_ON_RECORD:
            return str(_("%(start)s, end not on record") % {"start": start})
        words = start
        if self.ends != self.starts:
            words = str(_("%(start)s to %(end)s") % {"start": start, "end": self.ends})
        if self.end_basis == Basis.DERIVED:
            words += str(_(" (end derived)"))
        return words


def no_overlap(name: str, message: str, *fields: str, condition: Q | None = None):
    """Return the constraint that no two rows with the same `fields` overlap in time.

    The fields stand first: so its index finds the few periods of one thing at once, and is not read
    half for it.
    """
    return ExclusionConstraint(
        name=name,
        expressions=[
            *((field, RangeOperators.EQUAL) for field in fields),
            ("during", RangeOperators.OVERLAPS),
        ],
        condition=condition,
        violation_error_message=message,
    )
