"""The brand's colours as numbers, for what is drawn outside a browser: cards and icons.

Read from static/css/tokens.css, so that one token goes on changing everything.
"""

import math
import re
from dataclasses import dataclass
from functools import cache

from django.conf import settings

Colour = tuple[int, int, int]

TOKENS = settings.BASE_DIR / "static" / "css" / "tokens.css"
OKLCH = r"--{name}:\s*oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)"


@dataclass(frozen=True)
class Palette:
    """The light scheme, and the paper and accent of the dark one."""

    paper: Colour
    ink: Colour
    quiet: Colour
    rule: Colour
    accent: Colour
    ended: Colour
    night: Colour
    accent_at_night: Colour


@cache
def palette() -> Palette:
    """Return the colours of the tokens as they are now; the formulas are those of tokens.css."""
    tokens = TOKENS.read_text(encoding="utf-8")

    def token(name: str) -> tuple[float, ...]:
        found = re.search(OKLCH.format(name=name), tokens)
        if not found:
            raise ValueError(f"tokens.css has no --{name} as oklch().")
        return tuple(float(part) for part in found.groups())

    _lightness, chroma, hue = token("brand")
    return Palette(
        paper=srgb(*token("raw-paper")),
        ink=srgb(*token("raw-ink")),
        quiet=srgb(*token("raw-slate")),
        rule=srgb(*token("raw-sand")),
        accent=srgb(0.45, min(chroma, 0.235), hue),
        ended=srgb(0.65, min(chroma * 0.16, 0.04), hue),
        night=srgb(*token("raw-night")),
        accent_at_night=srgb(0.79, min(chroma * 0.55, 0.13), hue),
    )


def srgb(lightness: float, chroma: float, hue: float) -> Colour:
    """Return an OKLCH colour as red, green and blue from 0 to 255 (CSS Color 4, 10 and 18);
    what lies outside is clipped, as browsers do.
    """
    a = chroma * math.cos(math.radians(hue))
    b = chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    return tuple(round(255 * _encoded(min(max(each, 0.0), 1.0))) for each in linear)


def _encoded(channel: float) -> float:
    if channel <= 0.0031308:
        return 12.92 * channel
    return 1.055 * channel ** (1 / 2.4) - 0.055


def as_hex(colour: Colour) -> str:
    return "#" + "".join(f"{channel:02x}" for channel in colour)
