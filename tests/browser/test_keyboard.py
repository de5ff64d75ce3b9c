"""The three main jobs with the keyboard alone: every stop of the focus is seen, in sight and uncovered.

Nothing here clicks or fills: keys are pressed, and after each the element in focus is looked at.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from members.models import Membership
from tests import builders
from tests.browser.conftest import DESKTOP, PHONE

STOPS = 160
# What is wrong with the focus as it stands: '' where it can be seen.
FAULT = """() => {
  const focused = document.activeElement;
  if (focused === document.body || focused.tagName === "MAIN") return "";
  const name = `${focused.tagName.toLowerCase()} “${(focused.innerText || focused.name || "").trim().slice(0, 40)}”`;
  const style = getComputedStyle(focused);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `${name}: no outline`;
  const box = [...focused.getClientRects()].find((one) => one.width && one.height);
  if (!box) return `${name}: has no box`;
  const top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
  if (bottom - top < Math.min(box.height, 20)) return `${name}: out of sight`;
  const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth);
  if (right <= left) return `${name}: out of sight at the side`;
  const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
  const label = focused.labels && [...focused.labels].some((one) => one.contains(hit));
  if (!hit || !(focused.contains(hit) || hit.contains(focused) || label)) return `${name}: covered by ${hit?.className || hit?.tagName}`;
  return "";
}"""


class Keys:
    """Somebody at a keyboard without a mouse."""

    def __init__(self, page: Page):
        self.page = page
        self.faults: set[str] = set()

    def press(self, *keys: str):
        for key in keys:
            self.page.keyboard.press(key)
            self.look()

    def look(self):
        if fault := self.page.evaluate(FAULT):
            self.faults.add(f"{self.page.url.partition('//')[2].partition('/')[2]}: {fault}")

    def type(self, text: str):
        self.page.keyboard.type(text)

    def go_to(self, role, name, key: str = "Tab", **options):
        """Press Tab until something has the focus; fails where it never gets it."""
        wanted = self.page.get_by_role(role, name=name, **options)
        for _stop in range(STOPS):
            self.press(key)
            focused = self.page.locator(":focus")
            if focused.count() and focused.and_(wanted).count():
                return
        raise AssertionError(f"{role} {name} never gets the focus on {self.page.url}")

    def open(self, role, name, **options):
        """Go to a link or a button and press Enter; wait for the page that it leads to."""
        self.go_to(role, name, **options)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")


def unfold(keys: Keys, words: str):
    """Go to what opens a part of the page, and open it."""
    wanted = keys.page.locator("summary", has_text=words)
    for _stop in range(STOPS):
        keys.press("Tab")
        if keys.page.locator(":focus").and_(wanted).count():
            keys.press("Enter")
            return
    raise AssertionError(f"{words} never gets the focus on {keys.page.url}")


@pytest.fixture
def keys(open_page):
    """Return a function: size → keys on a fresh page; what was wrong with the focus fails the test."""
    made = []

    def opened(size=DESKTOP) -> Keys:
        made.append(Keys(open_page(size, reduced_motion="reduce")))
        return made[-1]

    yield opened
    assert not [fault for one in made for fault in sorted(one.faults)]


def sign_in(keys: Keys, email: str):
    keys.page.goto("/accounts/login/")
    keys.go_to("textbox", "Mail address")
    keys.type(email)
    keys.go_to("textbox", "Password", exact=True)
    keys.type("correct horse battery")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    expect(keys.page).to_have_url(re.compile("/desk/$"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_staff_find_an_organisation_and_add_a_membership(
    transactional_db, membership_officer, keys, size
):
    cluster = builders.organisation("Cluj IT", country="RO", city="Cluj-Napoca", kind="cluster")
    cluster.aliases.create(name="Clusterul Cluj IT")
    keys = keys(size)
    sign_in(keys, "officer@example.org")
    keys.open("link", re.compile("everything else on record"))

    keys.go_to("searchbox", "Find an organisation")
    keys.type("clusterul")
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    keys.open("link", "Cluj IT", exact=True)

    keys.go_to("button", "Add another Membership")
    keys.press("Enter")
    expect(keys.page.locator("#memberships-0").get_by_label("Category")).to_be_focused()
    keys.type("full")
    keys.go_to("textbox", "First day")
    keys.type("03.2022")
    keys.press("Tab")
    expect(keys.page.get_by_text("the whole of March 2022")).to_be_visible()
    keys.go_to("textbox", re.compile("^Why "))
    keys.type("Decision of the board")
    keys.open("button", "Save and continue editing")

    expect(keys.page.get_by_text("was changed successfully")).to_be_visible()
    membership = Membership.objects.get()
    assert str(membership.starts) == "March 2022"
    assert membership.history.get().history_change_reason == "Decision of the board"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_stop_of_a_form_with_all_its_rows_open_is_seen(
    transactional_db, membership_officer, keys, size
):
    cluster = builders.member("Cluj IT", "2022", country="RO")
    builders.affiliation(builders.person("Ana"), cluster, "Director")
    cluster.aliases.create(name="Clusterul")
    keys = keys(size)
    sign_in(keys, "officer@example.org")
    keys.page.goto(f"/admin/members/organisation/{cluster.pk}/change/")
    for heading in ("Other names", "People and their functions"):
        unfold(keys, heading)
    keys.go_to("textbox", re.compile("^Why "))
    keys.go_to("button", "Save", exact=True)
    keys.go_to("textbox", re.compile("^Name"), key="Shift+Tab", exact=True)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_chair_writes_previews_and_publishes(group, chair, on_day, keys, size):
    on_day("2026-11-22")
    builders.activity("First meeting of the year", "2026-02-11", group=group)
    keys = keys(size)
    sign_in(keys, "chair@example.org")
    keys.open("link", re.compile("^Write the overview 2026"))

    keys.go_to("textbox", "Title")
    keys.type("The year of the small consortium")
    keys.go_to("textbox", "Lead")
    keys.type("Three of four consortia handed in a proposal.")
    keys.page.locator(".rich__text").first.wait_for()
    keys.go_to("textbox", re.compile("^Story"))
    keys.type("Half of them had never worked abroad.")
    keys.open("button", "Preview")
    expect(keys.page.get_by_text("Half of them had never worked abroad.")).to_be_visible()
    keys.open("link", "Overview 2026")

    keys.open("button", "Publish…")
    keys.go_to("radio", "At once")
    keys.open("button", "Publish", exact=True)
    expect(keys.page).to_have_url(re.compile("/working-groups/digitalisation/overviews/2026/$"))
    assert group.overviews.get().title == "The year of the small consortium"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_visitor_skips_filters_and_reads(transactional_db, alliance, keys, size):
    builders.member("Cluj IT Cluster", "2023-01-01", kind="cluster", country="RO")
    builders.member("Baltic Code Union", "2020-01-01", country="LV")
    keys = keys(size)
    keys.page.goto("/")
    keys.press("Tab")
    expect(keys.page.get_by_role("link", name="Skip to content")).to_be_focused()
    keys.press("Enter")
    expect(keys.page.locator("main")).to_be_focused()

    keys.page.goto("/")
    if size == PHONE:
        unfold(keys, "Menu")
    keys.open("link", "Members", exact=True)
    if size == PHONE:
        unfold(keys, "Filters")
    keys.go_to("checkbox", re.compile("^Cluster"))
    keys.press("Space")
    keys.open("button", "Show results")
    expect(keys.page.get_by_text("Baltic Code Union")).to_have_count(0)
    keys.open("link", "Cluj IT Cluster")
    expect(keys.page.get_by_role("heading", name="Cluj IT Cluster", level=1)).to_be_visible()
    keys.open("link", "Members", exact=True)
    expect(keys.page).to_have_url(re.compile("/members/$"))
