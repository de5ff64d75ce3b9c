"""The record of a group's year as data: what an overview shows, and what is frozen with it.

`assemble` reads it, in a fixed number of queries; `record_of` and `draw` say what a page prints.
Only plain values: the frozen copy is drawn by the template of the day on which it is read.
"""

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from members.models import Affiliation, Organisation, Person
from publishing.models import Publication
from record.days import PartialDate, today, year_bounds
from record.periods import Basis
from working_groups.models import (
    Activity,
    Expert,
    GuestAppearance,
    Initiative,
    Overview,
    Participation,
    Role,
    WorkingGroup,
)

SCHEMA = 1
SECTIONS = {
    "joined": gettext_lazy("Joined the group"),
    "experts": gettext_lazy("Experts"),
    "guests": gettext_lazy("Guests"),
    "activities": gettext_lazy("Activities"),
    "initiatives": gettext_lazy("Initiatives"),
    "positions": gettext_lazy("Contributed to"),
}

# Figure of the year → the section whose things it counts.
COUNTED = {
    "joined": "joined",
    "positions": "positions",
    "guests": "guests",
    "meetings": "activities",
}


def assemble(group: WorkingGroup, year: int, incomplete: list[str] | tuple = ()) -> dict:
    """Return what is on public record of a group's year as it stands today.

    `incomplete` names the sections that say 'there were others'. What has not begun yet is no part
    of it. A person without a recorded basis is named by function only.
    """
    day = today()
    roles = list(
        group.roles.chairs().in_year(year).filter(_begun(day)).with_people().oldest_first()
    )
    experts = list(
        Expert.objects.in_year(year)
        .filter(_begun(day), participation__group=group)
        .select_related("person", "participation__organisation")
        .order_by("person__sort_name", "pk")
    )
    guests = list(_guests(group, year, day))
    people = {row.person_id for row in [*roles, *experts, *guests] if row.person_id}
    shown = shown_people(people)
    items = {
        "joined": [_joined(row) for row in _participations(group, year, day)],
        "experts": [_expert(row, shown) for row in experts],
        "guests": [_guest(row, shown) for row in guests],
        "activities": [_activity(row) for row in _activities(group, year, day)],
        "initiatives": [_initiative(row) for row in _initiatives(group, year, day)],
        "positions": [_position(row) for row in _contributions(group, year)],
    }
    open_lists = {*incomplete, *group.open_lists.filter(year=year).values_list("what", flat=True)}
    if any(not row.guests_complete for row in _activities_of(guests)):
        open_lists.add("guests")
    sections = [
        {
            "key": key,
            "title": str(title),
            "complete": key not in open_lists,
            "items": items[key],
        }
        for key, title in SECTIONS.items()
    ]
    return {
        "schema": SCHEMA,
        "group": {"name": group.name, "slug": group.slug},
        "year": year,
        "as_of": day.isoformat(),
        "byline": _byline(roles, year, shown),
        "sections": sections,
        "figures": _figures(sections),
    }


def record_of(overview: Overview) -> dict:
    """Return the record that an overview shows: the frozen one, or today's for a draft."""
    if overview.frozen is not None:
        return draw(overview.frozen)
    return assemble(overview.group, overview.year, overview.record_incomplete)


def draw(record: dict) -> dict:
    """Return a record as it may be shown today: who has no basis any more gives way to the function.

    One query; the record that is handed in stays as it is.
    """
    return draw_all([record])[0]


def draw_all(records: list[dict]) -> list[dict]:
    """Return several records as `draw` returns one; still one query."""
    shown = shown_people(set().union(*(_people_in(record) for record in records)))
    return [
        {
            **record,
            "byline": [
                {
                    **_without_name(row, shown, "name", None),
                    "url": _page_of(shown.get(row.get("person"))),
                }
                for row in record["byline"]
            ],
            "sections": [
                {
                    **section,
                    "items": [
                        _without_name(item, shown, "text", item.get("text_without_name"))
                        for item in section["items"]
                    ],
                }
                for section in record["sections"]
            ],
        }
        for record in records
    ]


def _people_in(record: dict) -> set[int]:
    items = [item for section in record["sections"] for item in section["items"]]
    return {row["person"] for row in [*record["byline"], *items] if row.get("person")}


def with_days(record: dict) -> dict:
    """Return a record whose items say their day in words too, as `when`."""
    return {
        **record,
        "sections": [
            {
                **section,
                "items": [
                    {**item, "when": str(PartialDate.parse(item["day"])) if item["day"] else ""}
                    for item in section["items"]
                ],
            }
            for section in record["sections"]
        ],
    }


def shown_people(people: set[int]) -> dict[int, str]:
    """Return which of these persons may be named today, with the slugs of their pages."""
    if not people:
        return {}
    return dict(Person.objects.filter(pk__in=people).may_be_shown().values_list("pk", "slug"))


def _page_of(slug: str | None) -> str:
    return reverse("people:detail", args=[slug]) if slug else ""


def first_year(group: WorkingGroup) -> int:
    """Return the year in which the group's record begins; this year where there is nothing yet."""
    starts = [
        model.objects.filter(group=group)
        .annotate(begins=F("during__startswith"))
        .order_by()
        .values_list("begins")
        for model in (Role, Participation, Initiative)
    ]
    starts += [
        Activity.objects.filter(group=group).order_by().values_list("starts_on"),
        GuestAppearance.objects.of_group(group).order_by().values_list("day_on"),
    ]
    first, *others = starts
    earliest = first.union(*others, all=True).order_by("begins").first()
    return min(earliest[0].year, today().year) if earliest else today().year


def why_not(group: WorkingGroup, year: int) -> str:
    """Return why the group can have no overview of that year, or nothing where it can."""
    if year > today().year:
        return _("%(year)s has not begun: an overview tells what happened.") % {"year": year}
    first = first_year(group)
    if year < first:
        return _("The record of this group begins in %(first)s: nothing is known of %(year)s.") % {
            "first": first,
            "year": year,
        }
    return ""


def _begun(day):
    return Q(during__startswith__lte=day)


def _participations(group, year, day):
    return (
        group.participations.starting_in(year)
        .filter(_begun(day))
        .select_related("organisation")
        .order_by("organisation__sort_name", "pk")
    )


def _guests(group, year, day):
    return (
        GuestAppearance.objects.of_group(group)
        .in_year(year)
        .filter(Q(activity=None) | Q(activity__audience="public"), day_on__lte=day)
        .select_related("person", "organisation", "activity")
        .order_by("day_on", "pk")
    )


def _activities_of(guests):
    return [guest.activity for guest in guests if guest.activity]


def _activities(group, year, day):
    return (
        group.activities.public()
        .in_year(year)
        .filter(starts_on__lte=day, called_off=False)
        .order_by("starts_on", "pk")
    )


def _initiatives(group, year, day):
    return group.initiatives.in_year(year).filter(_begun(day)).order_by("during__startswith", "pk")


def _contributions(group, year):
    """The group's parts in positions that are public now, in the year of the part or of the text.

    Reached by its reverse name: positions belong to the app on the right.
    """
    first, after = year_bounds(year)
    by_date = Q(year=None, position__sort_day__gte=first, position__sort_day__lt=after)
    public = Publication.objects.public().filter(pk=OuterRef("position_id"))
    return (
        group.contributions.filter(Q(year=year) | by_date)
        .filter(Exists(public))
        .select_related("position")
        .order_by("position__sort_day", "pk")
    )


def _byline(roles, year, shown):
    """Who held the chair, with every affiliation in force in that role's time of the year."""
    first, after = year_bounds(year)
    affiliations = (
        Affiliation.objects.in_year(year)
        .filter(person__in={role.person_id for role in roles})
        .select_related("organisation")
        .order_by("order", "during__startswith", "pk")
    )
    by_person: dict[int, list] = {}
    for row in affiliations:
        by_person.setdefault(row.person_id, []).append(row)
    lines = []
    for role in roles:
        begins, ends = max(role.during.lower, first), min(role.during.upper or after, after)
        in_force = [
            {"function": row.function, "organisation": row.organisation.name}
            for row in by_person.get(role.person_id, [])
            if row.during.lower < ends and (row.during.upper or after) > begins
        ]
        lines.append(
            {
                "name": role.person.full_name if role.person_id in shown else None,
                "role": str(role.get_name_display()).capitalize(),
                "period": role.period_in_words(),
                "affiliations": in_force,
                "person": role.person_id,
            }
        )
    return lines


def _item(row, text, *, detail="", url="", day="", **more) -> dict:
    return {
        "id": row.pk,
        "model": row._meta.label_lower,
        "text": str(text),
        "detail": str(detail),
        "url": url,
        "day": day,
        **more,
    }


def _start(row) -> str:
    return "" if row.start_basis == Basis.NOT_ON_RECORD else row.starts.isoformat()


def _kind_of(organisation) -> str:
    """Return 'cluster', 'chamber' …; nothing where the kind says nothing."""
    if organisation.kind == Organisation.Kind.OTHER:
        return ""
    return str(organisation.get_kind_display())


def _joined(row):
    return _item(
        row,
        row.printed_as or row.organisation.name,
        detail=_kind_of(row.organisation),
        url=row.organisation.get_absolute_url(),
        day=_start(row),
    )


def _expert(row, shown):
    without = _("an expert")
    return _item(
        row,
        row.person.full_name if row.person_id in shown else without,
        detail=row.participation.organisation.name,
        url=row.participation.organisation.get_absolute_url(),
        day=_start(row),
        person=row.person_id,
        text_without_name=without,
    )


def _guest(row, shown):
    organisation = row.organisation
    without = organisation.name if organisation else _("a guest")
    named = row.person_id is None or row.person_id in shown
    details = [row.activity.title if row.activity else ""]
    if row.person_id and organisation:
        details.insert(0, organisation.name)
    elif organisation:
        details.insert(0, _kind_of(organisation))
    text = row.printed_as or (row.person.full_name if row.person_id else without)
    more = {"person": row.person_id, "text_without_name": without} if row.person_id else {}
    return _item(
        row,
        text if named else without,
        detail=", ".join(detail for detail in details if detail),
        url=organisation.get_absolute_url() if organisation else "",
        day=row.day.isoformat(),
        **more,
    )


def _activity(row):
    kind = str(row.get_kind_display())
    return _item(
        row,
        row.title,
        detail=f"{kind}, {row.place}" if row.place else kind,
        url=row.get_absolute_url(),
        day=row.day.isoformat(),
        kind=row.kind,
    )


def _initiative(row):
    return _item(row, row.title, detail=row.period_in_words(), url=row.website, day=_start(row))


def _position(row):
    position = row.position
    detail = str(position.get_output_display())
    if row.led:
        detail = _("%(output)s, led by the group") % {"output": detail}
    day = position.printed.isoformat() if position.printed else ""
    return _item(
        row,
        position.title,
        detail=detail,
        url=position.get_absolute_url(),
        day=day,
        language=position.language,
    )


def _figures(sections) -> list[dict]:
    """Count what the sections list; a list that is not complete gives 'at least'."""
    by_key = {section["key"]: section for section in sections}
    return [
        figure(key, len(items), complete=by_key[section]["complete"])
        for key, section in COUNTED.items()
        if (items := counted(key, by_key[section]["items"]))
    ]


def counted(key: str, items: list[dict]) -> list[dict]:
    """Return those things of a section that a figure counts: of the activities, the meetings."""
    return [item for item in items if key != "meetings" or item.get("kind") == "meeting"]


def figure(key: str, number: int, *, complete: bool) -> dict:
    """Return a number of the year as it is printed."""
    return {
        "key": key,
        "value": number,
        "label": _label(key, number),
        "qualifier": "" if complete else _("at least"),
    }


def _label(key: str, number: int) -> str:
    return {
        "joined": ngettext("organisation joined", "organisations joined", number),
        "positions": ngettext("position contributed to", "positions contributed to", number),
        "guests": ngettext("guest", "guests", number),
        "meetings": ngettext("meeting", "meetings", number),
    }[key]


def _without_name(row, shown, field, instead):
    if not row.get("person") or row["person"] in shown:
        return row
    return {**row, field: instead}
