"""The directory as a list, as cards, as a table and on a map: the same organisations each time."""

import re
from html import unescape

import pytest
from django.http import QueryDict

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

VIEWS = ["list", "cards", "table", "map"]
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def some(on_day):
    """Three members, one announced, one former, in four countries and one that is not on record."""
    on_day("2026-11-22")
    sponsor = builders.organisation("Facility")
    baltic = builders.member(
        "Baltic Code", "2012-01-01", country="LV", city="Riga", kind="cluster", summary="Of Riga."
    )
    atic = builders.organisation("ATIC", country="MD", kind="national_association")
    builders.membership(atic, "2026-03", "2027-02", "sponsored", sponsor=sponsor)
    nowhere = builders.member("Nowhere Union", "2010", country="", kind="other")
    later = builders.member("Later Guild", "2027-01-01", country="PT", city="Porto")
    former = builders.member("Former Forum", "2011-01-01", "2015-12-31", "regional",
                             country="LV", region="Kurzeme", kind="cluster")  # fmt: skip
    return [baltic, atic, nowhere, later, former]


ALL = "state=member&state=announced&state=former"


def shown(page) -> list[str]:
    """Return the names that cards or a table show, in their order."""
    html = page.content.decode()
    found = re.findall(r'<(?:h3|th scope="row")><a href="[^"]+">([^<]+)</a>', html)
    return [unescape(name) for name in found]


# What each view shows


@pytest.mark.parametrize("view", ["cards", "table"])
def test_cards_and_table_show_whom_the_list_shows_in_its_order(visitor, some, view):
    for query in (ALL, "country=LV", f"{ALL}&sort=longest", "q=baltic", "on=2012-05-05"):
        names = names_in(visitor.get(f"/members/?{query}"))
        assert names
        assert shown(visitor.get(f"/members/?{query}&view={view}")) == names, query


def test_a_card_says_place_summary_state_and_time(visitor, some):
    page = text_of(visitor.get("/members/?view=cards"))
    assert "Baltic Code Riga, Latvia Of Riga. Full member since 1 January 2012" in page


def test_a_line_of_the_table_says_category_first_and_last_day_as_known(visitor, some):
    page = text_of(visitor.get(f"/members/?view=table&{ALL}"))
    assert "ATIC Moldova National association Sponsored March 2026 February 2027" in page
    assert "Baltic Code Latvia Cluster Full 1 January 2012" in page
    assert "Later Guild Portugal Other Full, announced 1 January 2027" in page
    assert "Former Forum Latvia Cluster Regional, former 1 January 2011 31 December 2015" in page
    assert "Nowhere Union Other Full 2010" in page


def test_a_day_that_is_not_on_record_is_called_so_in_the_table(visitor):
    row = builders.membership(builders.organisation("BITMi"), "2019", "2020")
    row.start_basis = row.end_basis = "not_on_record"
    row.save()
    page = text_of(visitor.get("/members/?view=table&state=former"))
    assert "BITMi Belgium Other Full, former Not on record Not on record" in page


def test_the_map_has_a_list_of_countries_that_says_the_same(visitor, some):
    page = visitor.get(f"/members/?view=map&{ALL}")
    places = page.context["places"]
    assert [(one.name, one.number, one.style, one.note) for one in places.places] == [
        ("Latvia", 2, "1", "1 former"),
        ("Moldova", 1, "1", ""),
        ("Portugal", 1, "announced", "announced"),
        ("Country not on record", 1, "none", ""),
    ]
    assert "5 organisations on 22 November 2026" in text_of(page)
    styles = {land.code: land.style for land in places.drawing.lands if land.style}
    assert styles == {"LV": "1", "MD": "1", "PT": "announced"}
    assert [dot.announced for dot in places.drawing.dots] == [True, False]  # Porto, Riga


def test_a_country_beside_the_map_leads_to_its_organisations_and_keeps_the_other_filters(
    visitor, some
):
    page = visitor.get(f"/members/?view=map&{ALL}&kind=cluster")
    [place] = page.context["places"].places
    assert names_in(visitor.get(f"/members/{place.url}")) == ["Baltic Code", "Former Forum"]
    assert place.url in links_in(page)
    query = QueryDict(place.url.removeprefix("?"))
    assert query["kind"] == "cluster"
    assert query["country"] == "LV"


def test_a_country_outside_the_map_is_in_the_list(visitor):
    builders.member("Overseas", country="NZ")
    page = text_of(visitor.get("/members/?view=map"))
    assert "New Zealand" in page
    assert "Countries outside the map are in the list only." in page


def test_the_map_of_former_members_does_not_call_them_members(visitor, some):
    [place] = visitor.get("/members/?view=map&state=former").context["places"].places
    assert (place.style, place.note) == ("former", "former")


# What all of them share


@pytest.mark.parametrize("view", VIEWS)
def test_the_view_stays_when_one_filters_sorts_asks_for_a_day_or_clears(visitor, some, view):
    page = visitor.get(f"/members/?view={view}&country=LV&on=2024-05-01")
    [current] = [url for _label, url, here in page.context["views"] if here]
    others = [url for _label, url, here in page.context["views"] if not here]
    assert len(others) == 3
    assert all("country=LV" in url and "on=2024-05-01" in url for url in others)
    kept = f"view={view}" if view != "list" else ""
    assert kept in current
    for url in (page.context["today_url"], page.context["clear_url"]):
        assert kept in url
    for _label, url in page.context["chips"]:
        assert kept in url
    if kept:
        html = page.content.decode()
        hidden = f'<input type="hidden" name="view" value="{view}">'
        assert html.count(hidden) == 2  # in the filters and in the day asked for
    assert "country" not in page.context["clear_url"]
    assert "on=" not in page.context["clear_url"]


@pytest.mark.parametrize("view", VIEWS[:3])
def test_the_view_stays_on_the_next_page(visitor, view):
    many_members(30)
    page = visitor.get(f"/members/?view={view}&sort=-name")
    [following] = {url for url in links_in(page) if "page=2" in url}
    second = visitor.get(f"/members/{following}")
    assert second.context["asked"].view == view
    assert second.context["asked"].sort == "-name"
    assert len(second.context["rows"]) == 6


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_when_it_has_nothing_to_show(visitor, member, view):
    page = visitor.get(f"/members/?view={view}&q=zzzzzz")
    assert "No organisation fits all of this." in text_of(page)
    wider = page.context["empty"]["links"][0][1]
    assert (f"view={view}" in wider) is (view != "list")


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_says_when_the_record_is_empty(visitor, alliance, view):
    page = visitor.get(f"/members/?view={view}")
    assert "The record has no members yet." in text_of(page)


@pytest.mark.parametrize("view", VIEWS)
def test_one_member_with_a_long_name_and_no_logo(visitor, view):
    builders.member(LONG, country="AT")
    page = text_of(visitor.get(f"/members/?view={view}"))
    assert ("Austria" if view == "map" else LONG) in page
    assert "1 organisation on" in page


def test_a_view_that_is_none_is_said(visitor, member):
    page = visitor.get("/members/?view=globe")
    assert "There is no view called 'globe': this is the list." in text_of(page)
    assert names_in(page) == [member.name]


# The order of the table


@pytest.mark.parametrize(
    ("sort", "names"),
    [
        ("name", "ATIC, Baltic Code, Former Forum, Later Guild, Nowhere Union"),
        ("-name", "Nowhere Union, Later Guild, Former Forum, Baltic Code, ATIC"),
        ("country", "Baltic Code, Former Forum, ATIC, Later Guild, Nowhere Union"),
        ("-country", "Later Guild, ATIC, Baltic Code, Former Forum, Nowhere Union"),
        ("kind", "Baltic Code, Former Forum, ATIC, Later Guild, Nowhere Union"),
        ("category", "Baltic Code, Later Guild, Nowhere Union, Former Forum, ATIC"),
        ("-category", "ATIC, Former Forum, Baltic Code, Later Guild, Nowhere Union"),
        ("since", "Nowhere Union, Former Forum, Baltic Code, ATIC, Later Guild"),
        ("-since", "Later Guild, ATIC, Baltic Code, Former Forum, Nowhere Union"),
        ("until", "Former Forum, ATIC, Baltic Code, Later Guild, Nowhere Union"),
        ("-until", "ATIC, Former Forum, Baltic Code, Later Guild, Nowhere Union"),
    ],
)
def test_every_column_sorts_both_ways_and_what_has_no_value_comes_last(visitor, some, sort, names):
    page = visitor.get(f"/members/?view=table&{ALL}&sort={sort}")
    assert ", ".join(shown(page)) == names


def test_countries_are_sorted_by_their_names_and_not_by_their_codes(visitor):
    for code in ("DE", "ES", "HR", "CH"):  # Germany, Spain, Croatia, Switzerland
        builders.member(f"Of {code}", country=code)
    page = visitor.get("/members/?view=table&sort=country")
    assert shown(page) == ["Of HR", "Of DE", "Of ES", "Of CH"]


def test_the_header_says_how_the_table_is_sorted_and_turns_the_order_round(visitor, some):
    def headers(query):
        html = visitor.get(f"/members/{query}").content.decode()
        found = re.findall(
            r'<th scope="col"(?: class="\w+")?(?: aria-sort="(\w+)")?><a href="([^"]+)">([^<]+)</a>',
            html,
        )
        return {label: (state, unescape(url)) for state, url, label in found}

    first = headers("?view=table")
    assert first["Organisation"] == ("ascending", "?view=table&sort=-name")
    assert first["Country"][0] == ""
    second = headers(first["Country"][1])
    assert second["Country"][0] == "ascending"
    assert second["Organisation"][0] == ""
    third = headers(second["Country"][1])
    assert third["Country"][0] == "descending"
    assert "Sorted by country, from Z to A." in text_of(
        visitor.get(f"/members/{second['Country'][1]}")
    )
    assert QueryDict(third["Country"][1].removeprefix("?"))["sort"] == "country"


# What it costs


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("query", ["", "&sort=-since&state=former&state=member&q=assoc"])
def test_a_view_costs_the_same_at_3_and_at_500(view, query):
    group, network = builders.group("Skills"), builders.network("East")
    facts = {"in_group": group, "in_network": network, "sponsor": builders.organisation("Facility")}
    many_members(3, **facts)
    few = queries_of(f"/members/?view={view}{query}")
    many_members(497, **facts)
    assert queries_of(f"/members/?view={view}{query}") == few <= MOST_QUERIES
