"""What readers set in their browser or system, and browsers that lack the newest CSS: pages stay whole."""

import pytest

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
FILLS = """() => Object.fromEntries([...document.querySelectorAll("rect[class^=time__]")].map(
    (one) => [one.className.baseVal, getComputedStyle(one).fill + getComputedStyle(one).stroke]))"""


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


def test_at_twice_the_size_of_text_nothing_is_wider_than_the_window(demo_page):
    page = demo_page()
    found = []
    for path in PAGES:
        page.goto(path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        if not no_sideways_scroll(page):
            found.append(path)
    assert not found


def test_with_less_motion_nothing_moves(demo_page):
    page = demo_page(reduced_motion="reduce")
    for path in PAGES:
        page.goto(path)
        assert page.evaluate(MOVES) == 0, path


def test_in_forced_colours_states_of_a_bar_stay_apart(demo_page):
    page = demo_page(forced_colors="active")
    page.goto("/members/?state=member&state=announced&state=former")
    fills = page.evaluate(FILLS)
    assert fills["time__full"] != fills["time__ended"]
    assert fills["time__announced"] != fills["time__full"]


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
