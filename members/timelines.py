"""From periods of the record to the bars of the portal's drawings."""

import datetime
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from members.models import Category, Membership
from record import drawings
from record.days import PartialDate, Precision
from record.periods import Basis, EndBasis, Period

# Dashes all along where not the time, but the category is not on record.
KINDS = {Category.NOT_ON_RECORD: "unknown"}
# An organisation older than this before anything else on its page begins at the drawing's edge.
YEARS_OF_BEFORE = 10


@dataclass(frozen=True)
class Lane:
    """One line of a drawing, with the words that say the same."""

    name: str
    text: str
    periods: list[drawings.Period]
    url: str = ""
    bars: list[drawings.Bar] = field(default_factory=list)


def drawn(period: Period, kind: str, label: str = "") -> drawings.Period:
    """Return a period of the record as the drawings take it."""
    return drawings.Period(
        first_day=period.during.lower,
        after_last_day=period.during.upper,
        kind=kind,
        label=label,
        start_known=period.start_basis != Basis.NOT_ON_RECORD,
        end_known=period.end_basis != EndBasis.NOT_ON_RECORD,
    )


def drawn_membership(membership: Membership) -> drawings.Period:
    kind = KINDS.get(membership.category, membership.category)
    return drawn(membership, kind, membership.state_in_words())


def life(founded: PartialDate) -> Lane:
    """The line of an organisation itself, from its founding."""
    words = (
        _("Founded on %(day)s") if founded.precision == Precision.DAY else _("Founded in %(day)s")
    )
    text = words % {"day": founded}
    whole = drawings.Period(first_day=founded.first_day, kind="life", label=text)
    return Lane(_("The organisation itself"), text, [whole])


def axis_of(lanes: list[Lane], today: datetime.date) -> drawings.Axis:
    """Return one axis for all lanes; a founding long before is not drawn to scale."""
    periods = [period for lane in lanes for period in lane.periods]
    others = [period for period in periods if period.kind != "life"]
    if not others:
        return drawings.Axis.spanning(periods, today)
    axis = drawings.Axis.spanning(others, today)
    earliest = axis.first_day.replace(year=axis.first_day.year - YEARS_OF_BEFORE)
    founded = min((period.first_day for period in periods), default=axis.first_day)
    first = min(axis.first_day, max(founded.replace(month=1, day=1), earliest))
    return drawings.Axis(first, axis.last_day, today)


def with_bars(lanes: list[Lane], axis: drawings.Axis) -> list[Lane]:
    return [replace(lane, bars=drawings.bars(lane.periods, axis, drawings.PAGE)) for lane in lanes]
