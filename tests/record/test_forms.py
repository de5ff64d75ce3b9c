"""Fields take days as people type them, and say what they understood."""

import datetime

import pytest
from django import forms

from record.days import PartialDate
from record.forms import DayField, MomentField, PartialDateField, TimeOfDayField, read_back


class Asked(forms.Form):
    known = PartialDateField()
    day = DayField(required=False)
    moment = MomentField(required=False)
    time = TimeOfDayField(required=False)


def test_each_field_gives_what_it_is_for():
    form = Asked(
        {"known": "2022-03", "day": "14.04.2022", "moment": "14.04.2022 15:30", "time": "3 pm"}
    )
    assert form.is_valid()
    assert form.cleaned_data["known"] == PartialDate.parse("March 2022")
    assert form.cleaned_data["day"] == datetime.date(2022, 4, 14)
    assert form.cleaned_data["moment"].isoformat() == "2022-04-14T15:30:00+02:00"
    assert form.cleaned_data["time"] == datetime.time(15)


def test_each_mistake_is_a_sentence_at_its_field():
    form = Asked({"known": "04/05/2022", "day": "March 2022", "moment": "1 May 2022", "time": "9"})
    assert not form.is_valid()
    assert form.errors.keys() == {"known", "day", "moment", "time"}
    assert "two ways" in form.errors["known"][0]


def test_what_is_on_record_is_shown_so_that_it_can_be_typed_again():
    form = Asked(
        initial={
            "known": PartialDate.parse("2022-03"),
            "day": datetime.date(2022, 4, 14),
            "moment": datetime.datetime(2022, 4, 14, 13, 30, tzinfo=datetime.UTC),
            "time": datetime.time(15, 30),
        }
    )
    shown = {name: form[name].value() for name in form.fields}
    assert {name: form.fields[name].prepare_value(value) for name, value in shown.items()} == {
        "known": "March 2022",
        "day": "14 April 2022",
        "moment": "14 April 2022, 15:30",
        "time": "15:30",
    }


@pytest.mark.parametrize("typed", ["14 April 2022", "14.04.2022", "2022-04-14"])
def test_another_way_to_write_the_same_day_is_no_change(typed):
    assert not DayField().has_changed(datetime.date(2022, 4, 14), typed)
    assert DayField().has_changed(datetime.date(2022, 4, 15), typed)
    assert DayField().has_changed(datetime.date(2022, 4, 14), "soon")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("14.04.2022", "14 April 2022"),
        ("March 2022", "the whole of March 2022"),
        ("14.04.2022 15.30", "14 April 2022, 15:30"),
        ("14 april 2022", ""),
        ("soon", ""),
        ("", ""),
        ("28 March 2027, 2:30", ""),
    ],
)
def test_what_was_understood_stands_beside_the_field_where_it_says_more(typed, words):
    assert read_back(typed).replace("\u00a0", " ") == words
    html = str(Asked({"known": typed})["known"]).replace("\u00a0", " ")
    assert f'<output class="read-back">{words}</output>' in html


def test_the_address_of_the_script_asks_the_same_parser(sign_in, chair, visitor):
    client = sign_in(chair)
    assert client.get("/desk/date/?typed=2022-03").json() == {"read": "the whole of March 2022"}
    assert client.get("/desk/date/?typed=" + "9" * 5000).json() == {"read": ""}
    assert client.get("/desk/date/").json() == {"read": ""}
    assert visitor.get("/desk/date/?typed=2022").status_code == 302
