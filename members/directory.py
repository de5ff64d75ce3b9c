"""The directory: who the network is, or was on a day, as a list, as cards, as a table or on a map."""

import datetime
from bisect import bisect
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.asof import Asked, day_asked
from members.filters import DirectoryFilterSet
from members.index import Index, index
from members.models import Membership, Organisation
from members.places import places_of
from members.querysets import ANNOUNCED, FORMER, MEMBER
from members.sorting import BY_NAME, FITTING, WORDS, columns, in_order, sorting
from members.timelines import drawn_membership
from publishing.lists import as_typed, page_of
from record import drawings
from record.days import in_words, today
from record.fetching import for_page

LIST, CARDS, TABLE, MAP = VIEWS = ("list", "cards", "table", "map")
SUGGESTED_YEARS = 5  # how far back one of the suggested days lies
FILTERS = ("q", "state", "category", "country", "group", "network", "kind", "sponsor")
PARAMETERS = frozenset([*FILTERS, "on", "sort", "view", "page"])


@dataclass(frozen=True)
class Row:
    """An organisation in a list: how things stand with it in words, and its time as bars."""

    organisation: Organisation
    state: str
    time: str
    in_force: bool
    bars: list
    words: str
    membership: Membership | None = None
    found_as: str = ""  # the other name that was searched for
    standing: str = ""  # 'announced' or 'former', where it is not in force


@dataclass(frozen=True)
class Numbers:
    """How many there were on a day, without any filter."""

    member: int
    announced: int
    former: int
    countries: int

    def in_words(self, day: datetime.date) -> str:
        """Return '36 members in 28 countries. 1 is announced, 3 have left.'"""
        members = ngettext("%(number)s member", "%(number)s members", self.member)
        places = ngettext("%(number)s country", "%(number)s countries", self.countries)
        sentences = [
            _("%(members)s in %(countries)s.")
            % {
                "members": members % {"number": self.member},
                "countries": places % {"number": self.countries},
            }
            if self.member
            else _("No members.")
        ]
        parts = []
        if day >= today() and self.announced:
            one = ngettext("%(number)s is announced", "%(number)s are announced", self.announced)
            parts.append(one % {"number": self.announced})
        if self.former:
            left = ngettext("%(number)s has left", "%(number)s have left", self.former)
            parts.append(left % {"number": self.former})
        if parts:
            sentences.append(", ".join(parts) + ".")
        return " ".join(sentences)


@dataclass
class AskedOfDirectory(Asked):
    """What an address asks of the directory beside its filters, and what was not understood."""

    sort: str = ""
    view: str = LIST
    notes: list[str] = field(default_factory=list)

    @property
    def kept(self) -> dict[str, str]:
        kept = super().kept
        if self.sort:
            kept["sort"] = self.sort
        if self.view != LIST:
            kept["view"] = self.view
        return kept


def asked_of_directory(query: QueryDict, known: frozenset[str] = PARAMETERS) -> AskedOfDirectory:
    """Read day, order and view of an address; what else it names and nobody knows is said."""
    day = day_asked(query)
    asked = AskedOfDirectory(day.date, day.typed, day.error)
    sort, view = query.get("sort", ""), query.get("view", "")
    if sort in WORDS:
        asked.sort = sort
    else:
        note = _("The list cannot be sorted by '%(sort)s'.")
        asked.notes.append(note % {"sort": as_typed(sort)})
    if view in VIEWS:
        asked.view = view
    elif view:
        note = _("There is no view called '%(view)s': this is the list.")
        asked.notes.append(note % {"view": as_typed(view)})
    asked.notes += [
        _("There is no filter called '%(name)s'.") % {"name": as_typed(name)}
        for name in query
        if name not in known
    ][:3]
    return asked


def filters_of(query: QueryDict, asked: AskedOfDirectory) -> DirectoryFilterSet:
    return DirectoryFilterSet(query, asked.day, asked.kept)


def places_listed(filters: DirectoryFilterSet, asked: AskedOfDirectory) -> list[int]:
    """Return the places in the index of those that an address asks for, in its order."""
    places = filters.standing.places(filters.listed())
    ranks = filters.ranks if is_search(filters) else {}
    return in_order(places, order_of(filters, asked), filters.standing, ranks)


def organisations_at(places: list[int], filters: DirectoryFilterSet, rows=None) -> list:
    """Return the organisations at some places, in that order, as rows show them.

    `rows` may load more than a row of a list shows. What was deleted since the index was read is
    left out.
    """
    rows = Organisation.objects.for_rows() if rows is None else rows
    if is_search(filters):
        rows = rows.with_found_name(filters.chosen()["q"])
    keys = [filters.index.keys[place] for place in places]
    found = {row.pk: row for row in for_page(rows.filter(pk__in=keys))}
    return [found[key] for key in keys if key in found]


def order_of(filters: DirectoryFilterSet, asked: AskedOfDirectory) -> str:
    return asked.sort or (FITTING if is_search(filters) else BY_NAME)


def is_search(filters: DirectoryFilterSet) -> bool:
    return bool(filters.chosen().get("q"))


def directory(query: QueryDict) -> dict:
    """Return all that the directory shows for the parameters of an address."""
    asked = asked_of_directory(query)
    filters = filters_of(query, asked)
    record = filters.index
    axis = drawings.Axis.spanning(record.span, today())
    numbers = numbers_on(asked.day, record)
    shown = _shown(query, filters, asked, axis)
    chips = filters.chips()
    if asked.day_given:
        chips.append((_("On %(day)s") % {"day": in_words(asked.day)}, filters.address(on=[])))
    return {
        **shown,
        "asked": asked,
        "notes": [*asked.notes, *filters.not_understood(), *shown["notes"]],
        "filters": filters,
        "counts": filters.counts(),
        "parameters": filters.parameters(),
        "keep": list(asked.kept.items()),
        "hidden": _pairs(filters.parameters(on=[])),
        "today_url": filters.address(on=[]),
        "clear_url": filters.address(**{name: [] for name in FILTERS}, on=[]),
        "chips": chips,
        "views": _views(filters, asked),
        "axis": axis,
        "steps": drawings.steps(record.turns, axis, _marked(asked, axis)) if record.span else None,
        "lead": numbers.in_words(asked.day),
        "steps_label": _("How many members there were, day by day; %(number)s on %(day)s.")
        % {"number": numbers.member, "day": in_words(asked.day)},
        "empty": _nothing_found(filters, asked),
        "crumbs": [(_("Members"), None)],
        "suggested_days": [
            (day, filters.address(on=day.isoformat())) for day in _suggested(record.starts)
        ],
    }


def _shown(query: QueryDict, filters: DirectoryFilterSet, asked: AskedOfDirectory, axis) -> dict:
    """Return the results in the view asked for: a map of all of them, or a page of rows."""
    if asked.view == MAP:
        places = places_of(filters)
        return {"places": places, "total": places.total, "notes": []}
    page, note = page_of(places_listed(filters, asked), query.get("page"))
    rows = organisations_at(page.object_list, filters)
    order, fitting = order_of(filters, asked), is_search(filters)
    return {
        "page": page,
        "rows": [row_of(organisation, asked.day, axis) for organisation in rows],
        "total": page.paginator.count,
        "notes": [note] if note else [],
        "sorting": sorting(order, fitting, filters.address),
        "columns": columns(order, fitting, filters.address) if asked.view == TABLE else [],
    }


def _views(filters: DirectoryFilterSet, asked: AskedOfDirectory) -> list[tuple[str, str, bool]]:
    labels = {LIST: _("List"), CARDS: _("Cards"), TABLE: _("Table"), MAP: _("Map")}
    return [
        (labels[view], filters.address(view=[] if view == LIST else view), view == asked.view)
        for view in VIEWS
    ]


def _nothing_found(filters: DirectoryFilterSet, asked: Asked) -> dict:
    """Return what an empty list says, and what to try."""
    everybody = (_("All members today"), filters.address(**{name: [] for name in FILTERS}, on=[]))
    if not filters.index.span:
        return {"title": _("The record has no members yet."), "text": "", "links": []}
    first = filters.index.starts[0]
    if asked.day < first:
        return {
            "title": _("Nobody was a member yet."),
            "text": _("The record begins on %(day)s.") % {"day": in_words(first)},
            "links": [(_("The first day on record"), filters.address(on=first.isoformat()))],
        }
    wider = (
        _("Former ones and others too"),
        filters.address(state=[MEMBER, ANNOUNCED, FORMER]),
    )
    return {
        "title": _("No organisation fits all of this."),
        "text": _(
            "Take a filter off, write less of the name, or look among former and announced members."
        ),
        "links": [wider, everybody],
    }


def row_of(organisation: Organisation, day: datetime.date, axis: drawings.Axis) -> Row:
    """Return a row from an organisation whose memberships are loaded, newest first."""
    memberships = list(organisation.memberships.all())
    telling = telling_membership(memberships, day)
    periods = [drawn_membership(membership) for membership in memberships]
    return Row(
        organisation=organisation,
        state=telling.category_in_words() if telling else "",
        time=telling.time_in_words(day) if telling else "",
        in_force=bool(telling and telling.is_on(day)),
        bars=drawings.bars(periods, axis),
        words=drawings.words(periods),
        membership=telling,
        found_as=getattr(organisation, "found_as", ""),
        standing=_standing(telling, day),
    )


def _standing(telling: Membership | None, day: datetime.date) -> str:
    if telling is None or telling.is_on(day):
        return ""
    return _("announced") if telling.is_announced(day) else _("former")


def telling_membership(memberships: list[Membership], day: datetime.date) -> Membership | None:
    """Return the one that says how things stand on a day: in force, else the next, else the last."""
    for membership in memberships:
        if membership.is_on(day):
            return membership
    ahead = [membership for membership in memberships if membership.is_announced(day)]
    if ahead:
        return min(ahead, key=lambda membership: membership.starts_on)
    return max(memberships, key=lambda membership: membership.starts_on, default=None)


def numbers_on(day: datetime.date, record: Index | None = None) -> Numbers:
    standing = (record or index()).on(day)
    states = standing.state
    return Numbers(
        **{state: states[state].bit_count() for state in (MEMBER, ANNOUNCED, FORMER)},
        countries=len(standing.countries(states[MEMBER]).keys() - {""}),
    )


def _pairs(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, one) for name, values in query.lists() for one in values]


def _suggested(starts: list[datetime.date]) -> list[datetime.date]:
    """Return days worth a look: the first on record, some years ago, this year's first, the next start."""
    now = today()
    days = {datetime.date(now.year - SUGGESTED_YEARS, 1, 1), datetime.date(now.year, 1, 1)}
    if not starts:
        return []
    ahead = starts[bisect(starts, now) :][:1]
    return sorted({day for day in days if day > starts[0]} | {starts[0], *ahead})


def _marked(asked: Asked, axis: drawings.Axis) -> list[datetime.date]:
    """Return the days whose number stands on the step line: the one asked for, or two round ones."""
    if asked.day_given:
        return [asked.day] if asked.day < axis.today else []
    span = (axis.today - axis.first_day).days
    return [axis.first_day + datetime.timedelta(days=span * part // 3) for part in (1, 2)]
