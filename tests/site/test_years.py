"""The map of the home page year by year: what it counts, and that it equals the network of each day."""

import datetime
import re
from collections import Counter

import pytest

from alliance_portal import figures
from alliance_portal.years import Span, year_by_year
from record.map import changes
from tests import builders

TODAY = datetime.date(2026, 11, 25)


def span(first, after=None, country="BE", number=1) -> Span:
    day = datetime.date.fromisoformat
    return Span(
        first_day=day(first), after_last_day=after and day(after), country=country, number=number
    )


def drawn(*spans: Span, today=TODAY):
    """The years of a network that consists of these spans."""
    members = Counter()
    for one in spans:
        members[one.country] += one.number * one.holds(today)
    return year_by_year(spans, figures.Membership(today, +members))


def told(years) -> list[tuple[str, int, int]]:
    return [(each.label, each.counted.total, each.counted.countries) for each in years.moments]


def test_without_members_or_another_day_there_are_no_years():
    assert drawn() is None
    assert drawn(span("2026-05-01")) is None
    assert drawn(span("2027-01-01")) is None


def test_each_january_since_the_first_member_and_today():
    years = drawn(span("2023-12-03"), span("2025-01-01", country="MT"))
    assert told(years) == [("2024", 1, 1), ("2025", 2, 2), ("2026", 2, 2), ("today", 2, 2)]
    assert years.now == 3


def test_a_member_counts_on_its_first_day_and_no_more_after_its_last():
    years = drawn(span("2024-01-01"), span("2024-01-01", "2025-01-01", "MT"))
    assert told(years)[:2] == [("2024", 2, 2), ("2025", 1, 1)]


def test_the_next_january_stands_where_it_is_announced_to_differ():
    years = drawn(span("2024-01-01"), span("2027-01-01", country="LV"))
    assert told(years)[-2:] == [("today", 1, 1), ("2027", 2, 2)]
    assert "as on record today" in years.moments[-1].words
    later = drawn(span("2024-01-01"), span("2027-01-02", country="LV"))
    assert told(later)[-1][0] == "today"
    ending = drawn(span("2024-01-01"), span("2024-01-01", "2027-01-01", "LV"))
    assert told(ending)[-2:] == [("today", 2, 2), ("2027", 1, 1)]


def test_a_country_that_is_not_on_record_is_no_country():
    years = drawn(span("2024-01-01", country=""), span("2024-01-01"))
    assert told(years)[-1] == ("today", 2, 1)
    assert [country.code for country in years.countries()] == ["BE"]


def test_a_long_record_keeps_its_newest_years():
    years = drawn(span("1950-01-01"))
    labels = [moment.label for moment in years.moments]
    assert len(labels) <= 31
    assert labels[-3:] == ["2023", "2026", "today"]


def test_on_a_first_of_january_today_stands_once():
    day = datetime.date(2026, 1, 1)
    assert [each.label for each in drawn(span("2024-05-01"), today=day).moments] == [
        "2025",
        "today",
    ]


def test_changes_say_where_a_row_of_numbers_changes():
    assert changes([0, 0, 1, 1, 2]) == "2:1 4:2"
    assert changes([1, 0]) == "0:1 1:0"
    assert changes([0, 0]) == changes([]) == ""


@pytest.mark.django_db
def test_it_shows_the_network_of_each_day(visitor, alliance, on_day):
    on_day(TODAY.isoformat())
    for number in range(24):
        builders.membership(
            builders.organisation(country=("IT", "FR", "MT")[number % 3]),
            f"{2008 + number % 17}-0{1 + number % 9}-15",
            f"{2012 + number % 17}-12-31" if number % 4 == 0 else None,
        )
    page = visitor.get("/").content.decode()
    said = dict(re.findall(r'\?on=([\d-]+)" data-year="\d+" data-words="([^"]+)"', page))
    assert len(said) == 19  # the first of them joined after 1 January 2008
    for day, words in said.items():
        counted = figures.membership(datetime.date.fromisoformat(day))
        assert f"{counted.total} member" in words, day
        assert f"in {counted.countries} countr" in words, day


@pytest.mark.django_db
def test_a_large_network_is_summed_up_and_says_the_same(on_day, django_assert_num_queries):
    from alliance_portal import home
    from members.models import Membership

    on_day(TODAY.isoformat())
    days = ("2010-01-01", "2010-01-02", "2010-01-31", "2010-02-01", "2015-12-31", "2026-11-25")
    for number, day in enumerate(days * 14):
        ends = "2020-12-31" if number % 5 == 0 else "2021-01-01" if number % 5 == 1 else None
        ends = None if day > "2020" else ends
        builders.membership(builders.organisation(country="IT"), day, ends)
    counted = figures.membership(TODAY)
    with django_assert_num_queries(1):
        large = year_by_year(home.spans_of(counted, []), counted)
    rows = list(Membership.objects.select_related("organisation"))
    small = year_by_year(home.spans_of(figures.Membership(TODAY), rows), counted)
    assert told(large) == told(small)
