"""What each page costs at 30 organisations and at 50,000, side by side.

Prints a table; docs/performance.md keeps the last one. Every question is asked of the site without a
browser and without a held page (no ETag). What counts is the time on the processor, of the site and of
its database session, the mean of several times: what the clock says depends on what else the machine
does. `ORGANISATIONS=2000` makes it short.
"""

import os
import sys
import time
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import Count
from django.test import Client

from accounts.models import User
from members.models import Alias, Network, Organisation
from record.days import today
from record.names import normalise
from working_groups.models import WorkingGroup

FEW, MANY = 30, int(os.environ.get("ORGANISATIONS", "50000"))
POSTS_EACH = 4
TIMES = 7
ALL = "state=member&state=announced&state=former"


def members(**query) -> str:
    return f"/members/?{urlencode(query, doseq=True)}"


def questions() -> dict[str, str]:
    """Return name → address of all that is asked, for the network in the database."""
    some = Organisation.objects.in_directory().members_on().exclude(country="")
    one = some.filter(name__contains=" ").order_by("pk").last()
    accented = some.exclude(country__in=["GR", "CY", "UA", "BG", "RS"]).filter(city="Łódź").last()
    greek = some.filter(country="GR").last() or one
    alias = Alias.objects.filter(organisation__in=some, kind="acronym").first()
    word = max(normalise(one.name).split(), key=len)
    group = WorkingGroup.objects.annotate(n=Count("participations")).order_by("-n").first()
    network = Network.objects.annotate(n=Count("places")).order_by("-n").first()
    sponsor = Organisation.objects.sponsors().order_by("-sponsored", "pk").first()
    last = -(-some.count() // 24)
    day = f"{today().year - 5}-04-14"
    return {
        "directory": members(),
        "page 2": members(page=2),
        "last page": members(page=last),
        "all states": f"/members/?{ALL}",
        "former": members(state="former"),
        "announced": members(state="announced"),
        "category": members(category=["full", "regional"]),
        "country": members(country=["DE", "PL"]),
        "group": members(group=group.slug),
        "network": members(network=network.slug),
        "kind": members(kind="cluster"),
        "sponsor": members(sponsor=sponsor.slug, state=["member", "former"]),
        "four filters": members(country="DE", kind="cluster", category="full", group=group.slug),
        "on a day": members(on=day),
        "on another day, page 2": members(on=f"{today().year - 9}-01-01", page=2),
        "search: exact name": members(q=one.name),
        "search: alias": members(q=alias.name if alias else one.name),
        "search: beginning": members(q=word[:4]),
        "search: common word": members(q="cluster"),
        "search: with a typo": members(q=f"{word[:3]}{word[4:]}x"),
        "search: without accents": members(q=normalise(accented.name if accented else one.name)),
        "search: a town": members(q="Koln"),
        "search: Greek": members(q=greek.name.split()[-1]),
        "search: nothing": members(q="qqzzxxjj"),
        "search and filter": members(q="cluster", country="DE"),
        "sorted backwards": members(sort="-name"),
        "sorted by length": members(sort="longest"),
        "sorted by country": members(sort="country"),
        "sorted by category": members(sort="category"),
        "sorted by first day": members(sort="-since"),
        "cards": members(view="cards"),
        "table": members(view="table"),
        "map": members(view="map"),
        "map, all states": f"/members/?{ALL}&view=map",
        "suggestions": f"/members/suggest/?q={word[:4]}",
        "suggestions, a typo": f"/members/suggest/?q={word[:3]}{word[4:]}x",
        "CSV, first bytes": "/members/members.csv",
        "home": "/",
        "about": "/about/",
        "member": one.get_absolute_url(),
        "timeline": "/members/timeline/",
        "changes of a year": f"/members/changes/?from={today().year - 2}-12-31&to={today().year - 1}-12-31",
        "networks": "/members/networks/",
        "network's page": network.get_absolute_url(),
        "sponsors": "/members/sponsors/",
        "sponsor's page": f"/members/sponsors/{sponsor.slug}/",
        "groups": "/working-groups/",
        "group's page": group.get_absolute_url(),
        "news": "/news/",
        "policy": "/policy/",
        "activities": "/activities/",
        "search": "/search/?q=cluster",
        "sitemap": "/sitemap.xml",
        "admin: organisations": "/admin/members/organisation/",
        "admin: search": f"/admin/members/organisation/?q={word[:4]}",
        "admin: memberships": "/admin/members/membership/",
        "admin: people": "/admin/members/person/",
        "admin: posts": "/admin/news/post/",
    }


def ask(client: Client, address: str) -> None:
    """Fetch the first bytes of an answer."""
    response = client.get(address)
    if response.streaming:
        for _number, _part in zip(range(2), response, strict=False):
            pass
    assert response.status_code == 200, (address, response.status_code)


def spent() -> float:
    """Return the seconds that this process and its database session were on a processor so far."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        session = Path("/proc", str(cursor.fetchone()[0]), "schedstat").read_text()
    return time.process_time() + int(session.split()[0]) / 1e9


def measured(asked: dict[str, str], times: int = TIMES) -> dict[str, float]:
    """Return name → milliseconds: the mean of several times, after one that warms up."""
    visitor, staff = Client(), Client()
    staff.force_login(User.objects.create_superuser(f"{uuid4()}@example.org", "not used"))
    found = {}
    for name, address in asked.items():
        client = staff if address.startswith("/admin/") else visitor
        ask(client, address)
        began = spent()
        for _time in range(times):
            ask(client, address)
        found[name] = (spent() - began) / times * 1000
    return found


@pytest.fixture(scope="module")
def figures():
    return {}


@pytest.mark.parametrize("number", [FEW, MANY])
@pytest.mark.django_db(transaction=True)
def test_every_page_at_both_sizes(number, figures):
    call_command("generate_network", organisations=number, posts=number * POSTS_EACH, verbosity=0)
    figures[number] = measured(questions())
    if number == MANY:
        table(figures)


def table(figures: dict[int, dict[str, float]]) -> None:
    few, many = figures[FEW], figures[MANY]
    write = sys.stdout.write
    write(f"\n| page | {FEW} organisations, ms | {MANY:,} organisations, ms | times |\n")
    write("| --- | ---: | ---: | ---: |\n")
    for name in few:
        ratio = many[name] / few[name]
        write(f"| {name} | {few[name]:.0f} | {many[name]:.0f} | {ratio:.1f} |\n")
