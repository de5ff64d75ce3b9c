"""Light and dark: the device decides until the reader chooses; the choice holds everywhere."""

import pytest
from playwright.sync_api import expect

from tests import builders

# What is chosen when the first of the body is there, before anything can be drawn.
AT_FIRST = """new MutationObserver((_, observer) => {
    if (!document.body) return;
    window.atFirst = document.documentElement.dataset.theme;
    observer.disconnect();
}).observe(document, { childList: true, subtree: true });"""


def paper(page):
    """The colour that the page is drawn on, channel by channel as the screen has it."""
    return page.evaluate(
        """() => {
        const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 });
        const pen = canvas.getContext("2d");
        pen.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
        pen.fillRect(0, 0, 1, 1);
        return "rgb(" + [...pen.getImageData(0, 0, 1, 1).data].slice(0, 3).join(", ") + ")";
        }"""
    )


def lightness(page):
    return sum(int(channel) for channel in paper(page)[4:-1].split(",")) / 3


@pytest.fixture
def dark_device(open_page, alliance):
    page = open_page(color_scheme="dark", reduced_motion="reduce")
    page.goto("/")
    return page


def test_the_device_decides_first(dark_device):
    assert lightness(dark_device) < 40
    dark_device.emulate_media(color_scheme="light")
    assert lightness(dark_device) > 240
    expect(dark_device.get_by_role("radio", name="As the device")).to_be_checked()


def test_a_choice_holds_on_the_next_page_and_from_its_first_moment(dark_device):
    dark_device.get_by_role("radio", name="Light").check()
    assert lightness(dark_device) > 240
    dark_device.add_init_script(AT_FIRST)
    dark_device.goto("/members/")
    assert dark_device.evaluate("window.atFirst") == "light"
    assert lightness(dark_device) > 240
    expect(dark_device.get_by_role("radio", name="Light")).to_be_checked()
    dark_device.get_by_role("radio", name="As the device").check()
    assert lightness(dark_device) < 40


def test_the_keyboard_chooses_and_the_focus_is_seen(dark_device):
    dark_device.get_by_role("radio", name="As the device").focus()
    dark_device.keyboard.press("ArrowRight")
    expect(dark_device.get_by_role("radio", name="Light")).to_be_focused()
    expect(dark_device.get_by_role("radio", name="Light")).to_be_checked()
    outline = dark_device.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def test_the_admin_follows_the_same_choice(signed_in, alliance):
    builders.user("root@example.org", is_staff=True, is_superuser=True)
    page = signed_in("root@example.org", color_scheme="light", reduced_motion="reduce")
    page.goto("/desk/")
    page.get_by_role("radio", name="Dark").check()
    page.goto("/admin/")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert lightness(page) < 40


def test_without_script_there_is_no_switch_and_the_device_decides(open_page, alliance):
    page = open_page(java_script_enabled=False, color_scheme="dark")
    page.goto("/")
    expect(page.get_by_role("group", name="Colours")).to_be_hidden()


def test_nothing_about_it_is_sent(dark_device):
    dark_device.get_by_role("radio", name="Light").check()
    dark_device.goto("/")
    assert dark_device.context.cookies() == []


def test_the_bars_of_the_browser_take_the_colour_of_the_paper_that_is_shown(dark_device):
    def bars():
        """The one colour that the browser is told for its bars, as numbers."""
        (colour,) = dark_device.evaluate(
            """() => [...document.querySelectorAll('meta[name="theme-color"]')]
            .filter(meta => matchMedia(meta.media).matches).map(meta => meta.content)"""
        )
        return [int(colour[place : place + 2], 16) for place in (1, 3, 5)]

    def shown():
        return [int(channel) for channel in paper(dark_device)[4:-1].split(",")]

    assert bars() == pytest.approx(shown(), abs=1)
    for choice in ("Light", "Dark", "As the device"):
        dark_device.get_by_role("radio", name=choice).check()
        assert bars() == pytest.approx(shown(), abs=1), choice
