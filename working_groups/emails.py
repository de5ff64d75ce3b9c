"""What groups send: requests to join and their outcome, and activities, to those who want them."""

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.urls import reverse

from accounts import mail
from accounts.models import User
from record.days import today
from working_groups.models import Activity, JoinRequest, MailChoice

PLANNED, MOVED, CALLED_OFF = "planned", "moved", "called_off"


def tell_of_request(request: JoinRequest) -> None:
    """Once it is kept: tell those who lead the group, and confirm it to who asked."""
    wanted = MailChoice.objects.recipients(request.group, MailChoice.What.REQUESTS)
    users = list(wanted.values_list("pk", flat=True))

    def enqueue():
        for user in users:
            send_request.enqueue(request.pk, user)
        send_receipt.enqueue(request.pk)

    transaction.on_commit(enqueue)


def tell_of_decision(request: JoinRequest) -> None:
    transaction.on_commit(lambda: send_decision.enqueue(request.pk))


@task
def send_request(request_id: int, user_id: int) -> None:
    """Mail a request to somebody who leads the group; one that is decided by now is not sent."""
    request = _request(request_id)
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if request is None or user is None or request.state != JoinRequest.State.OPEN:
        return
    address = reverse("group_desk:request", args=[request.group.slug, request.pk])
    context = {
        "request": request,
        "group": request.group,
        "address": settings.SITE_URL + address,
        "choices": settings.SITE_URL + reverse("group_mails"),
    }
    mail.build(
        "working_groups/join_request", context, to=user.email, reply_to=request.contact_email
    ).send()


@task
def send_receipt(request_id: int) -> None:
    """Confirm to who asked that the request is with the group."""
    request = _request(request_id)
    if request is None:
        return
    context = {
        "request": request,
        "group": request.group,
        "address": settings.SITE_URL + request.group.get_absolute_url(),
    }
    mail.build("working_groups/join_received", context, to=request.contact_email).send()


@task
def send_decision(request_id: int) -> None:
    """Tell who asked what became of the request."""
    request = _request(request_id)
    if request is None or request.state == JoinRequest.State.OPEN:
        return
    context = {
        "request": request,
        "group": request.group,
        "accepted": request.state == JoinRequest.State.ACCEPTED,
        "address": settings.SITE_URL + request.group.get_absolute_url(),
    }
    mail.build("working_groups/join_decided", context, to=request.contact_email).send()


def _request(request_id: int) -> JoinRequest | None:
    rows = JoinRequest.objects.select_related("group", "organisation", "participation")
    return rows.filter(pk=request_id).first()


def announce_activity(activity: Activity, before: dict | None) -> None:
    """Tell those of the group who asked for it that an activity ahead is new, moved or called off.

    `before` is what calendars showed of it before the change; None where it is new.
    """
    what = _what_happened(activity, before)
    if not what or activity.group_id is None or activity.last_day < today():
        return
    wanted = MailChoice.objects.recipients(activity.group, MailChoice.What.ACTIVITIES)
    users = list(wanted.values_list("pk", flat=True))

    def enqueue():
        for user in users:
            send_activity.enqueue(activity.pk, user, what)

    transaction.on_commit(enqueue)


def _what_happened(activity: Activity, before: dict | None) -> str:
    if before is None:
        return "" if activity.called_off else PLANNED
    if activity.called_off:
        return "" if before["called_off"] else CALLED_OFF
    when_and_where = (
        "starts_on", "starts_precision", "ends_on", "start_time", "end_time", "time_zone",
        "place", "online_link", "called_off",
    )  # fmt: skip
    moved = any(before[name] != getattr(activity, name) for name in when_and_where)
    return MOVED if moved else ""


@task
def send_activity(activity_id: int, user_id: int, what: str) -> None:
    """Mail one of the group what happened to an activity; who may not see it any more gets nothing."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    rows = Activity.objects.visible_to(user).select_related("group")
    activity = rows.filter(pk=activity_id).first()
    if activity is None:
        return
    context = {
        "activity": activity,
        "group": activity.group,
        "what": what,
        "address": settings.SITE_URL + activity.get_absolute_url(),
        "choices": settings.SITE_URL + reverse("group_mails"),
    }
    mail.build("working_groups/activity", context, to=user.email).send()
