"""About, membership, privacy and accessibility: staff's words, and what the record knows."""

import re

import pytest

from alliance_portal import pages
from members.models import Figure
from publishing.models import Page
from tests import builders
from tests.site.test_home import declare, text_of

pytestmark = pytest.mark.django_db
ADDRESSES = ["/about/", "/membership/", "/privacy/", "/accessibility/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_that_nobody_has_written_has_a_text_of_its_own(visitor, address):
    response = visitor.get(address)
    assert response.status_code == 200
    assert len(text_of(response)) > 2000


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_staff_write_takes_the_place_of_that_text(visitor, address):
    built_in = text_of(visitor.get(address))
    Page.objects.create(
        key=address.strip("/"), title="Our title", lead="Our lead", body="<p>Our text</p>"
    )
    page = text_of(visitor.get(address))
    assert "<h1>Our title</h1>" in page
    assert "Our lead" in page
    assert "<p>Our text</p>" in page
    assert "Our text" not in built_in


@pytest.mark.parametrize("address", ["/privacy/", "/accessibility/"])
def test_what_the_software_does_stands_there_whatever_staff_write(visitor, address):
    built_in = re.findall(r"<h2[^>]*>([^<]+)</h2>", text_of(visitor.get(address)))
    Page.objects.create(key=address.strip("/"), title="Ours", body="<p>Our text</p>")
    assert re.findall(r"<h2[^>]*>([^<]+)</h2>", text_of(visitor.get(address))) == built_in


def test_privacy_names_every_cookie_that_signing_in_sets(client, chair):
    client.post("/accounts/login/", {"login": chair.email, "password": "correct horse battery"})
    assert set(client.cookies) >= {"sessionid"}
    client.get("/accounts/login/")
    named = {cookie.name for cookie in pages.cookies()}
    assert set(client.cookies) <= named
    page = text_of(client.get("/privacy/"))
    for name in named:
        assert f"<code>{name}</code>" in page


def test_about_shows_who_leads_today_with_their_own_houses(visitor, alliance, member):
    chair = builders.person("Paula President")
    builders.affiliation(chair, alliance, "President", body="board", starts="2024")
    builders.affiliation(chair, member, "Director")
    builders.affiliation(builders.person("Sven Secretary"), alliance, "Policy", body="secretariat")
    page = text_of(visitor.get("/about/"))
    assert page.index("Board") < page.index("Paula President") < page.index("Secretariat")
    assert "Director, <a" in page
    assert "Sven Secretary" in page


def test_about_names_nobody_without_a_basis(visitor, alliance):
    builders.affiliation(builders.person("Hidden Hanna", shown=False), alliance, body="board")
    hidden = builders.person("Hidden Hugo", shown=False)
    builders.affiliation(hidden, alliance, ends="2021-12-31")
    declare(alliance, "companies", 1, "2022", said_by=hidden, said_as="President")
    page = text_of(visitor.get("/about/"))
    assert "Hidden" not in page
    assert "President" in page


def test_an_officer_moves_to_those_before_on_the_day_after_the_last(visitor, alliance, on_day):
    builders.affiliation(builders.person("Anna"), alliance, body="board", ends="2026-06-30")
    on_day("2026-06-30")
    assert "Held office before" not in text_of(visitor.get("/about/"))
    on_day("2026-07-01")
    page = text_of(visitor.get("/about/"))
    assert page.index("Held office before") < page.index("Anna")


def test_about_keeps_earlier_figures_with_their_sources(visitor, alliance):
    declare(alliance, "companies", 20000, "2019", qualifier="more_than", source="a leaflet")
    declare(alliance, "companies", 45000, "2022", qualifier="more_than", source="a release")
    page = text_of(visitor.get("/about/"))
    assert page.index("more than 45,000") < page.index("more than 20,000")
    assert "a leaflet" in page


def test_about_costs_the_same_with_many_officers(visitor, alliance, django_assert_num_queries):
    def officers(number):
        for index in range(number):
            person = builders.person()
            builders.affiliation(person, alliance, body="board")
            builders.affiliation(person, builders.member())
            builders.affiliation(builders.person(), alliance, ends="2021-12-31")
            declare(alliance, Figure.Measure.COUNTRIES, index, "2022", said_by=person)

    officers(1)
    with django_assert_num_queries(10):
        visitor.get("/about/")
    officers(3)
    with django_assert_num_queries(10):
        visitor.get("/about/")


def test_the_figures_answer_for_any_day_with_the_day_in_the_title(visitor, alliance, on_day):
    on_day("2026-11-22")
    builders.member("Baltic Code", "2010-01-01", "2022-12-31", country="LV")
    builders.member("Cluj IT", "2023-01-01", country="RO")
    declare(alliance, "companies", 20000, "2019-09-11")
    declare(alliance, "companies", 45000, "2022-04-14")
    response = visitor.get("/about/?on=2020-05-01")
    page = text_of(response)
    assert "on 1 May 2020</h1>" in page
    assert "Counted from the record for 1 May 2020" in page
    assert 'href="/members/?on=2020-05-01"' in page
    assert "20,000" in page
    assert "45,000" not in page
    assert "45,000" in text_of(visitor.get("/about/?on=2022-04-14"))
    assert "noindex" in response.content.decode()
    assert 'href="/about/?on=2020-05-01"' in visitor.get("/members/?on=2020-05-01").content.decode()


def test_a_day_before_the_record_and_one_that_is_none_are_said(visitor):
    assert "no members on" in text_of(visitor.get("/about/?on=1990"))
    assert "is not a day" in text_of(visitor.get("/about/?on=some+day"))
