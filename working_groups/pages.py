"""What the pages of groups and activities are made of, each part one query."""

from dataclasses import dataclass, field
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from members.models import Affiliation, Category, Membership, Person
from publishing.lists import page_of
from publishing.models import Kind, Publication
from record import drawings
from record.days import PartialDate, Precision, today
from record.fetching import for_page
from record.names import normalise
from record.periods import Basis
from working_groups.filters import ActivityFilterSet
from working_groups.models import (
    Activity,
    Expert,
    GuestAppearance,
    Overview,
    Participation,
    Role,
    Strand,
    WorkingGroup,
)

NEXT_ACTIVITIES = 6
MOST_PARTICIPANTS = 100  # of a page
LATEST_POSITIONS = 12
LATEST_POSTS = 6
DOTTED = ("joined", "guests", "activities", "positions")
MOST_DOTS = 300  # of a year's drawing; more would run into each other


def named(person: str = "person") -> Exists:
    """Return the condition that the name of a row's person may be shown today."""
    return Exists(Person.objects.may_be_shown().filter(pk=OuterRef(person)))


def groups_for_list():
    """All groups, with how many take part today, who chairs, and the year of the last overview."""
    chairs = Role.objects.chairs().on().filter(group=OuterRef("pk"))
    overviews = Overview.objects.public().filter(group=OuterRef("pk")).order_by("-year")
    return for_page(
        WorkingGroup.objects.annotate(
            takes_part=_number(Participation.objects.on().filter(group=OuterRef("pk")), "group"),
            has_chair=Exists(chairs),
            chairs=ArraySubquery(
                chairs.filter(named())
                .order_by("during__startswith", "pk")
                .values(json=JSONObject(title="person__title", name="person__name"))
            ),
            overview_year=Subquery(overviews.values("year")[:1]),
        )
        .defer("scope", "search")
        .order_by("name")
    )


def group_for_page():
    """One group, with its strands of work."""
    strands = Strand.objects.filter(group=OuterRef("pk")).order_by("order", "pk")
    words = strands.values(json=JSONObject(title="title", description="description"))
    return for_page(WorkingGroup.objects.annotate(strand_list=ArraySubquery(words)).defer("search"))


def _number(rows, by: str):
    counted = rows.order_by().values(by).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())


@dataclass
class Officer:
    """Somebody's term: as a row of bars, and in words. Without a basis the role is the name."""

    name: str
    text: str
    bars: list
    lines: list[str]
    is_chair: bool
    is_current: bool
    url: str = ""  # of the person's page, where the name may be shown


@dataclass
class Leadership:
    axis: drawings.Axis | None = None
    officers: list[Officer] = field(default_factory=list)

    @property
    def chairs(self) -> list[Officer]:
        """Return who chairs the group today."""
        return [officer for officer in self.officers if officer.is_chair and officer.is_current]

    @property
    def has_no_chair(self) -> bool:
        return not self.chairs


def leadership(group: WorkingGroup) -> Leadership:
    """Return all terms of a group's chairs, then deputies, each oldest first.

    Affiliations are those of the term as printed: for a term that runs, those of today.
    """
    day = today()
    roles = list(
        for_page(
            Role.objects.filter(group=group)
            .annotate(is_named=named())
            .select_related("person")
            .defer("person__biography")
            .oldest_first()
        )
    )
    if not roles:
        return Leadership()
    affiliations = _affiliations(role.person_id for role in roles)
    periods = {role.pk: _period(role) for role in roles}
    axis = drawings.Axis.spanning(periods.values(), day)
    rank = list(Role.Name)
    officers = [
        Officer(
            name=role.person.full_name if role.is_named else str(_title(role)),
            text=periods[role.pk].label,
            bars=drawings.bars([periods[role.pk]], axis, thickness=drawings.PAGE),
            lines=[
                f"{row.function}, {row.organisation.name}"
                for row in affiliations.get(role.person_id, [])
                if (row.is_on(day) if role.is_on(day) else _overlap(row, role))
            ],
            is_chair=role.name == Role.Name.CHAIR,
            is_current=role.is_on(day),
            url=role.person.get_absolute_url() if role.is_named else "",
        )
        for role in sorted(roles, key=lambda role: rank.index(role.name))
    ]
    return Leadership(axis, officers)


def _affiliations(people) -> dict[int, list[Affiliation]]:
    rows = Affiliation.objects.filter(person__in=set(people)).select_related("organisation")
    found: dict[int, list[Affiliation]] = {}
    for row in for_page(rows.order_by("order", "during__startswith", "pk")):
        found.setdefault(row.person_id, []).append(row)
    return found


def _overlap(one, other) -> bool:
    return (one.during.upper is None or other.starts_on < one.during.upper) and (
        other.during.upper is None or one.starts_on < other.during.upper
    )


def _title(role: Role) -> str:
    return str(role.get_name_display()).capitalize()


def _period(role: Role) -> drawings.Period:
    return drawings.Period(
        first_day=role.starts_on,
        after_last_day=role.during.upper,
        kind="role" if role.name == Role.Name.CHAIR else "deputy",
        label=f"{_title(role)}, {role.period_in_words()}",
        start_known=role.start_basis != Basis.NOT_ON_RECORD,
        end_known=role.end_basis != Basis.NOT_ON_RECORD,
    )


@dataclass(frozen=True)
class Participant:
    name: str
    url: str
    since: str
    in_network: str
    is_member: bool
    experts: str


@dataclass(frozen=True)
class Participants:
    """A page of those who take part, by country, and what is to be said of the page asked for."""

    page: Page
    by_country: list[tuple[str, list[Participant]]]
    note: str

    @property
    def names_experts(self) -> bool:
        return any(row.experts for _country, rows in self.by_country for row in rows)


def participants(group: WorkingGroup, number: str | None = None) -> Participants:
    """Return who takes part today or is announced to, by country, countries and names in order.

    `number` is the page asked for. A long list is ordered by what orders it alone; only the rows of
    the page are read whole.
    """
    day = today()
    taking_part = group.participations.filter(
        Q(during__contains=day) | Q(during__startswith__gt=day)
    ).order_by("organisation__sort_name", "pk")
    names = {code: (normalise(str(name)), str(name)) for code, name in countries}
    keys = [
        pk
        for _country, pk in sorted(
            taking_part.values_list("organisation__country", "pk"),
            key=lambda row: (not row[0], names.get(row[0], ("", ""))),
        )
    ]
    page, note = page_of(keys, number, MOST_PARTICIPANTS)
    rows = {row.pk: row for row in for_page(_whole(taking_part.filter(pk__in=page.object_list)))}
    by_country = [
        (country, [_participant(row) for row in own])
        for country, own in groupby(
            (rows[key] for key in page.object_list if key in rows),
            key=lambda row: _country(row.organisation),
        )
    ]
    return Participants(page, by_country, note)


def _whole(rows):
    """Load what a row of the list of participants shows."""
    day = today()
    experts = Expert.objects.on(day).filter(participation=OuterRef("pk"))
    membership = Membership.objects.on(day).filter(organisation=OuterRef("organisation"))
    return (
        rows.select_related("organisation")
        .annotate(
            category=Subquery(membership.values("category")[:1]),
            number_of_experts=_number(experts, "participation"),
            named_experts=ArraySubquery(
                experts.filter(named())
                .order_by("person__sort_name", "pk")
                .values(
                    json=JSONObject(title="person__title", name="person__name", slug="person__slug")
                )
            ),
        )
        .defer("organisation__description", "organisation__search", "organisation__search_names")
        .order_by()
    )


def _country(organisation) -> str:
    return str(organisation.country.name or "") or _("Country not on record")


def _participant(row: Participation) -> Participant:
    return Participant(
        name=row.printed_as or row.organisation.name,
        url=row.organisation.get_absolute_url(),
        since=_since(row),
        in_network=_in_network(row.category),
        is_member=row.category is not None,
        experts=_experts(row),
    )


def _since(row: Participation) -> str:
    if row.start_basis == Basis.NOT_ON_RECORD:
        return _("%(day)s or before") % {"day": row.starts}
    if row.is_announced():
        return _("from %(day)s") % {"day": row.start_in_words()}
    return row.start_in_words()


def _in_network(category: str | None) -> str:
    if category is None:
        return _("Not a member today")
    return Membership(category=Category(category)).category_in_words()


def _experts(row: Participation) -> str:
    """Return the experts who may be named, with links, and how many others there are."""
    links = [
        (reverse("people:detail", args=[person["slug"]]), full_name(person))
        for person in row.named_experts
    ]
    names = format_html_join(", ", '<a href="{}">{}</a>', links)
    others = row.number_of_experts - len(links)
    if others and names:
        words = ngettext("{names} and one more", "{names} and {others} more", others)
        return format_html(words, names=names, others=others)
    if others:
        return ngettext("one expert", "%(others)s experts", others) % {"others": others}
    return names


def full_name(person: dict) -> str:
    return f"{person['title']} {person['name']}".strip()


@dataclass(frozen=True)
class Published:
    overviews: list[Publication]
    positions: list[Publication]
    posts: list[Publication]


def published(group: WorkingGroup) -> Published:
    """Return what is public of a group: all its overviews, its latest positions and posts.

    `contributed_in` of a position is the year of the group's part, where that is on record.
    Posts and positions belong to the app on the right and are reached by their reverse names.
    """

    def latest(rows, number):
        return rows.public().newest_first().values("pk")[:number]

    contribution = group.contributions.filter(position=OuterRef("pk"))
    rows = for_page(
        Publication.objects.public()
        .annotate(contributed_in=Subquery(contribution.values("year")[:1]))
        .filter(
            Q(pk__in=group.overviews.values("pk"))
            | Q(pk__in=latest(group.positions, LATEST_POSITIONS))
            | Q(pk__in=latest(group.posts, LATEST_POSTS))
        )
        .for_list()
    )
    parts: dict[str, list[Publication]] = {}
    for row in rows:
        part = row.kind if row.kind in {Kind.OVERVIEW, Kind.POSITION} else "post"
        row.specific.contributed_in = row.contributed_in
        parts.setdefault(part, []).append(row.specific)
    overviews = sorted(parts.get(Kind.OVERVIEW, []), key=lambda row: -row.year)
    return Published(overviews, parts.get(Kind.POSITION, []), parts.get("post", []))


def overview_neighbours(overview: Overview) -> tuple[Overview | None, Overview | None]:
    """Return the group's public overviews before and after one, None at the ends."""
    others = for_page(
        Overview.objects.public()
        .filter(group=overview.group_id)
        .exclude(pk=overview.pk)
        .select_related("group")
        .defer("body", "search", "frozen", "outlook", "thanks")
        .order_by("year")
    )
    before = [other for other in others if other.year < overview.year]
    after = [other for other in others if other.year > overview.year]
    return (before[-1] if before else None), (after[0] if after else None)


@dataclass(frozen=True)
class Guest:
    name: str
    detail: str
    url: str


def guests_of(activity) -> list[Guest]:
    """Return the guests as printed; a person without a basis gives way to the organisation."""
    rows = (
        GuestAppearance.objects.filter(activity=activity)
        .select_related("person", "organisation")
        .annotate(is_named=named())
        .order_by("day_on", "pk")
    )
    return [_guest(row) for row in for_page(rows)]


def _guest(row: GuestAppearance) -> Guest:
    organisation = row.organisation
    url = organisation.get_absolute_url() if organisation else ""
    if row.person_id is None:
        return Guest(row.printed_as or organisation.name, "", url)
    if row.is_named:
        detail = organisation.name if organisation else ""
        return Guest(row.printed_as or row.person.full_name, detail, url)
    return Guest(organisation.name if organisation else _("a guest"), "", url)


def dots_of_activities(filters: ActivityFilterSet) -> drawings.YearOfDots | None:
    """Return the chosen year, or this one, with a dot for each activity that the filters let through.

    One lane a kind; what is known to the year only has no dot, and what was called off neither. None
    where there is nothing to draw.
    """
    years = filters.chosen().get("year", [])
    year = int(years[0]) if len(years) == 1 else today().year
    rows = (
        filters.filtered(without="year")
        .in_year(year)
        .filter(called_off=False)
        .order_by("starts_on", "pk")
        .values_list("kind", "starts_on", "starts_precision", "title")[:MOST_DOTS]
    )
    days: dict[str, list] = {kind: [] for kind in Activity.Kind.values}
    for kind, day, precision, title in rows:
        days[kind].append((day, title) if precision != Precision.YEAR else None)
    lanes = [(capfirst(Activity.Kind(kind).label), dates) for kind, dates in days.items() if dates]
    return _year_of_dots(year, lanes)


def dots_of_record(record: dict) -> drawings.YearOfDots | None:
    """Return the year of an overview with a dot for each thing whose day or month is on record."""
    lanes = [
        (section["title"], [_dot(item) for item in section["items"]])
        for section in record["sections"]
        if section["items"] and section["key"] in DOTTED
    ]
    return _year_of_dots(record["year"], lanes)


def _dot(item: dict) -> tuple | None:
    day = PartialDate.parse(item["day"]) if item["day"] else None
    return (day.first_day, item["text"]) if day and day.precision != Precision.YEAR else None


def _year_of_dots(year: int, lanes: list[tuple[str, list]]) -> drawings.YearOfDots | None:
    """Draw lanes of days; None among them stands for a day that is not on record."""
    told = [(name, _dots_in_words(dates), [one for one in dates if one]) for name, dates in lanes]
    if not any(dates for _name, _words, dates in told):
        return None
    return drawings.year_of_dots(year, told, today())


def _dots_in_words(dates: list) -> str:
    """Return '3', '3, 1 planned' or '3, day of 2 not on record'."""
    planned = sum(bool(one) and one[0] > today() for one in dates)
    unknown = dates.count(None)
    words = [str(len(dates))]
    if planned:
        words.append(_("%(number)d planned") % {"number": planned})
    if unknown:
        words.append(_("day of %(number)d not on record") % {"number": unknown})
    return ", ".join(words)
