"""Periods: first and last day for people, half-open in the database, questions in time."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, connection, transaction
from psycopg.types.range import DateRange

from members.models import Membership
from record.days import PartialDate
from record.history import recording
from tests import builders

pytestmark = pytest.mark.django_db
D = datetime.date


def states(day):
    rows = Membership.objects.all()
    return rows.announced(day).count(), rows.on(day).count(), rows.ended(day).count()


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (D(2021, 12, 31), (1, 0, 0)),
        (D(2022, 1, 1), (0, 1, 0)),
        (D(2022, 6, 30), (0, 1, 0)),
        (D(2022, 7, 1), (0, 0, 1)),
    ],
)
def test_first_and_last_day_count(day, expected):
    row = builders.membership(starts="2022-01-01", ends="2022-06-30")
    assert states(day) == expected
    assert (row.is_announced(day), row.is_on(day), row.has_ended(day)) == tuple(map(bool, expected))


def test_a_membership_turns_at_midnight_of_the_sites_zone(time_machine):
    builders.membership(starts="2023-01-01")
    time_machine.move_to(datetime.datetime(2022, 12, 31, 22, 59, tzinfo=datetime.UTC))
    assert Membership.objects.on().count() == 0
    time_machine.move_to(datetime.datetime(2022, 12, 31, 23, 0, tzinfo=datetime.UTC))
    assert Membership.objects.on().count() == 1


def test_a_month_runs_from_its_first_to_its_last_day():
    row = builders.membership(starts="2022-03", ends="2023-02")
    row.refresh_from_db()
    assert row.during == DateRange(D(2022, 3, 1), D(2023, 3, 1), "[)")
    assert (row.starts_on, row.ends_on) == (D(2022, 3, 1), D(2023, 2, 28))
    assert (str(row.starts), str(row.ends)) == ("March 2022", "February 2023")


def test_a_derived_end_says_so():
    row = Membership().set_days(
        PartialDate.parse("2022-03"), PartialDate.parse("2023-02"), end_basis="derived"
    )
    assert row.period_in_words() == "March 2022 to February 2023 (end derived)"


@pytest.mark.parametrize(
    ("starts", "ends", "start_basis", "end_basis", "words"),
    [
        ("2023-01-01", None, "stated", "stated", "since 1\u00a0January 2023"),
        ("2021-10", "2022", "stated", "stated", "October 2021 to 2022"),
        ("2021", "2021", "not_on_record", "not_on_record",
         "on record for 2021; first and last day are not"),
        ("2020", None, "not_on_record", "stated", "start not on record (shown from 2020)"),
        ("2020", "2021", "stated", "not_on_record", "2020, end not on record"),
    ],
)  # fmt: skip
def test_a_period_in_words_says_how_well_it_is_known(starts, ends, start_basis, end_basis, words):
    row = Membership().set_days(
        builders.days(starts), builders.days(ends), start_basis=start_basis, end_basis=end_basis
    )
    assert row.period_in_words() == words


def test_questions_about_a_year():
    builders.membership(starts="2020-12-31", ends="2021-01-01")
    rows = Membership.objects.all()
    assert rows.in_year(2020).count() == rows.in_year(2021).count() == 1
    assert rows.in_year(2019).count() == rows.in_year(2022).count() == 0
    assert rows.starting_in(2020).count() == 1
    assert rows.starting_in(2021).count() == 0


def test_what_ends_between_two_days():
    builders.membership(starts="2022-01-01", ends="2022-06-30")
    rows = Membership.objects.all()
    assert rows.ending_between(D(2022, 6, 30), D(2022, 6, 30)).count() == 1
    assert rows.ending_between(D(2022, 6, 1), D(2022, 6, 29)).count() == 0
    assert rows.ending_between(D(2022, 7, 1), D(2022, 7, 30)).count() == 0


def test_the_end_does_not_lie_before_the_start():
    with pytest.raises(ValidationError, match="lies before the start"):
        Membership().set_days(D(2022, 2, 1), D(2022, 1, 31))
    one_day = Membership().set_days(D(2022, 2, 1), D(2022, 2, 1))
    assert one_day.is_on(D(2022, 2, 1))
    assert not one_day.is_on(D(2022, 2, 2))


def raw(sql, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


@pytest.mark.parametrize(
    ("range_text", "extra", "error"),
    [
        ("[2022-02-01,2022-01-01)", "", "lower bound"),
        ("empty", "", "days_real"),
        ("[2022-01-01,2022-01-01)", "", "days_real"),
        ("(,2022-01-01)", "", "days_real"),
        ("[-infinity,2022-01-01)", "", "days_real"),
        ("[2022-01-01,infinity)", "", "days_real"),
        ("[0022-01-01,2022-01-01)", "", "days_real"),
        ("[2022-01-01,)", "", "open_end"),
        ("[2022-01-02,2023-01-01)", ", start_precision = 'month'", "precision"),
        ("[2022-02-01,2023-01-01)", ", start_precision = 'year'", "precision"),
        ("[2022-01-01,2022-12-31)", ", end_precision = 'month'", "precision"),
    ],
)
def test_the_database_refuses_periods_that_cannot_be(range_text, extra, error):
    row = builders.membership(starts="2022-01-01", ends="2022-12-31")
    with pytest.raises((IntegrityError, DataError), match=error):
        raw(
            f"UPDATE members_membership SET during = %s::daterange {extra} WHERE id = %s",
            range_text,
            row.pk,
        )


def test_every_change_is_in_the_history_with_who_and_why(membership_officer):
    with recording(by=membership_officer, why="Letter of 3 May") as record:
        row = Membership(organisation=builders.organisation(), category="full")
        record.save(row.set_days(D(2022, 1, 1)))
    entry = row.history.get()
    assert (entry.history_user, entry.history_change_reason) == (
        membership_officer,
        "Letter of 3 May",
    )
    row.set_days(D(2022, 1, 1), D(2022, 12, 31)).save()
    row.delete()
    assert [entry.history_type for entry in Membership.history.all()] == ["-", "~", "+"]
