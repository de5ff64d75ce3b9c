"""What is not public stays unseen: by address, list, filter, count, feed, sitemap and search word."""

import datetime

import pytest
from django.utils import timezone

from news.models import Position, Post
from news.sitemaps import PositionSitemap, PostSitemap
from publishing.models import Topic
from tests import builders
from tests.news.conftest import SOON, WORD
from working_groups.sitemaps import OverviewSitemap

pytestmark = pytest.mark.django_db

PLACES = [
    "/news/",
    f"/news/?q={WORD}",
    "/news/?kind=news&year=2026",
    "/news/?group=digitalisation",
    "/news/?topic=secrets",
    "/news/feed/",
    f"/news/feed/?q={WORD}",
]


def test_nothing_hidden_has_a_page(client, hidden):
    for what, post in hidden.items():
        assert client.get(post.get_absolute_url()).status_code == 404, what


@pytest.mark.parametrize("place", PLACES)
def test_nothing_hidden_is_listed_found_or_fed(client, hidden, place):
    topic = Topic.objects.create(name="Secrets", slug="secrets")
    for post in hidden.values():
        post.topics.add(topic)
        post.groups.add(post.audience_group or hidden["group"].audience_group)
    page = client.get(place).content.decode()
    assert not any(post.title in page or post.slug in page for post in hidden.values())


def test_nothing_hidden_is_counted(client, hidden):
    builders.post("Seen by all", printed="2025-01-01")
    response = client.get("/news/")
    assert response.context["page"].paginator.count == 1
    assert response.context["counts"]["kind"]["news"] == 1
    assert list(response.context["counts"]["year"]) == ["2025"]


def test_nothing_hidden_is_in_the_sitemap(hidden, group):
    seen = builders.post("Seen")
    builders.overview(group, 2024, state="draft")
    builders.position("A draft", state="draft")
    assert [post.pk for post in PostSitemap().items()] == [seen.pk]
    assert not list(PositionSitemap().items())
    assert not list(OverviewSitemap().items())


def test_a_scheduled_post_is_out_at_its_minute(client, time_machine):
    moment = datetime.datetime(2026, 3, 1, 9, 0, tzinfo=datetime.UTC)
    time_machine.move_to(moment - SOON, tick=False)
    post = builders.post("On the minute", visible_from=moment)
    places = ["/news/", "/news/feed/", "/news/?q=minute"]
    assert client.get(post.get_absolute_url()).status_code == 404
    assert not any("On the minute" in client.get(place).content.decode() for place in places)
    time_machine.move_to(moment, tick=False)
    assert client.get(post.get_absolute_url()).status_code == 200
    assert all("On the minute" in client.get(place).content.decode() for place in places)


def test_a_withdrawn_post_says_when_and_why(client, time_machine):
    time_machine.move_to(datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC), tick=False)
    post = builders.post("Said too early")
    time_machine.move_to(datetime.datetime(2026, 3, 5, 12, tzinfo=datetime.UTC), tick=False)
    post.state, post.withdrawn_reason = "withdrawn", "The figure was wrong."
    post.save()
    time_machine.move_to(datetime.datetime(2026, 4, 1, 12, tzinfo=datetime.UTC), tick=False)
    post.save()
    response = client.get(post.get_absolute_url())
    page = response.content.decode()
    assert response.status_code == 410
    assert "5\u00a0March 2026: The figure was wrong." in page


def test_what_was_withdrawn_before_its_time_was_never_there(client):
    post = builders.post("Never seen", visible_from=timezone.now() + datetime.timedelta(days=3))
    post.state, post.withdrawn_reason = "withdrawn", "Not needed."
    post.save()
    assert client.get(post.get_absolute_url()).status_code == 404


def test_a_withdrawn_text_for_members_says_nothing(client):
    post = builders.post("Inside", audience="members")
    post.state, post.withdrawn_reason = "withdrawn", "Not needed."
    post.save()
    assert client.get(post.get_absolute_url()).status_code == 404


def test_members_read_what_is_for_members_and_nobody_keeps_it(sign_in, representative):
    post = builders.post("For members", audience="members", body="<p>Inside.</p>")
    response = sign_in(representative).get(post.get_absolute_url())
    assert response.status_code == 200
    assert "Inside." in response.content.decode()
    kept = {word.strip() for word in response["Cache-Control"].split(",")}
    assert {"private", "no-store"} <= kept
    assert "public" not in kept
    assert "ETag" not in response


def test_a_page_for_members_is_no_answer_to_who_held_the_public_one(
    client, sign_in, representative
):
    post = builders.post("First for all")
    held = client.get(post.get_absolute_url())["ETag"]
    post.audience = "members"
    post.save()
    headers = {"If-None-Match": held}
    assert client.get(post.get_absolute_url(), headers=headers).status_code == 404
    response = sign_in(representative).get(post.get_absolute_url(), headers=headers)
    assert response.status_code == 200


def test_a_public_page_is_the_same_for_those_signed_in(client, sign_in, representative):
    post = builders.post("For all", body="<p>Text.</p>")
    for path in (post.get_absolute_url(), "/news/"):
        seen = sign_in(representative).get(path)
        assert seen.content == client.get(path).content
        assert "public" in seen["Cache-Control"]
        assert "Cookie" not in seen.get("Vary", "")


def test_a_stranger_with_an_account_reads_nothing_for_a_group(sign_in, representative, group):
    post = builders.post("For the group", audience="group", audience_group=group)
    assert sign_in(representative).get(post.get_absolute_url()).status_code == 404


def test_a_hidden_position_is_named_nowhere(client, group):
    position = builders.position("Secret position", state="draft")
    post = builders.post("It is coming", announces=position)
    sibling = builders.post("A translation", language="fr", translates=post, state="draft")
    page = client.get(post.get_absolute_url()).content.decode()
    assert position.title not in page
    assert sibling.title not in page
    assert client.get("/policy/secret-position/").status_code == 404
    assert "Secret" not in client.get("/policy/").content.decode()
    assert "Secret" not in client.get("/policy/feed/").content.decode()


def test_hidden_neighbours_are_passed_over(client):
    builders.post("Older", printed="2026-01-01")
    builders.post("Hidden", printed="2026-01-02", state="draft")
    post = builders.post("Middle", printed="2026-01-03")
    builders.post("Hidden too", printed="2026-01-04", audience="members")
    builders.post("Newer", printed="2026-01-05")
    context = client.get(post.get_absolute_url()).context
    assert (context["older"].title, context["newer"].title) == ("Older", "Newer")


def test_a_post_of_another_kind_has_no_second_address(client, group):
    builders.position("A paper")
    builders.overview(group, 2024)
    assert client.get("/news/a-paper/").status_code == 404
    assert client.get("/news/digitalisation-overview-2024/").status_code == 404
    assert Post.objects.count() == 0
    assert Position.objects.count() == 1
