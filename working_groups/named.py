"""Whom somebody means by a typed name: known for certain, known perhaps, or new in the record."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from members.duplicates import Match, possible_duplicates
from members.models import Alias, Organisation, Person
from record.fetching import for_page
from record.names import normalise, slug_from
from working_groups.models import Expert, GuestAppearance, Role, WorkingGroup

SUGGESTED = 8
SHORTEST = 2  # letters that suggest something
ALIKE = 5  # people who are offered for a name


@dataclass(frozen=True)
class Meant:
    """What a typed name stands for: `known` for certain, or `maybe` one of these."""

    typed: str
    known: Organisation | None = None
    maybe: tuple[Match, ...] = ()


def organisations_meant(names: Iterable[str]) -> dict[str, Meant]:
    """Return typed name → whom it means. Two queries, and four more for each that is not certain."""
    names = list(names)
    certain = certainly_meant(names)
    found = {}
    for name in names:
        known = certain.get(normalise(name))
        maybe = () if known else tuple(possible_duplicates(name))
        found[name] = Meant(
            name, known, tuple(one for one in maybe if not one.organisation.is_alliance)
        )
    return found


def organisation_meant(name: str) -> Meant:
    return organisations_meant([name])[name]


def certainly_meant(names: Iterable[str]) -> dict[str, Organisation]:
    """Return normalised name → the one organisation that has it as its name or another name.

    A name that two organisations have means neither for certain. Two queries.
    """
    words = {normalise(name) for name in names} - {""}
    rows = Organisation.objects.filter(is_alliance=False).defer("description", "search")
    others = Alias.objects.filter(normalised__in=words, organisation__is_alliance=False)
    pairs = [(row.sort_name, row) for row in for_page(rows.filter(sort_name__in=words))]
    pairs += [
        (alias.normalised, alias.organisation)
        for alias in for_page(others.select_related("organisation"))
    ]
    found: dict[str, dict[int, Organisation]] = {}
    for name, row in pairs:
        found.setdefault(name, {})[row.pk] = row
    return {name: next(iter(rows.values())) for name, rows in found.items() if len(rows) == 1}


def people_known_to(group: WorkingGroup):
    """Those whose names people who lead the group may be told: who may be shown to everybody, and
    who leads it, is sent to it, or was its guest.
    """

    def among(model, person: str, group_of: Q):
        return Exists(model.objects.filter(group_of, **{person: OuterRef("pk")}))

    guest = Q(group=group) | Q(activity__group=group)
    shown = Person.objects.may_be_shown().filter(pk=OuterRef("pk"))
    return Person.objects.filter(
        Exists(shown)
        | among(Role, "person", Q(group=group))
        | among(Expert, "person", Q(participation__group=group))
        | among(GuestAppearance, "person", guest)
    ).defer("biography")


def person_meant(name: str, group: WorkingGroup) -> tuple[Person | None, list[Person]]:
    """Return who has exactly this name, if that is one, and those with a word of it as their family
    name and the same first letter.

    Only among those whom the group's leaders may be told of; somebody else of that name is new to
    them, and staff see to it where two are one.
    """
    words = normalise(name).split()
    if not words:
        return None, []
    alike = Q()
    for word in words:
        alike |= Q(sort_name__startswith=f"{word} ")
    rows = list(for_page(people_known_to(group).filter(alike).order_by("sort_name", "pk")[:50]))
    same = [
        row
        for row in rows
        if normalise(row.name) == " ".join(words) or normalise(row.full_name) == " ".join(words)
    ]
    if len(same) == 1:
        return same[0], []
    near = [row for row in rows if normalise(row.name)[:1] == words[0][:1]]
    return None, (same or near)[:ALIKE]


def suggested_organisations(typed: str) -> list[dict[str, str]]:
    """Return what a field for an organisation offers while one types; members or not."""
    if len(normalise(typed)) < SHORTEST:
        return []
    rows = (
        Organisation.objects.filter(is_alliance=False)
        .search_for(typed)
        .with_found_name(typed)
        .defer("description", "search", "search_names")
        .best_first()
    )
    return [
        {"name": row.name, "about": ", ".join(filter(None, (row.found_as, row.place)))}
        for row in for_page(rows)[:SUGGESTED]
    ]


def suggested_people(typed: str, group: WorkingGroup) -> list[dict[str, str]]:
    """Return what a field for a person offers: those whom the group's leaders may be told of."""
    words = normalise(typed)
    if len(words) < SHORTEST:
        return []
    begins = Q(sort_name__startswith=words) | Q(sort_name__contains=f" {words}")
    rows = people_known_to(group).filter(begins).order_by("sort_name", "pk")[:SUGGESTED]
    return [{"name": row.full_name, "about": ""} for row in for_page(rows)]


def new_organisation(
    name: str, *, country: str = "", website: str = "", kind: str = ""
) -> Organisation:
    """Return an organisation that is not saved yet, under a free address."""
    return Organisation(
        name=name, slug=free_slug(Organisation, name), country=country, website=website,
        kind=kind or Organisation.Kind.OTHER,
    )  # fmt: skip


def new_person(name: str) -> Person:
    """Return a person that is not saved yet. Nobody sees the name before a basis is recorded."""
    return Person(name=name, slug=free_slug(Person, name))


def free_slug(model, name: str) -> str:
    """Return an address word for a name that no record of the model has."""
    base = slug_from(name)
    taken = set(model.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True))
    return slug_from(name, taken)
