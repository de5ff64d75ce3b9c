"""Account pages as people go through them: mistakes, a second factor, what was done."""

import re

import pytest
from allauth.mfa.totp.internal import auth as totp

from accounts import actions
from tests import builders
from tests.browser.conftest import PHONE, barriers, no_sideways_scroll

PASSWORD = "correct horse battery"


def press(page, name):
    page.get_by_role("main").get_by_role("button", name=name).click()


def test_a_page_opens_with_the_focus_on_what_went_wrong(page, sign_in_by_form, chair):
    sign_in_by_form(page, "chair@example.org", "not the password")
    page.locator("#errors:focus").wait_for()
    assert barriers(page) == []
    page.get_by_label("Mail address").fill("")
    press(page, "Sign in")
    page.get_by_role("link", name="Mail address").click()
    page.locator("#id_login:focus").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_second_factor_is_set_up_and_used(open_page, sign_in_by_form, chair, scheme):
    page = open_page(PHONE, color_scheme=scheme)
    sign_in_by_form(page, "chair@example.org")
    page.goto("/accounts/2fa/totp/activate/")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    press(page, "Confirm")
    page.get_by_role("img", name="Square for the authenticator app").wait_for()
    background = page.locator(".square").evaluate("e => getComputedStyle(e).backgroundColor")
    assert background == "rgb(255, 255, 255)"
    page.get_by_label("Code").fill("000000")
    press(page, "Set it up")
    page.get_by_role("alert").wait_for()
    assert barriers(page) == []
    secret = page.locator(".square + p code").inner_text().replace(" ", "")
    page.get_by_label("Code").fill(code(secret))
    press(page, "Set it up")
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert barriers(page) == []
    assert no_sideways_scroll(page)
    recovery = page.locator(".codes code").first.inner_text()
    for path in ("/accounts/2fa/", "/accounts/2fa/totp/deactivate/"):
        page.goto(path)
        assert barriers(page) == [], path
    press_sign_out(page)
    page.get_by_text("You are signed out.").wait_for()
    sign_in_by_form(page, "chair@example.org")
    page.get_by_label("Code").fill(recovery)
    assert barriers(page) == []
    press(page, "Sign in")
    page.wait_for_url(re.compile("/desk/$"))


def press_sign_out(page):
    page.goto("/accounts/logout/")
    press(page, "Sign out")


def code(secret) -> str:
    return totp.format_hotp_value(
        totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    )


def test_what_was_done_stays_until_it_is_hidden_and_needs_no_script(
    open_page, sign_in_by_form, chair
):
    page = open_page(java_script_enabled=False)
    sign_in_by_form(page, "chair@example.org")
    page.goto("/accounts/password/change/")
    page.get_by_label("The password that you have now").fill(PASSWORD)
    page.get_by_label("New password").fill("entirely new words")
    page.get_by_label("The same password again").fill("entirely new words")
    press(page, "Change the password")
    done = page.get_by_role("status").get_by_text("Your password is changed.")
    done.wait_for()
    where = page.url
    page.get_by_role("button", name="Hide").click()
    done.wait_for(state="hidden")
    assert page.url == where


def test_a_toast_has_no_barriers(page, sign_in_by_form, chair):
    sign_in_by_form(page, "chair@example.org")
    press_sign_out(page)
    page.get_by_text("You are signed out.").wait_for()
    assert barriers(page) == []


def test_an_invitation_is_accepted_from_the_html_of_its_mail(
    page, live_server, manager, member, mailoutbox, settings
):
    settings.SITE_URL = live_server.url
    acts = builders.representation(builders.person("Rita New"), member)
    actions.invite(email="rita@example.org", grant=acts, by=manager)
    [alternative] = mailoutbox[0].alternatives
    page.set_content(alternative.content)
    assert barriers(page) == []
    page.get_by_role("link", name="Accept the invitation").click()
    page.get_by_label("Password", exact=True).fill("short")
    page.get_by_label("The same password again").fill("different")
    press(page, "Make the account")
    page.get_by_role("alert").wait_for()
    assert barriers(page) == []
    page.get_by_label("Password", exact=True).fill("words put together")
    page.get_by_label("The same password again").fill("words put together")
    press(page, "Make the account")
    page.wait_for_url(re.compile("/desk/$"))
    page.get_by_text("Welcome. This is your desk.").wait_for()
