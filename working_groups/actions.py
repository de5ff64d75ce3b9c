"""The verbs of working groups that publishing's own do not cover."""

import datetime

from django.db import transaction
from django.utils import timezone

from publishing import actions as publishing
from publishing import versions
from publishing.models import Kind, Saving
from working_groups.models import Overview, WorkingGroup
from working_groups.year_record import assemble


def begin_overview(group: WorkingGroup, year: int, *, by) -> Overview:
    """Return an overview that is not saved yet: looking at the editor makes no row."""
    return Overview(group=group, year=year, kind=Kind.OVERVIEW, author=by)


@transaction.atomic
def save_overview(
    overview: Overview,
    *,
    by,
    edit_number: int,
    session: str = "",
    how: Saving = Saving.HAND,
) -> Overview:
    """Save a draft; the first save makes the row. Raises StaleEdit, also where two begin at once."""
    WorkingGroup.objects.select_for_update().get(pk=overview.group_id)
    if overview.pk is None:
        begun = Overview.objects.filter(group=overview.group_id, year=overview.year).first()
        if begun:
            raise publishing.StaleEdit(begun)
    return publishing.save_draft(overview, by=by, edit_number=edit_number, session=session, how=how)


def keep_overview(
    overview: Overview, *, by, edit_number: int, session: str, more: dict | None = None
) -> Overview:
    """Keep by itself what is being written. Begins the row; after that readers and row see nothing."""
    if overview.pk is None:
        return save_overview(
            overview, by=by, edit_number=edit_number, session=session, how=Saving.AUTOMATIC
        )
    versions.keep(overview, by=by, edit_number=edit_number, session=session, more=more)
    return overview


def freeze(overview: Overview, moment: datetime.datetime | None) -> None:
    """Keep the year's record as it stands when the overview is published or scheduled.

    Called by publishing in its transaction, whoever publishes; back to a draft it is live again.
    """
    if moment is None:
        overview.frozen = overview.frozen_at = None
    else:
        overview.frozen = assemble(overview.group, overview.year, overview.record_incomplete)
        overview.frozen_at = timezone.now()
