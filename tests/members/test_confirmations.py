"""Once a year the portal asks whether a profile is right; one click answers, silence is a task."""

import re
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse

from members import confirmations
from members.models import ConfirmationRequest, Organisation
from members.profile_emails import send_confirmation
from tests import builders
from tests.admin.pages import text_of
from tests.members.test_profile_desk import approve, propose

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2026-10-01")


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """Return a function that runs the command, sends what it put up, and returns what it said."""

    def ran() -> str:
        said = StringIO()
        with django_capture_on_commit_callbacks(execute=True):
            call_command("ask_for_confirmation", stdout=said)
        return said.getvalue()

    return ran


def link() -> str:
    """Return the path of the newest mail's link."""
    return re.search(r"https?://[^/\s]+(/confirm/\S+)", mail.outbox[-1].body).group(1)


def today_of(member) -> str:
    return str(Organisation.objects.get(pk=member.pk).confirmed_on)


def test_each_is_asked_once_a_year_also_when_the_command_runs_twice_or_late(
    run, on_day, member, representative
):
    assert run() == "1 questions about 1 profiles.\n"
    [message] = mail.outbox
    assert message.to == ["representative@example.org"]
    assert message.subject == "Baltic Code Union: is your profile still right?"
    assert "Not confirmed yet." in message.body
    sent = {"2026-10-01": 1, "2026-10-02": 1, "2027-09-30": 1, "2027-10-01": 2, "2027-11-15": 2}
    for day, number in sent.items():
        on_day(day)
        run()
        run()
        assert len(mail.outbox) == number, day


def test_a_profile_that_was_confirmed_is_asked_about_a_year_later(
    run, on_day, member, representative
):
    confirmations.confirm(member, by=representative)
    for day, number in {"2026-10-02": 0, "2027-09-30": 0, "2027-10-01": 1}.items():
        on_day(day)
        run()
        assert len(mail.outbox) == number, day
    assert "Last confirmed on 1 October 2026." in mail.outbox[0].body.replace("\u00a0", " ")


def test_looking_at_the_link_confirms_nothing_and_one_click_does(
    run, member, representative, visitor
):
    member.summary = "A union by the sea."
    member.save()
    run()
    address = link()
    for _scanner in range(2):
        page = visitor.get(address)
        assert visitor.head(address).status_code == 200
        assert "A union by the sea." in text_of(page)
        assert "To change something, sign in" in text_of(page)
    assert today_of(member) == "None"
    assert "no-store" in page["Cache-Control"]

    answer = visitor.post(address)
    assert "The profile is confirmed" in text_of(answer)
    assert today_of(member) == "2026-10-01"
    page = visitor.get("/members/baltic-code-union/").content.decode().replace("\u00a0", " ")
    assert "<dt>Profile last confirmed</dt><dd>1 October 2026</dd>" in page
    last = Organisation.objects.get(pk=member.pk).history.first()
    assert last.history_change_reason == (
        "Profile confirmed by the link sent to representative@example.org"
    )

    for again in (visitor.get(address), visitor.post(address)):
        assert again.status_code == 410
        assert "this link has done its work" in text_of(again)


def test_the_secret_of_the_link_stands_hashed_in_the_record(run, member, representative):
    run()
    token = link().strip("/").split("/")[-1]
    question = ConfirmationRequest.objects.get()
    assert question.token_hash == ConfirmationRequest.hash(token)
    assert token not in str(vars(question))


def test_a_link_expires(run, member, representative, visitor, on_day):
    run()
    address = link()
    on_day("2026-11-29")
    assert visitor.get(address).status_code == 200
    on_day("2026-12-01")
    assert "This link has expired" in text_of(visitor.get(address))
    assert visitor.post(address).status_code == 410
    assert today_of(member) == "None"


def test_the_link_of_somebody_who_acts_no_longer_confirms_nothing(
    run, member, representative, visitor, on_day
):
    run()
    address = link()
    row = representative.person.representations.get()
    row.set_days(row.starts, row.starts.__class__.parse("2 October 2026")).save()
    on_day("2026-10-02")
    assert visitor.get(address).status_code == 200
    on_day("2026-10-03")
    assert visitor.post(address).status_code == 410
    assert today_of(member) == "None"


@pytest.mark.parametrize("token", ["x", "%00", "é", "a" * 300])
def test_a_link_that_was_never_sent_leads_nowhere(visitor, token):
    assert visitor.get(f"/confirm/{token}/").status_code == 410
    assert visitor.post(f"/confirm/{token}/").status_code == 410


def test_when_one_answers_the_links_of_the_others_have_done_their_work(
    run, member, representative, visitor
):
    builders.representation(builders.person("Second", email="second@example.org"), member)
    run()
    first, second = (re.search(r"(/confirm/\S+)", message.body).group(1) for message in mail.outbox)
    visitor.post(first)
    assert visitor.post(second).status_code == 410


def test_confirming_and_editing_on_the_desk_answer_too(
    run, member, representative, visitor, sign_in
):
    run()
    address = link()
    desk = sign_in(representative)
    here = reverse("organisation_desk:organisation", args=[member.slug])
    assert "Not confirmed yet" in text_of(desk.get(here))
    answer = desk.post(reverse("organisation_desk:confirm", args=[member.slug]), follow=True)
    assert "Last confirmed on 1 October 2026" in text_of(answer)
    assert visitor.get(address).status_code == 410


def test_who_was_answered_before_the_mail_went_out_gets_none(run, member, representative):
    confirmations.ask()
    question = ConfirmationRequest.objects.get()
    confirmations.confirm(member)
    send_confirmation.enqueue(question.recipient, [question.pk])
    assert mail.outbox == []
    question.refresh_from_db()
    assert question.left_out == "The profile was confirmed meanwhile."


def test_a_task_that_was_lost_is_put_up_again(run, member, representative, on_day):
    confirmations.ask()
    assert mail.outbox == []
    on_day("2026-10-02")
    run()
    assert len(mail.outbox) == 1
    run()
    assert len(mail.outbox) == 1


def test_for_whom_nobody_acts_the_command_says_so(run, member):
    assert run() == (
        "0 questions about 0 profiles.\n"
        "Nobody acts for it, a task for the staff: Baltic Code Union\n"
    )


def test_former_and_announced_members_are_not_asked(run, member, representative):
    row = member.memberships.get()
    row.set_days(row.starts, row.starts.__class__.parse("30 September 2026")).save()
    announced = builders.membership(builders.organisation("Soon"), "2026-10-02").organisation
    builders.representation(builders.person(email="soon@example.org"), announced)
    assert run() == "0 questions about 0 profiles.\n"


def test_sixty_days_of_silence_are_a_task_for_the_staff_and_nothing_is_deleted(
    run, member, representative, on_day, sign_in, membership_officer, visitor
):
    run()
    listed = "/admin/members/organisation/?confirmed=silent"
    for day, silent in {"2026-11-29": False, "2026-11-30": True, "2027-06-01": True}.items():
        on_day(day)
        staff = sign_in(membership_officer)
        assert ("Profiles that nobody confirms 1" in text_of(staff.get("/admin/"))) is silent, day
        assert ("Baltic Code Union" in text_of(staff.get(listed))) is silent, day
    assert visitor.get("/members/baltic-code-union/").status_code == 200
    staff.post(listed, {"action": "confirm_profiles", "_selected_action": [member.pk]})
    assert today_of(member) == "2027-06-01"
    assert "Profiles that nobody confirms 1" not in text_of(staff.get("/admin/"))


def test_a_proposed_change_is_an_answer_and_confirms_once_it_is_on_the_page(
    run, member, representative, membership_officer, on_day
):
    run()
    on_day("2026-10-20")
    change = propose(member, representative, summary="New words.")
    on_day("2026-12-15")
    assert today_of(member) == "None"
    assert not Organisation.objects.silent().exists()
    approve(change, membership_officer)
    assert today_of(member) == "2026-10-20"
    assert not Organisation.objects.silent().exists()
