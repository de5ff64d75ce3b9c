"""What the news side sends: that deadlines are near."""

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from accounts import mail
from news.models import DeadlineNotice
from news.reminders import still_true


@task
def send_deadlines(user: int, keys: list[int]) -> None:
    """Mail one account the deadlines of these notices; what is not true any more is left out.

    The notices stay locked until the mail is out, so a second task for them finds them sent.
    """
    with transaction.atomic():
        rows = DeadlineNotice.objects.select_for_update(of=("self",)).filter(
            pk__in=keys, user=user, sent_at=None, left_out=""
        )
        rows = rows.select_related("user", "opportunity").order_by("deadline", "pk")
        notices = still_true(rows)
        if not notices:
            return
        to = notices[0].user.email
        mail.build("news/deadlines", context_of([one.opportunity for one in notices]), to=to).send()
        DeadlineNotice.objects.filter(pk__in=[one.pk for one in notices]).update(
            sent_at=timezone.now()
        )


def context_of(opportunities: list) -> dict:
    """Return what the mail shows: the deadlines, nearest first, and where the reader goes on."""
    deadlines = [
        {
            "title": one.title,
            "when": one.deadline_in_words(),
            "who": one.who_may_apply,
            "address": settings.SITE_URL + one.get_absolute_url(),
        }
        for one in opportunities
    ]
    only = deadlines[0] if len(deadlines) == 1 else None
    return {
        "deadlines": deadlines,
        "only": only,
        "address": only["address"] if only else settings.SITE_URL + reverse("opportunities:list"),
        "settings_address": settings.SITE_URL + reverse("desk_deadlines"),
    }
