"""The public pages of working groups and activities."""

from datetime import date

from django.db.models import Case, DateField, F, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from members.asof import day_asked
from publishing.addresses import absolute
from publishing.lists import page_of
from publishing.reading import gone, readable, respond
from record.days import Precision, today
from record.fetching import for_page
from working_groups import pages, year_record
from working_groups.filters import ActivityFilterSet
from working_groups.models import Activity, Overview, WorkingGroup


def groups(request):
    """All groups; those that are closed after the others."""
    rows = list(pages.groups_for_list())
    closed = WorkingGroup.Status.CLOSED
    context = {
        "open_groups": [row for row in rows if row.status != closed],
        "closed_groups": [row for row in rows if row.status == closed],
        "latest_year": max((row.overview_year or 0 for row in rows), default=0),
        "crumbs": [(_("Working groups"), None)],
    }
    return render(request, "working_groups/list.html", context)


def group(request, slug):
    """One group, on any day: what it does, who leads it and takes part, and what came of it."""
    group = get_object_or_404(pages.group_for_page(), slug=slug)
    asked = day_asked(request.GET)
    activities = group.activities.public().coming().for_list()
    leadership = pages.leadership(group, asked.day)
    participants = pages.participants(group, request.GET.get("page"), asked.day)
    context = {
        "group": group,
        "asked": asked,
        "days": pages.days_worth_seeing(leadership, request.path),
        "leadership": leadership,
        "page": participants.page,
        "participants": participants.by_country,
        "names_experts": participants.names_experts,
        "former": participants.former,
        "notes": [participants.note] if participants.note else [],
        "activities": list(for_page(activities[: pages.NEXT_ACTIVITIES])),
        "initiatives": list(for_page(group.initiatives.on(asked.day).oldest_first())),
        "published": pages.published(group),
        "documents": pages.documents_of(group),
        "crumbs": [(_("Working groups"), reverse("working_groups:list")), (group.name, None)],
    }
    return render(request, "working_groups/group.html", context)


def overview(request, slug, year):
    """One group's account of one year, with the record as it stood when it was published."""
    rows = Overview.objects.filter(group__slug=slug, year=year)
    overview = readable(
        request, for_page(rows.select_related("group").defer("search", "group__search"))
    )
    if overview is None:
        return gone(request, rows)
    earlier, later = pages.overview_neighbours(overview)
    context = {
        **overview_context(overview),
        "older": earlier,
        "newer": later,
        "address": absolute(overview.get_absolute_url()),
    }
    return respond(request, "working_groups/overview.html", context, shows=overview)


def overview_context(overview: Overview) -> dict:
    """Return what the page of a published overview draws; nothing is read but the frozen record."""
    record = year_record.draw(overview.frozen) if overview.frozen else None
    group = overview.group
    return {
        "overview": overview,
        "record": record,
        "dots": pages.dots_of_record(record) if record else None,
        "record_day": date.fromisoformat(record["as_of"]) if record else None,
        "byline": record["byline"] if record else [],
        "preview": False,
        "crumbs": [
            (_("Working groups"), reverse("working_groups:list")),
            (group.name, group.get_absolute_url()),
            (_("Overview %(year)s") % {"year": overview.year}, None),
        ],
    }


def activities(request):
    """What is to come, next first; after it what was, latest first."""
    filters = ActivityFilterSet(request.GET, Activity.objects.public())
    page, note = page_of(for_page(_coming_first(filters.qs)), request.GET.get("page"))
    context = {
        "filters": filters,
        "counts": filters.counts(),
        "page": page,
        "dots": pages.dots_of_activities(filters),
        "coming": [row for row in page if row.is_coming],
        "past": [row for row in page if not row.is_coming],
        "notes": filters.not_understood() + ([note] if note else []),
        "crumbs": [(_("Activities"), None)],
    }
    return render(request, "working_groups/activities.html", context)


def _coming_first(rows):
    is_coming = When(until__gte=today(), then=F("starts_on"))
    return (
        rows.with_last_day()
        .annotate(
            is_coming=Case(When(until__gte=today(), then=Value(value=True)), default=Value(False)),
            next_day=Case(is_coming, output_field=DateField(null=True)),
        )
        .for_list()
        .order_by(F("next_day").asc(nulls_last=True), "-starts_on", "-start_time", "pk")
    )


def activity(request, slug):
    """One activity, and of its minutes and documents what its reader may read.

    A page that is public shows what is public of it, whoever reads it; the rest is on the desk.
    """
    rows = Activity.objects.filter(slug=slug).select_related("group").defer("search")
    activity = readable(request, for_page(rows))
    if activity is None:
        raise Http404
    posts = activity.posts.public().defer("body", "search").newest_first()
    context = {
        "activity": activity,
        "is_over": activity.last_day < today(),
        "on_calendars": activity.starts_precision != Precision.YEAR,
        "guests": pages.guests_of(activity),
        "helped_by": list(activity.helped_by.order_by("sort_name", "pk")),
        "posts": list(for_page(posts)),
        **pages.papers_of(activity, request),
        "crumbs": [(_("Activities"), reverse("activities:list")), (activity.title, None)],
    }
    return respond(request, "working_groups/activity.html", context, shows=activity)
