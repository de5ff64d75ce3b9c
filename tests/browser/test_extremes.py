"""Pages of an empty, a tiny and a huge portal: no barrier, and nothing wider than the window."""

import pytest

from tests import extremes
from tests.browser.test_accessibility import faults

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("portal", extremes.PORTALS, ids=lambda portal: portal.__name__)
def test_pages_bear_it(open_page, portal):
    paths = portal()
    page = open_page(reduced_motion="reduce")
    found = []
    for path in paths:
        found += faults(page, path)
    assert not found, "\n".join(found)
