"""A visitor browses members and news, by clicking and typing, on a desktop screen and a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from record.names import slug_from
from tests import builders
from tests.browser.conftest import DESKTOP, PHONE, barriers, no_sideways_scroll

LONG = "Suomalaisten Ohjelmistoyritysten Yhteistyöjärjestöjen Keskusliittovaltuuskunta ry"
NARROWEST = (320, 640)


@pytest.fixture
def network(transactional_db):
    """Thirty members, a cluster among them with people, a group, a post and a former member."""
    cluster = builders.member(
        "Cluj IT Cluster", "2023-01-01", kind="cluster", city="Cluj-Napoca", country="RO"
    )
    builders.member(LONG, city="Helsinki", country="FI")
    builders.member("Vojvođanski IKT klaster", "2012-05-01", city="Novi Sad", country="RS")
    builders.member("Helvetia Klein-IT", "2013-01-01", "2020-12-31", country="CH")
    for number in range(28):
        builders.member(f"Association {number:02}", f"20{number % 9 + 10}-01-01", country="LV")
    facility = builders.organisation("Facility")
    atic = builders.organisation("ATIC", country="MD")
    builders.membership(atic, "2022-03", "2023-02", "sponsored", sponsor=facility)
    eastern = builders.network("Eastern network", formal=False, list_complete=False)
    builders.place(eastern, atic, "2022-03")
    builders.coordination(eastern, atic, "2022-03")
    director = builders.person("Andrei Kelemen")
    builders.affiliation(director, cluster, "Executive Director", "2021")
    builders.participation(cluster, builders.group("Digitalisation"))
    post = builders.post("Cluj IT Cluster becomes a full member", kind="announcement")
    post.organisations.add(cluster)
    builders.post("Another piece of news")


def open_filters(page: Page, size) -> None:
    if size != DESKTOP:
        page.get_by_text(re.compile(r"^Filters")).click()


def expect_names(page: Page, *names: str) -> None:
    expect(page.locator(".row__name")).to_have_text(names)


def expect_rows(page: Page, number: int) -> None:
    expect(page.locator(".row__name")).to_have_count(number)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_visitor_finds_a_member_and_the_news_about_it(network, open_page, size):
    page = open_page(size)
    page.goto("/")
    if size != DESKTOP:
        page.get_by_text("Menu", exact=True).click()
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Members").click()
    expect(page.get_by_role("heading", name="Members", level=1)).to_be_visible()
    expect(page.get_by_text("31 organisations", exact=True)).to_be_visible()
    expect_rows(page, 24)

    open_filters(page, size)
    page.get_by_label("Name, place or acronym").fill("vojvodanski")
    page.get_by_role("button", name="Show results").click()
    expect_names(page, "Vojvođanski IKT klaster")

    page.get_by_role("link", name="Clear all").click()
    expect(page.get_by_text("31 organisations", exact=True)).to_be_visible()
    open_filters(page, size)
    page.get_by_role("checkbox", name="Cluster").check()
    page.get_by_role("checkbox", name="Digitalisation").check()
    page.get_by_role("button", name="Show results").click()
    expect(page).to_have_url(re.compile(r"group=digitalisation.*kind=cluster"))
    page.get_by_role("link", name="Cluj IT Cluster").click()
    expect(page.get_by_role("heading", name="Cluj IT Cluster", level=1)).to_be_visible()
    expect(page.get_by_text("Full member since 1 January 2023").first).to_be_visible()
    expect(page.get_by_role("heading", name="Andrei Kelemen")).to_be_visible()
    assert no_sideways_scroll(page)

    page.get_by_role("link", name="Cluj IT Cluster becomes a full member").click()
    expect(page).to_have_url(re.compile("/news/cluj-it-cluster-becomes-a-full-member/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Cluj IT Cluster becomes a full member"
    )
    page.go_back()
    page.go_back()
    open_filters(page, size)
    expect(page.get_by_role("checkbox", name="Digitalisation")).to_be_checked()
    expect_names(page, "Cluj IT Cluster")


def test_filters_stay_while_paging_and_a_chip_takes_one_off(network, page):
    page.goto("/members/")
    page.get_by_role("checkbox", name="Latvia").check()
    page.get_by_role("checkbox", name="Former member").check()
    page.get_by_role("checkbox", name="Member").first.check()
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_text("28 organisations", exact=True)).to_be_visible()
    page.get_by_role("link", name="Next").click()
    expect_rows(page, 4)
    expect(page.get_by_role("checkbox", name="Latvia")).to_be_checked()
    page.get_by_role("link", name="Longest first").click()
    expect(page.locator(".row__name").first).to_have_text("Association 00")
    page.get_by_role("link", name="Remove: Latvia").click()
    expect(page.get_by_text("33 organisations", exact=True)).to_be_visible()
    expect(page.get_by_role("checkbox", name="Former member")).to_be_checked()


@pytest.mark.parametrize("typed", ["2022-04-14", "14 April 2022"])
def test_the_network_on_a_day_is_asked_for_by_typing_it(network, page, typed):
    page.goto("/members/?country=MD")
    expect_rows(page, 0)
    page.get_by_label("The network on").fill(typed)
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_title(re.compile("^Members on 14.April 2022"))
    expect_names(page, "ATIC")
    page.get_by_role("link", name="today").click()
    expect_rows(page, 0)
    page.get_by_label("The network on").fill("some day")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.get_by_text("'some day' is not a day.")).to_be_visible()


def test_a_visitor_follows_a_sponsored_year_to_its_sponsor_and_network(network, page):
    page.goto("/members/?state=former")
    page.get_by_role("link", name="ATIC").click()
    expect(page.get_by_text("Sponsored by Facility.")).to_be_visible()
    page.get_by_role("link", name="Facility").click()
    expect(page.get_by_role("row", name="ATIC")).to_contain_text("March 2022 to February 2023")
    page.get_by_role("link", name="ATIC").click()
    page.get_by_role("link", name="Eastern network").first.click()
    expect(page.get_by_text("Other members not published.")).to_be_visible()
    expect(page.get_by_text("Non-formal network")).to_be_visible()


def test_it_works_without_script(network, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/members/")
    page.get_by_role("checkbox", name="Romania").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("link", name="Cluj IT Cluster")).to_be_visible()


@pytest.mark.parametrize(
    "address",
    [
        "/members/?q=keskusliitto",
        f"/members/{slug_from(LONG)}/",
        "/members/cluj-it-cluster/",
        "/members/atic/",
        "/members/networks/",
        "/members/networks/eastern-network/",
        "/members/sponsors/",
        "/members/sponsors/facility/",
        "/members/?q=nothing-fits&on=nonsense",
    ],
)
def test_nothing_breaks_the_narrowest_screen_or_keeps_anybody_out(network, open_page, address):
    page = open_page(NARROWEST)
    assert page.goto(address).status == 200
    assert no_sideways_scroll(page)
    assert barriers(page) == []


def test_news_is_browsed_by_kind(network, page):
    page.goto("/news/")
    expect(page.get_by_role("link", name="Another piece of news")).to_be_visible()
    page.get_by_role("checkbox", name="Member announcement").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_role("link", name="Another piece of news")).to_have_count(0)
    page.get_by_role("link", name="Cluj IT Cluster becomes a full member").click()
    page.get_by_role("link", name="Cluj IT Cluster", exact=True).first.click()
    expect(page).to_have_url(re.compile("/members/cluj-it-cluster/$"))
