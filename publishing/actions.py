"""The verbs of publishing, the same for posts, positions and overviews, desk and admin.

Each opens its transaction, counts the save, keeps what was written as a version and leaves a row of
history under who did it and why. Whether somebody may is asked by the caller (permissions.py).
"""

import datetime
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import versions
from publishing.models import Publication, Saving, State, Version
from publishing.versions import StaleEdit, words_of  # noqa: F401  part of the verbs' vocabulary
from record.days import PartialDate, today
from record.history import recording

# What a kind must do in the transaction in which one of its texts is published, scheduled (moment:
# from when it is visible) or taken back to a draft (moment: None). Registered by the kind's own app.
ON_PUBLISHING: dict[str, Callable[[Publication, datetime.datetime | None], None]] = {}


def save_draft(
    publication: Publication,
    *,
    by,
    edit_number: int | None = None,
    why: str = "",
    session: str = "",
    how: Saving = Saving.HAND,
) -> Publication:
    """Save what was written; state and visibility stay as they are. Returns the publication.

    `edit_number` is what the form was opened with; None for a caller that has no form. `session` is
    the open editor that it comes from. Raises StaleEdit where the text was saved since then.
    """
    with recording(by=by, why=why or _("Saved")) as recorder:
        versions.lock(publication, edit_number, session)
        _write(publication, recorder, by, how=how, session=session)
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
        apart = versions.kept_apart(publication)
        _print_day(publication, None)
        publication.state, publication.visible_from = State.DRAFT, None
        _tell_kind(publication, None)
        _write(publication, recorder, by)
        if apart:  # what was being written stands as before
            versions.stand_again(apart)
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
    publication: Publication,
    *,
    correction: str,
    by,
    edit_number: int | None = None,
    session: str = "",
) -> Publication:
    """Save a published text with a mark that says what was corrected, under today's day."""
    if not correction.strip():
        raise ValidationError({"correction": _("Say in a sentence what is corrected.")})
    problems = missing(publication)
    if problems:
        raise ValidationError(problems)
    with recording(by=by, why=correction) as recorder:
        versions.lock(publication, edit_number, session)
        publication.correction, publication.corrected_on = correction.strip(), today()
        _write(publication, recorder, by)
    return publication


def restore(publication: Publication, version: Version, *, by) -> Publication:
    """Save the words of an earlier version as a new one; nothing in between is lost."""
    versions.put(publication, version)
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


def _take(publication, edit_number=None):
    """Lock, and go on with what is stored: these verbs change the state, not the words."""
    versions.lock(publication, edit_number)
    publication.refresh_from_db()


def _write(publication, recorder, by, *, how=Saving.HAND, session=""):
    if publication.pk:
        publication.edit_number = versions.next_number(publication)
    else:
        publication.edit_number = 1
    recorder.save(publication)
    versions.add(publication, by=by, how=how, number=publication.edit_number, session=session)
