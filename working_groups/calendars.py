"""Activities as iCalendar: one of them, those of a group, all, and one's own behind a secret address.

What is known stands in them, and nothing else: a month is a month that blocks no time and says that
the day is not known; a year alone is in no calendar. Updates keep the UID and raise SEQUENCE.
"""

import datetime
from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import patch_cache_control
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Event

from publishing.addresses import absolute
from publishing.calendars import new_calendar, uid_of
from publishing.models import Audience
from publishing.reading import readable
from record.days import Precision, next_day, today
from record.fetching import for_page
from working_groups.models import Activity, CalendarAddress, WorkingGroup

KEPT = datetime.timedelta(days=400)  # how long what is over stays in a feed
MOST = 1000  # activities in one feed
UTC = datetime.UTC


def calendar_of(activities: Iterable[Activity], name: str) -> bytes:
    """Return the iCalendar file of these activities, always the same for the same record."""
    calendar = new_calendar(name)
    for activity in activities:
        calendar.add_component(event_of(activity))
    calendar.add_missing_timezones()
    return calendar.to_ical()


def event_of(activity: Activity) -> Event:
    """Return one activity as an event. It must be known to the month at least."""
    event = Event()
    event.add("uid", uid_of(activity))
    event.add("dtstamp", activity.updated_at.astimezone(UTC))
    event.add("last-modified", activity.updated_at.astimezone(UTC))
    event.add("sequence", activity.calendar_version)
    _add_time(event, activity)
    event.add("status", _status(activity))
    event.add("summary", _title(activity))
    if where := activity.place or activity.online_link:
        event.add("location", where)
    event.add("description", "\n\n".join(_lines(activity)))
    event.add("url", absolute(activity.get_absolute_url()))
    event.add("categories", [capfirst(activity.get_kind_display())])
    event.add("class", "PUBLIC" if activity.audience == Audience.PUBLIC else "PRIVATE")
    return event


def _add_time(event: Event, activity: Activity) -> None:
    takes_days = activity.ends_on is not None and activity.ends_on != activity.starts_on
    if activity.starts_at is None or (activity.ends_at is None and takes_days):
        _add_days(event, activity)
        return
    event.add("dtstart", activity.starts_at)
    if activity.ends_at is not None:
        event.add("dtend", activity.ends_at)


def _add_days(event: Event, activity: Activity) -> None:
    """Whole days: those of the activity, or the month that is all one knows; it blocks no time then."""
    event.add("dtstart", activity.starts_on)
    event.add("dtend", next_day(activity.last_day))
    if activity.starts_precision != Precision.DAY:
        event.add("transp", "TRANSPARENT")


def _status(activity: Activity) -> str:
    if activity.called_off:
        return "CANCELLED"
    return "CONFIRMED" if activity.starts_precision == Precision.DAY else "TENTATIVE"


def _title(activity: Activity) -> str:
    if activity.starts_precision != Precision.DAY:
        words = {"title": activity.title, "when": activity.day_in_words()}
        return _("%(title)s (in %(when)s, day not known)") % words
    return activity.title


def _lines(activity: Activity) -> list[str]:
    lines = [activity.summary] if activity.summary else []
    if activity.group_id:
        lines.append(_("Working group: %(group)s") % {"group": activity.group.name})
    if activity.place and activity.online_link:
        lines.append(_("Online: %(link)s") % {"link": activity.online_link})
    return [*lines, absolute(activity.get_absolute_url())]


def _feed(rows):
    """Return what a feed shows of a queryset: what is to come, and what was within the last year."""
    rows = rows.on_calendars().coming(today() - KEPT).select_related("group")
    return for_page(
        rows.defer("description", "minutes", "search", "group__search", "group__scope")
    )[:MOST]


def _answer(content: bytes, filename: str) -> HttpResponse:
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return response


def all_activities(request):  # noqa: ARG001 a view's signature
    """All public activities of the network and its groups."""
    name = _("Activities of the network")
    return _answer(calendar_of(_feed(Activity.objects.public()), name), "activities")


def of_group(request, slug):  # noqa: ARG001 a view's signature
    """The public activities of one group."""
    group = get_object_or_404(WorkingGroup.objects.only("name", "slug"), slug=slug)
    return _answer(calendar_of(_feed(group.activities.public()), group.name), group.slug)


def of_activity(request, slug):
    """One activity. A year alone is no time that a calendar could show: 404."""
    rows = Activity.objects.filter(slug=slug).on_calendars().select_related("group")
    rows = for_page(rows.defer("description", "minutes", "search", "group__search", "group__scope"))
    activity = readable(request, rows)
    if activity is None:
        raise Http404
    response = _answer(calendar_of([activity], activity.title), activity.slug)
    if activity.audience != Audience.PUBLIC:
        patch_cache_control(response, private=True, no_store=True)
    return response


def private(request, token):  # noqa: ARG001 a view's signature
    """What one account may see of its own groups, and everything public; kept by no cache.

    The address is the key: no sign-in, and 404 once it was renewed or withdrawn.
    """
    found = CalendarAddress.objects.of_token(token)
    if found is None:
        raise Http404
    name = _("My groups")
    response = _answer(
        calendar_of(_feed(Activity.objects.for_calendar_of(found.user)), name), "my-groups"
    )
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
