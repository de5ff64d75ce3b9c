"""Who changed what and why: a row of history for every change of a record model."""

from contextlib import contextmanager

from django.db import models, transaction
from simple_history.models import HistoricalRecords


class Recorded(models.Model):
    """A model whose every insert, change and deletion leaves a row in its history.

    Limits: `bulk_create`, `update()` and raw SQL leave none; actions do not use them on records.
    """

    # What the database works out by itself is not history.
    history = HistoricalRecords(
        inherit=True, excluded_fields=["search", "search_names", "sort_day"]
    )

    class Meta:
        abstract = True


@contextmanager
def recording(*, by=None, why: str = ""):
    """Open a transaction whose changes go into the history under this user and reason.

    Use `save(instance)` on the object that is yielded: it sets both and saves.
    """
    with transaction.atomic():
        yield _Recorder(by, why)


class _Recorder:
    def __init__(self, by, why):
        self.by, self.why = by, why

    def save(self, instance: Recorded, **kwargs):
        """Save a record under the user and the reason; returns it."""
        instance._history_user = self.by
        instance._change_reason = self.why
        instance.save(**kwargs)
        return instance

    def delete(self, instance: Recorded):
        instance._history_user = self.by
        instance._change_reason = self.why
        instance.delete()
