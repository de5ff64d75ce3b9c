"""How the querysets of pages treat a relation that they forgot to load."""

from django.conf import settings
from django.db.models import FETCH_PEERS, FETCH_RAISE


def for_page(queryset):
    """Return the queryset of a page: a forgotten relation is an error in tests, and costs one query
    for all rows, not one a row, elsewhere.
    """
    return queryset.fetch_mode(FETCH_RAISE if settings.FETCH_RAISE_IN_PAGES else FETCH_PEERS)
