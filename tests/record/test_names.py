"""Names as they are searched, sorted and turned into addresses."""

import pytest
from django.core.exceptions import ValidationError

from record.names import RESERVED, initials, normalise, not_reserved, slug_from


@pytest.mark.parametrize(
    ("name", "normalised"),
    [
        ("Digitális Jólét", "digitalis jolet"),
        ("Vojvođanski IKT-klaster", "vojvodanski ikt klaster"),
        ("Łódź / Gdańsk", "lodz gdansk"),
        ("Smørrebrød ApS", "smorrebrod aps"),
        ("Großhandel", "grosshandel"),
        ("Ελληνική Ένωση", "ελληνικη ενωση"),
        ("Asociația CLUJ IT", "asociatia cluj it"),
        ("  two   spaces ", "two spaces"),
        ("İstanbul Yazılım", "istanbul yazilim"),
    ],
)
def test_names_are_searched_without_accents(name, normalised):
    assert normalise(name) == normalised


def test_normalising_twice_changes_nothing():
    for name in ("Łódź", "Þór & Ægir", "ÉCOLE d'été"):
        assert normalise(normalise(name)) == normalise(name)


def test_a_taken_or_reserved_address_gets_a_number():
    assert slug_from("Łódź Klaster") == "lodz-klaster"
    assert slug_from("Networks") == "networks-2"
    assert slug_from("Agoria", {"agoria", "agoria-2"}) == "agoria-3"
    assert slug_from("!!!") == "item"
    assert len(slug_from("long " * 60)) <= 80


def test_words_of_the_portals_addresses_are_no_slugs():
    for word in ("networks", "sponsors", "changes", "timeline", "overviews", "feed"):
        assert word in RESERVED
        with pytest.raises(ValidationError, match="own addresses"):
            not_reserved(word)
    not_reserved("agoria")


def test_two_letters_stand_for_a_name_without_logo():
    assert initials("Cluj IT Cluster") == "CI"
    assert initials("Agoria") == "A"
    assert initials("the adria link") == "TA"
    assert initials("") == ""
