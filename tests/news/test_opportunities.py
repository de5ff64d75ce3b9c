"""Calls and consultations: open until the minute of their deadline, kept with what came of them."""

import datetime
from io import StringIO

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.test.utils import override_settings
from icalendar import Calendar

from news import reminders
from news.emails import send_deadlines
from news.models import DeadlineNotice, DeadlineWatch, Opportunity
from publishing.models import Topic
from tests import builders

pytestmark = pytest.mark.django_db
LIST = "/opportunities/"


def brussels(text: str) -> datetime.datetime:
    from django.utils import timezone

    return datetime.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def titles(client, address=LIST) -> list[str]:
    return [row.title for row in client.get(address).context["page"]]


@pytest.fixture
def topic(db):
    return Topic.objects.create(name="Skills", slug="skills")


# The list


def test_the_nearest_deadline_stands_first_and_past_ones_only_where_asked_for(visitor):
    for title, days in (("Later", 40), ("Soon", 2), ("Past", -3), ("Long past", -90)):
        builders.opportunity(title, days)
    assert titles(visitor) == ["Soon", "Later"]
    assert titles(visitor, f"{LIST}?state=past") == ["Past", "Long past"]
    both = f"{LIST}?state=past&state=open"
    assert titles(visitor, both) == ["Soon", "Later", "Past", "Long past"]


def test_it_leaves_the_list_the_minute_its_deadline_passes_from_a_held_page_too(
    visitor, time_machine
):
    builders.opportunity("Call", deadline=brussels("2026-10-05 17:00"))
    time_machine.move_to(brussels("2026-10-05 17:00") - datetime.timedelta(seconds=1), tick=False)
    page = visitor.get(LIST)
    assert "Call" in page.content.decode()
    again = visitor.get(LIST, headers={"If-None-Match": page["ETag"]})
    assert again.status_code == 304
    time_machine.move_to(brussels("2026-10-05 17:00") + datetime.timedelta(seconds=1), tick=False)
    after = visitor.get(LIST, headers={"If-None-Match": page["ETag"]})
    assert after.status_code == 200
    assert "Nothing is open today." in after.content.decode()
    assert "The deadline has passed." in visitor.get(f"{LIST}call/").content.decode()


@pytest.mark.parametrize(
    ("typed", "instant", "shown"),
    [
        ("28 March 2026, 17:00", "2026-03-28T16:00:00+00:00", "17:00\u00a0CET"),
        ("29 March 2026, 17:00", "2026-03-29T15:00:00+00:00", "17:00\u00a0CEST"),
        ("25 October 2026, 17:00", "2026-10-25T16:00:00+00:00", "17:00\u00a0CET"),
    ],
)
def test_a_deadline_is_entered_and_shown_by_the_sites_clocks_across_the_change_of_time(
    sign_in, editor, visitor, on_day, typed, instant, shown
):
    on_day("2026-01-05")
    form = {"kind": "call", "title": "Call", "slug": "call", "deadline": typed}
    answer = sign_in(editor).post("/admin/news/opportunity/add/", form)
    assert answer.status_code == 302, answer.context["errors"]
    assert Opportunity.objects.get().deadline == datetime.datetime.fromisoformat(instant)
    assert shown in visitor.get(f"{LIST}call/").content.decode()


def test_filters_live_in_the_address_and_say_how_many(visitor, topic):
    builders.opportunity("About skills").topics.add(topic)
    builders.opportunity("Other", kind="consultation")
    assert titles(visitor, f"{LIST}?topic=skills") == ["About skills"]
    assert titles(visitor, f"{LIST}?kind=consultation") == ["Other"]
    assert titles(visitor, f"{LIST}?q=skills") == ["About skills"]
    page = visitor.get(LIST)
    assert page.context["counts"]["topic"] == {"skills": 1}
    assert page.context["counts"]["kind"] == {"call": 1, "consultation": 1}
    odd = visitor.get(f"{LIST}?topic=%00&kind=x&state=y&page=abc")
    assert odd.status_code == 200


def test_a_past_one_links_to_the_public_texts_that_came_of_it(visitor):
    past = builders.opportunity("Past", -10, kind="consultation")
    builders.position("The answer", answers=past)
    past.came_of_it.add(builders.post("The news"), builders.post("A draft", state="draft"))
    page = visitor.get(f"{LIST}past/").content.decode()
    assert "The answer" in page
    assert "The news" in page
    assert "A draft" not in page


def test_a_position_does_not_answer_a_funding_call():
    position = builders.position()
    position.answers = builders.opportunity(kind="call")
    with pytest.raises(ValidationError, match="A funding call is not answered"):
        position.clean()


def test_a_link_to_the_source_cannot_run_script():
    row = builders.opportunity(source_url="javascript:alert(1)")
    with pytest.raises(ValidationError):
        row.full_clean()


def test_it_is_found_shared_and_on_the_map_of_the_site(visitor):
    builders.opportunity("Vouchers for export", summary="For firms of ten.")
    assert "Vouchers for export" in visitor.get("/search/?q=voucher").content.decode()
    assert visitor.get(f"{LIST}vouchers-for-export/card.png").status_code == 200
    listed = visitor.get("/sitemap-opportunities.xml").content.decode()
    assert "/opportunities/vouchers-for-export/" in listed


# The calendar


@override_settings(SITE_URL="https://portal.example.org")
def test_deadlines_come_as_a_calendar_by_the_same_filters(visitor, topic, on_day):
    on_day("2026-10-01")
    builders.opportunity("Near, with; signs\\", deadline=brussels("2026-10-25 17:00")).topics.add(
        topic
    )
    builders.opportunity("Just past", -5)
    builders.opportunity("Long past", -60)
    answer = visitor.get(f"{LIST}calendar.ics", headers={"Host": "testserver"})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == [
        "Deadline: Just past",
        "Deadline: Near, with; signs\\",
    ]
    assert events[1].decoded("dtstart") == brussels("2026-10-25 17:00")
    assert str(events[1]["url"]).startswith("https://portal.example.org/opportunities/near")
    one = visitor.get(f"{LIST}calendar.ics?topic=skills").content
    assert len(Calendar.from_ical(one).walk("VEVENT")) == 1


# Reminders


@pytest.fixture
def run(django_capture_on_commit_callbacks):
    """Return a function that runs the command and sends what it put up; returns who got what."""

    def ran() -> list[tuple[str, str]]:
        with django_capture_on_commit_callbacks(execute=True):
            call_command("remind_of_deadlines", stdout=StringIO())
        sent = [(one.to[0], one.subject.replace("\u00a0", " ")) for one in mail.outbox]
        mail.outbox.clear()
        return sorted(sent)

    return ran


def test_who_asked_is_told_14_and_3_days_before_once_each(
    run, on_day, representative, chair, topic
):
    on_day("2026-09-01")
    builders.opportunity("Call", deadline=brussels("2026-10-01 17:00")).topics.add(topic)
    reminders.watch(representative, [topic], [])
    subject = "Open until 1 October 2026, 17:00 CEST: Call"
    told = [("representative@example.org", subject)]
    expected = {
        "2026-09-16": [], "2026-09-18": told, "2026-09-19": [], "2026-09-27": [],
        "2026-09-29": told, "2026-09-30": [], "2026-10-02": [],
    }  # fmt: skip
    for day, sent in expected.items():
        on_day(day)
        assert run() == sent, day
        assert run() == [], day


def test_a_late_run_tells_once_and_never_after_the_deadline(run, on_day, representative):
    on_day("2026-09-01")
    call = builders.opportunity("Call", deadline=brussels("2026-10-01 17:00"))
    reminders.watch(representative, [], [call])
    on_day("2026-09-30")
    assert len(run()) == 1
    on_day("2026-10-03")
    assert run() == []


def test_a_deadline_that_is_moved_is_told_of_anew(run, on_day, representative):
    on_day("2026-09-20")
    call = builders.opportunity("Call", deadline=brussels("2026-10-01 17:00"))
    reminders.watch(representative, [], [call])
    assert len(run()) == 1
    call.deadline = brussels("2026-10-03 17:00")
    call.save()
    assert run() == [("representative@example.org", "Open until 3 October 2026, 17:00 CEST: Call")]


def test_what_is_no_longer_true_when_the_mail_goes_out_is_left_out_and_says_why(
    representative, django_capture_on_commit_callbacks
):
    call = builders.opportunity("Call", 2)
    reminders.watch(representative, [], [call])
    with django_capture_on_commit_callbacks():
        reminders.remind()
    reminders.watch(representative, [], [])
    notice = DeadlineNotice.objects.get()
    send_deadlines.enqueue(representative.pk, [notice.pk])
    notice.refresh_from_db()
    assert mail.outbox == []
    assert notice.left_out == "It is no longer asked for."


def test_a_task_that_was_lost_is_put_up_again(
    run, representative, django_capture_on_commit_callbacks
):
    reminders.watch(representative, [], [builders.opportunity("Call", 2)])
    with django_capture_on_commit_callbacks():
        reminders.remind()  # and nothing is executed
    DeadlineNotice.objects.update(noted_at=brussels("2020-01-01 00:00"))
    assert len(run()) == 1
    assert run() == []


def test_an_account_that_was_closed_hears_nothing(run, representative):
    reminders.watch(representative, [], [builders.opportunity("Call", 2)])
    representative.is_active = False
    representative.save()
    assert run() == []


def test_members_ask_on_their_desk_and_take_it_back(sign_in, representative, topic):
    client = sign_in(representative)
    call, past = builders.opportunity("Call"), builders.opportunity("Past", -3)
    DeadlineWatch.objects.create(user=representative, opportunity=past)
    page = client.get("/desk/opportunities/?for=call").content.decode()
    assert "Call is ticked. Save to be reminded." in page
    client.post("/desk/opportunities/", {"topics": [topic.pk], "opportunities": [call.pk]})
    watched = DeadlineWatch.objects.filter(user=representative)
    assert {row.topic or row.opportunity for row in watched} == {topic, call, past}
    client.post("/desk/opportunities/", {"topics": [topic.pk]})
    assert {row.topic or row.opportunity for row in watched.all()} == {topic, past}
    refused = client.post("/desk/opportunities/", {"topics": ["x"], "opportunities": ["999999"]})
    assert refused.status_code == 200
    assert client.get("/desk/opportunities/?for=%00").status_code == 200
