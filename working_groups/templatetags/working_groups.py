"""What pages that show activities and overviews need."""

from itertools import count

from django import template
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from record.days import Precision, today

register = template.Library()

HEADING = 2  # lines that the heading of a section of the record takes


@register.filter
def in_columns(record: dict) -> list[list[dict]]:
    """Lay the sections of a record out in two columns, in order, and number what they list.

    The numbers run through the whole record. Sections that list nothing are left out, unless they
    say that there was more than the record holds.
    """
    numbers = count(1)
    sections = [
        {**section, "lines": [(next(numbers), item) for item in section["items"]]}
        for section in record["sections"]
        if section["items"] or not section["complete"]
    ]
    half = sum(HEADING + len(section["lines"]) for section in sections) / 2
    columns: list[list[dict]] = [[], []]
    height = 0
    for section in sections:
        columns[bool(columns[0]) and height >= half].append(section)
        height += HEADING + len(section["lines"])
    return columns


@register.filter
def time_in_words(activity) -> str:
    """Return '09:30 to 12:00, Brussels time', or nothing where no time is on record."""
    if activity.start_time is None:
        return ""
    words = {
        "start": time_format(activity.start_time, "H:i"),
        "city": str(activity.zone).rpartition("/")[2].replace("_", " "),
    }
    if activity.end_time is None:
        return _("%(start)s, %(city)s time") % words
    words["end"] = time_format(activity.end_time, "H:i")
    return _("%(start)s to %(end)s, %(city)s time") % words


@register.simple_tag
def day_in_figures(activity):
    """An activity's first day in large figures, for the head of its row; the words stand beside it.

    The year is named where it is not this one. A month or a year stands alone where no day is known.
    """
    first = activity.starts_on
    month = date_format(first, "M")
    year = f"{first.year}" if first.year != today().year else ""
    large, small = {
        Precision.DAY: (f"{first.day}", f"{month} {year}".strip()),
        Precision.MONTH: (month, f"{first.year}"),
        Precision.YEAR: ("", f"{first.year}"),
    }[activity.starts_precision]
    return format_html('<p class="day" aria-hidden="true">{}<small>{}</small></p>', large, small)
