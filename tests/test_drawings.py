"""Positions worked out from dates."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from record import drawings
from record.drawings import Axis, Period

TODAY = date(2026, 11, 22)


@pytest.fixture
def axis():
    """Ten years of which today is 22 November of the seventh."""
    return Axis(date(2020, 1, 1), date(2030, 1, 1), TODAY)


def period(first, after=None, kind="full", **more):
    return Period(
        first_day=date.fromisoformat(first),
        after_last_day=date.fromisoformat(after) if after else None,
        kind=kind,
        **more,
    )


def kinds(periods, axis):
    return [bar.kind for bar in drawings.bars(periods, axis)]


# The axis


def test_the_ends_of_an_axis_are_0_and_100(axis):
    assert axis.position(axis.first_day) == 0
    assert axis.position(axis.last_day) == 100


def test_days_outside_lie_on_the_edge(axis):
    assert axis.position(date(1999, 1, 1)) == 0
    assert axis.position(date(2050, 1, 1)) == 100


def test_a_position_has_two_decimals(axis):
    assert axis.position(date(2023, 1, 1)) == 30.0
    assert axis.position(date(2021, 5, 1)) == 13.3


def test_an_axis_needs_a_day():
    with pytest.raises(ValueError, match="ends after it begins"):
        Axis(TODAY, TODAY, TODAY)


def test_gridlines_stand_at_the_first_of_january(axis):
    assert [line.x for line in axis.years(5)] == [0, 50.01, 100]
    assert [line.label for line in axis.years(5)] == ["2020", "2025", "2030"]


def test_a_year_beside_today_keeps_its_line_and_loses_its_label(axis):
    line = next(line for line in axis.years(1) if line.x == axis.position(date(2027, 1, 1)))
    assert line.label == ""


def test_a_spanning_axis_runs_from_the_first_year_to_a_year_after_today():
    axis = Axis.spanning([period("2007-12-03")], TODAY)
    assert (axis.first_day, axis.last_day) == (date(2007, 1, 1), date(2027, 11, 22))


def test_a_spanning_axis_of_nothing_is_this_year_and_the_next():
    axis = Axis.spanning([], TODAY)
    assert (axis.first_day, axis.last_day) == (date(2026, 1, 1), date(2027, 11, 22))


def test_a_year_after_a_leap_day():
    assert Axis.spanning([], date(2028, 2, 29)).last_day == date(2029, 2, 28)


# Bars


def test_a_bar_begins_on_the_first_day_and_not_before(axis):
    first = date(2025, 1, 1)
    [bar] = drawings.bars([period("2025-01-01")], axis)
    assert bar.x == axis.position(first)
    assert bar.x > axis.position(first - timedelta(days=1))


def test_an_open_end_is_drawn_to_today(axis):
    [bar] = drawings.bars([period("2025-01-01")], axis)
    assert bar.x + bar.width == pytest.approx(axis.now, abs=0.01)


def test_a_known_end_after_today_is_drawn_to_that_day(axis):
    [bar] = drawings.bars([period("2026-01-01", "2028-01-01", "sponsored")], axis)
    assert bar.kind == "sponsored"
    assert bar.x + bar.width == pytest.approx(axis.position(date(2028, 1, 1)), abs=0.01)


@pytest.mark.parametrize(
    ("today", "kind"),
    [
        (date(2023, 12, 31), "announced"),
        (date(2024, 1, 1), "full"),
        (date(2024, 12, 31), "full"),
        (date(2025, 1, 1), "ended"),
    ],
)
def test_the_day_before_the_first_the_last_and_the_day_after(today, kind):
    axis = Axis(date(2020, 1, 1), date(2030, 1, 1), today)
    assert kinds([period("2024-01-01", "2025-01-01")], axis) == [kind]


def test_announced_lies_right_of_today(axis):
    [bar] = drawings.bars([period("2027-01-01")], axis)
    assert bar.kind == "announced"
    assert bar.x > axis.now
    assert bar.x + bar.width == 100


def test_a_sponsored_year_that_led_to_full_membership_is_not_ended(axis):
    led = [period("2023-01-01", "2024-01-01", "sponsored"), period("2024-01-01")]
    assert kinds(led, axis) == ["sponsored", "full"]


def test_several_sponsored_years_in_a_row_led_there_too(axis):
    led = [
        period("2022-01-01", "2023-01-01", "sponsored"),
        period("2023-01-01", "2024-01-01", "sponsored"),
        period("2024-01-01"),
    ]
    assert kinds(led, axis) == ["sponsored", "sponsored", "full"]


def test_after_a_gap_the_earlier_membership_is_ended(axis):
    back = [period("2021-01-01", "2022-01-01"), period("2024-01-01")]
    assert kinds(back, axis) == ["ended", "full"]


def test_a_role_that_another_followed_is_ended(axis):
    roles = [period("2021-01-01", "2023-01-01", "role"), period("2023-01-01", kind="role")]
    assert kinds(roles, axis) == ["ended", "full"]


def test_an_organisation_that_lives_does_not_make_its_membership_current(axis):
    both = [period("2020-01-01", kind="life"), period("2021-01-01", "2022-01-01")]
    assert kinds(both, axis) == ["life", "ended"]


def test_an_unknown_start_has_dashes_before_the_first_attested_day(axis):
    dashes, bar = drawings.bars([period("2024-01-01", start_known=False)], axis)
    assert (dashes.kind, bar.kind) == ("unknown", "full")
    assert dashes.x + dashes.width == pytest.approx(bar.x, abs=0.01)
    assert dashes.width > 0


def test_an_unknown_start_at_the_edge_of_the_axis_has_no_dashes(axis):
    assert kinds([period("2020-01-01", start_known=False)], axis) == ["full"]


def test_a_term_known_for_one_year_has_dashes_on_both_sides(axis):
    term = period("2021-01-01", "2022-01-01", "role", start_known=False, end_known=False)
    assert kinds([term], axis) == ["ended_unknown", "ended", "ended_unknown"]


def test_dashes_after_an_end_stop_at_today(axis):
    *_, dashes = drawings.bars([period("2021-01-01", "2026-10-01", end_known=False)], axis)
    assert dashes.kind == "ended_unknown"
    assert dashes.x + dashes.width == pytest.approx(axis.now, abs=0.01)


def test_a_month_comes_as_its_first_day(axis):
    [bar] = drawings.bars([period("2022-03-01", "2023-03-01", "sponsored")], axis)
    assert (bar.kind, bar.x) == ("ended_sponsored", axis.position(date(2022, 3, 1)))


def test_kinds_that_say_outright_what_they_are(axis):
    assert kinds([period("2022-01-01", kind="announced")], axis) == ["announced"]
    assert kinds([period("2022-01-01", "2023-01-01", "ended_sponsored")], axis) == [
        "ended_sponsored"
    ]
    assert kinds([period("2024-01-01", kind="unknown_start")], axis) == ["unknown", "full"]


def test_periods_outside_the_axis_are_left_out(axis):
    assert drawings.bars([period("2000-01-01", "2010-01-01"), period("2031-01-01")], axis) == []


def test_a_period_from_before_the_axis_begins_at_its_edge(axis):
    [bar] = drawings.bars([period("2000-01-01")], axis)
    assert bar.x == 0


def test_a_single_day_is_still_seen(axis):
    [bar] = drawings.bars([period("2024-01-01", "2024-01-02")], axis)
    assert bar.width == drawings.SLIMMEST


@pytest.mark.parametrize("first", ["2029-12-31", "2020-01-01"])
def test_no_bar_leaves_the_drawing(axis, first):
    for bar in drawings.bars([period(first), period(first, start_known=False)], axis):
        assert bar.x >= 0
        assert bar.x + bar.width <= 100.01


def test_regional_is_a_third_as_high_and_stands_in_the_middle(axis):
    full, regional = (
        drawings.bars([period("2024-01-01", kind=kind)], axis)[0] for kind in ("full", "regional")
    )
    assert (full.height, regional.height) == (9, 3)
    assert (full.rise, regional.rise) == (-4.5, -1.5)


def test_a_hatch_too_small_to_read_becomes_an_outline(axis):
    wide, slim = (
        drawings.bars([period("2026-01-01", end, "sponsored")], axis)[0]
        for end in ("2027-01-01", "2026-03-01")
    )
    assert wide.fill == "url(#hatch)"
    assert slim.fill == "none"


def test_words_follow_the_order_of_time():
    periods = [period("2024-01-01", label="full"), period("2023-01-01", label="sponsored")]
    assert drawings.words(periods) == "sponsored; full"


# Growth


def members(number):
    return [
        period(f"{2007 + index % 18}-01-01", member=f"Member {index}", label="full member")
        for index in range(number)
    ]


@pytest.mark.parametrize("number", [0, 1, 80, 500])
def test_growth_of_any_size(number):
    periods = members(number)
    growth = drawings.growth(periods, Axis.spanning(periods, TODAY))
    assert growth.marks[-1].number == number
    assert growth.marks[-1].now
    assert len(growth.rows) == (number if number <= drawings.MOST_BARS else 0)
    assert bool(growth.area) == (number > drawings.MOST_BARS)
    assert all(0 <= row.y < growth.height for row in growth.rows)


def test_the_oldest_member_stands_at_the_foot():
    periods = [period("2020-01-01", member="young"), period("2008-01-01", member="old")]
    growth = drawings.growth(periods, Axis.spanning(periods, TODAY))
    assert [row.title for row in growth.rows] == ["old", "young"]
    assert growth.rows[0].y > growth.rows[1].y


def test_a_member_that_came_back_has_one_row():
    periods = [
        period("2011-01-01", "2016-01-01", member="Forum", label="full"),
        period("2018-01-01", member="Forum", label="full again"),
    ]
    growth = drawings.growth(periods, Axis.spanning(periods, TODAY))
    assert [row.title for row in growth.rows] == ["Forum: full; full again"]
    assert len(growth.rows) == 1


def test_marks_do_not_run_into_each_other():
    periods = members(30)
    places = [mark.x for mark in drawings.growth(periods, Axis.spanning(periods, TODAY)).marks]
    assert all(right - left >= drawings.LABEL_NEEDS for left, right in pairwise(places))


def test_in_a_narrow_drawing_only_marks_away_from_today_stay():
    periods = [period("2020-01-01", member=str(number)) for number in range(3)]
    marks = drawings.growth(periods, Axis.spanning(periods, TODAY)).marks
    near = [mark for mark in marks if marks[-1].x - mark.x < drawings.LABEL_NEEDS_NARROW]
    assert [mark.tight for mark in near] == [True] * (len(near) - 1) + [False]
    assert not any(mark.tight for mark in marks if mark not in near)


def test_the_words_take_the_corner_only_where_it_is_empty():
    late = [period(f"{2008 + number // 2}-01-01", member=str(number)) for number in range(36)]
    early = [period("2007-01-01", member=str(number)) for number in range(30)]
    axis = Axis.spanning(late, TODAY)
    assert drawings.growth(late, axis).corner
    assert not drawings.growth(early, axis).corner


# The step line


def test_steps_go_up_on_the_first_day_and_down_on_the_day_after_the_last(axis):
    steps = drawings.steps([period("2022-01-01", "2024-01-01"), period("2021-01-01")], axis)
    assert steps.most == 2
    assert steps.path.count("V") == 3
    assert steps.area.startswith(steps.path)
    assert steps.marks[-1].number == 1


def test_steps_of_nothing_are_a_flat_line(axis):
    steps = drawings.steps([], axis)
    assert steps.path == f"M0 96H{axis.now * 10:g}"
    assert steps.marks[-1].number == 0


def test_announced_members_are_not_counted(axis):
    assert drawings.steps([period("2027-01-01")], axis).marks[-1].number == 0


def test_a_marked_day_carries_the_number_of_that_day(axis):
    steps = drawings.steps([period("2022-01-01")], axis, [date(2021, 12, 31), date(2022, 1, 1)])
    assert [mark.number for mark in steps.marks] == [0, 1, 1]


# The year of dots


def test_a_year_of_dots_has_twelve_months_and_a_dot_for_each_day():
    drawing = drawings.year_of_dots(
        2026,
        [("Meetings", "2, 1 planned", [date(2026, 12, 10), (date(2026, 2, 11), "First")])],
        TODAY,
    )
    [lane] = drawing.lanes
    assert len(drawing.months) == 12
    assert [(dot.title, dot.planned) for dot in lane.dots] == [("First", False), ("", True)]


def test_dots_of_the_same_day_move_aside_and_other_years_are_left_out():
    day = date(2026, 2, 1)
    drawing = drawings.year_of_dots(2026, [("Joined", "2", [day, day, date(2025, 2, 1)])], TODAY)
    first, second = drawing.lanes[0].dots
    assert second.x > first.x


# Year by year


def turns(*numbers, first=2020):
    return [
        drawings.Turn(year=first + index, joined=joined, left=left, converted=converted)
        for index, (joined, left, converted) in enumerate(numbers)
    ]


def columns_of(chart):
    return [[(column.kind, column.number) for column in year.columns] for year in chart.years]


def test_joins_and_conversions_stand_on_the_line_and_ends_hang_from_it():
    chart = drawings.turnover(turns((3, 2, 1)), 2026)
    joined, converted, left = chart.years[0].columns
    assert joined.y + joined.height == converted.y + converted.height == chart.line
    assert left.y == chart.line
    assert (joined.height, converted.height, left.height) == (66, 22, 44)
    assert left.y + left.height < chart.height


def test_joins_and_conversions_of_a_year_do_not_cover_each_other():
    joined, converted = drawings.turnover(turns((1, 0, 1)), 2026).years[0].columns
    assert joined.x + joined.width < converted.x
    assert converted.x + converted.width < 100


def test_bars_alone_stand_in_the_middle_of_their_year():
    chart = drawings.turnover(turns((1, 1, 0), (0, 0, 0)), 2026)
    assert {column.middle for column in chart.years[0].columns} == {chart.years[0].x}


def test_a_year_without_anything_has_its_place_and_no_bar():
    chart = drawings.turnover(turns((1, 0, 0), (0, 0, 0), (0, 1, 0)), 2026)
    assert columns_of(chart) == [[("full", 1)], [], [("ended", 1)]]
    assert [year.x for year in chart.years] == [16.67, 50.0, 83.33]


def test_years_to_come_are_outlined_right_of_a_line():
    chart = drawings.turnover(turns((1, 0, 0), (2, 1, 1), first=2026), 2026)
    assert columns_of(chart)[1] == [("announced", 2), ("announced", 1), ("announced", 1)]
    assert chart.now == 50.0
    assert drawings.turnover(turns((1, 0, 0)), 2026).now is None


def test_a_thousand_joins_fit_and_one_is_still_seen():
    chart = drawings.turnover(turns((1000, 0, 0), (1, 0, 0)), 2026)
    many, one = (year.columns[0] for year in chart.years)
    assert many.height == drawings.TURN_HEIGHT
    assert one.height == 2
    assert chart.height < 2 * drawings.TURN_HEIGHT


def test_numbers_and_labels_give_way_where_years_are_many():
    few, many = (
        drawings.turnover([drawings.Turn(year=1990 + n) for n in range(number)], 2026)
        for number in (12, 60)
    )
    assert few.numbered
    assert all(year.label for year in few.years)
    assert not many.numbered
    assert [year.label for year in many.years if year.label][:3] == ["1990", "1995", "2000"]


def test_a_turnover_of_nothing_is_empty():
    chart = drawings.turnover([], 2026)
    assert (chart.years, chart.now) == ([], None)
