"""When something is published: the form's day and time are the site's."""

import datetime

import pytest

from publishing.forms import WhenForm, edit_number_of


def asked(**facts):
    return WhenForm({"when": "later", **facts})


def test_at_once_asks_for_no_time():
    form = WhenForm({"when": "now", "day": "2026-12-01", "time": "nonsense"})
    assert form.is_valid()
    assert form.cleaned_data["at"] is None


def test_a_set_time_is_an_instant_of_the_sites_zone(on_day):
    on_day("2026-11-22")
    form = asked(day="2026-12-01", time="09:00")
    assert form.is_valid()
    assert form.cleaned_data["at"] == datetime.datetime(2026, 12, 1, 8, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        ({"day": "", "time": "09:00"}, "day", "Write the day."),
        ({"day": "2026-12-01", "time": ""}, "time", "Write the time."),
        ({"day": "2026-11-21", "time": "09:00"}, "day", "past"),
        ({"day": "2026-11-22", "time": "09:00"}, "time", "past"),
        ({"day": "2027-03-28", "time": "02:30"}, "time", "does not exist"),
        ({"day": "nonsense", "time": "09:00"}, "day", "is not a date"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(on_day, facts, field, sentence):
    on_day("2026-11-22")
    form = asked(**facts)
    assert not form.is_valid()
    assert any(sentence in error for error in form.errors[field])


def test_the_zone_stands_beside_the_field():
    assert "Europe/Brussels" in str(WhenForm()["time"].help_text)


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "٣", "9" * 40, "\0"])
def test_an_edit_number_that_cannot_be_read_is_stale(text):
    assert edit_number_of({"edit_number": text}) == -1


def test_an_edit_number_is_read():
    assert edit_number_of({"edit_number": "12"}) == 12
