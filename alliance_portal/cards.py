"""Pictures of pages for those who share them: 1200 by 630 pixels, drawn from the brand and the record.

A card is plain data; `png` draws it. What stands on the card of a page is in share_cards.py.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageDraw

from alliance_portal import typesetting
from alliance_portal.brand import Colour, palette
from alliance_portal.typesetting import SANS, SERIF, Style, settable
from record.drawings import Axis, Bar

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
INNER = WIDTH - 2 * MARGIN
BRAND, KICKER, FOOT, YEARS = (
    Style(SANS, 27, 600), Style(SANS, 30), Style(SANS, 28), Style(SANS, 22),
)  # fmt: skip
TITLE_SIZES = (96, 88, 80, 72, 66, 60, 54, 49, 44, 40, 36)
LEADING = 1.07
KEPT = 64  # cards in the process's memory, some 20 KB each
COLOURS = 64


@dataclass(frozen=True)
class Time:
    """Bars over an axis: one row for one organisation, a row a member for the network."""

    rows: tuple[tuple[Bar, ...], ...]
    years: tuple[tuple[float, str], ...]
    now: float

    @classmethod
    def on(cls, axis: Axis, rows) -> "Time":
        years = tuple((line.x, line.label) for line in axis.lines)
        return cls(tuple(tuple(row) for row in rows), years, axis.now)


@dataclass(frozen=True)
class Card:
    """What stands on a picture, as the page says it. `time` is drawn, `year` printed large."""

    site: str
    title: str
    kicker: str = ""
    foot: str = ""
    year: str = ""
    time: Time | None = None


@lru_cache(maxsize=KEPT)
def png(card: Card) -> bytes:
    """Return a card as the bytes of a PNG of few colours. Equal cards are drawn once."""
    out = BytesIO()
    drawn = draw(card).quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    drawn.save(out, "PNG")
    return out.getvalue()


def draw(card: Card) -> Image.Image:
    """Draw a card from top to bottom: the network, what kind of page it is, its title, its time."""
    image = Image.new("RGB", (WIDTH, HEIGHT), palette().paper)
    pen = Pen(ImageDraw.Draw(image), image)
    pen.head(card.site)
    top = pen.kicker(card.kicker)
    if card.year:
        pen.title(card, top, YEAR_TOP - 40)
        pen.year(card.year)
    elif card.time and len(card.time.rows) > 1:
        pen.title(card, top, GROWTH_TOP - 14)
        pen.foot(card.foot, GROWTH_TOP + 44)
        pen.growth(card.time)
    else:
        pen.title(card, top, FOOT_LINE - 44)
        pen.foot(card.foot, FOOT_LINE)
        if card.time:
            pen.time(card.time)
        else:
            pen.brand()
    return image


HEAD_RULE = 118
TITLE_TOP = 150
FOOT_LINE = 478
YEAR_TOP, YEAR_SIZE, YEAR_LINE = 392, 312, 597
BAR, BARS_TOP, BARS_PITCH = 20, 506, 36
GROWTH_TOP = 300
TIME_TOP, TIME_FOOT, TIME_THICK = 506, 574, 30


class Pen:
    """Draws the parts of a card in the brand's colours."""

    def __init__(self, draw: ImageDraw.ImageDraw, image: Image.Image):
        self.draw, self.image, self.colours = draw, image, palette()

    def write(self, x: float, y: float, text: str, style: Style, colour: Colour | None = None):
        typesetting.write(self.draw, (x, y), text, style, colour or self.colours.ink)

    def head(self, site: str):
        mark(
            self.draw,
            (MARGIN, 57),
            40 / 34,
            colour=self.colours.accent,
            paper=self.colours.paper,
        )
        room = INNER - 60
        self.write(MARGIN + 58, 85, typesetting.cut(settable(site), BRAND, room), BRAND)
        self.draw.rectangle(
            (MARGIN, HEAD_RULE, WIDTH - MARGIN - 1, HEAD_RULE + 1), self.colours.ink
        )

    def kicker(self, text: str) -> int:
        """Write the line above the title; returns where the title may begin."""
        text = typesetting.cut(settable(text), KICKER, INNER)
        if not text:
            return TITLE_TOP
        self.write(MARGIN, TITLE_TOP + 26, text, KICKER, self.colours.quiet)
        return TITLE_TOP + 50

    def title(self, card: Card, top: int, foot: int):
        style, lines = title_in(card, foot - top)
        for number, line in enumerate(lines):
            base = top + style.size * (0.86 + number * LEADING)
            self.write(MARGIN - style.size * 0.02, base, line, style)

    def foot(self, text: str, base: int):
        self.write(MARGIN, base, typesetting.cut(settable(text), FOOT, INNER), FOOT)

    def year(self, year: str):
        """Print the numerals as tight as the page of an overview does, and the brand beside them."""
        style, x = Style(SERIF, YEAR_SIZE), MARGIN - YEAR_SIZE * 0.03
        for digit in year:
            self.write(x, YEAR_LINE, digit, style)
            x += typesetting.width_of(digit, style) - YEAR_SIZE * 0.05
        self.brand(x + BARS_PITCH)

    def brand(self, left: float = MARGIN):
        """Draw the brand's three bars from here to the right; what lasts runs off the picture."""
        unit = (WIDTH - left) / 34
        for number, start in enumerate((0, 9)):
            top = BARS_TOP + number * BARS_PITCH
            self.draw.rectangle(
                (left + start * unit, top, WIDTH, top + BAR - 1), self.colours.accent
            )
        top = BARS_TOP + 2 * BARS_PITCH
        outline = (left + 20.7 * unit, top, WIDTH - MARGIN - 1, top + BAR - 1)
        self.draw.rectangle(outline, outline=self.colours.accent, width=3)

    def time(self, time: Time):
        """Draw the bars of one organisation, with the years below and today as a dark line."""
        for x, label in time.years:
            at = MARGIN + INNER * x / 100
            self.draw.line((at, TIME_TOP, at, TIME_FOOT), self.colours.rule, 2)
            width = typesetting.width_of(label, YEARS)
            left = min(max(at - width / 2, MARGIN), WIDTH - MARGIN - width)
            self.write(left, TIME_FOOT + 30, label, YEARS, self.colours.quiet)
        middle = (TIME_TOP + TIME_FOOT) // 2
        for bar in time.rows[0]:
            self.bar(bar, middle, TIME_THICK, INNER)
        at = MARGIN + INNER * time.now / 100
        self.draw.line((at, TIME_TOP - 6, at, TIME_FOOT + 6), self.colours.ink, 2)

    def growth(self, time: Time):
        """Draw a bar a member, the oldest at the foot; what is announced lies beyond the margin."""
        width = INNER * 100 / max(time.now, 1)
        pitch = (HEIGHT - GROWTH_TOP - 28) / max(len(time.rows), 12)
        thickness = max(round(pitch * 0.62), 2)
        for number, row in enumerate(time.rows):
            for bar in row:
                self.bar(bar, HEIGHT - 20 - pitch * (number + 0.5), thickness, width)

    def bar(self, bar: Bar, middle: float, thickness: int, width: float):
        """Draw a bar of a drawing around a height, as time_bar.css does."""
        colours = self.colours
        thin = bar.kind.endswith(("regional", "deputy"))
        high = max(round(thickness / 3), 2) if thin else thickness
        left = round(MARGIN + width * bar.x / 100)
        right = max(round(MARGIN + width * (bar.x + bar.width) / 100) - 1, left + 1)
        top = round(middle - high / 2)
        box = (left, top, right, top + high - 1)
        colour = colours.ended if bar.kind.startswith("ended") else colours.accent
        line = 1 if thickness < 10 else 2
        if bar.kind == "announced":
            self.draw.rectangle(box, colours.paper, colour, line)
        elif bar.kind.endswith("sponsored"):
            self._striped(box, colour, slanted=True)
            self.draw.rectangle(box, outline=colour, width=line)
        elif bar.kind.endswith("unknown"):
            self._striped(box, colour, slanted=False)
        else:
            self.draw.rectangle(box, colour)

    def _striped(self, box: tuple[int, int, int, int], colour: Colour, *, slanted: bool):
        """Fill a box with stripes: slanted for what is sponsored, upright for what is not on record."""
        left, top, right, foot = box
        wide, high, step, finer = right - left + 1, foot - top + 1, 12, 4
        if high < 10:
            step = 5
        shape = Image.new("L", (wide * finer, high * finer))
        pen = ImageDraw.Draw(shape)
        shift = high if slanted else 0
        for x in range(0, wide + high, step):
            ends = (x * finer, 0, (x - shift) * finer, high * finer)
            pen.line(ends, 255, round(step * finer * (0.36 if slanted else 0.42)))
        mask = shape.resize((wide, high), Image.Resampling.BOX)
        self.image.paste(colour, (left, top), mask)


def title_in(card: Card, height: int) -> tuple[Style, list[str]]:
    """Return the style and the lines of a card's title in a box so high. A title in a script that
    the faces lack gives way to the network's name.
    """
    text = settable(card.title) or settable(card.site)
    return typesetting.fitted(
        text, SERIF, sizes=TITLE_SIZES, width=INNER, height=height, leading=LEADING
    )


def mark(
    draw: ImageDraw.ImageDraw, place: tuple[float, float], unit: float, *, colour, paper
) -> None:
    """Draw the brand's mark, 34 units wide and 30 high: two bars that last, one announced."""
    x, y = place

    def box(left, top, wide, high):
        return (
            round(x + left * unit), round(y + top * unit),
            round(x + (left + wide) * unit) - 1, round(y + (top + high) * unit) - 1,
        )  # fmt: skip

    draw.rectangle(box(0, 1, 34, 6), colour)
    draw.rectangle(box(9, 12, 25, 6), colour)
    draw.rectangle(box(20, 23, 14, 6), paper, colour, max(round(1.4 * unit), 1))
