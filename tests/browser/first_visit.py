"""What a first visit costs on the real stack: bytes over the wire, requests, script, what jumps.

Used by the test of the budget and by the benchmark that prints the figures.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import connection
from playwright.sync_api import Page
from psycopg.conninfo import make_conninfo

PAGES = {
    "home": "/",
    "directory": "/members/",
    "member": "/members/cluj-it-cluster/",
    "group": "/working-groups/digitalisation/",
    "overview": "/working-groups/digitalisation/overviews/2021/",
    "news": "/news/",
    "post": "/news/cluj-it-becomes-a-full-member/",
    "policy": "/policy/",
}
# Static files that no public page asks for: they are not collected, which takes its time.
OTHERS = [f"--ignore={name}" for name in ("admin", "django_prose_editor", "simple_history")]
# A phone on a busy mobile network: fonts come after the text is drawn.
SLOW = {"latency": 80, "downloadThroughput": 300_000, "uploadThroughput": 90_000}
WATCH_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) if (!shift.hadRecentInput) shifts.push([
        shift.value, shift.sources.map(({ node }) => node?.parentElement?.className || node?.nodeName || "")]);
}).observe({ type: "layout-shift", buffered: true });"""
SETTLED = """() => document.fonts.ready.then(() => new Promise(
    (done) => requestAnimationFrame(() => requestAnimationFrame(() => done(shifts)))))"""


@dataclass
class Visit:
    """One page in a browser that has nothing of the site yet; sizes in bytes, as sent."""

    sizes: dict[str, int] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    shifts: list = field(default_factory=list)

    @property
    def total(self) -> int:
        return sum(self.sizes.values())

    @property
    def requests(self) -> int:
        return len(self.sizes)

    @property
    def script(self) -> int:
        return sum(size for url, size in self.sizes.items() if self.kinds.get(url) == "Script")

    @property
    def shift(self) -> float:
        return sum(value for value, _where in self.shifts)


def visit(page: Page, path: str) -> Visit:
    """Open a page on a slow network with an empty cache."""
    found, urls = Visit(), {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    session.send("Network.emulateNetworkConditions", {"offline": False} | SLOW)

    def began(event):
        urls[event["requestId"]] = event["request"]["url"]
        found.kinds[event["request"]["url"]] = event["type"]

    def ended(event):
        found.sizes[urls[event["requestId"]]] = event["encodedDataLength"]

    session.on("Network.requestWillBeSent", began)
    session.on("Network.loadingFinished", ended)
    page.add_init_script(WATCH_SHIFTS)
    page.goto(path, wait_until="load")
    found.shifts = page.evaluate(SETTLED)
    session.detach()
    return found


@contextmanager
def real_stack(demonstration, folder: Path):
    """Run gunicorn as in production on the demonstration, with static files collected into `folder`.

    Yields its address. Production itself insists on https, which no test has a certificate for:
    that redirect alone is off.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    parts = {
        "dbname": connection.settings_dict["NAME"],
        "user": connection.settings_dict["USER"],
        "password": connection.settings_dict["PASSWORD"],
        "host": connection.settings_dict["HOST"],
        "port": connection.settings_dict["PORT"],
    }
    environment = os.environ | {
        "PORTAL_ENV": "production",
        "PORTAL_STATE_DIR": str(folder),
        "MEDIA_ROOT": str(demonstration.media),
        "DATABASE_URL": make_conninfo(**{name: value for name, value in parts.items() if value}),
        "SECRET_KEY": settings.SECRET_KEY,
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "MAIL_URL": "smtp://localhost",
        "SSL_REDIRECT": "no",
    }
    subprocess.run(
        [sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0", *OTHERS],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    server = [sys.executable, "-m", "gunicorn", "alliance_portal.wsgi", "--threads", "4"]
    process = subprocess.Popen(
        [*server, "--bind", f"127.0.0.1:{port}", "--log-level", "error"],
        cwd=settings.BASE_DIR,
        env=environment,
    )
    try:
        _wait_until_it_answers(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_until_it_answers(port: int, process: subprocess.Popen, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        with suppress(OSError), closing(asked):
            asked.request("GET", "/healthz")
            if asked.getresponse().status == 200:
                return
        if process.poll() is not None or time.monotonic() > until:
            raise RuntimeError("The portal did not start; what it said stands above.")
        time.sleep(0.1)
