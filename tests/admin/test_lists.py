"""Staff find any organisation in seconds, see what it is on any day, and filter by it."""

import pytest
from django.urls import reverse

from members.models import Person
from tests import builders
from tests.admin.pages import text_of

LIST = "/admin/members/organisation/"


@pytest.fixture
def officer(sign_in, membership_officer):
    return sign_in(membership_officer)


def listed(client, query="") -> list[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200
    return [one.name for one in response.context["cl"].result_list]


@pytest.fixture
def network_of_2022(on_day):
    """A full member, one announced, one former, a sponsored one that ends soon, a bystander."""
    on_day("2022-11-22")
    full = builders.member("Full", "2020", country="LV", kind="cluster")
    builders.member("Announced", "1 January 2023", country="RO")
    builders.member("Former", "2018", "2020")
    ending = builders.organisation("Ending", country="MD")
    builders.membership(ending, "2022-03", "2023-01", "sponsored", sponsor=full)
    builders.organisation("Bystander")
    builders.place(builders.network("East"), ending, "2022")


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?state=member", ["Ending", "Full"]),
        ("?state=announced", ["Announced"]),
        ("?state=former", ["Former"]),
        ("?state=none", ["Bystander"]),
        ("?state=member&on=2019-06-01", ["Former"]),
        ("?state=member&on=2023-06-01", ["Announced", "Full"]),
        ("?category=sponsored", ["Ending"]),
        ("?category=sponsored&on=2024-01-01", []),
        ("?country=LV", ["Full"]),
        ("?kind__exact=cluster", ["Full"]),
        ("?network=east", ["Ending"]),
        ("?network=east&on=2021-01-01", []),
        ("?ends=soon", ["Ending"]),
        ("?ends=soon&on=2022-04-01", []),
    ],
)
def test_the_list_is_filtered_for_any_day(officer, network_of_2022, query, names):
    assert listed(officer, query) == names


def test_each_line_says_what_the_organisation_is_on_the_day(officer, network_of_2022):
    words = text_of(officer.get(LIST))
    assert "Announced: Full member from 1 January 2023" in words
    assert "Sponsored member until January 2023" in words
    assert "Full member since 2020" in words
    words = text_of(officer.get(LIST + "?on=2019-06-01"))
    assert "Full member until 2020" in words


@pytest.mark.parametrize("typed", ["vojvodanski", "Vojvođanski", "VOICT", "vojvodanksi"])
def test_an_organisation_is_found_by_any_name_without_accents_and_with_typos(officer, typed):
    found = builders.organisation("Vojvodina ICT Cluster")
    found.aliases.create(name="Vojvođanski IKT klaster")
    found.aliases.create(name="VOICT")
    builders.organisation("Baltic Code Union")
    assert listed(officer, f"?q={typed}") == ["Vojvodina ICT Cluster"]


def test_the_best_match_stands_first(officer):
    builders.organisation("Alpha digital union of many")
    builders.organisation("Digital")
    assert listed(officer, "?q=digital")[0] == "Digital"


def choices(client, field, term) -> list[str]:
    app, model, name = field.split(".")
    query = {"app_label": app, "model_name": model, "field_name": name, "term": term}
    response = client.get(reverse("admin:autocomplete"), query)
    assert response.status_code == 200
    return [one["text"] for one in response.json()["results"]]


def test_autocompletes_forgive_accents_and_find_aliases(officer):
    found = builders.organisation("Łódź Software")
    found.aliases.create(name="ŁSK")
    builders.person("Željko Đorđević")
    assert choices(officer, "members.membership.sponsor", "lodz") == ["Łódź Software"]
    assert choices(officer, "members.membership.sponsor", "lsk") == ["Łódź Software"]
    assert choices(officer, "members.affiliation.person", "dordevic") == ["Željko Đorđević"]


def test_editors_choose_organisations_they_may_not_change(sign_in, editor):
    builders.organisation("Baltic Code Union")
    assert choices(sign_in(editor), "news.post.organisations", "baltic") == ["Baltic Code Union"]


def test_a_person_s_page_is_not_linked_and_the_address_is_for_the_office(officer):
    person = builders.person("Ana", email="ana@example.org")
    page = officer.get(reverse("admin:members_person_change", args=[person.pk])).content.decode()
    assert "View on site" not in page
    assert Person.objects.get().email in page


def test_messages_are_read_and_marked_as_answered(officer):
    from alliance_portal.models import ContactMessage

    message = ContactMessage.objects.create(
        name="A", email="a@example.org", subject="Question", message="What is this?"
    )
    url = reverse("admin:alliance_portal_contactmessage_changelist")
    assert "Question" in text_of(officer.get(url + "?answered=no"))
    officer.post(url, {"action": "mark_answered", "index": 0, "_selected_action": message.pk})
    message.refresh_from_db()
    assert message.answered_at is not None
