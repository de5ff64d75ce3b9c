"""A real browser for the tests that click and type; anything it complains about fails the test."""

import os
import shutil
from io import StringIO
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from accounts.models import User

BROWSERS = ("chromium", "google-chrome", "chrome", "microsoft-edge")
DESKTOP, PHONE = (1280, 900), (360, 740)
# Complaints of the browser itself about an answer that a test asks for on purpose.
EXPECTED_ANSWERS = (
    "status of 404",
    "status of 409",
    "status of 410",
    "status of 422",
    "status of 403",
)


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser; in parallel, one worker takes it all in turn."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser():
    """The installed browser, headless; without one the tests are skipped, and fail where CI is set."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        reason = "No Chromium, Chrome or Edge is installed: .ci/browser says how to get one."
        pytest.fail(reason) if os.environ.get("CI") else pytest.skip(reason)
    arguments = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-dev-shm-usage"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    # Playwright's synchronous interface runs a loop in this thread; Django would refuse the database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=arguments)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(browser, live_server):
    """Return a function: size → a page of a fresh session on the portal.

    Afterwards the test fails if a page reported a breach of the Content-Security-Policy, an error in
    a script or a request to another site.
    """
    contexts, complaints = [], []

    def opened(size=DESKTOP, **options) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            base_url=live_server.url,
            locale="en-GB",
            timezone_id="Europe/Brussels",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("console", note)
        page.on("request", elsewhere)
        return page

    def note(message):
        expected = any(answer in message.text for answer in EXPECTED_ANSWERS)
        if message.type == "error" and not expected:
            complaints.append(f"console: {message.text}")

    def elsewhere(request):
        if not request.url.startswith((live_server.url, "data:", "blob:", "about:")):
            complaints.append(f"request to another site: {request.url}")

    yield opened
    for context in contexts:
        context.close()
    assert not complaints


@pytest.fixture
def page(open_page):
    """A page on a desktop screen."""
    return open_page()


@pytest.fixture
def sign_in_by_form(live_server):
    """Return a function that signs an account in as people do: on the page, by typing."""

    def signed_in(page: Page, email: str, password: str = "correct horse battery") -> Page:
        page.goto("/accounts/login/")
        page.get_by_label("Mail address").fill(email)
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_role("button", name="Sign in").click()
        return page

    return signed_in


def barriers(page: Page) -> list[str]:
    """Return what axe finds against WCAG 2.2 AA on the page as it stands: rule and where."""
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}})
    return [
        f"{violation['id']}: {node['target']}"
        for violation in found.response["violations"]
        for node in violation["nodes"]
    ]


@pytest.fixture
def demo(live_server):
    """The demonstration, loaded."""
    call_command("load_demo", stdout=StringIO())


@pytest.fixture
def signed_in(open_page, live_server):
    """Return a function: account's address, options of `open_page` → a page that it is signed in on.

    Without an address nobody is signed in.
    """

    def opened(email: str = "", **options) -> Page:
        page = open_page(**options)
        if email:
            client = Client()
            client.force_login(User.objects.get(email=email))
            name = settings.SESSION_COOKIE_NAME
            session = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
            page.context.add_cookies([session])
        return page

    return opened


def no_sideways_scroll(page: Page) -> bool:
    """Whether the page fits its window; what is wider scrolls within itself."""
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
