"""Rows into tables as fast as PostgreSQL takes them: COPY, with keys given out beforehand."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, models
from django.db.models import Max

BATCH = 5000  # rows of one COPY: what is held in memory at once


class Table:
    """A model's table. `write` fills what a row does not name with the model's defaults.

    No history, no `save()`: what a model works out when it is saved is for the caller to give.
    """

    def __init__(self, model: type[models.Model], step=None):
        self.model, self.step = model, step
        self.fields = [field for field in model._meta.local_concrete_fields if not field.generated]
        self.defaults = {
            field.attname: None if field.primary_key else field.get_default()
            for field in self.fields
        }
        self.first = (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1
        self.next = self.first
        self.written = 0

    def write(self, rows: Iterable[dict]) -> range:
        """Write rows of attname → value; returns their keys, in order. Raises as COPY does."""
        begun = self.next
        for batch in _batches(rows):
            self._copy(batch)
            self.written += len(batch)
            if self.step:
                self.step(len(batch))
        self._move_sequence()
        return range(begun, self.next)

    def _copy(self, rows: list[dict]) -> None:
        quote = connection.ops.quote_name
        columns = ", ".join(quote(field.column) for field in self.fields)
        with connection.cursor() as cursor:
            statement = f"COPY {quote(self.model._meta.db_table)} ({columns}) FROM STDIN"
            with cursor.cursor.copy(statement) as copy:
                for row in rows:
                    values = self.defaults | row
                    key = self.model._meta.pk.attname
                    if values[key] is None:
                        values[key] = self.next
                    self.next = values[key] + 1
                    copy.write_row(
                        [_written(field, values[field.attname]) for field in self.fields]
                    )

    def _move_sequence(self) -> None:
        """Let the next row that somebody adds follow on ours."""
        key = self.model._meta.pk
        if not isinstance(key, models.AutoField):
            return
        with connection.cursor() as cursor:
            for sql in connection.ops.sequence_reset_sql(no_style(), [self.model]):
                cursor.execute(sql)


def _written(field: models.Field, value):
    """Return a value as COPY takes it: dates, ranges and texts as they are, JSON marked as such."""
    if isinstance(field, models.JSONField):
        return field.get_db_prep_save(value, connection)
    return value


def _batches(rows: Iterable[dict]) -> Iterator[list[dict]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch
