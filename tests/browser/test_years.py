"""The map of the home page in another year: in place where scripts run, as links where they do not."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)


def tinted(page) -> int:
    return page.locator("path:is(.map__land--1, .map__land--2, .map__land--3)").count()


def test_years_are_chosen_by_click_and_by_arrow_keys(demo, page):
    page.goto("/")
    years = page.get_by_role("navigation", name="The map in another year")
    countries_today = tinted(page)
    years.get_by_role("link", name="2012").click()
    assert page.url.endswith("/")
    expect(page.locator(".years__year")).to_have_text("2012")
    expect(page.locator(".years__words")).to_contain_text(
        "1 January 2012: 6 members in 6 countries"
    )
    assert tinted(page) == 6
    listed = page.locator(".map-key__countries li:visible")
    names = [name.strip() for name in listed.all_text_contents()]
    assert names == sorted(names)
    assert len(names) == 6
    assert "on=2012-01-01" in listed.first.get_by_role("link").get_attribute("href")

    page.keyboard.press("ArrowRight")
    expect(page.locator(".years__year")).to_have_text("2013")
    expect(years.get_by_role("link", name="2013")).to_be_focused()
    page.keyboard.press("End")
    expect(page.locator(".years__words")).to_contain_text("as on record today")
    page.keyboard.press("ArrowLeft")
    expect(page.locator(".years__words")).to_contain_text("31 members in 29 countries")
    assert tinted(page) == countries_today
    assert "on=" not in listed.first.get_by_role("link").get_attribute("href")


def test_without_a_script_a_year_leads_to_the_members_of_its_first_day(demo, open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="2012").click()
    expect(page).to_have_url(f"{page.url.split('/members')[0]}/members/?on=2012-01-01")
    expect(page.get_by_role("heading", level=1)).to_contain_text("1 January 2012")
