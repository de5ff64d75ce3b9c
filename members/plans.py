"""The life of a membership, step by step: what each step leaves in the record, before it is done.

A step is what staff decided: admit, renew, continue in another category, end, correct, record a
lapse. `plan` works out its changes from an organisation and its memberships (newest first) alone: it
reads no table and writes nothing. So what a preview shows and what `members.actions` then does cannot
disagree. All arithmetic on dates is here and in `record.days`.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.directory import telling_membership
from members.models import Category, Membership, Organisation
from members.querysets import CONVERSION_DAYS
from record.days import PartialDate, in_words, today
from record.periods import Basis, EndBasis


class CannotBeDone(Exception):  # noqa: N818  it is an answer, not an error
    """A step does not fit an organisation; the message is a sentence for who asked for it."""


@dataclass(frozen=True)
class Change:
    """One membership as it stands and as it will. None where it is not there before, or after."""

    before: Membership | None
    after: Membership | None
    helped_by: tuple[Organisation, ...] = ()

    def values(self) -> tuple:
        """Return what makes two changes the same."""
        helpers = tuple(sorted(one.pk for one in self.helped_by))
        return (values_of(self.before), values_of(self.after), helpers)


@dataclass(frozen=True, kw_only=True)
class Term:
    """How long a membership lasts: so many months, until a day, or without an end."""

    months: int | None = None
    until: PartialDate | None = None

    def end(self, starts: PartialDate) -> tuple[PartialDate | None, str]:
        """Return the last day of a term that starts so, and how it is known."""
        if self.until:
            return self.until, EndBasis.STATED
        if self.months is None:
            return None, EndBasis.OPEN
        try:
            return starts.end_of_term(self.months), EndBasis.DERIVED
        except ValueError as error:
            raise CannotBeDone(str(error)) from None


NO_END, A_YEAR = Term(), Term(months=12)


@dataclass(frozen=True, kw_only=True)
class Admit:
    """An organisation becomes a member. Without a term: a year if sponsored, else without an end."""

    category: str
    starts: PartialDate
    term: Term | None = None
    sponsor: Organisation | None = None
    on_behalf_of: Organisation | None = None
    helped_by: tuple[Organisation, ...] = ()
    source: str = ""

    def plan(self, organisation: Organisation, memberships: Sequence[Membership]) -> list[Change]:
        sponsored = self.category == Category.SPONSORED
        row = Membership(
            organisation=organisation,
            category=self.category,
            sponsor=self.sponsor,
            on_behalf_of=self.on_behalf_of,
            source=self.source,
        )
        ends, basis = (self.term or (A_YEAR if sponsored else NO_END)).end(self.starts)
        _set_days(row, self.starts, ends, end_basis=basis)
        return checked([Change(None, row, self.helped_by)], organisation, memberships)


@dataclass(frozen=True, kw_only=True)
class Renew:
    """The last membership goes on in the same category, as a record of its own.

    It starts the day after the last one's last day, or at `starts`. Sponsor and principal stay,
    unless others are given.
    """

    starts: PartialDate | None = None
    term: Term = A_YEAR
    sponsor: Organisation | None = None
    on_behalf_of: Organisation | None = None

    def plan(self, organisation: Organisation, memberships: Sequence[Membership]) -> list[Change]:
        last = _last(memberships)
        if last.is_announced():
            raise CannotBeDone(_goes_on(last))
        if last.ends is None:
            raise CannotBeDone(_("It has no last day, so there is nothing to renew."))
        starts, basis = _start_after(last, self.starts)
        same = self.sponsor is None
        row = Membership(
            organisation=organisation,
            category=last.category,
            sponsor=last.sponsor if same else self.sponsor,
            on_behalf_of=self.on_behalf_of or (last.on_behalf_of if same else None),
        )
        ends, end_basis = self.term.end(starts)
        _set_days(row, starts, ends, start_basis=basis, end_basis=end_basis)
        return checked([*_continued(last), Change(None, row)], organisation, memberships)


@dataclass(frozen=True, kw_only=True)
class ContinueAs:
    """A sponsored membership goes on as a full or regional one: its conversion.

    Without `starts` the new one begins the day after the sponsored one's last day. At an earlier
    `starts` the sponsored one ends the day before: its last day and the new first day follow each
    other. A later one leaves a gap, of 92 days at the most.
    """

    category: str = Category.FULL
    starts: PartialDate | None = None
    term: Term = NO_END

    def plan(self, organisation: Organisation, memberships: Sequence[Membership]) -> list[Change]:
        last = _last(memberships)
        _refuse_unless_sponsored(last)
        if self.starts and self.starts.first_day <= last.ends_on:
            starts, basis = self.starts, Basis.STATED
            changes = [Change(last, self._cut(last))]
        else:
            starts, basis = _start_after(last, self.starts)
            changes = _continued(last)
        gap = (starts.first_day - last.during.upper).days
        if gap > CONVERSION_DAYS:
            raise CannotBeDone(
                _(
                    "It was sponsored until %(day)s. What starts more than %(days)s days later is "
                    "no conversion: admit it anew."
                )
                % {"day": last.ends, "days": CONVERSION_DAYS}
            )
        row = Membership(organisation=organisation, category=self.category)
        ends, end_basis = self.term.end(starts)
        _set_days(row, starts, ends, start_basis=basis, end_basis=end_basis)
        return checked([*changes, Change(None, row)], organisation, memberships)

    def _cut(self, last: Membership) -> Membership:
        if self.starts.first_day <= last.starts_on:
            raise CannotBeDone(
                _(
                    "The sponsored membership begins on %(day)s: it cannot be converted before the "
                    "day after. If it was never sponsored, correct it."
                )
                % {"day": in_words(last.starts_on)}
            )
        cut = changed(last, not_continued=False)
        _set_days(cut, last.starts, self.starts.preceding, start_basis=last.start_basis)
        return cut


@dataclass(frozen=True, kw_only=True)
class End:
    """A membership ends with a last day. What was announced to begin after it does not begin.

    The reason is public; a sponsored membership that is ended is marked as not continued.
    """

    last_day: PartialDate
    reason: str = ""

    def plan(self, organisation: Organisation, memberships: Sequence[Membership]) -> list[Change]:
        day = self.last_day.last_day
        later = [row for row in memberships if row.starts_on > day]
        begun = [row for row in later if not row.is_announced()]
        if begun:
            raise CannotBeDone(
                _("It went on after that day: %(membership)s. End that one, or correct it.")
                % {"membership": in_short(begun[-1])}
            )
        changes = [Change(row, None) for row in later]
        current = next((row for row in memberships if row.starts_on <= day), None)
        if current is not None and (current.ends is None or day <= current.ends_on):
            ended = changed(
                current,
                end_reason=self.reason or current.end_reason,
                not_continued=current.category == Category.SPONSORED,
            )
            _set_days(ended, current.starts, self.last_day, start_basis=current.start_basis)
            changes.append(Change(current, ended))
        elif not changes:
            raise CannotBeDone(_not_a_member_on(self.last_day, current))
        return checked(changes, organisation, memberships)


@dataclass(frozen=True, kw_only=True)
class Correct:
    """What the record says was a mistake. None leaves a thing as it is; `open_end` takes an end away.

    Meant are the memberships in `chosen` (keys), or, where none of an organisation's is, the one that
    says how things stand: in force, else the next, else the last. The history keeps what it was.
    """

    category: str | None = None
    starts: PartialDate | None = None
    start_basis: str | None = None
    ends: PartialDate | None = None
    end_basis: str | None = None
    open_end: bool = False
    sponsor: Organisation | None = None
    on_behalf_of: Organisation | None = None
    chosen: frozenset[int] = field(default_factory=frozenset)

    def plan(self, organisation: Organisation, memberships: Sequence[Membership]) -> list[Change]:
        telling = telling_membership(list(memberships), today())
        if telling is None:
            raise CannotBeDone(_never_a_member())
        meant = [row for row in memberships if row.pk in self.chosen] or [telling]
        changes = [Change(row, self._corrected(row)) for row in meant]
        return checked(changes, organisation, memberships)

    def _corrected(self, row: Membership) -> Membership:
        category = self.category or row.category
        sponsored = category == Category.SPONSORED
        corrected = changed(
            row,
            category=category,
            sponsor=(self.sponsor or row.sponsor) if sponsored else None,
            on_behalf_of=(self.on_behalf_of or row.on_behalf_of) if sponsored else None,
            not_continued=row.not_continued and sponsored,
        )
        ends = None if self.open_end else self.ends or row.ends
        typed = Basis.STATED if self.ends else row.end_basis
        _set_days(
            corrected,
            self.starts or row.starts,
            ends,
            start_basis=self.start_basis or (Basis.STATED if self.starts else row.start_basis),
            end_basis=self.end_basis or typed,
        )
        return corrected


@dataclass(frozen=True, kw_only=True)
class RecordLapse:
    """It is known that the last, sponsored membership was not, or will not be, continued."""

    reason: str = ""

    def plan(self, organisation: Organisation, memberships: Sequence[Membership]) -> list[Change]:
        last = _last(memberships)
        _refuse_unless_sponsored(last)
        if last.not_continued:
            raise CannotBeDone(_("That it is not continued is on record already."))
        lapsed = changed(last, not_continued=True, end_reason=self.reason or last.end_reason)
        return checked([Change(last, lapsed)], organisation, memberships)


# -- rows -----------------------------------------------------------------------------------------


def changed(row: Membership, **facts) -> Membership:
    """Return a copy of a membership of the record with other facts, to be saved over it."""
    columns = [column.attname for column in row._meta.concrete_fields]
    copy = Membership.from_db(row._state.db, columns, [getattr(row, column) for column in columns])
    copy._state.fields_cache = dict(row._state.fields_cache)
    for name, value in facts.items():
        setattr(copy, name, value)
    return copy


def values_of(row: Membership | None) -> tuple | None:
    """Return every column of a membership, to compare it with another one."""
    if row is None:
        return None
    return tuple(str(column.value_from_object(row)) for column in row._meta.concrete_fields)


def in_short(row: Membership) -> str:
    """Return 'Sponsored member, March 2022 to February 2023 (end derived)'."""
    return f"{row.category_in_words()}, {row.period_in_words()}"


def in_full(row: Membership) -> list[str]:
    """Return what a membership says, a sentence a thing: period, sponsor, outcome, reason."""
    sentences = [f"{in_short(row)}."]
    if row.sponsor and row.on_behalf_of:
        words = _("Sponsored by %(sponsor)s on behalf of %(principal)s.")
        sentences.append(words % {"sponsor": row.sponsor, "principal": row.on_behalf_of})
    elif row.sponsor:
        sentences.append(_("Sponsored by %(sponsor)s.") % {"sponsor": row.sponsor})
    if row.start_basis == Basis.DERIVED:
        sentences.append(_("The start is derived."))
    if row.not_continued:
        sentences.append(_("Not continued."))
    if row.end_reason:
        sentences.append(_("Why it ended: %(reason)s.") % {"reason": row.end_reason.rstrip(".")})
    return [capfirst(sentence) for sentence in sentences]


def _set_days(row: Membership, starts, ends, *, start_basis=Basis.STATED, end_basis=Basis.STATED):
    try:
        row.set_days(starts, ends, start_basis=start_basis, end_basis=end_basis)
    except ValidationError as error:
        raise CannotBeDone(" ".join(error.messages)) from None


def _last(memberships: Sequence[Membership]) -> Membership:
    if not memberships:
        raise CannotBeDone(_never_a_member())
    return memberships[0]


def _start_after(last: Membership, starts: PartialDate | None) -> tuple[PartialDate, str]:
    """Return the first day of what follows: the one given, or the day after the last day."""
    if starts:
        return starts, Basis.STATED
    if last.end_basis == EndBasis.NOT_ON_RECORD:
        raise CannotBeDone(
            _("The last day before is not on record, so nothing can follow it: give the first day.")
        )
    derived = last.end_basis == EndBasis.DERIVED
    return last.ends.following, Basis.DERIVED if derived else Basis.STATED


def _continued(last: Membership) -> list[Change]:
    """Take the mark 'not continued' off what is continued after all."""
    return [Change(last, changed(last, not_continued=False))] if last.not_continued else []


# -- what cannot be -------------------------------------------------------------------------------


def _never_a_member() -> str:
    return _("It has no membership on record: admit it.")


def _refuse_unless_sponsored(last: Membership):
    if last.category == Category.SPONSORED:
        return
    if last.is_announced():
        raise CannotBeDone(_goes_on(last))
    raise CannotBeDone(
        _("Its last membership is not a sponsored one: %(membership)s.")
        % {"membership": in_short(last)}
    )


def _goes_on(announced: Membership) -> str:
    return _("It is announced to continue already: %(membership)s.") % {
        "membership": in_short(announced)
    }


def _not_a_member_on(day: PartialDate, before: Membership | None) -> str:
    if before is None:
        return _("It was no member on %(day)s.") % {"day": day}
    return _(
        "It ended before that: %(membership)s. To let it go on, renew it; if the day is a mistake, "
        "correct it."
    ) % {"membership": in_short(before)}


def checked(
    changes: list[Change], organisation: Organisation, memberships: Sequence[Membership]
) -> list[Change]:
    """Return the changes. Raises CannotBeDone, with the sentence that the form or the database has
    for it, where the organisation's memberships could not stand so.
    """
    if all(values_of(change.before) == values_of(change.after) for change in changes):
        raise CannotBeDone(_("This is what the record says already: nothing would change."))
    touched = {change.before.pk for change in changes if change.before}
    stay = [row for row in memberships if row.pk not in touched]
    planned = [change.after for change in changes if change.after]
    for row in planned:
        _check_row(row, organisation)
        for other in [*stay, *(one for one in planned if one is not row)]:
            if _overlap(row, other):
                raise CannotBeDone(
                    _("It is a member already during part of that time: %(membership)s.")
                    % {"membership": in_short(other)}
                )
    return changes


def _check_row(row: Membership, organisation: Organisation):
    try:
        row.clean()
    except ValidationError as error:
        raise CannotBeDone(" ".join(error.messages)) from None
    sponsored = row.category == Category.SPONSORED
    broken = {
        "members_sponsored_has_sponsor": sponsored and row.sponsor is None,
        "members_sponsored_has_end": sponsored and row.ends is None,
        "members_sponsor_only_if_sponsored": not sponsored
        and bool(row.sponsor or row.on_behalf_of),
        "members_not_own_sponsor": row.sponsor is not None and row.sponsor == organisation,
    }
    for constraint in Membership._meta.constraints:
        if broken.get(constraint.name):
            raise CannotBeDone(str(constraint.violation_error_message))


def _overlap(one: Membership, other: Membership) -> bool:
    first, second = sorted((one.during, other.during), key=lambda days: days.lower)
    return (first.upper or datetime.date.max) > second.lower
