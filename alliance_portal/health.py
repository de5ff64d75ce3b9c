"""For machines that watch or visit: is it alive, is it ready, where may robots go."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from publishing.addresses import absolute


@never_cache
def healthz(_request):
    """Answer while the process lives; the database is not asked."""
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
def readyz(_request):
    """Answer 200 when pages can be served: the database answers and is migrated; else 503 and why."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return HttpResponse("the database does not answer\n", status=503, content_type="text/plain")
    if missing:
        word = f"{len(missing)} migrations are not applied\n"
        return HttpResponse(word, status=503, content_type="text/plain")
    return HttpResponse("ready\n", content_type="text/plain")


def robots(_request):
    """Say where robots may not go: what is behind a sign-in, what is found, filters combined.

    One filter at a time may be read: those pages are few, links lead to them, and they say
    themselves that no index should keep them.
    """
    private = [reverse("desk"), "/accounts/", reverse("admin:index")]
    endless = [f"{reverse('search')}?", "/*?*&"]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in private + endless),
        "",
        f"Sitemap: {absolute(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
