"""The pages of those who pay for others' memberships: whom they sponsored, and what came of it."""

from collections.abc import Iterable
from dataclasses import replace

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.asof import day_asked
from members.cohorts import Sponsored, cohorts_of, sponsored_on
from members.models import Membership, Organisation
from members.models.memberships import Outcome
from members.profiles import helpers_in_links
from publishing.lists import page_of
from record.fetching import for_page

MOST_COHORTS = 24  # on the list of sponsors, the latest; all of them are on the sponsors' own pages
MOST_NAMES = 12  # of a cohort on the list of sponsors


def sponsors(query: QueryDict) -> dict:
    """Return what the list of sponsors shows: each sponsor, and their cohorts as they stand today."""
    rows = Organisation.objects.sponsors().select_related("logo")
    page, note = page_of(for_page(rows.defer("description", "search", "search_names")),
                         query.get("page"))  # fmt: skip
    cohorts = cohorts_of(sponsored_on(_latest_of(list(page)))) if page else []
    return {
        "page": page,
        "sponsors": [(row, reverse("members:sponsor", args=[row.slug])) for row in page],
        "cohorts": [
            (cohort, reverse("members:sponsor", args=[cohort.sponsor.slug]),
             cohort.places[:MOST_NAMES], _others(len(cohort.places) - MOST_NAMES))
            for cohort in cohorts[:MOST_COHORTS]
        ],
        "more_cohorts": len(cohorts) > MOST_COHORTS,
        "notes": [note] if note else [],
        "parameters": QueryDict(),
        "crumbs": [(_("Members"), reverse("members:list")), (_("Sponsors"), None)],
    }  # fmt: skip


def _latest_of(sponsors: list[Organisation]) -> QuerySet:
    """Return the memberships of their latest cohorts, of one more than the page shows."""
    paid = Membership.objects.sponsored().filter(sponsor__in=sponsors)
    starts = (
        paid.order_by("-during__startswith")
        .values_list("during__startswith", "sponsor", "on_behalf_of")
        .distinct()[: MOST_COHORTS + 1]
    )
    earliest = min((first for first, *_of in starts), default=None)
    return _with_parties(paid.filter(during__startswith__gte=earliest) if earliest else paid)


def _others(number: int) -> str:
    if number <= 0:
        return ""
    return ngettext("%(number)s other", "%(number)s others", number) % {"number": number}


def _with_parties(rows: QuerySet) -> QuerySet:
    heavy = [
        f"{party}__{column}"
        for party in ("organisation", "sponsor", "on_behalf_of")
        for column in ("description", "search", "search_names")
    ]
    return for_page(rows.with_parties().defer(*heavy).newest_first())


def sponsor_page(sponsor: Organisation, query: QueryDict) -> dict:
    """Return what the page of a sponsor shows: whom it sponsored, and what came of each by a day."""
    asked = day_asked(query)
    # Of all of them only what says what came of each; the rows of the page are read whole.
    light = sponsor.sponsored_memberships.only(
        "organisation", "category", "during", "not_continued"
    )
    memberships = list(for_page(light.newest_first()))
    places = sponsored_on(memberships, asked.day)
    page, note = page_of(places, query.get("page"))
    parameters = QueryDict(mutable=True)
    parameters.update(asked.kept)
    return {
        "sponsor": sponsor,
        "asked": asked,
        "page": page,
        "lines": [(place, helpers_in_links(place.membership)) for place in _whole(page)],
        "figures": _figures(places),
        "days": _days(memberships),
        "notes": [note] if note else [],
        "parameters": parameters,
        "crumbs": [
            (_("Members"), reverse("members:list")),
            (_("Sponsors"), reverse("members:sponsors")),
            (sponsor.name, None),
        ],
    }


def _whole(places: Iterable[Sponsored]) -> list[Sponsored]:
    """Return these with their parties and those who helped."""
    places = list(places)
    rows = Membership.objects.filter(pk__in=[place.membership.pk for place in places])
    whole = {row.pk: row for row in _with_parties(rows).with_helpers()}
    return [
        replace(place, membership=whole[place.membership.pk])
        for place in places
        if place.membership.pk in whole
    ]


def _figures(places: list[Sponsored]) -> list[tuple[int, str]]:
    """Return how many organisations were sponsored by then, and how many memberships of each outcome."""
    outcomes = [place.outcome for place in places]
    begun = [place for place in places if place.outcome != Outcome.ANNOUNCED]
    numbers = [(outcomes.count(outcome), str(outcome.label)) for outcome in Outcome]
    return [
        (len({place.membership.organisation_id for place in begun}), _("organisations sponsored")),
        *((number, label) for number, label in numbers if number),
    ]


def _days(memberships: list[Membership]) -> list[tuple]:
    """Return the first days of its cohorts, the latest four, with the addresses of the page then."""
    days = sorted({row.starts_on for row in memberships})[-4:]
    return [(day, f"?on={day.isoformat()}") for day in days]
