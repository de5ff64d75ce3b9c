"""A network of any size, made quickly: what tests of query counts and benchmarks look at."""

import datetime
from itertools import cycle

from django.db import connection
from django.utils import timezone
from psycopg.types.range import DateRange

from members.models import (
    Affiliation,
    Membership,
    Network,
    NetworkMember,
    Organisation,
    Person,
    ShowingBasis,
)
from news.models import Contribution, Opportunity
from record.names import normalise
from tests import builders
from working_groups.models import Expert, GuestAppearance, Participation, WorkingGroup

COUNTRIES = ["BE", "RO", "DE", "FR", "IT", "ES", "PL", "LV", "HU", "RS", "MD", "IE"]
CATEGORIES = ["full", "regional", "sponsored", "not_on_record"]
SINCE = DateRange(datetime.date(2020, 1, 1), None, "[)")
A_DECADE = DateRange(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1), "[)")


def organisations(number: int, prefix: str, **facts) -> list[Organisation]:
    countries = cycle(COUNTRIES)
    return Organisation.objects.bulk_create(
        Organisation(
            name=f"{prefix} {index:05}",
            slug=f"{prefix.lower()}-{index:05}",
            sort_name=normalise(f"{prefix} {index:05}"),
            search_names=normalise(f"{prefix} {index:05}"),
            country=next(countries),
            city=f"City {index % 20}",
            region=f"Region {index % 20}",
            **facts,
        )
        for index in range(number)
    )


def network_of(number: int) -> dict:
    """Make an alliance with so many members and as much around them; returns the named things.

    Every member takes part in one group, sits in one network, has a person with a function and an
    expert; a quarter are sponsored by one sponsor; as many organisations again are guests only.
    """
    alliance = builders.organisation("The Alliance", is_alliance=True)
    sponsor = builders.organisation("Sponsor")
    members = organisations(number, "Member", kind="national_association")
    guests = organisations(number, "Guest", kind="company")
    categories = cycle(CATEGORIES)
    Membership.objects.bulk_create(
        Membership(
            organisation=of,
            category=(category := next(categories)),
            during=A_DECADE if category == "sponsored" else SINCE,
            end_basis="stated" if category == "sponsored" else "open",
            sponsor=sponsor if category == "sponsored" else None,
        )
        for of in members
    )
    network, group = builders.network("Northern Network"), builders.group("Digitalisation")
    NetworkMember.objects.bulk_create(
        NetworkMember(network=network, organisation=of, during=SINCE) for of in members
    )
    builders.coordination(network, members[0])
    places = Participation.objects.bulk_create(
        Participation(group=group, organisation=of, during=SINCE) for of in members
    )
    people = Person.objects.bulk_create(
        Person(name=f"Person {index:05}", slug=f"person-{index:05}", sort_name=f"person {index:05}")
        for index in range(number)
    )
    ShowingBasis.objects.bulk_create(
        ShowingBasis(person=of, kind="consent", since=datetime.date(2020, 1, 1), proof="test")
        for of in people
    )
    Affiliation.objects.bulk_create(
        Affiliation(person=person, organisation=at, function=function, during=SINCE)
        for person, of in zip(people, members, strict=True)
        for at, function in ((of, "Director"), (members[0], "Council member"))
    )
    Expert.objects.bulk_create(
        Expert(participation=place, person=person, during=SINCE)
        for place, person in zip(places, people, strict=True)
    )
    GuestAppearance.objects.bulk_create(
        GuestAppearance(group=group, organisation=of, day_on=datetime.date(2025, 5, 5))
        for of in guests
    )
    builders.role(people[0], group)
    around = _around(group, network, members, number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as the server does by itself some seconds later
    return {
        "alliance": alliance,
        "sponsor": sponsor,
        "member": members[0],
        "person": people[0],
        "guest": guests[0],
        "network": network,
        "group": group,
        **around,
    }


def _around(
    group: WorkingGroup, network: Network, members: list[Organisation], number: int
) -> dict:
    """Make activities, publications and further groups, a tenth as many as members."""
    today = timezone.localdate()
    for index in range(number // 10):
        other = builders.group(f"Group {index:03}")
        day = (today + datetime.timedelta(days=index - 5)).isoformat()
        activity = builders.activity(f"Activity {index:03}", day, group=group)
        position = builders.position(f"Position {index:03}")
        Contribution.objects.create(position=position, group=group)
        Contribution.objects.create(position=position, group=other)
        post = builders.post(f"Post {index:03}", kind="announcement")
        post.organisations.set(members)
        post.groups.set([group, other])
        post.networks.set([network])
        post.activities.set([activity])
        builders.overview(other, 2025)
        builders.opportunity(f"Call {index:03}").came_of_it.add(position)
    overview = builders.overview(group, 2025)
    return {
        "activity": activity,
        "position": position,
        "call": Opportunity.objects.last(),
        "post": post,
        "overview": overview,
    }
