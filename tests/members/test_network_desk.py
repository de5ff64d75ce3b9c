"""Who coordinates a network has a desk for it: for that network only, until the last day."""

import pytest
from django.core import mail
from django.urls import reverse

from members import profile_actions as actions
from members.models import NetworkNote, Organisation, ProfileChange, ProfileRules
from tests import builders
from tests.admin.pages import text_of
from tests.members.test_profile_desk import save

pytestmark = pytest.mark.django_db

DESK = reverse("network_desk:network", args=["lighthouse-ring"])
EDIT = reverse("network_desk:edit", args=["lighthouse-ring", "danube-software-houses"])


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2026-10-01")


@pytest.fixture
def ring(member, other_representative):
    """A network of two, coordinated by the representative's member until 31 October 2026."""
    ring = builders.network("Lighthouse Ring")
    for one in (member, Organisation.objects.get(slug="danube-software-houses")):
        builders.place(ring, one)
    builders.coordination(ring, member, "2026-01-01", "2026-10-31")
    return ring


@pytest.fixture
def coordinator(sign_in, representative, ring):
    return sign_in(representative)


def test_it_shows_contacts_and_what_is_missing_in_the_profiles_of_its_members(coordinator):
    page = coordinator.get(DESK)
    words = text_of(page)
    assert "Otto Other" in words
    assert "other.representative@example.org" in page.content.decode()
    assert "No summary" in words
    assert "Not confirmed yet" in words
    assert DESK in coordinator.get("/desk/").content.decode()


def test_nobody_acting_is_a_gap_that_a_coordinator_sees(coordinator, ring):
    builders.place(ring, builders.member("Lonely Lights"))
    assert "Nobody acts for it in the portal" in text_of(coordinator.get(DESK))


def test_the_desk_is_there_until_the_last_day_of_the_coordination(
    ring, sign_in, representative, on_day
):
    for day, status in {"2025-12-31": 404, "2026-01-01": 200, "2026-10-31": 200,
                        "2026-11-01": 404}.items():  # fmt: skip
        on_day(day)
        coordinator = sign_in(representative)
        for address in (DESK, EDIT):
            assert coordinator.get(address).status_code == status, day
        assert (DESK in coordinator.get("/desk/").content.decode()) is (status == 200)


def test_a_member_of_another_network_is_none_of_its_business(coordinator, ring):
    other = builders.network("Other Ring")
    outsider = builders.member("Outsider")
    builders.place(other, outsider)
    builders.place(ring, builders.member("Gone"), "2020-01-01", "2026-09-30")
    for network, one in (("lighthouse-ring", "outsider"), ("lighthouse-ring", "gone"),
                         ("other-ring", "outsider")):  # fmt: skip
        address = reverse("network_desk:edit", args=[network, one])
        assert coordinator.get(address).status_code == 404
        assert coordinator.post(address, {"summary": "x"}).status_code == 404
    assert coordinator.get(reverse("network_desk:network", args=["other-ring"])).status_code == 404


def test_a_stranger_may_not_know_of_the_desk(ring, sign_in, other_representative, manager):
    for user in (other_representative, manager):
        assert sign_in(user).get(DESK).status_code == 404
        assert sign_in(user).get(EDIT).status_code == 404


def test_what_a_coordinator_proposes_waits_whatever_the_rules_say_and_is_mailed(
    coordinator, ring, django_capture_on_commit_callbacks
):
    ProfileRules.objects.create(at_once=True)
    with django_capture_on_commit_callbacks(execute=True):
        assert save(coordinator, EDIT, summary="Houses by the Danube.").url == DESK
    change = ProfileChange.objects.get()
    assert (change.state, change.for_network) == ("waiting", ring)
    [message] = mail.outbox
    assert message.to == ["other.representative@example.org"]
    assert "for the coordinator of Lighthouse Ring, proposes a change" in message.body
    assert "waits for approval" in text_of(coordinator.get(DESK)).lower()
    address = reverse("network_desk:change", args=["lighthouse-ring", change.pk])
    assert "comes: Houses by the Danube." in text_of(coordinator.get(address))


@pytest.fixture
def proposed(coordinator):
    save(coordinator, EDIT, summary="Houses by the Danube.")
    return ProfileChange.objects.get()


@pytest.fixture
def theirs(proposed, sign_in, other_representative):
    """The desk of the member that the change is about."""
    return sign_in(other_representative)


def of_member(change):
    return reverse("organisation_desk:change", args=["danube-software-houses", change.pk])


def test_those_who_act_for_the_member_agree_and_it_goes_the_way_of_their_own_changes(
    theirs, proposed, sign_in, membership_officer
):
    assert "proposes a change: agree or decline" in text_of(theirs.get("/desk/"))
    page = theirs.get(of_member(proposed))
    theirs.post(of_member(proposed), {"do": "agree", "seen": page.context["seen"]})
    proposed.refresh_from_db()
    assert proposed.is_waiting
    staff = sign_in(membership_officer)
    address = reverse("admin:members_profilechange_change", args=[proposed.pk])
    assert "Otto Other agreed for the organisation." in text_of(staff.get(address))
    assert proposed.organisation.summary == ""


def test_where_their_changes_go_live_at_once_their_word_is_enough(theirs, proposed):
    ProfileRules.objects.create(at_once=True)
    page = theirs.get(of_member(proposed))
    theirs.post(of_member(proposed), {"do": "agree", "seen": page.context["seen"]})
    one = Organisation.objects.get(slug="danube-software-houses")
    assert one.summary == "Houses by the Danube."
    assert str(one.confirmed_on) == "2026-10-01"


def test_they_may_decline_it_with_a_reason_that_is_mailed(
    theirs, proposed, django_capture_on_commit_callbacks
):
    answer = theirs.post(of_member(proposed), {"do": "decline", "reason": " "})
    assert answer.status_code == 422
    with django_capture_on_commit_callbacks(execute=True):
        theirs.post(of_member(proposed), {"do": "decline", "reason": "We are on the Tisza."})
    [message] = mail.outbox
    assert message.to == ["representative@example.org"]
    assert "We are on the Tisza." in message.body
    assert "/desk/networks/lighthouse-ring/changes/" in message.body


def test_staff_may_approve_it_without_them_and_it_confirms_nothing(
    proposed, membership_officer, theirs
):
    actions.approve(proposed, by=membership_officer, seen=actions.mark_of_now(proposed))
    one = Organisation.objects.get(slug="danube-software-houses")
    assert one.summary == "Houses by the Danube."
    assert one.confirmed_on is None


def test_the_member_can_neither_withdraw_nor_go_on_with_what_another_proposed(theirs, proposed):
    assert theirs.post(of_member(proposed), {"do": "withdraw"}).status_code == 409
    edit = reverse("organisation_desk:edit", args=["danube-software-houses"])
    assert "by the Danube" not in theirs.get(f"{edit}?from={proposed.pk}").content.decode()


def test_the_coordinator_withdraws_what_waits(coordinator, proposed):
    address = reverse("network_desk:change", args=["lighthouse-ring", proposed.pk])
    assert coordinator.post(address, {"do": "withdraw"}).url == DESK
    proposed.refresh_from_db()
    assert proposed.state == "withdrawn"
    assert coordinator.post(address, {"do": "withdraw"}).status_code == 409


def test_a_note_on_the_list_reaches_the_office(coordinator, sign_in, membership_officer):
    answer = coordinator.post(DESK, {"text": " "})
    assert answer.status_code == 422
    assert "Write what the office should know." in text_of(answer)
    coordinator.post(DESK, {"text": "Gintaro left in June."})
    note = NetworkNote.objects.get()
    staff = sign_in(membership_officer)
    assert "Gintaro left in June." in text_of(staff.get("/admin/"))
    staff.post(
        reverse("admin:members_networknote_changelist"),
        {"action": "mark_done", "_selected_action": [note.pk]},
    )
    assert "Gintaro left in June." not in text_of(staff.get("/admin/"))
    assert "Dealt with on" in text_of(coordinator.get(DESK))


def test_the_desk_costs_the_same_for_two_members_and_for_twenty(
    coordinator, ring, django_assert_max_num_queries
):
    for _number in range(18):
        one = builders.member()
        builders.place(ring, one)
        builders.representation(builders.person(), one)
    with django_assert_max_num_queries(16):
        coordinator.get(DESK)
