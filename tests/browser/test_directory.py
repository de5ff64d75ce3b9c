"""The directory in a browser: results replaced in place, the back button, the map and suggestions by
keyboard.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from members.models import Alias
from tests import builders
from tests.browser.conftest import DESKTOP, PHONE, barriers, no_sideways_scroll

NARROWEST = (320, 640)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@pytest.fixture
def network(transactional_db):
    """Thirty members in Latvia, one in Romania, one with a long name, one announced, one former."""
    cluj = builders.member("Cluj IT Cluster", "2023-01-01", city="Cluj-Napoca", country="RO")
    Alias.objects.create(organisation=cluj, name="Asociația Cluj IT")
    builders.member("Clujana Makers", country="RO")
    builders.member("Helvetia Klein-IT", "2013-01-01", "2020-12-31", country="CH")
    builders.member(LONG, country="AT")
    builders.member("Later Guild", "2190-01-01", country="PT")
    for number in range(30):
        builders.member(f"Association {number:02}", country="LV")


def names(page: Page):
    return page.locator(".row__name")


def count(page: Page):
    return page.locator("#results")


def said(page: Page):
    """What a screen reader hears of the results."""
    return page.get_by_role("status")


@pytest.fixture
def stay(page):
    """Return a function that fails unless the page is still the one that was loaded at first."""

    def still_here():
        assert page.evaluate("window.loadedOnce") is True, "there was a full load"

    def begin(address):
        page.goto(address)
        page.evaluate("window.loadedOnce = true")
        return still_here

    return begin


# Results replaced in place


def test_results_are_replaced_on_submit_and_not_before(network, page, stay):
    still_here = stay("/members/")
    expect(count(page)).to_have_text(re.compile("^33 organisations"))
    page.get_by_role("checkbox", name="Romania").check()
    page.wait_for_timeout(300)
    assert page.url.endswith("/members/")  # nothing moves while one chooses
    page.get_by_role("button", name="Show results").click()
    expect(names(page)).to_have_text(["Cluj IT Cluster", "Clujana Makers"])
    expect(page).to_have_url(re.compile(r"/members/\?state=member&country=RO$"))
    expect(said(page)).to_have_text(re.compile("^2 organisations"))
    expect(count(page)).to_be_focused()
    expect(page.get_by_role("checkbox", name="Romania")).to_be_checked()
    still_here()


def test_the_back_button_brings_back_results_filters_and_place(network, page, stay):
    still_here = stay("/members/")
    page.get_by_role("link", name="Next").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    assert before > 0
    page.get_by_role("link", name="Next").click()
    expect(names(page)).to_have_count(9)
    expect(page).to_have_url(re.compile("page=2"))
    expect(count(page)).to_be_in_viewport()
    page.get_by_role("link", name="Longest first").click()
    expect(page).to_have_url(re.compile("sort=longest"))
    expect(names(page)).to_have_count(24)
    page.go_back()
    expect(names(page)).to_have_count(9)
    page.go_back()
    expect(names(page)).to_have_count(24)
    expect(page).to_have_url(re.compile("/members/$"))
    page.wait_for_function(f"Math.abs(scrollY - {before}) < 50")
    page.go_forward()
    expect(names(page)).to_have_count(9)
    still_here()


def test_a_member_and_back_shows_the_results_that_were_left(network, page, stay):
    stay("/members/")
    page.get_by_role("checkbox", name="Romania").check()
    page.get_by_role("button", name="Show results").click()
    page.get_by_role("link", name="Clujana Makers").click()
    expect(page).to_have_url(re.compile("/members/clujana-makers/$"))
    page.go_back()
    expect(names(page)).to_have_text(["Cluj IT Cluster", "Clujana Makers"])
    expect(page.get_by_role("checkbox", name="Romania")).to_be_checked()


def test_the_focus_stays_on_what_is_still_there(network, page, stay):
    still_here = stay("/members/")
    for view, seen in (("Cards", ".card--member"), ("Table", ".ledger"), ("Map", ".places")):
        link = page.get_by_role("link", name=view, exact=True)
        link.focus()
        page.keyboard.press("Enter")
        expect(page.locator(seen).first).to_be_visible()
        expect(page.get_by_role("link", name=view, exact=True)).to_be_focused()
    page.get_by_role("link", name="Table", exact=True).click()
    page.get_by_role("link", name="Country", exact=True).press("Enter")
    expect(page.get_by_role("columnheader", name="Country")).to_have_attribute(
        "aria-sort", "ascending"
    )
    expect(page.get_by_role("link", name="Country", exact=True)).to_be_focused()
    still_here()


def test_a_day_is_asked_for_without_a_full_load_and_read_back(network, page, stay):
    still_here = stay("/members/?view=table")
    page.get_by_label("The network on").fill("March 2019")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("^Members on 1.March 2019"))
    expect(page.get_by_text("March 2019 stands for its first day")).to_be_visible()
    expect(page.get_by_role("row", name="Helvetia Klein-IT")).to_be_visible()
    expect(page.get_by_label("The network on")).to_be_focused()
    page.get_by_label("The network on").fill("some day")
    page.keyboard.press("Enter")
    expect(page.get_by_text("'some day' is not a day.")).to_be_visible()
    expect(page.get_by_label("The network on")).to_have_value("some day")
    still_here()


def test_where_fetching_fails_the_page_is_loaded_as_without_script(network, page):
    page.goto("/members/")

    def answer(route):
        if route.request.resource_type == "fetch":
            route.fulfill(status=404, body="")
        else:
            route.continue_()

    page.route("**/members/?**", answer)
    page.get_by_role("checkbox", name="Romania").check()
    with page.expect_navigation(url=re.compile("country=RO")):
        page.get_by_role("button", name="Show results").click()
    expect(names(page)).to_have_text(["Cluj IT Cluster", "Clujana Makers"])


def test_on_a_phone_the_filters_close_when_they_are_sent(network, open_page):
    page = open_page(PHONE)
    page.goto("/members/")
    page.get_by_text(re.compile("^Filters")).click()
    page.get_by_role("checkbox", name="Romania").check()
    page.get_by_role("button", name="Show results").click()
    expect(page.get_by_text("Filters, one chosen")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Romania")).to_be_hidden()
    expect(count(page)).to_be_in_viewport()
    expect(names(page)).to_have_text(["Cluj IT Cluster", "Clujana Makers"])


# The map by keyboard


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])
def test_the_list_beside_the_map_is_walked_by_keyboard(network, open_page, script):
    page = open_page(java_script_enabled=script)
    page.goto("/members/?view=map")
    countries = page.locator(".places__list a")
    expect(countries).to_have_text(["Latvia", "Romania", "Austria"])
    assert page.locator(".map a").count() == 0
    page.get_by_role("link", name="Map", exact=True).focus()
    page.keyboard.press("Tab")
    expect(countries.nth(0)).to_be_focused()
    page.keyboard.press("Tab")
    expect(countries.nth(1)).to_be_focused()
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["Cluj IT Cluster", "Clujana Makers"])
    expect(page.get_by_role("checkbox", name="Romania")).to_be_checked()
    page.go_back()
    expect(page.locator(".map")).to_be_visible()


# Suggestions


def box(page: Page):
    return page.get_by_label("Name, place or acronym")


def test_the_search_box_suggests_while_typing_and_the_keyboard_chooses(network, page):
    page.goto("/members/")
    box(page).press_sequentially("cluj")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(options.first).to_have_text("Cluj IT Cluster Cluj-Napoca, Romania")
    search = page.get_by_role("combobox", name="Name, place or acronym")
    expect(search).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = search.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{chosen}")).to_have_text("Clujana Makers Romania")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")  # round again
    expect(options.nth(0)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowUp")
    assert barriers(page) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/members/clujana-makers/$"))


def test_escape_closes_the_suggestions_and_enter_searches(network, page, stay):
    still_here = stay("/members/")
    box(page).press_sequentially("asociatia")
    expect(page.get_by_role("option")).to_have_text(
        ["Cluj IT Cluster Asociația Cluj IT, Cluj-Napoca, Romania"]
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_value("asociatia")
    page.keyboard.press("Enter")
    expect(names(page)).to_have_text(["Cluj IT Cluster"])
    expect(page).to_have_url(re.compile("q=asociatia"))
    still_here()
    box(page).fill("")
    box(page).press_sequentially("helv")  # the box is a new one, and suggests again
    expect(page.get_by_role("option")).to_have_text(
        ["Helvetia Klein-IT Switzerland, former member"]
    )


def test_one_letter_suggests_nothing_and_leaving_closes(network, page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/members/")
    box(page).press_sequentially("c")
    page.wait_for_timeout(400)
    assert not [url for url in asked if "/suggest/?" in url]
    box(page).press_sequentially("lu")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert len([url for url in asked if "/suggest/?" in url]) < 3  # no question for each letter
    page.keyboard.press("Tab")
    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_click_opens_what_is_suggested_on_a_phone_too(network, open_page):
    page = open_page(NARROWEST)
    page.goto("/members/")
    page.get_by_text(re.compile("^Filters")).click()
    box(page).press_sequentially("donau")
    expect(page.get_by_role("option")).to_have_text([f"{LONG} Austria"])
    assert no_sideways_scroll(page)
    page.get_by_role("option").click()
    expect(page.get_by_role("heading", name=LONG, level=1)).to_be_visible()


def test_the_search_needs_no_script(network, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/members/")
    assert box(page).get_attribute("role") is None
    box(page).fill("clujit")
    box(page).press("Enter")
    expect(names(page).first).to_have_text("Cluj IT Cluster")


# Every view, on every width


@pytest.mark.parametrize("size", [DESKTOP, NARROWEST], ids=["desktop", "narrow"])
def test_no_view_scrolls_sideways_or_keeps_anybody_out(network, open_page, size):
    page = open_page(size)
    for view in ("list", "cards", "table", "map"):
        for query in ("", "&q=zzzz", "&state=former&state=member&q=donau"):
            page.goto(f"/members/?view={view}{query}")
            assert no_sideways_scroll(page), (view, query)
            assert barriers(page) == [], (view, query)
