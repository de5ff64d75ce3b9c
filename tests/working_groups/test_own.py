"""What somebody of a group finds on the desk: minutes, documents, and the choice of mails."""

import pytest
from django.core import mail

from tests import builders
from working_groups.models import MailChoice

pytestmark = pytest.mark.django_db


@pytest.fixture
def participant(representative, member, group, on_day):
    """The representative, whose organisation takes part in the group."""
    on_day("2026-11-22")
    builders.participation(member, group)
    return representative


def held(group, **facts):
    return builders.activity(
        "A closed talk", "2026-11-20", group=group, minutes="<p>Agreed so.</p>", **facts
    )


def test_people_of_the_group_read_its_minutes(participant, group, sign_in):
    activity = held(group)
    client = sign_in(participant)
    assert "Minutes" in client.get("/desk/groups/digitalisation/papers/").text
    page = client.get(f"/desk/groups/digitalisation/papers/{activity.pk}/")
    assert "Agreed so." in page.text


def test_others_do_not(other_representative, group, sign_in, client):
    activity = held(group)
    assert (
        sign_in(other_representative)
        .get(f"/desk/groups/digitalisation/papers/{activity.pk}/")
        .status_code
        == 403
    )
    assert "Agreed so." not in client.get(activity.get_absolute_url()).text
    assert "Agreed so." not in sign_in(other_representative).get(activity.get_absolute_url()).text


def test_public_minutes_stand_on_the_page_of_the_activity(client, group):
    activity = held(group, minutes_audience="public")
    assert "Agreed so." in client.get(activity.get_absolute_url()).text


def test_minutes_are_seen_by_no_more_than_the_activity(
    client, other_representative, sign_in, group
):
    activity = held(group, audience="group", minutes_audience="public")
    assert client.get(activity.get_absolute_url()).status_code == 404
    assert sign_in(other_representative).get(activity.get_absolute_url()).status_code == 404


def test_who_takes_part_finds_the_group_on_the_desk(participant, other_representative, sign_in):
    assert "Groups in which I take part" in sign_in(participant).get("/desk/").text
    assert "Groups in which I take part" not in sign_in(other_representative).get("/desk/").text


def test_one_chooses_which_mails_come_from_which_group(participant, group, sign_in):
    client = sign_in(participant)
    page = client.get("/desk/mails/").text
    assert "an activity is planned" in page
    assert "somebody asks to join" not in page, "requests are for those who lead"
    client.post("/desk/mails/", {f"mail-{group.pk}-activities": "on"})
    assert list(MailChoice.objects.recipients(group, "activities")) == [participant]
    client.post("/desk/mails/", {})
    assert list(MailChoice.objects.recipients(group, "activities")) == []


def test_leaders_get_requests_until_they_say_no(chair, group, sign_in):
    assert list(MailChoice.objects.recipients(group, "requests")) == [chair]
    sign_in(chair).post("/desk/mails/", {})
    assert list(MailChoice.objects.recipients(group, "requests")) == []


def test_an_activity_ahead_is_mailed_to_who_asked_when_planned_moved_and_called_off(
    participant, chair, group, sign_in, django_capture_on_commit_callbacks
):
    MailChoice.objects.create(user=participant, group=group, what="activities", wanted=True)
    client = sign_in(chair)
    form = {"kind": "meeting", "name": "Winter talk", "day": "1 December 2026", "audience": "group",
            "minutes_audience": "group"}  # fmt: skip
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/desk/groups/digitalisation/record/activity/add/", form)
    change = f"/desk/groups/digitalisation/record/activity/{group.activities.get().pk}/"
    for typed in (
        form | {"summary": "Only words."},
        form | {"where": "Riga"},
        form | {"called_off": "on"},
    ):
        with django_capture_on_commit_callbacks(execute=True):
            client.post(change, typed)
    assert [sent.subject.partition(",")[0] for sent in mail.outbox] == [
        "Winter talk", "Changed: Winter talk", "Called off: Winter talk",
    ]  # fmt: skip
    assert {sent.to[0] for sent in mail.outbox} == {"representative@example.org"}


def test_what_is_past_is_mailed_to_nobody(
    participant, chair, group, sign_in, django_capture_on_commit_callbacks
):
    MailChoice.objects.create(user=participant, group=group, what="activities", wanted=True)
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(chair).post(
            "/desk/groups/digitalisation/record/activity/add/",
            {"kind": "meeting", "name": "", "day": "1 October 2026", "audience": "group"},
        )
    assert mail.outbox == []


def test_the_desk_says_what_is_missing(chair, group, sign_in, on_day):
    on_day("2026-11-22")
    page = sign_in(chair).get("/desk/").text
    assert "No activity is on record this year." in page
    builders.activity("Talk", "2026-03-03", group=group)
    page = sign_in(chair).get("/desk/").text
    assert "No activity recorded since March." in page
    assert "1 meeting of this year has no minutes." in page


def test_in_january_nobody_is_asked_for_what_the_year_cannot_have_yet(
    chair, group, sign_in, on_day
):
    on_day("2026-01-15")
    assert "is on record this year." not in sign_in(chair).get("/desk/").text
