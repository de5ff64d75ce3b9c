"""What the pages of groups and activities are made of, each part one query."""

import datetime
from dataclasses import dataclass, field
from itertools import groupby

from django.contrib.postgres.expressions import ArraySubquery
from django.core.files.storage import default_storage
from django.core.paginator import Page
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, JSONObject, TruncDate
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_countries import countries

from members.models import Affiliation, Category, Membership, Person
from publishing.lists import page_of
from publishing.models import Audience, Kind, Picture, Publication
from record import drawings
from record.days import PartialDate, Precision, today
from record.fetching import for_page
from record.names import normalise
from record.periods import Basis
from working_groups.filters import ActivityFilterSet
from working_groups.models import (
    Activity,
    Document,
    Expert,
    GuestAppearance,
    OpenList,
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
DOCUMENTS = 20
DAYS_OFFERED = 4
DOTTED = ("joined", "guests", "activities", "positions")
MOST_DOTS = 300  # of a year's drawing; more would run into each other


def named(person: str = "person", what: str = "name") -> Exists:
    """Return the condition that the name (or portrait, biography) of a row's person may be shown today."""
    return Exists(Person.objects.may_be_shown(what).filter(pk=OuterRef(person)))


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
    """One group with its strands of work, the documents that everybody may read, the newest first,
    and whether a list of who joined says 'and others'.
    """
    strands = Strand.objects.filter(group=OuterRef("pk")).order_by("order", "pk")
    words = strands.values(json=JSONObject(title="title", description="description"))
    open_lists = OpenList.objects.filter(group=OuterRef("pk"), what=OpenList.What.JOINED)
    documents = Document.objects.public().filter(group=OuterRef("pk"), activity=None)
    papers = documents.order_by("-added_at", "pk").values(
        json=JSONObject(title="title", file="file", added=TruncDate("added_at"))
    )
    return for_page(
        WorkingGroup.objects.annotate(
            strand_list=ArraySubquery(words),
            papers=ArraySubquery(papers[:DOCUMENTS]),
            had_others=Exists(open_lists),
        ).defer("search")
    )


def documents_of(group: WorkingGroup) -> list[tuple[str, str, datetime.date]]:
    """Return title, address and day of each document that came with `group_for_page`."""
    return [
        (one["title"], default_storage.url(one["file"]), datetime.date.fromisoformat(one["added"]))
        for one in group.papers
    ]


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
    first_day: datetime.date
    url: str = ""  # of the person's page, where the name may be shown
    portrait: Picture | None = None
    biography: str = ""


@dataclass
class Leadership:
    axis: drawings.Axis | None = None
    officers: list[Officer] = field(default_factory=list)

    @property
    def chairs(self) -> list[Officer]:
        """Return who chairs the group on the day asked for."""
        return [officer for officer in self.officers if officer.is_chair and officer.is_current]

    @property
    def has_no_chair(self) -> bool:
        return not self.chairs


def leadership(group: WorkingGroup, day: datetime.date | None = None) -> Leadership:
    """Return all terms of a group's chairs, then deputies, each oldest first, as seen on a day.

    Affiliations are those of the term as printed: for a term that runs, those of the day. Portrait
    and biography stand with a basis only, each with its own.
    """
    day = day or today()
    roles = list(
        for_page(
            Role.objects.filter(group=group)
            .annotate(
                is_named=named(), shows_portrait=named(what="portrait"),
                shows_biography=named(what="biography"),
            )
            .select_related("person__portrait")
            .oldest_first()
        )
    )  # fmt: skip
    if not roles:
        return Leadership()
    affiliations = _affiliations(role.person_id for role in roles)
    periods = {role.pk: _period(role) for role in roles}
    axis = drawings.Axis.spanning(periods.values(), today())
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
            first_day=role.starts_on,
            portrait=role.person.portrait if role.is_named and role.shows_portrait else None,
            biography=role.person.biography if role.is_named and role.shows_biography else "",
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
    period: str
    in_network: str
    is_member: bool
    experts: str


@dataclass(frozen=True)
class Participants:
    """A page of those who take part, by country, and what is to be said of the page asked for; and who
    took part before.
    """

    page: Page
    by_country: list[tuple[str, list[Participant]]]
    former: list[Participant]
    note: str

    @property
    def names_experts(self) -> bool:
        return any(row.experts for _country, rows in self.by_country for row in rows)


def participants(
    group: WorkingGroup, number: str | None = None, day: datetime.date | None = None
) -> Participants:
    """Return who takes part on a day or later, by country, countries and names in order; and who took
    part before it and does not on it, the last to leave first.

    `number` is the page asked for. A long list is ordered by what orders it alone; only the rows of
    the page are read whole. Two queries.
    """
    day = day or today()
    keys, former_keys = _in_order(group, day)
    page, note = page_of(keys, number, MOST_PARTICIPANTS)
    wanted = [*page.object_list, *former_keys]
    rows = {
        row.pk: row for row in for_page(_whole(group.participations.filter(pk__in=wanted), day))
    }
    by_country = [
        (country, [_participant(row, day) for row in own])
        for country, own in groupby(
            (rows[key] for key in page.object_list if key in rows),
            key=lambda row: _country(row.organisation),
        )
    ]
    former = [_participant(rows[key], day) for key in former_keys if key in rows]
    return Participants(page, by_country, former, note)


def _in_order(group: WorkingGroup, day: datetime.date) -> tuple[list[int], list[int]]:
    """Return the keys of who takes part on a day or later, and of who did before it, each in order."""
    names = {code: (normalise(str(name)), str(name)) for code, name in countries}
    rows = list(
        group.participations.order_by("organisation__sort_name", "pk").values_list(
            "pk", "organisation", "organisation__country", "during"
        )
    )
    here = [row for row in rows if row[3].upper is None or row[3].upper > day]
    there = {organisation for _pk, organisation, _country, _during in here}
    former = [row for row in rows if row[1] not in there]
    here.sort(key=lambda row: (not row[2], names.get(row[2], ("", ""))))
    former.sort(key=lambda row: row[3].upper, reverse=True)
    return [row[0] for row in here], [row[0] for row in former[:MOST_PARTICIPANTS]]


def _whole(rows, day: datetime.date):
    """Load what a row of the list of participants shows."""
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


def _participant(row: Participation, day: datetime.date) -> Participant:
    return Participant(
        name=row.printed_as or row.organisation.name,
        url=row.organisation.get_absolute_url(),
        since=_since(row, day),
        period=row.period_in_words(),
        in_network=_in_network(row.category, day),
        is_member=row.category is not None,
        experts=_experts(row),
    )


def _since(row: Participation, day: datetime.date) -> str:
    if row.start_basis == Basis.NOT_ON_RECORD:
        return _("%(day)s or before") % {"day": row.starts}
    if row.is_announced(day):
        return _("from %(day)s") % {"day": row.start_in_words()}
    return row.start_in_words()


def _in_network(category: str | None, day: datetime.date) -> str:
    if category is None:
        return _("Not a member today") if day == today() else _("Not a member on that day")
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


def days_worth_seeing(leadership: Leadership, path: str) -> list[tuple[datetime.date, str]]:
    """Return the first days of the terms of chairs, the latest first, each with the page on that day."""
    firsts = {officer.first_day for officer in leadership.officers if officer.is_chair}
    past = sorted((day for day in firsts if day <= today()), reverse=True)
    return [(day, f"{path}?on={day.isoformat()}") for day in past[:DAYS_OFFERED]]


def papers_of(activity: Activity, request) -> dict:
    """Return the minutes and documents that the page of an activity shows.

    Whoever asks for a public page gets the same: what is public. What others may not see is read with
    the eyes of who does.
    """
    documents = activity.documents.all()
    if activity.audience == Audience.PUBLIC:
        shows = activity.minutes_audience == Audience.PUBLIC
        documents = documents.public()
    else:
        rows = Activity.objects.filter(pk=activity.pk).with_minutes_for(request.user)
        shows = rows.values_list("shows_minutes", flat=True).get()
        documents = documents.visible_to(request.user)
    return {
        "minutes": activity.minutes if shows else "",
        "documents": list(for_page(documents.order_by("added_at", "pk"))),
    }
