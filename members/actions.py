"""The verbs of membership: what staff do to the record, for one organisation or for many at once.

Each opens its transaction, locks the organisations, works its plan out anew (members/plans.py) and
writes exactly that, under who did it and why. All or nothing. `agreed` is the mark of the preview
that somebody saw: where the record, or what was asked for, differs from it, nothing is written.
"""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from django.utils.translation import gettext as _

from members.models import Category, Membership, Organisation
from members.plans import (
    Admit,
    CannotBeDone,
    Change,
    ContinueAs,
    Correct,
    End,
    RecordLapse,
    Renew,
    checked,
    values_of,
)
from record.history import recording


class Step(Protocol):
    def plan(self, organisation: Organisation, memberships: list[Membership]) -> list[Change]:
        """Return what the step changes. Raises CannotBeDone, with a sentence."""


class RecordChanged(Exception):  # noqa: N818  it says what happened, as DoesNotExist does
    """The record changed after the preview was shown. Nothing was written; the message says so."""


@dataclass(frozen=True)
class Planned:
    """What a step would do with one organisation, or the sentence why it cannot."""

    organisation: Organisation
    standing: tuple[Membership, ...]
    changes: tuple[Change, ...] = ()
    refusal: str = ""


@dataclass(frozen=True)
class Preview:
    """What a step would do, organisation by organisation, in order of name."""

    rows: tuple[Planned, ...]
    moment: datetime.datetime | None = None  # when it was done, as the history has it

    @property
    def possible(self) -> bool:
        return bool(self.rows) and not self.refused

    @property
    def refused(self) -> list[Planned]:
        return [row for row in self.rows if row.refusal]

    @property
    def mark(self) -> str:
        """Return what two previews have in common that stand on the same record and do the same."""
        stands = [[values_of(row) for row in one.standing] for one in self.rows]
        does = [[change.values() for change in one.changes] + [one.refusal] for one in self.rows]
        return f"{digest(stands)}.{digest(does)}"

    def stands_as(self, mark: str) -> bool:
        """Whether the record is still the one on which a preview with this mark stood."""
        return self.mark.partition(".")[0] == mark.partition(".")[0]


def preview(step: Step, organisations: Iterable[Organisation]) -> Preview:
    """Return what a step would do; nothing is written. Three queries at most, whatever the number."""
    return _preview(step, [one.pk for one in organisations], lock=False)


def take(
    step: Step, organisations: Iterable[Organisation], *, by, why: str = "", agreed: str = ""
) -> Preview:
    """Do what the preview of a step says, for all organisations or for none; returns it.

    Raises RecordChanged where `agreed` is not the mark of what would be done now, and CannotBeDone
    where the step does not fit one of the organisations.
    """
    with recording(by=by, why=why) as recorder:
        planned = _preview(step, [one.pk for one in organisations], lock=True)
        if agreed and agreed != planned.mark:
            raise RecordChanged(_what_happened(planned, agreed))
        for row in planned.refused:
            raise CannotBeDone(f"{row.organisation}: {row.refusal}")
        write_changes([change for row in planned.rows for change in row.changes], recorder)
    return replace(planned, moment=recorder.moment)


# -- the verbs, by their names --------------------------------------------------------------------


def admit(organisations, *, by, why="", agreed="", **facts) -> Preview:
    """Make organisations members. `facts` are those of `plans.Admit`; raises as `take` does."""
    return take(Admit(**facts), organisations, by=by, why=why, agreed=agreed)


def renew(organisations, *, by, why="", agreed="", **facts) -> Preview:
    """Let memberships go on in their category, each as a new record (`plans.Renew`)."""
    return take(Renew(**facts), organisations, by=by, why=why, agreed=agreed)


def continue_as(category: str, organisations, *, by, why="", agreed="", **facts) -> Preview:
    """Let sponsored memberships go on as full or regional ones (`plans.ContinueAs`)."""
    step = ContinueAs(category=category, **facts)
    return take(step, organisations, by=by, why=why, agreed=agreed)


def convert_to_full(organisations, *, by, why="", agreed="", **facts) -> Preview:
    """Let sponsored memberships go on as full ones: at their end, or at `starts`."""
    return continue_as(Category.FULL, organisations, by=by, why=why, agreed=agreed, **facts)


def end_membership(organisations, *, by, why="", agreed="", **facts) -> Preview:
    """End memberships with a last day and a reason (`plans.End`)."""
    return take(End(**facts), organisations, by=by, why=why, agreed=agreed)


def correct(organisations, *, by, why, agreed="", **facts) -> Preview:
    """Put right what the record says by mistake (`plans.Correct`); it takes a reason."""
    return take(Correct(**facts), organisations, by=by, why=why, agreed=agreed)


def record_lapse(organisations, *, by, why="", agreed="", **facts) -> Preview:
    """Record that sponsored memberships are not continued (`plans.RecordLapse`)."""
    return take(RecordLapse(**facts), organisations, by=by, why=why, agreed=agreed)


# -- taking back ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class TakeBack:
    """Take back what was done to memberships at one moment of their history.

    Only where nothing followed: the memberships of the organisation must stand as that moment left
    them. Its plan reads the history, two queries an organisation.
    """

    moment: datetime.datetime

    def plan(self, organisation: Organisation, memberships: list[Membership]) -> list[Change]:
        history = Membership.history.filter(organisation_id=organisation.pk)
        done = list(history.filter(history_date=self.moment).order_by("history_id"))
        if not done:
            raise CannotBeDone(_("Nothing was done to it at that moment."))
        newer = history.filter(history_date__gt=self.moment).select_related("history_user").first()
        if newer is not None:
            raise CannotBeDone(_("Something followed: %(what)s") % {"what": _told(newer)})
        standing = {row.pk: row for row in memberships}
        first_of_each = {row.id: row for row in reversed(done)}
        changes = [_back(standing.get(pk), row) for pk, row in first_of_each.items()]
        return checked(changes, organisation, memberships)


def take_back(moment: datetime.datetime, *, by, why: str = "", agreed: str = "") -> Preview:
    """Take back a step: everything that was done to memberships at that moment, or nothing.

    Raises as `take` does; CannotBeDone also where nothing was done then.
    """
    step = TakeBack(moment)
    return take(step, touched_at(moment), by=by, why=why or _("Taken back"), agreed=agreed)


def touched_at(moment: datetime.datetime):
    """Return the organisations whose memberships were changed at a moment."""
    rows = Membership.history.filter(history_date=moment)
    return Organisation.objects.filter(pk__in=rows.values("organisation_id"))


def _back(stands: Membership | None, done) -> Change:
    """Return the change that leads from what stands to what stood before a row of history."""
    if done.history_type == "+":
        return Change(stands, None)
    before = done.prev_record
    if before is None:
        raise CannotBeDone(_("What stood before is not in the history."))
    after = before.instance
    if after.organisation_id != done.organisation_id:
        raise CannotBeDone(_("It came with an organisation that was merged: that is for good."))
    after._state.adding = stands is None
    if stands is not None:
        return Change(stands, after)
    return Change(None, after, tuple(one.organisation for one in before.helped_by.all()))


# -- how it is done -------------------------------------------------------------------------------


def _preview(step: Step, keys: list[int], *, lock: bool) -> Preview:
    rows = Organisation.objects.filter(pk__in=keys).defer("description", "search", "search_names")
    if lock:
        # In order of their keys, so that two steps wait for each other in one order.
        list(
            Organisation.objects.select_for_update().filter(pk__in=keys).order_by("pk").values("pk")
        )
    return Preview(tuple(_planned(step, one) for one in rows.with_memberships().by_name()))


def _planned(step: Step, organisation: Organisation) -> Planned:
    memberships = list(organisation.memberships.all())
    for row in memberships:
        row.organisation = organisation
    try:
        changes = step.plan(organisation, memberships)
    except CannotBeDone as refusal:
        return Planned(organisation, tuple(memberships), refusal=str(refusal))
    return Planned(organisation, tuple(memberships), tuple(changes))


def write_changes(changes: Iterable[Change], recorder) -> None:
    """Write planned changes of memberships within a `recording`."""
    for change in sorted(changes, key=_order):
        _write(change, recorder)


def _order(change: Change) -> int:
    """Take away first, then change, then add: no two memberships overlap in between."""
    if change.after is None:
        return 0
    return 1 if change.before is not None else 2


def _write(change: Change, recorder):
    if change.after is None:
        recorder.delete(change.before)
        return
    recorder.save(change.after)
    if change.helped_by:
        change.after.helped_by.set(change.helped_by)


def _what_happened(now: Preview, agreed: str) -> str:
    """Return the sentence for somebody whose preview no longer holds."""
    if now.stands_as(agreed):
        return _("This is not what the preview showed. Look at it again; nothing was done.")
    keys = [row.organisation.pk for row in now.rows]
    history = Membership.history.filter(organisation_id__in=keys)
    newest = history.select_related("history_user", "organisation").first()
    return _("Somebody was quicker: %(what)s Nothing of yours was done.") % {"what": _told(newest)}


def _told(row) -> str:
    """Return 'Mara Manager changed a membership of Cluj IT: Converted to full.'"""
    sentences = {
        "+": _("%(who)s added a membership of %(organisation)s"),
        "~": _("%(who)s changed a membership of %(organisation)s"),
        "-": _("%(who)s took back a membership of %(organisation)s"),
    }
    who = row.history_user or _("The portal itself")
    sentence = sentences[row.history_type] % {"who": who, "organisation": row.organisation}
    why = (row.history_change_reason or "").strip().rstrip(".")
    return f"{sentence}: {why}." if why else f"{sentence}."


def digest(things) -> str:
    """Return a mark that differs where things differ."""
    return hashlib.sha256(repr(things).encode()).hexdigest()[:24]
