"""The Atom feeds, checked against the rules of RFC 4287."""

import datetime
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from news.models import Contribution, Post
from tests import builders

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def feed_of(client, path="/news/feed/"):
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content)  # noqa: S314 our own feed


def entries(client, path="/news/feed/"):
    return feed_of(client, path).findall(f"{ATOM}entry")


def texts(client, path="/news/feed/"):
    return [entry.findtext(f"{ATOM}title") for entry in entries(client, path)]


@pytest.mark.parametrize("path", ["/news/feed/", "/policy/feed/"])
def test_a_feed_has_what_atom_asks_for(client, alliance, path):
    builders.post("A & B < C", lead="Lead.", body="<p>Text &amp; more</p>")
    builders.position("D & E", lead="Lead.", body="<p>Text &amp; more</p>", language="fr")
    feed = feed_of(client, path)
    for name in ("id", "title", "updated"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{path}"
    assert links["alternate"] == f"http://testserver{path.removesuffix('feed/')}"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The Alliance"
    [entry] = feed.findall(f"{ATOM}entry")
    for name in ("id", "title", "updated", "published", "summary", "content"):
        assert len(entry.findall(f"{ATOM}{name}")) == 1, name
    assert entry.find(f"{ATOM}link").get("href").startswith("http://testserver/")
    assert "<p>Text &amp; more</p>" in entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}summary") == "Lead."
    assert entry.findtext(f"{ATOM}title") in {"A & B < C", "D & E"}
    assert entry.get(LANGUAGE) == ("fr" if path == "/policy/feed/" else "en")
    for name in ("updated", "published"):
        assert datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}{name}")).tzinfo


def test_an_id_stays_when_address_and_title_change(client):
    post = builders.post("Before")
    [before] = entries(client)
    post.title, post.slug = "After", "after"
    post.save()
    [after] = entries(client)
    assert before.findtext(f"{ATOM}id") == after.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}link") is not None
    assert after.find(f"{ATOM}link").get("href").endswith("/news/after/")


def test_updated_is_the_last_save_but_never_before_it_was_out(client):
    out = timezone.now() - datetime.timedelta(hours=2)
    post = builders.post("Told", visible_from=out)
    saved = out - datetime.timedelta(days=3)
    Post.objects.filter(pk=post.pk).update(updated_at=saved)
    [entry] = entries(client)
    moment = datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
    assert moment == out
    post.save()
    [entry] = entries(client)
    later = datetime.datetime.fromisoformat(entry.findtext(f"{ATOM}updated"))
    assert later > moment
    assert feed_of(client).findtext(f"{ATOM}updated")[:16] == later.isoformat()[:16]


def test_overviews_stand_in_the_news_feed_by_their_own_address(client, group):
    builders.overview(group, 2021, "Told", body="<p>Story.</p>", outlook="<p>Next.</p>")
    [entry] = entries(client)
    assert (
        entry.find(f"{ATOM}link")
        .get("href")
        .endswith("/working-groups/digitalisation/overviews/2021/")
    )
    content = entry.findtext(f"{ATOM}content")
    assert "Story." in content
    assert "Next." in content


def test_the_newest_by_the_moment_they_came_out_stand_first(client):
    now = timezone.now()
    builders.post("Printed long ago, out last", printed="2001-01-01", visible_from=now)
    builders.post("Out before", printed="2026-01-01", visible_from=now - datetime.timedelta(1))
    assert texts(client) == ["Printed long ago, out last", "Out before"]


def test_a_feed_takes_the_filters_of_its_list(client, group, member):
    builders.post("Other")
    one = builders.post("One", kind="press")
    one.groups.add(group)
    one.organisations.add(member)
    position = builders.position("Paper")
    Contribution.objects.create(position=position, group=group)
    builders.position("Another")
    for query in ("kind=press", "group=digitalisation", f"organisation={member.slug}"):
        assert texts(client, f"/news/feed/?{query}") == ["One"]
    assert texts(client, "/policy/feed/?group=digitalisation") == ["Paper"]
    filtered, whole = feed_of(client, "/news/feed/?kind=press"), feed_of(client)
    assert filtered.findtext(f"{ATOM}title") == "News: Press release"
    assert filtered.findtext(f"{ATOM}id") != whole.findtext(f"{ATOM}id")
    assert 'href="/news/feed/?kind=press"' in client.get("/news/?kind=press").content.decode()


def test_characters_that_xml_forbids_do_not_break_the_feed(client):
    builders.post("A page\x0bbreak", lead="From\x0c Word", body="<p>Pasted\x0b text</p>")
    assert texts(client) == ["A pagebreak"]


def test_a_feed_without_entries_is_a_feed(client):
    assert entries(client) == []
