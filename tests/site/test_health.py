"""What machines ask: alive, ready, where robots may go."""

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


def test_robots_stay_out_of_private_parts_and_filters():
    lines = Client().get("/robots.txt").content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    for rule in ("/desk/", "/accounts/", "/admin/", "/*?"):
        assert f"Disallow: {rule}" in lines
    assert "Sitemap: http://testserver/sitemap.xml" in lines


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_a_watcher_is_not_sent_to_https(visitor, settings, address):
    settings.SECURE_SSL_REDIRECT = True
    assert visitor.get(address).status_code == 200
    assert visitor.get("/about/").status_code == 301
