"""The map of the site: every public page and no other."""

import datetime
import re

import pytest
from django.utils import timezone

from alliance_portal import sitemaps
from publishing.models import Page
from tests import builders

pytestmark = pytest.mark.django_db


def locations(response) -> list[str]:
    return re.findall(r"<loc>http://testserver([^<]*)</loc>", response.content.decode())


def everything(client) -> list[str]:
    return [
        address
        for section in locations(client.get("/sitemap.xml"))
        for address in locations(client.get(section))
    ]


def test_it_names_every_public_page_and_each_answers(visitor, group):
    sponsor = builders.organisation("Sponsor")
    builders.membership(
        builders.organisation("Sponsored"), "2022-03", "2023-02", "sponsored", sponsor=sponsor
    )
    builders.network("Eastern network")
    builders.overview(group, 2025)
    builders.post("A post")
    builders.position("A position")
    builders.activity("A meeting")
    addresses = everything(visitor)
    assert {
        "/", "/about/", "/members/sponsored/", "/organisations/sponsor/",
        "/members/networks/eastern-network/", "/members/sponsors/sponsor/",
        "/working-groups/digitalisation/", "/working-groups/digitalisation/overviews/2025/",
        "/news/a-post/", "/policy/a-position/", "/activities/a-meeting/",
    } <= set(addresses)  # fmt: skip
    assert len(addresses) == len(set(addresses))
    for address in addresses:
        assert visitor.get(address).status_code == 200, address


def test_it_names_nothing_that_is_not_public(visitor, group, alliance):
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    builders.post("Hidden post", state="draft")
    builders.position("Hidden position", visible_from=tomorrow)
    builders.overview(group, 2025, audience="members")
    builders.activity("Hidden meeting", audience="members")
    addresses = " ".join(everything(visitor))
    assert "hidden" not in addresses
    assert "overviews" not in addresses
    assert "the-alliance" not in addresses
    assert "/desk/" not in addresses
    assert "/search/" not in addresses


def test_it_says_when_a_text_was_last_changed(visitor):
    Page.objects.create(key="about", title="About")
    assert (
        f"<lastmod>{timezone.now():%Y-%m-%d}" in visitor.get("/sitemap-site.xml").content.decode()
    )
    builders.post("A post")
    assert "<lastmod>" in visitor.get("/sitemap-posts.xml").content.decode()


def test_a_long_section_is_split(visitor, monkeypatch):
    monkeypatch.setattr(sitemaps.SECTIONS["members"], "limit", 2)
    for _number in range(3):
        builders.member()
    assert "/sitemap-members.xml?p=2" in locations(visitor.get("/sitemap.xml"))
    assert len(locations(visitor.get("/sitemap-members.xml"))) == 2
    assert len(locations(visitor.get("/sitemap-members.xml?p=2"))) == 1


@pytest.mark.parametrize("page", ["abc", "0", "99", "9" * 5000, "%00"])
def test_a_part_that_does_not_exist_is_not_found(visitor, page):
    assert visitor.get(f"/sitemap-members.xml?p={page}").status_code == 404
    assert visitor.get("/sitemap-nothing.xml").status_code == 404


def test_the_index_costs_the_same_however_much_there_is(visitor, django_assert_max_num_queries):
    for _number in range(3):
        builders.member()
        builders.post()
    with django_assert_max_num_queries(10):
        visitor.get("/sitemap.xml")
