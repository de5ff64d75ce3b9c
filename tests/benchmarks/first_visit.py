"""What a first visit costs, page by page, and what Lighthouse says of it on a phone.

Prints tables; docs/performance.md keeps the last ones. Budgets are tested in
`tests/browser/test_first_visit.py`.
"""

import json
import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from tests.browser.conftest import BROWSERS, DESKTOP, PHONE, sessions
from tests.browser.first_visit import PAGES, visit

# Lighthouse 12, the last for Node 20, cannot read what new browsers record: so Node comes with it.
PACKAGES = ("lighthouse@13.5.0", "node@22.23.3")
TOOL = settings.STATE_DIR / "tools" / "-".join(PACKAGES)
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ATTEMPTS = 3  # at times the browser's recording has no beginning, and it says to run it again
RUNS = 3  # the middle one counts, as other work on the machine disturbs


def say(*cells) -> None:
    sys.stdout.write("| " + " | ".join(str(cell) for cell in cells) + " |\n")


def head(*names) -> None:
    sys.stdout.write("\n")
    say(*names)
    say(*("---" for _ in names))


def test_bytes_requests_script_and_shift(browser, db, real_site, complaints):
    head("page", "bytes", "requests", "script", "shift, desktop", "shift, phone")
    with sessions(browser, real_site, complaints) as open_page:
        for name, path in PAGES.items():
            first, narrow = (visit(open_page(size), path) for size in (DESKTOP, PHONE))
            shifts = (f"{each.shift:.4f}" for each in (first, narrow))
            say(name, f"{first.total:,}", first.requests, f"{first.script:,}", *shifts)


def lighthouse(url: str) -> dict[str, int]:
    """Return category → score of 100, of one run as on a mid-range phone."""
    command = [
        TOOL / "node_modules" / ".bin" / "node",
        TOOL / "node_modules" / "lighthouse" / "cli" / "index.js",
        url,
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--headless --no-sandbox --disable-gpu",
    ]
    chrome = {"CHROME_PATH": next(filter(None, map(shutil.which, BROWSERS)))}
    for _ in range(ATTEMPTS):
        run = subprocess.run(
            command, env=os.environ | chrome, capture_output=True, text=True, check=False
        )
        if run.returncode == 0:
            break
    else:
        pytest.fail(f"Lighthouse ended: {run.stderr[-2000:]}")
    report = json.loads(run.stdout)
    if folder := os.environ.get("LIGHTHOUSE_REPORTS"):  # to read what costs a point
        name = url.partition("://")[2].replace("/", "-")
        (settings.BASE_DIR / folder / f"{name}.json").write_text(run.stdout)
    return {name: round(report["categories"][name]["score"] * 100) for name in CATEGORIES}


def test_lighthouse_on_a_phone(browser, db, real_site):
    if not shutil.which("npm"):
        pytest.skip("Lighthouse needs Node and npm, and neither was found: no scores this time.")
    if not TOOL.exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", TOOL]
        subprocess.run([*command, *PACKAGES], check=True)
    head("page", *CATEGORIES)
    for name, path in PAGES.items():
        runs = [lighthouse(real_site + path) for _ in range(RUNS)]
        middle = sorted(runs, key=lambda scores: scores["performance"])[RUNS // 2]
        say(name, *(middle[category] for category in CATEGORIES))
