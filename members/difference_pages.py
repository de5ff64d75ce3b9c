"""How a change of a profile is shown to those who decide about it: field by field, word by word."""

from dataclasses import dataclass

from members import profile_fields
from members.models import ProfileChange
from members.profile_actions import changed_since
from publishing.models import Picture
from record.differences import Line, difference


@dataclass(frozen=True)
class FieldChange:
    """One field: the words of both with their difference, and what somebody made of it since."""

    label: str
    lines: list[Line]
    was_empty: bool
    empties: bool
    meanwhile: list[str] | None = None
    picture_before: Picture | None = None
    picture_after: Picture | None = None


def differences(change: ProfileChange) -> list[FieldChange]:
    """Return what a change changes; against the record of today as long as it waits."""
    now = profile_fields.read(change.organisation, change.after)
    moved = changed_since(change, now)
    pictures = _pictures(change)
    return [
        _field(change, name, now if name in moved else None, pictures)
        for name in profile_fields.FIELDS
        if name in change.after
    ]


def _field(change, name, now, pictures) -> FieldChange:
    field = profile_fields.FIELDS[name]
    before, after = field.words(change.before[name]), field.words(change.after[name])
    is_logo = name == "logo"
    return FieldChange(
        label=str(field.label),
        lines=difference(before, after),
        was_empty=not before,
        empties=not after,
        meanwhile=None if now is None else field.words(now[name]),
        picture_before=pictures.get(change.before[name]) if is_logo else None,
        picture_after=pictures.get(change.after[name]) if is_logo else None,
    )


def _pictures(change) -> dict[int, Picture]:
    if "logo" not in change.after:
        return {}
    keys = [key for key in (change.before["logo"], change.after["logo"]) if key]
    return Picture.objects.in_bulk(keys)
