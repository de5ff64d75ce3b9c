"""Handing over the chair: one action that ends one role and starts the other, rights follow that day."""

import datetime

import pytest

from tests import builders
from working_groups import handover
from working_groups.models import HandoverProposal, Role

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture
def successor(db):
    user = builders.user("successor@example.org", name="Suse Successor")
    return builders.person("Suse Successor", user=user)


def test_one_ends_and_the_other_begins(group, chair, successor, manager, on_day):
    on_day("2026-11-22")
    handover.hand_over(group, successor, D(2027, 1, 1), by=manager)
    old, new = group.roles.chairs().order_by("during__startswith")
    assert (old.person, old.ends_on) == (chair.person, D(2026, 12, 31))
    assert (new.person, new.starts_on, new.ends_on) == (successor, D(2027, 1, 1), None)


def test_rights_follow_by_themselves_that_day(group, chair, successor, manager, sign_in, on_day):
    on_day("2026-11-22")
    handover.hand_over(group, successor, D(2027, 1, 1), by=manager)
    address = "/desk/groups/digitalisation/record/"
    for day, may_old, may_new in (("2026-12-31", 200, 403), ("2027-01-01", 403, 200)):
        on_day(day)
        assert sign_in(chair).get(address).status_code == may_old
        assert sign_in(successor.user).get(address).status_code == may_new


def test_the_outgoing_chair_may_still_finish_the_overview_of_the_year(
    group, chair, successor, manager, sign_in, on_day
):
    on_day("2026-11-22")
    handover.hand_over(group, successor, D(2027, 1, 1), by=manager)
    on_day("2027-01-05")
    assert sign_in(chair).get("/desk/groups/digitalisation/overviews/2026/").status_code == 200
    assert sign_in(chair).get("/desk/groups/digitalisation/overviews/2027/").status_code == 404


def test_a_deputy_who_takes_over_is_deputy_no_longer(group, chair, secretary, manager, on_day):
    on_day("2026-11-22")
    handover.hand_over(group, secretary.person, D(2027, 1, 1), by=manager)
    assert group.roles.get(name="secretary").ends_on == D(2026, 12, 31)


def test_a_group_without_a_chair_just_gets_one(group, successor, manager):
    planned = handover.hand_over(group, successor, D(2027, 1, 1), by=manager)
    assert planned.ends == []
    assert group.roles.get().person == successor


def test_what_does_not_fit_is_refused_with_a_sentence(group, chair, successor):
    with pytest.raises(handover.CannotBeDone, match="is chair on that day already"):
        handover.plan(group, chair.person, D(2027, 1, 1))
    builders.role(builders.person("Later One"), group, "secretary")
    with pytest.raises(handover.CannotBeDone, match="Carla Chair is on record as chair from"):
        handover.plan(group, successor, D(2023, 1, 1))


def test_where_two_chair_together_it_is_asked_whose_role_ends(chair, successor, manager):
    pair = builders.group("Pair", one_chair=False)
    first = builders.role(builders.person("First"), pair)
    builders.role(builders.person("Second"), pair)
    with pytest.raises(handover.CannotBeDone, match="say whose role ends"):
        handover.plan(pair, successor, D(2027, 1, 1))
    handover.hand_over(pair, successor, D(2027, 1, 1), by=manager, ending=first)
    assert {str(role.person) for role in pair.roles.on(D(2027, 1, 2))} == {
        "Second",
        "Suse Successor",
    }


def test_who_saw_an_old_preview_is_told(group, chair, successor, manager):
    seen = handover.plan(group, successor, D(2027, 1, 1)).mark
    role = group.roles.get()
    role.set_days(role.starts, builders.days("2026-12-01")).save()
    with pytest.raises(handover.RecordChanged):
        handover.hand_over(group, successor, D(2027, 1, 1), by=manager, agreed=seen)
    assert Role.objects.count() == 1


def test_the_chair_proposes_and_nothing_changes_until_staff_appoint(
    group, chair, successor, manager, sign_in, on_day
):
    on_day("2026-11-22")
    client = sign_in(chair)
    client.post("/desk/groups/digitalisation/hand-over/",
                {"successor_name": "Suse Successor", "first_day": "1 January 2027"})  # fmt: skip
    proposal = HandoverProposal.objects.get()
    assert (proposal.proposed_by, proposal.first_day, proposal.state) == (
        chair,
        D(2027, 1, 1),
        "open",
    )
    assert Role.objects.count() == 1
    staff = sign_in(manager)
    assert "Chairs to hand over" in staff.get("/admin/").text
    address = f"/admin/working_groups/workinggroup/{group.pk}/hand-over/"
    assert 'value="Suse Successor"' in staff.get(address).text
    shown = staff.post(
        address, {"person": "suse successor", "first_day": "2027-01-01", "look": "yes"}
    )
    assert (
        "Carla Chair, chair since 1\u00a0January 2024, ends on 31\u00a0December 2026." in shown.text
    )
    assert Role.objects.count() == 1, "the preview writes nothing"
    mark = shown.context["planned"].mark
    staff.post(address, {"person": "suse successor", "first_day": "2027-01-01", "agreed": mark})
    assert group.roles.chairs().on(D(2027, 1, 1)).get().person == successor
    proposal.refresh_from_db()
    assert proposal.state == "done"


def test_a_proposal_is_changed_and_withdrawn(group, chair, sign_in, on_day):
    on_day("2026-11-22")
    client, address = sign_in(chair), "/desk/groups/digitalisation/hand-over/"
    for name in ("One", "Two"):
        client.post(address, {"successor_name": name, "first_day": "2027-01-01"})
    assert HandoverProposal.objects.get().successor_name == "Two"
    client.post(f"{address}withdraw/")
    assert HandoverProposal.objects.get().state == "declined"
    assert (
        "That day is past"
        in client.post(address, {"successor_name": "X", "first_day": "2020-01-01"}).text
    )


def test_only_staff_who_keep_groups_hand_over(group, chair, membership_officer, sign_in):
    address = f"/admin/working_groups/workinggroup/{group.pk}/hand-over/"
    assert sign_in(chair).get(address).status_code in {302, 403}


def test_deputies_publish_only_where_the_group_allows_it(group, secretary, sign_in, on_day):
    on_day("2026-11-22")
    builders.overview(group, 2026, state="draft", lead="A lead.", edit_number=1)
    address = "/desk/groups/digitalisation/overviews/2026/publish/"
    assert sign_in(secretary).get(address).status_code == 403
    group.deputies_may_publish = True
    group.save()
    assert sign_in(secretary).get(address).status_code == 200
