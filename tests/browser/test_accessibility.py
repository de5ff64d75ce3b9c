"""WCAG 2.2 AA on every page of the demonstration: in light, in dark and 320 px wide.

Each page is opened once and looked at twice: with all of axe-core's rules in light on a desktop,
and in dark at 320 px with those that colours and width decide. Beside that no page may scroll
sideways at 320 px, and the browser may complain of nothing (`open_page` sees to that: production's
Content-Security-Policy is on).
"""

import json

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from alliance_portal.styleguide.mails import SAMPLES
from tests.browser import addresses
from tests.browser.conftest import no_sideways_scroll

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
NARROW = {"width": 320, "height": 700}
DESKTOP = {"width": 1280, "height": 900}
TWO_FRAMES = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
LAYOUT = ["color-contrast", "target-size", "scrollable-region-focusable"]


@pytest.fixture
def visit(demo_page):
    """Return a function: addresses, account → what is wrong with these pages, in words."""

    def visited(paths, email="") -> list[str]:
        page = demo_page(email, reduced_motion="reduce")
        return [fault for path in paths for fault in faults(page, path)]

    return visited


def faults(page, path):
    """Open one page and return what axe and the width say."""
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(DESKTOP)
    answer = page.goto(path)
    expected = addresses.STATUS.get(path, 200)
    wrong = [] if answer.status == expected else [f"{path}: answers {answer.status}"]
    return wrong + looked_at(page, path)


def looked_at(page, name) -> list[str]:
    """Return what is wrong with a page as it stands, wide and light, then narrow and dark."""
    page.emulate_media(color_scheme="light", reduced_motion="reduce")
    page.set_viewport_size(DESKTOP)
    page.evaluate(AXE_SCRIPT)
    found = list(violations(page, f"{name} light", WCAG))
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.set_viewport_size(NARROW)
    # At its end, where a bar that sticks to the foot lies in its own place and over nothing.
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.evaluate(TWO_FRAMES)  # what a script puts in its place after the window has changed
    found += violations(page, f"{name} dark, 320 px", LAYOUT)
    for width in (NARROW["width"], 768, 2560):
        page.set_viewport_size({"width": width, "height": 900})
        if not no_sideways_scroll(page):
            found.append(f"{name} {width} px: scrolls sideways")
    return found


def violations(page, where, rules):
    options = json.dumps({"runOnly": rules, "resultTypes": ["violations"]})
    for found in page.evaluate(f"axe.run({options})")["violations"]:
        places = [" ".join(node["target"]) for node in found["nodes"][:3]]
        yield f"{where}: {found['id']}, {len(found['nodes'])} places, such as {places}"


@pytest.mark.parametrize("half", [0, 1])
def test_public_pages(visit, half):
    found = visit([*addresses.public_pages(), *addresses.STATES][half::2])
    assert not found, "\n".join(found)


def test_pages_of_applications(visit, demonstration):
    found = visit(demonstration.applications)
    assert not found, "\n".join(found)


def test_sign_in(visit):
    found = visit(addresses.SIGN_IN)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("email", [addresses.CHAIR, addresses.MANAGER], ids=["desk", "admin"])
def test_behind_the_sign_in(visit, email):
    paths = addresses.signed_in_pages()[email]
    found = visit([path for path in paths if not path.startswith(addresses.SANDBOXED)], email)
    assert not found, "\n".join(found)


def test_mails(page):
    """In light only: of a dark page without a background of its own axe takes the paper for white."""
    found = []
    for sample in SAMPLES:
        [html] = sample.mail().alternatives
        page.set_content(html.content)
        page.evaluate(AXE_SCRIPT)
        for size in (DESKTOP, NARROW):
            page.set_viewport_size(size)
            found += violations(page, f"{sample.name} {size['width']} px", WCAG)
        if not no_sideways_scroll(page):
            found.append(f"{sample.name} 320 px: scrolls sideways")
    assert not found, "\n".join(found)
