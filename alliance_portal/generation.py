"""When public content last changed, and when it changes by itself.

One number, raised by a trigger in the transaction of every edit of a table that a public page could
show, by whatever way the edit came. With the day and the publications that are out by now it says
whether a page that somebody holds is still true: it stands behind ETag and 304 on public pages.
"""

import hashlib
from functools import wraps
from http import HTTPStatus

from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models import Subquery
from django.http import HttpResponseNotModified
from django.urls import URLResolver
from django.urls.resolvers import RoutePattern
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.http import parse_etags

from alliance_portal.models import Generation
from news.models import Opportunity
from publishing.models import Publication
from record.days import today

# Tables of these apps raise the number, except those that no public page shows.
APPS = ("publishing", "members", "working_groups", "news", "alliance_portal")
PRIVATE = {
    "publishing.Version",
    "publishing.Comment",
    "publishing.OpenEditor",
    "publishing.PreviewLink",
    "members.Application",
    "members.ApplicationDocument",
    "members.ApplicationKey",
    "members.ApplicationMessage",
    "members.ApplicationPerson",
    "members.DirectoryMark",
    "members.ConfirmationRequest",
    "members.EndingNotice",
    "members.NetworkNote",
    "members.ProfileChange",
    "members.ProfileRules",
    "members.Representation",
    "working_groups.CalendarAddress",
    "working_groups.HandoverProposal",
    "working_groups.JoinRequest",
    "working_groups.MailChoice",
    "news.Subscription",
    "news.DeadlineWatch",
    "news.DeadlineNotice",
    "news.QuoteBox",
    "alliance_portal.ContactMessage",
    "alliance_portal.Generation",
}

FUNCTION = """
CREATE OR REPLACE FUNCTION alliance_portal_raise_generation() RETURNS trigger
LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO alliance_portal_generation (id, number, changed_at) VALUES (1, 1, clock_timestamp())
    ON CONFLICT (id) DO UPDATE
        SET number = alliance_portal_generation.number + 1, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;
"""
# Before the statement: the number's row is then locked first in every transaction, so that two
# editors wait for each other in one order.
TRIGGER = """
CREATE OR REPLACE TRIGGER alliance_portal_generation
BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table}
FOR EACH STATEMENT EXECUTE FUNCTION alliance_portal_raise_generation();
"""


def public_tables() -> list[str]:
    """Return the names of the tables that a public page could show, join tables included."""
    tables = []
    for app in APPS:
        for model in apps.get_app_config(app).get_models(include_auto_created=True):
            is_history = model._meta.object_name.startswith("Historical")
            if not is_history and model._meta.label not in PRIVATE:
                tables.append(model._meta.db_table)
    return sorted(tables)


def install_triggers(**_kwargs) -> None:
    """Put the trigger on every public table; after each migrate, so that a new table has it too."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        if "alliance_portal_generation" not in existing:
            return
        cursor.execute(FUNCTION)
        for table in public_tables():
            if table in existing:
                cursor.execute(TRIGGER.format(table=connection.ops.quote_name(table)))


def current() -> str:
    """Return what the public content stands at: changes with an edit, at a scheduled minute, as a
    deadline passes, at midnight.
    """
    published = Publication.objects.published().order_by("-visible_from")
    number, latest, deadline = (
        Generation.objects.filter(pk=1)
        .annotate(
            latest=Subquery(published.values("visible_from")[:1]),
            deadline=Subquery(Opportunity.objects.closed().values("deadline")[:1]),
        )
        .values_list("number", "latest", "deadline")
        .first()
    ) or (0, None, None)
    return f"{number}|{latest}|{deadline}|{today()}"


def public_page(view):
    """Make a view's page conditional: the same for everybody, revalidated, 304 while nothing changed.

    What is not the page itself goes out as it is: another method, another status than 200, an
    answer that the view marked private or that sets a cookie. What a view has as `headers` goes out
    with both answers.
    """

    @wraps(view)
    def conditional(request, *args, **kwargs):
        if request.method not in {"GET", "HEAD"}:
            return view(request, *args, **kwargs)
        etag = _etag(request)
        if _is_held(etag, request.headers.get("If-None-Match", "")):
            response = HttpResponseNotModified()
        else:
            response = view(request, *args, **kwargs)
            if response.status_code != HTTPStatus.OK or _is_personal(response):
                return response
        for name, value in getattr(view, "headers", {}).items():
            response[name] = value
        response["ETag"] = etag
        patch_cache_control(response, public=True, no_cache=True)
        patch_vary_headers(response, ["Accept-Encoding"])
        return response

    return conditional


class PublicPages(URLResolver):
    """The public part of the site map: every view below it answers as a `public_page`."""

    def __init__(self, patterns):
        super().__init__(RoutePattern(""), patterns)

    def resolve(self, path):
        match = super().resolve(path)
        match.func = public_page(match.func)
        return match


def _etag(request) -> str:
    parts = [settings.RELEASE, request.get_host(), request.get_full_path(), current()]
    return 'W/"' + hashlib.sha256("|".join(parts).encode()).hexdigest()[:32] + '"'


def _is_held(etag: str, if_none_match: str) -> bool:
    """Whether the page that somebody holds is this one (RFC 9110, 13.1.2: weak comparison)."""
    held = parse_etags(if_none_match)
    return held == ["*"] or etag in {f"W/{tag.removeprefix('W/')}" for tag in held}


def _is_personal(response) -> bool:
    marked = response.get("Cache-Control", "")
    return bool(response.cookies) or "private" in marked or "no-store" in marked
