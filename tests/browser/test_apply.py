"""An association applies, closes the browser in between, and staff accept it."""

import re

import pytest
from django.core import mail

from accounts.models import User
from members.models import Application, Organisation
from tests.browser.conftest import PHONE, barriers, no_sideways_scroll
from tests.members import applying

LINK = re.compile(r"https?://[^/\s]+(/membership/apply/[\w-]+/)")


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name, exact=True).click()


def typed(page, name):
    """A field for text, by the beginning of its label."""
    return page.get_by_role("textbox", name=name)


def heading(page, name):
    page.get_by_role("heading", level=1, name=name).wait_for()


@pytest.fixture
def files(tmp_path):
    """A sound document, and one that is not what its name says."""
    sound, false = tmp_path / "statutes.pdf", tmp_path / "list.docx"
    sound.write_bytes(applying.pdf().read())
    false.write_bytes(b"MZ\x90")
    return [str(sound), str(false)]


def begin(page):
    """Step 1, with one thing forgotten at first."""
    page.goto("/membership/apply/")
    page.get_by_label("Name of the organisation").fill("Adriatic Software League")
    page.get_by_label("What kind of organisation it is").select_option("national_association")
    page.get_by_label("Country").select_option("HR")
    page.get_by_label("City").fill("Rijeka")
    page.wait_for_timeout(3200)  # nobody types it quicker
    press(page, "Save and go on")
    page.get_by_role("alert").get_by_text("without it you cannot come back").wait_for()
    page.get_by_label("Your mail address").fill("iva@league.example.org")
    press(page, "Save and go on")
    heading(page, "The people")


def name_people(page):
    """Step 2: the main contact, whose mail address is there already, and one more."""
    assert typed(page, "Mail address").input_value() == "iva@league.example.org"
    typed(page, "Name").fill("Iva Horvat")
    typed(page, "Function").fill("Director")
    page.get_by_label("This person agrees").check()
    press(page, "Name another person")
    second = page.get_by_role("region", name="Person 2")
    typed(second, "Name").fill("Marko Babić")
    typed(second, "Mail address").fill("marko@example.org")
    second.get_by_label("This person agrees").check()
    assert barriers(page) == []
    press(page, "Save and go on")


def say_why_and_send(page, files):
    """Step 3, with a document that is none at first."""
    page.get_by_label("Full: a member without an end").check()
    page.get_by_label("Why the organisation wants to join").fill("To be heard.")
    page.get_by_label("Add documents").set_input_files(files)
    press(page, "Send the application")
    page.get_by_role("alert").get_by_text(
        "list.docx: The file is named .docx but is none"
    ).wait_for()
    assert page.get_by_label("Why the organisation wants to join").input_value() == "To be heard."
    assert barriers(page) == []
    assert no_sideways_scroll(page)
    page.get_by_text("statutes.pdf").wait_for()
    page.get_by_label("I may apply in the name").check()
    press(page, "Send the application")


def accept(page):
    """What staff do: from the start page to the record."""
    page.goto("/admin/")
    page.get_by_role("link", name="Adriatic Software League").click()
    heading(page, "Adriatic Software League")
    with page.expect_download() as download:
        page.get_by_role("link", name="statutes.pdf").click()
    assert download.value.suggested_filename == "statutes.pdf"
    page.get_by_role("link", name="Accept…").click()
    page.get_by_label("First day").fill("1 January 2027")
    press(page, "Show what will stand")
    page.get_by_text("New on record: Adriatic Software League").wait_for()
    assert barriers(page) == []
    press(page, "Accept the application")
    page.get_by_text("is in the record, and the applicant is told").wait_for()


def test_in_three_steps_after_closing_the_browser_in_between(
    open_page, membership_officer, signed_in, files
):
    page = open_page(PHONE)
    begin(page)
    assert page.context.cookies() == []
    page.context.close()

    [link] = set(LINK.findall(mail.outbox[-1].body))
    page = open_page()
    page.goto(link)
    heading(page, "The people")
    name_people(page)
    heading(page, "Why, and documents")
    say_why_and_send(page, files)
    heading(page, "Your application is with the office")
    page.context.close()

    accept(signed_in("officer@example.org"))
    made = Organisation.objects.get(name="Adriatic Software League")
    assert made.memberships.count() == 1
    assert Application.objects.get().decided_by == User.objects.get(email="officer@example.org")
    assert any("Your invitation" in one.subject for one in mail.outbox)

    page = open_page()
    page.goto(link)
    heading(page, "Your application was accepted")


def test_it_works_without_script(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/membership/apply/")
    page.get_by_label("Name of the organisation").fill("Adriatic Software League")
    page.get_by_label("What kind of organisation it is").select_option("cluster")
    page.get_by_label("Country").select_option("HR")
    page.get_by_label("Your mail address").fill("iva@league.example.org")
    page.wait_for_timeout(3200)  # nobody types it quicker
    press(page, "Save and go on")
    heading(page, "The people")
