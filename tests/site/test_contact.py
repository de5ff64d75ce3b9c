"""The contact form: stored and mailed, for everybody the same, without cookie or token."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client

from accounts import open_forms as forms
from alliance_portal import contact
from alliance_portal.emails import tell_office
from alliance_portal.models import ContactMessage, SiteSettings
from tests.site.test_home import text_of

pytestmark = pytest.mark.django_db(transaction=False)

HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def empty_counts():
    cache.clear()


@pytest.fixture
def strict(db):
    """A client that Django's own CSRF check is not switched off for."""
    return Client(enforce_csrf_checks=True)


@pytest.fixture
def office(db):
    return SiteSettings.objects.create(name="The Network", contact_email="office@example.org")


def typed(**changes) -> dict:
    facts = {
        "name": "Vera Visitor",
        "email": "vera@example.net",
        "subject": "Joining",
        "message": "How do we join?",
        "leave_empty": "",
        "begun": forms.signing.dumps(0, salt=forms.SALT),
    }
    return facts | changes


def send(client, headers=HERE, **changes):
    return client.post("/contact/", typed(**changes), headers=headers)


def test_a_message_is_kept_and_the_visitor_told_what_happens_next(strict, office):
    response = send(strict)
    assert response.status_code == 302
    kept = ContactMessage.objects.get()
    assert (kept.name, kept.email, kept.subject) == ("Vera Visitor", "vera@example.net", "Joining")
    page = strict.get(response["Location"])
    assert "Your message has been sent" in text_of(page)
    assert "vera" not in text_of(page).lower()
    assert not strict.cookies


def test_the_office_gets_a_mail_that_can_be_answered(
    strict, office, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(strict, message="How do we <b>join</b> & pay?")
    (sent,) = mail.outbox
    assert sent.to == ["office@example.org"]
    assert sent.reply_to == ["vera@example.net"]
    assert sent.subject == "The Network, contact form: Joining"
    assert "How do we <b>join</b> & pay?" in sent.body
    assert "From Vera Visitor, vera@example.net" in sent.body


def test_no_mail_goes_out_for_a_message_that_is_not_kept(strict, office):
    send(strict)
    assert mail.outbox == [], "before the transaction ends there is nothing to mail"


def test_without_an_address_of_the_office_the_message_waits_in_the_admin(strict):
    send(strict)
    tell_office.call(ContactMessage.objects.get().pk)
    assert mail.outbox == []


def test_what_was_typed_stays_when_something_is_missing(strict):
    response = send(strict, email="no address", subject="")
    page = text_of(response)
    assert response.status_code == 200
    assert "How do we join?" in page
    assert 'value="no address"' in page
    assert "error-summary" in page
    assert not ContactMessage.objects.exists()


@pytest.mark.parametrize("field", ["name", "subject"])
def test_a_line_break_cannot_add_a_header(
    strict, office, field, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(strict, **{field: "Hello\r\nBcc: everybody@example.org"})
    (sent,) = mail.outbox
    assert "\nBcc:" not in sent.message().as_string().partition("\n\n")[0]
    assert sent.recipients() == ["office@example.org"]
    assert getattr(ContactMessage.objects.get(), field) == "Hello Bcc: everybody@example.org"


def test_a_mail_address_with_a_line_break_is_refused(strict):
    assert send(strict, email="vera@example.net\nBcc: x@example.org").status_code == 200
    assert not ContactMessage.objects.exists()


def test_nul_characters_and_endless_texts_are_refused_with_a_sentence(strict):
    assert "Null characters" in text_of(send(strict, message="Hello\0"))
    assert "at most 10000 characters" in text_of(send(strict, message="x" * 10_001))
    assert not ContactMessage.objects.exists()


def test_who_fills_in_the_hidden_field_is_asked_again_and_loses_nothing(strict):
    response = send(strict, leave_empty="https://spam.example")
    page = text_of(response)
    assert "Send it again" in page
    assert "How do we join?" in page
    assert "spam.example" not in page
    assert not ContactMessage.objects.exists()


def test_the_hidden_field_is_hidden_from_screen_readers_and_keyboard_too(visitor):
    page = text_of(visitor.get("/contact/"))
    hidden = page[page.index('<div class="visually-hidden" aria-hidden="true">') :]
    assert 'name="leave_empty"' in hidden[:400]
    assert 'tabindex="-1"' in hidden[:400]


def test_quicker_than_anybody_types_is_asked_again_and_then_taken(strict, time_machine):
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)
    begun = forms.stamp()
    time_machine.move_to("2026-11-22 12:00:02+00:00", tick=False)
    response = send(strict, begun=begun)
    assert "quicker than anybody types" in text_of(response)
    assert not ContactMessage.objects.exists()
    again = response.context["form"]["begun"].value()
    time_machine.move_to("2026-11-22 12:00:06+00:00", tick=False)
    assert send(strict, begun=again).status_code == 302


@pytest.mark.parametrize("begun", ["", "forged", "MA:1abc:forged"])
def test_a_forged_time_is_not_taken(strict, begun):
    assert send(strict, begun=begun).status_code == 200
    assert not ContactMessage.objects.exists()


def test_a_page_that_waited_for_days_can_still_be_sent(strict, time_machine):
    time_machine.move_to("2026-11-01 12:00:00+00:00", tick=False)
    begun = forms.stamp()
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)
    assert send(strict, begun=begun).status_code == 302


@pytest.mark.parametrize(
    ("headers", "taken"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "https://testserver"}, False),
        ({"Origin": "http://testserver:8080"}, False),
        ({"Origin": "null"}, False),
        ({"Origin": "null", "Referer": "http://testserver/contact/"}, False),
        ({"Referer": "http://testserver/contact/"}, True),
        ({"Referer": "http://evil.example/?http://testserver/"}, False),
        ({"Referer": "http://testserver@evil.example/"}, False),
        ({"Referer": "http://[broken"}, False),
        ({}, False),
    ],
)
def test_only_posts_from_pages_of_this_site_are_taken(strict, headers, taken):
    response = send(strict, headers=headers)
    assert response.status_code == (302 if taken else 403)
    assert ContactMessage.objects.exists() is taken


def test_a_refused_post_says_so_in_a_page(strict):
    page = text_of(send(strict, headers={}))
    assert "This form came from somewhere else" in page
    assert 'href="/contact/"' in page


def test_a_trusted_origin_of_the_settings_may_post(strict, settings):
    settings.CSRF_TRUSTED_ORIGINS = ["https://www.example.org"]
    assert send(strict, headers={"Origin": "https://www.example.org"}).status_code == 302


def test_the_sixth_message_of_an_hour_waits_and_its_text_stays(strict, time_machine):
    time_machine.move_to("2026-11-22 12:00:00+00:00", tick=False)
    for _number in range(contact.MOST_AN_HOUR):
        assert send(strict).status_code == 302
    response = send(strict)
    assert "in an hour" in text_of(response)
    assert "How do we join?" in text_of(response)
    other = Client(enforce_csrf_checks=True, REMOTE_ADDR="192.0.2.7")
    assert send(other).status_code == 302
    time_machine.move_to("2026-11-22 13:00:01+00:00", tick=False)
    assert send(strict).status_code == 302


def test_no_network_address_is_kept_anywhere(strict):
    send(strict)
    assert not [key for key in cache._cache if "127.0.0.1" in key]
    assert "127.0.0.1" not in str(ContactMessage.objects.values().get())


@pytest.mark.parametrize(
    ("remote", "forwarded", "network"),
    [
        ("192.0.2.7", "198.51.100.1", "192.0.2.7"),
        ("2001:db8:1:2:3::4", "", "2001:db8:1:2::/64"),
        ("", "", "unknown"),
    ],
)
def test_a_connection_counts_as_its_own_address(rf, remote, forwarded, network):
    request = rf.post("/", REMOTE_ADDR=remote, HTTP_X_FORWARDED_FOR=forwarded)
    assert contact.network_of(request) == network


def test_behind_a_trusted_proxy_the_address_that_it_saw_counts(rf, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    request = rf.post("/", HTTP_X_FORWARDED_FOR="10.0.0.1, 198.51.100.1")
    assert contact.network_of(request) == "198.51.100.1"


def test_the_page_is_the_same_for_everybody(visitor, sign_in, editor):
    response = visitor.get("/contact/")
    assert "csrfmiddlewaretoken" not in text_of(response)
    assert "public" in response["Cache-Control"]
    assert not response.cookies
    assert "no-store" in send(Client(), subject="")["Cache-Control"]
