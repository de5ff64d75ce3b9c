"""Organisations are found by any of their names, with accents, word beginnings and typos forgiven."""

import pytest

from members.models import Alias, Organisation
from tests import builders
from tests.members.pages import names_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def names(db):
    made = {
        "cluj": builders.member("Cluj IT Cluster", city="Cluj-Napoca", country="RO"),
        "transilvania": builders.member("Transilvania Makers", city="Cluj-Napoca", country="RO"),
        "atic": builders.member("ATIC", city="Chișinău", country="MD"),
        "attica": builders.member("Attica Software", city="Athens", country="GR"),
        "voict": builders.member("Vojvođanski IKT klaster", city="Novi Sad", country="RS"),
        "jolet": builders.member("Digitális Jólét", city="Budapest", country="HU"),
        "forum": builders.member("IT-Forum", country="DK"),
        "bitmi": builders.member("BITMi", city="Aachen", country="DE"),
        "digital": builders.member("Digital Union", city="Vienna", country="AT"),
        "lodz": builders.member("Łódzki Klaster", city="Łódź", country="PL"),
        "strasse": builders.member("Softwarestraße", city="Graz", country="AT"),
        "nord": builders.member("Sønder Øst IT", city="Aabenraa", country="DK"),
    }
    Alias.objects.create(organisation=made["bitmi"], name="VDEB Verband", kind="former")
    Alias.objects.create(organisation=made["attica"], name="Atikka Sofware", kind="misspelt")
    for of, alias in (
        ("cluj", "CLUJIT"),
        ("cluj", "Asociația Cluj IT"),
        ("atic", "Moldovan Association of ICT Companies"),
        ("bitmi", "Bundesverband IT-Mittelstand"),
    ):
        Alias.objects.create(organisation=made[of], name=alias)
    return made


def found(text) -> list[Organisation]:
    return list(Organisation.objects.search_for(text).best_first())


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ATIC", "atic"),
        ("atic", "atic"),
        ("Moldovan Association", "atic"),
        ("Cluj", "cluj"),
        ("clujit", "cluj"),
        ("cluj it", "cluj"),
        ("Asociatia Cluj", "cluj"),
        ("vojvodanski", "voict"),
        ("Vojvođanski", "voict"),
        ("vojvodansky", "voict"),
        ("digitalis jolet", "jolet"),
        ("Digitális Jólett", "jolet"),
        ("lodzki", "lodz"),
        ("lódzki", "lodz"),
        ("softwarestrasse", "strasse"),
        ("SOFTWARESTRASSE", "strasse"),
        ("sonder ost", "nord"),
        ("Sönder Øst", "nord"),
        # word beginnings, as one types
        ("lodz", "lodz"),
        ("softw", "strasse"),
        ("bunde", "bitmi"),
        ("transil", "transilvania"),
        # typos
        ("clij it", "cluj"),
        ("bundesverbnd", "bitmi"),
        ("transylvania", "transilvania"),
        ("softwarstrasse", "strasse"),
        ("vojvodnski", "voict"),
        # former and misspelt names
        ("VDEB", "bitmi"),
        ("atikka sofware", "attica"),
        ("IT", "forum"),
        ("bundesverband", "bitmi"),
        ("verband", "bitmi"),
        ("mittelstand", "bitmi"),
        ("Chisinau", "atic"),
        ("athens", "attica"),
    ],
)
def test_the_one_that_is_meant_comes_first(names, typed, first):
    assert found(typed)[0] == names[first]


def test_names_come_before_places(names):
    assert found("cluj") == [names["cluj"], names["transilvania"]]


def test_an_exact_acronym_comes_before_names_that_begin_so(names):
    builders.member("ATIC Partners")
    assert [one.name for one in found("atic")][:2] == ["ATIC", "ATIC Partners"]


def test_the_other_name_that_was_searched_for_is_said(visitor, names):
    page = visitor.get("/members/?q=moldovan")
    assert "ATIC Moldovan Association of ICT Companies, Chișinău, Moldova" in text_of(page)
    for view in ("cards", "table"):
        page = visitor.get(f"/members/?q=moldovan&view={view}")
        assert "Moldovan Association of ICT Companies" in text_of(page), view
    assert "Moldovan Association" not in text_of(visitor.get("/members/?q=atic"))
    assert "Atikka" not in text_of(visitor.get("/members/?q=athens"))


def test_two_letters_do_not_find_half_of_all_names(names):
    assert names["digital"] not in found("it")
    assert names["jolet"] not in found("it")


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "'", "a & b | !c:*", "\\", "_", "%", "\0", "x" * 5000, "ﬁ", "²", "(", "日本"],
)
def test_anything_may_be_typed(names, typed):
    assert len(found(typed)) <= len(names)


def test_the_directory_shows_the_best_match_first_unless_asked_otherwise(visitor, names):
    assert names_in(visitor.get("/members/?q=cluj"))[0] == "Cluj IT Cluster"
    builders.member("A Cluj Body")
    assert names_in(visitor.get("/members/?q=cluj"))[0] == "Cluj IT Cluster"
    assert names_in(visitor.get("/members/?q=cluj&sort=name"))[0] == "A Cluj Body"
