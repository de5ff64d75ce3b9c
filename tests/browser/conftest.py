"""A real browser for the tests that click and type; anything it complains about fails the test."""

import os
import shutil
import threading
import time
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command
from django.core.signals import request_finished, request_started
from django.db import connections
from django.test import Client, override_settings
from playwright.sync_api import Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from tests.browser.addresses import application_pages
from tests.browser.first_visit import real_stack
from tests.browser.watch import Watch

BROWSERS = ("chromium", "google-chrome", "chrome", "microsoft-edge")
DESKTOP, PHONE = (1280, 900), (360, 740)


def pytest_collection_modifyitems(items):
    """Everything in this folder drives a browser."""
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
        connections.close_all()  # those of Playwright's loop, which nobody finds after it
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def complaints():
    """What the browser complains of during the test (`watch.py`): nothing may be left at its end."""
    found: list[str] = []
    yield found
    assert not found, "\n".join(found)


@contextmanager
def sessions(browser, site: str, complaints: list[str]):
    """Yield a function: size, options of the session → a page of a fresh session on `site`."""
    contexts = []

    def opened(size=DESKTOP, **options) -> Page:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            base_url=site,
            locale="en-GB",
            timezone_id="Europe/Brussels",
            **options,
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        Watch(site, complaints).over(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()


class Answering:
    """Counts the requests that the portal in this process is answering just now."""

    QUIET, LONGEST = 0.05, 10  # seconds

    def __init__(self):
        self.number = 0
        self.changed = threading.Condition()

    def began(self, **_signal):
        self._count(1)

    def ended(self, **_signal):
        self._count(-1)

    def _count(self, change: int):
        with self.changed:
            self.number += change
            self.changed.notify_all()

    def wait_for_the_last(self):
        """Wait until nothing is answered, and nothing more comes for a moment."""
        until = time.monotonic() + self.LONGEST
        with self.changed:
            while time.monotonic() < until:
                if not self.changed.wait(self.QUIET) and not self.number:
                    return


@pytest.fixture
def answering():
    """The requests that are being answered, by the live server's threads too."""
    counted = Answering()
    request_started.connect(counted.began)
    request_finished.connect(counted.ended)
    yield counted
    request_started.disconnect(counted.began)
    request_finished.disconnect(counted.ended)


@pytest.fixture
def open_page(browser, live_server, complaints, answering):
    """Return a function: size → a page of a fresh session on the portal.

    What a page sends as it is closed is answered before the database is emptied: both would wait for
    each other otherwise.
    """
    with sessions(browser, live_server.url, complaints) as opened:
        yield opened
    answering.wait_for_the_last()


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


def session_of(user: User) -> str:
    """Sign an account in; return the value of the session's cookie."""
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def with_session(page: Page, value: str, site: str) -> Page:
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": site}])
    return page


@pytest.fixture
def signed_in(open_page, live_server):
    """Return a function: account's address, options of `open_page` → a page that it is signed in on.

    Without an address nobody is signed in.
    """

    def opened(email: str = "", **options) -> Page:
        page = open_page(**options)
        if not email:
            return page
        return with_session(page, session_of(User.objects.get(email=email)), live_server.url)

    return opened


@pytest.fixture
def demo(live_server):
    """The demonstration, loaded."""
    call_command("load_demo", stdout=StringIO())


@pytest.fixture(scope="module")
def demonstration(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration on a server, loaded once for the tests of a file that only read it.

    Yields its address, its folder of uploads, account → value of a session's cookie, and the pages
    of its applications. No other test of that file may use `live_server`, which empties the database.
    """
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        call_command("load_demo", stdout=StringIO())
        sessions = {user.email: session_of(user) for user in User.objects.all()}
        secret = application_pages()
        server = LiveServer("localhost")
    yield SimpleNamespace(url=server.url, media=media, sessions=sessions, applications=secret)
    server.stop()
    with django_db_blocker.unblock():
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="module")
def real_site(demonstration, tmp_path_factory):
    """The address of the demonstration as production serves it (`first_visit.real_stack`)."""
    with real_stack(demonstration, tmp_path_factory.mktemp("state")) as address:
        yield address


@pytest.fixture
def demo_page(browser, demonstration, db, complaints, settings):
    """Return a function: account's address, options → a page on the `demonstration`, as `signed_in`."""
    settings.MEDIA_ROOT = demonstration.media
    with sessions(browser, demonstration.url, complaints) as open_page:

        def opened(email: str = "", **options) -> Page:
            page = open_page(**options)
            if not email:
                return page
            return with_session(page, demonstration.sessions[email], demonstration.url)

        yield opened


def with_faces(page: Page) -> Page:
    """Have a page wait for its faces: to visitors one that is late comes with the next page only."""

    def patient(route):
        answer = route.fetch()
        css = answer.text().replace("font-display: optional", "font-display: block")
        route.fulfill(response=answer, body=css)

    page.route("**/css/*.css", patient)
    return page


def no_sideways_scroll(page: Page) -> bool:
    """Whether the page fits its window; what is wider scrolls within itself.

    After a click, first expect what the click leads to: the page before would be measured otherwise.
    Without its stylesheet, which comes before `load`, a page is as wide as its drawings.
    """
    page.wait_for_load_state("load")
    return page.evaluate(
        "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    )
