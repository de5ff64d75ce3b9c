"""Every mail that the portal sends: two bodies that say the same, plain, safe, in one column."""

import re
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from django.core import mail as sent

from accounts import mail
from accounts.emails import NOTICES, send_no_account
from accounts.templatetags.mail import STYLES, colours
from alliance_portal import contact
from alliance_portal.models import SiteSettings
from alliance_portal.styleguide.mails import SAMPLES
from tests.colours import Scheme, plain_tokens, tokens

pytestmark = pytest.mark.django_db

BLOCKS = {"p", "h1", "h2", "div", "blockquote", "br", "li"}
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
NASTY = 'Zoë <script>alert("x")</script> & Łukasz'


class Page(HTMLParser):
    """A mail's HTML as a program reads it that drops every style: words, links, tags."""

    def __init__(self, html):
        super().__init__()
        self.text, self.links, self.tags, self.attributes = "", [], [], []
        self._hidden = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.links += [value for name, value in attrs if name == "href"]
        self._hidden = tag in {"title", "style", "script"}
        self.text += "\n" if tag in BLOCKS else ""

    def handle_endtag(self, tag):
        self._hidden = False
        self.text += "\n" if tag in BLOCKS else ""

    def handle_data(self, data):
        self.text += "" if self._hidden else data


def page_of(message) -> Page:
    [alternative] = message.alternatives
    assert alternative.mimetype == "text/html"
    return Page(alternative.content)


def words(text: str) -> list[str]:
    return re.findall(r"[^\s:.,;-]+", text)


def links(text: str) -> list[str]:
    return re.findall(r"https?://\S+", text)


@pytest.fixture(params=SAMPLES, ids=[sample.name for sample in SAMPLES])
def message(request):
    return request.param.mail()


def test_every_mail_has_a_sample(settings):
    root = settings.BASE_DIR / "templates/emails"
    folders = {path.parent for path in root.glob("*/*/*")}
    assert {f"{each.parent.name}/{each.name}" for each in folders} == {
        sample.message for sample in SAMPLES
    }
    for folder in folders:
        names = {path.name for path in folder.iterdir()}
        assert names == {"subject.txt", "text.txt", "html.html"}, folder


def test_both_bodies_say_the_same_in_the_same_order(message):
    assert words(page_of(message).text) == words(f"{message.subject} {message.body}")


def test_both_bodies_have_the_same_links_and_each_address_can_be_read(message):
    page = page_of(message)
    assert set(page.links) == set(links(message.body))
    assert links(page.text) == links(message.body)


def test_without_its_styles_each_paragraph_stands_by_itself(message):
    lines = {" ".join(line.split()) for line in page_of(message).text.splitlines()}
    for paragraph in message.body.split("\n\n"):
        for line in paragraph.splitlines():
            words_of_line = " ".join(line.split()).rstrip(":")
            if line != "--" and not links(line):
                assert any(words_of_line in each for each in lines), line


def test_it_is_one_column_and_loads_and_runs_nothing(message):
    page = page_of(message)
    known = {"html", "head", "meta", "title", "body", "div", "h1", "p", "a", "br", "blockquote"}
    assert set(page.tags) <= known
    assert page.tags.count("h1") == 1
    for tag, name, value in page.attributes:
        assert not name.startswith("on")
        assert name != "src"
        assert name == "href" or "url(" not in (value or ""), (tag, name)
    assert all(each.startswith("http") for each in page.links)


def test_its_language_and_direction_are_said_and_light_and_dark_are_the_readers(message):
    page = page_of(message)
    assert ("html", "lang", "en-gb") in page.attributes
    assert ("html", "dir", "ltr") in page.attributes
    assert ("meta", "name", "color-scheme") in page.attributes


def test_only_the_button_brings_colours_of_text_and_paper():
    for name, style in STYLES.items():
        assert bool(re.search(r"(?<!-)\b(color|background)\b", style)) == (name == "button"), name
    assert "float" not in str(STYLES)
    assert "flex" not in str(STYLES)


def test_its_colours_are_those_of_the_stylesheet_and_of_the_brand():
    plain = plain_tokens()
    assert {f"--{name}": value for name, value in colours().items()}.items() <= plain.items()
    brand = Scheme(tokens()).oklch("--raw-accent")
    hint = "Write the new brand as a hex colour to --raw-accent at the top of tokens.css, too."
    assert Scheme(plain).oklch("--raw-accent") == pytest.approx(brand, rel=0.03), hint


def test_it_says_why_one_gets_it_and_leads_on(message):
    end = message.body.partition("\n--\n")[2]
    assert "You get this mail because" in end
    assert "/contact/" in end or "Your answer goes to" in end


def test_machines_do_not_answer_it_and_its_sender_is_set(message, settings):
    head = message.message()
    assert head["Auto-Submitted"] == "auto-generated"
    assert head["From"] == settings.DEFAULT_FROM_EMAIL
    assert head["Subject"]


def test_names_with_accents_and_markup_are_plain_in_the_text_and_harmless_in_the_html():
    invitation = SAMPLES[0].context()["invitation"]
    invitation.name = invitation.invited_by = NASTY
    grant = SimpleNamespace(organisation=NASTY)
    context = {"invitation": invitation, "grant": grant, "address": "https://example.org/"}
    message = mail.build("accounts/invitation", context, to="nina@example.org")
    assert message.body.count(NASTY) == 3
    assert "&amp;" not in message.body
    page = page_of(message)
    assert page.text.count(NASTY) == 3
    assert "script" not in page.tags


@pytest.mark.parametrize(
    "subject",
    [
        "Hello\r\nBcc: everybody@example.org",
        "Hello\nBcc: everybody@example.org\n\nAnother body",
        "Hello\u2028Bcc: everybody@example.org",
        f"{LONG} {NASTY} {LONG}",
    ],
)
def test_a_subject_stays_one_line_and_makes_no_header(subject):
    message = SimpleNamespace(name=NASTY, email="zoe@example.org", subject=subject, message="?")
    built = mail.build(
        "alliance_portal/contact_message",
        {"message": message, "address": "https://example.org/"},
        to="office@example.org",
        reply_to=message.email,
    )
    assert built.subject.split() == built.subject.split(" ")
    head = built.message()
    assert head["Bcc"] is None
    assert head["To"] == "office@example.org"
    assert all(word in head["Subject"] for word in subject.split())


def test_a_reader_of_long_names_scrolls_down_only():
    assert "overflow-wrap: break-word" in STYLES["column"]
    assert "break-all" in STYLES["address"]


def test_the_message_of_the_contact_form_keeps_its_paragraphs_in_both(
    django_capture_on_commit_callbacks,
):
    SiteSettings(contact_email="office@example.org").save()
    with django_capture_on_commit_callbacks(execute=True):
        contact.send_message(
            name=NASTY, email="zoe@example.org", subject="Hi", message="One.\n\nTwo <b>bold</b>."
        )
    [message] = sent.outbox
    assert message.reply_to == ["zoe@example.org"]
    assert "One.\n\nTwo <b>bold</b>." in message.body
    page = page_of(message)
    assert "Two <b>bold</b>." in page.text.splitlines()
    assert "b" not in page.tags


def test_an_address_that_is_none_reaches_no_header():
    with pytest.raises(ValueError, match="Header"):
        send_no_account.func("nina@example.org\nBcc: everybody@example.org")
    assert not sent.outbox


def test_every_notice_of_an_account_has_a_subject_and_a_sentence():
    for notice in NOTICES.values():
        assert notice.subject
        assert str(notice.sentence).endswith(".")


# The previews


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_staff_see_each_mail_as_it_is_sent(sign_in, editor, sample):
    client = sign_in(editor)
    page = client.get(f"/styleguide/mails/{sample.name}/")
    assert page.text == sample.mail().alternatives[0].content
    policy = page["Content-Security-Policy"]
    assert policy == "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    text = client.get(f"/styleguide/mails/{sample.name}/text/")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Subject: {sample.mail().subject}\n" in text.text
    assert sample.mail().body in text.text


def test_nobody_else_sees_the_previews_and_an_unknown_name_is_none(visitor, chair, sign_in, editor):
    for path in ("/styleguide/mails/no-account/", "/styleguide/mails/no-account/text/"):
        assert visitor.get(path).status_code == 404
        assert sign_in(chair).get(path).status_code == 404
    assert sign_in(editor).get("/styleguide/mails/none/").status_code == 404


def test_the_styleguide_leads_to_each(sign_in, editor):
    page = sign_in(editor).get("/styleguide/").text
    for sample in SAMPLES:
        assert f'href="/styleguide/mails/{sample.name}/"' in page
