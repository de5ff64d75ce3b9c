"""The record of a year: what is in it, who is named, and that it stays as it was when published."""

import datetime
import json

import pytest
from django.template.loader import render_to_string

from news.models import Contribution
from publishing import actions as publishing
from tests import builders
from working_groups import year_record
from working_groups.models import Expert, GuestAppearance, Initiative, Overview
from working_groups.year_record import assemble, draw, record_of


def section(record, key):
    return next(one for one in record["sections"] if one["key"] == key)


def texts(record, key):
    return [item["text"] for item in section(record, key)["items"]]


def guest(of, day="2026-03-04", **facts):
    row = GuestAppearance(group=of, **facts)
    row.day = builders.days(day)
    row.save()
    return row


def expert(at, person, starts="2026-02-01", ends=None):
    row = Expert(participation=at, person=person).set_days(
        builders.days(starts), builders.days(ends)
    )
    row.save()
    return row


def contribution(of, to, **facts):
    return Contribution.objects.create(group=of, position=to, **facts)


@pytest.fixture
def today(on_day):
    on_day("2026-11-22")


def test_a_position_in_another_language_is_recorded_with_it(group):
    contribution(group, builders.position("Avis sur la loi", "2026-04-01", language="fr"))
    (section,) = [each for each in assemble(group, 2026)["sections"] if each["key"] == "positions"]
    assert [item["language"] for item in section["items"]] == ["fr"]
    page = render_to_string("working_groups/_record.html", {"record": assemble(group, 2026)})
    assert '<span lang="fr">Avis sur la loi</span>' in page


def test_who_joined_in_the_year(group, today):
    for name, starts in [
        ("Before", "2025-12-31"),
        ("First", "2026-01-01"),
        ("In a month", "2026-03"),
        ("Planned", "2026-12-01"),
        ("After", "2027-01-01"),
    ]:
        builders.participation(builders.organisation(name), group, starts)
    record = assemble(group, 2026)
    assert texts(record, "joined") == ["First", "In a month"]
    assert [item["day"] for item in section(record, "joined")["items"]] == ["2026-01-01", "2026-03"]


def test_an_item_says_which_record_it_rests_on(group, today):
    cluster = builders.organisation("Bit Cluster", kind="cluster")
    row = builders.participation(cluster, group, "2026-02-03", printed_as="Bit")
    [item] = section(assemble(group, 2026), "joined")["items"]
    assert item == {
        "id": row.pk,
        "model": "working_groups.participation",
        "text": "Bit",
        "detail": "cluster",
        "url": "/organisations/bit-cluster/",
        "day": "2026-02-03",
    }


def test_only_what_is_public_is_in_it(group, other_group, today):
    builders.activity("Open meeting", "2026-02-03", group=group)
    builders.activity("Closed meeting", "2026-02-04", group=group, audience="group")
    builders.activity("Called off", "2026-02-05", group=group, called_off=True)
    builders.activity("Theirs", "2026-02-06", group=other_group)
    builders.activity("Still to come", "2026-12-10", group=group)
    contribution(group, builders.position("Out", "2026-04-01"))
    contribution(group, builders.position("Draft", "2026-04-01", state="draft"))
    contribution(group, builders.position("For members", "2026-04-01", audience="members"))
    record = assemble(group, 2026)
    assert texts(record, "activities") == ["Open meeting"]
    assert texts(record, "positions") == ["Out"]


def test_guests_of_a_closed_activity_are_not_in_it(group, today):
    closed = builders.activity("Closed", "2026-03-04", group=group, audience="group")
    guest(None, activity=closed, organisation=builders.organisation("Hidden"))
    guest(group, organisation=builders.organisation("Shown"))
    assert texts(assemble(group, 2026), "guests") == ["Shown"]


def test_a_contribution_counts_in_its_own_year(group, today):
    contribution(group, builders.position("Of its date", "2026-04-01"))
    contribution(group, builders.position("Of its part", "2026-04-02"), year=2025)
    assert texts(assemble(group, 2026), "positions") == ["Of its date"]
    assert texts(assemble(group, 2025), "positions") == ["Of its part"]


def test_a_person_is_named_only_with_a_basis(group, today):
    at = builders.participation(builders.organisation("Baltic Code"), group)
    expert(at, builders.person("Ann Shown"))
    expert(at, builders.person("Ben Hidden", shown=False))
    guest(group, person=builders.person("Cleo Hidden", shown=False), printed_as="C. Hidden")
    guest(
        group,
        day="2026-03-05",
        person=builders.person("Dora Hidden", shown=False),
        organisation=builders.organisation("JOTNE"),
    )
    record = assemble(group, 2026)
    assert texts(record, "experts") == ["an expert", "Ann Shown"]
    assert texts(record, "guests") == ["a guest", "JOTNE"]
    assert "Hidden" not in json.dumps(record)


def test_the_byline_names_every_affiliation_of_that_time(group, today):
    andrei = builders.person("Andrei Chair")
    builders.role(andrei, group, "chair", "2021-01-01", "2021-12-31")
    cluster, hub = builders.organisation("Cluj Cluster"), builders.organisation("Hub")
    builders.affiliation(andrei, cluster, "Executive Director", "2020-01-01", "2021-12-31")
    builders.affiliation(andrei, hub, "Head of Operations", "2021-06-01")
    builders.affiliation(andrei, cluster, "CEO", "2022-01-01")
    [line] = assemble(group, 2021)["byline"]
    assert line["name"] == "Andrei Chair"
    assert line["role"] == "Chair"
    assert line["affiliations"] == [
        {"function": "Executive Director", "organisation": "Cluj Cluster"},
        {"function": "Head of Operations", "organisation": "Hub"},
    ]


def test_a_year_with_two_chairs_has_both_each_with_their_own_time(group, today):
    first, second = builders.person("First Chair"), builders.person("Second Chair")
    builders.role(first, group, "chair", "2024-01-01", "2025-06-30")
    builders.role(second, group, "chair", "2025-07-01")
    there = builders.organisation("There")
    builders.affiliation(first, there, "Director", "2025-07-01")
    builders.affiliation(second, there, "Adviser", "2020-01-01", "2025-06-30")
    byline = assemble(group, 2025)["byline"]
    assert [line["name"] for line in byline] == ["First Chair", "Second Chair"]
    assert [line["affiliations"] for line in byline] == [[], []]


def test_figures_are_the_lists_counted_and_open_lists_say_at_least(group, today):
    for number in range(3):
        builders.participation(builders.organisation(), group, f"2026-0{number + 1}-01")
    guest(group, organisation=builders.organisation())
    builders.activity("One", "2026-02-01", group=group, kind="meeting")
    builders.activity("Two", "2026-02-02", group=group, kind="workshop")
    figures = {row["key"]: row for row in assemble(group, 2026, ["guests"])["figures"]}
    assert figures == {
        "joined": {"key": "joined", "value": 3, "label": "organisations joined", "qualifier": ""},
        "guests": {"key": "guests", "value": 1, "label": "guest", "qualifier": "at least"},
        "meetings": {"key": "meetings", "value": 1, "label": "meeting", "qualifier": ""},
    }


def test_an_activity_with_other_guests_makes_the_list_open(group, today):
    meeting = builders.activity("One", "2026-02-01", group=group, guests_complete=False)
    guest(None, activity=meeting, organisation=builders.organisation())
    assert section(assemble(group, 2026), "guests")["complete"] is False


def test_it_costs_the_same_with_one_row_and_with_thirty(group, today, django_assert_num_queries):
    def fill(number):
        for _row in range(number):
            person = builders.person()
            at = builders.participation(builders.organisation(), group, "2026-01-05")
            expert(at, person)
            guest(group, person=person, organisation=at.organisation)
            builders.activity("", "2026-02-01", group=group)
            initiative = Initiative(group=group, title="Work").set_days(builders.days("2026-01-01"))
            initiative.save()
            contribution(group, builders.position("", "2026-03-01"))

    builders.role(builders.person(), group)
    fill(1)
    with django_assert_num_queries(10):
        assemble(group, 2026)
    fill(29)
    with django_assert_num_queries(10):
        assemble(group, 2026)


@pytest.fixture
def published(group, chair, today):
    """An overview of 2026 with a full record, published by the chair."""
    joined = builders.participation(builders.organisation("Bit Cluster"), group, "2026-02-03")
    expert(joined, builders.person("Ann Expert"))
    guest(group, person=builders.person("Gus Guest"), organisation=joined.organisation)
    overview = builders.overview(group, 2026, lead="A lead.", state="draft")
    publishing.publish(overview, by=chair)
    return Overview.objects.get()


def as_bytes(overview):
    return json.dumps(Overview.objects.get(pk=overview.pk).frozen, sort_keys=True).encode()


def test_publishing_freezes_the_record_with_its_day(published):
    assert published.frozen["schema"] == 1
    assert published.frozen["as_of"] == "2026-11-22"
    assert published.frozen_at is not None
    assert texts(published.frozen, "joined") == ["Bit Cluster"]


def test_what_changes_afterwards_does_not_rewrite_it(published, group):
    before = as_bytes(published)
    builders.participation(builders.organisation("Late Cluster"), group, "2026-11-01")
    bit = group.participations.get(organisation__name="Bit Cluster")
    bit.organisation.name = "Renamed"
    bit.organisation.save()
    bit.experts.all().delete()
    bit.delete()
    group.roles.all().delete()
    group.name = "Another name"
    group.save()
    assert as_bytes(published) == before
    record = record_of(Overview.objects.get())
    assert texts(record, "joined") == ["Bit Cluster"]
    assert record["group"]["name"] == "Digitalisation"


def test_a_correction_does_not_rewrite_it(published, group, chair):
    before = as_bytes(published)
    builders.participation(builders.organisation("Late Cluster"), group, "2026-11-01")
    published.body = "<p>Better words.</p>"
    publishing.correct(published, correction="A name.", by=chair)
    assert as_bytes(published) == before


def test_scheduling_freezes_it_and_withdrawing_the_schedule_makes_it_live(group, chair, on_day):
    on_day("2026-11-22")
    overview = builders.overview(group, 2026, lead="A lead.", state="draft")
    at = datetime.datetime(2026, 12, 18, 9, tzinfo=datetime.UTC)
    publishing.schedule(overview, at=at, by=chair)
    builders.participation(builders.organisation("Late Cluster"), group, "2026-11-01")
    assert texts(record_of(Overview.objects.get()), "joined") == []
    publishing.unschedule(overview, by=chair)
    stored = Overview.objects.get()
    assert (stored.frozen, stored.frozen_at) == (None, None)
    assert texts(record_of(stored), "joined") == ["Late Cluster"]


def test_whoever_is_erased_gives_way_to_the_function(published, chair, django_assert_num_queries):
    chair.person.bases.all().delete()
    for name in ("Ann Expert", "Gus Guest"):
        person = type(chair.person).objects.get(name=name)
        person.bases.update(until=datetime.date(2026, 11, 1))
    stored = Overview.objects.select_related("group").get()
    with django_assert_num_queries(1):
        record = draw(stored.frozen)
    assert record["byline"][0]["name"] is None
    assert record["byline"][0]["role"] == "Chair"
    assert texts(record, "experts") == ["an expert"]
    assert texts(record, "guests") == ["Bit Cluster"]
    assert texts(stored.frozen, "experts") == ["Ann Expert"]


def test_a_year_that_cannot_have_an_overview_is_said(group, today):
    builders.participation(builders.organisation(), group, "2021-05-01")
    assert "2027 has not begun" in year_record.why_not(group, 2027)
    assert "begins in 2021" in year_record.why_not(group, 2020)
    assert year_record.why_not(group, 2021) == ""
    assert year_record.why_not(group, 2026) == ""


def test_a_group_without_any_record_begins_this_year(group, today):
    assert year_record.first_year(group) == 2026
