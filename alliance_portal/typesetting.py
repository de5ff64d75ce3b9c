"""The site's own faces for what is drawn on the server: which file has a letter, and how lines break."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from math import floor

from django.conf import settings
from PIL import ImageDraw, ImageFont

STATIC = settings.BASE_DIR / "static"
SERIF, SANS = "Portal Serif", "Portal Sans"
FACE = re.compile(
    r'font-family: "(?P<family>[^"]+)"; src: url\("\.\./(?P<path>fonts/[\w-]+\.woff2)"\)'
    r".*?unicode-range: (?P<ranges>[^;]+);"
)
MORE = "…"


@dataclass(frozen=True)
class Style:
    """A family in a size in pixels; the sans has weights from 400 to 700."""

    family: str
    size: int
    weight: int = 400


@cache
def files() -> list[tuple[str, str, list[range]]]:
    """Return family, path and letters of each file that static/css/fonts.css names."""
    sheet = (STATIC / "css" / "fonts.css").read_text(encoding="utf-8")
    return [
        (found["family"], found["path"], [_range(each) for each in found["ranges"].split(", ")])
        for found in FACE.finditer(sheet)
    ]


def _range(text: str) -> range:
    first, _dash, last = text.removeprefix("U+").partition("-")
    return range(int(first, 16), int(last or first, 16) + 1)


@lru_cache(maxsize=4096)
def file_of(letter: str, family: str) -> str | None:
    """Return the file of a family that has a letter, or None where none has it."""
    code = ord(letter)
    return next(
        (
            path
            for of, path, ranges in files()
            if of == family and any(code in each for each in ranges)
        ),
        None,
    )


@lru_cache(maxsize=128)
def font(path: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    loaded = ImageFont.truetype(STATIC / path, size)
    if path.startswith("fonts/sans"):
        loaded.set_variation_by_axes([weight])
    return loaded


def settable(text: str) -> str:
    """Return a text on one line without the letters that the faces lack."""
    whole = " ".join(unicodedata.normalize("NFC", text).split(" "))
    shown = "".join(letter for letter in whole if file_of(letter, SERIF))
    return re.sub(" {2,}", " ", shown).strip()


def runs(text: str, style: Style) -> list[tuple[ImageFont.FreeTypeFont, str]]:
    """Return a text as pieces, each with the font of its script."""
    pieces: list[tuple[str, str]] = []
    for letter in text:
        path = file_of(letter, style.family)
        if path and pieces and pieces[-1][0] == path:
            pieces[-1] = (path, pieces[-1][1] + letter)
        elif path:
            pieces.append((path, letter))
    return [(font(path, style.size, style.weight), piece) for path, piece in pieces]


def width_of(text: str, style: Style) -> float:
    """Return how wide a text runs, in pixels."""
    return sum(face.getlength(piece) for face, piece in runs(text, style))


def write(draw: ImageDraw.ImageDraw, place: tuple[float, float], text: str, style: Style, fill):
    """Draw a text from a place on its base line to the right."""
    x, y = place
    for face, piece in runs(text, style):
        draw.text((x, y), piece, fill=fill, font=face, anchor="ls")
        x += face.getlength(piece)


def cut(text: str, style: Style, width: float) -> str:
    """Return a text that fits into a width, with three dots where something is left out."""
    if width_of(text, style) <= width:
        return text
    fits = _most(text, lambda part: width_of(part.rstrip() + MORE, style) <= width)
    return text[:fits].rstrip(" ,;:") + MORE


def _most(text: str, fits) -> int:
    """Return of how many letters the longest beginning is that fits; one at least."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if fits(text[:middle]):
            low = middle
        else:
            high = middle - 1
    return low


def lines_of(text: str, style: Style, width: float) -> list[str]:
    """Break a text into lines between words; a word that is longer than a line, within it."""
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if width_of(longer, style) <= width:
            lines[-1] = longer
            continue
        lines += [word] if lines[-1] else []
        lines[-1] = word
        while width_of(lines[-1], style) > width:
            fits = _most(lines[-1], lambda part: width_of(part, style) <= width)
            lines[-1:] = [lines[-1][:fits], lines[-1][fits:]]
    return lines


def balanced(text: str, style: Style, width: int) -> list[str]:
    """Break a text into as few lines as fit a width, as even in length as they can be."""
    lines = lines_of(text, style, width)
    if len(lines) == 1:
        return lines
    low, high = width // 2, width
    while high - low > 8:
        middle = (low + high) // 2
        tried = lines_of(text, style, middle)
        if len(tried) == len(lines):
            high = middle
        else:
            low = middle
    return lines_of(text, style, high)


def fitted(
    text: str, family: str, *, sizes: tuple[int, ...], width: int, height: int, leading: float
) -> tuple[Style, list[str]]:
    """Return the largest of some sizes in which a text fits a box, and its lines.

    Words stay whole as long as there is a size for it. What does not fit in the smallest is cut.
    """
    words = text.split(" ")
    for whole in (True, False):
        for size in sizes:
            style = Style(family, size)
            if whole and any(width_of(word, style) > width for word in words):
                continue
            most = 1 + floor((height - size) / (size * leading))
            if len(lines_of(text, style, width)) <= most:
                return style, balanced(text, style, width)
    lines = lines_of(text, style, width)
    return style, [*lines[: most - 1], cut(" ".join(lines[most - 1 :]), style, width)]
