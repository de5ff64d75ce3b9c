"""A person has a page only with a basis, and it shows no more than that basis allows."""

import datetime

import pytest

from members.models import ShowingBasis
from publishing.models import Picture
from record.days import today
from tests import builders
from tests.members.pages import MOST_QUERIES, queries_of, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def somebody():
    return builders.person("Ana Test", biography="<p>Born in Riga.</p>")


def basis(of, what, **facts):
    facts = {"kind": "consent", "since": datetime.date(2020, 1, 1), "proof": "letter"} | facts
    return ShowingBasis.objects.create(person=of, what=what, **facts)


def test_functions_of_today_and_before_stand_as_printed(visitor, somebody):
    house = builders.member("Baltic Code")
    builders.affiliation(somebody, house, "Managing Director", "2022-03")
    builders.affiliation(somebody, builders.organisation("Old House"), "Trainee", "2010", "2012")
    page = text_of(visitor.get("/people/ana-test/"))
    assert "Managing Director, Baltic Code since March 2022" in page
    assert "Trainee, Old House 2010 to 2012" in page
    assert page.index("Managing Director") < page.index("Trainee")


def test_roles_and_expertise_in_groups_and_overviews_written(visitor, somebody, group):
    place = builders.participation(builders.member("Baltic Code"), group)
    place.experts.create(
        person=somebody, expertise="standards", during=place.during, end_basis="open"
    )
    builders.role(somebody, group, starts="2024-01-01")
    byline = [{"person": somebody.pk, "name": "Ana Test", "role": "Chair", "affiliations": [],
               "period": "since 2024"}]  # fmt: skip
    frozen = {"byline": byline, "sections": [], "year": 2025, "as_of": "2025-12-31"}
    builders.overview(group, 2025, title="Her overview", frozen=frozen,
                      frozen_at=datetime.datetime(2025, 12, 31, tzinfo=datetime.UTC))  # fmt: skip
    builders.overview(group, 2023, title="Before her time")
    page = text_of(visitor.get("/people/ana-test/"))
    assert "Chair since 1 January 2024" in page
    assert "Expert for Baltic Code: standards" in page
    assert "Her overview" in page
    assert "Before her time" not in page


def test_without_a_basis_there_is_no_page_and_no_card(visitor):
    builders.person("Nobody Shown", shown=False)
    assert visitor.get("/people/nobody-shown/").status_code == 404
    assert visitor.get("/people/nobody-shown/card.png").status_code == 404
    assert visitor.get("/people/").status_code == 404


def test_a_basis_that_is_withdrawn_takes_the_page_away_that_day(visitor, somebody, on_day):
    house = builders.member("Baltic Code", slug="baltic")
    builders.affiliation(somebody, house)
    on_day("2026-05-01")
    held = visitor.get("/people/ana-test/")["ETag"]
    somebody.bases.update(until=datetime.date(2026, 5, 2))
    assert visitor.get("/people/ana-test/").status_code == 200
    on_day("2026-05-02")
    assert visitor.get("/people/ana-test/", headers={"If-None-Match": held}).status_code == 404
    assert b"/people/ana-test/" not in visitor.get("/members/baltic/").content


def test_biography_and_portrait_each_need_a_basis_of_their_own(visitor, somebody):
    somebody.portrait = Picture.objects.create(file="pictures/ana.png", width=80, height=80)
    somebody.save()
    without = visitor.get("/people/ana-test/").content.decode()
    assert "Born in Riga" not in without
    assert "ana.png" not in without
    basis(somebody, "biography")
    assert "Born in Riga" in visitor.get("/people/ana-test/").content.decode()
    basis(somebody, "portrait")
    page = visitor.get("/people/ana-test/").content.decode()
    assert "ana.png" in page
    somebody.bases.filter(what="biography").update(until=today())
    assert "Born in Riga" not in visitor.get("/people/ana-test/").content.decode()


def test_the_mail_address_is_nowhere(visitor, somebody):
    somebody.email = "ana@example.org"
    somebody.save()
    assert b"ana@example.org" not in visitor.get("/people/ana-test/").content


def test_search_engines_are_asked_not_to_keep_it_and_no_list_names_it(visitor, somebody):
    page = visitor.get("/people/ana-test/").content.decode()
    assert '<meta name="robots" content="noindex, follow">' in page
    assert '"@type":"Person"' in page
    assert "/people/" not in visitor.get("/sitemap.xml").content.decode()


def test_it_is_linked_where_the_person_acts(visitor, somebody, group):
    house = builders.member("Baltic Code", slug="baltic")
    builders.affiliation(somebody, house)
    builders.role(somebody, group)
    place = builders.participation(house, group)
    place.experts.create(person=somebody, during=place.during, end_basis="open")
    for address in ("/members/baltic/", group.get_absolute_url()):
        assert 'href="/people/ana-test/"' in visitor.get(address).content.decode()


def test_the_old_address_leads_to_the_new_one(visitor, somebody):
    somebody.slug = "ana-testov"
    somebody.save()
    assert visitor.get("/people/ana-test/")["Location"] == "/people/ana-testov/"


def test_a_page_costs_the_same_with_many_functions(somebody):
    def functions(number, year):
        for count in range(number):
            house = builders.member(f"House {year} {count}")
            builders.affiliation(somebody, house, starts=f"{year}-01-01")

    functions(1, 2020)
    few = queries_of("/people/ana-test/")
    functions(3, 2021)
    assert queries_of("/people/ana-test/") == few <= MOST_QUERIES
