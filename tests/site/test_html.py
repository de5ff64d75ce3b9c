"""Valid HTML at every address of the demonstration, in every state, signed in and not.

The Nu checker judges where `.ci/vnu` found Java and npm (`make test` runs it); a strict parser does
everywhere.
"""

import json
import shutil
import subprocess
from collections import defaultdict

import pytest
from django.conf import settings

from accounts.models import User
from tests.browser import addresses
from tests.site.pages import parse

JAR = settings.STATE_DIR / "tools" / "vnu.jar"

pytestmark = pytest.mark.django_db


def has_nu_checker() -> bool:
    return JAR.exists() and shutil.which("java") is not None


@pytest.fixture(scope="module")
def pages(loaded_demo, django_db_blocker) -> dict[str, str]:
    """Address → HTML of every page, those behind the sign-in as the one who uses them sees them."""
    from django.test import Client

    found = {}
    with django_db_blocker.unblock():
        visits = {"": [*addresses.public_pages(), *addresses.STATES, *addresses.SIGN_IN]}
        visits |= addresses.signed_in_pages()
        visits[addresses.MANAGER] += addresses.admin_pages()
        visits[""] += addresses.application_pages()
        for email, paths in visits.items():
            client = Client()
            if email:
                client.force_login(User.objects.get(email=email))
            for path in paths:
                answer = client.get(path)
                if answer.content:  # a redirect has none
                    found[path] = answer.content.decode()
    return found


def said_by_the_nu_checker(pages: dict[str, str], folder) -> dict[str, list[str]]:
    """Return message → where; all pages in one run, as Java takes its time to start."""
    paths = {}
    for number, (path, html) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_text(html, encoding="utf-8")
        paths[file.as_uri()] = path
    run = subprocess.run(
        ["java", "-jar", JAR, "--errors-only", "--format", "json", "--exit-zero-always", folder],
        capture_output=True,
        check=True,
    )
    found = defaultdict(list)
    for error in json.loads(run.stderr)["messages"]:
        path = paths[error["url"].replace("file:/", "file:///", 1)]
        extract = " ".join(error.get("extract", "").split())
        found[error["message"]].append(f"{path}: {extract}")
    return found


def unparsed(pages: dict[str, str]) -> str:
    found = {path: errors for path, html in pages.items() if (errors := parse(html)[1])}
    return "\n".join(f"{path}: {errors[:3]}" for path, errors in found.items())


def test_every_page_is_parsed_without_an_error(pages):
    assert not unparsed(pages)


@pytest.mark.skipif(
    not has_nu_checker(),
    reason="The Nu checker is not here: .ci/vnu fetches it where Java and npm are.",
)
def test_every_page_is_valid_html(pages, tmp_path):
    assert len(pages) > 100
    found = said_by_the_nu_checker(pages, tmp_path)
    assert not found, "\n".join(
        f"{message} {len(places)} times, such as {places[:3]}" for message, places in found.items()
    )
