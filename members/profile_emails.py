"""What is mailed about profiles: what was decided, what a coordinator proposes, is it still right?"""

from django.conf import settings
from django.db import transaction
from django.tasks import task
from django.urls import reverse
from django.utils import timezone

from accounts import mail
from members import confirmations, profile_fields
from members.completeness import confirmed_in_words
from members.models import ConfirmationRequest, Organisation, ProfileChange, Representation
from members.notices import acting_for
from record.days import today


@task
def send_change_decided(change_id: int) -> None:
    """Tell who proposed a change what became of it, and why."""
    change = ProfileChange.objects.with_people().filter(pk=change_id).first()
    user = change and change.proposed_by
    if user is None or not user.is_active or user == change.decided_by:
        return
    context = {
        "organisation": change.organisation.name,
        "fields": labels_of(change),
        "state": change.state,
        "reason": change.reason,
        "address": settings.SITE_URL + address_of(change),
    }
    mail.build("members/profile_change_decided", context, to=user.email).send()


@task
def send_change_proposed(change_id: int) -> None:
    """Tell those who act for an organisation what the coordinator of its network proposes."""
    change = ProfileChange.objects.with_people().filter(pk=change_id).first()
    if change is None or not change.is_waiting:
        return
    context = {
        "organisation": change.organisation.name,
        "network": change.for_network.name,
        "who": str(change.proposed_by or ""),
        "fields": labels_of(change),
        "address": settings.SITE_URL
        + reverse("organisation_desk:change", args=[change.organisation.slug, change.pk]),
    }
    for recipient in sorted(acting_for([change.organisation_id], today())[change.organisation_id]):
        mail.build("members/profile_change_proposed", context, to=recipient).send()


@task
def send_confirmation(recipient: str, keys: list[int]) -> None:
    """Mail the question whether a profile is right, each with a link of its own.

    The token is made here: the mail has its only copy. What was answered meanwhile is left out.
    """
    for key in keys:
        with transaction.atomic():
            question = (
                ConfirmationRequest.objects.select_for_update(of=["self"])
                .select_related("organisation")
                .filter(pk=key, recipient=recipient, sent_at=None, left_out="")
                .first()
            )
            if question is None or confirmations.leave_out(question):
                continue
            token = question.renew()
            question.sent_at = timezone.now()
            question.save()
            context = context_of(question.organisation, question.expires_at, token)
            mail.build("members/profile_confirmation", context, to=recipient).send()


def context_of(organisation: Organisation, until, token: str) -> dict:
    """Return what the yearly question shows."""
    return {
        "organisation": organisation.name,
        "confirmed": confirmed_in_words(organisation),
        "until": until,
        "address": settings.SITE_URL + reverse("confirm_profile", args=[token]),
    }


@task
def send_right_ended(representation_id: int, by: str) -> None:
    """Tell somebody that their right to act for an organisation was ended, and by whom."""
    row = Representation.objects.select_related("organisation", "person__user").get(
        pk=representation_id
    )
    if recipient := row.person.reached_at:
        context = {
            "organisation": row.organisation.name,
            "who": by,
            "address": settings.SITE_URL + reverse("contact"),
        }
        mail.build("members/representation_ended", context, to=recipient).send()


def labels_of(change: ProfileChange) -> list[str]:
    """Return the names of the fields that a change is about."""
    return [str(profile_fields.FIELDS[name].label) for name in change.after]


def address_of(change: ProfileChange) -> str:
    """Return where who proposed a change reads it: on the desk of the network, or their own."""
    if change.for_network_id:
        return reverse("network_desk:change", args=[change.for_network.slug, change.pk])
    return reverse("organisation_desk:change", args=[change.organisation.slug, change.pk])
