"""Who asked to be reminded of which deadlines, and the mails that are due: once each.

Whether a mail is due is worked out from the record when it is noted, and once more when it is sent.
A run that is late, repeated or at the same time as another sends nothing twice; members/endings.py
does the same for memberships.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from news.models import DeadlineNotice, DeadlineWatch, Opportunity
from publishing.models import Topic

THRESHOLDS = (3, 14)  # days before the deadline
UNSENT_AFTER = datetime.timedelta(hours=1)  # a task that did not run by then is put up again


@dataclass(frozen=True)
class Ran:
    """What a run noted: how many reminders for how many people."""

    notices: int
    people: int


def watch(user, topics: Iterable[Topic], opportunities: Iterable[Opportunity]) -> None:
    """Let somebody be reminded of these topics and opportunities, and of no others that are open."""
    topics, opportunities = list(topics), list(opportunities)
    with transaction.atomic():
        mine = DeadlineWatch.objects.filter(user=user)
        # What is past is not on the form: it stays as it is.
        mine.filter(
            ~Q(topic=None) & ~Q(topic__in=topics)
            | Q(opportunity__in=Opportunity.objects.open()) & ~Q(opportunity__in=opportunities)
        ).delete()
        DeadlineWatch.objects.bulk_create(
            [
                *(DeadlineWatch(user=user, topic=one) for one in topics),
                *(DeadlineWatch(user=user, opportunity=one) for one in opportunities),
            ],
            ignore_conflicts=True,
        )


def remind(now: datetime.datetime | None = None) -> Ran:
    """Note who is to be told of which deadline, and mail them once the transaction is through.

    One mail a person and run, whatever the number of deadlines in it.
    """
    now = now or timezone.now()
    within = now + datetime.timedelta(days=max(THRESHOLDS))
    due = defaultdict(list)
    with transaction.atomic():
        for one in Opportunity.objects.open(now).filter(deadline__lte=within).defer("search"):
            threshold = threshold_of(one, now)
            for user in watchers(one):
                notice, is_new = DeadlineNotice.objects.get_or_create(
                    opportunity=one, deadline=one.deadline, threshold=threshold, user=user
                )
                if is_new:
                    due[user.pk].append(notice.pk)
        number = sum(map(len, due.values()))
        _put_up(due)
        _put_up(_unsent(now))
    return Ran(number, len(due))


def threshold_of(opportunity: Opportunity, now: datetime.datetime) -> int:
    """Return the closest of 3 and 14 days that is reached."""
    left = opportunity.deadline - now
    return next(days for days in THRESHOLDS if left <= datetime.timedelta(days=days))


def watchers(opportunity: Opportunity):
    """Return the accounts that asked for this opportunity or for one of its topics, each once."""
    asked = DeadlineWatch.objects.filter(
        Q(opportunity=opportunity)
        | Q(
            topic__in=opportunity.topics.through.objects.filter(opportunity=opportunity).values(
                "topic"
            )
        )
    )
    return User.objects.filter(pk__in=asked.values("user"), is_active=True).order_by("pk")


def still_true(notices: Iterable[DeadlineNotice]) -> list[DeadlineNotice]:
    """Return those whose deadline still stands and lies ahead, still asked for; the others say why
    they are left out.
    """
    true = []
    for notice in notices:
        if reason := _no_longer(notice):
            notice.left_out = reason
            notice.save(update_fields=["left_out"])
        else:
            true.append(notice)
    return true


def _no_longer(notice: DeadlineNotice) -> str:
    opportunity = notice.opportunity
    if opportunity.deadline != notice.deadline:
        return _("The deadline was moved.")
    if not opportunity.is_open():
        return _("The deadline passed before the mail could go out.")
    if not watchers(opportunity).filter(pk=notice.user_id).exists():
        return _("It is no longer asked for.")
    return ""


def _unsent(now: datetime.datetime) -> dict[int, list[int]]:
    """Return by account what was noted some time ago and never sent: its task was lost."""
    old = DeadlineNotice.objects.filter(
        sent_at=None, left_out="", deadline__gte=now, noted_at__lt=timezone.now() - UNSENT_AFTER
    )
    unsent = defaultdict(list)
    for user, key in old.order_by("pk").values_list("user", "pk"):
        unsent[user].append(key)
    return unsent


def _put_up(due: dict[int, list[int]]):
    from news.emails import send_deadlines  # it needs this module

    for user, keys in due.items():
        transaction.on_commit(partial(send_deadlines.enqueue, user, keys))
