"""Staff import a spreadsheet and merge two organisations by keyboard and mouse, on every screen."""

import pytest

from members.models import Organisation
from tests import builders
from tests.browser.conftest import DESKTOP, PHONE, barriers, no_sideways_scroll

FILE = """Members of 2022;;;
Member;Country;Member since;Category
Cluj-IT Clusters;Romania;01.01.2023;Full Member
A Very Long Name of an Association of Digital Enterprises of the Eastern Regions;hr;2021;full
Bad;Atlantis;soon;Gold
"""


@pytest.fixture
def officer(open_page, sign_in_by_form, membership_officer):
    """Return a function: size → a page on which the membership officer is signed in."""

    def opened(size=DESKTOP, **options):
        page = sign_in_by_form(open_page(size, **options), membership_officer.email)
        page.wait_for_url("**/desk/**")
        return page

    return opened


def is_fine(page):
    return (barriers(page), no_sideways_scroll(page)) == ([], True)


@pytest.mark.parametrize(("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")])
def test_a_spreadsheet_is_looked_at_decided_and_taken_over(officer, tmp_path, size, scheme):
    known = builders.organisation("Cluj IT Cluster", country="RO")
    file = tmp_path / "members.csv"
    file.write_text(FILE)
    page = officer(size, color_scheme=scheme)
    page.goto("/admin/members/organisation/import/")
    page.get_by_label("Spreadsheet").set_input_files(file)
    page.get_by_role("button", name="Show what it would do").click()
    page.get_by_role("heading", name="What the file would do").wait_for()
    assert is_fine(page)
    page.get_by_label("Cluj IT Cluster, Romania. Has nearly the same name.").check()
    page.get_by_role("button", name="Look again with what I decided").click()
    page.get_by_role("button", name="Leave that row out").click()
    page.get_by_label("Why").fill("The list of 2022")
    page.get_by_role("button", name="Import as shown").click()
    page.get_by_text("Imported members.csv: 1 new organisation").wait_for()
    assert Organisation.objects.count() == 2
    assert known.memberships.count() == 1


@pytest.mark.parametrize(("size", "scheme"), [(PHONE, "light"), (DESKTOP, "dark")])
def test_what_looks_alike_is_merged_or_said_to_be_two(officer, size, scheme):
    kept = builders.member("Cluj IT Cluster", country="RO", city="Cluj-Napoca")
    builders.organisation("Cluj IT Clusters", country="RO", city="Cluj")
    builders.organisation("Forum A", website="https://forum.example")
    builders.organisation("Other Name", website="https://forum.example")
    page = officer(size, color_scheme=scheme)
    page.goto("/admin/members/organisation/duplicates/")
    assert is_fine(page)
    page.get_by_role("button", name="These are two: Forum A and Other Name").click()
    page.get_by_text("Remembered:").wait_for()
    page.get_by_role("link", name="Merge Cluj IT Cluster and Cluj IT Clusters").click()
    assert is_fine(page)
    page.get_by_role("group", name="City").get_by_label("Cluj", exact=True).check()
    page.get_by_role("button", name="Merge Cluj IT Clusters into Cluj IT Cluster").click()
    page.get_by_text("was merged into Cluj IT Cluster").wait_for()
    kept.refresh_from_db()
    assert kept.city == "Cluj"
    page.get_by_role("link", name="What else looks alike").click()
    page.get_by_text("Nothing in the record looks alike.").wait_for()
