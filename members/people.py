"""The page of a person: what they do and did where, as far as they agreed to be shown."""

from dataclasses import dataclass

from django.http import Http404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from members.models import Affiliation, Person
from members.timelines import Lane, axis_of, drawn, with_bars
from record.days import today
from record.fetching import for_page
from record.periods import Period


@dataclass(frozen=True)
class Line:
    """A function, role or expertise: what, where, and when as it is known."""

    what: str
    where: str
    url: str
    period: str
    is_current: bool


def person_page(slug: str) -> dict:
    """Return all that the page of a person shows. Raises Http404 where nothing of them may be shown.

    Name and functions rest on one basis; portrait and biography each on one of their own, and show
    beside the name only.
    """
    rows = Person.objects.may_be_shown().with_showing().select_related("portrait")
    person = for_page(rows.defer("email")).filter(slug=slug).first()
    if person is None:
        raise Http404
    functions, roles, expertise = _functions(person), _roles(person), _expertise(person)
    lanes = [
        *(_lane(row, f"{row.function}, {row.organisation.name}", row.organisation)
          for row in functions),
        *(_lane(row, _of_group(row.get_name_display(), row.group), row.group) for row in roles),
    ]  # fmt: skip
    axis = axis_of(lanes, today()) if lanes else None
    functions_now, functions_before = _parted(
        _line(row, row.function, row.organisation) for row in functions
    )
    return {
        "person": person,
        "portrait": person.portrait if person.shows_portrait else None,
        "biography": person.biography if person.shows_biography else "",
        "lead": _in_words(functions_now),
        "functions": [(_("Today"), functions_now), (_("Before and ahead"), functions_before)],
        "in_groups": [
            *(_line(row, capfirst(row.get_name_display()), row.group) for row in roles),
            *(_line(row, _expert(row), row.participation.group) for row in expertise),
        ],
        "overviews": _overviews(person),
        "lanes": with_bars(lanes, axis) if axis else [],
        "axis": axis,
        "crumbs": [(_("Members"), reverse("members:list")), (person.full_name, None)],
    }


# What is asked, one query each


def _functions(person: Person) -> list[Affiliation]:
    rows = person.affiliations.select_related("organisation").order_by("-during", "order", "pk")
    return list(for_page(rows))


def _roles(person: Person) -> list[Period]:
    return list(for_page(person.roles.select_related("group").newest_first()))


def _expertise(person: Person) -> list[Period]:
    rows = person.expert_places.select_related(
        "participation__group", "participation__organisation"
    )
    return list(for_page(rows.newest_first()))


def _overviews(person: Person) -> list:
    """Return the overviews that name this person as one who wrote them, the latest first."""
    group = Person._meta.get_field("roles").related_model._meta.get_field("group").related_model
    overviews = group._meta.get_field("overviews").related_model.objects
    rows = (
        overviews.public()
        .filter(group__in=person.roles.values("group"))
        .filter(frozen__byline__contains=[{"person": person.pk}])
        .select_related("group")
        .defer("body", "search", "frozen", "outlook", "thanks")
    )
    return list(for_page(rows.order_by("-year", "group__name")))


# How it is said


def _line(row: Period, what: str, where) -> Line:
    return Line(what, where.name, where.get_absolute_url(), row.period_in_words(), row.is_on())


def _parted(lines) -> tuple[list[Line], list[Line]]:
    lines = list(lines)
    return [line for line in lines if line.is_current], [
        line for line in lines if not line.is_current
    ]


def _in_words(now: list[Line]) -> str:
    """Return 'Director, Cluj IT Cluster; Council member, ATIC' of what is held today."""
    return "; ".join(f"{line.what}, {line.where}" for line in now)


def _expert(row) -> str:
    words = {"organisation": row.participation.organisation.name, "field": row.expertise}
    if row.expertise:
        return _("Expert for %(organisation)s: %(field)s") % words
    return _("Expert for %(organisation)s") % words


def _of_group(role: str, group) -> str:
    return _("%(role)s of %(group)s") % {"role": capfirst(role), "group": group.name}


def _lane(row: Period, name: str, where) -> Lane:
    kind = "deputy" if getattr(row, "name", "chair") != "chair" else "role"
    return Lane(name, capfirst(row.period_in_words()), [drawn(row, kind)], where.get_absolute_url())
