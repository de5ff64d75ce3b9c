"""Who acts for an organisation: one invites the next, and ends a right, but never the last one's."""

from dataclasses import dataclass
from functools import partial

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from accounts import actions as accounts
from accounts.models import Invitation
from members.models import Organisation, Person, Representation
from members.profile_emails import send_right_ended
from record.days import day_before, today
from record.history import recording
from record.names import slug_from


class CannotBeDone(Exception):  # noqa: N818  it says what happened, as DoesNotExist does
    """Nothing was written; the message says why."""


@dataclass(frozen=True)
class Acting:
    """One who acts for an organisation today, and how they come to their account."""

    representation: Representation
    invitation: Invitation | None = None

    @property
    def has_account(self) -> bool:
        user = self.representation.person.user
        return bool(user and user.is_active)


def acting(organisation: Organisation) -> list[Acting]:
    """Return who acts for an organisation today, with their open invitations; two queries."""
    rows = list(
        organisation.representations.on()
        .select_related("person__user")
        .order_by("person__sort_name", "pk")
    )
    open_ones = Invitation.objects.open().filter(
        grant_type=_kind(), grant_id__in=[row.pk for row in rows]
    )
    invited = {one.grant_id: one for one in open_ones.order_by("created_at")}
    return [Acting(row, invited.get(row.pk)) for row in rows]


def invite(organisation: Organisation, *, name: str, email: str, by) -> Representation:
    """Give somebody the right to act for an organisation, from today on, and invite them.

    Who was invited before and has not accepted gets a new invitation. Raises CannotBeDone.
    """
    email = email.strip().lower()
    with recording(by=by, why=_("Invited by a representative")) as recorder:
        _locked(organisation)
        person = _known(email) or recorder.save(_new(name, email))
        rows = Representation.objects.filter(person=person, organisation=organisation)
        row = rows.on().first()
        if row and person.user and person.user.is_active:
            raise CannotBeDone(_("%(person)s acts for it already.") % {"person": person})
        if row is None and (later := rows.announced().first()):
            words = {"person": person, "day": later.starts}
            raise CannotBeDone(_("%(person)s will act for it from %(day)s on.") % words)
        if row is None:
            row = Representation(person=person, organisation=organisation)
            recorder.save(row.set_days(today()))
        try:
            accounts.invite(email=email, grant=row, by=by)
        except accounts.InvitationError as error:
            raise CannotBeDone(str(error)) from error
    return row


def end(representation: Representation, *, by) -> None:
    """End somebody's right to act, at once. Raises CannotBeDone for the last who can sign in.

    Yesterday becomes its last day. A right that began today has no day to stand for, and goes; the
    history keeps it.
    """
    with recording(by=by, why=_("Ended by a representative")) as recorder:
        # Two who end each other's right at once wait here for each other.
        _locked(representation.organisation)
        row = Representation.objects.on().filter(pk=representation.pk).first()
        if row is None:
            raise CannotBeDone(_("This right has ended already."))
        others = Representation.objects.on().filter(organisation=row.organisation_id)
        if not others.exclude(pk=row.pk).with_account().exists():
            raise CannotBeDone(
                _(
                    "Nobody else could sign in for this organisation then. Invite somebody first, "
                    "or ask the office to end it."
                )
            )
        _close_invitations(row)
        if row.starts_on == today():
            recorder.delete(row)
            return
        row.set_days(row.starts, day_before(today()), start_basis=row.start_basis)
        recorder.save(row)
        if row.person.user_id != by.pk:
            transaction.on_commit(partial(send_right_ended.enqueue, row.pk, str(by)))


def _locked(organisation):
    Organisation.objects.select_for_update().get(pk=organisation.pk)


def _close_invitations(representation):
    for one in Invitation.objects.open().filter(grant_type=_kind(), grant_id=representation.pk):
        accounts.withdraw(one)


def _known(email: str) -> Person | None:
    """Return the person with this address: that of their account, else the one on record."""
    people = Person.objects.select_related("user")
    return (
        people.filter(user__email__iexact=email).first()
        or people.filter(user=None, email__iexact=email).first()
    )


def _new(name: str, email: str) -> Person:
    """Return a person who is in the record for this right only: no page shows them."""
    begin = slug_from(name)[:70]
    taken = Person.objects.filter(slug__startswith=begin).values_list("slug", flat=True)
    return Person(name=name, email=email, slug=slug_from(name, set(taken), max_length=70))


def _kind() -> ContentType:
    return ContentType.objects.get_for_model(Representation)
