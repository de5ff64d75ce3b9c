"""Sponsored cohorts: who, by whom, on whose behalf, how long still, what is next, and what came of it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members import actions
from members.cohorts import cohorts_of, left_in_words, sponsored_on
from members.models import Membership
from record.days import whole_months
from tests import builders
from tests.admin.pages import text_of as all_text_of
from tests.builders import days
from tests.members.pages import links_in, text_of

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2026-11-25")


@pytest.fixture
def fund(db):
    return builders.organisation("Polaris Fund")


@pytest.fixture
def ring(fund):
    """Six who were sponsored together until 31 March 2027: four undecided, one goes on, one does not."""
    ports = builders.organisation("Seven Ports")
    six = [
        builders.membership(
            builders.organisation(f"Coast {number}"), "2026-04-01", "2027-03-31", "sponsored",
            sponsor=fund, on_behalf_of=ports,
        ).organisation
        for number in range(6)
    ]  # fmt: skip
    actions.convert_to_full([six[4]], by=None)
    actions.record_lapse([six[5]], by=None)
    return six


def cohorts(day=None):
    rows = Membership.objects.sponsored().with_parties().newest_first()
    return cohorts_of(sponsored_on(rows, day))


def told(day=None):
    return [(str(one.starts).replace("\u00a0", " "), one.in_words()) for one in cohorts(day)]


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (D(2026, 11, 25), D(2027, 4, 1), 4),
        (D(2026, 1, 31), D(2026, 3, 31), 2),
        (D(2026, 1, 31), D(2026, 2, 28), 1),
        (D(2026, 3, 1), D(2026, 3, 31), 0),
        (D(2026, 3, 1), D(2026, 4, 1), 1),
        (D(2026, 12, 31), D(2027, 12, 31), 12),
    ],
)
def test_whole_months_between_two_days(first, last, months):
    assert whole_months(first, last) == months


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-11-25", "4 months left"), ("2027-02-28", "1 month left"), ("2027-03-02", "30 days left"),
     ("2027-03-31", "1 day left")],
)  # fmt: skip
def test_how_long_it_still_lasts(ring, day, words):
    row = ring[0].memberships.get()
    assert left_in_words(row, days(day).first_day) == words


def test_a_cohort_says_who_and_its_outcomes_add_up(ring):
    [one] = cohorts()
    assert (one.sponsor.name, one.on_behalf_of.name, len(one.places)) == (
        "Polaris Fund", "Seven Ports", 6,
    )  # fmt: skip
    assert one.in_words() == "5 running, 1 announced to continue"
    assert sum(number for _label, number in one.outcomes) == 6
    assert one.decision_in_words().replace("\u00a0", " ") == (
        "Next decision by 31 March 2027: 4 months left, 4 of 6 are open."
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2026-03-31", "6 announced"),
        ("2026-04-01", "5 running, 1 announced to continue"),
        ("2027-03-31", "5 running, 1 announced to continue"),
        ("2027-04-01", "1 converted, 1 lapsed, 4 not on record"),
    ],
)
def test_on_every_day_the_outcomes_are_those_of_that_day(ring, day, words):
    assert told(days(day).first_day) == [("1 April 2026", words)]


def test_other_sponsors_principals_and_days_are_other_cohorts(fund, ring):
    builders.membership(None, "2026-04-01", "2027-03-31", "sponsored", sponsor=fund)
    builders.membership(
        None, "2026-04-01", "2027-03-31", "sponsored", sponsor=builders.organisation()
    )
    builders.membership(None, "2026-04-02", "2027-03-31", "sponsored", sponsor=fund)
    assert [len(one.places) for one in cohorts()] == [1, 1, 1, 6]


# -- in public ------------------------------------------------------------------------------------


def test_the_list_of_sponsors_tells_the_cohorts(visitor, ring):
    page = visitor.get("/members/sponsors/")
    text = text_of(page).replace("\u00a0", " ")
    assert "From 1 April 2026 Polaris Fund On behalf of Seven Ports Coast 0, Coast 1" in text
    assert "5 running, 1 announced to continue. Next decision by 31 March 2027" in text
    assert "/members/coast-5/" in links_in(page)


def test_a_cohort_of_many_names_the_first_and_counts_the_others(visitor, fund):
    for number in range(14):
        builders.membership(
            builders.organisation(f"Member {number:02}"), "2026", "2026", "sponsored", sponsor=fund
        )
    text = text_of(visitor.get("/members/sponsors/"))
    assert "Member 11, 2 others" in text
    assert "Member 12" not in text


def test_a_sponsor_can_be_seen_on_any_day(visitor, ring):
    page = visitor.get("/members/sponsors/polaris-fund/?on=1+April+2027")
    text = text_of(page).replace("\u00a0", " ")
    assert "Polaris Fund as a sponsor on 1\u00a0April 2027" in page.content.decode()
    assert "converted 1 " in text
    assert "lapsed 1 " in text
    assert "Counted from the record for 1 April 2027" in text
    assert "Coast 4 1 April 2026 to 31 March 2027 Seven Ports Converted" in text
    today = text_of(visitor.get("/members/sponsors/polaris-fund/")).replace("\u00a0", " ")
    assert "Running; it will not be continued" in today
    assert "4 months left; next decision by 31 March 2027" in today
    odd = visitor.get("/members/sponsors/polaris-fund/?on=2022-13-45")
    assert 'aria-invalid="true"' in odd.content.decode()


def test_paging_a_sponsor_keeps_the_day(visitor, fund):
    for number in range(30):
        builders.membership(
            builders.organisation(f"Member {number:02}"), "2026", "2026", "sponsored", sponsor=fund
        )
    page = visitor.get("/members/sponsors/polaris-fund/?on=2026-05-05")
    assert "?on=2026-05-05&page=2" in links_in(page)


# -- the board of the staff -----------------------------------------------------------------------

BOARD = "admin:members_organisation_cohorts"


def test_staff_see_what_is_to_be_decided_and_step_from_there(sign_in, membership_officer, ring):
    client = sign_in(membership_officer)
    page = client.get(reverse(BOARD))
    text = all_text_of(page).replace("\u00a0", " ")
    assert "by Polaris Fund, on behalf of Seven Ports" in text
    for words in ("Coast 0", "Running", "4 months left", "by 31 March 2027",
                  "Running; it will not be continued"):  # fmt: skip
        assert words in text
    [convert] = [url for url in links_in(page) if "/steps/convert/" in url]
    assert [f"o={one.pk}" in convert for one in ring] == [True] * 4 + [False] * 2
    assert client.get(convert).status_code == 200
    for name in ("organisation", "membership"):
        listed = client.get(reverse(f"admin:members_{name}_changelist"))
        assert reverse(BOARD) in links_in(listed)
    builders.membership(None, "2026", "2026", "sponsored", sponsor=ring[0])
    assert reverse(BOARD) in links_in(client.get("/admin/"))


def test_what_is_over_is_shown_when_asked_for(sign_in, membership_officer, fund):
    client = sign_in(membership_officer)
    assert "Nothing sponsored yet." in all_text_of(client.get(reverse(BOARD)))
    builders.membership(builders.organisation("Past"), "2020", "2020", "sponsored", sponsor=fund)
    assert "No sponsored membership runs or is announced." in all_text_of(
        client.get(reverse(BOARD))
    )
    text = all_text_of(client.get(reverse(BOARD) + "?all"))
    assert "1 not on record." in text


def test_who_may_only_read_sees_no_steps_and_who_is_no_staff_nothing(
    sign_in, editor, representative, ring
):
    page = sign_in(editor).get(reverse(BOARD))
    assert page.status_code == 200
    assert "/steps/" not in page.content.decode()
    assert sign_in(representative).get(reverse(BOARD)).status_code == 403


def test_the_board_costs_the_same_for_one_and_for_thirty(sign_in, membership_officer, fund):
    client, counts = sign_in(membership_officer), []
    client.get(reverse(BOARD))
    for number in (1, 30):
        for _number in range(number):
            builders.membership(None, "2026", "2026", "sponsored", sponsor=fund)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(BOARD)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
