"""The map of Europe: its places, its outlines, and the component that shows them."""

import json
import math
import re
from html.parser import HTMLParser

import pytest
from django.template import Context, Template
from django.utils import translation

from alliance_portal.figures import Country
from alliance_portal.management.commands import draw_map
from record import map as europe_map
from record.map import Seat, europe, place_of, projected


def kilometres(one, other):
    (ax, ay), (bx, by) = projected(*one), projected(*other)
    return ((ax - bx) ** 2 + (ay - by) ** 2) ** 0.5 / europe_map.SCALE * 6371


# Places


def test_the_middle_of_the_projection_is_where_it_was_put():
    assert projected(10, 52) == pytest.approx((europe_map.LEFT, europe_map.TOP))


def test_distances_from_the_middle_are_true():
    """EPSG:3035 on a sphere: Brussels lies 412 km from 10° E 52° N, Rome 1,139 km."""
    assert kilometres((10, 52), (4.35, 50.85)) == pytest.approx(412, abs=4)
    assert kilometres((10, 52), (12.5, 41.9)) == pytest.approx(1139, abs=6)


def test_areas_are_equal_wherever_they_lie():
    def area(longitude, latitude):
        corners = [(0, 0), (1, 0), (1, 1), (0, 1)]
        ring = [projected(longitude + x, latitude + y) for x, y in corners]
        return abs(draw_map.area(ring))

    # A degree by a degree shrinks towards the pole as the difference of the sines does.
    sines = [math.sin(math.radians(degrees)) for degrees in (67, 66, 38, 37)]
    expected = (sines[0] - sines[1]) / (sines[2] - sines[3])
    assert area(20, 66) / area(-8, 37) == pytest.approx(expected, rel=0.001)


def test_the_whole_frame_shows_europe():
    for place in [(-24, 64.6), (-9.6, 37), (26, 71.2), (49.6, 40.4), (33.5, 34.6), (14, 35.8)]:
        x, y = projected(*place)
        assert 0 <= x <= europe_map.WIDTH
        assert 0 <= y <= europe_map.HEIGHT


def test_every_known_city_lies_in_its_country():
    """In the box of its outline, which the coast may be simpler than by a few units."""
    for country, cities in json.loads(europe_map.CITIES.read_text(encoding="utf-8")).items():
        for city in cities:
            x, y = place_of(Seat(country, city))
            left, top, right, bottom = box(outlines()[country])
            assert left - 12 <= x <= right + 12, city
            assert top - 12 <= y <= bottom + 12, city


def test_a_city_is_known_without_its_accents_too():
    assert place_of(Seat("LV", "Liepaja")) == place_of(Seat("LV", "Liepāja")) is not None
    assert place_of(Seat("LV", "Nowhere")) is None
    assert place_of(Seat("LT", "Liepāja")) is None


# Outlines


def outlines():
    return json.loads(europe_map.FILE.read_text(encoding="utf-8"))["countries"]


def points(path):
    """Absolute points of path data as `draw_map` writes it."""
    for part in re.findall(r"M[^M]+", path):
        numbers = [int(number) for number in re.findall(r"-?\d+", part)]
        x, y = numbers[:2]
        yield x, y
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            yield x, y


def box(path):
    xs, ys = zip(*points(path), strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def test_the_drawing_is_small():
    assert europe_map.FILE.stat().st_size <= 30_000


def test_every_country_that_may_be_seen_has_an_outline():
    assert set(outlines()) == {*draw_map.CODES.values(), "XK"}


def countries_at(longitude, latitude):
    """The countries in whose outline a place lies: a ray to the right crosses it an odd number of times."""
    x, y = projected(longitude, latitude)
    found = set()
    for code, path in outlines().items():
        crossings = 0
        for part in re.findall(r"M[^M]+", path):
            ring = list(points(part))
            for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
                if (ay > y) != (by > y):
                    crossings += x < ax + (y - ay) / (by - ay) * (bx - ax)
        if crossings % 2:
            found.add(code)
    return found


@pytest.mark.parametrize(
    ("place", "country"),
    [
        ((34.1, 44.95), "UA"),  # Simferopol
        ((33.5, 35.27), "CY"),  # the north of the island
        ((33.0, 34.9), "CY"),
        ((20.9, 42.6), "XK"),
        ((20.9, 43.9), "RS"),
        ((13.4, 52.5), "DE"),
        ((20.0, 60.2), "FI"),  # Åland
    ],
)
def test_a_place_lies_in_the_country_that_it_is_drawn_with(place, country):
    assert countries_at(*place) == {country}


def test_the_sea_belongs_to_nobody():
    assert countries_at(3, 56) == countries_at(34, 43) == set()


def test_cyprus_is_one_island_without_a_line_across():
    assert outlines()["CY"].count("M") == 1


# How it is drawn


def test_a_corner_goes_when_its_triangle_is_small_and_the_ends_stay():
    line = [(0, 0), (10, 1), (20, 0), (30, 40), (40, 0)]
    assert draw_map.simplified(line, 50) == [(0, 0), (20, 0), (30, 40), (40, 0)]
    assert draw_map.simplified(line, 10_000) == [(0, 0), (40, 0)]
    assert draw_map.simplified([(0, 0), (1, 1)], 9) == [(0, 0), (1, 1)]


def test_what_lies_between_two_parts_of_a_country_is_left_out():
    """Two squares that share an edge (arc 1) become one outline."""
    arcs = [[(9, 0), (0, 0), (0, 9), (9, 9)], [(9, 9), (9, 0)], [(9, 9), (18, 9), (18, 0), (9, 0)]]
    merged = draw_map.dissolved([[0, 1], [2, ~1]])
    assert merged == [[0, 2]]
    assert draw_map.area_path(merged, arcs) == "M9 0l-9 0 0 9 9 0 9 0 0-9z"


def test_a_line_is_drawn_only_where_it_is_in_the_frame():
    line = [(-500, 5), (-400, 5), (5, 5), (10, 5), (3000, 5), (4000, 5)]
    assert draw_map.line_path(line) == "M-400 5l405 0 5 0 2990 0"


def test_outlines_that_are_not_those_known_are_refused(monkeypatch, tmp_path):
    def pack(_command, cwd, check):
        (tmp_path.__class__(cwd) / "world-atlas-2.0.2.tgz").write_bytes(b"something else")

    monkeypatch.setattr(draw_map.subprocess, "run", pack)
    with pytest.raises(draw_map.CommandError, match="checksum"):
        draw_map.fetched()


# The map of a network


def test_tints_say_one_two_and_more():
    drawing = europe({"IT": 7, "DE": 2, "AT": 1, "": 4, "US": 2})
    levels = {land.code: land.level for land in drawing.lands if land.level}
    assert levels == {"IT": 3, "DE": 2, "AT": 1}
    assert drawing.countries == 4
    assert [land.level for land in drawing.lands] == sorted(land.level for land in drawing.lands)


def test_one_dot_a_city_and_it_is_open_only_while_all_there_are_announced():
    seats = [
        Seat("AT", "Graz", announced=True),
        Seat("AT", "Graz"),
        Seat("MT", "Valletta", announced=True),
        Seat("MT", "Not known"),
    ]
    graz, valletta = place_of(seats[0]), place_of(seats[2])
    dots = {(dot.x, dot.y): dot.announced for dot in europe({}, seats=seats).dots}
    assert dots == {graz: False, valletta: True}


class Links(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "a":
            self.found.append(dict(attributes)["href"])


def drawn(**context):
    template = "{% load components %}{% europe_map drawing tally announced '/members/' %}"
    return Template(template).render(Context(context))


def test_the_list_beside_the_map_says_the_same_and_leads_to_the_directory():
    html = drawn(
        drawing=europe({"IT": 3, "AT": 1}, ["MT"]),
        tally=[(3, [Country("IT")]), (1, [Country("AT")])],
        announced=[Country("MT")],
    )
    assert Links(html).found == [
        "/members/?country=IT",
        "/members/?country=AT",
        "/members/?state=announced&country=MT",
    ]
    assert "3 members" in html
    assert "1 member<" in html
    assert 'aria-label="Map of Europe with 2 countries of members' in html
    assert "style=" not in html
    assert html.count("map__land--announced") == 2  # Malta, and the key


def test_coordinates_keep_their_form_in_every_language():
    with translation.override("fr"):
        html = drawn(drawing=europe({}, seats=[Seat("AT", "Graz")]), tally=[])
    assert 'viewBox="0 0 2000 1700"' in html
    assert re.search(r'cx="\d+" cy="\d+"', html)
