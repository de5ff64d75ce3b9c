"""What may be on record already is found under all its names, and what only looks alike is not."""

import pytest

from members.duplicates import names_within, possible_duplicates, site_of
from members.models import Alias
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def record(db):
    made = {
        "cluj": builders.organisation(
            "Cluj IT Cluster", country="RO", website="https://www.clujit.ro/"
        ),
        "transilvania": builders.organisation("Transilvania IT Cluster", country="RO"),
        "atic": builders.organisation("ATIC", country="MD"),
        "voict": builders.organisation("Vojvodina ICT Cluster", country="RS"),
        "jolet": builders.organisation("Digitális Jólét", country="HU"),
        "green": builders.organisation("Green-Tech Cluster Latvia", country="LV"),
        "estonia": builders.organisation("Estonian ICT Cluster", country="EE"),
        "georgia": builders.organisation("Georgian ICT Cluster", country="GE"),
        "masit": builders.organisation(
            "MASIT (Macedonian Chamber of Information and Communication Technologies)",
            country="MK",
        ),
        "page": builders.organisation("Some Club", website="https://social.example/some-club"),
    }
    for of, name in (
        ("cluj", "Asociatia CLUJ IT"),
        ("atic", "Moldovan Association of Information and Communications Technology Companies"),
        ("voict", "Vojvođanski IKT klaster"),
    ):
        Alias.objects.create(organisation=made[of], name=name)
    return made


def first(name="", website="", country="", **facts):
    found = possible_duplicates(name, website, country, **facts)
    return (found[0].organisation.name, found[0].why) if found else None


@pytest.mark.parametrize(
    ("name", "of", "why"),
    [
        ("CLUJ IT CLUSTER", "cluj", "Has the same name."),
        ("ClujIT Cluster", "cluj", "Has the same name."),
        ("Asociația Cluj IT", "cluj", "Has 'Asociatia CLUJ IT' on record as another name."),
        ("Cluj-IT Clusters", "cluj", "Has nearly the same name."),
        ("Cluj IT", "cluj", "Has nearly the same name."),
        (
            "Vojvodjanski IKT klaster",
            "voict",
            "Has nearly this name on record: 'Vojvođanski IKT klaster'.",
        ),
        ("digitalis  JOLET", "jolet", "Has the same name."),
        ("Latvian Green Tech Cluster", "green", "Has nearly the same name."),
        (
            "ATIC, Moldovan Association of ICT Companies",
            "atic",
            "Has the same name.",
        ),
        ("MASIT", "masit", "Has this name as a part of its own."),
        (
            "Macedonian Chamber of Information and Communication Technology",
            "masit",
            "Has nearly the same name.",
        ),
    ],
)
def test_it_is_found_however_it_is_written(record, name, of, why):
    assert first(name) == (record[of].name, why)


@pytest.mark.parametrize(
    "site", ["clujit.ro", "http://ClujIT.ro/en/about", "https://clujit.ro:443"]
)
def test_the_same_site_is_the_same_body_under_any_name(record, site):
    name, why = first("A Name Nobody Knows", site)
    assert (name, why) == ("Cluj IT Cluster", "Has the same website: https://www.clujit.ro/.")


@pytest.mark.parametrize(
    ("name", "website"),
    [
        ("Another Club", "https://social.example/another-club"),
        ("Clujana", "https://notclujit.ro"),
        ("Clujana", "https://clujit.ro.example.org"),
    ],
)
def test_a_part_of_an_address_is_not_the_same_site(record, name, website):
    assert first(name, website) is None


def test_two_bodies_of_one_town_or_one_trade_are_two(record):
    builders.organisation("Ghana Forum 2020")
    assert first("Transilvania Makers") is None
    assert first("Ghana Forum 2021") is None
    assert first("Armenian ICT Cluster", country="AM") is None


def test_in_one_country_a_likeness_counts_for_more(record):
    typed = "Romania Transilvania IT Cluj Cluster Makers"
    assert first(typed, country="MD") is None
    assert first(typed, country="RO")[0] == "Transilvania IT Cluster"


def test_the_same_name_comes_before_the_site_and_both_before_a_likeness(record):
    builders.organisation("Atics", country="MD")
    found = possible_duplicates("ATIC", "https://clujit.ro", "MD")
    assert [one.organisation.name for one in found] == ["ATIC", "Cluj IT Cluster", "Atics"]


def test_one_is_no_duplicate_of_itself(record):
    assert first("Cluj IT Cluster", "https://clujit.ro", exclude_pk=record["cluj"].pk) is None


@pytest.mark.parametrize(
    "name", ["", "  ", "'", "%", "\\", "(", "a|b", "\0", "x" * 5000, "日本", "²"]
)
def test_anything_may_be_asked(record, name):
    assert possible_duplicates(name, "http://[", "??") == []


def test_it_takes_four_queries_and_shows_five(record, django_assert_max_num_queries):
    for number in range(30):
        builders.organisation(f"Union of Makers {chr(97 + number % 26) * 2}{number}x")
    with django_assert_max_num_queries(4):
        assert len(possible_duplicates("Union of Makers")) == 5


def test_names_and_sites_are_taken_apart():
    assert names_within("Estonian ICT Cluster, with ITL") == [
        "estonian ict cluster with itl", "estonian ict cluster", "with itl"
    ]  # fmt: skip
    assert site_of("WWW.example.org/Team/") == ("example.org", "team")
    assert site_of("not a site") == ("", "")
