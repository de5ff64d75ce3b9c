"""What must be right before this runs for others: `manage.py check --deploy --database default`."""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Tags, Warning, register  # noqa: A004 Django's own name
from django.db import connections

from publishing.models import SEARCH_CONFIG

OLDEST_POSTGRESQL = 180000  # as the server numbers its versions: 18.0
EXTENSIONS = {"btree_gist", "pg_trgm", "unaccent"}


@register(Tags.security, deploy=True)
def the_site_has_an_address(**_kwargs):
    """Mails, feeds and files print SITE_URL."""
    parts = urlsplit(settings.SITE_URL)
    if parts.scheme == "https" and parts.hostname:
        return []
    hint = "Set SITE_URL to the address that visitors type, for example https://example.org."
    return [
        Error(f"SITE_URL is not an https address: {settings.SITE_URL!r}.", hint, id="portal.E001")
    ]


@register(Tags.security, deploy=True)
def mail_goes_out(**_kwargs):
    if settings.MAIL_URL:
        return []
    hint = "Set MAIL_URL to your mail server; invitations and messages lie in a folder until then."
    return [Warning("No mail server is set.", hint, id="portal.W001")]


@register(Tags.database)
def the_database_fits(databases=None, **_kwargs):
    """The server's version, and once tables are there what they are built on."""
    problems = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql" or connection.pg_version < OLDEST_POSTGRESQL:
            hint = "Set DATABASE_URL to a PostgreSQL server of version 18 or newer."
            problems.append(Error("The database is not PostgreSQL 18.", hint, id="portal.E002"))
        elif "alliance_portal_sitesettings" in connection.introspection.table_names():
            problems += _search_is_there(connection) + _office_has_an_address()
    return problems


def _search_is_there(connection) -> list[Error]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extname FROM pg_extension")
        missing = EXTENSIONS - {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT count(*) FROM pg_ts_config WHERE cfgname = %s", [SEARCH_CONFIG])
        (configurations,) = cursor.fetchone()
    problems = []
    if missing:
        hint = "Let a superuser run CREATE EXTENSION for each, then manage.py migrate."
        names = ", ".join(sorted(missing))
        problems.append(Error(f"Missing in the database: {names}.", hint, id="portal.E003"))
    if not configurations:
        hint = "It is made by publishing's first migration: restore the database completely."
        message = f"The text search configuration {SEARCH_CONFIG!r} is missing."
        problems.append(Error(message, hint, id="portal.E004"))
    return problems


def _office_has_an_address() -> list[Warning]:
    # Models are loaded after the checks are registered.
    from alliance_portal.models import SiteSettings

    if not settings.PRODUCTION or SiteSettings.load().contact_email:
        return []
    hint = "Enter it in the admin under site settings; until then messages only wait in the admin."
    return [Warning("The office has no mail address.", hint, id="portal.W002")]
