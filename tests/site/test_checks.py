"""What `manage.py check --deploy` says before the portal runs for others."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from alliance_portal import checks
from alliance_portal.models import SiteSettings


def ids(problems) -> list[str]:
    return [problem.id for problem in problems]


@pytest.mark.parametrize("address", ["", "http://example.org", "https://", "example.org"])
def test_the_sites_address_must_be_https(settings, address):
    settings.SITE_URL = address
    assert ids(checks.the_site_has_an_address()) == ["portal.E001"]
    settings.SITE_URL = "https://example.org"
    assert checks.the_site_has_an_address() == []


def test_without_a_mail_server_there_is_a_warning(settings):
    settings.MAIL_URL = ""
    assert ids(checks.mail_goes_out()) == ["portal.W001"]
    settings.MAIL_URL = "smtp://mail.example.org"
    assert checks.mail_goes_out() == []


@pytest.mark.django_db
def test_the_test_database_is_as_it_should_be():
    assert checks.the_database_fits(databases=["default"]) == []
    assert checks.the_database_fits() == []


@pytest.mark.django_db
def test_an_older_server_is_refused(monkeypatch):
    monkeypatch.setattr(connection, "pg_version", 170006)
    assert ids(checks.the_database_fits(databases=["default"])) == ["portal.E002"]
    with pytest.raises(CommandError, match="not PostgreSQL 18"):
        call_command("check", databases=["default"])


@pytest.mark.django_db
def test_a_missing_search_configuration_is_found():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TEXT SEARCH CONFIGURATION portal RENAME TO elsewhere")
    assert ids(checks.the_database_fits(databases=["default"])) == ["portal.E004"]


@pytest.mark.django_db
def test_a_missing_extension_is_named(monkeypatch):
    monkeypatch.setattr(checks, "EXTENSIONS", {"unaccent", "postgis"})
    (problem,) = checks.the_database_fits(databases=["default"])
    assert problem.id == "portal.E003"
    assert "postgis" in problem.msg


@pytest.mark.django_db
def test_in_production_the_office_needs_a_mail_address(settings):
    settings.PRODUCTION = True
    assert ids(checks.the_database_fits(databases=["default"])) == ["portal.W002"]
    SiteSettings.objects.create(contact_email="office@example.org")
    assert checks.the_database_fits(databases=["default"]) == []
