"""A chair in a corridor, on a phone: a meeting with two guests, and a request that is accepted."""

import re

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.browser.conftest import PHONE, barriers, no_sideways_scroll
from working_groups.models import JoinRequest

DESK = "/desk/groups/digitalisation/"
THUMB = 44  # pixels that a thumb needs


@pytest.fixture
def corridor(group, chair, on_day):
    """22 November 2026; somebody asks to join, and two bodies are on record that come as guests."""
    on_day("2026-11-22")
    builders.organisation("Joint Research Centre").aliases.create(name="JRC", kind="acronym")
    builders.organisation("Sunrise Valley Digital Innovation Hub", country="LT", city="Vilnius")
    JoinRequest.objects.create(
        group=group, organisation_name="Nordlys Lab", country="NO", contact_name="Ola Eksempel",
        contact_email="ola@example.org", expert_name="Ola Eksempel",
    )  # fmt: skip
    return group


def test_a_meeting_with_two_guests_and_a_request_on_a_phone(corridor, open_page, sign_in_by_form):
    page = open_page(PHONE)
    sign_in_by_form(page, "chair@example.org")
    expect(page.get_by_text("1 request to join waits.")).to_be_visible()
    assert no_sideways_scroll(page)

    page.get_by_role("link", name=re.compile("Add an activity")).first.click()
    expect(page.get_by_role("heading", name="An activity")).to_be_visible()
    expect(page.get_by_label("Day", exact=True)).to_have_value("22 November 2026")
    assert no_sideways_scroll(page)
    for button in page.locator("form.form--short button").all():
        assert button.bounding_box()["height"] >= THUMB
    page.get_by_label("Day", exact=True).fill("20.11.2026")
    page.get_by_label("Where").fill("Riga")
    page.get_by_role("button", name="Save and add its guests").click()

    expect(page.get_by_text("On record: Meeting of the group Digitalisation.")).to_be_visible()
    page.locator("#id_organisation").press_sequentially("jrc")
    page.get_by_role("option", name=re.compile("Joint Research Centre")).click()
    expect(page.locator("#id_organisation")).to_have_value("Joint Research Centre")
    page.get_by_role("button", name="Save and add another guest").click()

    expect(page.get_by_text("On record: Joint Research Centre.")).to_be_visible()
    page.locator("#id_organisation").fill("Sunrise Valey Digital Innovation Hub")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Choose which organisation it is")
    assert no_sideways_scroll(page)
    assert barriers(page) == []
    page.get_by_role("radio", name=re.compile("Sunrise Valley")).check()
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_role("heading", name="The record of 2026")).to_be_visible()
    activity = corridor.activities.get()
    assert str(activity.starts_on) == "2026-11-20"
    assert {str(guest) for guest in activity.guests.all()} == {
        "Joint Research Centre", "Sunrise Valley Digital Innovation Hub",
    }  # fmt: skip

    page.goto("/desk/")
    page.get_by_role("link", name=re.compile("^Answer")).click()
    page.get_by_role("link", name=re.compile("Look at it")).click()
    expect(page.get_by_text("ola@example.org")).to_be_visible()
    assert no_sideways_scroll(page)
    page.get_by_role("radio", name="It is new in the record").check()
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Nordlys Lab is on record as taking part")).to_be_visible()
    place = corridor.participations.get()
    assert (place.organisation.name, place.organisation.country.code) == ("Nordlys Lab", "NO")
    assert place.experts.get().person.name == "Ola Eksempel"

    visitor = open_page(PHONE)
    visitor.goto("/working-groups/digitalisation/")
    expect(visitor.get_by_role("link", name="Nordlys Lab")).to_be_visible()
    visitor.goto(activity.get_absolute_url())
    expect(visitor.get_by_role("link", name="Joint Research Centre")).to_be_visible()


def test_what_was_entered_by_mistake_is_taken_back_at_once(corridor, open_page, sign_in_by_form):
    page = open_page(PHONE)
    sign_in_by_form(page, "chair@example.org")
    page.goto(f"{DESK}record/activity/add/")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Taken back.")).to_be_visible()
    assert not corridor.activities.exists()


def test_without_script_a_near_name_is_asked_about_too(corridor, open_page, sign_in_by_form):
    page = open_page(PHONE, java_script_enabled=False)
    sign_in_by_form(page, "chair@example.org")
    page.goto(f"{DESK}record/participant/add/")
    page.locator("#id_organisation").fill("Joint Reserch Centre")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("radio", name=re.compile("Joint Research Centre")).check()
    page.get_by_role("button", name="Save", exact=True).click()
    assert corridor.participations.get().organisation.name == "Joint Research Centre"


def test_a_list_is_pasted_looked_at_and_confirmed(corridor, open_page, sign_in_by_form):
    page = open_page(PHONE)
    sign_in_by_form(page, "chair@example.org")
    page.goto(f"{DESK}record/participant/paste/")
    page.get_by_label("Names").fill(
        "JRC, Infopark; ; Sunrise Valey Digital Innovation Hub and others"
    )
    page.get_by_role("button", name="Read the list").click()
    expect(page.get_by_text("1 empty place was dropped.")).to_be_visible()
    expect(page.get_by_text("there were others")).to_be_visible()
    assert no_sideways_scroll(page)
    assert barriers(page) == []
    page.get_by_role("radio", name=re.compile("Sunrise Valley")).check()
    page.get_by_role("button", name="Put them on record").click()
    expect(page.get_by_text("3 entries are on record.")).to_be_visible()
    expect(page.get_by_text("And others: the list is not complete.")).to_be_visible()
