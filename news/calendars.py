"""Deadlines as a calendar that programs subscribe to, by the same filters as their list."""

import datetime

from django.http import HttpResponse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from news.models import Opportunity
from news.opportunities import OPEN, PAST, OpportunityFilterSet
from publishing.addresses import absolute
from publishing.calendars import new_calendar, uid_of
from record.days import today
from record.fetching import for_page

KEPT = datetime.timedelta(days=30)  # so that a deadline does not vanish from calendars as it passes
MOST = 500


def calendar(request):
    """Send the open deadlines and those of the last 30 days as iCalendar (RFC 5545)."""
    asked = request.GET.copy()
    asked.setlist("state", [OPEN, PAST])
    filters = OpportunityFilterSet(asked, Opportunity.objects.all())
    first = datetime.datetime.combine(
        today() - KEPT, datetime.time.min, tzinfo=timezone.get_default_timezone()
    )
    rows = filters.qs.filter(deadline__gte=first).order_by("deadline", "pk")
    made = calendar_of(for_page(rows.defer("search"))[:MOST])
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")


def calendar_of(opportunities) -> Calendar:
    """Return a calendar with one event a deadline: a moment, as UTC, that takes no time."""
    made = new_calendar(_("Deadlines of calls and consultations"))
    for one in opportunities:
        made.add_component(_event(one))
    return made


def _event(opportunity: Opportunity) -> Event:
    event = Event()
    event.add("uid", uid_of(opportunity))
    event.add("dtstamp", opportunity.updated_at.astimezone(datetime.UTC))
    event.add("last-modified", opportunity.updated_at.astimezone(datetime.UTC))
    event.add("dtstart", opportunity.deadline.astimezone(datetime.UTC))
    event.add("summary", _("Deadline: %(title)s") % {"title": opportunity.title})
    event.add("url", absolute(opportunity.get_absolute_url()))
    event.add("transp", "TRANSPARENT")
    event.add("description", _described(opportunity))
    return event


def _described(opportunity: Opportunity) -> str:
    who = opportunity.who_may_apply
    lines = [
        capfirst(opportunity.get_kind_display()),
        opportunity.summary,
        _("Who may apply: %(who)s") % {"who": who} if who else "",
        opportunity.source,
        opportunity.source_url,
    ]
    return "\n".join(line for line in lines if line)
