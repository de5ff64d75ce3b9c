"""The lists of news and policy: filters in the address, counts, pages, and what is not understood."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news.models import Contribution, PolicyFile
from publishing.models import Topic
from tests import builders

pytestmark = pytest.mark.django_db


def titles(response) -> list[str]:
    return [row.title for row in response.context["page"]]


def queries(client, path: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_news_lists_posts_and_overviews_newest_first(client, group):
    builders.post("Old", printed="2024-02-01")
    builders.overview(group, 2025, "The year told")
    builders.post("Month only", printed="2025-03")
    builders.position("A position")
    response = client.get("/news/")
    assert set(titles(response)) == {"Old", "Month only", "The year told"}
    page = response.content.decode()
    assert "/working-groups/digitalisation/overviews/2025/" in page
    assert "March 2025" in page
    assert "1 March 2025" not in page.replace("\u00a0", " ")


def test_positions_stand_in_news_if_their_kind_is_asked_for(client):
    builders.post("A post")
    builders.position("A position")
    response = client.get("/news/?kind=position")
    assert titles(response) == ["A position"]
    assert "/policy/a-position/" in response.content.decode()


def test_an_undated_post_sorts_by_its_latest_day_and_says_so(client):
    builders.post("After", printed="2023-01-10")
    builders.post(
        "Undated", printed=None, undated=True, printed_not_after=datetime.date(2022, 12, 31)
    )
    builders.post("Before", printed="2022-04-14")
    response = client.get("/news/")
    assert titles(response) == ["After", "Undated", "Before"]
    page = response.content.decode()
    assert "Not dated" in page
    assert "not after 31\u00a0December 2022" in page


def test_filters_take_several_values_and_meet(client, group, other_group, member):
    topic = Topic.objects.create(name="Skills", slug="skills-topic")
    one = builders.post("One", printed="2024-05-01", kind="press")
    two = builders.post("Two", printed="2025-05-01", kind="report")
    three = builders.post("Three", printed="2026-05-01")
    one.topics.add(topic)
    three.topics.add(topic)
    two.groups.add(group)
    three.groups.add(other_group)
    three.organisations.add(member)
    builders.overview(group, 2024, "Told")
    assert titles(client.get("/news/?kind=press&kind=report")) == ["Two", "One"]
    assert titles(client.get("/news/?year=2024&year=2026&topic=skills-topic")) == ["Three", "One"]
    assert set(titles(client.get("/news/?group=digitalisation"))) == {"Told", "Two"}
    assert titles(client.get(f"/news/?organisation={member.slug}")) == ["Three"]
    assert titles(client.get("/news/?topic=skills-topic&group=digitalisation")) == []


def test_counts_say_what_each_choice_would_show(client, group):
    one = builders.post("One", printed="2024-05-01", kind="press")
    builders.post("Two", printed="2025-05-01", kind="press")
    one.groups.add(group)
    position = builders.position("Three", printed="2025-05-01")
    Contribution.objects.create(position=position, group=group)
    counts = client.get("/news/?kind=press&year=2024").context["counts"]
    assert counts["year"] == {"2025": 1, "2024": 1}
    assert counts["kind"] == {"press": 1}
    assert counts["group"] == {"digitalisation": 1}
    by_group = client.get("/news/?group=digitalisation").context["counts"]
    assert (by_group["kind"]["press"], by_group["kind"]["position"]) == (1, 1)


def test_what_would_show_nothing_is_not_offered_unless_it_is_chosen(client, group):
    builders.post("One", printed="2024-05-01").groups.add(group)
    builders.post("Two", printed="2025-05-01", kind="press")
    page = client.get("/news/?year=2025&group=digitalisation")
    assert page.context["counts"]["group"] == {"digitalisation": 0}
    assert page.context["counts"]["kind"] == {}
    assert 'value="digitalisation" checked' in page.content.decode()
    assert 'value="press"' not in page.content.decode()


def test_words_are_found_in_title_lead_and_body_without_accents(client):
    builders.post("Résumé of a day")
    builders.post("Second", body="<p>Hubs compared</p>")
    assert titles(client.get("/news/?q=resume")) == ["Résumé of a day"]
    assert titles(client.get("/news/?q=hub")) == ["Second"]


def test_policy_is_filtered_by_file_output_year_group_and_topic(client, group):
    markets = PolicyFile.objects.create(name="Markets", slug="markets")
    paper = builders.position("Paper", printed="2021", output="paper", policy_file=markets)
    builders.position("Response", printed="2022", output="response")
    Contribution.objects.create(position=paper, group=group, led=True)
    paper.topics.add(Topic.objects.create(name="Platforms", slug="platforms"))
    for query in ("file=markets", "kind=paper", "year=2021", "group=digitalisation",
                  "topic=platforms", "q=paper"):  # fmt: skip
        assert titles(client.get(f"/policy/?{query}")) == ["Paper"], query
    counts = client.get("/policy/").context["counts"]
    assert counts["file"] == {"markets": 1}
    assert counts["kind"] == {"paper": 1, "response": 1}
    assert "Digitalisation led" in client.get("/policy/").content.decode()


def test_paging_keeps_filters_and_a_page_too_high_shows_the_last(client):
    for _number in range(30):
        builders.post(kind="press")
    first = client.get("/news/?kind=press")
    assert len(first.context["page"]) == 24
    assert "?kind=press&amp;page=2" in first.content.decode()
    last = client.get("/news/?kind=press&page=99")
    assert last.context["page"].number == 2
    assert "There is no page 99: this is the last one." in last.content.decode()


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("page=abc", "is not the number of a page"),
        ("page=-4", "Pages are counted from 1"),
        ("page=" + "9" * 5000, "page"),
        ("kind=gossip", "nothing here is called &#x27;gossip&#x27;"),
        ("topic=xx&year=1", "Year: nothing here is called &#x27;1&#x27;"),
        ("year=2022-13-45", "so it was left out"),
        ("group=%00", "so it was left out"),
        ("organisation=%00", "so it was left out"),
        ("organisation=nobody", "nothing here is called &#x27;nobody&#x27;"),
        ("q=%00", "this was left out"),
        ("q=" + "a" * 5000, "this was left out"),
        ("kind=" + "b" * 5000, "so it was left out"),
    ],
)
@pytest.mark.parametrize("path", ["/news/", "/policy/"])
def test_what_is_not_understood_is_said_and_left_out(client, path, query, sentence):
    if path == "/policy/" and query.startswith("organisation"):
        sentence = "A position"  # this list has no such filter: the word says nothing here
    builders.post("A post")
    builders.position("A position")
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200
    assert len(titles(response)) == 1
    assert sentence in response.content.decode()
    assert client.get(f"{path}feed/?{query}").status_code == 200


def test_an_unknown_value_does_not_take_the_known_ones_with_it(client):
    builders.post("Press", kind="press")
    builders.post("News")
    response = client.get("/news/?kind=press&kind=gossip")
    assert titles(response) == ["Press"]
    assert [label for label, _address in response.context["filters"].chips()] == ["Press release"]


def test_nothing_found_says_so_and_leads_back(client):
    builders.post("A post")
    page = client.get("/news/?q=nowhere").content.decode()
    assert "No text fits these filters." in page
    assert 'href="/news/"' in page


def fill(number, group, member):
    for index in range(number):
        topic = Topic.objects.create(name=f"T{number}-{index}", slug=f"t{number}-{index}")
        post = builders.post(kind="press")
        post.topics.add(topic)
        post.groups.add(group)
        post.organisations.add(member)
        position = builders.position(
            policy_file=PolicyFile.objects.create(name=f"F{number}-{index}",
                                                  slug=f"f{number}-{index}")
        )  # fmt: skip
        Contribution.objects.create(position=position, group=group)
        builders.overview(group, 2000 + number + index)


PAGES = [
    "/news/",
    "/policy/",
    "/news/feed/",
    "/policy/feed/",
    "/news/?kind=press&group=digitalisation&q=post&organisation=baltic-code-union",
    "/policy/?kind=paper&group=digitalisation&year=2026",
]


def test_a_list_costs_the_same_at_3_and_at_33_rows(client, group, member):
    fill(3, group, member)
    few = {path: queries(client, path) for path in PAGES}
    fill(30, group, member)
    assert {path: queries(client, path) for path in PAGES} == few
    assert max(few.values()) <= 10


def test_the_archive_goes_by_year_and_then_by_month(client):
    for printed in ("2024-03-05", "2024-03-20", "2024-11-02", "2023-03-01"):
        builders.post(f"Of {printed}", printed=printed)
    builders.post("Of that year", printed="2024")
    assert "Month" not in client.get("/news/").content.decode()
    year = client.get("/news/?year=2024")
    assert year.context["counts"]["month"] == {"1": 1, "3": 2, "11": 1}
    assert titles(client.get("/news/?year=2024&month=3")) == ["Of 2024-03-20", "Of 2024-03-05"]
    both = client.get("/news/?year=2024&year=2023&month=3")
    assert len(titles(both)) == 5
    feed = client.get("/news/feed.json?year=2024&month=11").json()
    assert [item["title"] for item in feed["items"]] == ["Of 2024-11-02"]
    assert client.get("/news/?year=2024&month=13&month=x").status_code == 200


def test_a_page_far_behind_shows_the_same_rows_as_one_that_was_walked_to(client):
    for number in range(60):
        builders.post(f"Post {number:02}", printed="2024-01-01")
    walked = [title for page in (1, 2, 3) for title in titles(client.get(f"/news/?page={page}"))]
    assert walked == [f"Post {number:02}" for number in reversed(range(60))]


def test_above_a_bound_the_choices_stand_without_numbers(client, monkeypatch):
    from news import views

    monkeypatch.setattr(views, "MOST_COUNTED", 1)
    for number in range(3):
        builders.post(kind="press", printed=f"202{number}")
    page = client.get("/news/")
    assert page.context["counts"] == {}
    assert "Press release" in page.content.decode()
