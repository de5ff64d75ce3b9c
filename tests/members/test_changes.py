"""What changed between two days is the difference of the two networks, whatever happened."""

import datetime
import xml.etree.ElementTree as ET

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from members import actions
from members.changes import ANNOUNCED, CATEGORY, COORDINATOR, JOINED, LEFT, NAME, Between
from members.models import Membership, Organisation
from record.days import PartialDate
from record.history import recording
from tests import builders
from tests.builders import days
from tests.members.pages import links_in, text_of

pytestmark = pytest.mark.django_db
D = datetime.date
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2022-12-31")


def sponsored(name, starts, ends):
    sponsor = builders.organisation()
    of = builders.organisation(name)
    return builders.membership(of, starts, ends, "sponsored", sponsor=sponsor).organisation


def told(first, last, *kinds) -> list[tuple]:
    """Return kind, day and slug of every change."""
    between = Between(days(first).first_day, days(last).first_day)
    slugs = dict(Organisation.objects.values_list("pk", "slug"))
    return [(row[0], str(row[1]), slugs.get(row[2])) for row in between.changes(*kinds)]


# -- each kind ------------------------------------------------------------------------------------


def test_who_joined_left_and_changed_category():
    builders.member("Stays", "2019")
    builders.member("Joins", "2022-03-01")
    builders.member("Leaves", "2019-01-01", "2022-06-30")
    one = sponsored("Converts", "2021-09-01", "2022-08-31")
    actions.convert_to_full([one], by=None)
    assert told("2022-01-01", "2022-12-31", JOINED, LEFT, CATEGORY) == [
        (CATEGORY, "2022-09-01", "converts"),
        (LEFT, "2022-07-01", "leaves"),
        (JOINED, "2022-03-01", "joins"),
    ]


@pytest.mark.parametrize(
    ("first", "last", "kinds"),
    [
        ("2022-02-28", "2022-03-01", [JOINED]),
        ("2022-03-01", "2022-03-02", []),
        ("2022-02-27", "2022-02-28", []),
        ("2022-06-30", "2022-07-01", [LEFT]),
        ("2022-06-29", "2022-06-30", []),
        ("2022-02-28", "2022-07-01", []),
    ],
)
def test_the_day_before_the_first_the_last_and_the_day_after(first, last, kinds):
    builders.member("Briefly", "2022-03-01", "2022-06-30")
    assert [row[0] for row in told(first, last)] == kinds


def test_a_renewal_is_no_change_and_the_day_is_that_of_joining():
    one = sponsored("Renewed", "2020-01-01", "2020-12-31")
    for _year in range(2):
        actions.renew([one], by=None)
    actions.convert_to_full([one], by=None)
    assert told("2019-06-01", "2022-06-01") == [(JOINED, "2020-01-01", "renewed")]
    assert told("2021-06-01", "2022-06-01") == []
    assert told("2022-06-01", "2023-06-01", CATEGORY) == [(CATEGORY, "2023-01-01", "renewed")]


def test_who_came_back_after_a_gap_joined_on_the_day_of_coming_back():
    one = builders.member("Back", "2018", "2019")
    builders.membership(one, "2021-05-01")
    assert told("2020-06-01", "2022-01-01") == [(JOINED, "2021-05-01", "back")]
    assert told("2018-06-01", "2020-06-01") == [(LEFT, "2020-01-01", "back")]
    assert told("2018-06-01", "2022-01-01") == []


def test_a_category_that_changed_over_a_gap_changed():
    one = sponsored("Gap", "2021-01-01", "2021-12-31")
    builders.membership(one, "2022-03-01")
    assert told("2021-06-01", "2022-06-01") == [(CATEGORY, "2022-03-01", "gap")]


def test_the_coordinator_that_changed_came_or_went():
    first, second = builders.member("First"), builders.member("Second")
    network = builders.network("Ring")
    for one in (first, second):
        builders.place(network, one)
    builders.coordination(network, first, "2020-01-01", "2021-12-31")
    builders.coordination(network, second, "2022-01-01", "2022-06-30")
    changes = {
        ("2019-06-01", "2020-06-01"): [(COORDINATOR, "2020-01-01", "first")],
        ("2021-06-01", "2022-06-01"): [(COORDINATOR, "2022-01-01", "second")],
        ("2022-06-01", "2022-12-01"): [(COORDINATOR, "2022-07-01", None)],
        ("2022-01-01", "2022-06-30"): [],
    }
    for between, expected in changes.items():
        assert told(*between, COORDINATOR) == expected


def test_a_name_that_was_changed_in_the_record_in_between(on_day):
    on_day("2022-01-10")
    one = builders.member("Old name")
    on_day("2022-05-05")
    with recording(by=None) as recorder:
        one.name = "New name"
        recorder.save(one)
    on_day("2022-06-06")
    with recording(by=None) as recorder:
        one.city = "Riga"
        recorder.save(one)
    assert told("2022-02-01", "2022-12-31", NAME) == [(NAME, "2022-05-05", "old-name")]
    assert told("2022-05-05", "2022-12-31", NAME) == []
    assert told("2022-01-01", "2022-12-31", NAME) == []  # it was not on record before


def test_a_name_that_was_changed_back_is_no_change(on_day):
    on_day("2022-01-10")
    one = builders.member("Name")
    for day, name in [("2022-03-01", "Nmae"), ("2022-03-02", "Name")]:
        on_day(day)
        with recording(by=None) as recorder:
            one.name = name
            recorder.save(one)
    assert told("2022-02-01", "2022-12-31", NAME) == []
    assert told("2022-02-01", "2022-03-01", NAME) == [(NAME, "2022-03-01", "name")]


def test_what_was_announced_in_between_and_begins_later(on_day):
    on_day("2022-11-11")
    builders.member("Announced", "2023-04-01")
    on_day("2022-12-31")
    assert told("2022-11-10", "2022-12-31") == [(ANNOUNCED, "2023-04-01", "announced")]
    assert told("2022-11-11", "2022-12-31") == []
    assert told("2022-11-10", "2023-04-01") == [(JOINED, "2023-04-01", "announced")]


def test_the_alliance_is_never_a_change(alliance):
    assert told("2000-01-01", "2030-01-01") == []


# -- always the difference of the two networks ----------------------------------------------------

A_DAY = st.dates(D(2020, 1, 1), D(2023, 12, 31))
PERIODS = st.lists(
    st.tuples(
        A_DAY, st.integers(1, 500), st.integers(0, 2).map(lambda number: max(0, number - 1) * 40),
        st.sampled_from(["full", "regional", "not_on_record", "sponsored"]),
    ),
    max_size=4,
)  # fmt: skip


def record(lives, sponsor):
    """Write the lives: each begins on a day, and periods follow each other, after a gap or at once."""
    for number, (begins, life) in enumerate(lives):
        of = builders.organisation(f"Life {number}", region="Coast")
        first = begins
        for _day, length, gap, category in life:
            first += datetime.timedelta(days=gap)
            last = first + datetime.timedelta(days=length - 1)
            row = Membership(organisation=of, category=category)
            row.sponsor = sponsor if category == "sponsored" else None
            row.set_days(PartialDate(first), PartialDate(last)).save()
            first = last + datetime.timedelta(days=1)


def network_on(day) -> dict[int, str]:
    rows = Organisation.objects.members_on(day).with_category(day)
    return dict(rows.values_list("pk", "category"))


@settings(
    max_examples=40, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
@given(
    lives=st.lists(st.tuples(A_DAY, PERIODS), min_size=1, max_size=4), pair=st.tuples(A_DAY, A_DAY)
)
def test_joined_left_and_changed_are_the_difference_of_the_two_networks(lives, pair):
    first, last = sorted(pair)
    with transaction.atomic():
        record(lives, builders.organisation())
        before, after = network_on(first), network_on(last)
        between = Between(first, last)
        rows = list(between.changes())
        assert {row[2] for row in rows if row[0] == JOINED} == after.keys() - before.keys()
        assert {row[2] for row in rows if row[0] == LEFT} == before.keys() - after.keys()
        both = before.keys() & after.keys()
        assert {(row[2], row[6], row[7]) for row in rows if row[0] == CATEGORY} == {
            (key, before[key], after[key]) for key in both if before[key] != after[key]
        }
        for kind, day, *_rest in rows:
            if kind in {JOINED, LEFT, CATEGORY}:
                assert first < day <= last, kind
        numbers = between.numbers()
        assert (numbers["members_first"], numbers["members_last"]) == (len(before), len(after))
        assert numbers[JOINED] - numbers[LEFT] == len(after) - len(before)
        transaction.set_rollback(True)


# -- the page -------------------------------------------------------------------------------------


def test_without_days_it_is_the_last_twelve_months(visitor):
    builders.member("Stays", "2019")
    builders.member("Joins", "2022-03")
    builders.member("Left long ago", "2010", "2015")
    page = visitor.get("/members/changes/")
    text = text_of(page).replace("\u00a0", " ")
    assert "1 member on 31 December 2021, 2 on 31 December 2022: 1 joined." in text
    assert "1 change" in text
    assert "March 2022 Joins Joined: full member" in text
    assert "Left long ago" not in text


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("from=1+March+2022&to=30.6.2022", "1 March 2022", "30 June 2022"),
        ("from=March+2022&to=June+2022", "1 March 2022", "30 June 2022"),
        ("from=2020&to=2020", "1 January 2020", "31 December 2020"),
        ("from=2022-05-01", "1 May 2022", "31 December 2022"),
        ("to=2021-05-31", "31 May 2020", "31 May 2021"),
        ("from=2022-06-30&to=2022-03-01", "1 March 2022", "30 June 2022"),
        ("from=2025-01-01", "1 January 2025", "1 January 2025"),
    ],
)
def test_days_are_typed_as_people_type_them(visitor, query, first, last):
    page = visitor.get(f"/members/changes/?{query}").content.decode().replace("\u00a0", " ")
    assert f'name="from" value="{first}"' in page
    assert f'name="to" value="{last}"' in page


def test_what_is_no_day_is_said_at_its_field_and_stays_there(visitor):
    page = visitor.get("/members/changes/?from=%00%3Cscript%3E&to=31.02.2022")
    text = page.content.decode()
    assert "&lt;script&gt;&#x27; is not a date" in text
    assert 'value="31.02.2022"' in text
    assert text.count('aria-invalid="true"') == 2
    assert page.status_code == 200


def test_days_that_were_the_wrong_way_round_are_changed_over_and_it_is_said(visitor):
    text = text_of(visitor.get("/members/changes/?from=2022&to=2020"))
    assert "The first day lay after the last: they were changed over." in text


def test_nothing_changed_is_said_with_what_to_try(visitor):
    builders.member("Stays", "2019")
    text = text_of(visitor.get("/members/changes/?from=2021&to=2022"))
    assert "0 changes" in text
    assert "Nothing changed between these two days." in text
    assert visitor.get("/members/changes/?from=1801&to=2199").status_code == 200


def test_who_came_and_went_in_between_is_counted_apart(visitor):
    builders.member("Briefly", "2022-03-01", "2022-06-30")
    text = text_of(visitor.get("/members/changes/"))
    assert "1 organisation was a member in between only, and so is in neither network." in text


def test_a_change_says_how_well_its_day_is_known(visitor):
    unknown = builders.membership(starts="2022-03-01")
    unknown.start_basis = "not_on_record"
    unknown.save()
    text = text_of(visitor.get("/members/changes/"))
    assert "On record from then on: full member; the first day is not on record" in text


def test_a_long_span_is_paged_and_stands_by_year(visitor):
    for number in range(50):
        builders.member(f"Member {number:02}", f"{2010 + number // 5}-05-01")
    first = visitor.get("/members/changes/?from=2009&to=2021")
    second = visitor.get("/members/changes/?from=2009&to=2021&page=2")
    assert "50 changes 2019" not in text_of(first)
    years = [text_of(page).count("Joined: full member") for page in (first, second)]
    assert years == [48, 2]
    assert "?from=2009-01-01&to=2021-12-31&page=2" in links_in(first)


def test_the_page_leads_to_the_networks_of_the_two_days_and_to_each_year(visitor):
    builders.member("First", "2020")
    links = links_in(visitor.get("/members/changes/?from=2021-03-01&to=2022-03-01"))
    assert "/members/?on=2021-03-01" in links
    assert "/members/?on=2022-03-01" in links
    assert "?from=2019-12-31&to=2020-12-31" in links
    assert "?from=2018-12-31&to=2019-12-31" not in links
    assert "/members/changes/feed/?from=2021-03-01&to=2022-03-01" in links
    assert "/members/changes/" in links_in(visitor.get("/members/"))


# -- the feed -------------------------------------------------------------------------------------


def feed(visitor, query=""):
    response = visitor.get(f"/members/changes/feed/{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ET.fromstring(response.content)  # noqa: S314  our own answer


def test_the_feed_has_the_same_changes_as_the_page(visitor, alliance):
    one = builders.member("Joins", "2022-03")
    builders.member("Leaves", "2019", "2022-06-30")
    root = feed(visitor)
    entries = root.findall(f"{ATOM}entry")
    titles = [entry.find(f"{ATOM}title").text for entry in entries]
    assert titles == ["Leaves: Last day: full member", "Joins: Joined: full member"]
    assert entries[1].find(f"{ATOM}link").get("href").endswith(one.get_absolute_url())
    assert entries[1].find(f"{ATOM}published").text.startswith("2022-03-01T00:00:00")
    assert root.find(f"{ATOM}author/{ATOM}name").text == "The Alliance"


def test_an_entry_keeps_its_id_and_is_never_dated_ahead(visitor):
    builders.member("Ahead", "2023-06-01")
    ids = {
        feed(visitor, query).find(f"{ATOM}entry/{ATOM}id").text
        for query in ("?from=2022&to=2024", "?from=2021-05-05&to=2023-07-01")
    }
    assert len(ids) == 1
    stamp = feed(visitor, "?from=2022&to=2024").find(f"{ATOM}entry/{ATOM}published").text
    assert datetime.datetime.fromisoformat(stamp) <= timezone.now()


def test_a_feed_of_odd_days_is_that_of_the_usual_ones(visitor):
    assert feed(visitor, "?from=nonsense&to=%00").findall(f"{ATOM}entry") == []
