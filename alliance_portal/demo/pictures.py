"""Pictures of the demonstration: letters on a colour, drawn the same way every time."""

from io import BytesIO

from django.conf import settings
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw, ImageFont

from record.names import initials, slug_from

PAPER = "#fbfaf7"
# The site's own serif: Pillow's built-in font has no letters beyond Western ones.
FONT = settings.BASE_DIR / "static" / "fonts" / "serif-latin.woff2"


def monogram(name: str, colour: str, size: int = 160) -> ContentFile:
    """Return a square PNG with up to two letters that stand for a name, on its colour.

    Small and of few colours: a directory page shows a dozen of them.
    """
    letters = initials(name)
    picture = Image.new("RGB", (size, size), colour)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(FONT, round(size * 0.46))
    pen.text((size / 2, size * 0.66), letters, font=font, fill=PAPER, anchor="ms")
    return _png(picture, f"monogram-{slug_from(name)}")


def horizon(title: str, colour: str, width: int = 1200, height: int = 675) -> ContentFile:
    """Return a wide PNG for an article: bands of one colour whose heights follow from its title."""
    picture = Image.new("RGB", (width, height), PAPER)
    pen = ImageDraw.Draw(picture)
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    bottom, bands = height, [40 + ord(letter) % 60 for letter in title[:9]]
    for number, band in enumerate(bands):
        fade = number / len(bands)
        shade = tuple(round(part + (250 - part) * fade) for part in (red, green, blue))
        pen.rectangle((0, bottom - band, width, bottom), fill=shade)
        bottom -= band
    return _png(picture, "horizon")


def _png(picture: Image.Image, name: str) -> ContentFile:
    out = BytesIO()
    picture.quantize(16).save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name=f"{name}.png")
