"""Valid HTML in an empty, a tiny and a huge portal."""

import pytest

from tests import extremes
from tests.site.test_html import has_nu_checker, said_by_the_nu_checker, unparsed

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("portal", extremes.PORTALS, ids=lambda portal: portal.__name__)
def test_every_page_is_valid_html(portal, visitor, tmp_path):
    """By a strict parser everywhere, by the Nu checker too where it is."""
    pages = {path: visitor.get(path).content.decode() for path in portal()}
    assert not unparsed(pages)
    if has_nu_checker():
        found = said_by_the_nu_checker(pages, tmp_path)
        assert not found, dict(found)
