"""The pages of working groups, overviews and activities as visitors see them."""

import datetime

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from members.models import ShowingBasis
from news.models import Contribution
from publishing.models import Picture
from record.days import PartialDate
from record.periods import Basis
from tests import builders, crowd
from working_groups.models import Expert, GuestAppearance, Initiative, Strand
from working_groups.sitemaps import ActivitySitemap, GroupSitemap, OverviewSitemap

pytestmark = pytest.mark.django_db
D = datetime.date


def page_of(client, thing) -> str:
    path = thing if isinstance(thing, str) else thing.get_absolute_url()
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode().replace("\u00a0", " ")


def queries(client, path) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def expert(person, participation, starts="2021") -> Expert:
    row = Expert(person=person, participation=participation)
    row.set_days(builders.days(starts)).save()
    return row


# The group


def test_the_list_names_chairs_numbers_and_the_latest_public_overview(
    client, group, chair, other_group, member
):
    builders.participation(member, group)
    builders.participation(builders.organisation(), group, "2020-01-01", "2021-12-31")
    builders.overview(group, 2023)
    builders.overview(group, 2024, state="draft")
    builders.group("Closed one", status="closed")
    page = page_of(client, "/working-groups/")
    assert "1 organisation. Chair: Carla Chair" in page
    assert "0 organisations. No chair at present" in page
    assert "overviews/2023/" in page
    assert "overviews/2024/" not in page
    assert page.index("Closed groups") < page.index("Closed one")


def test_a_chair_has_the_affiliations_of_today_and_a_former_one_those_of_the_term(client, group):
    bit, hub = builders.organisation("Bit Alliance"), builders.organisation("DIH4Society")
    former = builders.person("Felix Former")
    builders.role(former, group, starts="2021-01-01", ends="2021-12-31")
    builders.affiliation(former, bit, "Executive Director", "2021-01-01", "2021-12-31")
    builders.affiliation(former, hub, "Head of Operations", "2020-01-01")
    builders.affiliation(former, bit, "Adviser", "2023-01-01")
    chair = builders.person("Carla Chair")
    builders.role(chair, group, starts="2024-01-01")
    builders.affiliation(chair, hub, "Director", "2010-01-01", "2024-06-30")
    builders.affiliation(chair, bit, "President", "2024-07-01")
    page = page_of(client, group)
    assert "Executive Director, Bit Alliance" in page
    assert "Head of Operations, DIH4Society" in page
    assert "Adviser" not in page
    assert "President, Bit Alliance" in page
    assert "Director, DIH4Society" not in page
    assert '<p class="byline__name"><a href="/people/carla-chair/">Carla Chair</a></p>' in page
    assert 'byline__name"><a href="/people/felix-former/">' not in page


def test_who_has_no_basis_gives_way_to_the_function(client, group, member):
    builders.role(builders.person("Secret Chair", shown=False), group)
    place = builders.participation(member, group)
    expert(builders.person("Ema Expert"), place)
    expert(builders.person("Secret Expert", shown=False), place)
    page = page_of(client, group)
    assert "Secret" not in page
    assert '<p class="byline__name">Chair</p>' in page
    assert '<a href="/people/ema-expert/">Ema Expert</a> and one more' in page
    assert "Secret" not in page_of(client, "/working-groups/")


def test_a_basis_that_ends_takes_the_name_away_the_same_day(client, group, on_day):
    person = builders.person("Carla Chair")
    builders.role(person, group)
    ShowingBasis.objects.filter(person=person).update(until=D(2026, 6, 1))
    on_day("2026-05-31")
    assert "Carla Chair" in page_of(client, group)
    on_day("2026-06-01")
    assert "Carla Chair" not in page_of(client, group)


def test_a_group_without_a_chair_says_so(client, group, former_chair):
    page = page_of(client, group)
    assert "The group has no chair at present." in page
    assert "Felix Former" in page


def test_the_chair_changes_on_the_day_itself(client, group, on_day):
    builders.role(builders.person("First"), group, starts="2024-01-01", ends="2025-06-30")
    builders.role(builders.person("Second"), group, starts="2025-07-01")
    for day, name in (("2025-06-30", "First"), ("2025-07-01", "Second")):
        on_day(day)
        link = f'<a href="/people/{name.lower()}/">{name}</a>'
        assert f'<p class="byline__name">{link}</p>' in page_of(client, group)


def test_a_day_in_figures_is_as_precise_as_it_is_known(client, group, on_day):
    on_day("2026-11-22")
    builders.activity("Day", "2026-12-03", group=group)
    builders.activity("Month", "2027-01", group=group)
    builders.activity("Next", "2027-02-05", group=group)
    builders.activity("Year", "2028", group=group)
    page = page_of(client, group)
    for large, small in (("3", "Dec"), ("Jan", "2027"), ("5", "Feb 2027"), ("", "2028")):
        assert f'aria-hidden="true">{large}<small>{small}</small>' in page


def test_participants_stand_by_country_with_since_and_network(client, group, member):
    outsider = builders.organisation("Atelier", country="AT")
    builders.participation(member, group, "2021")
    early = builders.participation(outsider, group, "2021")
    early.start_basis = Basis.NOT_ON_RECORD
    early.save()
    builders.participation(builders.organisation("Gone", country="AT"), group, "2020", "2021")
    builders.participation(builders.organisation("Nowhere", country=""), group, "2199-01-01")
    page = client.get(group.get_absolute_url())
    context = page.context["participants"]
    assert [country for country, _rows in context] == ["Austria", "Latvia", "Country not on record"]
    rows = {row.name: row for _country, rows in context for row in rows}
    assert [(row.name, row.period) for row in page.context["former"]] == [("Gone", "2020 to 2021")]
    assert set(rows) == {"Atelier", "Baltic Code Union", "Nowhere"}
    assert (rows["Atelier"].since, rows["Atelier"].in_network) == (
        "2021 or before",
        "Not a member today",
    )
    assert (rows["Baltic Code Union"].since, rows["Baltic Code Union"].in_network) == (
        "2021",
        "Full member",
    )
    assert rows["Nowhere"].since.replace("\u00a0", " ") == "from 1 January 2199"


def test_a_group_shows_strands_initiatives_activities_positions_overviews_and_posts(client, group):
    Strand.objects.create(group=group, title="Consortia", description="Partners for projects.")
    for title, ends in (("Running one", None), ("Ended one", "2021-12-31")):
        row = Initiative(group=group, title=title)
        row.set_days(builders.days("2021-01-01"), builders.days(ends)).save()
    builders.activity("Next meeting", "2199-05-05", group=group)
    builders.activity("Hidden meeting", "2199-05-05", group=group, audience="group")
    builders.activity("Past meeting", "2020-05-05", group=group)
    for title, facts in (("Public paper", {}), ("Draft paper", {"state": "draft"})):
        Contribution.objects.create(position=builders.position(title, **facts), group=group)
    builders.overview(group, 2024, "The year told")
    builders.overview(group, 2025, "The year hidden", state="draft")
    for title, facts in (("Told", {}), ("For members", {"audience": "members"})):
        builders.post(title, **facts).groups.add(group)
    page = page_of(client, group)
    for words in ("Consortia", "Running one", "Next meeting", "Public paper", "The year told",
                  ">Told<"):  # fmt: skip
        assert words in page
    for words in ("Ended one", "Hidden meeting", "Past meeting", "Draft paper", "The year hidden",
                  "For members"):  # fmt: skip
        assert words not in page


def test_a_position_stands_with_the_year_of_the_groups_part(client, group):
    undated = builders.position("Undated paper", printed=None, undated=True)
    Contribution.objects.create(position=undated, group=group, year=2021)
    page = page_of(client, group)
    assert "2021" in page[: page.index("Undated paper")].rpartition("piece__date")[2]
    assert "Not dated" not in page


# The overview


def test_an_overview_shows_story_figures_record_and_who_wrote_it_as_of_then(client, told):
    page = page_of(client, told)
    for words in ("A year of first meetings", "It began.", "The story.", "What comes.", "To all.",
                  "Andrei Chair", "Executive Director, The Cluster", "Head of Operations, The Hub",
                  "Bit Alliance", "The Guest", "List not complete.", "at least"):  # fmt: skip
        assert words in page
    assert "CEO" not in page
    assert '<p class="year" aria-hidden="true">2021</p>' in page


def test_the_record_stays_as_it_was_frozen(client, told, group):
    builders.participation(builders.organisation("Too late"), group, "2021")
    assert "Too late" not in page_of(client, told)


def test_a_name_without_a_basis_leaves_a_frozen_record_too(client, told):
    ShowingBasis.objects.all().delete()
    page = page_of(client, told)
    assert "Andrei Chair" not in page
    assert "Executive Director, The Cluster" in page


def test_overviews_lead_to_the_public_ones_before_and_after(client, told, group):
    builders.overview(group, 2019, "Before")
    builders.overview(group, 2020, "Hidden before", state="draft")
    builders.overview(group, 2022, "After", correction="A number.", corrected_on=D(2023, 2, 1))
    builders.overview(builders.group("Another"), 2022, "Elsewhere")
    context = client.get(told.get_absolute_url()).context
    assert (context["older"].title, context["newer"].title) == ("Before", "After")
    corrected = page_of(client, "/working-groups/digitalisation/overviews/2022/")
    assert "Corrected on 1 February 2023" in corrected
    assert "A number." in corrected


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "draft"},
        {"visible_from": datetime.datetime(2199, 1, 1, tzinfo=datetime.UTC)},
        {"audience": "group"},
        {"audience": "members"},
    ],
)
def test_no_visitor_sees_an_overview_that_is_not_public(client, chair, sign_in, group, facts):
    overview = builders.overview(group, 2025, "Zwischenruf told", **facts)
    assert client.get(overview.get_absolute_url()).status_code == 404
    for place in ("/news/", "/news/feed/", "/news/?q=Zwischenruf", "/news/?kind=overview",
                  "/working-groups/", group.get_absolute_url()):  # fmt: skip
        assert overview.title not in page_of(client, place), place
    assert not list(OverviewSitemap().items())


def test_a_group_reads_its_own_overview_and_nobody_keeps_it(sign_in, chair, other_chair, group):
    overview = builders.overview(group, 2025, audience="group")
    path = overview.get_absolute_url()
    response = sign_in(chair).get(path)
    assert response.status_code == 200
    assert "private" in response["Cache-Control"]
    assert sign_in(other_chair).get(path).status_code == 404


def test_a_withdrawn_overview_says_so(client, group):
    overview = builders.overview(group, 2025)
    overview.state, overview.withdrawn_reason = "withdrawn", "Written twice."
    overview.save()
    response = client.get(overview.get_absolute_url())
    assert response.status_code == 410
    assert "Written twice." in response.content.decode()


@pytest.mark.parametrize("year", ["1", "2024", "99999999999999999999"])
def test_a_year_without_overview_has_no_page(client, group, year):
    assert client.get(f"/working-groups/digitalisation/overviews/{year}/").status_code == 404


# Activities


def test_activities_come_first_and_then_those_past(client, group):
    for title, day in (("Far", "2199-02-01"), ("Near", "2198-02-01"), ("Old", "2019-02-01"),
                       ("Older", "2018-02")):  # fmt: skip
        builders.activity(title, day, group=group)
    builders.activity("Hidden", "2198-03-01", audience="members")
    builders.activity("Of the group", "2198-03-01", group=group, audience="group")
    context = client.get("/activities/").context
    assert [row.title for row in context["coming"]] == ["Near", "Far"]
    assert [row.title for row in context["past"]] == ["Old", "Older"]
    assert context["counts"]["year"] == {"2199": 1, "2198": 1, "2019": 1, "2018": 1}
    page = page_of(client, "/activities/?year=2018")
    assert "February 2018" in page
    assert "1 February 2018" not in page
    assert "Far" not in page


def test_activities_are_filtered_by_kind_group_year_and_words(client, group):
    builders.activity("Workshop in Riga", "2024-05-01", kind="workshop", group=group)
    builders.activity("Assembly", "2025-05-01", kind="assembly")
    for query in ("kind=workshop", "group=digitalisation", "year=2024", "q=riga"):
        page = client.get(f"/activities/?{query}").context["page"]
        assert [row.title for row in page] == ["Workshop in Riga"], query


def test_the_year_is_drawn_with_a_dot_for_each_activity_by_kind(client, group, on_day):
    on_day("2026-11-22")
    for title, day, facts in (
        ("Past", "2026-05-05", {}), ("Planned", "2026-12-05", {}), ("Of a month", "2026-06", {}),
        ("Of the year", "2026", {}), ("Workshop", "2026-02-01", {"kind": "workshop"}),
        ("Called off", "2026-03-01", {"called_off": True}), ("Earlier", "2025-05-05", {}),
    ):  # fmt: skip
        builders.activity(title, day, group=group, **facts)
    dots = client.get("/activities/").context["dots"]
    assert [(lane.name, lane.text, len(lane.dots)) for lane in dots.lanes] == [
        ("Meeting", "4, 1 planned, day of 1 not on record", 3),
        ("Workshop", "1", 1),
    ]
    chosen = client.get("/activities/?year=2025").context["dots"]
    assert (chosen.year, len(chosen.lanes[0].dots)) == (2025, 1)
    assert client.get("/activities/?year=2026&year=2025").context["dots"].year == 2026
    assert client.get("/activities/?kind=assembly").context["dots"] is None


def test_an_overview_draws_the_days_that_are_on_record(client, group, on_day):
    on_day("2026-02-01")
    builders.activity("Meeting", "2025-03-04", group=group)
    builders.participation(builders.organisation("Whole year"), group, "2025")
    builders.participation(builders.organisation("In May"), group, "2025-05")
    overview = builders.frozen(builders.overview(group, 2025))
    dots = client.get(overview.get_absolute_url()).context["dots"]
    assert [(lane.name, lane.text, len(lane.dots)) for lane in dots.lanes] == [
        ("Joined the group", "2, day of 1 not on record", 1),
        ("Activities", "1", 1),
    ]


def test_an_activity_of_several_days_is_not_past_on_its_last(client, on_day):
    builders.activity("Fair", "2026-05-03", ends_on=D(2026, 5, 5))
    for day, part in (("2026-05-05", "coming"), ("2026-05-06", "past")):
        on_day(day)
        assert [row.title for row in client.get("/activities/").context[part]] == ["Fair"]
    assert "3 to 5 May 2026" in page_of(client, "/activities/fair/")


def test_an_activity_shows_when_where_who_and_never_its_minutes(client, group, member):
    activity = builders.activity(
        "Matchmaking", "2199-12-03", group=group, start_time=datetime.time(9, 30),
        end_time=datetime.time(12), time_zone="Asia/Tbilisi", place="Tbilisi",
        online_link="https://example.org/meet", guests_complete=False,
        description="<p>Firms meet.</p>", minutes="<p>Said behind doors.</p>",
    )  # fmt: skip
    activity.helped_by.add(member)
    for facts in (
        {"organisation": builders.organisation("JOTNE")},
        {"person": builders.person("Gina Guest"), "organisation": member},
        {"person": builders.person("Secret Guest", shown=False), "printed_as": "S. Guest"},
    ):
        row = GuestAppearance(activity=activity, **facts)
        row.day = PartialDate(D(2199, 12, 3))
        row.save()
    builders.post("What came of it").activities.add(activity)
    builders.post("Draft about it", state="draft").activities.add(activity)
    page = page_of(client, activity)
    for words in ("3 December 2199", "09:30 to 12:00, Tbilisi time", "https://example.org/meet",
                  "Baltic Code Union", "JOTNE", "Gina Guest", "a guest", "and others",
                  "Firms meet.", "What came of it", "Digitalisation"):  # fmt: skip
        assert words in page
    for words in ("behind doors", "Secret Guest", "S. Guest", "Draft about it"):
        assert words not in page


def test_an_activity_that_was_called_off_says_so_and_has_no_link_to_join(client):
    activity = builders.activity(
        "Visit", "2199-01-21", called_off=True, online_link="https://example.org/meet"
    )
    page = page_of(client, activity)
    assert "This activity was called off." in page
    assert "example.org/meet" not in page
    assert "Called off" in page_of(client, "/activities/")


def test_an_activity_for_members_is_theirs(client, sign_in, representative):
    activity = builders.activity("Inside", "2199-01-21", audience="members")
    assert client.get(activity.get_absolute_url()).status_code == 404
    response = sign_in(representative).get(activity.get_absolute_url())
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
    assert not list(ActivitySitemap().items())


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("page=abc", "is not the number of a page"),
        ("page=99", "this is the last one"),
        ("kind=party&year=x", "nothing here is called"),
        ("group=%00", "so it was left out"),
        ("q=%00", "this was left out"),
        ("q=" + "a" * 5000, "this was left out"),
    ],
)
def test_what_is_not_understood_is_said(client, query, sentence):
    builders.activity("A meeting", group=builders.group())
    response = client.get(f"/activities/?{query}")
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert [row.title for row in response.context["page"]] == ["A meeting"]


# What it costs


def test_sitemaps_list_what_is_public(group, told):
    builders.activity("Seen", "2020-01-01")
    assert [item.get_absolute_url() for item in GroupSitemap().items()] == [
        group.get_absolute_url()
    ]
    assert [item.get_absolute_url() for item in OverviewSitemap().items()] == [
        told.get_absolute_url()
    ]
    assert [item.title for item in ActivitySitemap().items()] == ["Seen"]


def test_pages_cost_the_same_at_30_and_at_300_organisations(client):
    costs = []
    for number in (30, 300):
        with transaction.atomic():
            made = crowd.network_of(number)
            builders.frozen(made["overview"])
            paths = ["/working-groups/", "/activities/"]
            paths += [made[name].get_absolute_url() for name in ("group", "overview", "activity")]
            costs.append([queries(client, path) for path in paths])
            transaction.set_rollback(True)
    assert costs[0] == costs[1]
    assert max(costs[0]) <= 10


def test_a_group_is_shown_as_it_was_on_a_day(client, group, chair, former_chair, member):
    builders.participation(member, group, "2021", "2022")
    row = Initiative(group=group, title="Ended one")
    row.set_days(builders.days("2021-01-01"), builders.days("2022-12-31")).save()
    then = page_of(client, f"{group.get_absolute_url()}?on=2022-05-01")
    now = page_of(client, group)
    byline = '<p class="byline__name">{}</p>'
    assert "Felix Former</a></p>" in then or byline.format("Felix Former") in then
    assert "Ended one" in then
    assert "Took part before" not in then
    assert "Carla Chair</a></p>" in now or byline.format("Carla Chair") in now
    assert "Ended one" not in now
    assert "Took part before" in now
    assert f"{group.get_absolute_url()}?on=2024-01-01" in now, "the days on which chairs began"


def test_portrait_and_biography_of_the_chair_need_a_basis_each(client, group, chair):
    person = chair.person
    person.biography = "<p>Has led it since.</p>"
    person.portrait = Picture.objects.create(
        file="pictures/p.png", width=10, height=10, alternative="Portrait"
    )
    person.save()
    page = page_of(client, group)
    assert "Has led it since." not in page
    assert "pictures/p.png" not in page
    for what in ("biography", "portrait"):
        ShowingBasis.objects.create(
            person=person, what=what, kind="consent", since=datetime.date(2020, 1, 1), proof="test"
        )
    page = page_of(client, group)
    assert "Has led it since." in page
    assert "pictures/p.png" in page
