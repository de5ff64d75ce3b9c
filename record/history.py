"""Who changed what and why: a row of history for every change of a record model."""

from contextlib import contextmanager

from django.db import models, transaction
from django.utils import timezone
from simple_history.models import HistoricalRecords

# What the database works out by itself is not history.
WORKED_OUT = ["search", "search_names", "sort_day"]


class _History(HistoricalRecords):
    """A history that leaves out what the database works out, as far as the model has it: bringing
    an earlier state back asks the model for exactly these columns.
    """

    def create_history_model(self, model, inherited):
        history = super().create_history_model(model, inherited)
        columns = {field.name for field in model._meta.fields}
        history._history_excluded_fields = [name for name in WORKED_OUT if name in columns]
        return history


class Recorded(models.Model):
    """A model whose every insert, change and deletion leaves a row in its history.

    Limits: `bulk_create`, `update()` and raw SQL leave none; actions do not use them on records.
    """

    history = _History(inherit=True, excluded_fields=WORKED_OUT)

    class Meta:
        abstract = True


@contextmanager
def recording(*, by=None, why: str = ""):
    """Open a transaction whose changes go into the history under this user, reason and moment.

    The moment is one for all of them: so what was done together can be found, and taken back, together.
    Use `save(instance)` on the object that is yielded: it sets both and saves.
    """
    with transaction.atomic():
        yield _Recorder(by, why)


class _Recorder:
    def __init__(self, by, why):
        self.by, self.why, self.moment = by, why, timezone.now()

    def save(self, instance: Recorded, **kwargs):
        """Save a record under the user and the reason; returns it."""
        with self._under(instance):
            instance.save(**kwargs)
        return instance

    def delete(self, instance: Recorded):
        with self._under(instance):
            instance.delete()

    def relist(self, instance: models.Model, name: str, *, add=(), remove=()):
        """Add to a many-to-many list of a record, and take from it."""
        with self._under(instance):
            getattr(instance, name).add(*add)
            getattr(instance, name).remove(*remove)

    @contextmanager
    def _under(self, instance):
        instance._history_user = self.by
        instance._change_reason = self.why
        instance._history_date = self.moment
        try:
            yield
        finally:
            # A later save of the same object is another moment.
            del instance._history_date
