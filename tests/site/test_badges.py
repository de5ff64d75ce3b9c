"""The badge on a member's own site says what the record says on that day, and nothing else."""

from xml.etree import ElementTree as ET

import pytest

from alliance_portal.badges import HEIGHT, LETTER, WIDTH, lines_of
from alliance_portal.models import SiteSettings
from members.models import Organisation
from tests import builders

pytestmark = pytest.mark.django_db

SVG = "{http://www.w3.org/2000/svg}"
ADDRESS = "/members/cluj-it/badge.svg"


@pytest.fixture(autouse=True)
def alliance_of_the_site(db):
    SiteSettings.objects.create(name="Digital Alliance")


def badge_of(visitor, address=ADDRESS):
    answer = visitor.get(address)
    assert answer.status_code == 200
    return answer, ET.fromstring(answer.content)  # noqa: S314  our own picture


def words_of(drawing) -> str:
    return " / ".join(one.text for one in drawing.iter(f"{SVG}text"))


def cluj(starts="2026-03-01", ends="2026-12-31", category="full", **facts):
    return builders.membership(builders.organisation("Cluj IT", **facts), starts, ends, category)


MEMBER = "Member of / Digital Alliance / Full member · 2026"
NEUTRAL = "Digital Alliance"


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-02-28", NEUTRAL), ("2026-03-01", MEMBER), ("2026-12-31", MEMBER),
        ("2027-01-01", NEUTRAL),
    ],
)  # fmt: skip
def test_it_is_there_from_the_first_to_the_last_day_and_neutral_before_and_after(
    visitor, on_day, day, words
):
    cluj()
    on_day(day)
    _answer, drawing = badge_of(visitor)
    assert words_of(drawing) == words
    title, description = (drawing.find(f"{SVG}{name}").text for name in ("title", "desc"))
    assert ("Full member" in title) is (words == MEMBER)
    assert ("is not a member of" in description) is (words == NEUTRAL)


def test_it_names_the_category_and_the_year_that_hold(visitor, on_day):
    sponsor = builders.organisation("Sponsor")
    one = builders.organisation("Cluj IT", region="Cluj")
    builders.membership(one, "2026", "2026", "sponsored", sponsor=sponsor)
    builders.membership(one, "2027", "2027", "regional")
    builders.membership(one, "2028", None, "not_on_record")
    for day, state in {"2026-06-01": "Sponsored member · 2026", "2027-06-01":
                       "Regional member · 2027", "2028-06-01": "Member · 2028"}.items():  # fmt: skip
        on_day(day)
        assert words_of(badge_of(visitor)[1]).endswith(state)


def test_a_copy_that_a_browser_holds_is_asked_about_and_stale_at_midnight(visitor, on_day):
    cluj()
    on_day("2026-12-31", 23)
    answer, _drawing = badge_of(visitor)
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "no-cache" in answer["Cache-Control"]
    assert not answer.cookies
    held = {"If-None-Match": answer["ETag"]}
    assert visitor.get(ADDRESS, headers=held).status_code == 304
    on_day("2027-01-01", 0)
    assert visitor.get(ADDRESS, headers=held).status_code == 200


def test_who_never_had_a_membership_has_no_badge(visitor):
    builders.organisation("Guest", kind="company")
    assert visitor.get("/members/guest/badge.svg").status_code == 404
    assert visitor.get("/members/nobody/badge.svg").status_code == 404


def test_only_the_badge_is_offered_to_other_sites(visitor):
    cluj()
    for address in ("/members/", "/members/cluj-it/", "/icon.svg"):
        assert "Cross-Origin-Resource-Policy" not in visitor.get(address)


@pytest.mark.parametrize("name", ["A", "Digital Alliance", "European DIGITAL SME Alliance",
                                  "x" * 100, "Alliance of associations " * 4])  # fmt: skip
@pytest.mark.parametrize("in_the_middle", [True, False])
def test_a_long_name_of_the_alliance_stays_within(name, in_the_middle):
    lines = lines_of(name, in_the_middle=in_the_middle)
    assert 1 <= len(lines) <= 2
    for text, y, size in lines:
        assert 72 + len(text) * size * LETTER <= WIDTH or size == 7
        assert size <= y <= HEIGHT - 10


def test_what_people_write_is_escaped(visitor, on_day):
    on_day("2026-06-01")
    SiteSettings.objects.update(name="<b>A & B</b>")
    cluj()
    assert "<b>A & B</b>" in words_of(badge_of(visitor)[1])


def test_the_desk_shows_a_snippet_without_script_to_copy(
    visitor, on_day, sign_in, representative, settings
):
    on_day("2026-06-01")
    settings.SITE_URL = "https://portal.example.org"
    page = sign_in(representative).get("/desk/organisations/baltic-code-union/").content.decode()
    snippet = page.partition("<textarea")[2].partition("</textarea>")[0].partition(">")[2]
    assert "&lt;a href=&quot;https://portal.example.org/members/baltic-code-union/&quot;" in snippet
    assert "&lt;img src=&quot;https://portal.example.org/members/baltic-code-union/badge.svg" in (
        snippet
    )
    assert "script" not in snippet
    assert Organisation.objects.count() == 1
