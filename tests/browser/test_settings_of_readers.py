"""What readers set in their browser or system, and browsers that lack the newest CSS: pages stay whole."""

import io
import re
from itertools import combinations

import pytest
from PIL import Image, ImageChops

from tests.browser import addresses
from tests.browser.conftest import no_sideways_scroll
from tests.browser.test_accessibility import AXE_SCRIPT, violations

PAGES = [
    "/", "/members/", "/members/cluj-it-cluster/", "/working-groups/digitalisation/",
    "/working-groups/digitalisation/overviews/2021/", "/news/",
    "/news/cluj-it-becomes-a-full-member/", "/policy/", "/activities/", "/search/?q=cluj",
]  # fmt: skip
NEWEST = ("light-dark(", "oklch(from ")
MOVES = """() => [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01;
}).length"""


def test_a_browser_without_the_newest_css_gets_a_plain_whole_page(demo_page):
    """Its stylesheet is ours with what it would not understand made unknown, so `@supports` is false."""
    page = demo_page(color_scheme="dark")

    def older(route):
        css = route.fetch().text()
        for name in NEWEST:
            assert name in css
            css = css.replace(name, name.replace("(", "-unknown(", 1))
        route.fulfill(body=css, content_type="text/css")

    page.route("**/portal*.css", older)
    found = []
    for path in PAGES:
        page.goto(path)
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        assert paper == "rgb(253, 252, 251)", path  # light, also where dark was asked for
        page.evaluate(AXE_SCRIPT)
        found += violations(page, path, ["color-contrast"])
        if not no_sideways_scroll(page):
            found.append(f"{path}: scrolls sideways")
    assert not found, "\n".join(found)


def test_a_browser_that_does_not_know_layers_gets_the_page_without_our_style(demo_page):
    """All of the stylesheet stands in layers, so nothing of it is left; drawings keep to their size."""
    page = demo_page()

    def older(route):
        faces, _layers, _rest = route.fetch().text().partition("@layer tokens {")
        route.fulfill(body=re.sub("@layer[^;]*;", "", faces), content_type="text/css")

    page.route("**/portal*.css", older)
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
        assert page.locator(".brand svg").bounding_box()["height"] < 40, path
        assert no_sideways_scroll(page), path


def test_at_twice_the_size_of_text_nothing_is_wider_than_the_window(demo_page):
    page = demo_page()
    found = []
    for path in PAGES:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if not no_sideways_scroll(page):
            found.append(path)
    assert not found


@pytest.mark.parametrize(
    ("email", "paths"),
    [
        ("", PAGES),
        (addresses.CHAIR, ["/desk/", f"{addresses.GREEN_CODE}overviews/2026/"]),
        (addresses.MANAGER, ["/styleguide/", "/admin/", "/admin/members/organisation/add/"]),
    ],
)
def test_with_less_motion_nothing_moves(demo_page, email, paths):
    page = demo_page(email, reduced_motion="reduce")
    for path in paths:
        page.goto(path)
        assert page.evaluate(MOVES) == 0, path


def test_in_forced_colours_states_of_a_bar_stay_apart(demo_page):
    """As the key draws them: solid, thin, hatched, outlined, in grey, dashed."""
    page = demo_page(forced_colors="active")
    page.goto("/members/")
    drawn = [
        Image.open(io.BytesIO(one.screenshot())).convert("RGB")
        for one in page.locator(".time-key svg").all()
    ]
    assert len(drawn) == 6
    for one, other in combinations(drawn, 2):
        differs = ImageChops.difference(one, other).convert("L").point(lambda value: value > 20)
        assert sum(differs.histogram()[1:]) > 30


def test_with_more_contrast_quiet_words_are_as_dark_as_the_others(demo_page):
    page = demo_page(contrast="more")
    page.goto("/members/")
    colours = page.evaluate(
        "['.row__meta', 'h1'].map((one) => getComputedStyle(document.querySelector(one)).color)"
    )
    assert colours[0] == colours[1]


@pytest.mark.parametrize("path", ["/members/", "/members/cluj-it-cluster/", "/"])
def test_on_paper_there_is_nothing_to_press(demo_page, path):
    page = demo_page()
    page.goto(path)
    page.emulate_media(media="print")
    pressed = page.locator("main :is(.button, .pagination, .chips):visible, .site-nav:visible")
    assert pressed.count() == 0
    assert page.get_by_role("heading", level=1).is_visible()
