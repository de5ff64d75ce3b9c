"""Filters for pages that show activities and overviews."""

from itertools import count

from django import template
from django.utils.formats import time_format
from django.utils.translation import gettext as _

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
