"""Days as people write them, and as they are known."""

import datetime

import pytest
from django.utils.translation import override

from record.days import (
    PartialDate,
    Precision,
    add_months,
    in_words,
    instant,
    moment_in_words,
    parse_day,
    parse_moment,
    parse_time,
    today,
)

D = datetime.date


@pytest.mark.parametrize(
    ("typed", "first_day", "precision"),
    [
        ("14 April 2022", D(2022, 4, 14), Precision.DAY),
        ("14 apr 2022", D(2022, 4, 14), Precision.DAY),
        ("14th April, 2022", D(2022, 4, 14), Precision.DAY),
        ("14.04.2022", D(2022, 4, 14), Precision.DAY),
        ("14/04/2022", D(2022, 4, 14), Precision.DAY),
        ("14/04/22", D(2022, 4, 14), Precision.DAY),
        ("1.3.2022", D(2022, 3, 1), Precision.DAY),
        ("2022-04-14", D(2022, 4, 14), Precision.DAY),
        ("2022-04", D(2022, 4, 1), Precision.MONTH),
        ("04.2022", D(2022, 4, 1), Precision.MONTH),
        ("March 2022", D(2022, 3, 1), Precision.MONTH),
        ("  october   2012 ", D(2012, 10, 1), Precision.MONTH),
        ("2001", D(2001, 1, 1), Precision.YEAR),
        ("29 February 2024", D(2024, 2, 29), Precision.DAY),
        ("April 14, 2022", D(2022, 4, 14), Precision.DAY),
        ("apr 14th 2022", D(2022, 4, 14), Precision.DAY),
        ("Apr 2022", D(2022, 4, 1), Precision.MONTH),
        ("04/14/2022", D(2022, 4, 14), Precision.DAY),
        ("14-04-2022", D(2022, 4, 14), Precision.DAY),
        ("04.05.2022", D(2022, 5, 4), Precision.DAY),
        ("05/05/2022", D(2022, 5, 5), Precision.DAY),
    ],
)
def test_dates_are_read_as_people_type_them(typed, first_day, precision):
    assert PartialDate.parse(typed) == PartialDate(first_day, precision)


@pytest.mark.parametrize(
    "typed",
    ["29 February 2023", "31.04.2022", "2022-13", "soon", "14 Brumaire 2022", "1", "0000",
     "2022-04-14T12:00", "9999", "٣ مارس", "14 Ma 2022", "14--04--2022", "x" * 5000],
)  # fmt: skip
def test_what_is_no_date_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match=r"is not a date\. Write 14 April 2022"):
        PartialDate.parse(typed)


@pytest.mark.parametrize("typed", ["04/05/2022", "4-5-2022", "04/05/22"])
def test_what_can_be_read_in_two_ways_is_refused_with_both(typed):
    with pytest.raises(ValueError, match=r"two ways\. Write 4.May 2022 or 5.April 2022\."):
        PartialDate.parse(typed)


def test_months_are_read_in_the_reader_s_language_and_in_english_and_in_no_other():
    with override("fr"):
        assert PartialDate.parse("14 avril 2022") == PartialDate.parse("14 April 2022")
    with pytest.raises(ValueError, match="is not a date"):
        PartialDate.parse("14 avril 2022")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("14.04.2022", "14 April 2022"),
        ("14 April 2022", "14 April 2022"),
        ("2022-03", "the whole of March 2022"),
        ("2022", "the whole of 2022"),
    ],
)
def test_what_was_understood_is_said_in_words(typed, words):
    assert PartialDate.parse(typed).whole_in_words().replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("typed", "time"),
    [
        ("15:30", datetime.time(15, 30)),
        ("15.30", datetime.time(15, 30)),
        ("15h30", datetime.time(15, 30)),
        ("9:05", datetime.time(9, 5)),
        ("09:00:00", datetime.time(9)),
        ("3:30 pm", datetime.time(15, 30)),
        ("3 p.m.", datetime.time(15)),
        ("12 am", datetime.time(0)),
        ("12:15pm", datetime.time(12, 15)),
    ],
)
def test_times_are_read_as_people_type_them(typed, time):
    assert parse_time(typed) == time


@pytest.mark.parametrize("typed", ["25:00", "15", "15:60", "13 pm", "0 am", "half past", ""])
def test_what_is_no_time_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match=r"is not a time\. Write 15:30\."):
        parse_time(typed)


@pytest.mark.parametrize(
    "typed",
    ["14 April 2022, 15:30", "14.04.2022 15.30", "2022-04-14T15:30", "2022-04-14 15:30:00",
     "14 April 2022 at 3:30 pm", "April 14, 2022, 15:30"],
)  # fmt: skip
def test_a_day_with_a_time_is_read(typed):
    assert parse_moment(typed) == datetime.datetime(2022, 4, 14, 15, 30)  # noqa: DTZ001  what was typed has no zone


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("14 April 2022", "has no time"),
        ("soon", "is not a date"),
        ("March 2022, 15:30", "is no single day"),
        ("14 April 2022, 25:30", "is not a time"),
        ("04/05/2022, 15:30", "two ways"),
    ],
)
def test_what_is_no_moment_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse_moment(typed)


def test_a_moment_is_one_of_the_site_s_clocks():
    at = instant(parse_moment("1 July 2022, 9:30"))
    assert at.astimezone(datetime.UTC).hour == 7
    assert moment_in_words(at).replace("\u00a0", " ") == "1 July 2022, 09:30"
    with pytest.raises(ValueError, match="does not exist"):
        instant(parse_moment("28 March 2027, 2:30"))


def test_a_day_must_be_a_whole_one():
    assert parse_day("14.04.2022") == D(2022, 4, 14)
    with pytest.raises(ValueError, match=r"is no single day.*for example 1.March 2022"):
        parse_day("March 2022")


def test_a_day_is_shown_only_as_known():
    assert str(PartialDate.parse("2022-03")) == "March 2022"
    assert str(PartialDate.parse("2001")) == "2001"
    assert str(PartialDate.parse("2022-04-14")) == "14\u00a0April 2022"
    assert in_words(D(2022, 4, 1)) == "1\u00a0April 2022"


def test_what_is_shown_can_be_typed_again():
    for typed in ("2022-04-14", "2022-03", "2001"):
        date = PartialDate.parse(typed)
        assert PartialDate.parse(str(date).replace("\u00a0", " ")) == date
        assert date.isoformat() == typed


@pytest.mark.parametrize(
    ("typed", "last_day"),
    [
        ("2022-03", D(2022, 3, 31)),
        ("2024-02", D(2024, 2, 29)),
        ("2022-12", D(2022, 12, 31)),
        ("2022", D(2022, 12, 31)),
        ("2022-12-31", D(2022, 12, 31)),
    ],
)
def test_a_month_ends_on_its_last_day_and_so_does_a_year(typed, last_day):
    assert PartialDate.parse(typed).last_day == last_day


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2022, 3, 1), 12, D(2023, 3, 1)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2023, 1, 31), 1, D(2023, 2, 28)),
        (D(2023, 11, 30), 3, D(2024, 2, 29)),
        (D(2023, 12, 1), 1, D(2024, 1, 1)),
        (D(2023, 12, 31), 12, D(2024, 12, 31)),
        (D(2023, 3, 31), -1, D(2023, 2, 28)),
    ],
)
def test_months_are_added_by_the_calendar(day, months, later):
    assert add_months(day, months) == later


def test_today_is_the_sites_day_not_the_servers(time_machine):
    time_machine.move_to(datetime.datetime(2022, 12, 31, 22, 59, tzinfo=datetime.UTC))
    assert today() == D(2022, 12, 31)
    time_machine.move_to(datetime.datetime(2022, 12, 31, 23, 0, tzinfo=datetime.UTC))
    assert today() == D(2023, 1, 1)
