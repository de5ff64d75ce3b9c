"""The page of one organisation: what the record says of it, today and before."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from urllib.parse import urlsplit

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.directory import telling_membership
from members.models import (
    Affiliation,
    Figure,
    Membership,
    NetworkCoordination,
    Organisation,
    Person,
)
from members.models.memberships import Outcome
from members.timelines import Lane, axis_of, drawn, drawn_membership, life, with_bars
from record.days import NO_BREAK, in_words, today
from record.fetching import for_page
from record.periods import Basis, Period

MOST_POSTS = 6


@dataclass(frozen=True)
class MembershipLine:
    """One membership as a row of a table: who paid for it in a sentence, and what came of it."""

    membership: Membership
    sponsored: str = ""
    helpers: str = ""
    outcome: str = ""


@dataclass(frozen=True)
class ShownFigure:
    """A declared number with its qualifier, what it counts, and who stated it when and where."""

    value: str
    label: str
    qualifier: str
    source: str
    url: str


@dataclass(frozen=True)
class Entry:
    """One thing that the organisation is, or was, part of."""

    date: str
    title: str
    url: str
    text: str
    sort: object


def profile_of(organisation: Organisation) -> dict:
    """Return all that the page of an organisation shows."""
    day = today()
    memberships = _memberships_of(organisation)
    affiliations = _affiliations_at(organisation)
    roles = _roles_of_people_at(organisation)
    participations = list(
        for_page(organisation.participations.select_related("group").newest_first())
    )
    places = _places_of(organisation)
    guests = [] if organisation.has_membership else _guest_appearances_of(organisation)
    lanes = [
        *([life(organisation.founded)] if organisation.founded else []),
        *_membership_lane(memberships),
        *_role_lanes(roles),
        *_office_lanes(affiliations),
        *_lanes(places, lambda place: place.network),
        *_lanes(participations, lambda participation: participation.group),
    ]
    axis = axis_of(lanes, day) if lanes else None
    return {
        "organisation": organisation,
        "kicker": kicker_of(organisation),
        "standing": _standing(memberships),
        "since": _since(memberships),
        "facts": _facts(organisation),
        "lanes": with_bars(lanes, axis) if axis else [],
        "axis": axis,
        "memberships": memberships_in_lines(memberships),
        "figures": _figures_of(organisation),
        "people": _people(affiliations, organisation),
        "entries": _entries(roles, places, participations, guests),
        "crumbs": [
            *([(_("Members"), reverse("members:list"))] if organisation.has_membership else []),
            (organisation.name, None),
        ],
        **_posts_about(organisation),
    }


# What is asked, one query each


def _memberships_of(organisation: Organisation) -> list[Membership]:
    if not organisation.has_membership:
        return []
    rows = organisation.memberships.select_related("sponsor", "on_behalf_of").with_helpers()
    return list(for_page(rows.newest_first()))


def _affiliations_at(organisation: Organisation) -> list[Affiliation]:
    """Functions, wherever held, of the people who hold or held one here, as far as they may be shown."""
    here = organisation.affiliations.filter(person=OuterRef("person"))
    rows = Affiliation.objects.shown().filter(Exists(here))
    return list(for_page(rows.select_related("person", "organisation").newest_first()))


def _roles_of_people_at(organisation: Organisation) -> list[Period]:
    """Roles in working groups that people held while they held a function here."""
    roles = Person._meta.get_field("roles").related_model.objects
    meanwhile = organisation.affiliations.shown().filter(
        person=OuterRef("person"), during__overlap=OuterRef("during")
    )
    return list(
        for_page(roles.filter(Exists(meanwhile)).select_related("person", "group").newest_first())
    )


def _places_of(organisation: Organisation) -> list[Period]:
    coordinates = NetworkCoordination.objects.on().filter(
        network=OuterRef("network"), organisation=OuterRef("organisation")
    )
    rows = organisation.network_places.select_related("network").annotate(
        coordinates=Exists(coordinates)
    )
    return list(for_page(rows.newest_first()))


def _guest_appearances_of(organisation: Organisation) -> list:
    """Guest appearances in groups and at activities, except at those that are not public."""
    rows = organisation.guest_appearances.select_related("group", "activity")
    activities = rows.model._meta.get_field("activity").related_model.objects
    shown = rows.filter(Q(activity=None) | Q(activity__in=activities.public()))
    return list(for_page(shown.defer("activity__description", "activity__search")))


def _figures_of(organisation: Organisation) -> list[ShownFigure]:
    """Declared numbers, the newest first; what is not dated stands where it can be from at the latest."""
    rows = for_page(organisation.figures.with_speakers())
    newest_first = sorted(
        rows, key=lambda row: row.as_of or row.not_after or datetime.date.min, reverse=True
    )
    return [_shown(figure) for figure in newest_first]


def _posts_about(organisation: Organisation) -> dict:
    rows = organisation.posts.public().defer("body", "search").newest_first()
    posts = list(for_page(rows)[: MOST_POSTS + 1])
    more = len(posts) > MOST_POSTS
    address = f"{reverse('news:list')}?organisation={organisation.slug}"
    return {"posts": posts[:MOST_POSTS], "posts_url": address if more else ""}


# How it is said


def kicker_of(organisation: Organisation) -> str:
    """Return 'Cluster in Cluj-Napoca, Romania', or what of it is on record."""
    kind = (
        ""
        if organisation.kind == Organisation.Kind.OTHER
        else capfirst(organisation.get_kind_display())
    )
    if kind and organisation.place:
        return _("%(kind)s in %(place)s") % {"kind": kind, "place": organisation.place}
    return kind or organisation.place


def _facts(organisation: Organisation) -> list[tuple[str, list[str]]]:
    """Return the facts on record beside the profile, as terms with their values."""
    names = [
        format_html('<span lang="{}">{}</span>', name["language"], name["name"])
        if name["language"]
        else name["name"]
        for name in organisation.other_names
    ]
    website, confirmed = organisation.website, organisation.confirmed_on
    sponsor = reverse("members:sponsor", args=[organisation.slug])
    facts = [
        (_("Also known as"), names),
        (_("Website"), [_link(urlsplit(website).netloc.removeprefix("www."), website)]
         if website else []),
        (_("Founded"), [str(organisation.founded)] if organisation.founded else []),
        (_("Seat"), [organisation.place] if organisation.place else []),
        (_("Region"), [organisation.region] if organisation.region else []),
        (_("Profile last confirmed"), [in_words(confirmed)] if confirmed else []),
        (_("As a sponsor"), [_link(_("Memberships it paid for"), sponsor)]
         if organisation.is_sponsor else []),
    ]  # fmt: skip
    return [(term, values) for term, values in facts if values]


def _standing(memberships: list[Membership]) -> dict | None:
    """Return how things stand today: a word for the tag, the rest, and whether it is in force."""
    telling = telling_membership(memberships, today())
    if telling is None:
        return None
    category, time = telling.category_in_words(), telling.time_in_words()
    if telling.is_on():
        return {"tag": category, "words": time, "in_force": True}
    tag = _("Announced") if telling.is_announced() else _("Former member")
    return {"tag": tag, "words": f"{category}, {time}", "in_force": False}


def _since(memberships: list[Membership]) -> dict:
    """Return the first day as a member ever, and the first of the unbroken time in force.

    The second only where they differ: after a gap.
    """
    begun = [row for row in reversed(memberships) if not row.is_announced()]
    if not begun:
        return {}
    current = begun[-1]
    for earlier, later in reversed(list(pairwise(begun))):
        if earlier.during.upper is None or earlier.during.upper < later.during.lower:
            break
        current = earlier
    gap = begun[-1].is_on() and current is not begun[0]
    return {
        "first": begun[0].start_in_words() if len(begun) > 1 else "",
        "current": current.start_in_words() if gap else "",
    }


def memberships_in_lines(
    memberships: list[Membership], following: dict[Membership, Membership] | None = None
) -> list[MembershipLine]:
    """Return memberships, their helpers loaded, as rows.

    `following` gives for each the next one of its organisation; without it the list holds the
    memberships of one organisation, newest first.
    """
    if following is None:
        following = {earlier: later for later, earlier in pairwise(memberships)}
    return [
        MembershipLine(
            membership=row,
            sponsored=_sponsored_in_words(row),
            helpers=helpers_in_links(row),
            outcome=_outcome_in_words(row.outcome(following.get(row))),
        )
        for row in memberships
    ]


def _sponsored_in_words(row: Membership) -> str:
    """Return 'Sponsored by A on behalf of B, with help of C and D.' with links, or nothing."""
    if row.sponsor is None:
        return ""
    words = {
        (False, False): _("Sponsored by {sponsor}."),
        (True, False): _("Sponsored by {sponsor} on behalf of {principal}."),
        (False, True): _("Sponsored by {sponsor}, with help of {helpers}."),
        (True, True): _("Sponsored by {sponsor} on behalf of {principal}, with help of {helpers}."),
    }[bool(row.on_behalf_of), bool(row.helpers)]
    page = reverse("members:sponsor", args=[row.sponsor.slug])
    return format_html(
        words,
        sponsor=_link(row.sponsor.name, page),
        principal=link_to(row.on_behalf_of) if row.on_behalf_of else "",
        helpers=helpers_in_links(row),
    )


def helpers_in_links(row: Membership) -> str:
    helpers = [Organisation(**helper) for helper in row.helpers]
    return format_html_join(", ", "{}", [(link_to(helper),) for helper in helpers])


def link_to(organisation: Organisation) -> str:
    return _link(organisation.name, organisation.get_absolute_url())


def _link(name: str, url: str) -> str:
    return format_html('<a href="{}">{}</a>', url, name)


def _outcome_in_words(outcome: Outcome | None) -> str:
    return capfirst(outcome.label) if outcome else ""


def _shown(figure: Figure) -> ShownFigure:
    speaker = ", ".join(
        part
        for part in (figure.said_by.full_name if figure.names_speaker else "", figure.said_as)
        if part
    )
    share = figure.unit == "%"
    parts = [
        figure.definition,
        figure.dated_in_words(),
        _("said by %(speaker)s") % {"speaker": speaker} if speaker else "",
        figure.source,
    ]
    return ShownFigure(
        value=f"{figure.written}{NO_BREAK}%" if share else figure.written,
        label=figure.unit if figure.unit and not share else capfirst(figure.get_measure_display()),
        qualifier=str(figure.get_qualifier_display()) if figure.qualifier else "",
        source=capfirst("; ".join(part for part in parts if part)),
        url=figure.source_url,
    )


def _people(affiliations: list[Affiliation], organisation: Organisation) -> list[dict]:
    """Return people by name with every function, those in office here first."""
    people: dict[int, dict] = {}
    for row in affiliations:
        entry = people.setdefault(row.person_id, {"name": "", "in_office": False, "functions": []})
        entry["name"], entry["sort"] = row.person.full_name, row.person.sort_name
        entry["url"] = row.person.get_absolute_url()
        here = row.organisation_id == organisation.pk
        entry["in_office"] |= here and row.is_on()
        where = "" if here else row.organisation.name
        entry["functions"].append((row.function, where, row.period_in_words()))
    return sorted(people.values(), key=lambda entry: (not entry["in_office"], entry["sort"]))


# Lanes of the drawing


def _membership_lane(memberships: list[Membership]) -> list[Lane]:
    if not memberships:
        return []
    oldest_first = memberships[::-1]
    text = "; ".join(row.state_in_words() for row in oldest_first)
    return [Lane(_("Membership"), text, [drawn_membership(row) for row in oldest_first])]


def _role_lanes(roles: Iterable) -> list[Lane]:
    return [
        Lane(
            _role_name(role),
            f"{role.person.full_name}, {role.period_in_words()}",
            [drawn(role, "role" if role.name == "chair" else "deputy")],
            role.group.get_absolute_url(),
        )
        for role in roles
    ]


def _role_name(role) -> str:
    return _("%(role)s of %(group)s") % {
        "role": capfirst(role.get_name_display()),
        "group": role.group.name,
    }


def _office_lanes(affiliations: Iterable[Affiliation]) -> list[Lane]:
    """Functions in the alliance itself that people from here hold or held."""
    return [
        Lane(
            _("%(function)s of the network") % {"function": row.function},
            f"{row.person.full_name}, {row.period_in_words()}",
            [drawn(row, "role")],
        )
        for row in affiliations
        if row.organisation.is_alliance
    ]


def _lanes(rows: Iterable[Period], whole) -> list[Lane]:
    """One lane for each network or group, with all periods in it."""
    by_whole: dict = {}
    for row in rows:
        by_whole.setdefault(whole(row), []).insert(0, row)
    return [
        Lane(
            of.name,
            capfirst("; ".join(row.period_in_words() for row in periods)),
            [drawn(row, "role") for row in periods],
            of.get_absolute_url(),
        )
        for of, periods in by_whole.items()
    ]


def _entries(roles, places, participations, guests) -> list[Entry]:
    """Return what it is or was part of, newest first."""
    entries = [
        *(
            _entry(role, role.group, f"{capfirst(role.get_name_display())}: {role.person.full_name}")
            for role in roles
        ),
        *(
            _entry(place, place.network, _("Coordinates the network") if place.coordinates
                   else _("Network"))
            for place in places
        ),
        *(_entry(row, row.group, _("Working group")) for row in participations),
        *(_guest_entry(row) for row in guests),
    ]  # fmt: skip
    return sorted(entries, key=lambda entry: entry.sort, reverse=True)


def _entry(row: Period, whole, what: str) -> Entry:
    text = f"{what}, {row.period_in_words()}"
    date = row.starts.first_day.year if row.start_basis == Basis.NOT_ON_RECORD else row.starts
    return Entry(str(date), whole.name, whole.get_absolute_url(), text, row.starts_on)


def _guest_entry(row) -> Entry:
    where = row.activity or row.group
    return Entry(str(row.day), str(where), where.get_absolute_url(), _("Guest"), row.day_on)
