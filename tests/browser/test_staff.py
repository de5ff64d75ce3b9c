"""Staff keep the record in the admin, by clicking and typing, and a visitor sees it at once."""

import re

import pytest
from playwright.sync_api import expect

from members.models import Membership
from news.models import Post
from tests import builders
from tests.browser.conftest import DESKTOP, PHONE, no_sideways_scroll


@pytest.fixture
def organisation(transactional_db):
    made = builders.organisation("Cluj IT", country="RO", city="Cluj-Napoca", kind="cluster")
    made.aliases.create(name="Clusterul Cluj IT")
    return made


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_whole_job(organisation, membership_officer, open_page, sign_in_by_form, size):
    visitor = open_page(size)
    visitor.goto("/members/cluj-it/")
    expect(visitor).to_have_url(re.compile("/organisations/cluj-it/$"))
    page = open_page(size)
    sign_in_by_form(page, "officer@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    page.goto("/admin/")
    expect(page.get_by_role("heading", name="What waits for you")).to_be_visible()
    assert no_sideways_scroll(page)

    page.get_by_role("main").get_by_role("link", name="Organisations", exact=True).click()
    page.locator("#searchbar").fill("clusterul")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_url(re.compile(r"\?q=clusterul"))
    assert no_sideways_scroll(page)
    page.get_by_role("link", name="Cluj IT", exact=True).click()
    expect(page).to_have_url(re.compile("/change/"))
    assert no_sideways_scroll(page)

    page.get_by_role("button", name="Add another Membership").click()
    row = page.locator("#memberships-0")
    row.get_by_label("Category").select_option("full")
    row.get_by_label("First day").fill("March 2022")
    page.get_by_role("textbox", name="Why (optional)").fill("Decision of the board")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    expect(page.locator("#memberships-0")).to_contain_text("Full member, since March 2022")

    visitor.goto("/members/cluj-it/")
    expect(visitor.get_by_role("heading", name="Cluj IT", exact=True)).to_be_visible()
    expect(visitor.get_by_text("Full member since March 2022").first).to_be_visible()

    page.get_by_role("link", name="History").click()
    expect(page.get_by_role("heading", name="Change history: Cluj IT")).to_be_visible()


def test_a_sponsor_is_chosen_by_typing_a_part_of_its_name(
    organisation, membership_officer, page, sign_in_by_form
):
    builders.organisation("Łódź Software House")
    sign_in_by_form(page, "officer@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    page.goto(f"/admin/members/organisation/{organisation.pk}/change/")
    page.get_by_role("button", name="Add another Membership").click()
    row = page.locator("#memberships-0")
    row.get_by_label("Category").select_option("sponsored")
    row.get_by_label("First day").fill("2022")
    row.get_by_label("Last day").fill("2022")
    row.get_by_text("Sponsorship").click()
    row.get_by_role("combobox", name="Sponsor").click()
    page.locator(".select2-search__field").last.fill("lodz")
    page.get_by_role("option", name="Łódź Software House").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    assert Membership.objects.get().sponsor.name == "Łódź Software House"


def test_an_error_leads_to_its_row(organisation, membership_officer, page, sign_in_by_form):
    builders.membership(organisation, "2020")
    sign_in_by_form(page, "officer@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    page.goto(f"/admin/members/organisation/{organisation.pk}/change/")
    page.get_by_role("button", name="Add another Membership").click()
    row = page.locator("#memberships-1")
    row.get_by_label("Category").select_option("full")
    row.get_by_label("First day").fill("1 March 2022")
    page.get_by_role("button", name="Save", exact=True).click()

    link = page.get_by_role("link", name="Membership 2, from 1 March 2022")
    expect(link).to_be_visible()
    link.click()
    expect(page).to_have_url(re.compile("#memberships-1$"))
    expect(page.locator("#memberships-1").get_by_label("First day")).to_have_value("1 March 2022")
    expect(page.locator("#memberships-1")).to_contain_text("is a member already")


def test_an_editor_writes_and_publishes_news(
    organisation, editor, page, open_page, sign_in_by_form
):
    sign_in_by_form(page, "editor@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    page.goto("/admin/news/post/add/")
    page.get_by_label("Kind").select_option("news")
    page.get_by_role("textbox", name="Title").fill("We met in Rīga")
    page.get_by_role("textbox", name="Lead").fill("Thirty associations came.")
    page.get_by_role("textbox", name="Text").click()
    page.get_by_role("toolbar").first.get_by_role("button", name="Bold").click()
    page.keyboard.type("Thirty")
    page.get_by_role("button", name="Save and continue editing").click()
    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert Post.objects.get().body == "<p><strong>Thirty</strong></p>"

    page.get_by_role("link", name="Publish or schedule").click()
    page.get_by_role("button", name="Publish now").click()
    expect(page.get_by_text("It is published.", exact=True)).to_be_visible()
    with page.expect_navigation():
        page.get_by_role("link", name="See it on the site").click()
    expect(page.get_by_role("heading", name="We met in Rīga")).to_be_visible()
