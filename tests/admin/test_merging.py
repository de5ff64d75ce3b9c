"""Staff merge two organisations: found, seen, done; and what they say are two is not shown again."""

import pytest
from django.urls import reverse

from members import duplicates, merging
from members.models import AreTwo, Organisation
from tests import builders
from tests.admin.pages import text_of

pytestmark = pytest.mark.django_db

MERGE = "/admin/members/organisation/merge/"
DUPLICATES = "/admin/members/organisation/duplicates/"


@pytest.fixture
def officer(sign_in, membership_officer):
    return sign_in(membership_officer)


@pytest.fixture
def two(db):
    kept = builders.organisation("Cluj IT Cluster", country="RO", city="Cluj-Napoca")
    gone = builders.organisation("Asociatia Cluj IT Cluster", country="RO", city="Cluj")
    builders.membership(gone, "2020-01-01")
    return kept, gone


def address(*organisations):
    return MERGE + "?" + "&".join(f"o={one.pk}" for one in organisations)


def words(response) -> str:
    return text_of(response).replace("\u00a0", " ")


def press(client, page, *organisations, **typed):
    mark = page.context["plan"].mark
    keys = [one.pk for one in organisations]
    return client.post(MERGE, {"o": keys, "agreed": mark, **typed})


def test_from_the_page_of_one_the_other_is_found_seen_and_merged(officer, two):
    kept, gone = two
    start = officer.get(reverse("admin:members_organisation_change", args=[kept.pk]))
    assert address(kept) in start.content.decode()
    choose = officer.get(address(kept))
    assert "Asociatia Cluj IT Cluster Cluj, Romania. Has nearly the same name." in words(choose)
    page = officer.get(address(kept, gone))
    assert "Full member, since 1 January 2020." in words(page)
    assert "This cannot be taken back." in words(page)
    done = press(officer, page, *two, city="gone", name="kept", alias_kind="native", why="Twice")
    assert done.url == reverse("admin:members_organisation_change", args=[kept.pk])
    kept.refresh_from_db()
    assert (kept.city, kept.memberships.count()) == ("Cluj", 1)
    assert [(one.name, one.kind) for one in kept.aliases.all()] == [(gone.name, "native")]
    history = officer.get(reverse("admin:members_organisation_history", args=[kept.pk]))
    assert "Merged into it Asociatia Cluj IT Cluster" in words(history)
    assert "Milo Officer: Twice" in words(history)


def test_any_other_one_is_named_by_any_of_its_names(officer, two):
    kept, _gone = two
    other = builders.organisation("Something Else")
    found = officer.get(f"{address(kept)}&other=something+else")
    assert found.url == address(kept, other)
    page = officer.get(f"{address(kept)}&other=Cluj+IT+Cluster")
    assert "That is the same organisation." in words(page)
    assert "No organisation is called" in words(officer.get(f"{address(kept)}&other=Zzz"))


def test_from_the_list_exactly_two_are_merged_and_the_member_stays(officer, two):
    path = reverse("admin:members_organisation_changelist")

    def choose(*organisations):
        keys = [one.pk for one in organisations]
        return officer.post(path, {"action": "merge_chosen", "_selected_action": keys})

    assert choose(*two).url == address(two[1], two[0])
    for some in (two[:1], (*two, builders.organisation("Third"))):
        response = officer.get(choose(*some).url)
        assert "Choose exactly two organisations to merge." in words(response)


def test_the_one_that_stays_may_be_the_other_one(officer, two):
    page = officer.get(address(*two))
    assert address(two[1], two[0]).replace("&", "&amp;") in page.content.decode()


def test_what_cannot_be_is_said_instead_of_a_button(officer, two):
    builders.membership(two[0], "2021", "2021", "regional" if two[0].region else "not_on_record")
    page = officer.get(address(*two))
    assert "These two cannot be merged as they stand." in words(page)
    assert 'name="agreed"' not in page.content.decode()
    assert "Both have a record for the same time" in words(press(officer, page, *two))
    assert Organisation.objects.filter(pk=two[1].pk).exists()


def test_nothing_is_merged_that_was_not_seen(officer, two):
    page = officer.post(MERGE, {"o": [one.pk for one in two]})
    assert "Look first at what will stand in the record." in words(page)
    assert Organisation.objects.filter(pk=two[1].pk).exists()


def test_of_two_at_once_the_second_is_told(officer, two, manager):
    page = officer.get(address(*two))
    builders.membership(two[1], "2019", "2019")
    second = press(officer, page, *two, why="Typed and kept")
    assert "The record of the two changed since you looked." in words(second)
    assert 'value="Typed and kept"' in second.content.decode()
    merging.merge(two[0].pk, two[1].pk, {}, by=manager)
    third = officer.get(press(officer, page, *two).url)
    assert "Asociatia Cluj IT Cluster was merged into Cluj IT Cluster." in words(third)


def test_the_page_of_one_that_is_gone_leads_to_the_one_that_stayed(officer, two, manager):
    key = two[1].pk
    merging.merge(two[0].pk, key, {}, by=manager)
    response = officer.get(reverse("admin:members_organisation_change", args=[key]))
    assert response.url == reverse("admin:members_organisation_change", args=[two[0].pk])


def test_what_looks_alike_is_listed_until_it_is_said_to_be_two(officer, two, membership_officer):
    site = builders.organisation("Quite Different", website="https://clujit.example/")
    same = builders.organisation("Not The Same", website="http://www.clujit.example")
    page = officer.get(DUPLICATES)
    rows = [(row.one, row.other) for row, _ in page.context["rows"]]
    assert rows == [(site, same), (two[1], two[0])]
    done = officer.post(DUPLICATES, {"o": [same.pk, site.pk]})
    assert "Remembered: " in words(officer.get(done.url))
    assert AreTwo.objects.get().by == membership_officer
    rows = [(row.one, row.other) for row, _ in officer.get(DUPLICATES).context["rows"]]
    assert rows == [(two[1], two[0])]


def test_an_empty_list_says_so(officer):
    assert "Nothing in the record looks alike." in words(officer.get(DUPLICATES))


def test_in_a_large_record_only_the_same_is_compared_and_the_page_says_so(
    officer, two, monkeypatch
):
    monkeypatch.setattr(duplicates, "NEAR_UP_TO", 1)
    builders.organisation("CLUJ-IT cluster", slug="twin")
    page = officer.get(DUPLICATES)
    assert [row.why for row, _ in page.context["rows"]] == ["Has the same name."]
    assert "The record is large" in words(page)


def test_looking_at_the_whole_record_costs_the_same_for_few_and_many(
    officer, two, django_assert_max_num_queries
):
    for number in range(12):
        builders.organisation(f"Cluj IT Cluster {'abcdefghijkl'[number]}")
    with django_assert_max_num_queries(7):
        assert len(duplicates.pairs().rows) > 10


@pytest.mark.parametrize("query", ["", "?o=x", "?o=99999999999999999999", "?o=5&o=6", "?o=²"])
def test_an_address_that_names_nobody_leads_to_the_list(officer, query):
    response = officer.get(MERGE + query)
    assert response.url == reverse("admin:members_organisation_changelist")


def test_only_who_keeps_the_members_merges(sign_in, editor, two):
    client = sign_in(editor)
    assert client.get(address(*two)).status_code == 403
    assert client.get(DUPLICATES).status_code == 403
    assert client.post(DUPLICATES, {"o": [one.pk for one in two]}).status_code == 403
