"""The colours of `static/css/tokens.css` as a browser works them out, for tests of contrast.

Knows what the tokens use: hex colours, oklch(), relative oklch(from …), color-mix(in oklab, …),
light-dark(), var(), min() and calc() with a product. Matrices: CSS Color 4, sections 10 and 18;
contrast: WCAG 2.2, *relative luminance* and *contrast ratio*. What lies outside sRGB is clipped,
channel by channel, as browsers do.
"""

import math
import re
from pathlib import Path

TOKENS = Path(__file__).resolve().parent.parent / "static" / "css" / "tokens.css"
_DECLARATION = re.compile(r"(--[\w-]+):\s*([^;]+);")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def tokens(path: Path = TOKENS) -> dict[str, str]:
    """Return name → value as a browser of today has them: the last one before `prefers-contrast`."""
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    return dict(_DECLARATION.findall(text.split("@media (prefers-contrast")[0]))


def plain_tokens(path: Path = TOKENS) -> dict[str, str]:
    """Return name → value as a browser has them that lacks light-dark() and relative colours."""
    text = _COMMENT.sub("", path.read_text(encoding="utf-8"))
    return dict(_DECLARATION.findall(text.split("@supports")[0]))


class Scheme:
    """The tokens in light or dark, with a brand of one's own or that of the file."""

    def __init__(self, values: dict[str, str], *, dark: bool = False, brand: str = ""):
        self.values = values | ({"--brand": brand} if brand else {})
        self.dark = dark

    def oklch(self, value: str) -> tuple[float, float, float]:
        """Return lightness, chroma and hue (degrees) of a token's name or of a CSS colour."""
        value = value.strip()
        if value.startswith("--"):
            return self.oklch(self.values[value])
        if value.startswith("#"):
            return _from_hex(value)
        name, arguments = re.fullmatch(r"([\w-]+)\((.*)\)", value, re.DOTALL).groups()
        if name == "var":
            return self.oklch(self.values[arguments.strip()])
        if name == "light-dark":
            return self.oklch(_split(arguments, ",")[int(self.dark)])
        if name == "color-mix":
            return self._mixed(arguments)
        if name != "oklch":
            raise ValueError(f"Not a colour that this module knows: {value}")
        parts = _split(arguments, " ")
        known = {}
        if parts[0] == "from":
            known = dict(zip("lch", self.oklch(parts[1]), strict=True))
            parts = parts[2:]
        return tuple(_number(part, known) for part in parts)

    def _mixed(self, arguments: str) -> tuple[float, float, float]:
        space, first, second = _split(arguments, ",")
        if space.strip() != "in oklab":
            raise ValueError(f"Not a mixture that this module knows: {arguments}")
        colour, share = first.strip().rsplit(" ", 1)
        share = float(share.removesuffix("%")) / 100
        one, other = (_lab(self.oklch(each)) for each in (colour, second))
        return _lch([a * share + b * (1 - share) for a, b in zip(one, other, strict=True)])

    def luminance(self, value: str) -> float:
        red, green, blue = (_shown(channel) for channel in _linear(_lab(self.oklch(value))))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, one: str, other: str) -> float:
        """Return the ratio of two colours, from 1 to 21."""
        light, dark = sorted((self.luminance(one), self.luminance(other)), reverse=True)
        return (light + 0.05) / (dark + 0.05)


def _split(text: str, separator: str) -> list[str]:
    """Split where no bracket is open."""
    parts, depth = [""], 0
    for letter in text.strip():
        depth += (letter == "(") - (letter == ")")
        if letter == separator and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part for part in parts if part.strip()]


def _number(text: str, known: dict[str, float]) -> float:
    text = text.strip()
    if text in known:
        return known[text]
    if call := re.fullmatch(r"(min|calc)\((.*)\)", text):
        name, arguments = call.groups()
        if name == "min":
            return min(_number(part, known) for part in _split(arguments, ","))
        return math.prod(_number(part, known) for part in _split(arguments, "*"))
    return float(text)


def _lab(lch):
    lightness, chroma, hue = lch
    return lightness, chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))


def _lch(lab):
    lightness, a, b = lab
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def _linear(lab):
    """OKLab to linear sRGB."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )


def _from_hex(text: str):
    digits = text.removeprefix("#")
    digits = "".join(letter * 2 for letter in digits) if len(digits) == 3 else digits
    red, green, blue = (_decoded(int(digits[at : at + 2], 16) / 255) for at in (0, 2, 4))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return _lch(
        (
            0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
            1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
            0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
        )
    )


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _shown(channel: float) -> float:
    """A linear channel as the screen shows it: clipped, and one of 256 steps."""
    channel = min(max(channel, 0.0), 1.0)
    encoded = channel * 12.92 if channel <= 0.0031308 else 1.055 * channel ** (1 / 2.4) - 0.055
    return _decoded(round(encoded * 255) / 255)
