"""Networks and sponsors: who belongs together, who coordinates, who paid and what came of it."""

import pytest

from tests import builders
from tests.members.pages import (
    MOST_QUERIES,
    links_in,
    many_members,
    names_in,
    queries_of,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def network(on_day):
    """ATIC coordinates from March 2022; an early member left, a later one joins in 2027."""
    on_day("2026-11-22")
    made = builders.network("Eastern network", formal=False, list_complete=False)
    atic = builders.member("ATIC", country="MD")
    builders.place(made, atic, "2022-03")
    builders.coordination(made, atic, "2022-03")
    builders.place(made, builders.organisation("Early Bird"), "2020-01-01", "2022-02-28")
    builders.place(made, builders.organisation("Late Comer"), "2027-01-01")
    return made


def test_a_network_says_kind_coordinator_members_and_that_others_are_not_published(
    visitor, network
):
    page = visitor.get("/members/networks/eastern-network/")
    text = text_of(page)
    assert names_in(page) == ["ATIC"]
    for words in (
        "Non-formal network Eastern network",
        "Coordinated by ATIC",
        "Members on 22 November 2026",
        "Coordinates the network since March 2022",
        "Other members not published.",
        "Early Bird 1 January 2020 to 28 February 2022",
        "Late Comer From 1 January 2027",
    ):
        assert words in text


def test_a_complete_list_does_not_say_that_others_are_missing(visitor):
    builders.network("Whole network")
    text = text_of(visitor.get("/members/networks/whole-network/"))
    assert "not published" not in text
    assert "No organisation on record for this day." in text


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("2022-02-28", ["Early Bird"]),
        ("2022-03-01", ["ATIC"]),
        ("2026-12-31", ["ATIC"]),
        ("2027-01-01", ["ATIC", "Late Comer"]),
        ("2019-12-31", []),
    ],
)
def test_a_network_can_be_seen_on_any_day(visitor, network, day, names):
    page = visitor.get(f"/members/networks/eastern-network/?on={day}")
    assert names_in(page) == names
    assert ("Coordinated by ATIC" in text_of(page)) is ("ATIC" in names)


def test_the_list_of_networks_counts_on_the_day(visitor, network):
    text = text_of(visitor.get("/members/networks/"))
    assert "1 member on record; other members not published Coordinated by ATIC" in text
    assert "2 members on record" in text_of(visitor.get("/members/networks/?on=2027-01-01"))


def test_no_network_and_no_sponsor_yet_are_said(visitor):
    assert "No network on record yet." in text_of(visitor.get("/members/networks/"))
    assert "Nothing sponsored yet." in text_of(visitor.get("/members/sponsors/"))


@pytest.mark.parametrize("address", ["/members/networks/", "/members/networks/eastern-network/"])
@pytest.mark.parametrize(
    ("query", "where"),
    [
        ("on=2022-13-45", 'aria-invalid="true"'),
        ("page=abc", "callout--warning"),
        ("page=99", "callout--warning"),
        ("on=%00&page=-1", "callout--warning"),
    ],
)
def test_what_is_not_understood_is_said(visitor, network, address, query, where):
    page = visitor.get(f"{address}?{query}")
    assert page.status_code == 200
    assert where in page.content.decode()


def test_paging_a_network_keeps_the_day(visitor, network):
    many_members(30, in_network=network)
    page = visitor.get("/members/networks/eastern-network/?on=2023-01-01")
    assert len(names_in(page)) == 24
    [following] = {url for url in links_in(page) if "page=2" in url}
    second = visitor.get(f"/members/networks/eastern-network/{following}")
    assert len(names_in(second)) == 7
    assert "1 January 2023" in text_of(second)


@pytest.fixture
def facility(on_day):
    """Paid for one that went on by itself, one that runs, and one of which nothing is known."""
    on_day("2026-11-22")
    made = builders.organisation("Facility", kind="public_body")
    commission = builders.organisation("Commission")
    converted, running, silent = (
        builders.organisation(name) for name in ("Converted", "Runner", "Silent")
    )
    row = builders.membership(converted, "2022-03", "2023-02", "sponsored", sponsor=made)
    row.helped_by.add(commission)
    builders.membership(converted, "2023-03-01")
    builders.membership(running, "2026", "2026", "sponsored", sponsor=made)
    builders.membership(
        silent, "2022-03", "2023-02", "sponsored", sponsor=made, on_behalf_of=commission
    )
    return made


def test_a_sponsor_says_whom_when_for_whom_with_whom_and_the_outcome(visitor, facility):
    text = text_of(visitor.get("/members/sponsors/facility/"))
    for words in (
        "organisations sponsored 3 Counted from the record for 22 November 2026 running 1",
        "Converted March 2022 to February 2023 Commission Converted",
        "Runner 2026 Running",
        "Silent March 2022 to February 2023 Commission Not on record",
    ):
        assert words in text


def test_the_list_of_sponsors_says_how_many_each_sponsored(visitor, facility):
    page = visitor.get("/members/sponsors/")
    assert "Facility 3 organisations sponsored" in text_of(page)
    assert "/members/sponsors/facility/" in links_in(page)
    assert "/members/sponsors/silent/" not in links_in(page)


def test_who_sponsored_nothing_has_no_sponsors_page(visitor, facility):
    assert visitor.get("/members/sponsors/silent/").status_code == 404


def test_a_member_page_leads_to_its_sponsor_and_back(visitor, facility):
    assert "/members/sponsors/facility/" in links_in(visitor.get("/members/silent/"))
    assert "/members/silent/" in links_in(visitor.get("/members/sponsors/facility/"))
    assert "/members/sponsors/facility/" in links_in(visitor.get("/organisations/facility/"))


@pytest.mark.parametrize(
    "address",
    ["/members/networks/", "/members/networks/eastern-network/", "/members/sponsors/",
     "/members/sponsors/facility/"],
)  # fmt: skip
def test_the_pages_cost_the_same_at_30_and_at_300(network, facility, address):
    many_members(30, in_network=network, sponsor=facility)
    few = queries_of(address)
    for _number in range(3):
        other = builders.network()
        many_members(90, in_network=network, sponsor=facility)
        builders.place(other, facility)
        builders.coordination(other, facility)
    assert queries_of(address) == few <= MOST_QUERIES
