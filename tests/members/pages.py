"""What tests of pages ask again and again."""

import datetime
import re
from html import unescape

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from members.models import Membership, NetworkMember, Organisation
from record.names import normalise, slug_from
from tests import builders
from working_groups.models import Participation

MOST_QUERIES = 10


def text_of(response) -> str:
    """Return what a page says, as plain text with single spaces."""
    main = response.content.decode().partition('tabindex="-1">')[2].partition("</main>")[0]
    within_words = re.sub(r"</?(?:a|b|span|abbr|small)\b[^>]*>", "", main)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", within_words)).split())


def names_in(response) -> list[str]:
    """Return the organisations that a list shows, in its order."""
    found = re.findall(r'class="row__name"><a href="[^"]+">([^<]+)</a>', response.content.decode())
    return [unescape(name) for name in found]


def many_members(number: int, *, in_group=None, in_network=None, sponsor=None) -> None:
    """Add so many members at once: in the group, in the network, every third of them sponsored."""
    made = [
        Organisation(
            name=(name := f"Association {next(builders.numbers)}"),
            slug=slug_from(name),
            sort_name=normalise(name),
            search_names=normalise(name),
            country=("LV", "EE", "LT")[count % 3],
        )
        for count in range(number)
    ]
    Organisation.objects.bulk_create(made)
    first, after = datetime.date(2020, 1, 1), datetime.date(2190, 1, 1)
    facts = {"during": DateRange(first, after), "end_basis": "stated"}
    Membership.objects.bulk_create(
        Membership(
            organisation=one,
            category="sponsored" if sponsor and not count % 3 else "full",
            sponsor=None if count % 3 else sponsor,
            **facts,
        )
        for count, one in enumerate(made)
    )
    if in_group:
        Participation.objects.bulk_create(
            Participation(organisation=one, group=in_group, **facts) for one in made
        )
    if in_network:
        NetworkMember.objects.bulk_create(
            NetworkMember(organisation=one, network=in_network, **facts) for one in made
        )
    # What autovacuum does within a minute: without it the planner takes the tables for empty.
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def links_in(response) -> list[str]:
    return [unescape(url) for url in re.findall(r'href="([^"]+)"', response.content.decode())]


def queries_of(url: str) -> int:
    """Return how many SQL queries a visitor's request of a page costs."""
    cache.clear()
    with CaptureQueriesContext(connection) as captured:
        response = Client().get(url)
        b"".join(response)  # a file asks while it is sent
    assert response.status_code == 200, url
    return len(captured)
