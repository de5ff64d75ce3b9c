"""What ends soon, and who is told: the staff and those who act for the organisation, once each.

Nobody is told of an end that is none any more: members/notices.py says how such mails are kept.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Q, Window
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import EndingNotice, Membership
from members.notices import acting_for, keepers, put_up, unsent
from record.days import today

THRESHOLDS = (30, 60, 90)  # days before the last day


def days_left(membership: Membership, day: datetime.date | None = None) -> int:
    """Return how many days follow until the last one: 0 on the last day itself."""
    return (membership.ends_on - (day or today())).days


def days_left_in_words(membership: Membership, day: datetime.date | None = None) -> str:
    """Return 'It ends today.' or 'It ends in 25 days.'"""
    days = days_left(membership, day)
    if not days:
        return _("It ends today.")
    return ngettext("It ends in %(days)s day.", "It ends in %(days)s days.", days) % {"days": days}


def threshold_of(days: int) -> int | None:
    """Return the closest of 30, 60 and 90 days that is reached, or None while none is."""
    return next((threshold for threshold in THRESHOLDS if days <= threshold), None)


def for_start_page():
    """Return what ends within 90 days, soonest first, with `goes_on` and how many end within each
    of the thresholds; one query.
    """
    within = {
        f"within_{number}": Window(Count("pk", filter=Q(during__endswith__lte=_after(number))))
        for number in THRESHOLDS
    }
    ending = Membership.objects.with_parties().with_goes_on().ending_within(max(THRESHOLDS))
    return ending.annotate(**within).order_by("during__endswith", "pk")


def _after(number: int) -> datetime.date:
    return today() + datetime.timedelta(days=number + 1)


def in_words(membership: Membership) -> str:
    """Return 'Sponsored member until 31 December 2026. It ends in 36 days. Nothing follows yet.'"""
    if membership.goes_on:
        follows = _("Announced to continue.")
    elif membership.not_continued:
        follows = _("Not continued.")
    else:
        follows = _("Nothing follows yet.")
    return f"{membership.state_in_words()}. {days_left_in_words(membership)} {follows}"


def counts_in_words(first: Membership | None) -> str:
    """Return '1 within 30 days, 2 within 60, 6 within 90', from any of `for_start_page`."""
    if first is None:
        return ""
    return _("%(within_30)s within 30 days, %(within_60)s within 60, %(within_90)s within 90.") % {
        f"within_{number}": getattr(first, f"within_{number}") for number in THRESHOLDS
    }


@dataclass(frozen=True)
class Ran:
    """What a run noted: how many notices to how many recipients, and what it left alone."""

    notices: int
    recipients: int
    goes_on: list[Membership]
    nobody: list[Membership]


def remind(day: datetime.date | None = None) -> Ran:
    """Note who is to be told of which end, and mail them once the transaction is through.

    One mail a recipient and run, whatever the number of ends in it.
    """
    from members.emails import send_endings  # it needs this module

    day = day or today()
    ending = Membership.objects.ending_within(max(THRESHOLDS), day).with_goes_on()
    ending = list(ending.select_related("organisation").order_by("during__endswith", "pk"))
    staff, acting = keepers(), acting_for({one.organisation_id for one in ending}, day)
    due, nobody = defaultdict(list), []
    with transaction.atomic():
        for one in ending:
            if one.goes_on:
                continue
            representatives = acting[one.organisation_id] - staff
            if not representatives:
                nobody.append(one)
            for recipient in sorted(staff | representatives):
                if notice := _note(one, recipient, to_staff=recipient in staff, day=day):
                    due[recipient].append(notice.pk)
        number = sum(map(len, due.values()))
        put_up(send_endings, due)
        put_up(send_endings, unsent(EndingNotice.objects.filter(last_day__gte=day)))
    return Ran(number, len(due), [one for one in ending if one.goes_on], nobody)


def _note(membership, recipient: str, *, to_staff: bool, day) -> EndingNotice | None:
    """Return a new notice, or None where this recipient knows already."""
    notice, is_new = EndingNotice.objects.get_or_create(
        membership=membership,
        last_day=membership.ends_on,
        threshold=threshold_of(days_left(membership, day)),
        recipient=recipient,
        defaults={"to_staff": to_staff},
    )
    return notice if is_new else None


def still_true(notices: Iterable[EndingNotice]) -> list[EndingNotice]:
    """Return those whose membership still ends that day, with nothing to follow; the others say so.

    The memberships come with `goes_on` and their organisations.
    """
    notices = list(notices)
    keys = {notice.membership_id for notice in notices}
    stands = Membership.objects.filter(pk__in=keys).with_goes_on().select_related("organisation")
    memberships = stands.in_bulk()
    true = []
    for notice in notices:
        membership = memberships[notice.membership_id]
        if reason := _no_longer(notice, membership):
            notice.left_out = reason
            notice.save(update_fields=["left_out"])
        else:
            notice.membership = membership
            true.append(notice)
    return true


def _no_longer(notice: EndingNotice, membership: Membership) -> str:
    if notice.last_day < today():
        return _("It was over before the mail could go out.")
    if membership.ends_on != notice.last_day:
        return _("The membership no longer ends on that day.")
    return _("It goes on.") if membership.goes_on else ""
