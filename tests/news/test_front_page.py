"""News of the home page by weight: one lead story, two beside it, the rest in brief."""

import datetime

import pytest

from news.front_page import front_page
from tests import builders

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 22)


def titles(front) -> tuple[str, list[str], list[str]]:
    return (
        front.lead.title,
        [one.title for one in front.beside],
        [one.title for one in front.in_brief],
    )


def test_without_news_there_is_no_front_page():
    assert not front_page(DAY)


def test_the_newest_leads_where_no_lead_story_was_chosen():
    for month in ("05", "06", "07", "08", "09"):
        builders.post(f"Of {month}", f"2026-{month}-01")
    assert titles(front_page(DAY)) == ("Of 09", ["Of 08", "Of 07"], ["Of 06", "Of 05"])


def test_a_lead_story_stands_first_for_sixty_days_however_much_is_newer():
    builders.post("Lead", "2026-09-23", prominence="lead")
    for number in range(10):
        builders.post(f"Newer {number}", f"2026-11-{10 + number}")
    assert front_page(DAY - datetime.timedelta(days=1)).lead.title == "Lead"
    assert front_page(DAY).lead.title == "Newer 9"


def test_an_old_lead_story_goes_into_the_row_of_its_day():
    builders.post("Old lead", "2025-01-01", prominence="lead")
    builders.post("Newer", "2026-01-01")
    assert titles(front_page(DAY)) == ("Newer", ["Old lead"], [])


def test_of_two_lead_stories_the_newer_stands_first_and_the_older_beside_it():
    builders.post("Older", "2026-11-01", prominence="lead")
    builders.post("Newer", "2026-11-02", prominence="lead")
    assert titles(front_page(DAY)) == ("Newer", ["Older"], [])


def test_what_is_in_brief_has_its_title_only(visitor):
    builders.post("Brief", "2026-11-20", prominence="brief", lead="Words of the brief one.")
    builders.post("Large", "2026-11-01", lead="Words of the large one.")
    assert titles(front_page(DAY)) == ("Large", [], ["Brief"])
    page = visitor.get("/").content.decode()
    assert "Words of the large one." in page
    assert "Words of the brief one." not in page


def test_only_briefs_still_have_a_first_one():
    builders.post("Older", "2026-11-19", prominence="brief")
    builders.post("Newer", "2026-11-20", prominence="brief")
    assert titles(front_page(DAY)) == ("Newer", [], ["Older"])


def test_a_lead_story_that_is_not_public_leads_nothing():
    builders.post("For members", "2026-11-20", prominence="lead", audience="members")
    builders.post("Draft", "2026-11-20", prominence="lead", state="draft")
    builders.post("Public", "2026-11-01")
    assert titles(front_page(DAY)) == ("Public", [], [])


def test_a_title_in_another_language_says_so(visitor):
    builders.post("Des entreprises", "2026-11-20", language="fr")
    assert 'lang="fr">Des entreprises' in visitor.get("/").content.decode()


def test_it_is_one_query(django_assert_num_queries):
    for number in range(12):
        builders.post(f"Text {number}", prominence=("lead", "ordinary", "brief")[number % 3])
    with django_assert_num_queries(1):
        front = front_page(DAY)
        assert [one.get_absolute_url() for one in (front.lead, *front.beside, *front.in_brief)]
