"""The map of the site: every public page and no other."""

import datetime
import re

import pytest
from django.conf import settings
from django.utils import timezone

from alliance_portal import sitemaps
from news.models import Post
from publishing.models import Page
from tests import builders

pytestmark = pytest.mark.django_db


def locations(response) -> list[str]:
    """Return the addresses that a file of the map names, all of this site as it is known."""
    found = re.findall(r"<loc>([^<]*)</loc>", response.content.decode())
    assert all(each.startswith(f"{settings.SITE_URL}/") for each in found)
    return [each.removeprefix(settings.SITE_URL) for each in found]


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
    (file,) = files_of(visitor, "posts")  # which one depends on the post's key
    assert "<lastmod>" in visitor.get(file).content.decode()


def files_of(client, section: str) -> dict[str, list[str]]:
    """Return the files of a section as the index names them, with what is in each."""
    listed = locations(client.get("/sitemap.xml"))
    return {
        file: locations(client.get(file))
        for file in listed
        if file.partition("?")[0] == f"/sitemap-{section}.xml"
    }


def test_a_long_section_is_split_and_names_each_page_once(visitor, monkeypatch):
    monkeypatch.setattr(sitemaps.SECTIONS["members"], "limit", 2)
    members = [builders.member() for _number in range(5)]
    files = files_of(visitor, "members")
    assert all(1 <= len(addresses) <= 2 for addresses in files.values())
    named = [address for addresses in files.values() for address in addresses]
    assert named == [member.get_absolute_url() for member in members]


def test_a_file_stays_as_it_is_when_others_come_or_go(visitor, monkeypatch):
    monkeypatch.setattr(sitemaps.SECTIONS["members"], "limit", 2)
    members = [builders.member() for _number in range(5)]
    before = files_of(visitor, "members")
    members[0].memberships.all().delete()
    builders.member()
    after = files_of(visitor, "members")
    kept = [file for file, addresses in before.items() if members[0].slug not in str(addresses)]
    assert [before[file] for file in kept[:-1]] == [after[file] for file in kept[:-1]]


def test_no_file_is_longer_than_the_limit_of_search_engines():
    assert all(each.limit <= 1000 for each in sitemaps.SECTIONS.values())


def test_the_index_says_when_a_page_of_each_file_was_last_changed(visitor, group, on_day):
    on_day("2026-03-01")
    builders.activity("A meeting")
    builders.overview(group, 2025)
    on_day("2026-04-01")
    builders.post("Shown later than it was written", visible_from=timezone.now())
    Post.objects.update(updated_at=timezone.now() - datetime.timedelta(days=9))
    index = visitor.get("/sitemap.xml").content.decode()
    days = dict(re.findall(r"sitemap-(\w+)\.xml[^<]*</loc>\s*<lastmod>(\d{4}-\d{2}-\d{2})", index))
    assert days == {"activities": "2026-03-01", "overviews": "2026-03-01", "posts": "2026-04-01"}


@pytest.mark.parametrize("page", ["abc", "0", "99", "9" * 5000, "%00"])
def test_a_part_that_does_not_exist_is_not_found(visitor, page):
    assert visitor.get(f"/sitemap-members.xml?p={page}").status_code == 404
    assert visitor.get("/sitemap-nothing.xml").status_code == 404


def test_the_index_costs_the_same_however_much_there_is(visitor, django_assert_max_num_queries):
    for _number in range(3):
        builders.member()
        builders.post()
    with django_assert_max_num_queries(2):
        visitor.get("/sitemap.xml")
    with django_assert_max_num_queries(2):
        visitor.get("/sitemap-posts.xml")
