"""The verbs of accounts: invite, withdraw an invitation, accept it."""

import datetime
from functools import partial

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.emails import send_invitation
from accounts.models import Invitation, User
from record.history import Recorded, recording


class InvitationError(Exception):
    """An invitation cannot be sent or accepted; the message is a sentence for its reader."""


@transaction.atomic
def invite(
    *, email: str, by, grant: Recorded | None = None, staff_group: Group | None = None, name=""
) -> Invitation:
    """Invite somebody to an account and mail the link once the transaction is through.

    `grant` is a dated record about a person (a Role, a Representation); `staff_group` invites into
    the secretariat instead. Earlier open invitations of this address for the same thing are
    withdrawn. Raises ValidationError for neither or both, and InvitationError where the grant has
    ended or its person signs in with another address.
    """
    if grant is not None and grant.has_ended():
        raise InvitationError(_("What it invites to has ended: there is nothing to sign in for."))
    if grant is not None and grant.person.user and not _same(grant.person.user.email, email):
        raise InvitationError(_("This person has an account already, with another mail address."))
    invitation = Invitation(
        email=email.strip(),
        name=name or (grant.person.name if grant is not None else ""),
        # No token belongs to this hash: the mailed one is made when the mail is.
        token_hash=Invitation.hash(Invitation.new_token()),
        staff_group=staff_group,
        invited_by=by,
        expires_at=timezone.now() + datetime.timedelta(days=settings.INVITATION_DAYS),
    )
    if grant is not None:
        invitation.grant = grant
    invitation.full_clean(exclude=["invited_by"])
    Invitation.objects.open().filter(
        email__iexact=invitation.email,
        grant_type=invitation.grant_type,
        grant_id=invitation.grant_id,
        staff_group=staff_group,
    ).update(withdrawn_at=timezone.now())
    invitation.save()
    transaction.on_commit(partial(send_invitation.enqueue, invitation.pk))
    return invitation


@transaction.atomic
def withdraw(invitation: Invitation) -> Invitation:
    """Make the mailed link useless. Raises InvitationError where it was accepted already."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise InvitationError(_("It was accepted already: end the role instead."))
    invitation.withdrawn_at = invitation.withdrawn_at or timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    return invitation


def why_closed(invitation: Invitation | None) -> str:
    """Return the sentence that says why an invitation cannot be accepted; empty where it can."""
    if invitation is None:
        return _("This link leads to no invitation. Open the link in the mail once more, whole.")
    if invitation.accepted_at:
        return _("This invitation was accepted already. Sign in with your mail address.")
    if invitation.withdrawn_at:
        return _("This invitation was withdrawn. Ask the office for a new one.")
    if invitation.expires_at <= timezone.now():
        return _("This invitation has expired. Ask the office for a new one.")
    return why_nothing_to_grant(invitation)


def why_nothing_to_grant(invitation: Invitation) -> str:
    """Return the sentence for an invitation whose role or representation is gone or has ended."""
    if invitation.grant_type_id and invitation.grant is None:
        return _("What this invitation was for is no longer on record. Ask the office.")
    if invitation.grant_type_id and invitation.grant.has_ended():
        return _("What this invitation was for has ended. Ask the office.")
    return ""


def accept(invitation: Invitation, *, user: User) -> Invitation:
    """Give an account what the invitation is for. Raises InvitationError, with the reason."""
    with recording(by=user, why=_("Invitation accepted")) as recorder:
        invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
        if reason := why_closed(invitation):
            raise InvitationError(reason)
        if not _same(user.email, invitation.email):
            raise InvitationError(
                _("This invitation is for %(email)s.") % {"email": invitation.email}
            )
        if invitation.staff_group_id:
            user.groups.add(invitation.staff_group)
            user.is_staff = True
            user.save(update_fields=["is_staff"])
        else:
            _link(invitation.grant.person, user, recorder)
        invitation.accepted_at, invitation.accepted_by = timezone.now(), user
        invitation.save(update_fields=["accepted_at", "accepted_by"])
    return invitation


@transaction.atomic
def accept_with_new_account(invitation: Invitation, *, name: str, password: str) -> User:
    """Make the account that an invitation is for, and accept it. Raises as `accept` does."""
    if User.objects.filter(email__iexact=invitation.email).exists():
        raise InvitationError(_("There is an account with this mail address. Sign in to accept."))
    user = User.objects.create_user(invitation.email, password, name=name)
    accept(invitation, user=user)
    return user


def _link(person, user, recorder):
    """Let the account act as the person; one account is one person."""
    if person.user_id == user.pk:
        return
    if person.user_id:
        raise InvitationError(_("Somebody else signs in as this person already. Ask the office."))
    if getattr(user, "person", None):
        raise InvitationError(
            _("Your account belongs to %(person)s on record. Ask the office to put it right.")
            % {"person": user.person}
        )
    person.user = user
    recorder.save(person)


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
