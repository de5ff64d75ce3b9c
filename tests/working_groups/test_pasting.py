"""A pasted list: what is read out of it, whom it means, and that nothing is made unseen."""

import pytest

from members.models import Organisation
from tests import builders
from working_groups.models import GuestAppearance, OpenList, Participation
from working_groups.pasted import read

pytestmark = pytest.mark.django_db
PASTE = "/desk/groups/digitalisation/record/participant/paste/"
GUESTS = "/desk/groups/digitalisation/record/guest/paste/"
JOINERS = (
    "Macedonian Chamber of Information and Communication Technologies, Latvian Green Tech Cluster; "
    "Digitális Jólét, Bit Alliance; Infopark, Demokritos/ahedd DIH, Industria; Alteredu, "
    "Estonian ICT Cluster; "
)


@pytest.fixture
def desk(chair, sign_in, on_day):
    on_day("2026-11-22")
    return sign_in(chair)


def test_the_list_with_the_hole_gives_nine_names(db):
    pasted = read(JOINERS)
    assert pasted.names == [
        "Macedonian Chamber of Information and Communication Technologies",
        "Latvian Green Tech Cluster", "Digitális Jólét", "Bit Alliance", "Infopark",
        "Demokritos/ahedd DIH", "Industria", "Alteredu", "Estonian ICT Cluster",
    ]  # fmt: skip
    assert pasted.blanks == 1
    assert pasted.complete


@pytest.mark.parametrize(
    ("text", "names", "complete"),
    [
        ("A One\nB Two\n\nC Three", ["A One", "B Two", "C Three"], True),
        ("- A One\n• B Two\n3. C Three", ["A One", "B Two", "C Three"], True),
        ("Guests: JRC, Sunrise Valley and JOTNE.", ["JRC", "Sunrise Valley", "JOTNE"], True),
        ("including JRC, JOTNE and others", ["JRC", "JOTNE"], False),
        ("JRC, JOTNE, etc.", ["JRC", "JOTNE"], False),
        ("JRC; JOTNE; …", ["JRC", "JOTNE"], False),
        ("JRC, , JOTNE", ["JRC", "JOTNE"], True),
        ("Chamber of Trade and Industry", ["Chamber of Trade and Industry"], True),
        ("Smith and Sons\nJOTNE", ["Smith and Sons", "JOTNE"], True),
        (" ,;; \n", [], True),
    ],
)
def test_sentences_and_columns(text, names, complete):
    pasted = read(text)
    assert (pasted.names, pasted.complete) == (names, complete)


def test_a_known_name_stays_whole_whatever_it_holds():
    builders.organisation("GAIA, Basque knowledge and technology cluster")
    builders.organisation("Bread and Bytes")
    pasted = read(
        "Infopark, GAIA, Basque knowledge and technology cluster, Industria and Bread and Bytes"
    )
    assert pasted.names == [
        "Infopark", "GAIA, Basque knowledge and technology cluster", "Industria", "Bread and Bytes",
    ]  # fmt: skip


def test_what_is_named_twice_is_taken_once():
    pasted = read("JRC; jrc; Jrc.")
    assert (pasted.names, pasted.twice) == (["JRC"], ["jrc", "Jrc"])


def test_proposals_know_aliases_accents_and_near_misses_and_mark_the_unknown(desk):
    masit = builders.organisation("MASIT")
    masit.aliases.create(name="Macedonian Chamber of Information and Communication Technologies")
    jolet = builders.organisation("Digitális Jólét")
    bit = builders.organisation("Bit Alliance")
    page = desk.post(
        PASTE,
        {
            "text": f"{JOINERS.replace('Digitális Jólét', 'Digitalis Jolet').replace('Bit Alliance', 'Bit Aliance')}",
            "day": "2021",
        },
    )
    assert page.status_code == 200
    assert "1 empty place was dropped." in page.text
    chosen = page.context["chosen"]
    assert {field.label for field in chosen.certain} == {
        "Macedonian Chamber of Information and Communication Technologies", "Digitalis Jolet",
    }  # fmt: skip
    assert [field.label for field in chosen.near] == ["Bit Aliance"]
    assert len(chosen.unknown) == 6
    assert not Participation.objects.exists(), "looking makes nothing"
    assert Organisation.objects.filter(pk__in=[masit.pk, jolet.pk, bit.pk]).count() == 3


def confirm(client, address, text, choices, **more):
    picked = {f"who_{number}": choice for number, choice in enumerate(choices, 1)}
    return client.post(address, {"text": text, "do": "confirm", **picked, **more})


def test_what_was_confirmed_enters_the_record_and_can_be_taken_back(desk, group):
    known = builders.organisation("Bit Alliance")
    answer = confirm(desk, PASTE, "Bit Alliance; Infopark; Industria and others",
                     [known.pk, "new", "leave"], day="2021")  # fmt: skip
    assert answer.status_code == 302
    places = Participation.objects.order_by("organisation__name")
    assert [str(place) for place in places] == ["Bit Alliance, since 2021", "Infopark, since 2021"]
    assert OpenList.objects.get().year == 2021
    messages = desk.get(answer["Location"]).context["messages"]
    desk.post(next(iter(messages)).extra_tags)
    assert not Participation.objects.exists()
    assert not Organisation.objects.filter(name="Infopark").exists()


def test_a_near_miss_must_be_decided(desk):
    builders.organisation("Bit Alliance")
    answer = confirm(desk, PASTE, "Bit Aliance", [""], day="2021")
    assert answer.status_code == 422
    assert "Choose who &#x27;Bit Aliance&#x27; is." in answer.text
    assert not Participation.objects.exists()


def test_an_organisation_that_was_not_proposed_cannot_be_chosen(desk):
    other = builders.organisation("Something Else")
    answer = confirm(desk, PASTE, "Infopark", [other.pk], day="2021")
    assert answer.status_code == 422
    assert not Participation.objects.exists()


def test_guests_of_an_activity_mark_its_list_as_open(desk, group):
    activity = builders.activity("Talk", "2026-11-20", group=group)
    jrc = builders.organisation("JRC")
    confirm(desk, GUESTS, "JRC and others", [jrc.pk], activity=activity.pk, day="")
    activity.refresh_from_db()
    assert not activity.guests_complete
    assert GuestAppearance.objects.get().activity == activity


def test_who_is_there_already_is_said_and_not_written_twice(desk, group):
    known = builders.organisation("Bit Alliance")
    builders.participation(known, group)
    page = desk.post(PASTE, {"text": "Bit Alliance", "do": "confirm", "who_1": known.pk, "day": "2026"},
                     follow=True)  # fmt: skip
    assert "There already: Bit Alliance." in page.text
    assert Participation.objects.count() == 1


@pytest.mark.parametrize(
    "text", ["", "\0", "x" * 7000, "," * 3000, "and " * 900, "(" * 500 + "a" * 300]
)
def test_nothing_that_is_pasted_breaks_it(desk, text):
    assert desk.post(PASTE, {"text": text, "day": "2026"}).status_code in {200, 422}
