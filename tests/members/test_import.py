"""Rows of a spreadsheet: what is made, changed, left as it is, asked about or refused, and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members import merging
from members.imports import exports, run
from members.models import Alias, Membership, Organisation
from tests import builders
from tests.members.spreadsheets import csv_file, read, shown, taken, workbook

pytestmark = pytest.mark.django_db

OLD = """
Member;Country;City;Member since;Until;Category;Sponsored by;Acronym
Cluj IT Cluster ;România;Cluj-Napoca;01.03.2022;;Full Member;;CLUJ IT
Drava Makers;hr;Osijek;March 2022;February 2023;Sponsored Member;EU Facility;
EU Facility;Belgium;;;;;;
"""


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2022-09-14")


def plain(text) -> str:
    return str(text).replace("\u00a0", " ")


def told(result) -> list[tuple]:
    """Return (row, state, all that is said) of each."""
    return [
        (one.number, one.state, [plain(f"{place}: {why}") for place, why in one.problems]
         or [plain(sentence) for sentence in one.sentences])
        for one in result.outcomes
    ]  # fmt: skip


def only(result):
    [one] = told(result)
    return one[1:]


def memberships(name) -> list[str]:
    return [plain(row) for row in Membership.objects.filter(organisation__name=name).oldest_first()]


# -- an old spreadsheet ---------------------------------------------------------------------------


def test_an_old_spreadsheet_is_understood(manager):
    builders.organisation("EU Facility")
    result = taken(csv_file(OLD), by=manager)
    assert told(result) == [
        (2, "made", ["New organisation: Cluj IT Cluster, Cluj-Napoca, Romania.",
                     "Other name: CLUJ IT (acronym).",
                     "New membership: Full member, since 1 March 2022."]),
        (3, "made", ["New organisation: Drava Makers, Osijek, Croatia.",
                     ("New membership: Sponsored member, March 2022 to February 2023. "
                      "Sponsored by EU Facility.")]),
        (4, "same", []),
    ]  # fmt: skip
    assert memberships("Cluj IT Cluster") == ["Full member, since 1 March 2022"]
    assert Organisation.objects.get(name="Drava Makers").slug == "drava-makers"
    newest = Membership.history.first()
    assert newest.history_user == manager
    assert newest.history_change_reason == "Import of members.csv"


def test_a_preview_changes_nothing_and_doing_it_does_what_was_shown():
    builders.organisation("EU Facility")
    before = Organisation.history.count()
    result = shown(csv_file(OLD))
    assert (Organisation.objects.count(), Organisation.history.count()) == (1, before)
    assert taken(csv_file(OLD)).mark == result.mark
    assert {one.state for one in shown(csv_file(OLD)).outcomes} == {"same"}


def test_what_changed_since_it_was_shown_is_not_done():
    builders.organisation("EU Facility")
    sheet, choices = read(csv_file(OLD)), run.Choices({})
    mark = run.preview(sheet, choices).mark
    builders.organisation("Drava Makers")
    with pytest.raises(run.NotAsShown):
        run.take_over(sheet, choices, by=None, why="", agreed=mark)
    assert Organisation.objects.count() == 2


def test_all_or_nothing():
    content = csv_file("Name;Country\nGood One;HU\nBad One;Atlantis")
    result = shown(content)
    assert [one.state for one in result.outcomes] == ["made", "refused"]
    with pytest.raises(run.NotAsShown):
        taken(content)
    assert not Organisation.objects.exists()
    assert [one.state for one in shown(content, leave_out=[3]).outcomes] == ["made", "left_out"]


# -- who is meant ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "row",
    ["{pk};;", ";cluj-it-cluster;", ";;cluj it  CLUSTER", ";;Asociația Cluj IT", "{pk};;Clujit"],
)
def test_an_organisation_is_found_by_number_address_name_and_other_name(row):
    one = builders.organisation("Cluj IT Cluster", country="RO")
    for name in ("Asociatia CLUJ IT", "ClujIT"):
        Alias.objects.create(organisation=one, name=name)
    content = f"ID;Address;Name;City\n{row.format(pk=one.pk)};Cluj-Napoca".encode()
    assert only(shown(content)) == ("changed", ["City: not on record → Cluj-Napoca"])


def test_one_that_only_looks_alike_is_asked_about_and_no_twin_is_made():
    one = builders.organisation("Cluj IT Cluster", country="RO", website="https://clujit.ro")
    content = csv_file(
        "Name;Country;Since\nCluj-IT Clusters;RO;2020\nCluj IT clusters;RO;2021-02-01"
    )
    result = shown(content)
    assert [row.state for row in result.outcomes] == ["asked", "asked"]
    [match] = result.outcomes[0].likely
    assert (match.organisation, match.why) == (one, "Has nearly the same name.")
    assert not result.possible
    it_is = shown(content, who={2: str(one.pk)}, leave_out=[3])
    assert [row.state for row in it_is.outcomes] == ["changed", "left_out"]
    new = shown(content, who={2: "new"}, leave_out=[3])
    assert [row.state for row in new.outcomes] == ["made", "left_out"]
    both = shown(content, who={2: "new"})
    assert [row.state for row in both.outcomes] == ["made", "refused"]


def test_a_row_of_one_that_was_merged_means_the_one_that_stayed():
    kept, gone = builders.organisation("Kept"), builders.organisation("Gone")
    content = "".join(exports.as_csv(exports.organisations())).encode()
    merging.merge(kept.pk, gone.pk, {}, by=None)
    assert {(one.name, one.state) for one in shown(content).outcomes} == {("Kept", "same")}


def test_several_of_one_name_are_told_apart_by_number_or_address():
    builders.organisation("Forum", slug="forum-one")
    two = builders.organisation("Forum", slug="forum-two")
    state, [sentence] = only(shown(b"Name;City\nForum;Graz"))
    assert (state, sentence) == (
        "refused",
        (
            "A2 (Organisation): Several are called 'Forum': forum-one, forum-two. "
            "Give the number or the address."
        ),
    )
    assert only(shown(f"ID;Name;City\n{two.pk};Forum;Graz".encode()))[0] == "changed"


def test_a_new_name_beside_number_or_address_is_a_change_of_name():
    one = builders.organisation("Old Name")
    content = f"ID;Name\n{one.pk};New Name".encode()
    assert only(shown(content)) == ("changed", ["Organisation: Old Name → New Name"])


def test_rows_of_one_new_organisation_are_one_organisation():
    content = csv_file("Name;Since;Until\nNew Body;2019;2019\nnew body;2020-01-01;")
    taken(content)
    assert memberships("New Body") == ["Member, category not on record, 2019",
                                       "Member, category not on record, since 1 January 2020"]  # fmt: skip


# -- memberships ----------------------------------------------------------------------------------


def test_a_membership_is_found_by_its_first_day_and_less_precise_dates_change_nothing():
    one = builders.member("Cluj IT Cluster", "2022-03-14")
    for since in ("14.03.2022", "2022-03", "March 2022", "2022"):
        content = f"Name;Since;Category\nCluj IT Cluster;{since};full".encode()
        assert only(shown(content)) == ("same", []), since
    content = b"Name;Since;Until;Category\nCluj IT Cluster;2022-03-14;31.12.2022;full"
    state, [sentence] = only(taken(content))
    assert (state, sentence) == (
        "changed",
        (
            "Membership: Full member, since 14 March 2022. → "
            "Full member, 14 March 2022 to 31 December 2022."
        ),
    )
    assert one.memberships.count() == 1


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("2021;;full;", ("B2 (First day): It overlaps with one on record: Full member, since "
         "14 March 2022. To change that one, give its membership ID or its first day.")),
        (";;full;", "B2 (First day): A membership needs its first day, as precise as it is known."),
        ("2019;2018;full;", "C2 (Last day): The end, 2018, lies before the start, 2019."),
        ("2019;2019;sponsored;", "D2 (Category): A sponsored membership needs its sponsor."),
        ("2019;2019;sponsored;Nobody", ("E2 (Sponsor): 'Nobody' is not on record. Add it, or name "
         "it in a row above.")),
        ("2019;2019;sponsored;Cluj IT Cluster", ("D2 (Category): An organisation does not sponsor "
         "itself.")),
        ("2019;2019;regional;", ("D2 (Category): Fill in the organisation's region first: a "
         "regional member has one.")),
        ("04/05/2019;2019;full;", ("B2 (First day): '04/05/2019' can be read in two ways. Write "
         "4 May 2019 or 5 April 2019.")),
        ("2019;2019;Gold;", ("D2 (Category): 'Gold' is no category. Write full, sponsored, "
         "regional or not on record.")),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_with_its_place_and_a_sentence(row, sentence):
    builders.member("Cluj IT Cluster", "2022-03-14")
    content = f"Name;Since;Until;Category;Sponsor\nCluj IT Cluster;{row}".encode()
    state, sentences = only(shown(content))
    assert (state, sentences) == ("refused", [sentence])


def test_all_that_is_wrong_with_a_row_is_told_at_once():
    state, sentences = only(shown(b"Name;Country;Since;Category\nNew;Atlantis;soon;Gold"))
    assert state == "refused"
    assert [sentence.partition(":")[0] for sentence in sentences] == [
        "B2 (Country)", "C2 (First day)", "D2 (Category)"
    ]  # fmt: skip


def test_a_formula_in_a_known_column_is_refused():
    state, [sentence] = only(shown(workbook(["Organisation", "City"], ["One", "=1+1"])))
    assert (state, sentence) == (
        "refused", "B2 (City): The cell holds a formula. Put its value there: paste as values."
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "row", "sentence"),
    [
        ("ID;Name", "999;A", "A2 (Organisation ID): No organisation has the number '999'."),
        ("Name;City", ";Graz", "A2 (Organisation): The row names no organisation."),
        ("Name;Website", "A;not a site", "B2 (Website): Enter a valid URL."),
        ("Name;Address", "A;members", "B2 (Address): 'members' is part of the portal's own"),
        ("Name;Acronym", "A;TAKEN", "B2 (Acronyms): 'TAKEN' is on record already"),
        ("Name;City", "A;" + "x" * 101, "B2 (City): Ensure this value has at most 100"),
        ("Name;Membership ID", "Holder;999", "B2 (Membership ID): This organisation has no"),
    ],
)
def test_what_is_wrong_is_told_at_its_cell(head, row, sentence):
    Alias.objects.create(organisation=builders.organisation("Holder"), name="TAKEN")
    state, [first, *_] = only(shown(f"{head}\n{row}".encode()))
    assert state == "refused"
    assert first.startswith(sentence)


def test_a_refused_row_leaves_nothing_that_later_rows_see():
    content = csv_file("Name;Region;Since;Category\nNew;;2020;regional\nNew;North;2020;regional")
    assert [one.state for one in shown(content).outcomes] == ["refused", "made"]


# -- round trip -----------------------------------------------------------------------------------


def test_odd_names_survive_the_round_trip():
    for name, other in (("=Sum Union", "+Plus; and more"), ("Forum", "'quoted"), ("Forum", "")):
        one = builders.organisation(name, slug=f"odd-{next(builders.numbers)}")
        if other:
            Alias.objects.create(organisation=one, name=other)
        builders.membership(
            builders.organisation(), "2020", "2020", "sponsored", sponsor=one, on_behalf_of=one
        )
    for rows in (exports.organisations, exports.memberships):
        lines = list(exports.as_csv(rows()))
        assert not any('"=' in line or '"+' in line for line in lines)
        for content in ("".join(lines).encode(), exports.as_workbook("All", rows())):
            assert {one[1] for one in told(shown(content))} == {"same"}


def test_the_template_is_read_and_its_example_taken():
    result = shown(exports.template())
    assert [(one.name, one.state) for one in result.outcomes] == [("Cluj IT Cluster", "made")]


def test_rows_that_say_nothing_new_cost_five_queries_together():
    for number in range(60):
        builders.member(f"Body {number}", "2020-01-01")
    content = "".join(exports.as_csv(exports.memberships())).encode()
    with CaptureQueriesContext(connection) as queries:
        assert {one.state for one in shown(content).outcomes} == {"same"}
    asked = [one for one in queries if "SAVEPOINT" not in one["sql"]]
    assert len(asked) == 5
