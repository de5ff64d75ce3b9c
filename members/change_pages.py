"""The page of what changed between two days, and the entries of its feed, in words."""

import datetime
from dataclasses import dataclass, field
from itertools import groupby

from django.db.models import Min
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.changes import (
    ANNOUNCED,
    CATEGORY,
    COORDINATOR,
    JOINED,
    LEFT,
    NAME,
    PASSING,
    Between,
)
from members.models import Category, Membership, Network, Organisation
from publishing.lists import as_typed, page_of
from record.days import PartialDate, add_months, in_words, today
from record.fetching import for_page
from record.periods import Basis, EndBasis

PAGE_SIZE = 48
FROM, TO = "from", "to"


@dataclass
class AskedDay:
    """One of the two days as it was typed: its words in the field, how it was read, what is wrong."""

    name: str
    typed: str = ""
    date: PartialDate | None = None
    error: str = ""

    @property
    def given(self) -> datetime.date | None:
        """Return the day: a month or a year begins with its first and ends with its last one."""
        if self.date is None:
            return None
        return self.date.first_day if self.name == FROM else self.date.last_day


@dataclass
class Asked:
    """The two days that are asked for. Without them: the last twelve months."""

    start: AskedDay
    end: AskedDay
    between: Between
    notes: list[str] = field(default_factory=list)

    @property
    def kept(self) -> dict[str, str]:
        """Return what stays in every address of the page: days that were asked for."""
        days = ((FROM, self.start, self.between.first), (TO, self.end, self.between.last))
        return {name: day.isoformat() for name, asked, day in days if asked.date}

    def value(self, which: str) -> str:
        """Return what stands in a field: what cannot be read, else the day that counts."""
        asked, day = {
            FROM: (self.start, self.between.first),
            TO: (self.end, self.between.last),
        }[which]
        return asked.typed if asked.error else in_words(day).replace("\u00a0", " ")

    @property
    def start_value(self) -> str:
        return self.value(FROM)

    @property
    def end_value(self) -> str:
        return self.value(TO)


def asked_of(query: QueryDict) -> Asked:
    """Read `from` and `to` as people type them; the later one is the second, whichever it was."""
    start, end = (_read(name, query.get(name, "")) for name in (FROM, TO))
    notes = []
    last = end.given or max(today(), start.given or today())
    first = start.given or add_months(last, -12)
    if first > last:
        notes.append(_("The first day lay after the last: they were changed over."))
        start.date, end.date = PartialDate(last), PartialDate(first)
        first, last = last, first
    return Asked(start, end, Between(first, last), notes)


def _read(name: str, text: str) -> AskedDay:
    text = as_typed(text.replace("\0", "").strip())
    if not text:
        return AskedDay(name)
    try:
        return AskedDay(name, text, PartialDate.parse(text))
    except ValueError as error:
        return AskedDay(name, text, error=str(error))


@dataclass(frozen=True)
class Entry:
    """One change as a row of a list. `day` is the day on which it took effect, for sorting."""

    kind: str
    day: datetime.date
    shown: str
    title: str
    url: str
    text: str
    key: str
    membership: int | None = None


def changes_page(query: QueryDict) -> dict:
    """Return all that the page of changes shows for the parameters of an address."""
    asked = asked_of(query)
    between = asked.between
    page, note = page_of(between.changes(), query.get("page"), PAGE_SIZE)
    numbers = between.numbers()
    parameters = QueryDict(mutable=True)
    parameters.update(asked.kept)
    return {
        "asked": asked,
        "notes": [*asked.notes, *([note] if note else [])],
        "title": _("What changed from %(first)s to %(last)s")
        % {"first": in_words(between.first), "last": in_words(between.last)},
        "lead": _lead(numbers, between),
        "passing": _passing(numbers[PASSING]),
        "page": page,
        "years": [
            (year, list(entries))
            for year, entries in groupby(entries_of(page), key=lambda entry: entry.day.year)
        ],
        "total": page.paginator.count,
        "parameters": parameters,
        "feed": _with(reverse("members:changes_feed"), asked.kept),
        "first_url": _on(between.first),
        "last_url": _on(between.last),
        "of_years": _of_years(),
        "crumbs": [(_("Members"), reverse("members:list")), (_("What changed"), None)],
    }


def _with(path: str, parameters: dict) -> str:
    return f"{path}?{urlencode(parameters)}" if parameters else path


def _on(day: datetime.date) -> str:
    path = reverse("members:list")
    return path if day == today() else _with(path, {"on": day.isoformat()})


def _of_years() -> list[tuple[int, str]]:
    """Return each year of the record with the address of what changed in it, newest first."""
    earliest = Membership.objects.aggregate(first=Min("during__startswith"))["first"]
    years = range(today().year, earliest.year - 1 if earliest else today().year, -1)
    return [(year, _with("", {FROM: f"{year - 1}-12-31", TO: f"{year}-12-31"})) for year in years]


def _lead(numbers: dict[str, int], between: Between) -> str:
    """Return '24 members on 25 November 2025, 31 on 25 November 2026: 7 joined, nobody left.'"""
    members = ngettext("%(number)s member", "%(number)s members", numbers["members_first"])
    words = {
        "members": members % {"number": numbers["members_first"]},
        "first": in_words(between.first),
        "number": numbers["members_last"],
        "last": in_words(between.last),
    }
    counted = [
        _counted(
            numbers[JOINED], ngettext("%(number)s joined", "%(number)s joined", numbers[JOINED])
        ),
        _counted(numbers[LEFT], ngettext("%(number)s left", "%(number)s left", numbers[LEFT])),
        _counted(
            numbers[CATEGORY],
            ngettext(
                "%(number)s changed category", "%(number)s changed category", numbers[CATEGORY]
            ),
        ),
    ]
    sentence = _("%(members)s on %(first)s, %(number)s on %(last)s") % words
    parts = ", ".join(part for part in counted if part)
    return f"{sentence}: {parts}." if parts else f"{sentence}."


def _counted(number: int, words: str) -> str:
    return words % {"number": number} if number else ""


def _passing(number: int) -> str:
    if not number:
        return ""
    words = ngettext(
        "%(number)s organisation was a member in between only, and so is in neither network.",
        "%(number)s organisations were members in between only, and so are in neither network.",
        number,
    )
    return words % {"number": number}


# Rows in words


def entries_of(rows) -> list[Entry]:
    """Return rows of `Between.changes` in words; three queries, whatever their number."""
    rows = [dict(zip(COLUMN_NAMES, row, strict=True)) for row in rows]
    named = Organisation.objects.only("name", "slug", "has_membership")
    organisations = for_page(named).in_bulk(_keys(rows, "organisation", "other"))
    memberships = for_page(Membership.objects.all()).in_bulk(_keys(rows, "membership"))
    networks = for_page(Network.objects.only("name", "slug")).in_bulk(_keys(rows, "network"))
    return [
        _entry(
            row,
            organisations.get(row["organisation"]),
            organisations.get(row["other"]),
            memberships.get(row["membership"]),
            networks.get(row["network"]),
        )
        for row in rows
    ]


COLUMN_NAMES = (
    "kind", "day", "organisation", "membership", "network", "other", "before", "after", "sorted_by",
)  # fmt: skip


def _keys(rows: list[dict], *columns: str) -> set[int]:
    return {row[column] for row in rows for column in columns if row[column]}


def _entry(row, organisation, other, membership, network) -> Entry:
    kind, day = row["kind"], row["day"]
    about = network or organisation
    shown, text = {
        JOINED: lambda: _joined(row, membership),
        LEFT: lambda: _left(row, membership),
        CATEGORY: lambda: _category(row, membership),
        ANNOUNCED: lambda: _announced(membership),
        COORDINATOR: lambda: (in_words(day), _coordinator(organisation, other)),
        NAME: lambda: (
            in_words(day),
            _("Name changed; before: %(name)s") % {"name": row["before"]},
        ),
    }[kind]()
    return Entry(
        kind=kind,
        day=day,
        shown=shown,
        title=about.name,
        url=about.get_absolute_url(),
        text=text,
        key=f"{kind}/{row['membership'] or f'{row["network"]}.{row["organisation"]}'}/{day}",
        membership=row["membership"],
    )


def _as(category: str) -> str:
    """Return a category as it stands within a sentence: 'full member'."""
    return {
        Category.FULL: _("full member"),
        Category.SPONSORED: _("sponsored member"),
        Category.REGIONAL: _("regional member"),
        Category.NOT_ON_RECORD: _("member, category not on record"),
    }[Category(category)]


def _joined(row: dict, membership: Membership) -> tuple[str, str]:
    words = {"category": _as(row["before"])}
    if membership.start_basis == Basis.NOT_ON_RECORD:
        text = _("On record from then on: %(category)s; the first day is not on record") % words
    elif membership.is_announced():
        text = _("Will join: %(category)s") % words
    else:
        text = _("Joined: %(category)s") % words
    if row["after"] != row["before"]:
        text += "; " + _("later %(category)s") % {"category": _as(row["after"])}
    return str(membership.starts), text


def _left(row: dict, membership: Membership) -> tuple[str, str]:
    words = {"category": _as(row["before"])}
    if membership.end_basis == EndBasis.NOT_ON_RECORD:
        text = _("Last on record: %(category)s; the last day is not on record")
    else:
        text = _("Last day: %(category)s")
    return str(membership.ends), text % words


def _category(row: dict, membership: Membership) -> tuple[str, str]:
    words = {"after": _as(row["after"]), "before": _as(row["before"])}
    return str(membership.starts), capfirst(_("%(after)s; before: %(before)s") % words)


def _announced(membership: Membership) -> tuple[str, str]:
    words = {"category": _as(membership.category)}
    return str(membership.starts), _("Announced: %(category)s") % words


def _coordinator(now: Organisation | None, before: Organisation | None) -> str:
    if now is None:
        return _("Nobody coordinates it; before: %(before)s") % {"before": before.name}
    if before is None:
        return _("Coordinated by %(now)s") % {"now": now.name}
    return _("Coordinated by %(now)s; before: %(before)s") % {
        "now": now.name,
        "before": before.name,
    }
