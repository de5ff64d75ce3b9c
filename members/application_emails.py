"""What applications send, each as a task: the link, a receipt, a question, a decision, a word to staff.

Each mail to an applicant has a link of its own: only hashes of the earlier ones are kept, and the
queue of tasks never holds one.
"""

from django.conf import settings
from django.tasks import task
from django.urls import reverse

from accounts import mail
from members.models import (
    BEGUN_DAYS,
    DECLINED_DAYS,
    Application,
    ApplicationKey,
    ApplicationMessage,
)
from members.notices import keepers

State = Application.State


@task
def send_link(application_id: int) -> None:
    """Mail the way back to an application that is begun, or sent and not decided."""
    _mail("members/application_begun", application_id, State.BEGUN, begun_days=BEGUN_DAYS)
    _mail("members/application_begun", application_id, State.SENT, State.ASKED_BACK)


@task
def send_receipt(application_id: int) -> None:
    """Mail that the application has arrived, with what was sent and where to see how it stands."""
    _mail("members/application_sent", application_id, State.SENT, State.ASKED_BACK)


@task
def send_question(message_id: int) -> None:
    """Mail what the office asks back, unless it was answered or decided meanwhile."""
    message = ApplicationMessage.objects.filter(pk=message_id, from_office=True).first()
    if message is not None:
        _mail(
            "members/application_question",
            message.application_id,
            State.ASKED_BACK,
            message=message,
        )


@task
def send_decision(application_id: int) -> None:
    """Mail what was decided, with the reason where it was declined."""
    decided = (State.ACCEPTED, State.DECLINED)
    _mail("members/application_decision", application_id, *decided, declined_days=DECLINED_DAYS)


@task
def send_reopened(application_id: int) -> None:
    """Mail that a decision was taken back and the application is looked at again."""
    _mail("members/application_reopened", application_id, State.SENT, State.ASKED_BACK)


@task
def tell_staff(application_id: int) -> None:
    """Mail those who keep the record that an application, or an answer to a question, came in."""
    application = Application.objects.filter(pk=application_id, state=State.SENT).first()
    if application is None:
        return
    change = reverse("admin:members_application_change", args=[application.pk])
    last = application.messages.last()
    context = {
        "application": application,
        "answer": last if last and not last.from_office else None,
        "address": settings.SITE_URL + change,
    }
    for recipient in sorted(keepers()):
        mail.build("members/application_to_staff", context, to=recipient).send()


def address_of(token: str) -> str:
    """Return the secret page of an application as a mail has it."""
    return settings.SITE_URL + reverse("application:status", args=[token])


def _mail(message_name: str, application_id: int, *states: str, **more) -> None:
    """Mail the applicant, if the application still is in one of these states."""
    application = Application.objects.filter(pk=application_id, state__in=states).first()
    if application is None or not application.email:
        return
    address = address_of(ApplicationKey.new(application))
    context = {"application": application, "address": address, **more}
    mail.build(message_name, context, to=application.email).send()
