"""Taking back what was entered on a group's desk, as one thing: all that was saved at one moment."""

import datetime
from dataclasses import dataclass

from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from members.models import Organisation, Person
from record.history import recording
from working_groups.models import (
    Activity,
    Document,
    Expert,
    GuestAppearance,
    Initiative,
    Participation,
    WorkingGroup,
)

# The reason in the history of all that is entered on the desk of a group, in no language.
ON_THE_DESK = "Entered on the desk of the group"
TAKEN_BACK = "Taken back on the desk of the group"


class CannotBeTakenBack(Exception):  # noqa: N818  it says what happened, as DoesNotExist does
    """Something was changed since, or other records rest on it. The message says so."""


def kept_models() -> list[type[models.Model]]:
    """Return what the desk writes, in the order in which one may rest on another."""
    contribution = WorkingGroup._meta.get_field("contributions").related_model
    return [
        Organisation, Person, Activity, Initiative, Participation, Expert, GuestAppearance,
        contribution, Document,
    ]  # fmt: skip


@dataclass(frozen=True)
class Change:
    """A row of the history, of what and where in the order of what rests on what."""

    model: type[models.Model]
    rank: int
    row: models.Model


def changes_at(moment: datetime.datetime, *, by) -> list[Change]:
    """Return what this account entered at a moment on the desk, what rests on nothing else first."""
    found = []
    for rank, model in enumerate(kept_models()):
        rows = model.history.filter(
            history_date=moment, history_user=by, history_change_reason=ON_THE_DESK
        )
        found += [Change(model, rank, row) for row in rows.order_by("history_id")]
    return found


def take_back(moment: datetime.datetime, group: WorkingGroup, *, by) -> int:
    """Put the record back as it was before a moment at which this account entered something for
    the group; returns how many rows.

    Raises CannotBeTakenBack, and then nothing is done. An organisation or a person that was new then
    stays where somebody else needs it by now.
    """
    changes = changes_at(moment, by=by)
    if not any(_group_of(change.row) == group.pk for change in changes):
        raise CannotBeTakenBack(_("There is nothing of yours to take back."))
    if any(_group_of(change.row) not in {None, group.pk} for change in changes):
        raise CannotBeTakenBack(_("That belongs to another group."))
    with recording(by=by, why=TAKEN_BACK) as recorder:
        for change in sorted(changes, key=lambda one: -one.rank):
            _undo(change, recorder)
    return len(changes)


def entered_on_desk(row) -> bool:
    """Whether a row came into the record by the desk: then the desk may take it out again."""
    first = (
        row.history.order_by("history_id").values_list("history_change_reason", flat=True).first()
    )
    return first == ON_THE_DESK


def _undo(change: Change, recorder):
    key = getattr(change.row, change.model._meta.pk.attname)
    newest = change.model.history.filter(**{change.model._meta.pk.attname: key})
    if (
        newest.order_by("-history_id").values_list("history_id", flat=True).first()
        != change.row.history_id
    ):
        raise CannotBeTakenBack(
            _("'%(what)s' was changed since. Open it and change it there.")
            % {"what": change.row.instance}
        )
    if change.row.history_type == "+":
        _remove(change, key, recorder)
        return
    before = change.row if change.row.history_type == "-" else change.row.prev_record
    row = change.model.objects.filter(pk=key).first() or change.model(pk=key)
    for field in before.tracked_fields:
        setattr(row, field.attname, getattr(before, field.attname))
    recorder.save(row)


def _remove(change: Change, key: int, recorder):
    row = change.model.objects.get(pk=key)
    try:
        with transaction.atomic():
            recorder.delete(row)
    except (ProtectedError, IntegrityError):
        if change.model not in {Organisation, Person}:
            sentence = _("Other records rest on '%(what)s' by now. Take those back first.")
            raise CannotBeTakenBack(sentence % {"what": row}) from None


def _group_of(row) -> int | None:
    """Return the key of the group that a row of the history belongs to."""
    if getattr(row, "group_id", None):
        return row.group_id
    if getattr(row, "activity_id", None):
        return Activity.objects.filter(pk=row.activity_id).values_list("group", flat=True).first()
    if getattr(row, "participation_id", None):
        found = Participation.history.filter(id=row.participation_id)
        return found.values_list("group_id", flat=True).first()
    return None
