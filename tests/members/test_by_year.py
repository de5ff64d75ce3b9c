"""The network year by year: a chart and a table that say the same, and add up."""

import datetime
import re

import pytest

from members import actions, by_year
from members.models import Organisation
from tests import builders
from tests.builders import days
from tests.members.pages import links_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2022-09-14")


def numbers() -> dict[int, tuple]:
    return {one.year: (one.joined, one.left, one.converted, one.over) for one in by_year.years()}


def sponsored(starts, ends):
    sponsor = builders.organisation()
    return builders.membership(None, starts, ends, "sponsored", sponsor=sponsor).organisation


def test_joins_ends_and_conversions_by_year():
    builders.member("Stays", "2019")
    builders.member("Leaves", "2019-05-01", "2021-12-31")
    one = sponsored("2020-03", "2021-02")
    actions.convert_to_full([one], by=None)
    assert numbers() == {
        2019: (2, 0, 0, 2), 2020: (1, 0, 0, 3), 2021: (0, 1, 1, 2), 2022: (0, 0, 0, 2),
    }  # fmt: skip


def test_a_renewal_is_neither_a_join_nor_an_end():
    one = sponsored("2019-01-01", "2019-12-31")
    actions.renew([one], by=None)
    assert numbers()[2019] == (1, 0, 0, 1)
    assert numbers()[2020] == (0, 1, 0, 0)


def test_a_gap_is_both_and_a_conversion_still_where_it_is_short():
    short, long = sponsored("2019-01-01", "2019-11-30"), sponsored("2019-01-01", "2019-11-30")
    actions.convert_to_full([short], by=None, starts=days("2020-01-01"))
    builders.membership(long, "2020-06-01")
    assert numbers()[2019] == (2, 2, 0, 0)
    assert numbers()[2020] == (2, 0, 1, 2)


def test_the_numbers_add_up_to_the_network_after_each_year():
    builders.member("Stays", "2018-04-01")
    builders.member("Leaves", "2019-05-01", "2021-12-30")
    sponsored("2020-03-01", "2021-02-28")
    builders.member("Announced", "2023-01-02")
    for one in by_year.years():
        day = datetime.date(one.year, 12, 31)
        assert Organisation.objects.members_on(day).count() == one.over


def test_the_table_says_what_the_chart_draws(visitor):
    builders.member("First", "2020-05-01", "2021-12-31")
    builders.member("Ahead", "2023")
    page = visitor.get("/members/timeline/")
    text, source = text_of(page), page.content.decode()
    assert "2020 1 0 0 1" in text
    assert "2023as announced 1 0 0 1" in text
    assert re.findall(r"<title>(20\d\d: [^<]+)</title>", source) == [
        "2020: 1 joined, 0 left, 0 converted.",
        "2021: 0 joined, 1 left, 0 converted.",
        "2022: 0 joined, 0 left, 0 converted.",
        "2023: 1 joined, 0 left, 0 converted.",
    ]
    assert "From 2020 to 2023: 2 joined, 1 left" in source
    assert "/members/changes/?from=2019-12-31&to=2020-12-31" in links_in(page)
    assert "/members/timeline/" in links_in(visitor.get("/members/"))


def test_a_record_without_members_says_so(visitor, alliance):
    assert "The record has no members yet." in text_of(visitor.get("/members/timeline/"))
