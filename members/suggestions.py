"""What the search box of the directory suggests while one types."""

from heapq import nsmallest

from django.http import QueryDict

from members.filters import states
from members.index import index
from members.models import Organisation
from members.querysets import ANNOUNCED, FORMER
from record.days import today
from record.fetching import for_page
from record.names import normalise

SHORTEST, MOST = 2, 8


def suggestions(query: QueryDict) -> list[dict[str, str]]:
    """Return the members, announced and former ones too, that `q` may mean, the likeliest first.

    Each has its name, its address and what tells it from others: the other name that was typed,
    its place, and its state where it is no member today. Fewer than two letters suggest nothing.
    """
    words = query.get("q", "")
    if len(normalise(words)) < SHORTEST:
        return []
    record = index()
    standing, ranks = record.on(today()), record.ranks(words)
    best = nsmallest(MOST, ranks, key=lambda place: (-ranks[place], place))
    keys = [record.keys[place] for place in best]
    rows = Organisation.objects.with_found_name(words).defer(
        "description", "search", "search_names"
    )
    found = {row.pk: row for row in for_page(rows.filter(pk__in=keys))}
    return [
        _suggestion(found[key], standing.state_of(place))
        for key, place in zip(keys, best, strict=True)
        if key in found
    ]


def _suggestion(row: Organisation, state: str) -> dict[str, str]:
    state = dict(states(today()))[state].lower() if state in {ANNOUNCED, FORMER} else ""
    about = ", ".join(part for part in (row.found_as, row.place, state) if part)
    return {"name": row.name, "about": about, "url": row.get_absolute_url()}
