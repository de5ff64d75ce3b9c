"""What machines ask: alive, ready, where robots may go."""

import re

import pytest
from django.db import OperationalError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client


def test_alive_needs_no_database():
    response = Client().get("/healthz")
    assert (response.status_code, response.content) == (200, b"alive\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_ready_when_the_database_answers_and_is_migrated(visitor):
    response = visitor.get("/readyz")
    assert (response.status_code, response.content) == (200, b"ready\n")


@pytest.mark.django_db
def test_not_ready_while_a_migration_waits(visitor):
    (latest,) = MigrationLoader(connection).graph.leaf_nodes("news")
    MigrationRecorder(connection).record_unapplied(*latest)
    response = visitor.get("/readyz")
    assert response.status_code == 503
    assert b"not applied" in response.content


@pytest.mark.django_db
def test_not_ready_while_the_database_does_not_answer(visitor, monkeypatch):
    def refuse(*args):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = visitor.get("/readyz")
    assert response.status_code == 503
    assert response.content == b"the database does not answer\n"


def may_fetch(rules: list[str], address: str) -> bool:
    """Whether a robot may fetch an address, by the rules of RFC 9309, 2.2.2 and 2.2.3."""
    for rule in rules:
        pattern = re.escape(rule.removesuffix("$")).replace(r"\*", ".*")
        if re.match(pattern + ("$" if rule.endswith("$") else ""), address):
            return False
    return True


def test_robots_stay_out_of_what_is_private_and_of_what_has_no_end(settings):
    settings.SITE_URL = "https://example.org"
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert lines[-1] == "Sitemap: https://example.org/sitemap.xml"
    rules = [line.removeprefix("Disallow: ") for line in lines[1:-2]]
    assert not any(":" in rule for rule in rules)
    for address in (
        "/desk/", "/desk/groups/skills/", "/accounts/login/", "/admin/", "/search/?q=cluj",
        "/members/?country=BE&country=RO", "/news/?year=2026&page=2", "/policy/?q=a&file=b",
    ):  # fmt: skip
        assert not may_fetch(rules, address), address
    for address in (
        "/", "/search/", "/members/", "/members/?page=2", "/members/?on=2022-04-14",
        "/news/?topic=skills", "/news/a-post/", "/news/a-post/card.png", "/sitemap.xml",
        "/sitemap-posts.xml?p=3", "/static/css/portal.css", "/icon.svg", "/news/feed/",
        "/media/pictures/2026/hall.png",
    ):  # fmt: skip
        assert may_fetch(rules, address), address


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_watcher_is_not_sent_to_https(visitor, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    assert visitor.get(address).status_code == 200
    assert visitor.get("/about/").status_code == 301
