"""Every public address: safe headers, nothing of the visitor, no cookie."""

import re

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from django.utils import timezone

from alliance_portal.generation import PublicPages
from news.models import Opportunity
from tests import builders

pytestmark = pytest.mark.django_db


def public_routes(patterns, before="") -> list[str]:
    routes = []
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            routes += public_routes(entry.url_patterns, route)
        else:
            routes.append(route)
    return routes


def all_public_routes() -> list[str]:
    (public,) = [entry for entry in get_resolver().url_patterns if isinstance(entry, PublicPages)]
    return public_routes(public.url_patterns)


@pytest.fixture
def addresses(group):
    """Every public address of the site map, with something behind each."""
    sponsor = builders.organisation("Sponsor")
    member = builders.membership(None, "2022-03", "2023-02", "sponsored", sponsor=sponsor)
    builders.overview(group, 2025)
    slugs = {
        "members/networks/": builders.network().slug,
        "members/sponsors/": sponsor.slug,
        "members/": member.organisation.slug,
        "organisations/": sponsor.slug,
        "opportunities/": Opportunity.objects.create(
            kind="call", title="Call", slug="call", deadline=timezone.now()
        ).slug,
        "people/": builders.person("Shown Person").slug,
        "working-groups/": group.slug,
        "activities/": builders.activity().slug,
        "news/": builders.post().slug,
        "policy/": builders.position().slug,
    }
    found = []
    for route in all_public_routes():
        address = route.replace("<slug:section>", "members").replace("<int:year>", "2025")
        if address.startswith("^data/"):
            address = "data/members.csv"
        if address.endswith(r"card\.png$"):
            address = "card.png"
        for start, slug in slugs.items():
            if address.startswith(start + "<"):
                address = start + slug + address.partition(">")[2]
        found.append("/" + address)
    return found


def unstamped(content: bytes) -> bytes:
    """Return a page without the time that the forms carry which anybody may send."""
    return re.sub(rb'name="begun" value="[^"]*"', b"", content)


def test_every_public_address_is_safe_and_the_same_for_everybody(
    addresses, visitor, sign_in, editor
):
    signed_in = sign_in(editor)
    for address in addresses:
        assert "<" not in address, f"the test does not know what to put into {address}"
        response = visitor.get(address)
        assert response.status_code == 200, address
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert response["X-Content-Type-Options"] == "nosniff", address
        assert response["Referrer-Policy"] == "same-origin", address
        assert response["X-Frame-Options"] == "DENY", address
        assert "Set-Cookie" not in response, address
        assert "Cookie" not in response.get("Vary", ""), address
        assert "public" in response["Cache-Control"], address
        assert "ETag" in response, address
        content = response.getvalue()  # of a file that is sent in parts too
        assert b"csrfmiddlewaretoken" not in content, address
        assert unstamped(signed_in.get(address).getvalue()) == unstamped(content), address
    assert not visitor.cookies


def test_a_page_has_no_inline_script_or_style_and_nothing_from_elsewhere(addresses, visitor):
    for address in addresses:
        response = visitor.get(address)
        if not response["Content-Type"].startswith("text/html"):
            continue
        page = response.content.decode()
        assert "<style" not in page, address
        assert " style=" not in page, address
        assert "<script>" not in page, address
        assert 'src="http' not in page, address
        assert " onclick" not in page, address


@pytest.mark.parametrize("address", ["/nowhere/", "/members/nobody/", "/news/nothing/"])
def test_a_page_that_is_not_there_sets_no_cookie_and_is_not_kept(address):
    client = Client()
    response = client.get(address)
    assert response.status_code == 404
    assert not client.cookies
    assert "public" not in response.get("Cache-Control", "")
    assert "ETag" not in response
