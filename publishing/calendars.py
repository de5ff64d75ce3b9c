"""What every iCalendar file of the site has in common (RFC 5545)."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Model
from icalendar import Calendar

REFRESH = datetime.timedelta(hours=6)  # how often calendars are told to ask again


def new_calendar(name: str) -> Calendar:
    """Return a calendar without events that programs subscribe to under a name."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{host()}//Alliance Portal//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    return calendar


def uid_of(row: Model) -> str:
    """Return the name of a row's event for good: a new title, day or address does not change it."""
    return f"{row._meta.model_name}-{row.pk}@{host()}"


def host() -> str:
    return urlsplit(settings.SITE_URL).hostname
