"""A public page costs a fixed number of queries, ten at the most, whatever the number of rows."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from members.index import index
from tests import crowd

pytestmark = pytest.mark.django_db
BUDGET = 10

PAGES = {
    "home": "/",
    "about": "/about/",
    "membership": "/membership/",
    "apply": "/membership/apply/",
    "directory": "/members/",
    "directory, filtered": "/members/?country=RO&country=BE&category=full&q=member",
    "directory, another day": "/members/?on=2022-04-14&state=member&state=former",
    "directory, cards": "/members/?view=cards&sort=longest",
    "directory, table": "/members/?view=table&sort=-since&state=member&state=former",
    "directory, map": "/members/?view=map&q=member",
    "directory, suggestions": "/members/suggest/?q=member",
    "member": "/members/{member}/",
    "other organisation": "/organisations/{guest}/",
    "changes": "/members/changes/",
    "changes, years": "/members/changes/?from=2010&to=2030",
    "changes feed": "/members/changes/feed/?from=2010&to=2030",
    "timeline": "/members/timeline/",
    "person": "/people/{person}/",
    "figures on a day": "/about/?on=2022-04-14",
    "open data": "/data/",
    "open data, members": "/data/members.json",
    "open data, memberships": "/data/memberships.csv",
    "networks": "/members/networks/",
    "network": "/members/networks/{network}/",
    "sponsors": "/members/sponsors/",
    "sponsor": "/members/sponsors/{sponsor}/",
    "groups": "/working-groups/",
    "group": "/working-groups/{group}/",
    "overview": "/working-groups/{group}/overviews/2025/",
    "activities": "/activities/",
    "activity": "/activities/{activity}/",
    "news": "/news/",
    "news, filtered": "/news/?kind=announcement&year=2026&q=post",
    "post": "/news/{post}/",
    "news feed": "/news/feed/",
    "policy": "/policy/",
    "position": "/policy/{position}/",
    "opportunities": "/opportunities/",
    "opportunities, filtered": "/opportunities/?kind=call&state=open&state=past&q=call",
    "opportunity": "/opportunities/{call}/",
    "opportunities calendar": "/opportunities/calendar.ics",
    "news as JSON": "/news/feed.json",
    "policy feed": "/policy/feed/",
    "search": "/search/?q=member",
    "search, empty": "/search/",
    "contact": "/contact/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
}


def queries(client, world) -> dict[str, int]:
    """Return how many queries each page costs; every page must answer."""
    slugs = {name: thing.slug for name, thing in world.items()}
    counts = {}
    for page, address in PAGES.items():
        with CaptureQueriesContext(connection) as captured:
            response = client.get(address.format(**slugs))
        assert response.status_code == 200, page
        counts[page] = len(captured)
    return counts


def test_a_page_costs_as_much_with_300_organisations_as_with_30(visitor):
    seen = []
    for number in (30, 300):
        with transaction.atomic():
            world = crowd.network_of(number)
            index()  # read anew after an edit of what it holds: three queries, whatever their number
            seen.append(queries(visitor, world))
            transaction.set_rollback(True)
    assert seen[0] == seen[1]
    assert {page: count for page, count in seen[1].items() if count > BUDGET} == {}
