"""What waits in a group: what the record lacks this year, and who waits for an answer. In sentences."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Max, Min, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from record.days import today, year_bounds
from working_groups.models import Activity, GuestAppearance, JoinRequest, WorkingGroup

QUIET_DAYS = 90  # without a guest or an activity that a chair is asked about


@dataclass(frozen=True)
class Gap:
    """A sentence on what waits or is missing, and where it is done."""

    text: str
    address: str
    does: str


@dataclass
class Standing:
    """What a group has on record lately, as far as `gaps` needs it."""

    requests: int = 0
    oldest: datetime.datetime | None = None
    last_guest: datetime.date | None = None
    last_activity: datetime.date | None = None
    without_minutes: int = 0
    joined: int = 0
    gaps: list[Gap] = field(default_factory=list)


def standing_of(groups: Iterable[WorkingGroup]) -> dict[int, Standing]:
    """Return for each group what waits in it. Three queries, whatever their number."""
    groups = list(groups)
    found = {group.pk: Standing() for group in groups}
    asked = JoinRequest.objects.filter(group__in=groups, state=JoinRequest.State.OPEN).order_by()
    for key, number, oldest in asked.values_list("group").annotate(
        number=Count("pk"), oldest=Min("asked_at")
    ):
        found[key].requests, found[key].oldest = number, oldest
    first, _after = year_bounds(today().year)
    held = Activity.objects.filter(group__in=groups, called_off=False, starts_on__lte=today())
    bare = Q(minutes="", kind="meeting", starts_on__gte=first, starts_on__lt=today())
    for key, last, number in (
        held.order_by()
        .values_list("group")
        .annotate(last=Max("starts_on"), number=Count("pk", filter=bare))
    ):
        found[key].last_activity, found[key].without_minutes = last, number
    guests = GuestAppearance.objects.filter(Q(group__in=groups) | Q(activity__group__in=groups))
    rows = guests.filter(day_on__lte=today()).order_by()
    for own, of_activity, last in rows.values_list("group", "activity__group").annotate(
        last=Max("day_on")
    ):
        standing = found.get(own or of_activity)
        if standing:
            standing.last_guest = max(filter(None, (standing.last_guest, last)))
    for group in groups:
        found[group.pk].gaps = list(_gaps(group, found[group.pk]))
    return found


def _gaps(group: WorkingGroup, standing: Standing):
    """Yield what waits, the people first; of the record only what is old enough to have been missed."""
    if standing.requests:
        words = ngettext(
            "%(number)d request to join waits.",
            "%(number)d requests to join wait.",
            standing.requests,
        ) % {"number": standing.requests}
        days = (timezone.now() - standing.oldest).days
        if days > 1:
            words += " " + _("The oldest since %(days)d days.") % {"days": days}
        yield Gap(words, reverse("group_desk:requests", args=[group.slug]), _("Answer"))
    if group.status != WorkingGroup.Status.ACTIVE:
        return
    kinds = (
        (standing.last_activity, "activity", _("No activity is on record this year."),
         _("No activity recorded since %(when)s."), _("Add an activity")),
        (standing.last_guest, "guest", _("No guest is on record this year."),
         _("No guest recorded since %(when)s."), _("Add a guest")),
    )  # fmt: skip
    for last, kind, never, since, does in kinds:
        if sentence := _missing(last, never, since):
            yield Gap(sentence, reverse("group_desk:add", args=[group.slug, kind]), does)
    if standing.without_minutes:
        words = ngettext(
            "%(number)d meeting of this year has no minutes.",
            "%(number)d meetings of this year have no minutes.",
            standing.without_minutes,
        )
        yield Gap(
            words % {"number": standing.without_minutes},
            reverse("group_desk:record", args=[group.slug]),
            _("Open the record"),
        )


def _missing(last: datetime.date | None, never: str, since: str) -> str:
    if last is None or last.year < today().year:
        return never if today() >= datetime.date(today().year, 3, 1) else ""
    if (today() - last).days > QUIET_DAYS:
        return since % {"when": date_format(last, "F")}
    return ""
