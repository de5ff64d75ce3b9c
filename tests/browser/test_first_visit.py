"""A first visit to a page is small and quiet, as the real stack serves it (`make benchmarks` prints)."""

import pytest

from tests.browser.conftest import DESKTOP, PHONE, sessions
from tests.browser.first_visit import PAGES, visit


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_first_visit_keeps_to_its_budget(db, browser, real_site, complaints, size):
    """At most 90 KB in 8 requests, 10 KB of it script, and nothing jumps when the fonts arrive."""
    found = []
    with sessions(browser, real_site, complaints) as open_page:
        for path in PAGES.values():
            first = visit(open_page(size), path)
            if first.total > 90_000 or first.requests > 8 or first.script > 10_000:
                found.append(
                    f"{path}: {first.total} bytes, {first.requests} requests {first.sizes}"
                )
            if first.shift > 0.001:
                found.append(f"{path}: jumps by {first.shift:.4f}, {first.shifts}")
    assert not found, "\n".join(found)
