"""The Atom feeds, checked against the rules of RFC 4287."""

import datetime
from html import unescape
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from news.models import Contribution, Post
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def public_address(settings):
    settings.SITE_URL = "https://portal.example.org"


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
    assert links["self"] == f"https://portal.example.org{path}"
    assert links["alternate"] == f"https://portal.example.org{path.removesuffix('feed/')}"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The Alliance"
    [entry] = feed.findall(f"{ATOM}entry")
    for name in ("id", "title", "updated", "published", "summary", "content"):
        assert len(entry.findall(f"{ATOM}{name}")) == 1, name
    assert entry.find(f"{ATOM}link").get("href").startswith("https://portal.example.org/")
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


# As programs read them that were not written here


def test_a_feed_reader_reads_atom_and_finds_nothing_to_complain_of(client, alliance, group, member):
    post = builders.post(
        "A & B", lead="Lead.", body='<p>Text with <a href="/members/">a link</a></p>', kind="press"
    )
    post.groups.add(group)
    post.organisations.add(member)
    for query in ("", "?kind=press", "?group=digitalisation", f"?organisation={member.slug}"):
        read = feedparser.parse(client.get(f"/news/feed/{query}").content)
        assert not read.bozo, read.get("bozo_exception")
        assert read.version == "atom10"
        [entry] = read.entries
        assert unescape(entry.title) == "A & B"
        assert entry.link == "https://portal.example.org/news/a-b/"
        assert entry.content[0].type == "text/html"
        assert 'href="https://portal.example.org/members/"' in entry.content[0].value
        assert entry.updated_parsed >= entry.published_parsed
        assert entry.id.startswith("tag:portal.example.org,")


@pytest.mark.parametrize("path", ["/news/", "/policy/"])
def test_the_json_feed_says_the_same_as_atom(client, alliance, path):
    for number in range(3):
        builders.post(f"Post {number}", lead="Lead.", body="<p>Text</p>")
        builders.position(f"Position {number}", lead="Lead.", body="<p>Text</p>")
    answer = client.get(f"{path}feed.json")
    assert answer["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"https://portal.example.org{path}feed.json"
    assert feed["home_page_url"] == f"https://portal.example.org{path}"
    atom = feedparser.parse(client.get(f"{path}feed/").content)
    assert [
        (item["id"], item["url"], item["title"], item["summary"], item["content_html"],
         item["date_modified"], item["date_published"])
        for item in feed["items"]
    ] == [
        (entry.id, entry.link, entry.title, entry.summary, entry.content[0].value, entry.updated,
         entry.published)
        for entry in atom.entries
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/news/feed/", "/news/feed.json", "/policy/feed/"])
def test_a_feed_that_did_not_change_is_not_sent_again(client, path):
    builders.post("One")
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    builders.post("Two")
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_a_json_feed_holds_nothing_that_is_not_public(client, hidden):
    assert client.get("/news/feed.json").json()["items"] == []
