"""Is a profile still right? Asked once a year, answered with one click, a task where nobody answers.

Only the record decides who is asked: members of the day whose profile nobody confirmed in a year and
who were not asked within one. So a run that is late or repeated asks nobody twice.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members.completeness import is_to_be_confirmed
from members.models import ConfirmationRequest, Organisation
from members.notices import acting_for, put_up, unsent
from record.days import add_months, in_words, today
from record.history import recording


class LinkError(Exception):
    """A link that confirms nothing; the message says why."""


@dataclass(frozen=True)
class Asked:
    """What a run noted: how many questions, and which organisations nobody can be asked for."""

    questions: int
    organisations: int
    nobody: list[Organisation]


def ask(day: datetime.date | None = None) -> Asked:
    """Note who is asked about which profile, and mail them once the transaction is through."""
    from members.profile_emails import send_confirmation  # it needs this module

    day = day or today()
    to_ask = Organisation.objects.to_be_confirmed(day).not_asked_since(add_months(day, -12))
    organisations = list(to_ask.by_name())
    acting = acting_for([one.pk for one in organisations], day)
    due, number = defaultdict(list), 0
    with transaction.atomic():
        for organisation in organisations:
            for recipient in sorted(acting[organisation.pk]):
                if question := _note(organisation, recipient, day):
                    due[recipient].append(question.pk)
                    number += 1
        put_up(send_confirmation, due)
        put_up(send_confirmation, unsent(ConfirmationRequest.objects.open()))
    nobody = [one for one in organisations if not acting[one.pk]]
    return Asked(number, len(organisations) - len(nobody), nobody)


def _note(organisation, recipient, day) -> ConfirmationRequest | None:
    """Return a new question, or None where another run has noted it."""
    question, is_new = ConfirmationRequest.objects.get_or_create(
        organisation=organisation,
        recipient=recipient,
        asked_on=day,
        defaults={
            # No token belongs to this hash: the mailed one is made when the mail is.
            "token_hash": ConfirmationRequest.hash(ConfirmationRequest.new_token()),
            "expires_at": timezone.now() + datetime.timedelta(days=settings.CONFIRMATION_DAYS),
        },
    )
    return question if is_new else None


def leave_out(question: ConfirmationRequest) -> bool:
    """Whether a question is none any more; it then says why it was not sent."""
    organisation, day = question.organisation, today()
    if not is_to_be_confirmed(organisation):
        question.left_out = _("The profile was confirmed meanwhile.")
    elif question.expires_at <= timezone.now():
        question.left_out = _("Its time was over before the mail could go out.")
    elif question.recipient not in acting_for([organisation.pk], day)[organisation.pk]:
        question.left_out = _("Who was to be asked acts for it no longer.")
    if question.left_out:
        question.save(update_fields=["left_out"])
    return bool(question.left_out)


def why_not(question: ConfirmationRequest | None) -> str:
    """Return the sentence that says why a link cannot confirm anything; empty where it can."""
    if question is None:
        return _("This link leads nowhere. Open the link in the mail once more, whole.")
    if question.answered_at:
        day = in_words(timezone.localdate(question.answered_at))
        return _("The profile was confirmed on %(day)s; this link has done its work.") % {
            "day": day
        }
    if question.expires_at <= timezone.now():
        return _("This link has expired. Sign in to confirm the profile from your desk.")
    organisation = question.organisation
    if question.recipient not in acting_for([organisation.pk], today())[organisation.pk]:
        return _("You no longer act for this organisation. Ask the office if that is wrong.")
    return ""


def confirm(organisation: Organisation, *, by=None, why: str = "") -> Organisation:
    """Record that the profile is right as it stands today; every open question is answered by it."""
    with recording(by=by, why=why or _("Profile confirmed")) as recorder:
        organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
        organisation.confirmed_on = today()
        recorder.save(organisation)
        answered(organisation)
    return organisation


def answered(organisation: Organisation) -> None:
    """Close every link that was mailed about a profile: somebody has answered."""
    sent = organisation.confirmation_requests.open().filter(sent_at__isnull=False)
    sent.update(answered_at=timezone.now())


def confirm_by_link(token: str) -> Organisation:
    """Confirm the profile that a mailed link is about. Raises LinkError, with the reason."""
    with transaction.atomic():
        # The organisation is locked first, as by everybody who changes its profile.
        asked = ConfirmationRequest.objects.for_token(token).values("organisation")
        Organisation.objects.select_for_update().filter(pk__in=asked).first()
        question = question_of(token)
        if reason := why_not(question):
            raise LinkError(reason)
        why = _("Profile confirmed by the link sent to %(email)s") % {"email": question.recipient}
        return confirm(question.organisation, why=why)


def question_of(token: str) -> ConfirmationRequest | None:
    """Return the question that a mailed link answers."""
    asked = ConfirmationRequest.objects.for_token(token)
    return asked.select_related("organisation").first()
