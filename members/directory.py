"""The directory: who the network is, or was on a day, as one list with its drawing."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.filters import DirectoryFilterSet
from members.models import Membership, Organisation
from members.querysets import ANNOUNCED, FORMER, MEMBER
from members.timelines import drawn_membership
from publishing.lists import as_typed, page_of
from record import drawings
from record.days import PartialDate, in_words, today
from record.fetching import for_page

BY_NAME, LONGEST = "name", "longest"
SUGGESTED_YEARS = 5  # how far back one of the suggested days lies
PARAMETERS = frozenset(
    [
        "q",
        "on",
        "state",
        "category",
        "country",
        "group",
        "network",
        "kind",
        "sponsor",
        "sort",
        "page",
    ]
)


@dataclass(frozen=True)
class Row:
    """An organisation in a list: how things stand with it in words, and its time as bars."""

    organisation: Organisation
    state: str
    time: str
    in_force: bool
    bars: list
    words: str


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
class Asked:
    """What an address asks of a list beside its filters, and what of it was not understood."""

    day: datetime.date = field(default_factory=today)
    day_given: bool = False
    sort: str = ""
    notes: list[str] = field(default_factory=list)

    @property
    def kept(self) -> dict[str, str]:
        kept = {"on": self.day.isoformat()} if self.day_given else {}
        return {**kept, "sort": self.sort} if self.sort else kept


def day_asked(query: QueryDict) -> Asked:
    """Read `on` as people type it: a day, or a month or year, which stands for its first day."""
    asked = Asked()
    text = query.get("on", "").replace("\0", "").strip()
    if not text:
        return asked
    try:
        date = PartialDate.parse(text)
    except ValueError:
        asked.notes.append(
            _("'%(text)s' is not a day. Write 14 April 2022 or 2022-04-14. This is today.")
            % {"text": as_typed(text)}
        )
        return asked
    if str(date) != str(PartialDate(date.first_day)):
        asked.notes.append(
            _("%(date)s is read as its first day, %(day)s.")
            % {"date": date, "day": in_words(date.first_day)}
        )
    asked.day, asked.day_given = date.first_day, True
    return asked


def asked_of_directory(query: QueryDict) -> Asked:
    asked = day_asked(query)
    sort = query.get("sort", "")
    if sort in (BY_NAME, LONGEST):
        asked.sort = sort
    elif sort:
        asked.notes.append(_("The list cannot be sorted by '%(sort)s'.") % {"sort": as_typed(sort)})
    asked.notes += [
        _("There is no filter called '%(name)s'.") % {"name": as_typed(name)}
        for name in query
        if name not in PARAMETERS
    ][:3]
    return asked


def directory(query: QueryDict) -> dict:
    """Return all that the directory shows for the parameters of an address."""
    asked = asked_of_directory(query)
    filters = DirectoryFilterSet(query, asked.day, asked.kept)
    rows = _sorted(for_page(filters.qs.for_rows()), filters, asked)
    page, note = page_of(rows, query.get("page"))
    counts = filters.counts()
    periods = _all_periods()
    axis = drawings.Axis.spanning(periods, today())
    numbers = numbers_on(asked.day)
    chips = filters.chips()
    if asked.day_given:
        chips.append((_("On %(day)s") % {"day": in_words(asked.day)}, filters.address(on=[])))
    return {
        "asked": asked,
        "notes": [*asked.notes, *filters.not_understood(), *([note] if note else [])],
        "filters": filters,
        "counts": counts,
        "parameters": filters.parameters(),
        "keep": list(asked.kept.items()),
        "hidden": _pairs(filters.parameters(on=[])),
        "today_url": filters.address(on=[]),
        "chips": chips,
        "page": page,
        "rows": [row_of(organisation, asked.day, axis) for organisation in page],
        "axis": axis,
        "steps": drawings.steps(periods, axis, _marked(asked, axis)) if periods else None,
        "lead": numbers.in_words(asked.day),
        "steps_label": _("How many members there were, day by day; %(number)s on %(day)s.")
        % {"number": numbers.member, "day": in_words(asked.day)},
        "empty": _nothing_found(filters, numbers),
        "crumbs": [(_("Members"), None)],
        "suggested_days": [
            (day, filters.address(on=day.isoformat())) for day in _suggested(periods)
        ],
        "sorting": _sorting(filters, asked),
    }


def _nothing_found(filters: DirectoryFilterSet, numbers: Numbers) -> dict:
    """Return what an empty list says, and what to try."""
    everybody = ("?", _("All members today"))
    if not any((numbers.member, numbers.announced, numbers.former)):
        return {"title": _("The record has no members yet."), "text": "", "links": []}
    wider = (filters.address(state=[MEMBER, ANNOUNCED, FORMER]), _("Former ones and others too"))
    return {
        "title": _("No organisation fits all of this."),
        "text": _(
            "Take a filter off, write less of the name, or look among former and announced members."
        ),
        "links": [(label, url) for url, label in (wider, everybody)],
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
    )


def telling_membership(memberships: list[Membership], day: datetime.date) -> Membership | None:
    """Return the one that says how things stand on a day: in force, else the next, else the last."""
    for membership in memberships:
        if membership.is_on(day):
            return membership
    ahead = [membership for membership in memberships if membership.is_announced(day)]
    if ahead:
        return min(ahead, key=lambda membership: membership.starts_on)
    return max(memberships, key=lambda membership: membership.starts_on, default=None)


def numbers_on(day: datetime.date) -> Numbers:
    member = Q(state=MEMBER)
    return Numbers(
        **Organisation.objects.in_directory()
        .with_state(day)
        .aggregate(
            member=Count("pk", filter=member),
            announced=Count("pk", filter=Q(state=ANNOUNCED)),
            former=Count("pk", filter=Q(state=FORMER)),
            countries=Count("country", distinct=True, filter=member & ~Q(country="")),
        )
    )


def _all_periods() -> list[drawings.Period]:
    """Every membership as a bare period: what the axis of all lists and the step line rest on."""
    days = Membership.objects.order_by("during").values_list(
        "during__startswith", "during__endswith"
    )
    return [drawings.Period(first_day=first, after_last_day=after) for first, after in days]


def _sorted(rows, filters: DirectoryFilterSet, asked: Asked):
    if asked.sort == LONGEST:
        return rows.longest_first(asked.day)
    if filters.chosen().get("q") and not asked.sort:
        return rows.best_first()
    return rows.by_name()


def _sorting(filters: DirectoryFilterSet, asked: Asked) -> dict:
    """Return the order in words, and the other orders as (label, address)."""
    fitting = bool(filters.chosen().get("q"))
    others = [
        ("", _("Best match first"), fitting),
        (BY_NAME, _("By name"), True),
        (LONGEST, _("Longest first"), True),
    ]
    current = asked.sort or ("" if fitting else BY_NAME)
    words = {
        "": _("Sorted by how well it fits."),
        BY_NAME: _("Sorted by name."),
        LONGEST: _("Sorted by length of membership."),
    }
    links = [
        (label, filters.address(sort=_parameter(sort, fitting)))
        for sort, label, offered in others
        if offered and sort != current
    ]
    return {"words": words[current], "links": links}


def _parameter(sort: str, fitting: bool):
    default = "" if fitting else BY_NAME
    return [] if sort == default else sort


def _pairs(query: QueryDict) -> list[tuple[str, str]]:
    return [(name, one) for name, values in query.lists() for one in values]


def _suggested(periods: list[drawings.Period]) -> list[datetime.date]:
    """Return days worth a look: the first on record, some years ago, this year's first, the next start."""
    now = today()
    days = {datetime.date(now.year - SUGGESTED_YEARS, 1, 1), datetime.date(now.year, 1, 1)}
    starts = [period.first_day for period in periods]
    if not starts:
        return []
    days = {day for day in days if day > min(starts)} | {min(starts)}
    ahead = [day for day in starts if day > now]
    return sorted(days | ({min(ahead)} if ahead else set()))


def _marked(asked: Asked, axis: drawings.Axis) -> list[datetime.date]:
    """Return the days whose number stands on the step line: the one asked for, or two round ones."""
    if asked.day_given:
        return [asked.day] if asked.day < axis.today else []
    span = (axis.today - axis.first_day).days
    return [axis.first_day + datetime.timedelta(days=span * part // 3) for part in (1, 2)]
