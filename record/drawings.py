"""From dates to positions: everything that the portal's drawings need to know, and nothing of HTML.

Days are `datetime.date`. A period is any object with `first_day`, `after_last_day` (the first day
that no longer belongs to it, or None while its end is open), `kind`, `label` (the words for it) and
optionally `start_known`, `end_known` (both True unless said), `member` (whose period it is) and
`number` (for how many it stands: 1, or fewer than none where some leave).
`Period` is such an object. Kinds: `full`, `regional`, `sponsored`, `role`, `deputy`, `life` (of an
organisation itself). Whether a period is announced, current or ended follows from the axis' today;
the kinds `announced`, `ended`, `ended_sponsored` and `unknown_start` say so outright.

Positions are per cent of the width, rounded to two decimals, from 0 at the axis' first day to 100
at its last. Dates of month or year precision come as their earliest day.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

ROW = 9
PAGE = 14
MOST_STEPS = 400  # of one line; where there are more, those within a thousandth of it are one
UNKNOWN_DAYS = 550  # how far dashes reach where a first or last day is not on record
SLIMMEST = 0.4  # per cent: a single day is still seen
HATCH_NEEDS = 3.0  # per cent of a directory row below which a hatch no longer reads
LABEL_NEEDS = 5.0  # per cent between the label of a year and that of today, in a wide drawing
LABEL_NEEDS_NARROW = 18.0  # and in one as narrow as a directory row
MOST_BARS = 80
CORNER = 36.0  # per cent of the width that the words beside a growth chart take
CORNER_HEIGHT = 240  # pixels that they are high
SPARE_HEIGHT = 90  # pixels by which a chart may grow to make room for them
STEPS_HEIGHT = 360
TURN_UNIT = 22  # pixels a member in a turnover chart, at the most
TURN_HEIGHT = 220  # pixels of its highest bar
TURN_ROOM = 26  # pixels for a number above or below a bar
TURN_NUMBERS = 24  # years up to which numbers stand at the bars

_FILLS = {
    "sponsored": "url(#hatch)",
    "ended_sponsored": "url(#hatch-ended)",
    "unknown": "url(#dashes)",
    "ended_unknown": "url(#dashes-ended)",
    "life": "url(#dots)",
}
_THIN = {"regional", "deputy", "ended_regional", "ended_deputy"}
_MEMBERSHIPS = {"full", "regional", "sponsored", "unknown_start"}
_OUTRIGHT = {
    "announced": ("full", "announced"),
    "ended": ("full", "ended"),
    "ended_sponsored": ("sponsored", "ended"),
    "ended_regional": ("regional", "ended"),
    "unknown_start": ("full", None),
}


@dataclass(frozen=True, kw_only=True)
class Period:
    """What lasted: half-open, the end open when `after_last_day` is None."""

    first_day: date
    after_last_day: date | None = None
    kind: str = "full"
    label: str = ""
    start_known: bool = True
    end_known: bool = True
    member: str = ""
    number: int = 1


@dataclass(frozen=True)
class Line:
    """A gridline; `label` is empty where it would run into today's, `tight` where narrow ones would."""

    x: float
    label: str
    anchor: str = "middle"
    tight: bool = False


@dataclass(frozen=True)
class Axis:
    """The days that a drawing shows. `last_day` is its right edge and later than `first_day`.

    `step` says which years have a line; without it the width of a directory row decides.
    """

    first_day: date
    last_day: date
    today: date
    step: int | None = None

    def __post_init__(self):
        if self.last_day <= self.first_day:
            raise ValueError("An axis ends after it begins.")

    @classmethod
    def spanning(cls, periods, today, step=None):
        """From the year of the earliest period to a year after today or the latest end."""
        periods = list(periods)
        firsts = [_first_shown(period) for period in periods]
        lasts = [day for period in periods if (day := period.after_last_day or period.first_day)]
        first = min([*firsts, today])
        last = max([*lasts, today])
        return cls(date(first.year, 1, 1), _year_after(last), today, step)

    def position(self, day):
        """Where a day begins, in per cent; days outside the axis lie on its edge."""
        share = (day - self.first_day).days / (self.last_day - self.first_day).days
        return round(min(max(share, 0.0), 1.0) * 100, 2)

    @cached_property
    def now(self):
        return self.position(self.today)

    @cached_property
    def shows_today(self):
        return self.first_day <= self.today <= self.last_day

    def years(self, step=None):
        """A line at 1 January of each year that `step` divides; without a step, one that fits."""
        if step is None:
            span = (self.last_day - self.first_day).days / 365.25
            step = next((s for most, s in ((7, 1), (14, 2), (35, 5), (70, 10)) if span <= most), 20)
        lines = []
        for year in range(self.first_day.year, self.last_day.year + 1):
            day = date(year, 1, 1)
            if year % step or not self.first_day <= day <= self.last_day:
                continue
            x = self.position(day)
            gap = abs(x - self.now) if self.shows_today else 100.0
            label = "" if gap < LABEL_NEEDS else str(year)
            lines.append(Line(x, label, _anchor(x), gap < LABEL_NEEDS_NARROW))
        return lines

    @cached_property
    def lines(self):
        return self.years(self.step)

    @cached_property
    def today_anchor(self):
        return _anchor(self.now)


@dataclass(frozen=True)
class Bar:
    """One rectangle. `kind` is also its class (`time__full`); `height` and `rise` are pixels."""

    x: float
    width: float
    kind: str
    title: str = ""
    thickness: int = ROW

    @property
    def fill(self):
        if self.kind.endswith("sponsored") and self.thickness <= ROW and self.width < HATCH_NEEDS:
            return "none"
        return _FILLS.get(self.kind, "currentColor")

    @property
    def height(self):
        if self.kind == "life":
            return 2
        if self.kind in _THIN:
            return max(round(self.thickness / 3), 2)
        return self.thickness

    @property
    def rise(self):
        """How far to lift the bar so that it stands in the middle of its row."""
        return -self.height / 2

    @property
    def drop(self):
        """How far to lower a thin bar so that it stands in the middle of a thick one."""
        return (self.thickness - self.height) / 2


def bars(periods, axis, thickness=ROW):
    """The bars of one row, from left to right; dashes stand where a day is not on record.

    A period that runs without a gap into one that lasts keeps the colour of what lasts: sponsored
    years before a full membership are not ended, they led to it.
    """
    periods = sorted(periods, key=lambda period: period.first_day)
    drawn = []
    for period in periods:
        kind, state = _OUTRIGHT.get(period.kind, (period.kind, None))
        kind = "full" if kind == "role" else kind
        state = state or _state(period, periods, axis.today)
        end = _last_shown(period, axis)
        if end <= axis.first_day or period.first_day >= axis.last_day:
            continue
        ended = state == "ended"
        dash = "ended_unknown" if ended else "unknown"
        if not _start_known(period):
            early = period.first_day - timedelta(days=UNKNOWN_DAYS)
            drawn += _bar(axis, (early, period.first_day), dash, period.label, thickness=thickness)
        if state == "announced":
            style = "announced"
        elif ended and kind != "life":
            style = "ended" if kind == "full" else f"ended_{kind}"
        else:
            style = kind
        drawn += _bar(
            axis, (period.first_day, end), style, period.label, thickness=thickness, least=SLIMMEST
        )
        if not getattr(period, "end_known", True) and period.after_last_day:
            late = min(end + timedelta(days=UNKNOWN_DAYS), axis.today)
            drawn += _bar(axis, (end, late), dash, period.label, thickness=thickness)
    return drawn


def words(periods):
    """What the bars of a row say, in words: the labels in order of their first days."""
    ordered = sorted(periods, key=lambda period: period.first_day)
    return "; ".join(period.label for period in ordered if period.label)


@dataclass(frozen=True)
class Mark:
    """A number that stands at a place of the axis."""

    x: float
    number: int
    label: str
    anchor: str = "middle"
    now: bool = False
    tight: bool = False  # would run into today's in a narrow drawing


@dataclass(frozen=True)
class GrowthRow:
    y: int
    bars: list
    title: str


@dataclass(frozen=True)
class Growth:
    """A growth chart: `rows` from the foot up, or `area` (a path in a box of 1000 by 100)."""

    axis: Axis
    height: int
    marks: list
    rows: list = field(default_factory=list)
    area: str = ""
    corner: bool = False

    @property
    def total_height(self):
        return self.height + 56


def growth(periods, axis, most=MOST_BARS):
    """One bar a member, sorted by first day, the oldest at the foot.

    Periods of one `member` share a row; a period without one has its own. Above `most` members only
    the step line is drawn (`growth_line`). The marks count the members on 1 January of some years,
    and today.
    """
    periods = sorted(periods, key=lambda period: period.first_day)
    rows = defaultdict(list)
    for number, period in enumerate(periods):
        rows[getattr(period, "member", "") or number].append(period)
    if len(rows) > most:
        return growth_line(periods, axis)
    marks = _growth_marks(periods, axis)

    pitch, thickness = (11, 7) if len(rows) <= 45 else (7, 4)
    drawn = [bars(own, axis, thickness) for own in rows.values()]
    height = max(len(rows), 5) * pitch
    in_the_way = [
        height - index * pitch
        for index, row in enumerate(drawn, start=1)
        if any(bar.x <= CORNER for bar in row)
    ]
    missing = max(CORNER_HEIGHT - min(in_the_way, default=CORNER_HEIGHT), 0)
    corner = bool(drawn) and missing <= SPARE_HEIGHT
    height += missing if corner else 0
    return Growth(
        axis,
        height,
        marks,
        rows=[
            GrowthRow(height - index * pitch, row, _title(member, words(rows[member])))
            for index, (member, row) in enumerate(zip(rows, drawn, strict=True), start=1)
        ],
        corner=corner,
    )


def growth_line(periods, axis):
    """A growth chart without bars: the step line over the same years and marks."""
    line = steps(periods, axis)
    day = axis.first_day + (axis.last_day - axis.first_day) * (CORNER / 100)
    corner = line.height_of(number_on(periods, day)) > 100 * CORNER_HEIGHT / STEPS_HEIGHT
    marks = _growth_marks(periods, axis)
    return Growth(axis, STEPS_HEIGHT, marks, area=line.area, corner=corner)


@dataclass(frozen=True)
class Steps:
    """A step line in a box of 1000 by 100, and the marks on it in per cent."""

    path: str
    area: str
    marks: list
    axis: Axis
    most: int

    def height_of(self, number):
        """How far down a number lies, in per cent."""
        return _depth(number, self.most)


def steps(periods, axis, marked=()):
    """How many there were on each day up to today; `marked` days and today carry their number."""
    changes = defaultdict(int)
    last = min(axis.today, axis.last_day)
    for period in periods:
        if period.first_day > last:
            continue
        number = getattr(period, "number", 1)
        changes[max(period.first_day, axis.first_day)] += number
        if period.after_last_day and period.after_last_day <= last:
            changes[max(period.after_last_day, axis.first_day)] -= number
    count, heights = 0, {}
    for day in sorted(changes):
        count += changes[day]
        x = axis.position(day) * 10
        heights[x if len(changes) <= MOST_STEPS else round(x)] = count
    points = list(heights.items())
    most = max([number for _, number in points] + [1])
    x = 0.0
    path = [f"M0 {_depth(0, most):g}"]
    for x, number in points:
        path.append(f"H{x:g}V{_depth(number, most):g}")
    end = axis.position(last) * 10
    path.append(f"H{max(end, x):g}")
    line = "".join(path)
    marks = [
        Mark(axis.position(day), number_on(periods, day), "", _anchor(axis.position(day)))
        for day in marked
        if axis.first_day <= day < axis.today and day <= axis.last_day
    ]
    if axis.shows_today:
        marks.append(
            Mark(axis.now, number_on(periods, axis.today), "", _anchor(axis.now), now=True)
        )
    return Steps(line, f"{line}V100H0Z", marks, axis, most)


def number_on(periods, day):
    """How many hold that day."""
    return sum(
        getattr(period, "number", 1)
        for period in periods
        if period.first_day <= day
        and (period.after_last_day is None or day < period.after_last_day)
    )


@dataclass(frozen=True)
class Dot:
    x: float
    title: str
    planned: bool


@dataclass(frozen=True)
class DotLane:
    name: str
    text: str
    dots: list


@dataclass(frozen=True)
class YearOfDots:
    year: int
    axis: Axis
    months: list
    lanes: list


def year_of_dots(year, lanes, today):
    """Twelve months with a dot for each day.

    `lanes` are `(name, text, days)`; a day is a date or `(date, title)`. Days after today are
    planned. Days of other years are left out; dots of the same days move aside.
    """
    axis = Axis(date(year, 1, 1), date(year + 1, 1, 1), today)
    months = [Line(axis.position(date(year, month, 1)), str(month)) for month in range(1, 13)]
    drawn = []
    for name, text, days in lanes:
        pairs = [day if isinstance(day, tuple) else (day, "") for day in days]
        dots, last = [], -100.0
        for day, title in sorted((day, str(title)) for day, title in pairs if day.year == year):
            last = max(axis.position(day), round(last + 1.4, 2))
            dots.append(Dot(min(last, 100.0), title, day > today))
        drawn.append(DotLane(name, text, dots))
    return YearOfDots(year, axis, months, drawn)


@dataclass(frozen=True, kw_only=True)
class Turn:
    """A year in numbers: who joined, left and went on from sponsored to a membership of their own."""

    year: int
    joined: int = 0
    left: int = 0
    converted: int = 0
    title: str = ""


@dataclass(frozen=True)
class Column:
    """A bar of a turnover chart that stands on the line or hangs from it: per cent and pixels."""

    x: float
    width: float
    y: int
    height: int
    kind: str
    number: int
    number_y: int

    @property
    def fill(self):
        return _FILLS.get(self.kind, "currentColor")

    @property
    def middle(self):
        return round(self.x + self.width / 2, 2)


@dataclass(frozen=True)
class TurnYear:
    x: float  # the middle of the year
    label: str  # empty where labels would run into each other
    tight: bool  # whether it is left out in a narrow drawing
    title: str
    columns: list


@dataclass(frozen=True)
class Turnover:
    """A turnover chart: `line` is where its bars stand and hang, in pixels from the top."""

    years: list
    line: int
    height: int
    numbered: bool  # whether there is room for the numbers at the bars
    now: float | None  # where the year after this one begins; None where nothing is ahead


def turnover(turns, this_year):
    """Year by year: joined above the line, converted (hatched) beside it, left below it.

    `turns` are in order and without a gap. What lies in years to come is outlined.
    """
    turns = list(turns)
    up = max((max(turn.joined, turn.converted) for turn in turns), default=0)
    down = max((turn.left for turn in turns), default=0)
    unit = min(TURN_UNIT, TURN_HEIGHT / max(up, down, 1))
    line = round(up * unit) + TURN_ROOM
    slot = 100 / max(len(turns), 1)
    step = next((each for each in (1, 2, 5, 10, 20) if len(turns) <= 12 * each), 50)
    years = []
    for index, turn in enumerate(turns):
        left_edge, ahead = index * slot, turn.year > this_year
        side = 0.14 if turn.converted else 0.33  # beside each other, or alone in the middle
        parts = [
            ("announced" if ahead else "full", turn.joined, side, True),
            ("announced" if ahead else "sponsored", turn.converted, 0.52, True),
            ("announced" if ahead else "ended", turn.left, side, False),
        ]
        columns = []
        for kind, number, offset, stands in parts:
            if number:
                height = max(round(number * unit), 2)
                top = line - height if stands else line
                beside = top - 6 if stands else top + height + 18
                x, width = round(left_edge + offset * slot, 2), round(0.34 * slot, 2)
                columns.append(Column(x, width, top, height, kind, number, beside))
        years.append(
            TurnYear(
                round(left_edge + slot / 2, 2),
                str(turn.year) if turn.year % step == 0 else "",
                bool(turn.year % (step * 5)) if step < 5 else bool(turn.year % (step * 2)),
                turn.title,
                columns,
            )
        )
    ahead = [index for index, turn in enumerate(turns) if turn.year > this_year]
    now = round(ahead[0] * slot, 2) if ahead else None
    height = line + round(down * unit) + TURN_ROOM
    return Turnover(years, line, height, len(turns) <= TURN_NUMBERS, now)


def _start_known(period):
    return period.kind != "unknown_start" and getattr(period, "start_known", True)


def _first_shown(period):
    if _start_known(period):
        return period.first_day
    return period.first_day - timedelta(days=UNKNOWN_DAYS)


def _last_shown(period, axis):
    if period.after_last_day:
        return period.after_last_day
    return axis.last_day if period.first_day > axis.today else min(axis.today, axis.last_day)


def _state(period, periods, today):
    if period.first_day > today:
        return "announced"
    end = period.after_last_day
    if period.kind in _MEMBERSHIPS:
        for other in periods:  # sorted by first day
            if end is None or other.first_day > end:
                break
            if other.kind in _MEMBERSHIPS:
                end = None if other.after_last_day is None else max(end, other.after_last_day)
    return "ended" if end is not None and end <= today else "current"


def _bar(axis, days, kind, title, *, thickness, least=0.0):
    x, right = (axis.position(day) for day in days)
    width = round(max(right - x, least), 2)
    return [Bar(min(x, 100 - width), width, kind, title, thickness)] if width > 0 else []


def _anchor(x):
    if x < 4:
        return "start"
    return "end" if x > 96 else "middle"


def _depth(number, most):
    return round(96 - 84 * number / most, 2) if most else 96.0


def _year_after(day):
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def _title(member, label):
    if not isinstance(member, str):
        return label
    return f"{member}: {label}" if label else member


def _growth_marks(periods, axis):
    last = min(axis.today, axis.last_day)
    step = max(round((last.year - axis.first_day.year) / 6), 1)
    marks = []
    for year in range(axis.first_day.year, last.year + 1):
        day = date(year, 1, 1)
        x = axis.position(day)
        if day < axis.first_day or (year - axis.first_day.year - 1) % step:
            continue
        if axis.now - x < LABEL_NEEDS:
            continue
        tight = axis.now - x < LABEL_NEEDS_NARROW
        marks.append(Mark(x, number_on(periods, day), str(year), _anchor(x), tight=tight))
    if axis.shows_today:
        number = number_on(periods, axis.today)
        marks.append(Mark(axis.now, number, "", _anchor(axis.now), now=True))
    return marks
