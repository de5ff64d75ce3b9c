"""A representative changes the profile, staff approve it, and a visitor reads it; all by clicking."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE, barriers, no_sideways_scroll


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_whole_job(
    member, representative, membership_officer, open_page, sign_in_by_form, on_day, size
):
    on_day("2026-10-01")
    page = open_page(size)
    sign_in_by_form(page, "representative@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    page.get_by_role("link", name="Baltic Code Union", exact=True).click()
    expect(page.get_by_role("heading", name="What is missing")).to_be_visible()
    assert no_sideways_scroll(page)
    page.get_by_role("link", name="Change the profile").click()
    page.get_by_label("Summary").fill("We write code by the sea.")
    page.locator(".rich__text").first.wait_for()
    page.get_by_role("textbox", name="Description").click()
    page.keyboard.type("Firms on both sides of the gulf.")
    page.get_by_label("Founded").fill("October 2012")
    page.get_by_label("How many members you represent").fill("ninety")
    assert no_sideways_scroll(page)
    page.get_by_role("button", name="Send to the office").click()

    expect(
        page.get_by_role("link", name=re.compile("How many members you represent"))
    ).to_be_visible()
    expect(page.get_by_label("Summary")).to_have_value("We write code by the sea.")
    page.get_by_label("How many members you represent").fill("90")
    page.get_by_label("Of what").fill("companies")
    page.get_by_label("True on").fill("March 2026")
    page.get_by_role("button", name="Send to the office").click()
    expect(page.get_by_text("Until it is approved, visitors see what stood there")).to_be_visible()
    visitor = open_page(size)
    visitor.goto("/members/baltic-code-union/")
    expect(visitor.get_by_text("by the sea")).to_have_count(0)

    staff = open_page(size)
    sign_in_by_form(staff, "officer@example.org")
    expect(staff).to_have_url(re.compile("/desk/$"))
    staff.goto("/admin/")
    staff.get_by_role("main").get_by_role("link", name="Baltic Code Union").click()
    expect(staff.locator("ins", has_text="We write code by the sea.")).to_be_visible()
    assert no_sideways_scroll(staff)
    assert barriers(staff) == []
    staff.get_by_role("button", name="Approve").click()
    expect(staff.get_by_text("Approved: visitors see it now.")).to_be_visible()

    visitor.reload()
    expect(visitor.get_by_text("We write code by the sea.")).to_be_visible()
    expect(visitor.get_by_text("Firms on both sides of the gulf.")).to_be_visible()
    expect(visitor.get_by_text("October 2012").first).to_be_visible()
    expect(visitor.get_by_text("as stated in March 2026")).to_be_visible()
    expect(visitor.get_by_text("Profile last confirmed")).to_be_visible()
    assert no_sideways_scroll(visitor)
