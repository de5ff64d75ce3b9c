"""manage.py draw_map: the portal's map of Europe, drawn anew from Natural Earth.

The outlines are Natural Earth's (public domain, scale 1:50 million) as npm's `world-atlas` packs
them. The result, `record/maps/europe.json`, is kept in the repository: nobody needs npm to
run the portal, only who changes this drawing.

Natural Earth draws what is held on the ground; the portal draws what the United Nations' members
recognise: Crimea with Ukraine, the north of Cyprus with Cyprus; Kosovo, which half of them
recognise, on its own.
"""

import base64
import hashlib
import json
import math
import subprocess
import tarfile
import tempfile
from collections import defaultdict
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from record.map import FILE, HEIGHT, WIDTH, projected

SOURCE = "world-atlas@2.0.2"
SHA512 = "IXfV0qwlKXpckz1FhwXVwKRjiIhOnWttOskm5CtxMsjgE/MXAYRHWJqgXOpM8IkcPBoXnyTU5lFHcYa5ChG0LQ=="
MEMBER = "package/countries-50m.json"
# ISO 3166-1, numeric to alpha-2: who can be a member and is seen in the frame.
CODES = {
    "008": "AL", "020": "AD", "040": "AT", "031": "AZ", "051": "AM", "056": "BE", "070": "BA",
    "100": "BG", "112": "BY", "191": "HR", "196": "CY", "203": "CZ", "208": "DK", "233": "EE",
    "234": "FO", "246": "FI", "248": "FI", "250": "FR", "268": "GE", "276": "DE", "300": "GR",
    "348": "HU", "352": "IS", "372": "IE", "380": "IT", "428": "LV", "438": "LI", "440": "LT",
    "442": "LU", "470": "MT", "492": "MC", "498": "MD", "499": "ME", "528": "NL", "578": "NO",
    "616": "PL", "620": "PT", "642": "RO", "674": "SM", "688": "RS", "703": "SK", "705": "SI",
    "724": "ES", "752": "SE", "756": "CH", "792": "TR", "804": "UA", "807": "MK", "826": "GB",
}  # fmt: skip
NAMED = {"Kosovo": "XK", "N. Cyprus": "CY"}
RUSSIA = "643"
AROUND = ""
SIMPLER = 20  # square units: what an edge may lose at a corner
SMALLEST = 40  # square units: an island below this is not seen
CRIMEA = (32.3, 36.8, 44.2, 46.4)  # west, east, south, north


class Command(BaseCommand):
    help = "Draw record/maps/europe.json anew from Natural Earth's outlines (needs npm)."

    def add_arguments(self, parser):
        parser.add_argument(
            "outlines", nargs="?", help=f"countries-50m.json; without it, npm fetches {SOURCE}"
        )

    def handle(self, *, outlines, **options):  # noqa: ARG002  Django's signature
        world = json.loads(Path(outlines).read_bytes() if outlines else fetched())
        drawing = drawn(world)
        FILE.write_text(
            json.dumps(drawing, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
        )
        self.stdout.write(
            f"{FILE.name}: {len(drawing['countries'])} countries, {FILE.stat().st_size:,} bytes."
        )


def fetched() -> bytes:
    """Fetch the outlines with npm. Raises CommandError where that fails or they are not those known."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            subprocess.run(["npm", "pack", "--silent", SOURCE], cwd=folder, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise CommandError(f"npm could not fetch {SOURCE}: {error}") from error
        [package] = Path(folder).glob("*.tgz")
        if base64.b64encode(hashlib.sha512(package.read_bytes()).digest()).decode() != SHA512:
            raise CommandError(f"{SOURCE} is not what it was: its checksum differs.")
        with tarfile.open(package) as archive:
            return archive.extractfile(MEMBER).read()


def drawn(world: dict) -> dict:
    """Return the drawing of a TopoJSON world: country code → path, and the path of the land around."""
    outlines = decoded(world)
    exact = [[projected(*place) for place in places] for places in outlines]
    arcs = [simplified(arc, SIMPLER) if any(map(is_seen, arc)) else arc for arc in exact]
    rings = defaultdict(list)  # key → rings, each a list of arcs; ~n is arc n backwards
    for shape in world["objects"]["countries"]["geometries"]:
        for polygon in polygons(shape):
            if in_frame(polygon, arcs):
                rings[key_of(shape, polygon, outlines)] += polygon
    countries = {
        key: path
        for key in sorted(set(rings) - {AROUND})
        if (path := area_path(dissolved(rings[key]), arcs) or area_path(rings[key], exact, 0))
    }
    taken = {index for key in countries for ring in rings[key] for index in map(absolute, ring)}
    rest = {index for ring in rings[AROUND] for index in map(absolute, ring)} - taken
    around = "".join(line_path(arcs[index]) for index in sorted(rest))
    return {"countries": countries, "around": around}


def decoded(world: dict) -> list[list[tuple[float, float]]]:
    """Return each arc as longitudes and latitudes (TopoJSON: differences of whole numbers)."""
    (scale_x, scale_y), (left, bottom) = (
        world["transform"]["scale"],
        world["transform"]["translate"],
    )
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        places = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            places.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(places)
    return arcs


def polygons(shape: dict) -> list:
    if shape.get("type") == "Polygon":
        return [shape["arcs"]]
    return shape.get("arcs", [])


def absolute(index: int) -> int:
    return ~index if index < 0 else index


def key_of(shape: dict, polygon: list, outlines: list) -> str:
    """Return the code of the country that a polygon belongs to, or AROUND."""
    number, name = shape.get("id"), shape["properties"]["name"]
    if number == RUSSIA:
        west, east, south, north = CRIMEA
        places = [place for index in polygon[0] for place in outlines[absolute(index)]]
        is_crimea = all(west < x < east and south < y < north for x, y in places)
        return "UA" if is_crimea else AROUND
    return CODES.get(number) or NAMED.get(name, AROUND)


def is_seen(point: tuple[float, float]) -> bool:
    return 0 <= point[0] <= WIDTH and 0 <= point[1] <= HEIGHT


def in_frame(polygon: list, arcs: list) -> bool:
    return any(is_seen(point) for index in polygon[0] for point in arcs[absolute(index)])


def simplified(points: list, least: float) -> list:
    """Leave out the corners whose triangles are smaller than `least`, smallest first (Visvalingam).

    The ends stay, so that neighbours who share an edge still meet.
    """
    points = list(points)
    while len(points) > 2:
        areas = [
            abs(area([points[at - 1], points[at], points[at + 1]]))
            for at in range(1, len(points) - 1)
        ]
        smallest = min(areas)
        if smallest >= least or math.isnan(smallest):
            break
        del points[areas.index(smallest) + 1]
    return points


def area(ring: list) -> float:
    """Return the area of a closed ring, positive or negative by its direction."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairs) / 2


def dissolved(rings: list) -> list:
    """Return rings without the arcs that lie between two polygons of the same country."""
    used = {index for ring in rings for index in ring}
    inner = {index for index in used if ~index in used}
    whole = [ring for ring in rings if not inner.intersection(ring)]
    loose = [index for ring in rings if inner.intersection(ring) for index in ring]
    return [*whole, [index for index in loose if index not in inner]] if inner else whole


def joined(ring: list, arcs: list) -> list[list]:
    """Return the closed lines that a ring's arcs make, put end to end."""
    left = [arcs[index] if index >= 0 else arcs[~index][::-1] for index in ring]
    lines = []
    while left:
        line = list(left.pop(0))
        while line[0] != line[-1]:
            follower = next((each for each in left if each[0] == line[-1]), None)
            if follower is None:
                break
            left.remove(follower)
            line += follower[1:]
        lines.append(line)
    return lines


def area_path(rings: list, arcs: list, least: float = SMALLEST) -> str:
    lines = [line for ring in rings for line in joined(ring, arcs)]
    return "".join(
        path_of(line[:-1]) + "z" for line in lines if len(line) > 3 and abs(area(line)) >= least
    )


def line_path(points: list) -> str:
    """Return the parts of a line that lie in the frame."""
    if points[0] == points[-1] and abs(area(points)) < SMALLEST:
        return ""
    parts, part = [], []
    for at, point in enumerate(points):
        if any(map(is_seen, points[max(at - 1, 0) : at + 2])):  # it or a neighbour
            part.append(point)
        elif part:
            parts.append(part)
            part = []
    return "".join(path_of(each) for each in [*parts, part] if len(each) > 1)


def path_of(points: list) -> str:
    """Return SVG path data in whole numbers, relative but for the first."""
    x, y = (round(value) for value in points[0])
    path, first = f"M{x} {y}", True
    for point in points[1:]:
        dx, dy = round(point[0]) - x, round(point[1]) - y
        if dx or dy:
            path += ("l" if first else "" if dx < 0 else " ") + f"{dx}{'' if dy < 0 else ' '}{dy}"
            x, y, first = x + dx, y + dy, False
    return "" if first else path
