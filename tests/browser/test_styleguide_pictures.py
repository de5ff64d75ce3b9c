"""Every component looks as it did: the styleguide beside kept pictures, light and dark in one.

The pictures are small and are compared blurred, so that another version of the browser passes and a
changed colour, gap or rule does not. `make pictures` takes them anew: look at them before you commit.
What differs lies in `.portal/pictures/`.
"""

import io
import os
from pathlib import Path

import pytest
from django.conf import settings
from PIL import Image, ImageChops, ImageFilter

from alliance_portal.styleguide.views import SPECIMENS
from tests.browser.conftest import with_faces

KEPT = Path(__file__).parent / "pictures"
FOUND = settings.STATE_DIR / "pictures"
SMALLER = 3
COLOURS = 256  # of the palette of what is kept; an octree keeps dark text dark
TALLER = 0.02  # share of a picture's height by which another may differ
SEEN = 28  # of 255: a difference of one pixel that an eye would see
MOST = 0.004  # share of the pixels that may differ so

WHERE = """(one) => {
    const box = one.getBoundingClientRect();
    return [box.left, box.top + scrollY, box.right, box.bottom + scrollY].map(Math.round);
}"""

pytestmark = pytest.mark.django_db(transaction=True)


def small(picture: Image.Image) -> Image.Image:
    size = (picture.width // SMALLER, picture.height // SMALLER)
    return picture.convert("RGB").resize(size, Image.Resampling.LANCZOS)


def kept_as(picture: Image.Image) -> Image.Image:
    """Return a picture with few colours, so that its file is small."""
    return picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def difference(one: Image.Image, other: Image.Image) -> tuple[float, Image.Image]:
    """Return which share of the pixels differs so that it is seen, and where: white on black."""
    size = (min(one.width, other.width), min(one.height, other.height))
    blurred = [
        each.convert("RGB").crop((0, 0, *size)).filter(ImageFilter.GaussianBlur(1.2))
        for each in (one, other)
    ]
    channels = ImageChops.difference(*blurred).split()
    most = ImageChops.lighter(ImageChops.lighter(channels[0], channels[1]), channels[2])
    where = most.point(lambda value: 255 if value > SEEN else 0)
    return where.histogram()[255] / (size[0] * size[1]), where


def faults(name: str, new: Image.Image) -> str:
    """Return what is wrong with the picture of a component; nothing where it is as it was."""
    file = KEPT / f"{name}.png"
    if not file.exists():
        return f"{name}: no picture is kept"
    with Image.open(file) as opened:
        kept = opened.copy()
    if abs(kept.height - new.height) > TALLER * kept.height + 2:
        new.save(FOUND / f"{name}.png")
        return f"{name}: {new.height} high instead of {kept.height}"
    share, where = difference(kept, new)
    if share <= MOST:
        return ""
    new.save(FOUND / f"{name}.png")
    where.save(FOUND / f"{name}-difference.png")
    return f"{name}: {share:.1%} of it differs"


@pytest.fixture
def styleguide(open_page, on_day, settings):
    on_day("2026-11-22")
    settings.PORTAL_ENV = "development"
    page = with_faces(open_page((1280, 900), reduced_motion="reduce", color_scheme="light"))
    page.goto("/styleguide/")
    page.evaluate("document.fonts.ready")
    return page


def pictures(page):
    """Yield the name and the small picture of each component, cut out of one of the whole page."""
    whole = Image.open(io.BytesIO(page.screenshot(full_page=True, animations="disabled")))
    for specimen in SPECIMENS:
        box = page.locator(f"section[aria-labelledby='{specimen.name}'] .specimen__pair")
        left, top, right, bottom = box.evaluate(WHERE)
        yield specimen.name, small(whole.crop((left, top, right, bottom)))


def test_components_look_as_they_did(styleguide):
    FOUND.mkdir(parents=True, exist_ok=True)
    if os.environ.get("TAKE_PICTURES"):
        KEPT.mkdir(exist_ok=True)
        for name, new in pictures(styleguide):
            kept_as(new).save(KEPT / f"{name}.png", optimize=True)
    found = [fault for name, new in pictures(styleguide) if (fault := faults(name, new))]
    assert not found, "\n".join(found)


def test_no_picture_is_kept_of_what_is_gone():
    assert {file.stem for file in KEPT.glob("*.png")} == {each.name for each in SPECIMENS}


@pytest.mark.parametrize(
    ("rule", "component"),
    [
        (":root { --brand: oklch(0.45 0.2 20) !important }", "button"),
        (".receipts h3 { border: 0 !important; padding: 0 !important }", "receipts"),
        (".pieces > li { padding-block: 22px !important }", "piece"),
        (".row__state { color: var(--accent) !important }", "rows"),
    ],
)
def test_a_change_that_an_eye_would_see_is_found(styleguide, rule, component):
    FOUND.mkdir(parents=True, exist_ok=True)
    styleguide.evaluate(
        "(rule) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(rule);"
        " document.adoptedStyleSheets.push(sheet) }",
        rule,
    )
    assert faults(component, dict(pictures(styleguide))[component])
