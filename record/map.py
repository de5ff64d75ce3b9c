"""The map of Europe: which countries members come from, and where they have their seats.

Outlines lie in `maps/europe.json`, drawn by `manage.py draw_map`; `maps/cities.json` knows the
places of some cities. A country or city that they do not have is not drawn: the list beside the map
says all.
"""

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from record.names import normalise

FILE = Path(__file__).resolve().parent / "maps" / "europe.json"
CITIES = FILE.with_name("cities.json")
WIDTH, HEIGHT = 2000, 1700
# Lambert azimuthal equal-area around 10° E 52° N, as EPSG:3035; radius of 1, fitted to the frame.
MIDDLE = (math.radians(10), math.radians(52))
SCALE, LEFT, TOP = 2491.0, 714.0, 925.0
MOST = 3  # tints: one, two, three or more members


def projected(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a place in degrees lies on the map: x to the right, y down.

    Snyder, *Map Projections* (1987), formulas 24-2 to 24-4.
    """
    east, north = math.radians(longitude) - MIDDLE[0], math.radians(latitude)
    middle = MIDDLE[1]
    cosine = math.cos(north) * math.cos(east)
    factor = math.sqrt(
        2 / max(1 + math.sin(middle) * math.sin(north) + math.cos(middle) * cosine, 1e-9)
    )
    x = factor * math.cos(north) * math.sin(east)
    y = factor * (math.cos(middle) * math.sin(north) - math.sin(middle) * cosine)
    return LEFT + SCALE * x, TOP - SCALE * y


@dataclass(frozen=True)
class Land:
    """A country's outline, and how many members it has: 0 to 3, where 3 stands for more."""

    code: str
    path: str
    level: int
    announced: bool = False
    former: bool = False
    at: str = ""

    @property
    def style(self) -> str:
        """Return the word for how it is drawn; nothing for a country without anybody."""
        if self.level:
            return str(self.level)
        return "announced" if self.announced else "former" if self.former else ""


@dataclass(frozen=True)
class Dot:
    """A seat: whole numbers in the map's box. One that is not `shown` stands for another day."""

    x: int
    y: int
    announced: bool = False
    at: str = ""
    shown: bool = True


@dataclass(frozen=True)
class Map:
    lands: list[Land]
    around: str
    dots: list[Dot]
    countries: int

    width, height = WIDTH, HEIGHT


@dataclass(frozen=True)
class Seat:
    """Where an organisation sits: ISO 3166-1 code and the city's name as on record.

    A seat of today is a member's or announced; one that is `past` shows only at its `moments`: the
    places in a row of days at which a member sits there.
    """

    country: str
    city: str
    announced: bool = False
    past: bool = False
    moments: frozenset[int] = frozenset()


def europe(
    members: Mapping[str, int],
    announced: Iterable[str] = (),
    seats: Iterable[Seat] = (),
    former: Iterable[str] = (),
    at: Callable[[str], str] | None = None,
) -> Map:
    """Return the map of a network.

    `members` holds country code → number of members ('' where the country is not on record: not
    drawn), `announced` the codes of countries where members are announced, `former` those of
    countries where there were some. Countries with members are drawn last, so that their edges lie
    above those of their neighbours. `at` says of a country when its number changes, as `changes`
    writes it, for a map that can show other days.
    """
    outlines, announced, former = _outlines(), set(announced), set(former)
    lands = [
        Land(
            code,
            path,
            min(members.get(code, 0), MOST),
            announced=code in announced,
            former=code in former,
            at=at(code) if at else "",
        )
        for code, path in outlines["countries"].items()
    ]
    return Map(
        sorted(lands, key=lambda land: (land.level, land.announced, land.former)),
        outlines["around"],
        _dots(seats),
        sum(bool(code and number) for code, number in members.items()),
    )


def _dots(seats: Iterable[Seat]) -> list[Dot]:
    """Return one dot a city: filled where anybody there is a member already."""
    cities = defaultdict(list)
    for seat in seats:
        if place := place_of(seat):
            cities[place].append(seat)
    return [
        Dot(
            *place,
            announced=bool(of_today(here)) and all(seat.announced for seat in of_today(here)),
            at=_presence(here),
            shown=bool(of_today(here)),
        )
        for place, here in sorted(cities.items())
    ]


def _presence(seats: Iterable[Seat]) -> str:
    moments = {moment for seat in seats for moment in seat.moments}
    return changes(moment in moments for moment in range(max(moments, default=-1) + 2))


def changes(values: Iterable[int]) -> str:
    """Return where a row of numbers changes: 0 0 1 1 2 is '2:1 4:2', as static/js/years.js reads it."""
    steps, before = [], 0
    for place, value in enumerate(values):
        if value != before:
            steps.append(f"{place}:{value:d}")
        before = value
    return " ".join(steps)


def of_today(seats: Iterable[Seat]) -> list[Seat]:
    return [seat for seat in seats if not seat.past]


def place_of(seat: Seat) -> tuple[int, int] | None:
    """Return where a seat lies on the map, or None where its city is not known."""
    place = _cities().get((seat.country, normalise(seat.city)))
    return place and tuple(round(value) for value in projected(*place))


@cache
def _outlines() -> dict:
    return json.loads(FILE.read_text(encoding="utf-8"))


@cache
def _cities() -> dict[tuple[str, str], tuple[float, float]]:
    known = json.loads(CITIES.read_text(encoding="utf-8"))
    return {
        (country, normalise(city)): tuple(place)
        for country, cities in known.items()
        for city, place in cities.items()
    }
