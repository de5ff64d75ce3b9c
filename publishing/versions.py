"""What was written, save by save: the versions of a publication and the text that stands.

Readers see the publication's row. Whoever writes sees the text that stands: the newest version that was
not refused. A save by hand writes both; an automatic save writes a version only, so that no half
sentence reaches a reader and no page of the site is thought to have changed because somebody types.
`revision` numbers what stands: a form that was opened with another number is stale.
"""

import datetime
from itertools import groupby

from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from publishing import rich_text
from publishing.models import Publication, Saving, Version

# Automatic saves of one writing session are thinned to its last one after this time.
THINNED_AFTER = datetime.timedelta(days=1)


class StaleEdit(Exception):  # noqa: N818 it says what happened, as DoesNotExist does
    """Somebody saved the text after this form was opened. Nothing was written.

    `current` is the publication with the text that stands, `saved` the version that came between
    (or None).
    """

    def __init__(self, current: Publication):
        super().__init__(f"{current} was saved by somebody else meanwhile.")
        self.current = taken_up(current)
        self.saved = standing(current)


def words_of(publication: Publication) -> dict:
    """Return what somebody wrote: every column of words of this kind, as it goes into a version."""
    return {
        field.name: _as_stored(field, field.value_from_object(publication))
        for field in publication._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and field.editable
        and not field.choices
        and not isinstance(field, models.SlugField)
    }


def standing(publication: Publication) -> Version | None:
    """Return the version that stands, with who saved it; None for a text without versions."""
    versions = publication.versions.exclude(how=Saving.REFUSED)
    return versions.select_related("saved_by").order_by("-number").first()


def revision(publication: Publication) -> int:
    """Return the number of what stands; 0 for what is not saved yet."""
    if publication.pk is None:
        return 0
    newest = publication.versions.exclude(how=Saving.REFUSED).aggregate(newest=Max("number"))
    return max(newest["newest"] or 0, publication.edit_number)


def kept_apart(publication: Publication) -> Version | None:
    """Return what was saved automatically and differs from the row, or None.

    Take the row as it is stored, not as a form has filled it.
    """
    if publication.pk is None:
        return None
    newest = standing(publication)
    if newest is None or newest.number <= publication.edit_number:
        return None
    written = words_of(publication)
    return newest if any(newest.content.get(name) != written[name] for name in written) else None


def taken_up(publication: Publication) -> Publication:
    """Put the words that stand into the object, unsaved; returns it."""
    if publication.pk is not None and (newest := standing(publication)):
        put(publication, newest)
    return publication


def put(publication: Publication, version: Version) -> None:
    """Put a version's words into the object; what the version does not know stays."""
    for name in words_of(publication):
        if name in version.content:
            setattr(publication, name, version.content[name])


def lock(publication: Publication, edit_number: int | None = None, session: str = "") -> None:
    """Wait for whoever is saving the same text; raise StaleEdit if it was saved since `edit_number`.

    What the same open editor (`session`) saved automatically meanwhile is no other's: its answer
    may have been lost on the way.
    """
    if publication.pk is None:
        return
    rows = Publication.objects.select_for_update().only("edit_number")
    stored = rows.get(pk=publication.pk)
    publication.edit_number = stored.edit_number
    if edit_number in {None, revision(stored)}:
        return
    newest = standing(stored)
    own = newest and session and newest.session == session and newest.how == Saving.AUTOMATIC
    if not own:
        raise StaleEdit(type(publication)._base_manager.get(pk=publication.pk))


def next_number(publication: Publication) -> int:
    """Return the number of the next version. Called under `lock`."""
    newest = publication.versions.aggregate(newest=Max("number"))["newest"]
    return max(newest or 0, publication.edit_number) + 1


def add(
    publication: Publication,
    *,
    by,
    how: Saving,
    number: int | None = None,
    session: str = "",
    more: dict | None = None,
) -> Version:
    """Keep the object's words as a version, with `more` that is no column. Called under `lock`."""
    return Version.objects.create(
        publication_id=publication.pk,
        number=number or next_number(publication),
        content=words_of(publication) | (more or {}),
        saved_by=by,
        how=how,
        session=session,
    )


@transaction.atomic
def keep(
    publication: Publication,
    *,
    by,
    edit_number: int,
    session: str = "",
    more: dict | None = None,
) -> Version:
    """Keep what is being written as a version, away from readers. Returns the version that stands.

    The object carries the words, `edit_number` is what its form was opened with, `more` is what was
    typed beside them. Raises StaleEdit.
    """
    lock(publication, edit_number, session)
    newest = standing(publication)
    if newest and newest.content == words_of(publication) | (more or {}):
        return newest
    return add(publication, by=by, how=Saving.AUTOMATIC, session=session, more=more)


@transaction.atomic
def keep_refused(publication: Publication, stale: StaleEdit, *, by, session: str = "") -> Version:
    """Keep a text that came too late, so that it can be read and restored. Returns its version.

    One open editor has one refused text: the newest.
    """
    current = stale.current
    lock(current)
    words = words_of(publication)
    if stale.saved and stale.saved.content == words:
        return stale.saved
    before = current.versions.filter(how=Saving.REFUSED, saved_by=by)
    same = before.filter(session=session).first() if session else None
    same = same or next((one for one in before[:1] if one.content == words), None)
    if same is None:
        same = Version(publication=current, number=next_number(current), how=Saving.REFUSED)
    same.content, same.saved_by, same.session = words, by, session
    same.saved_at = timezone.now()
    same.save()
    return same


def stand_again(version: Version) -> Version:
    """Put a version on top of what was saved after it. Called under `lock`."""
    publication = version.publication
    publication.refresh_from_db(fields=["edit_number"])
    version.pk, version.number = None, next_number(publication)
    version.save(force_insert=True)
    return version


@transaction.atomic
def discard(publication: Publication, *, by) -> None:
    """Let the row's words stand again, after automatic saves that no reader has seen."""
    lock(publication)
    publication.refresh_from_db()
    if kept_apart(publication):
        add(publication, by=by, how=Saving.HAND)


def by_sitting(versions) -> list[list[Version]]:
    """Return versions, newest first, with the automatic saves of one open editor put together."""
    return [
        list(same)
        for _key, same in groupby(
            versions,
            key=lambda one: one.session if one.how == Saving.AUTOMATIC else one.number,
        )
    ]


def thin(now: datetime.datetime | None = None) -> int:
    """Delete automatic saves of more than a day ago, but the last of each open editor. Returns how
    many went. Saves by hand and refused texts stay.
    """
    later = Version.objects.filter(
        publication=OuterRef("publication"),
        session=OuterRef("session"),
        how=Saving.AUTOMATIC,
        number__gt=OuterRef("number"),
    )
    old = Q(how=Saving.AUTOMATIC, saved_at__lt=(now or timezone.now()) - THINNED_AFTER)
    gone, _of_each = Version.objects.filter(old).filter(Exists(later)).delete()
    return gone


def _as_stored(field, value):
    """Return a value as saving it would leave it: rich text is cleaned on its way in."""
    return rich_text.clean(value or "") if isinstance(field, rich_text.RichTextField) else value
