"""What every mail that is due by the day shares: who is told, and how it is put up for sending.

Whether something is due is worked out from the record when it is noted, and once more when it is
sent. A run that is late, repeated or at the same time as another sends nothing twice.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from accounts.permissions import MANAGERS, MEMBERSHIP_OFFICERS
from members.models import Representation

UNSENT_AFTER = datetime.timedelta(hours=1)  # a task that did not run by then is put up again


def keepers() -> set[str]:
    """Return the addresses of the staff who keep the record of members."""
    keep = User.objects.filter(
        is_active=True, is_staff=True, groups__name__in=[MEMBERSHIP_OFFICERS, MANAGERS]
    )
    return {email.lower() for email in keep.values_list("email", flat=True) if email}


def acting_for(organisations: Iterable[int], day: datetime.date) -> dict[int, set[str]]:
    """Return the addresses of those who act for each organisation on a day."""
    rows = Representation.objects.on(day).filter(organisation__in=organisations)
    found = defaultdict(set)
    for row in rows.select_related("person__user"):
        if email := row.person.reached_at:
            found[row.organisation_id].add(email.lower())
    return found


def unsent(notices: QuerySet) -> dict[str, list[int]]:
    """Return by recipient those that were noted some time ago and never sent: their task was lost."""
    old = notices.filter(sent_at=None, left_out="", noted_at__lt=timezone.now() - UNSENT_AFTER)
    found = defaultdict(list)
    for recipient, key in old.order_by("pk").values_list("recipient", "pk"):
        found[recipient].append(key)
    return found


def put_up(task, due: dict[str, list[int]]) -> None:
    """Put up one task for each recipient, once the transaction is through."""
    for recipient, keys in due.items():
        transaction.on_commit(partial(task.enqueue, recipient, keys))
