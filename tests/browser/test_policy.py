"""The Content-Security-Policy of production is on in all of these tests, and nothing breaks it.

`complaints` fails any browser test whose page breaks the policy; here it is shown to notice, and
every page of the admin is opened, which other tests do not see.
"""

import json
import subprocess
import sys

import pytest
from django.conf import settings
from django.utils.csp import build_policy

from tests.browser import addresses
from tests.browser.conftest import no_sideways_scroll

OF_PRODUCTION = {
    "PORTAL_ENV": "production",
    "SECRET_KEY": "for this test only, and not a secret at all: sixty letters",
    "ALLOWED_HOSTS": "example.org",
    "DATABASE_URL": "postgresql://portal@db/portal",
    "SITE_URL": "https://example.org",
    "MAIL_URL": "smtps://mail.example.org",
}
PRINT_POLICY = (
    "import json; from alliance_portal.settings import SECURE_CSP as it; print(json.dumps(it))"
)


def test_it_is_productions_and_every_kind_of_page_has_it(demo_page):
    production = subprocess.run(
        [sys.executable, "-c", PRINT_POLICY],
        env=OF_PRODUCTION,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    policy = build_policy(json.loads(production.stdout))
    assert "unsafe" not in policy
    page = demo_page(addresses.MANAGER)
    for path in ("/", "/there-is-nothing-here/", "/desk/", "/styleguide/", "/admin/"):
        assert page.goto(path).headers["content-security-policy"] == policy, path


@pytest.mark.parametrize(
    ("does", "complaint"),
    [
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "policy: script-src-elem forbids inline",
        ),
        ("document.body.setAttribute('style', 'color: red')", "policy: style-src-attr forbids"),
        ("document.body.setAttribute('onclick', '1')", "policy: script-src-attr forbids inline"),
        ("new Image().src = 'https://example.org/dot.png'", "policy: img-src forbids https"),
        ("new Image().src = '/static/lost.png'", "answer: 404 for"),
        ("setTimeout(() => { throw Error('it broke') })", "script: it broke"),
        ("console.error('it broke')", "console: it broke"),
    ],
)
def test_what_a_page_does_wrong_is_noticed(demo_page, complaints, does, complaint):
    page = demo_page()
    page.goto("/privacy/")
    page.evaluate(f"() => {{ {does} }}")
    found = []
    for _moment in range(100):
        page.wait_for_timeout(50)
        if found := [each for each in complaints if each.startswith(complaint)]:
            break
    page.wait_for_load_state("networkidle")  # what else comes of it belongs to this test
    complaints.clear()
    assert found


def test_the_admin_keeps_to_it_and_to_the_screen(demo_page):
    """Every list and every form, empty and filled."""
    page = demo_page(addresses.MANAGER, reduced_motion="reduce")
    found = []
    for path in addresses.admin_pages():
        status = page.goto(path).status
        if status not in {200, 403, 404}:  # some records are never made by hand
            found.append(f"{path}: answers {status}")
        if not no_sideways_scroll(page):
            found.append(f"{path}: scrolls sideways")
    assert not found, "\n".join(found)
