"""The home page: who the network is, counted from the record and never typed."""

import datetime

import pytest
from django.utils import timezone

from alliance_portal import figures
from alliance_portal.models import SiteSettings
from members.index import index
from members.models import Figure
from news.models import Contribution
from publishing.models import Page
from record.days import PartialDate
from tests import builders

pytestmark = pytest.mark.django_db


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def declare(alliance, measure, value, day, **facts):
    facts.setdefault("source", "a press release")
    row = Figure(about=alliance, measure=measure, value=value, **facts)
    row.true_on = PartialDate.parse(day) if day else None
    row.save()
    return row


def test_a_portal_with_nothing_in_it_says_what_to_do_first(visitor):
    response = visitor.get("/")
    assert response.status_code == 200
    assert "nothing is on record yet" in text_of(response)
    assert "member associations" not in text_of(response)
    assert "Not on record" not in text_of(response)


def test_tagline_and_introduction_are_those_of_the_settings(visitor):
    SiteSettings.objects.create(
        name="The Network", tagline="Small firms, one voice", introduction="From Cork to Baku."
    )
    page = text_of(visitor.get("/"))
    assert "<h1>Small firms, one voice</h1>" in page
    assert "From Cork to Baku." in page


def test_members_and_countries_are_counted_on_the_day(visitor, alliance, on_day):
    builders.member("One", country="IT")
    builders.member("Two", country="IT")
    builders.member("Three", country="MT", starts="2027-01-01")
    builders.member("Four", country="FR", ends="2025-12-31")
    builders.organisation("Guest", country="ES")
    on_day("2026-11-22")
    counted = figures.membership()
    assert (counted.total, counted.countries) == (2, 1)
    assert [country.code for country in counted.announced_countries()] == ["MT"]
    page = text_of(visitor.get("/"))
    assert "?country=IT" in page
    assert "?state=announced&amp;country=MT" in page
    assert 'hidden><a href="/members/?country=FR">' in page  # for the map in other years
    on_day("2027-01-01")
    assert (figures.membership().total, figures.membership().countries) == (3, 2)


def test_a_country_that_is_not_on_record_counts_as_member_and_as_no_country():
    builders.member("Somewhere", country="")
    counted = figures.membership()
    assert (counted.total, counted.countries, counted.tally()) == (1, 0, [])


def test_a_declared_figure_comes_with_qualifier_day_and_source(visitor, alliance):
    declare(alliance, "companies", 20000, "2019", qualifier="more_than")
    declare(
        alliance, "companies", 45000, "14 April 2022", qualifier="more_than",
        source="press release", source_url="https://example.org/release",
    )  # fmt: skip
    declare(alliance, "companies", 99000, None, not_after=datetime.date(2026, 1, 1))
    page = text_of(visitor.get("/"))
    assert "more than</small>45,000" in page
    assert "As stated on 14 April 2022, press release" in page
    assert 'href="https://example.org/release"' in page
    assert "20,000" not in page
    assert "99,000" not in page


def test_a_figure_of_a_member_is_not_the_networks(visitor, alliance):
    declare(builders.member("Cluj IT"), "companies", 90, "2022")
    assert "companies behind them" not in text_of(visitor.get("/"))


def test_the_chart_has_one_bar_a_member_and_none_for_the_alliance(visitor, alliance):
    builders.membership(builders.organisation("Twice"), "2010-01-01", "2012-12-31")
    for name in ("A", "B", "C"):
        builders.member(name, starts="2015-01-01")
    page = text_of(visitor.get("/"))
    assert page.count("<g><title>") == 4
    assert "Twice: Full member" in page


def test_a_network_too_large_for_bars_is_drawn_as_a_line(visitor):
    for _number in range(81):
        builders.member()
    page = text_of(visitor.get("/"))
    assert "growth__steps" in page
    assert "<g><title>" not in page


def test_the_date_of_news_is_as_precise_as_it_is_known(visitor):
    builders.post("Newer", "2026-02")
    assert '<time datetime="2026-02">February 2026</time>' in text_of(visitor.get("/"))


def test_an_overview_stands_among_the_news_by_its_address(visitor, group):
    builders.overview(group, 2025, "A year of standards")
    page = text_of(visitor.get("/"))
    assert f'href="/working-groups/{group.slug}/overviews/2025/"' in page


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "draft"},
        {"visible_from": timezone.now() + datetime.timedelta(days=365 * 50)},
        {"audience": "members"},
        {"state": "withdrawn", "withdrawn_reason": "wrong"},
    ],
)
def test_what_is_not_public_stands_nowhere_on_the_page(visitor, group, facts):
    builders.post("Hidden post", **facts)
    builders.position("Hidden position", **facts)
    builders.overview(group, 2025, "Hidden overview", **facts)
    page = text_of(visitor.get("/"))
    assert "Hidden" not in page
    assert "Latest overview" not in page


def test_a_position_names_the_groups_that_had_a_part(visitor, group, other_group):
    position = builders.position("On standards")
    Contribution.objects.create(position=position, group=group)
    Contribution.objects.create(position=position, group=other_group, led=True)
    assert "Groups: Skills, Digitalisation" in text_of(visitor.get("/"))


def test_activities_are_those_to_come_and_open_to_all(visitor, on_day, group):
    builders.activity("Past meeting", "2026-11-21")
    builders.activity("Meeting of the day", "2026-11-22", group=group, place="Riga")
    builders.activity("Closed meeting", "2026-12-01", group=group, audience="group")
    on_day("2026-11-22")
    page = text_of(visitor.get("/"))
    assert "Meeting of the day" in page
    assert "Past meeting" not in page
    assert "Closed meeting" not in page


def test_a_group_shows_who_takes_part_and_that_it_has_no_chair(visitor, group, chair, other_group):
    builders.participation(builders.organisation("In"), group)
    builders.participation(builders.organisation("Left"), group, ends="2021-12-31")
    page = text_of(visitor.get("/"))
    assert "1 organisation." in page
    assert page.count("No chair at present") == 1


def test_what_the_network_is_comes_from_the_page_about(visitor, member):
    Page.objects.create(key="about", title="About us", lead="Founded as an idea.")
    assert "Founded as an idea." in text_of(visitor.get("/"))


def fill(rows: int):
    alliance = builders.organisation(f"Alliance {rows}", is_alliance=rows == 1)
    for number in range(rows):
        organisation = builders.member(country=("IT", "FR", "MT")[number % 3])
        group = builders.group()
        builders.participation(organisation, group)
        builders.overview(group, 2025)
        builders.post()
        position = builders.position()
        Contribution.objects.create(position=position, group=group)
        builders.activity(day="2199-01-01", group=group)
        declare(alliance, "companies", number, "2022")


def test_it_costs_ten_queries_however_much_is_on_record(visitor, django_assert_num_queries):
    fill(1)
    index()  # read anew after an edit of the record: so many queries more, once
    with django_assert_num_queries(10):
        assert visitor.get("/").status_code == 200
    fill(3)
    index()
    with django_assert_num_queries(10):
        assert visitor.get("/").status_code == 200


def test_an_activity_of_a_month_is_to_come_until_the_month_is_over(visitor, on_day):
    builders.activity("Some day in December", "2026-12")
    builders.activity("Some day of the year", "2026")
    on_day("2026-12-31")
    page = text_of(visitor.get("/"))
    assert "Some day in December" in page
    assert "Some day of the year" in page
    on_day("2027-01-01")
    assert "Some day" not in text_of(visitor.get("/"))
