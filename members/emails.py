"""What the record of members sends: that a membership ends."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from accounts import mail
from members.endings import days_left_in_words, still_true
from members.models import EndingNotice
from record.days import PartialDate


@dataclass(frozen=True)
class Ending:
    """One membership that ends, as a mail says it."""

    organisation: str
    state: str
    ends: PartialDate
    when: str


@task
def send_endings(recipient: str, keys: list[int]) -> None:
    """Mail one recipient what ends, of these notices; what is not true any more is left out.

    The notices stay locked until the mail is out, so a second task for them finds them sent.
    """
    with transaction.atomic():
        rows = EndingNotice.objects.select_for_update().filter(
            pk__in=keys, recipient=recipient, sent_at=None, left_out=""
        )
        notices = still_true(rows.order_by("last_day", "pk"))
        if not notices:
            return
        mail.build("members/membership_ending", context_of(notices), to=recipient).send()
        EndingNotice.objects.filter(pk__in=[one.pk for one in notices]).update(
            sent_at=timezone.now()
        )


def context_of(notices: list[EndingNotice]) -> dict:
    """Return what the mail shows: the ends, soonest first, and where the recipient goes on."""
    to_staff = notices[0].to_staff
    endings = [
        Ending(
            one.membership.organisation.name,
            one.membership.state_in_words(),
            one.membership.ends,
            days_left_in_words(one.membership),
        )
        for one in notices
    ]
    if not to_staff:
        path = reverse("contact")
    elif len(notices) == 1:
        path = reverse(
            "admin:members_organisation_change", args=[notices[0].membership.organisation_id]
        )
    else:
        path = reverse("admin:members_organisation_changelist") + "?ends=soon"
    return {
        "endings": endings,
        "only": endings[0] if len(endings) == 1 else None,
        "to_staff": to_staff,
        "within": max(one.threshold for one in notices),
        "address": settings.SITE_URL + path,
    }
