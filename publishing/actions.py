"""The verbs of publishing, the same for posts, positions and overviews, desk and admin.

Each opens its transaction, counts the save, keeps what was written as a version and leaves a row of
history under who did it and why. Whether somebody may is asked by the caller (permissions.py).
"""

import datetime
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.models import Publication, State, Version
from record.days import PartialDate, today
from record.history import recording

# What a kind must do in the transaction in which one of its texts is published, scheduled (moment:
# from when it is visible) or taken back to a draft (moment: None). Registered by the kind's own app.
ON_PUBLISHING: dict[str, Callable[[Publication, datetime.datetime | None], None]] = {}


class StaleEdit(Exception):  # noqa: N818 it says what happened, as DoesNotExist does
    """Somebody saved the text after this form was opened. Nothing was written.

    `current` is the publication as it stands, `saved` the version that came between (or None).
    """

    def __init__(self, current: Publication):
        super().__init__(f"{current} was saved by somebody else meanwhile.")
        self.current = current
        self.saved = current.versions.select_related("saved_by").first()


def save_draft(
    publication: Publication, *, by, edit_number: int | None = None, why: str = ""
) -> Publication:
    """Save what was written; state and visibility stay as they are. Returns the publication.

    `edit_number` is what the form was opened with; None for a caller that has no form. Raises
    StaleEdit where the text was saved since then.
    """
    with recording(by=by, why=why or _("Saved")) as recorder:
        _lock(publication, edit_number)
        _write(publication, recorder, by)
    return publication


def publish(
    publication: Publication, *, by, edit_number: int | None = None, why: str = ""
) -> Publication:
    """Publish now what is saved. Raises ValidationError, by field, where something is missing."""
    return _publish(publication, timezone.now(), by, edit_number, why or _("Published"))


def schedule(
    publication: Publication,
    *,
    at: datetime.datetime,
    by,
    edit_number: int | None = None,
    why: str = "",
) -> Publication:
    """Publish what is saved at an instant that lies ahead, also if it was scheduled before.

    No job runs then: what is out is worked out when read.
    """
    if at <= timezone.now():
        raise ValidationError({"at": _("This time is past. Choose a later one, or publish now.")})
    return _publish(publication, at, by, edit_number, why or _("Scheduled"))


def unschedule(publication: Publication, *, by, why: str = "") -> Publication:
    """Take a scheduled text back to a draft."""
    publication = publication.specific
    with recording(by=by, why=why or _("Schedule withdrawn")) as recorder:
        _take(publication)
        if not publication.is_scheduled():
            raise ValidationError(_("It is not scheduled."))
        _print_day(publication, None)
        publication.state, publication.visible_from = State.DRAFT, None
        _tell_kind(publication, None)
        _write(publication, recorder, by)
    return publication


def withdraw(publication: Publication, *, reason: str, by) -> Publication:
    """Take a published text away from its readers; the reason is kept with it."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is withdrawn.")})
    publication = publication.specific
    with recording(by=by, why=reason) as recorder:
        _take(publication)
        if not publication.is_out():
            raise ValidationError(_("Only what is published can be withdrawn."))
        publication.state, publication.withdrawn_reason = State.WITHDRAWN, reason.strip()
        _write(publication, recorder, by)
    return publication


def correct(
    publication: Publication, *, correction: str, by, edit_number: int | None = None
) -> Publication:
    """Save a published text with a mark that says what was corrected, under today's day."""
    if not correction.strip():
        raise ValidationError({"correction": _("Say in a sentence what is corrected.")})
    problems = missing(publication)
    if problems:
        raise ValidationError(problems)
    with recording(by=by, why=correction) as recorder:
        _lock(publication, edit_number)
        publication.correction, publication.corrected_on = correction.strip(), today()
        _write(publication, recorder, by)
    return publication


def restore(publication: Publication, version: Version, *, by) -> Publication:
    """Save the words of an earlier version as a new one; nothing in between is lost."""
    for name, value in version.content.items():
        if name in words_of(publication):
            setattr(publication, name, value)
    why = _("Version %(number)s restored") % {"number": version.number}
    return save_draft(publication, by=by, why=why)


def missing(publication: Publication) -> dict[str, str]:
    """Return what must be written before it can be published: field → sentence."""
    problems = {}
    if not publication.title.strip():
        problems["title"] = _("Give it a title before it is published.")
    if not publication.lead_now.strip() and not getattr(publication, "key_points", "").strip():
        problems["lead"] = _("Write the lead before it is published.")
    return problems


def words_of(publication: Publication) -> dict:
    """Return what somebody wrote: every column of words of this kind, as it goes into a version."""
    return {
        field.name: field.value_from_object(publication)
        for field in publication._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and field.editable
        and not field.choices
        and not isinstance(field, models.SlugField)
    }


def _publish(publication, moment, by, edit_number, why):
    publication = publication.specific
    with recording(by=by, why=why) as recorder:
        _take(publication, edit_number)
        if publication.is_out():
            raise ValidationError(_("It is published already."))
        problems = missing(publication)
        if problems:
            raise ValidationError(problems)
        _print_day(publication, moment)
        publication.state, publication.visible_from = State.PUBLISHED, moment
        publication.withdrawn_reason = ""
        _tell_kind(publication, moment)
        _write(publication, recorder, by)
    return publication


def _tell_kind(publication, moment):
    if told := ON_PUBLISHING.get(publication.kind):
        told(publication, moment)


def _print_day(publication, moment):
    """Print the day it is visible from, unless another day, or none, was printed on purpose."""
    if publication.undated or publication.printed_not_after:
        return
    before = publication.visible_from
    follows = before and publication.printed == PartialDate(timezone.localdate(before))
    if publication.printed is None or follows:
        publication.printed = PartialDate(timezone.localdate(moment)) if moment else None


def _lock(publication, edit_number=None):
    """Wait for whoever is saving the same text; refuse if it was saved since the form was opened."""
    if publication.pk is None:
        return
    stored = (
        Publication.objects.select_for_update()
        .values_list("edit_number", flat=True)
        .get(pk=publication.pk)
    )
    if edit_number is not None and stored != edit_number:
        raise StaleEdit(type(publication)._base_manager.get(pk=publication.pk))
    publication.edit_number = stored


def _take(publication, edit_number=None):
    """Lock, and go on with what is stored: these verbs change the state, not the words."""
    _lock(publication, edit_number)
    publication.refresh_from_db()


def _write(publication, recorder, by):
    publication.edit_number += 1
    recorder.save(publication)
    Version.objects.create(
        publication_id=publication.pk,
        number=publication.edit_number,
        content=words_of(publication),
        saved_by=by,
    )
