"""Nothing typed is lost: the browser is killed, the network goes, the session ends, two write at once."""

import os
import re
import shutil
import signal
import subprocess
import time

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import BROWSERS, DESKTOP, PHONE, barriers, no_sideways_scroll
from tests.browser.test_chair import story_of
from tests.clipboards import LEFTOVERS, SAMPLES
from working_groups.models import Overview

EDITOR = "/desk/groups/digitalisation/overviews/2026/"


@pytest.fixture(autouse=True)
def november(on_day, group):
    on_day("2026-11-22")


@pytest.fixture
def desk(open_page, sign_in_by_form, chair):
    """The editor of 2026 in the chair's browser."""
    page = sign_in_by_form(open_page(), "chair@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    return opened(page)


@pytest.fixture
def sam(open_page, sign_in_by_form, secretary):
    """A page of the secretary of the group."""
    secretary.name = "Sam Secretary"
    secretary.save()
    page = sign_in_by_form(open_page(), secretary.email)
    expect(page).to_have_url(re.compile("/desk/$"))
    return page


def opened(page):
    page.goto(EDITOR)
    story_of(page)
    return page


def write(page, words):
    story_of(page).click()
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def saved(page):
    return page.locator("[data-writing-status]").filter(has_text=re.compile(r"Saved \d\d:\d\d"))


def standing() -> dict:
    versions = Overview.objects.get().versions.exclude(how="refused")
    return versions.order_by("-number").first().content


def test_what_is_typed_is_saved_without_a_button(desk):
    desk.get_by_label("Title").fill("A year")
    write(desk, "In March the group changed.")
    expect(saved(desk)).to_be_visible()
    assert standing()["body"] == "<p>In March the group changed.</p>"
    opened(desk)
    expect(desk.get_by_label("Title")).to_have_value("A year")
    expect(story_of(desk)).to_contain_text("In March the group changed.")
    assert barriers(desk) == []


def test_the_button_after_an_automatic_save_is_no_conflict(desk):
    write(desk, "One. ")
    expect(saved(desk)).to_be_visible()
    write(desk, "Two.")
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_text("Saved.")).to_be_visible()
    assert Overview.objects.get().body == "<p>One. Two.</p>"
    expect(desk.locator("[data-writing-offer]")).to_be_hidden()


class Killable:
    """A browser of its own with a folder of its own, as people have; its processes can be killed."""

    def __init__(self, browser, folder, site):
        self.browser, self.folder, self.site = browser, folder, site

    def page(self):
        """Start it; return a page."""
        port = self.folder / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        path = next(filter(None, map(shutil.which, BROWSERS)))
        arguments = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"]
        self.process = subprocess.Popen(
            [path, *arguments, "--remote-debugging-port=0", f"--user-data-dir={self.folder}"],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while not port.exists() or "\n" not in port.read_text():
            assert self.process.poll() is None
            time.sleep(0.1)
        number = port.read_text().split()[0]
        self.connected = self.browser.browser_type.connect_over_cdp(f"http://127.0.0.1:{number}")
        return self.connected.contexts[0].new_page()

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def killable(browser, tmp_path, live_server):
    started = Killable(browser, tmp_path, live_server.url)
    yield started
    started.kill()


def test_the_browser_is_killed_in_mid_writing(killable, sign_in_by_form, chair, live_server):
    def sign_in(page):
        page.goto(f"{live_server.url}/accounts/login/")
        page.get_by_label("Mail address").fill("chair@example.org")
        page.get_by_label("Password", exact=True).fill("correct horse battery")
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(re.compile("/desk/$"))
        page.goto(f"{live_server.url}{EDITOR}")
        story_of(page)

    page = killable.page()
    sign_in(page)
    write(page, "This the server has. ")
    expect(saved(page)).to_be_visible()
    page.route("**/autosave/", lambda route: route.abort())
    write(page, "This only the browser has.")
    expect(page.get_by_text("No network: kept in this browser.")).to_be_visible()
    killable.kill()

    page = killable.page()
    page.context.clear_cookies()
    sign_in(page)
    expect(story_of(page)).to_have_text("This the server has.")
    offer = page.get_by_role("region", name="This browser kept a text")
    offer.get_by_text("Read it").click()
    expect(offer).to_contain_text("This only the browser has.")
    offer.get_by_role("button", name="Put it into the fields").click()
    expect(story_of(page)).to_contain_text("This only the browser has.")
    expect(saved(page)).to_be_visible()
    assert standing()["body"] == "<p>This the server has. This only the browser has.</p>"
    page.reload()
    story_of(page)
    expect(offer).to_be_hidden()


def test_without_network_it_waits_and_goes_on_by_itself(desk, complaints):
    write(desk, "Before. ")
    expect(saved(desk)).to_be_visible()
    desk.context.set_offline(offline=True)
    write(desk, "In the tunnel.")
    expect(desk.get_by_text("No network: kept in this browser.")).to_be_visible()
    desk.get_by_role("button", name="Save draft").click()
    expect(story_of(desk)).to_contain_text("In the tunnel.")
    desk.context.set_offline(offline=False)
    expect(saved(desk)).to_be_visible()
    assert standing()["body"] == "<p>Before. In the tunnel.</p>"
    complaints[:] = [one for one in complaints if "ERR_INTERNET_DISCONNECTED" not in one]


def test_what_the_browser_kept_can_be_discarded(desk):
    desk.get_by_label("Title").fill("Saved title")
    expect(saved(desk)).to_be_visible()
    # Also what a page sends when it is left: a route would not see that.
    desk.evaluate("() => { window.fetch = () => Promise.reject(new TypeError('no network')); }")
    desk.get_by_label("Title").fill("Unwanted title")
    expect(desk.get_by_text("No network: kept in this browser.")).to_be_visible()
    opened(desk)
    offer = desk.get_by_role("region", name="This browser kept a text")
    expect(offer).to_be_visible()
    assert barriers(desk) == []
    offer.get_by_role("button", name="Discard it").click()
    expect(desk.get_by_label("Title")).to_have_value("Saved title")
    opened(desk)
    expect(desk.get_by_label("Title")).to_have_value("Saved title")
    expect(offer).to_be_hidden()


def test_the_session_ends_while_somebody_writes(desk, chair, sign_in_by_form):
    write(desk, "Signed in. ")
    expect(saved(desk)).to_be_visible()
    desk.context.clear_cookies()
    write(desk, "Signed out. ")
    link = desk.get_by_role("link", name="Sign in in another tab")
    expect(link).to_be_visible()
    desk.get_by_role("button", name="Save draft").click()
    expect(story_of(desk)).to_contain_text("Signed out.")
    with desk.context.expect_page() as tab:
        link.click()
    other = tab.value
    other.get_by_label("Mail address").fill("chair@example.org")
    other.get_by_label("Password", exact=True).fill("correct horse battery")
    other.get_by_role("button", name="Sign in").click()
    expect(other).to_have_url(re.compile("/desk/$"))
    other.close()
    write(desk, "Signed in again.")
    expect(saved(desk)).to_be_visible(timeout=25_000)
    assert standing()["body"] == "<p>Signed in. Signed out. Signed in again.</p>"


def paste(page, html):
    page.evaluate(
        """(html) => {
            const data = new DataTransfer();
            data.setData("text/html", html);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        html,
    )


@pytest.mark.parametrize("program", SAMPLES)
def test_what_is_pasted_is_published_clean(desk, open_page, program):
    pasted, wanted = SAMPLES[program]
    desk.get_by_label("Title").fill("A pasted year")
    desk.get_by_label("Lead").fill("A lead.")
    story_of(desk).click()
    paste(desk, pasted)
    expect(story_of(desk)).to_contain_text("joined")
    expect(saved(desk)).to_be_visible()
    desk.get_by_role("button", name="Publish…").click()
    desk.get_by_role("radio", name="At once").check()
    desk.get_by_role("button", name="Publish", exact=True).click()
    expect(desk).to_have_url(re.compile("/working-groups/digitalisation/overviews/2026/$"))
    reader = open_page()
    reader.goto("/working-groups/digitalisation/overviews/2026/")
    expect(reader.locator(".prose strong", has_text="joined")).to_be_visible()
    body = " ".join(Overview.objects.get().body.split())
    for leftover in LEFTOVERS:
        assert leftover not in body
    for part in wanted:
        assert part in body.replace("<li><p>", "<li>")


def test_prompts_stand_in_an_empty_text_and_vanish_when_it_is_written_to(desk):
    prompt = desk.get_by_text("What did the group set out to do")
    expect(prompt).to_be_visible()
    described = story_of(desk).evaluate(
        "(one) => one.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join(' ')"
    )
    assert "What did the group set out to do" in described
    write(desk, "We")
    expect(prompt).to_be_hidden()
    desk.keyboard.press("Backspace")
    desk.keyboard.press("Backspace")
    expect(prompt).to_be_visible()
    assert barriers(desk) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_two_write_at_once(desk, sam, size):
    desk.get_by_label("Title").fill("A year of two")
    expect(saved(desk)).to_be_visible()
    opened(sam)
    expect(sam.get_by_text("Carla Chair has it open too, since")).to_be_visible()
    write(sam, "Sam's story.")
    expect(saved(sam)).to_be_visible()
    write(desk, "Carla's story.")
    expect(
        desk.get_by_text(re.compile("Sam Secretary has saved.* Your text is kept"))
    ).to_be_visible()
    assert standing()["body"] == "<p>Sam's story.</p>"
    desk.set_viewport_size({"width": size[0], "height": size[1]})
    desk.get_by_role("button", name="Compare the two texts").click()
    expect(desk.get_by_role("alert")).to_contain_text("Not saved. Sam Secretary has saved")
    expect(desk.get_by_role("group", name="Story")).to_contain_text("Sam's")
    expect(story_of(desk)).to_contain_text("Carla's story.")
    assert barriers(desk) == []
    assert no_sideways_scroll(desk)
    desk.get_by_role("radio", name="The other text").check()
    desk.get_by_role("button", name="Save draft").click()
    expect(desk.get_by_text("Saved.")).to_be_visible()
    expect(story_of(desk)).to_have_text("Sam's story.")
    expect(desk.get_by_role("region", name="This browser kept a text")).to_be_hidden()
    desk.get_by_role("link", name="All versions").click()
    expect(desk.get_by_text("Came too late, kept beside")).to_be_visible()


def test_an_idle_page_hears_of_a_save_and_leads_to_it(desk, sam):
    write(desk, "First.")
    expect(saved(desk)).to_be_visible()
    write(opened(sam), " Second.")
    expect(saved(sam)).to_be_visible()
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(desk.get_by_text("Sam Secretary has saved")).to_be_visible()
    desk.get_by_role("button", name="Show what was saved").click()
    expect(story_of(desk)).to_contain_text("Second.")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_an_earlier_version_is_found_compared_and_restored(open_page, sign_in_by_form, chair, size):
    page = sign_in_by_form(open_page(size), "chair@example.org")
    expect(page).to_have_url(re.compile("/desk/$"))
    opened(page)
    write(page, "Nine joined.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    write(page, " And more.")
    expect(saved(page)).to_be_visible()
    page.get_by_role("link", name="All versions").click()
    expect(page.get_by_role("heading", name="Versions")).to_be_visible()
    assert barriers(page) == []
    assert no_sideways_scroll(page)
    page.get_by_role("link", name="1", exact=True).click()
    expect(page.locator("ins")).to_contain_text("And more.")
    assert barriers(page) == []
    assert no_sideways_scroll(page)
    page.get_by_role("button", name="Restore this version").click()
    expect(story_of(page)).to_have_text("Nine joined.")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(story_of(page)).to_have_text("Nine joined. And more.")


def test_a_co_author_reads_the_draft_until_the_address_is_withdrawn(desk, open_page):
    desk.get_by_label("Title").fill("A year to read")
    expect(saved(desk)).to_be_visible()
    opened(desk)
    desk.get_by_role("link", name="Preview addresses").click()
    desk.get_by_label("For whom").fill("Jana")
    desk.get_by_role("button", name="Make an address").click()
    assert barriers(desk) == []
    secret = desk.get_by_label("Works until").input_value()
    address = "/drafts/" + secret.partition("/drafts/")[2]
    reader = open_page(PHONE)
    reader.goto(address)
    expect(reader.get_by_role("heading", name="A year to read")).to_be_visible()
    expect(reader.get_by_text("Draft. It is not published")).to_be_visible()
    assert barriers(reader) == []
    assert no_sideways_scroll(reader)
    desk.get_by_role("button", name="Withdraw").click()
    expect(desk.get_by_text("The address is withdrawn")).to_be_visible()
    assert reader.goto(address).status == 404
