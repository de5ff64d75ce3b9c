"""What every form of the admin shares: rows that name themselves, refusals that can be read, history.

The database decides what may not be. A form checks what one row can know about itself; what rows
say about each other (periods that overlap, a coordinator outside its network) is tried by saving,
and what the database refuses stands at its row as a sentence, with everything that was typed.
"""

from record.admin.autocomplete import AutocompleteEverywhere
from record.admin.base import PortalAdmin, why
from record.admin.dates import PartialDatesForm, partial_date
from record.admin.history import RecordAdmin
from record.admin.lists import TodayFilter
from record.admin.one_row import OneRow
from record.admin.refusals import EXPLAINED, Refused, explain
from record.admin.rows import PeriodRows, RowFormSet, StackedRows, TabularRows

__all__ = [
    "EXPLAINED",
    "AutocompleteEverywhere",
    "OneRow",
    "PartialDatesForm",
    "PeriodRows",
    "PortalAdmin",
    "RecordAdmin",
    "Refused",
    "RowFormSet",
    "StackedRows",
    "TabularRows",
    "TodayFilter",
    "explain",
    "partial_date",
    "why",
]
