"""The life of a membership: what each step leaves in the record, and what it refuses in a sentence."""

import datetime
import threading

import pytest
from django.db import connection

from members import actions, plans
from members.models import Membership
from members.models.memberships import Outcome
from record.days import PartialDate
from tests import builders
from tests.builders import days

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2022-09-14")


@pytest.fixture
def sponsor(db):
    return builders.organisation("Facility")


@pytest.fixture
def officer(membership_officer):
    return membership_officer


def words(of) -> list[str]:
    """Return an organisation's memberships in words, oldest first."""
    return [plain(str(row)) for row in of.memberships.oldest_first()]


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def sponsored(of=None, starts="2022-03", ends="2023-02", **facts):
    facts.setdefault("sponsor", builders.organisation())
    row = builders.membership(of, starts, ends, "sponsored", **facts)
    row.end_basis = "derived"
    row.save()
    return row.organisation


def refused(verb, organisation, **facts) -> str:
    before = words(organisation)
    with pytest.raises(actions.CannotBeDone) as caught:
        verb([organisation], by=None, **facts)
    assert words(organisation) == before
    return plain(str(caught.value)).partition(": ")[2]


# -- the end of a term ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("starts", "months", "ends"),
    [
        ("2022-03", 12, "2023-02"),
        ("2022-03-01", 12, "2023-02-28"),
        ("2023-03-01", 12, "2024-02-29"),
        ("2022-03-14", 12, "2023-03-13"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-02-29", 48, "2028-02-28"),
        ("2022-08-31", 6, "2023-02-28"),
        ("2022-01-01", 6, "2022-06-30"),
        ("2022-12", 1, "2022-12"),
        ("2022", 12, "2022"),
        ("2022", 24, "2023"),
        ("2022-01-01", 36, "2024-12-31"),
    ],
)
def test_a_term_ends_as_precisely_as_its_start_is_known(starts, months, ends):
    assert days(starts).end_of_term(months) == days(ends)


def test_what_follows_and_what_precedes_is_as_precise_too():
    for earlier, later in [("2022-12-31", "2023-01-01"), ("2023-02", "2023-03"), ("2022", "2023")]:
        assert days(earlier).following == days(later)
        assert days(later).preceding == days(earlier)


def test_half_a_year_from_a_start_that_is_known_to_the_year_is_refused():
    with pytest.raises(ValueError, match="known to the year only"):
        days("2022").end_of_term(6)


# -- admit ----------------------------------------------------------------------------------------


def test_one_year_from_march_2022_ends_in_february_2023_and_the_end_is_derived(sponsor, officer):
    atic, commission = builders.organisation("ATIC"), builders.organisation("Commission")
    helper = builders.organisation("Helper")
    actions.admit(
        [atic], by=officer, category="sponsored", starts=days("March 2022"), sponsor=sponsor,
        on_behalf_of=commission, helped_by=(helper,),
    )  # fmt: skip
    row = atic.memberships.get()
    assert words(atic) == ["Sponsored member, March 2022 to February 2023 (end derived)"]
    assert (row.sponsor, row.on_behalf_of, list(row.helped_by.all())) == (
        sponsor, commission, [helper],
    )  # fmt: skip
    assert row.ends_on == D(2023, 2, 28)


def test_a_full_membership_has_no_end_unless_one_is_given(officer):
    open_end, until, three_years = (builders.organisation() for _number in range(3))
    facts = {"by": officer, "category": "full", "starts": days("2023-01-01")}
    actions.admit([open_end], **facts)
    actions.admit([until], **facts, term=plans.Term(until=days("2023")))
    actions.admit([three_years], **facts, term=plans.Term(months=36))
    assert words(open_end) == ["Full member, from 1 January 2023"]
    assert words(until) == ["Full member, 1 January 2023 to 2023"]
    assert words(three_years) == ["Full member, 1 January 2023 to 31 December 2025 (end derived)"]


def test_the_six_of_one_region_join_on_one_day_in_one_step(officer, sponsor):
    six = [builders.organisation(f"Coast {number}") for number in range(6)]
    actions.admit(
        six, by=officer, why="The assembly agreed", category="sponsored",
        starts=days("2022-10-01"), sponsor=sponsor,
    )  # fmt: skip
    assert {words(one)[0] for one in six} == {
        "Sponsored member, 1 October 2022 to 30 September 2023 (end derived)"
    }
    history = Membership.history.all()
    assert {(row.history_user, row.history_change_reason) for row in history} == {
        (officer, "The assembly agreed")
    }
    assert len({row.history_date for row in history}) == 1


def test_all_or_nothing(officer):
    new, member = builders.organisation("New"), builders.member("Old hand")
    with pytest.raises(actions.CannotBeDone, match="Old hand: It is a member already"):
        actions.admit([new, member], by=officer, category="full", starts=days("2022-10-01"))
    assert words(new) == []


def test_who_cannot_be_admitted_is_told_why(alliance, sponsor):
    starts, plain_one = days("2022-10-01"), builders.organisation(region="")
    facts = {"category": "full", "starts": starts}
    assert "not a member of itself" in refused(actions.admit, alliance, **facts)
    assert refused(actions.admit, builders.member(), **facts) == (
        "It is a member already during part of that time: Full member, since 1 January 2020."
    )
    assert "region first" in refused(actions.admit, plain_one, category="regional", starts=starts)
    assert refused(actions.admit, plain_one, category="sponsored", starts=starts) == (
        "A sponsored membership needs its sponsor."
    )
    assert "does not sponsor itself" in refused(
        actions.admit, sponsor, category="sponsored", starts=starts, sponsor=sponsor
    )
    assert "Only a sponsored membership" in refused(
        actions.admit, plain_one, **facts, sponsor=sponsor
    )
    assert "lies before the start" in refused(
        actions.admit, plain_one, **facts, term=plans.Term(until=days("2021"))
    )
    assert "needs a last day" in refused(
        actions.admit, plain_one, category="sponsored", starts=starts, sponsor=sponsor,
        term=plans.NO_END,
    )  # fmt: skip


def test_who_left_can_come_back(officer):
    back = builders.member(starts="2018", ends="2020")
    actions.admit([back], by=officer, category="full", starts=days("2022-10"))
    assert words(back) == ["Full member, 2018 to 2020", "Full member, from October 2022"]


# -- renew ----------------------------------------------------------------------------------------


def test_a_renewal_is_a_record_of_its_own_from_the_day_after(officer):
    one = sponsored()
    actions.renew([one], by=officer)
    assert words(one) == [
        "Sponsored member, March 2022 to February 2023 (end derived)",
        "Sponsored member, March 2023 to February 2024 (end derived)",
    ]
    first, second = one.memberships.oldest_first()
    assert (second.sponsor, second.start_basis) == (first.sponsor, "derived")
    assert first.outcome(second) == Outcome.CONTINUES
    assert first.outcome(second, D(2023, 3, 1)) == Outcome.RENEWED


def test_a_renewal_can_have_another_sponsor_and_another_length(officer, sponsor):
    one = sponsored(on_behalf_of=builders.organisation())
    actions.renew([one], by=officer, sponsor=sponsor, term=plans.Term(months=6))
    row = one.memberships.newest_first().first()
    assert (row.sponsor, row.on_behalf_of) == (sponsor, None)
    assert "March 2023 to August 2023" in str(row)


def test_renewing_takes_back_that_it_was_not_continued(officer):
    one = sponsored()
    actions.record_lapse([one], by=officer)
    actions.renew([one], by=officer)
    assert not one.memberships.oldest_first().first().not_continued


def test_what_cannot_be_renewed_says_why(sponsor):
    assert "no membership on record" in refused(actions.renew, builders.organisation())
    assert "has no last day" in refused(actions.renew, builders.member())
    twice = sponsored()
    actions.renew([twice], by=None)
    assert refused(actions.renew, twice) == (
        "It is announced to continue already: Sponsored member, March 2023 to February 2024 "
        "(end derived)."
    )
    vague = sponsored()
    Membership.objects.filter(organisation=vague).update(end_basis="not_on_record")
    assert "give the first day" in refused(actions.renew, vague)
    actions.renew([vague], by=None, starts=days("2023-05-01"))


# -- convert --------------------------------------------------------------------------------------


def test_converting_at_the_end_lets_the_full_membership_follow(officer):
    one = sponsored()
    actions.convert_to_full([one], by=officer)
    assert words(one) == [
        "Sponsored member, March 2022 to February 2023 (end derived)",
        "Full member, from March 2023",
    ]
    assert [row.start_basis for row in one.memberships.oldest_first()] == ["stated", "derived"]


def test_converting_at_once_ends_the_sponsored_membership_the_day_before(officer):
    one = sponsored()
    actions.convert_to_full([one], by=officer, starts=days("2022-09-14"))
    assert words(one) == [
        "Sponsored member, March 2022 to 13 September 2022",
        "Full member, since 14 September 2022",
    ]
    first, second = one.memberships.oldest_first()
    assert first.during.upper == second.during.lower
    assert first.outcome(second) == Outcome.CONVERTED


def test_converting_from_a_month_keeps_the_month(officer):
    one = sponsored()
    actions.convert_to_full([one], by=officer, starts=days("October 2022"))
    assert words(one) == [
        "Sponsored member, March 2022 to September 2022",
        "Full member, from October 2022",
    ]


def test_a_gap_of_92_days_is_a_conversion_and_one_more_is_none(officer):
    one, other = (sponsored(starts="2021-01-01", ends="2021-12-31") for _number in range(2))
    actions.convert_to_full([one], by=officer, starts=days("2022-04-03"))
    assert "no conversion" in refused(actions.convert_to_full, other, starts=days("2022-04-04"))
    first, second = one.memberships.oldest_first()
    assert first.outcome(second) == Outcome.CONVERTED


def test_what_was_sponsored_may_go_on_as_regional(officer):
    one = sponsored()
    assert "region first" in refused(lambda *a, **k: actions.continue_as("regional", *a, **k), one)
    one.region = "Wallonia"
    one.save()
    actions.continue_as("regional", [one], by=officer)
    assert words(one)[1] == "Regional member, from March 2023"


def test_what_cannot_be_converted_says_why(officer):
    verb = actions.convert_to_full
    assert "not a sponsored one: Full member, since 1 January 2020" in refused(
        verb, builders.member()
    )
    one = sponsored()
    assert "cannot be converted before the day after" in refused(verb, one, starts=days("2022-03"))
    verb([one], by=officer)
    assert "announced to continue already: Full member, from March 2023" in refused(verb, one)


# -- end ------------------------------------------------------------------------------------------


def test_ending_gives_a_last_day_and_a_reason(officer):
    one = builders.member()
    actions.end_membership(
        [one], by=officer, why="Letter", last_day=days("2022-12-31"), reason="It merged"
    )
    row = one.memberships.get()
    assert words(one) == ["Full member, 1 January 2020 to 31 December 2022"]
    assert row.end_reason == "It merged"
    assert row.history.first().history_change_reason == "Letter"


def test_a_sponsored_membership_that_is_ended_has_lapsed(officer):
    one = sponsored()
    actions.end_membership([one], by=officer, last_day=days("2022-08"), reason="They closed")
    assert one.memberships.get().outcome(None) == Outcome.LAPSED


def test_what_was_announced_for_later_does_not_begin(officer):
    one = sponsored()
    actions.convert_to_full([one], by=officer)
    actions.end_membership([one], by=officer, last_day=days("2022-10-31"), reason="They closed")
    assert words(one) == ["Sponsored member, March 2022 to 31 October 2022"]
    announced = builders.member(starts="2023-01-01")
    actions.end_membership([announced], by=officer, last_day=days("2022-12-01"), reason="Withdrew")
    assert words(announced) == []


def test_what_cannot_be_ended_says_why():
    verb, facts = actions.end_membership, {"reason": "R"}
    assert refused(verb, builders.organisation(), last_day=days("2022"), **facts) == (
        "It was no member on 2022."
    )
    gone = builders.member(starts="2018", ends="2020")
    assert "It ended before that: Full member, 2018 to 2020" in refused(
        verb, gone, last_day=days("2021"), **facts
    )
    went_on = sponsored(starts="2021-01-01", ends="2021-12-31")
    actions.convert_to_full([went_on], by=None)
    assert "It went on after that day: Full member, since 1 January 2022" in refused(
        verb, went_on, last_day=days("2021-06-30"), **facts
    )


# -- lapse, correct -------------------------------------------------------------------------------


def test_a_lapse_is_recorded_and_the_days_stay(officer):
    one = sponsored(starts="2021-03", ends="2022-02")
    assert one.memberships.get().outcome(None) == Outcome.NOT_ON_RECORD
    actions.record_lapse([one], by=officer)
    assert one.memberships.get().outcome(None) == Outcome.LAPSED
    assert words(one) == ["Sponsored member, March 2021 to February 2022 (end derived)"]
    assert "already" in refused(actions.record_lapse, one)
    assert "not a sponsored one" in refused(actions.record_lapse, builders.member())


def test_a_correction_changes_what_was_wrong_and_the_history_keeps_it(officer):
    one = builders.member(starts="2022-02-01")
    actions.correct([one], by=officer, why="The letter says 1 January", starts=days("2022-01-01"))
    assert words(one) == ["Full member, since 1 January 2022"]
    newest, oldest = one.memberships.get().history.all()
    assert (newest.history_user, newest.history_change_reason) == (
        officer, "The letter says 1 January",
    )  # fmt: skip
    assert oldest.during.lower == D(2022, 2, 1)


def test_a_correction_of_the_category_takes_the_sponsor_away(officer, sponsor):
    one = sponsored()
    actions.correct([one], by=officer, why="Never sponsored", category="full", open_end=True)
    row = one.memberships.get()
    assert (row.sponsor, words(one)) == (None, ["Full member, since March 2022"])
    assert "needs its sponsor" in refused(
        actions.correct, one, why="W", category="sponsored", ends=days("2023")
    )
    actions.correct(
        [one], by=officer, why="It was", category="sponsored", sponsor=sponsor, ends=days("2023-02")
    )
    assert words(one) == ["Sponsored member, March 2022 to February 2023"]


def test_a_correction_may_say_that_a_day_is_not_on_record(officer):
    one = builders.member(starts="2022-02-01")
    actions.correct([one], by=officer, why="Nobody knows", start_basis="not_on_record")
    assert "not on record" in words(one)[0]


def test_a_correction_can_name_which_membership_is_meant(officer):
    one = sponsored(starts="2021-01-01", ends="2021-12-31")
    actions.convert_to_full([one], by=officer)
    earlier = one.memberships.oldest_first().first()
    actions.correct(
        [one], by=officer, why="W", starts=days("2021-02-01"), chosen=frozenset([earlier.pk])
    )
    assert words(one)[0] == "Sponsored member, 1 February 2021 to 31 December 2021 (end derived)"
    assert "member already" in refused(
        actions.correct, one, why="W", ends=days("2022-01-15"), chosen=frozenset([earlier.pk])
    )


def test_a_correction_that_corrects_nothing_is_refused():
    assert "nothing would change" in refused(
        actions.correct, builders.member(), why="W", category="full"
    )


# -- preview --------------------------------------------------------------------------------------


def test_a_preview_writes_nothing_and_what_is_done_is_what_it_showed(officer):
    one = sponsored()
    step = plans.ContinueAs()
    shown = actions.preview(step, [one])
    assert len(words(one)) == 1
    done = actions.take(step, [one], by=officer, agreed=shown.mark)
    planned = [plain(str(change.after)) for row in done.rows for change in row.changes]
    assert words(one)[1:] == planned


def test_who_agreed_to_a_preview_is_told_when_the_record_has_changed(officer, manager):
    one = sponsored(builders.organisation("ATIC"))
    step = plans.ContinueAs()
    agreed = actions.preview(step, [one]).mark
    actions.end_membership(
        [one], by=manager, why="They wrote", last_day=days("2022-12"), reason="They closed"
    )
    with pytest.raises(actions.RecordChanged) as caught:
        actions.take(step, [one], by=officer, agreed=agreed)
    assert str(caught.value) == (
        "Somebody was quicker: Mara Manager changed a membership of ATIC: They wrote. "
        "Nothing of yours was done."
    )


def test_who_asks_for_something_else_than_the_preview_showed_is_told(officer):
    one = sponsored()
    agreed = actions.preview(plans.ContinueAs(), [one]).mark
    with pytest.raises(actions.RecordChanged, match="not what the preview showed"):
        actions.take(plans.Renew(), [one], by=officer, agreed=agreed)


def test_a_preview_costs_the_same_for_one_and_for_thirty(django_assert_num_queries):
    for number in (1, 30):
        chosen = [sponsored() for _number in range(number)]
        with django_assert_num_queries(2):
            shown = actions.preview(plans.Renew(), chosen)
        assert shown.possible


# -- taking back ----------------------------------------------------------------------------------


def test_each_step_can_be_taken_back_to_what_stood_before(officer):
    steps = [
        lambda one: actions.convert_to_full([one], by=officer),
        lambda one: actions.convert_to_full([one], by=officer, starts=days("2022-09-14")),
        lambda one: actions.renew([one], by=officer),
        lambda one: actions.end_membership([one], by=officer, last_day=days("2022-8"), reason="R"),
        lambda one: actions.record_lapse([one], by=officer),
        lambda one: actions.correct([one], by=officer, why="W", starts=days("2022-04")),
        lambda one: actions.correct([one], by=officer, why="W", category="full", sponsor=None),
    ]  # fmt: skip
    for step in steps:
        one = sponsored()
        before = [plans.values_of(row) for row in one.memberships.oldest_first()]
        done = step(one)
        assert [plans.values_of(row) for row in one.memberships.oldest_first()] != before
        actions.take_back(done.moment, by=officer)
        assert [plans.values_of(row) for row in one.memberships.oldest_first()] == before


def test_an_admission_of_many_is_taken_back_together(officer):
    six = [builders.organisation() for _number in range(6)]
    done = actions.admit(six, by=officer, category="full", starts=days("2022-10-01"))
    actions.take_back(done.moment, by=officer, why="Wrong six")
    assert [words(one) for one in six] == [[]] * 6
    assert Membership.history.first().history_change_reason == "Wrong six"


def test_taking_back_an_end_brings_what_was_announced_back_with_its_helpers(officer):
    helper, one = builders.organisation(), builders.organisation()
    actions.admit(
        [one], by=officer, category="full", starts=days("2023-01-01"), helped_by=(helper,)
    )
    done = actions.end_membership([one], by=officer, last_day=days("2022-12-01"), reason="R")
    assert words(one) == []
    actions.take_back(done.moment, by=officer)
    assert words(one) == ["Full member, from 1 January 2023"]
    assert list(one.memberships.get().helped_by.all()) == [helper]


def test_what_was_taken_back_can_be_brought_back(officer):
    one = sponsored()
    done = actions.convert_to_full([one], by=officer)
    undone = actions.take_back(done.moment, by=officer)
    actions.take_back(undone.moment, by=officer)
    assert len(words(one)) == 2


def test_what_something_followed_is_not_taken_back(officer, manager):
    one = sponsored(builders.organisation("ATIC"))
    done = actions.convert_to_full([one], by=officer)
    actions.correct([one], by=manager, why="Letter", starts=days("2022-04"))
    with pytest.raises(actions.CannotBeDone, match=r"Something followed: Mara Manager changed a"):
        actions.take_back(done.moment, by=officer)
    assert len(words(one)) == 2


# -- two people at once ---------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_who_convert_at_once_one_wins_and_the_other_is_told():
    one, officer = sponsored(), builders.user("first@example.org", name="First Officer")
    step = plans.ContinueAs(starts=PartialDate(D(2022, 9, 14)))
    agreed = actions.preview(step, [one]).mark
    barrier, told, done = threading.Barrier(2), [], []

    def convert():
        barrier.wait()
        try:
            done.append(actions.take(step, [one], by=officer, agreed=agreed))
        except actions.RecordChanged as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    people = [threading.Thread(target=convert) for _person in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(done) == 1
    assert [sentence.startswith("Somebody was quicker: First Officer") for sentence in told] == [
        True
    ]
    assert words(one) == [
        "Sponsored member, March 2022 to 13 September 2022",
        "Full member, since 14 September 2022",
    ]


@pytest.mark.django_db(transaction=True)
def test_without_a_preview_the_second_is_told_that_it_does_not_fit_any_more():
    one = sponsored()
    barrier, told = threading.Barrier(2), []

    def convert():
        barrier.wait()
        try:
            actions.convert_to_full([one], by=None)
        except actions.CannotBeDone as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    people = [threading.Thread(target=convert) for _person in range(2)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    assert len(told) == 1
    assert "It is announced to continue already" in told[0]
    assert len(words(one)) == 2
