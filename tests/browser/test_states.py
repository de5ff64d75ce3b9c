"""WCAG 2.2 AA in the states of the admin and the desk that come from working with them."""

from tests.browser import addresses
from tests.browser.test_accessibility import DESKTOP, looked_at


def organisation() -> str:
    """Return the address of an organisation of the demonstration in the admin."""
    pages = addresses.signed_in_pages()[addresses.MANAGER]
    return next(path for path in pages if "/organisation/" in path and "/change/" in path)


def test_states_of_the_admin_that_come_from_working_with_it(demo, signed_in):
    """All rows open, a row added, errors in several rows, an autocomplete open, a refusal."""
    page = signed_in(addresses.MANAGER)
    page.goto(organisation())
    theirs = page.context.new_page()
    theirs.goto(organisation())
    theirs.get_by_role("button", name="Save and continue editing").click()
    theirs.get_by_label("City").fill("Oradea")
    theirs.get_by_role("button", name="Save and continue editing").click()

    for summary in page.locator("summary").all():
        if not summary.evaluate("one => one.parentElement.open") and summary.is_visible():
            summary.click()
    page.get_by_role("button", name="Add another Membership").click()
    page.get_by_role("button", name="Add another Function").click()
    found = looked_at(page, "all open")
    page.set_viewport_size(DESKTOP)
    page.locator(".form-row .select2-selection").first.click()
    page.locator(".select2-results__option").first.wait_for()
    found += looked_at(page, "an autocomplete")
    page.set_viewport_size(DESKTOP)
    page.keyboard.press("Escape")
    page.locator("input[name$=-starts]:visible").last.fill("04/05/2022")
    page.get_by_label("Name").first.fill("")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("alert").wait_for()
    found += looked_at(page, "errors")
    assert not found, "\n".join(found)


def test_the_steps_of_a_membership(demo, signed_in):
    """The form of a step, what will stand, what is wrong; rows chosen in the list."""
    page = signed_in(addresses.MANAGER)
    page.goto(organisation())
    page.get_by_role("link", name="End…").click()
    found = looked_at(page, "a step")
    page.get_by_label("Last day").fill("04/05/2022")
    page.get_by_role("button", name="Show what will stand").click()
    page.get_by_role("alert").wait_for()
    found += looked_at(page, "a step with errors")
    page.get_by_label("Last day").fill("31.12.2026")
    page.get_by_label("Reason").fill("Left the network")
    page.get_by_role("button", name="Show what will stand").click()
    page.get_by_role("button", name="End the membership").wait_for()
    found += looked_at(page, "what will stand")
    page.goto("/admin/members/organisation/")
    page.set_viewport_size(DESKTOP)
    page.locator(".action-select").nth(1).check()
    found += looked_at(page, "rows chosen")
    assert not found, "\n".join(found)


def test_an_editor_that_somebody_else_saved_meanwhile(demo, signed_in):
    page = signed_in(addresses.CHAIR)
    address = f"{addresses.GREEN_CODE}overviews/2026/"
    page.goto(address)
    theirs = page.context.new_page()
    theirs.goto(address)
    theirs.get_by_label("Title").fill("Theirs")
    theirs.get_by_role("button", name="Save draft").click()
    page.get_by_label("Title").fill("Mine")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("alert").wait_for()
    found = looked_at(page, "stale")
    assert not found, "\n".join(found)
