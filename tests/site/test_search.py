"""One search over everything that is public."""

import datetime

import pytest
from django.utils import timezone

from alliance_portal import search
from members.models import Alias
from publishing.models import Page
from tests import builders
from tests.site.test_home import text_of

pytestmark = pytest.mark.django_db


def found(words: str) -> dict[str, list[str]]:
    """Kind → titles, as the search page shows them."""
    results = search.find(words, search.KINDS, search.SHOWN)
    return {group.kind.key: [hit.title for hit in group.hits] for group in results}


def ask(client, words: str, **more) -> str:
    return text_of(client.get("/search/", {"q": words, **more}))


def test_an_organisation_without_a_membership_is_found_without_its_accents():
    builders.organisation("Digitális Jólét", country="HU")
    assert found("digitalis jolet") == {"organisations": ["Digitális Jólét"]}


def test_an_organisation_is_found_by_words_of_its_name_in_any_order():
    name = "Macedonian Chamber of Information and Communication Technologies"
    builders.organisation(name, country="MK")
    assert found("chamber macedonia") == {"organisations": [name]}


def test_an_exact_acronym_comes_first():
    for number in range(8):
        builders.member(f"Masitania {number}")
    organisation = builders.organisation("Chamber of Technologies")
    Alias.objects.create(organisation=organisation, name="MASIT", kind="acronym")
    organisation.save()
    assert found("masit")["organisations"][0] == "Chamber of Technologies"


def test_the_alliance_itself_is_no_result_among_organisations(alliance):
    assert found("alliance") == {}


def test_every_kind_is_found_and_counted(visitor, group):
    builders.member("Quantum Association")
    builders.organisation("Quantum Guests")
    builders.person("Quentin Quantum")
    builders.group("Quantum group")
    builders.post("On quantum computing")
    builders.position("A quantum position")
    builders.overview(group, 2025, "The quantum year")
    builders.activity("Quantum day")
    builders.network("Quantum network")
    Page.objects.create(key="about", title="About quantum")
    page = ask(visitor, "quantum")
    for kind in ("Organisations", "People", "Working groups", "Activities", "Networks", "Pages"):
        assert kind in page
    assert page.count("1 found") == 5
    assert "2 found" in page
    assert "3 found" in page


def test_the_words_that_matched_are_marked(visitor):
    builders.post("Hubs", body="<p>Small firms asked for <strong>digital</strong> hubs.</p>")
    assert "<mark>digital</mark> <mark>hubs</mark>" in ask(visitor, "digital hub")


@pytest.mark.parametrize(
    "lead",
    [
        "<script>alert(1)</script> hubs",
        "hubs <b onclick=x>bold</b>",
        "hubs &lt;img src=x onerror=alert(1)&gt;",
        "1 < 2 & hubs &amp;lt;script&amp;gt;alert(1)",
        "\ue000hubs\ue001 \ue000",
    ],
)
@pytest.mark.parametrize("title", ["Hubs", "Something else"])
def test_text_that_looks_like_markup_stays_text(visitor, title, lead):
    builders.post(title, lead=lead)
    page = ask(visitor, "hubs")
    for forbidden in ("<script>alert", "<b onclick", "<img", "<mark> ", "<mark></", "\ue000"):
        assert forbidden not in page
    assert page.count("<mark>") == page.count("</mark>")


def test_what_was_typed_stays_text(visitor):
    assert '"><script>' not in ask(visitor, '"><script>hubs')


def test_accents_are_forgiven_in_texts_both_ways():
    builders.post("A café in Kraków")
    assert found("cafe krakow") == {"publications": ["A café in Kraków"]}
    builders.post("Resume of the year")
    assert found("résumé") == {"publications": ["Resume of the year"]}


def test_of_two_that_fit_as_well_the_newer_comes_first():
    builders.post("Skills", "2024-01-01")
    builders.post("Skills again", "2026-01-01")
    builders.post("Skills between", "2025-01-01")
    assert found("skills")["publications"] == ["Skills again", "Skills between", "Skills"]


def test_words_in_the_title_weigh_more_than_in_the_text():
    builders.post("Standards", "2020-01-01")
    builders.post("Something else", "2026-01-01", body="<p>Also about standards</p>")
    assert found("standards")["publications"] == ["Standards", "Something else"]


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "draft"},
        {"visible_from": timezone.now() + datetime.timedelta(days=365 * 50)},
        {"audience": "members"},
        {"state": "withdrawn", "withdrawn_reason": "wrong"},
    ],
)
def test_what_is_not_public_is_not_found(group, facts):
    builders.post("Hidden post", **facts)
    builders.position("Hidden position", **facts)
    builders.overview(group, 2025, "Hidden overview", **facts)
    builders.activity("Hidden meeting", audience="group", group=group)
    builders.person("Hidden Hanna", shown=False)
    assert found("hidden") == {}


def test_a_person_leads_to_where_they_stand_today(group, member):
    person = builders.person("Andrea Möller")
    assert search.find("moller", search.KINDS, 5)[0].hits[0].url == ""
    builders.role(person, group)
    (results,) = search.find("moller", search.KINDS, 5)
    assert results.hits[0].url == group.get_absolute_url()
    assert results.hits[0].about == "chair, Digitalisation"
    builders.affiliation(person, member, "Director")
    (results,) = search.find("andrea moller", search.KINDS, 5)
    assert results.hits[0].url == member.get_absolute_url()
    assert results.hits[0].about == "Director, Baltic Code Union; chair, Digitalisation"


def test_one_kind_alone_shows_more_of_it(visitor):
    for number in range(8):
        builders.post(f"Skills {number}")
    page = ask(visitor, "skills")
    assert page.count("piece__title") == 5
    assert "8 found" in page
    assert 'href="?q=skills&amp;kind=publications"' in page
    assert ask(visitor, "skills", kind="publications").count("piece__title") == 8


def test_a_kind_that_does_not_exist_is_said(visitor):
    builders.post("Skills")
    page = ask(visitor, "skills", kind="<nonsense>")
    assert "There is no kind &#x27;&lt;nonsense&gt;&#x27; to search in" in page
    assert "Skills" in page


def test_without_words_it_says_what_can_be_found(visitor):
    for address in ("/search/", "/search/?q=", "/search/?q=%20%20"):
        response = visitor.get(address)
        assert response.status_code == 200
        assert "What can be found" in text_of(response)


def test_where_nothing_is_found_it_says_what_to_try(visitor):
    page = ask(visitor, "xylophone zebra")
    assert "Nothing was found for ‘xylophone zebra’" in page
    assert "Try fewer words" in page


@pytest.mark.parametrize(
    "words", ["the", "&|!():*", "'", "\\", "a'b & c", "___", "-", '"', "%", "²"]
)
def test_words_that_mean_nothing_are_no_error(visitor, words):
    assert visitor.get("/search/", {"q": words}).status_code == 200


def test_what_is_too_long_or_cannot_be_typed_is_answered_with_a_sentence(visitor):
    assert "That is too long to search for" in ask(visitor, "word " * 1000)
    assert "characters in it that nobody can type" in ask(visitor, "skills\0")
    assert visitor.get("/search/?q=%ff%fe%00").status_code == 200


def test_only_a_bounded_number_of_matches_is_ranked(visitor, monkeypatch):
    monkeypatch.setattr(search, "RANKED", 3)
    for number in range(5):
        builders.post(f"Skills {number}", f"2026-01-0{number + 1}")
    page = ask(visitor, "skills")
    assert "3 or more found" in page
    assert "Skills 4" in page
    assert "Skills 0" not in page


def test_it_costs_the_same_however_much_is_found(visitor, group, django_assert_num_queries):
    def fill(number):
        for index in range(number):
            person = builders.person(f"Skilled {number}{index}")
            builders.affiliation(person, builders.member(f"Skilled house {number}{index}"))
            builders.role(person, builders.group(f"Skilled group {number}{index}"))
            builders.post(f"Skilled {number}{index}")
            builders.activity(f"Skilled day {number}{index}", group=group)
            builders.opportunity(f"Skilled call {number}{index}")
            builders.network(f"Skilled network {number}{index}")

    fill(1)
    with django_assert_num_queries(10):
        visitor.get("/search/?q=skilled")
    fill(4)
    with django_assert_num_queries(10):
        visitor.get("/search/?q=skilled")


def test_an_excerpt_says_where_it_was_cut(visitor):
    words = "Before it came a sentence. " + "word " * 30
    builders.post("Cut", body=f"<p>{words}about hubs {'more ' * 30}in the end.</p>")
    page = ask(visitor, "hubs")
    assert "… word word" in page
    assert "more …" in page
    builders.post("Hubs in the title", lead="The whole lead is shown.")
    assert "The whole lead is shown.</p>" in ask(visitor, "hubs")
