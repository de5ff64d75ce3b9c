"""A chair posts the yearly overview, by clicking and typing, and a visitor reads it."""

import re

import pytest
from playwright.sync_api import expect

from tests import builders
from tests.browser.conftest import DESKTOP, PHONE, barriers, no_sideways_scroll


@pytest.fixture
def year(group, chair, on_day):
    """22 November 2026, with something on record for the year."""
    on_day("2026-11-22")
    builders.affiliation(chair.person, builders.organisation("Cluj Makers"), "Executive Director")
    builders.participation(builders.organisation("Wisła Cyfrowa"), group, "2026-09-01")
    builders.activity("First meeting of the year", "2026-02-11", group=group)
    return group


def story_of(page):
    """The field of the story, once the editor stands in the place of the plain field."""
    page.locator(".rich__text").first.wait_for()
    return page.get_by_role("textbox", name="Story")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_whole_job(year, open_page, sign_in_by_form, size):
    page = open_page(size)
    sign_in_by_form(page, "chair@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    page.get_by_role("link", name="Write the overview 2026").click()
    expect(page.get_by_role("heading", name="Write the overview")).to_be_visible()
    expect(page.get_by_text("Wisła Cyfrowa")).to_be_visible()
    assert no_sideways_scroll(page)

    page.get_by_label("Title").fill("The year of the small consortium")
    page.get_by_label("Lead").fill("Three of four consortia handed in a proposal.")
    story_of(page).click()
    page.get_by_role("button", name="Heading", exact=True).first.click()
    page.keyboard.type("Split, in June")
    page.keyboard.press("Enter")
    page.keyboard.type("Half of them had ")
    tools = page.get_by_role("toolbar").first
    tools.get_by_role("button", name="Bold").click()
    page.keyboard.type("never")
    tools.get_by_role("button", name="Bold").click()
    page.keyboard.type(" worked abroad.")
    page.get_by_role("textbox", name="Outlook for 2027").click()
    page.keyboard.type("Four short meetings.")
    assert no_sideways_scroll(page)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    expect(story_of(page)).to_contain_text("Half of them had never")

    visitor = open_page(size)
    answer = visitor.goto("/working-groups/digitalisation/overviews/2026/")
    assert answer.status == 404

    page.get_by_role("button", name="Preview").click()
    expect(page).to_have_url(re.compile("/preview/$"))
    expect(page.get_by_role("heading", name="The year of the small consortium")).to_be_visible()
    expect(page.get_by_role("heading", name="Split, in June")).to_be_visible()
    page.go_back()

    page.get_by_role("button", name="Publish…").click()
    expect(page).to_have_url(re.compile("/publish/$"))
    assert no_sideways_scroll(page)
    page.get_by_role("radio", name="At once").check()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page).to_have_url(re.compile("/working-groups/digitalisation/overviews/2026/$"))

    visitor.reload()
    expect(visitor.get_by_role("heading", name="The year of the small consortium")).to_be_visible()
    expect(visitor.locator("strong", has_text="never")).to_be_visible()
    expect(visitor.get_by_text("Executive Director, Cluj Makers")).to_be_visible()
    assert no_sideways_scroll(visitor)
    visitor.goto("/news/")
    expect(visitor.get_by_role("link", name="The year of the small consortium")).to_be_visible()
    visitor.goto("/working-groups/digitalisation/")
    expect(visitor.get_by_role("link", name=re.compile("small consortium")).first).to_be_visible()


def test_what_is_pasted_from_a_word_processor_comes_out_clean(year, page, sign_in_by_form, group):
    sign_in_by_form(page, "chair@example.org")
    page.goto("/desk/groups/digitalisation/overviews/2026/")
    story_of(page).click()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/html", `<p class="MsoNormal" style="color:red;mso-x:1">One
              <b style="mso-bidi:2">bold</b> word</p><script>document.title="x"</script>
              <h1 style="page-break-before:always">Part</h1>`);
            const target = document.activeElement;
            target.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }"""
    )
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    body = group.overviews.get().body
    assert "style" not in body
    assert "script" not in body
    assert "<strong>bold</strong>" in body


def test_without_script_a_plain_field_takes_the_story(year, open_page, sign_in_by_form, group):
    page = open_page(java_script_enabled=False)
    sign_in_by_form(page, "chair@example.org")
    page.goto("/desk/groups/digitalisation/overviews/2026/")
    page.get_by_label("Story").fill("First paragraph.\n\nSecond paragraph.")
    page.get_by_role("button", name="Save draft").click()
    assert group.overviews.get().body == "<p>First paragraph.</p><p>Second paragraph.</p>"


def test_a_link_is_set_by_the_row_below_the_buttons(year, page, sign_in_by_form, group):
    sign_in_by_form(page, "chair@example.org")
    page.goto("/desk/groups/digitalisation/overviews/2026/")
    story_of(page).click()
    page.get_by_role("toolbar").first.get_by_role("button", name="Link").click()
    page.get_by_label("Address of the link").first.fill("https://example.org/report")
    page.get_by_role("button", name="Set the link").first.click()
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    assert 'href="https://example.org/report"' in group.overviews.get().body


def test_a_mistake_keeps_what_was_typed(year, page, sign_in_by_form):
    sign_in_by_form(page, "chair@example.org")
    page.goto("/desk/groups/digitalisation/overviews/2026/")
    page.get_by_label("Title").fill("A title")
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_role("alert")).to_contain_text("Write the lead")
    expect(page.get_by_label("Title")).to_have_value("A title")
    page.get_by_role("alert").get_by_role("link", name=re.compile("Write the lead")).click()
    expect(page.get_by_label("Lead")).to_be_focused()


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), ((320, 700), "dark")])
def test_the_editor_has_no_barrier(year, open_page, sign_in_by_form, size, scheme):
    page = open_page(size, color_scheme=scheme)
    sign_in_by_form(page, "chair@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    page.goto("/desk/groups/digitalisation/overviews/2026/")
    story_of(page).click()
    page.get_by_role("toolbar").first.get_by_role("button", name="Link").click()
    assert barriers(page) == []
    page.get_by_role("button", name="Publish…").click()
    expect(page.get_by_role("alert")).to_be_visible()
    story_of(page)
    assert barriers(page) == []
    assert no_sideways_scroll(page)
