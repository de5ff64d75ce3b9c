"""The search box suggests members while one types; what it asks is public and can be held."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Alias
from tests import builders
from tests.members.pages import many_members

pytestmark = pytest.mark.django_db


def suggested(visitor, typed) -> list[tuple[str, str]]:
    answer = visitor.get("/members/suggest/", {"q": typed})
    assert answer.status_code == 200
    return [(one["name"], one["about"]) for one in answer.json()["suggestions"]]


@pytest.fixture
def some(on_day):
    on_day("2026-11-22")
    bitmi = builders.member("BITMi", "2019", city="Aachen", country="DE")
    Alias.objects.create(organisation=bitmi, name="Bundesverband IT-Mittelstand", kind="native")
    Alias.objects.create(organisation=bitmi, name="Bundesverbund IT", kind="misspelt")
    builders.member("Cluj IT Cluster", "2023", city="Cluj-Napoca", country="RO")
    builders.member("Bitland Union", "2010", "2012", country="LV")
    builders.member("Later Guild", "2027-01-01", country="PT")
    builders.organisation("Bitter Hub", country="AT")
    builders.organisation("The Bit Alliance", is_alliance=True)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("bitm", ("BITMi", "Aachen, Germany")),
        ("bundes", ("BITMi", "Bundesverband IT-Mittelstand, Aachen, Germany")),
        ("mittelst", ("BITMi", "Bundesverband IT-Mittelstand, Aachen, Germany")),
        ("bitl", ("Bitland Union", "Latvia, former member")),
        ("later", ("Later Guild", "Portugal, announced")),
        ("clujit", ("Cluj IT Cluster", "Cluj-Napoca, Romania")),
    ],
)
def test_a_suggestion_says_what_tells_it_from_others(visitor, some, typed, first):
    assert suggested(visitor, typed)[0] == first


def test_a_misspelt_name_finds_and_is_not_printed(visitor, some):
    assert suggested(visitor, "bundesverbund")[0] == ("BITMi", "Aachen, Germany")


def test_only_who_is_in_the_directory_is_suggested(visitor, some):
    assert [name for name, _about in suggested(visitor, "bit")] == ["Bitland Union", "BITMi"]


@pytest.mark.parametrize(
    "typed", ["", "b", " b ", ".,", "\0", "x" * 5000, "' OR 1=1", "%%%", "日本"]
)
def test_nothing_is_suggested_for_what_is_no_beginning_of_a_name(visitor, some, typed):
    assert suggested(visitor, typed) == []


def test_eight_at_the_most_in_four_queries_whatever_the_number(visitor):
    many_members(60)
    suggested(visitor, "nobody")  # the index is read once after an edit
    with CaptureQueriesContext(connection) as captured:
        assert len(suggested(visitor, "assoc")) == 8
    # What the public content stands at, whether the index is current, who fits, and their rows.
    assert len(captured) == 4


def test_an_answer_can_be_held_and_asked_about(visitor, some):
    answer = visitor.get("/members/suggest/?q=bit")
    assert "public" in answer["Cache-Control"]
    assert not answer.cookies
    again = visitor.get("/members/suggest/?q=bit", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
