"""What ends soon is told to who is to know: once each, also when the command is late or runs twice."""

import threading
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members import actions, endings
from members.emails import send_endings
from members.models import EndingNotice
from tests import builders
from tests.admin.pages import text_of
from tests.builders import days

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
            call_command("remind_of_endings", stdout=said)
        return said.getvalue()

    return ran


def sponsored(name="Baltic Code Union", ends="2026-12-31", starts="2026-01-01"):
    sponsor = builders.organisation()
    of = builders.organisation(name)
    return builders.membership(of, starts, ends, "sponsored", sponsor=sponsor).organisation


def acting_for(organisation, email="rita@example.org", *, account=True, **facts):
    user = builders.user(email) if account else None
    person = builders.person(user=user, email="" if account else email)
    return builders.representation(person, organisation, **facts)


def told() -> list[tuple[str, str]]:
    sent = [(one.to[0], one.subject.replace("\u00a0", " ")) for one in mail.outbox]
    mail.outbox.clear()
    return sorted(sent)


def test_each_is_told_once_at_90_at_60_and_at_30_days(run, on_day, membership_officer):
    acting_for(sponsored())
    subject = "Baltic Code Union: membership ends on 31 December 2026"
    both = [("officer@example.org", subject), ("rita@example.org", subject)]
    expected = {
        "2026-10-01": [], "2026-10-02": both, "2026-10-03": [], "2026-10-31": [],
        "2026-11-01": both, "2026-11-02": [], "2026-11-30": [],
        "2026-12-01": both, "2026-12-02": [], "2026-12-31": [], "2027-01-01": [],
    }  # fmt: skip
    for day, sent in expected.items():
        on_day(day)
        run()
        run()
        assert told() == sent, day


def test_one_that_was_never_announced_gets_one_mail_25_days_before_its_end(run, on_day):
    acting_for(sponsored())
    on_day("2026-12-06")
    run()
    [message] = mail.outbox
    assert "It ends in 25 days." in message.body
    on_day("2026-12-31")
    run()
    assert len(mail.outbox) == 1


def test_the_mail_says_what_ends_and_where_to_go(run, on_day, membership_officer):
    one = sponsored()
    acting_for(one)
    on_day("2026-12-31")
    run()
    to_staff, to_representative = sorted(mail.outbox, key=lambda message: message.to)
    for message in (to_staff, to_representative):
        body = message.body.replace("\u00a0", " ")
        assert "Sponsored member until 31 December 2026. It ends today." in body
    assert reverse("admin:members_organisation_change", args=[one.pk]) in to_staff.body
    assert "/admin/" not in to_representative.body
    assert "/contact/" in to_representative.body


def test_who_has_several_ends_gets_one_mail_with_all(run, membership_officer, manager):
    for name, ends in [
        ("Later", "2026-12-20"),
        ("Sooner", "2026-10-20"),
        ("Far off", "2027-06-30"),
    ]:
        sponsored(name, ends)
    said = run()
    assert {one.to[0] for one in mail.outbox} == {"officer@example.org", "manager@example.org"}
    body = mail.outbox[0].body
    assert body.index("Sooner") < body.index("Later")
    assert "Far off" not in body
    assert mail.outbox[0].subject == "2 memberships end within 90 days"
    assert "4 notices for 2 recipients." in said
    assert "Nobody acts for it, only the staff is told: Sooner" in said


def test_who_goes_on_is_not_told(run, membership_officer):
    one = sponsored(ends="2026-10-31")
    actions.convert_to_full([one], by=None)
    assert "Not told, it goes on: Baltic Code Union" in run()
    assert told() == []


def test_a_gap_after_the_end_is_told_of(run, membership_officer):
    one = sponsored(ends="2026-10-31")
    actions.convert_to_full([one], by=None, starts=days("2026-12-01"))
    run()
    assert len(told()) == 1


def test_only_who_acts_for_it_today_and_can_be_reached_is_told(run, editor):
    one = sponsored(ends="2026-10-31")
    acting_for(one, "former@example.org", ends="2026-08-31")
    acting_for(one, "later@example.org", starts="2026-11-01")
    acting_for(one, "without.account@example.org", account=False)
    acting_for(sponsored("Other", ends="2027-10-31"), "other@example.org")
    gone = acting_for(one, "gone@example.org")
    gone.person.user.is_active = False
    gone.person.user.save()
    run()
    assert [to for to, _subject in told()] == ["without.account@example.org"]


def test_staff_who_also_act_for_it_get_one_mail(run, membership_officer):
    one = sponsored(ends="2026-10-31")
    builders.representation(builders.person(user=membership_officer), one)
    run()
    assert len(told()) == 1


def test_an_end_that_was_moved_is_told_of_anew(run, membership_officer):
    one = sponsored(ends="2026-10-31")
    run()
    actions.correct([one], by=None, why="W", ends=days("2026-11-15"))
    told()
    run()
    assert told() == [
        ("officer@example.org", "Baltic Code Union: membership ends on 15 November 2026")
    ]


def test_what_changed_before_the_mail_went_out_is_not_sent_and_says_why(
    django_capture_on_commit_callbacks, membership_officer
):
    one = sponsored(ends="2026-10-31")
    with django_capture_on_commit_callbacks() as put_up:
        endings.remind()
    actions.renew([one], by=None)
    for task in put_up:
        task()
    assert mail.outbox == []
    notice = EndingNotice.objects.get()
    assert (notice.left_out, notice.sent_at) == ("It goes on.", None)


def test_a_task_that_was_lost_is_put_up_again_and_one_that_ran_twice_sends_once(
    django_capture_on_commit_callbacks, membership_officer, run, on_day
):
    sponsored(ends="2026-10-31")
    with django_capture_on_commit_callbacks():
        endings.remind()
    run()
    assert told() == []  # its task may still be waiting
    on_day("2026-10-02")
    run()
    assert len(told()) == 1
    notice = EndingNotice.objects.get()
    assert notice.sent_at
    send_endings.func(notice.recipient, [notice.pk])
    assert told() == []


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_time_tell_everybody_once(time_machine):
    for number in range(3):
        one = sponsored(f"Coast {number}", ends="2026-10-31")
        acting_for(one, f"person{number}@example.org")
    barrier = threading.Barrier(2)

    def ran():
        barrier.wait()
        endings.remind()
        connection.close()

    runs = [threading.Thread(target=ran) for _run in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert [to for to, _subject in told()] == [f"person{number}@example.org" for number in range(3)]
    assert EndingNotice.objects.filter(sent_at__lte=timezone.now()).count() == 3


# -- the staff's start page -----------------------------------------------------------------------


def test_the_start_page_says_what_ends_within_30_60_and_90_days(sign_in, membership_officer):
    for name, ends in [("A", "2026-10-31"), ("B", "2026-11-30"), ("C", "2026-12-30"),
                       ("D", "2026-12-31")]:  # fmt: skip
        sponsored(f"Coast {name}", ends)
    actions.convert_to_full([sponsored("Goes on", "2026-10-01")], by=None)
    words = text_of(sign_in(membership_officer).get("/admin/")).replace("\u00a0", " ")
    assert "2 within 30 days, 3 within 60, 4 within 90." in words
    assert (
        "Coast A Sponsored member until 31 October 2026. It ends in 30 days. Nothing follows yet."
    ) in words
    assert (
        "Goes on Sponsored member until 1 October 2026. It ends today. Announced to cont" in words
    )
    assert "Coast D" not in words


def test_the_start_page_costs_the_same_for_one_end_and_for_thirty(sign_in, membership_officer):
    client, counts = sign_in(membership_officer), []
    client.get("/admin/")
    for number in (1, 30):
        for index in range(number):
            sponsored(f"Coast {number} {index}", "2026-10-31")
        with CaptureQueriesContext(connection) as captured:
            client.get("/admin/")
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_staff_read_who_was_told_and_why_not(run, sign_in, membership_officer):
    sponsored(ends="2026-10-31")
    run()
    listed = text_of(
        sign_in(membership_officer).get(reverse("admin:members_endingnotice_changelist"))
    )
    assert "officer@example.org" in listed
    assert "Baltic Code Union" in listed
