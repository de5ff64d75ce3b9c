"""For machines that watch or visit: is it alive, is it ready, where may robots go."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache


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


def robots(request):
    """Say where robots may go: public pages, one page of each list, no filters."""
    private = [reverse("desk"), "/accounts/", reverse("admin:index")]
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in private),
        "Disallow: /*?",
        "Allow: /*?page=",
        "",
        f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")
