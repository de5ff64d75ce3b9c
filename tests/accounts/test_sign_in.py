"""Signing in, signing out, a new password, and the second factor of staff."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core import mail
from django_tasks_db.models import DBTaskResult

from accounts import emails
from accounts.models import User
from accounts.permissions import may_enter_admin
from tests import builders
from tests.conftest import PASSWORD


def sign_in(client, email, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": email, "password": password, **more})


def test_sign_in_lands_on_the_desk(chair, visitor):
    answer = sign_in(visitor, "chair@example.org")
    assert answer.status_code == 302
    assert answer.url == "/desk/"


def test_the_mail_address_is_the_name_in_any_case(chair, visitor):
    assert sign_in(visitor, "Chair@Example.org").url == "/desk/"


def test_an_account_that_was_made_with_capitals_signs_in(db, visitor):
    builders.user("Nina.New@Example.org")
    assert sign_in(visitor, "nina.new@example.org").url == "/desk/"


def test_a_wrong_password_is_a_sentence_and_says_nothing_of_the_account(chair, visitor):
    known = sign_in(visitor, "chair@example.org", "not the password")
    unknown = sign_in(visitor, "nobody@example.org", "not the password")
    for answer in (known, unknown):
        assert answer.status_code == 200
        assert "Mail address and password do not belong together." in answer.text
        assert 'role="alert"' in answer.text


def test_whoever_is_not_signed_in_is_led_back_to_where_they_wanted(chair, group, visitor):
    there = "/desk/groups/digitalisation/"
    answer = visitor.get(there)
    assert answer.status_code == 302
    assert answer.url == f"/accounts/login/?next={there}"
    assert sign_in(visitor, "chair@example.org", next=there).url == there


def test_sign_in_leads_to_no_other_site(chair, visitor):
    answer = sign_in(visitor, "chair@example.org", next="https://example.com/desk/")
    assert answer.url == "/desk/"


def test_signing_out_takes_a_press_of_the_button(chair, sign_in):
    client = sign_in(chair)
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/desk/").status_code == 200
    answer = client.post("/accounts/logout/")
    assert answer.url == "/accounts/login/"
    assert "You are signed out." in client.get(answer.url).text
    assert "You are signed out." not in client.get(answer.url).text
    assert client.get("/desk/").status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_signs_up(db, visitor, method):
    facts = {"email": "new@example.org", "password1": "a long enough password"}
    answer = getattr(visitor, method)("/accounts/signup/", facts)
    assert answer.status_code == 200
    assert "Accounts come by invitation" in answer.text
    assert not User.objects.exists()


def test_too_many_wrong_passwords_are_refused_for_a_while(chair, visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/5m/key"}
    for _attempt in range(3):
        sign_in(visitor, "chair@example.org", "wrong")
    answer = sign_in(visitor, "chair@example.org", PASSWORD)
    assert "Too many failed attempts" in answer.text


@pytest.fixture
def mailed(django_capture_on_commit_callbacks):
    """Return a function that does something and returns the mails that it leads to."""

    def done(action, *what, **more) -> list:
        before = len(mail.outbox)
        with django_capture_on_commit_callbacks(execute=True):
            action(*what, **more)
        return mail.outbox[before:]

    return done


def link_in(message, settings) -> str:
    """Return the path of a mail's first link, which leads to this site."""
    return re.search(rf"{re.escape(settings.SITE_URL)}(\S+)", message.body).group(1)


def test_who_tries_too_often_gets_a_page_that_says_so_and_leads_on(chair, visitor, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _attempt in range(4):
        answer = visitor.post("/accounts/login/", REMOTE_ADDR="192.0.2.9")
    assert answer.status_code == 429
    assert "Too many attempts in a short time" in answer.text
    assert 'href="/accounts/login/"' in answer.text
    is_ours(answer)


def test_behind_a_proxy_attempts_are_counted_by_who_makes_them(chair, visitor, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _attempt in range(4):
        first = visitor.post("/accounts/login/", headers={"X-Forwarded-For": "192.0.2.1"})
    other = visitor.post("/accounts/login/", headers={"X-Forwarded-For": "192.0.2.2"})
    assert (first.status_code, other.status_code) == (429, 200)


def test_a_new_password_comes_by_a_mailed_link_that_works_once(chair, visitor, mailed, settings):
    [message] = mailed(visitor.post, "/accounts/password/reset/", {"email": "chair@example.org"})
    assert "Look into your mail" in visitor.get("/accounts/password/reset/done/").text
    assert message.to == ["chair@example.org"]
    link = link_in(message, settings)
    form = visitor.get(link, follow=True)
    assert "A new password" in form.text
    words = {"password1": "entirely new words", "password2": "entirely new words"}
    [notice] = mailed(visitor.post, form.redirect_chain[-1][0], words)
    assert notice.to == ["chair@example.org"]
    assert notice.subject == "Your password was changed"
    assert sign_in(visitor, "chair@example.org", "entirely new words").url == "/desk/"
    visitor.logout()
    assert "This link no longer works" in visitor.get(link, follow=True).text


def test_mail_goes_out_once_the_transaction_is_through(chair, visitor):
    visitor.post("/accounts/password/reset/", {"email": "chair@example.org"})
    assert not mail.outbox


def test_an_account_that_is_not_active_gets_no_link(chair, visitor, mailed):
    chair.is_active = False
    chair.save()
    [message] = mailed(visitor.post, "/accounts/password/reset/", {"email": "chair@example.org"})
    assert "there is no account" in message.body
    emails.send_password_reset.enqueue(chair.pk)
    assert len(mail.outbox) == 1


def test_who_asks_with_an_unknown_address_is_told_by_mail_only(chair, visitor, mailed):
    [message] = mailed(visitor.post, "/accounts/password/reset/", {"email": "nobody@example.org"})
    assert message.to == ["nobody@example.org"]
    assert "there is no account with the address nobody@example.org" in message.body


def test_the_queue_of_tasks_never_holds_the_key_of_a_link(chair, visitor, mailed, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    assert not mailed(visitor.post, "/accounts/password/reset/", {"email": "chair@example.org"})
    [waiting] = DBTaskResult.objects.all()
    assert waiting.args_kwargs == {"args": [chair.pk], "kwargs": {}}


def test_a_changed_password_is_told_to_its_owner_with_the_minute(chair, sign_in, mailed, on_day):
    on_day("2026-11-22", hour=9)
    words = {
        "oldpassword": PASSWORD,
        "password1": "brand new words",
        "password2": "brand new words",
    }
    [message] = mailed(sign_in(chair).post, "/accounts/password/change/", words)
    assert message.to == ["chair@example.org"]
    assert "22\xa0November 2026 at 09:00 (CET)" in message.body


def test_asking_for_the_password_of_an_unknown_address_looks_the_same(chair, visitor):
    known = visitor.post("/accounts/password/reset/", {"email": "chair@example.org"})
    unknown = visitor.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)


def test_an_inactive_account_does_not_get_in(chair, visitor, sign_in):
    client = sign_in(chair)
    chair.is_active = False
    chair.save()
    assert client.get("/desk/").status_code == 302
    assert visitor.post(
        "/accounts/login/", {"login": "chair@example.org", "password": PASSWORD}
    ).url.startswith("/accounts/")
    assert visitor.get("/desk/").status_code == 302


@pytest.fixture
def second_factor_asked(settings):
    settings.STAFF_SECOND_FACTOR = True


def set_up(user):
    """Set up an authenticator app for an account; returns its secret."""
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(user, secret)
    return secret


def confirmed(client, path):
    """Open a page that asks once more for the password, as it comes after that."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return client.get(path)


def test_a_second_factor_is_set_up_with_recovery_codes(
    editor, visitor, second_factor_asked, mailed
):
    sign_in(visitor, "editor@example.org")
    page = confirmed(visitor, "/accounts/2fa/totp/activate/")
    secret = page.context["form"].secret
    [told] = mailed(visitor.post, "/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert told.subject == "Second factor set up"
    done = visitor.get("/accounts/2fa/recovery-codes/")
    assert "Recovery codes" in done.text
    assert done.text.count("<code>") == 10
    assert visitor.get("/admin/").status_code == 200


def code_of(secret) -> str:
    """Return what the app shows now."""
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_staff_enter_the_admin_without_a_second_factor_where_none_is_asked(editor, chair):
    assert may_enter_admin(editor)
    assert not may_enter_admin(chair)


def test_staff_without_second_factor_are_led_to_set_it_up(editor, sign_in, second_factor_asked):
    assert not may_enter_admin(editor)
    answer = sign_in(editor).get("/admin/")
    assert answer.status_code == 302
    assert answer.url == "/accounts/2fa/totp/activate/"


def test_staff_with_second_factor_enter_the_admin(editor, sign_in, second_factor_asked):
    set_up(editor)
    assert may_enter_admin(editor)
    assert sign_in(editor).get("/admin/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(editor, second_factor_asked):
    Authenticator.objects.create(user=editor, type=Authenticator.Type.RECOVERY_CODES, data={})
    assert not may_enter_admin(editor)


def test_no_superuser_passes_by_the_second_factor(superuser, sign_in, second_factor_asked):
    assert sign_in(superuser).get("/admin/").url == "/accounts/2fa/totp/activate/"


def test_whoever_is_no_staff_is_refused_at_the_admin(chair, sign_in, visitor):
    assert sign_in(chair).get("/admin/").status_code == 403
    assert visitor.get("/admin/").url == "/accounts/login/?next=/admin/"


def test_the_password_alone_does_not_sign_in_who_has_a_second_factor(editor, visitor):
    secret = set_up(editor)
    answer = sign_in(visitor, "editor@example.org")
    assert answer.url == "/accounts/2fa/authenticate/"
    assert visitor.get("/desk/").status_code == 302
    page = visitor.get(answer.url)
    assert "Your code" in page.text
    is_ours(page)
    wrong = visitor.post(answer.url, {"code": "000000"})
    assert "This code is not right" in wrong.text
    assert visitor.post(answer.url, {"code": code_of(secret)}).url == "/desk/"


def test_the_page_that_sets_it_up_draws_the_square_without_foreign_or_inline_parts(editor, visitor):
    sign_in(visitor, "editor@example.org")
    page = confirmed(visitor, "/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    assert "<svg" in page.text
    assert "data:image" not in page.text
    assert " style=" not in page.text


def is_ours(page):
    """The page has the header of every page, with the site's name and its navigation."""
    assert "<span>Alliance Portal</span>" in page.text
    assert 'href="/working-groups/"' in page.text
    assert page.text.count("<h1") == 1


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/logout/",
        "/accounts/inactive/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
        "/accounts/password/reset/key/done/",
        "/accounts/password/reset/key/1-nonsense/",
    ],
)
def test_account_pages_are_in_our_own_form(chair, visitor, sign_in, path):
    client = sign_in(chair) if path == "/accounts/logout/" else visitor
    page = client.get(path)
    assert page.status_code == 200
    is_ours(page)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/2fa/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/totp/deactivate/",
        "/accounts/2fa/reauthenticate/",
    ],
)
def test_pages_of_the_signed_in_are_in_our_own_form(chair, visitor, path):
    sign_in(visitor, "chair@example.org")
    confirmed(visitor, "/accounts/2fa/")
    if any(word in path for word in ("deactivate", "recovery", "2fa/re")):
        set_up(chair)
    page = visitor.get(path)
    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    is_ours(page)


FORMS = {
    "/accounts/login/": {"login": "email", "password": "current-password"},
    "/accounts/password/reset/": {"email": "email"},
    "/accounts/password/change/": {
        "oldpassword": "current-password",
        "password1": "new-password",
        "password2": "new-password",
    },
    "/accounts/reauthenticate/": {"password": "current-password"},
    "/accounts/2fa/totp/activate/": {"code": "one-time-code"},
}


@pytest.mark.parametrize("path", FORMS)
def test_each_field_is_labelled_in_our_words_and_can_be_filled_by_the_browser(chair, visitor, path):
    if path not in ("/accounts/login/", "/accounts/password/reset/"):
        sign_in(visitor, "chair@example.org")
        confirmed(visitor, "/accounts/2fa/")
    page = visitor.get(path)
    assert "placeholder" not in page.text
    assert "Email" not in page.text
    for name, autocomplete in FORMS[path].items():
        [field] = re.findall(rf'<input[^>]* name="{name}"[^>]*>', page.text)
        assert f'autocomplete="{autocomplete}"' in field
        assert f'for="id_{name}"' in page.text


def test_what_a_new_password_needs_stands_beside_it(chair, visitor):
    sign_in(visitor, "chair@example.org")
    assert "At least ten characters" in visitor.get("/accounts/password/change/").text


def test_two_new_passwords_that_differ_are_said_in_one_way(chair, visitor):
    sign_in(visitor, "chair@example.org")
    words = {"oldpassword": PASSWORD, "password1": "brand new words", "password2": "other words"}
    answer = visitor.post("/accounts/password/change/", words)
    assert "The two passwords differ." in answer.text
    assert "must type the same" not in answer.text


def test_every_page_of_the_accounts_leads_on(chair, visitor):
    """No page without a link or button of its own, beside those of the frame."""
    paths = [*ALONE, "/accounts/password/reset/key/1-nonsense/", "/accounts/invitations/"]
    for path in paths:
        main = visitor.get(path).text.partition("<main")[2].partition("</main>")[0]
        assert re.search(r'<a class="button[^>]* href="/', main), path


ALONE = [
    "/accounts/signup/",
    "/accounts/inactive/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/done/",
]


def test_the_square_stands_in_the_page_without_a_head_of_its_own(editor, visitor):
    sign_in(visitor, "editor@example.org")
    page = confirmed(visitor, "/accounts/2fa/totp/activate/")
    assert "<?xml" not in page.text
    key = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)[1]
    assert key.replace(" ", "") == page.context["form"].secret


def test_addresses_of_allauth_that_we_do_not_have_answer_404(chair, sign_in):
    client = sign_in(chair)
    for path in ("/accounts/email/", "/accounts/login/code/", "/accounts/social/signup/"):
        assert client.get(path).status_code == 404
