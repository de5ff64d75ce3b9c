"""The brand's mark as the small pictures that browsers and phones ask for, in the brand's colours."""

from functools import cache
from io import BytesIO

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from PIL import Image, ImageDraw

from alliance_portal.brand import as_hex, palette
from alliance_portal.cards import mark

KEEP_SECONDS = 86400
TOUCH, SMALL = 180, (16, 32, 48)  # pixels a side
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><style>rect{{fill:{light}}}'
    ".o{{fill:none;stroke:{light};stroke-width:2}}@media (prefers-color-scheme:dark)"
    "{{rect{{fill:{dark}}}.o{{fill:none;stroke:{dark}}}}}</style>"
    '<rect y="2" width="32" height="6"/><rect x="8" y="13" width="24" height="6"/>'
    '<rect class="o" x="20" y="25" width="11" height="5"/></svg>'
)


@require_safe
@cache_control(public=True, max_age=KEEP_SECONDS)
def icon(_request):
    """Send the mark as drawn by browsers of today, light or dark."""
    return HttpResponse(svg(), content_type="image/svg+xml")


@require_safe
@cache_control(public=True, max_age=KEEP_SECONDS)
def favicon(_request):
    """Send the mark for those who ask for /favicon.ico without reading a page."""
    return HttpResponse(ico(), content_type="image/vnd.microsoft.icon")


@require_safe
@cache_control(public=True, max_age=KEEP_SECONDS)
def touch_icon(_request):
    """Send the mark on paper for the home screens of phones, which cut the corners."""
    return HttpResponse(touch(), content_type="image/png")


@cache
def svg() -> str:
    colours = palette()
    return SVG.format(light=as_hex(colours.accent), dark=as_hex(colours.accent_at_night))


@cache
def ico() -> bytes:
    out = BytesIO()
    images = [_drawn(side, margin=0, paper=(0, 0, 0, 0)) for side in SMALL]
    images[-1].save(out, "ICO", append_images=images[:-1], sizes=[(s, s) for s in SMALL])
    return out.getvalue()


@cache
def touch() -> bytes:
    out = BytesIO()
    _drawn(TOUCH, margin=36, paper=(*palette().paper, 255)).convert("RGB").save(
        out, "PNG", optimize=True
    )
    return out.getvalue()


def _drawn(side: int, *, margin: int, paper: tuple[int, int, int, int]) -> Image.Image:
    """Return the mark in a square; small ones lie on whole pixels, so that they stay sharp."""
    image = Image.new("RGBA", (side, side), paper)
    unit = (side - 2 * margin) / 34
    top = margin + (side - 2 * margin - 30 * unit) / 2
    accent = (*palette().accent, 255)
    mark(ImageDraw.Draw(image), (margin, top), unit, colour=accent, paper=paper)
    return image
