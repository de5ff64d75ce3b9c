"""The verbs of profile changes: propose, approve, decline, agree, withdraw, take back, look at.

Each opens its transaction and locks the organisation first, so that of two people who decide at once
one is told. Whether somebody may is asked by the caller (permissions.py).
"""

from contextlib import contextmanager
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from members import confirmations, profile_fields
from members.models import Network, Organisation, ProfileChange, ProfileRules
from members.profile_emails import send_change_decided, send_change_proposed
from record.history import recording

State = ProfileChange.State


class ProfileError(Exception):
    """It cannot be done; nothing was written. The message is a sentence for whoever tried."""


class NothingChanged(ProfileError):  # noqa: N818  it says what happened, as DoesNotExist does
    """What is proposed stands on record already."""


class ChangedMeanwhile(ProfileError):  # noqa: N818  it is an answer, not an error
    """Somebody else changed the same fields after the form or page was opened.

    `names` are those fields, `now` what they say today.
    """

    def __init__(self, names: list[str], now: dict):
        super().__init__(_("The record was changed meanwhile. Nothing of yours was saved yet."))
        self.names, self.now = names, now


def propose(
    organisation: Organisation,
    values: dict,
    *,
    by,
    opened_with: dict[str, str],
    network: Network | None = None,
    replaces: ProfileChange | None = None,
) -> ProfileChange:
    """Propose values for a profile; what stands there already, or was not touched, is left out.

    `opened_with` are the marks of the values that the form was opened with. With `network` its
    coordinator proposes it, and it waits whatever the rules say; else it goes live at once where
    they say so. `replaces` is a waiting one that this takes the place of. Raises NothingChanged,
    ChangedMeanwhile, and ProfileError where the record cannot hold it.
    """
    with recording(by=by, why=_("Profile changed")) as recorder:
        organisation = _locked(organisation)
        now = profile_fields.read(organisation, values)
        after = _touched(values, now, opened_with)
        if not after:
            raise NothingChanged(_("Nothing was changed: what you sent stands on record already."))
        if replaces is not None:
            _decide(_still(replaces, State.WAITING), State.WITHDRAWN, by)
        change = ProfileChange(
            organisation=organisation,
            before={name: now[name] for name in after},
            after=after,
            proposed_by=by,
            for_network=network,
        )
        if network is None and ProfileRules.load().at_once:
            _apply(change, organisation, recorder)
            _decide(change, State.LIVE, by)
        else:
            change.save()
        if network is not None:
            transaction.on_commit(partial(send_change_proposed.enqueue, change.pk))
    return change


def approve(change: ProfileChange, *, by, seen: str) -> ProfileChange:
    """Put a waiting change on the page and tell who proposed it.

    `seen` is the mark (`mark_of_now`) of what the record said when the difference was shown. Raises
    ChangedMeanwhile where it says something else by now, and ProfileError where the change is
    decided already or cannot stand beside what others have on record.
    """
    with recording(by=by, why=_("Change of the profile approved")) as recorder:
        organisation = _locked(change.organisation)
        change = _still(change, State.WAITING)
        _same_as_seen(change, organisation, seen)
        _apply(change, organisation, recorder)
        _decide(change, State.APPROVED, by)
        _tell(change)
    return change


def decline(change: ProfileChange, *, by, reason: str) -> ProfileChange:
    """Leave the page as it is, and tell who proposed the change why. Raises ProfileError."""
    with transaction.atomic():
        _locked(change.organisation)
        change = _decide(_still(change, State.WAITING), State.DECLINED, by, reason)
        _tell(change)
    return change


def withdraw(change: ProfileChange, *, by) -> ProfileChange:
    """Take a waiting change of one's own back. Raises ProfileError where it was decided."""
    with transaction.atomic():
        _locked(change.organisation)
        return _decide(_still(change, State.WAITING), State.WITHDRAWN, by)


def agree(change: ProfileChange, *, by, seen: str) -> ProfileChange:
    """Make what a coordinator proposed the organisation's own wish.

    It then goes the way of what its representatives change: live at once, or to the office. Raises
    as `approve` does.
    """
    with recording(by=by, why=_("Change of the profile agreed to")) as recorder:
        organisation = _locked(change.organisation)
        change = _still(change, State.WAITING)
        _same_as_seen(change, organisation, seen)
        change.agreed_by = by
        if ProfileRules.load().at_once:
            _apply(change, organisation, recorder)
            _decide(change, State.LIVE, by)
            _tell(change)
        else:
            change.save()
    return change


def look_at(change: ProfileChange, *, by) -> ProfileChange:
    """Note that the staff has looked at what went live at once. Raises ProfileError."""
    with transaction.atomic():
        _locked(change.organisation)
        return _decide(_still(change, State.LIVE), State.APPROVED, by)


def take_back(change: ProfileChange, *, by, reason: str, seen: str) -> ProfileChange:
    """Put back what stood before a change, and tell who proposed it why.

    Only where the page still says what the change said: raises ProfileError where something
    followed, and otherwise as `approve` does.
    """
    with recording(by=by, why=_("Change of the profile taken back")) as recorder:
        organisation = _locked(change.organisation)
        change = _still(change, State.LIVE, State.APPROVED)
        _same_as_seen(change, organisation, seen)
        if followed := changed_since(change, profile_fields.read(organisation, change.after)):
            labels = ", ".join(str(profile_fields.FIELDS[name].label) for name in followed)
            raise ProfileError(
                _("It was changed again since: %(fields)s. Change it back in the record instead.")
                % {"fields": labels}
            )
        with _holding():
            profile_fields.undo(organisation, change.before, recorder)
        _decide(change, State.TAKEN_BACK, by, reason)
        _tell(change)
    return change


def mark_of_now(change: ProfileChange) -> str:
    """Return the mark of what the record says now in the fields that a change is about."""
    stands = Organisation.objects.get(pk=change.organisation_id)
    return profile_fields.mark(profile_fields.read(stands, change.after))


def changed_since(change: ProfileChange, now: dict) -> list[str]:
    """Return the fields in which the record no longer says what the change rests on: what stood
    before it while it waits, what it said once it is on the page.
    """
    expected = change.after if change.is_on_page else change.before
    return [name for name in change.after if now[name] != expected.get(name)]


# -- how it is done -------------------------------------------------------------------------------


def _locked(organisation: Organisation) -> Organisation:
    """Return the organisation as it stands, alone with it until the transaction ends."""
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _still(change: ProfileChange, *states: str) -> ProfileChange:
    """Return the change as it stands; raises ProfileError where it is in none of the states."""
    stands = ProfileChange.objects.select_related("organisation", "decided_by").get(pk=change.pk)
    if stands.state not in states:
        words = {"state": stands.get_state_display(), "who": stands.decided_by or _("somebody")}
        raise ProfileError(
            _("This is decided already: %(state)s, by %(who)s. Nothing was done.") % words
        )
    return stands


def _touched(values: dict, now: dict, opened_with: dict[str, str]) -> dict:
    """Return the values that somebody changed; raises ChangedMeanwhile where another did, too."""
    marks, marks_now = profile_fields.marks(values), profile_fields.marks(now)
    changed = [
        name
        for name in values
        if marks[name] != marks_now[name] and marks[name] != opened_with.get(name)
    ]
    clash = [name for name in changed if marks_now[name] != opened_with.get(name)]
    if clash:
        raise ChangedMeanwhile(clash, now)
    return {name: values[name] for name in changed}


def _same_as_seen(change, organisation, seen):
    now = profile_fields.read(organisation, change.after)
    if profile_fields.mark(now) != seen:
        raise ChangedMeanwhile(changed_since(change, now), now)


def _apply(change, organisation, recorder):
    """Write the change; what a representative wanted also says that the rest is right."""
    if change.for_network_id is None or change.agreed_by_id:
        day = timezone.localdate(change.proposed_at)
        organisation.confirmed_on = max(organisation.confirmed_on or day, day)
        confirmations.answered(organisation)
    # What it can be taken back to, also where the record moved on while it waited.
    change.before = profile_fields.read(organisation, change.after)
    with _holding():
        profile_fields.write(organisation, change.after, recorder)


@contextmanager
def _holding():
    """Turn what the record refuses into a sentence."""
    try:
        with transaction.atomic():
            yield
    except ValidationError as error:
        raise ProfileError(" ".join(error.messages)) from None
    except IntegrityError:
        raise ProfileError(_("Another organisation has one of the names on record.")) from None


def _decide(change, state, by, reason="") -> ProfileChange:
    change.state, change.reason = state, reason
    change.decided_by, change.decided_at = by, timezone.now()
    change.save()
    return change


def _tell(change):
    transaction.on_commit(partial(send_change_decided.enqueue, change.pk))
