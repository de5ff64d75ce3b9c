"""Taking a spreadsheet over, or seeing what that would do: the same code, rolled back for the preview."""

import hashlib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from members.duplicates import possible_duplicates
from members.imports.known import Known
from members.imports.reading import Sheet
from members.imports.rows import (
    ASKED,
    CHANGED,
    LEFT_OUT,
    MADE,
    REFUSED,
    SAME,
    Outcome,
    Row,
    RowRefused,
)
from members.models import Organisation
from record.admin.refusals import explain
from record.history import recording
from record.names import normalise

NEW = "new"


class NotAsShown(Exception):  # noqa: N818  it says what happened
    """What would be done is not what was shown. Nothing was done; the message says so."""


@dataclass(frozen=True)
class Choices:
    """What staff decided about rows: who those are that may be on record, and which to leave out.

    `who` has, by the number of a row, 'new' or the key of an organisation; it counts for every row
    with that name.
    """

    who: Mapping[int, str]
    leave_out: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Result:
    """What a file comes to, row by row."""

    outcomes: list[Outcome]

    @property
    def numbers(self) -> Counter:
        return Counter(one.state for one in self.outcomes)

    @property
    def open_rows(self) -> list[Outcome]:
        """Those that keep the file from being taken over."""
        return [one for one in self.outcomes if one.state in (REFUSED, ASKED)]

    @property
    def possible(self) -> bool:
        return not self.open_rows and bool(self.numbers[MADE] + self.numbers[CHANGED])

    @property
    def mark(self) -> str:
        """Return what two results have in common that do the same."""
        does = repr([one.values() for one in self.outcomes])
        return hashlib.sha256(does.encode()).hexdigest()[:24]


def preview(sheet: Sheet, choices: Choices) -> Result:
    """Return what taking the rows over would do; nothing of it stays."""
    with transaction.atomic():
        with recording() as recorder:
            result = _Run(sheet, choices, recorder).result()
        transaction.set_rollback(True)
    return result


def take_over(sheet: Sheet, choices: Choices, *, by, why: str, agreed: str) -> Result:
    """Do what the preview with the mark `agreed` showed, all of it or nothing.

    Raises NotAsShown where the record changed since, or a row cannot be taken over.
    """
    with recording(by=by, why=why) as recorder:
        result = _Run(sheet, choices, recorder).result()
        if result.mark != agreed or not result.possible:
            raise NotAsShown(
                _("The record, or what you chose, changed since this was shown. Look at it again; "
                  "nothing was done.")
            )  # fmt: skip
    return result


class _Run:
    def __init__(self, sheet: Sheet, choices: Choices, recorder):
        self.sheet, self.choices, self.recorder = sheet, choices, recorder
        self.known = Known(cells for _number, cells in sheet.rows)
        self.who = {}
        for number, cells in sheet.rows:
            if (answer := choices.who.get(number)) and "name" in cells:
                self.who[normalise(cells["name"].text)] = answer

    def result(self) -> Result:
        return Result([self._outcome(number, cells) for number, cells in self.sheet.rows])

    def _outcome(self, number: int, cells: dict) -> Outcome:
        row = Row(number, cells, self.known)
        outcome = Outcome(number, row.name or (cells["name"].text if "name" in cells else ""))
        if number in self.choices.leave_out:
            outcome.state = LEFT_OUT
            return outcome
        problems = row.problems
        if not problems:
            try:
                self._take(row, outcome)
            except RowRefused as refused:
                problems = refused.problems
        if problems:
            outcome.state, outcome.problems = REFUSED, row.placed(problems)
        return outcome

    def _take(self, row: Row, outcome: Outcome):
        one = row.find()
        if one is None and (one := self._answered(row)) is None and row.name:
            outcome.likely = self._likely(row)
            if outcome.likely:
                outcome.state = ASKED
                return
        try:
            with transaction.atomic():
                self._write(row, one, outcome)
        except IntegrityError as error:
            self._forget(row, outcome)
            raise RowRefused([("name", explain(error))]) from None
        except RowRefused:
            self._forget(row, outcome)
            raise

    def _write(self, row: Row, one: Organisation | None, outcome: Outcome):
        outcome.state = SAME
        if one is None:
            outcome.state = MADE
            one, said = row.make(self.recorder)
            outcome.key = one.pk
        else:
            outcome.key, outcome.name = one.pk, one.name
            said = row.change(one, self.recorder)
        if row.has_membership:
            said += row.membership(one, self.recorder)
        outcome.sentences = said
        if said and outcome.state == SAME:
            outcome.state = CHANGED

    def _answered(self, row: Row) -> Organisation | None:
        answer = self.who.get(normalise(row.name), "")
        if not answer.isdecimal():
            return None
        key = int(answer)
        if key not in self.known.by_key:
            self.known.read_more(key)
        return self.known.by_key.get(key)

    def _likely(self, row: Row):
        if self.who.get(normalise(row.name)) == NEW:
            return []
        facts = row.facts
        return possible_duplicates(row.name, facts.get("website", ""), facts.get("country", ""))

    def _forget(self, row: Row, outcome: Outcome):
        self.known.read_again(row.key or outcome.key)
        outcome.sentences, outcome.key = [], None
