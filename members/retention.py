"""How long what an applicant typed is kept, and how it is forgotten."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from members.applications import delete_files
from members.models import BEGUN_DAYS, DECLINED_DAYS, Application

# What a declined application keeps: who asked for what, when, and how it was decided.
PERSONAL = {"email": "", "motivation": ""}


@dataclass(frozen=True)
class Forgotten:
    """What a run did: how many were deleted, how many lost their personal data."""

    deleted: int
    anonymised: int


def forget_old(now: datetime.datetime | None = None) -> Forgotten:
    """Delete what was begun and never sent, and take the personal data off what was declined, once
    their time is over. Safe to run twice, late, or at the same time as another run.
    """
    now = now or timezone.now()
    begun = Application.objects.filter(
        state=Application.State.BEGUN, saved_at__lt=now - datetime.timedelta(days=BEGUN_DAYS)
    )
    declined = Application.objects.filter(
        state=Application.State.DECLINED,
        anonymised_at=None,
        decided_at__lt=now - datetime.timedelta(days=DECLINED_DAYS),
    )
    deleted = sum(_each(begun, forget))
    return Forgotten(deleted, sum(_each(declined, anonymise)))


def _each(rows, verb):
    """Do something to each row of a queryset in a transaction of its own, if it is still one."""
    for key in list(rows.values_list("pk", flat=True)):
        with transaction.atomic():
            row = rows.select_for_update(skip_locked=True).filter(pk=key).first()
            if row is not None:
                verb(row)
                yield 1


@transaction.atomic
def forget(application: Application) -> None:
    """Delete an application with all that it holds: files, people, messages, links, history."""
    delete_files(application.documents.all())
    key = application.pk
    application.delete()
    Application.history.filter(id=key).delete()


@transaction.atomic
def anonymise(application: Application) -> None:
    """Take the personal data off a declined application, and out of its history."""
    delete_files(application.documents.all())
    for things in (application.documents, application.people, application.messages):
        things.all().delete()
    application.keys.all().delete()
    application.email = application.motivation = ""
    application.anonymised_at = timezone.now()
    application._change_reason = "Personal data deleted after its time"
    application.save()
    application.history.update(**PERSONAL)
