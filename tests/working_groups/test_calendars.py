"""Activities in calendars: one, a group's, all, and one's own; with what is known and nothing else."""

import datetime

import pytest
from icalendar import Calendar

from tests import builders
from working_groups.models import CalendarAddress, Expert

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(on_day):
    on_day("2026-11-22")


def events(response) -> list:
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(b"".join(response)).walk("VEVENT"))


def timed(group, day="2026-11-27", **facts):
    facts = {"start_time": datetime.time(10), "end_time": datetime.time(12)} | facts
    return builders.activity("A morning", day, group=group, **facts)


def test_a_timed_activity_has_its_zone_with_the_rules_of_that_zone(client, group):
    activity = timed(group, time_zone="Europe/Helsinki", place="Oulu")
    answer = client.get(f"/activities/{activity.slug}/calendar.ics")
    text = b"".join(answer).decode()
    assert "DTSTART;TZID=Europe/Helsinki:20261127T100000" in text
    assert "BEGIN:VTIMEZONE" in text
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert event.decoded("dtend").astimezone(datetime.UTC).hour == 10
    assert str(event["location"]) == "Oulu"


@pytest.mark.parametrize(("day", "utc"), [("2026-03-27", 9), ("2026-03-30", 8), ("2026-10-26", 9)])
def test_the_hour_is_right_on_both_sides_of_a_clock_change(client, group, day, utc):
    activity = timed(group, day)
    (event,) = events(client.get(f"/activities/{activity.slug}/calendar.ics"))
    assert event.decoded("dtstart").astimezone(datetime.UTC).hour == utc


def test_days_without_a_time_are_whole_days_to_the_last_one(client, group):
    activity = builders.activity("Two days", "2026-11-26", group=group,
                                 ends_on=datetime.date(2026, 11, 27))  # fmt: skip
    (event,) = events(client.get(f"/activities/{activity.slug}/calendar.ics"))
    assert event.decoded("dtstart") == datetime.date(2026, 11, 26)
    assert event.decoded("dtend") == datetime.date(2026, 11, 28)


def test_a_month_blocks_no_time_and_says_that_the_day_is_not_known(client, group):
    activity = builders.activity("Some day", "2027-03", group=group)
    (event,) = events(client.get(f"/activities/{activity.slug}/calendar.ics"))
    assert (str(event["transp"]), str(event["status"])) == ("TRANSPARENT", "TENTATIVE")
    assert str(event["summary"]) == "Some day (in March 2027, day not known)"
    assert event.decoded("dtend") == datetime.date(2027, 4, 1)


def test_a_year_alone_is_in_no_calendar(client, group):
    activity = builders.activity("Some time", "2027", group=group)
    assert client.get(f"/activities/{activity.slug}/calendar.ics").status_code == 404
    assert events(client.get("/activities/calendar.ics")) == []
    assert "calendar.ics" not in client.get(activity.get_absolute_url()).text


def test_an_update_keeps_the_uid_and_raises_the_sequence(client, group):
    activity = timed(group)
    (before,) = events(client.get(f"/activities/{activity.slug}/calendar.ics"))
    activity.day = builders.days("2026-12-04")
    activity.title = "Another title"
    activity.save()
    (after,) = events(client.get(f"/activities/{activity.slug}/calendar.ics"))
    assert str(before["uid"]) == str(after["uid"])
    assert (before["sequence"], after["sequence"]) == (0, 1)
    activity.minutes = "<p>Agreed.</p>"
    activity.save()
    (same,) = events(client.get(f"/activities/{activity.slug}/calendar.ics"))
    assert same["sequence"] == 1, "what no calendar shows is no update"


def test_what_is_called_off_is_cancelled_and_stays(client, group):
    activity = timed(group, called_off=True)
    (event,) = events(client.get("/working-groups/digitalisation/calendar.ics"))
    assert str(event["status"]) == "CANCELLED"
    assert activity.title in str(event["summary"])


def test_public_feeds_hold_what_is_public(client, group, other_group):
    timed(group)
    builders.activity("Members only", "2026-12-01", group=group, audience="members")
    builders.activity("Group only", "2026-12-02", group=group, audience="group")
    builders.activity("Of the others", "2026-12-03", group=other_group)
    builders.activity("Long ago", "2020-01-01", group=group)
    names = {str(event["summary"]) for event in events(client.get("/activities/calendar.ics"))}
    assert names == {"A morning", "Of the others"}
    own = events(client.get("/working-groups/digitalisation/calendar.ics"))
    assert [str(event["summary"]) for event in own] == ["A morning"]


def test_the_same_record_gives_the_same_bytes(client, group):
    timed(group)
    one, two = (b"".join(client.get("/activities/calendar.ics")) for _time in range(2))
    assert one == two


def test_a_feed_costs_the_same_with_more_activities(client, group, django_assert_max_num_queries):
    timed(group)
    with django_assert_max_num_queries(10) as few:
        client.get("/activities/calendar.ics")
    for _number in range(8):
        builders.activity("", "2026-12-01", group=group)
    with django_assert_max_num_queries(len(few)):
        client.get("/activities/calendar.ics")


@pytest.fixture
def expert(group, member):
    """Is sent to the group by the member."""
    user = builders.user("expert@example.org", name="Ilze Paraug")
    row = Expert(
        participation=builders.participation(member, group),
        person=builders.person("Ilze Paraug", user=user),
    )
    row.set_days(builders.days("2026-01-01")).save()
    return user


def address_of(user, sign_in) -> str:
    sign_in(user).post("/desk/calendar/", {"do": "renew"})
    return f"/desk/calendar/{CalendarAddress.objects.get(user=user).token}.ics"


def test_a_private_calendar_shows_ones_groups_and_is_kept_by_nobody(
    client, expert, group, other_group, sign_in
):
    builders.activity("Group only", "2026-12-02", group=group, audience="group")
    builders.activity("Of others, closed", "2026-12-03", group=other_group, audience="group")
    builders.activity("Of others, open", "2026-12-03", group=other_group)
    answer = client.get(address_of(expert, sign_in))
    assert [str(event["summary"]) for event in events(answer)] == ["Group only"]
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies


def test_what_one_may_see_ends_with_the_role(client, expert, group, sign_in, on_day):
    builders.activity("Group only", "2026-12-02", group=group, audience="group")
    address = address_of(expert, sign_in)
    row = Expert.objects.get()
    row.set_days(row.starts, builders.days("2026-11-30")).save()
    assert len(events(client.get(address))) == 1
    on_day("2026-12-01")
    assert events(client.get(address)) == []


def test_an_address_is_renewed_and_withdrawn(client, expert, sign_in):
    first = address_of(expert, sign_in)
    assert first in sign_in(expert).get("/desk/calendar/").text
    second = address_of(expert, sign_in)
    assert first != second
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200
    sign_in(expert).post("/desk/calendar/", {"do": "withdraw"})
    assert client.get(second).status_code == 404


def test_the_secret_is_not_in_the_database(expert, sign_in):
    token = address_of(expert, sign_in).rpartition("-")[2].removesuffix(".ics")
    row = CalendarAddress.objects.values().get()
    assert token not in str(row)


@pytest.mark.parametrize("token", ["1-x", "x", "-", "99999999999999999999-x", "0"])
def test_a_made_up_address_leads_nowhere(client, expert, token):
    assert client.get(f"/desk/calendar/{token}.ics").status_code == 404


def test_an_account_that_was_closed_has_no_calendar(client, expert, sign_in):
    address = address_of(expert, sign_in)
    expert.is_active = False
    expert.save()
    assert client.get(address).status_code == 404
