"""Filters for pages that show activities and overviews."""

from django import template
from django.utils.formats import time_format
from django.utils.translation import gettext as _

register = template.Library()


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
