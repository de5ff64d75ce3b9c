"""Applying: three steps, saved as they go, behind a secret address; no cookie, nothing is lost."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client

from accounts import open_forms
from members import applications, apply
from members.models import Application, ApplicationDocument, ApplicationKey, ApplicationPerson
from tests.members import applying
from tests.members.applying import IVA, MARKO, first_step, people_step, post
from tests.site.test_home import text_of

pytestmark = pytest.mark.django_db(transaction=False)


@pytest.fixture(autouse=True)
def empty_counts():
    cache.clear()


@pytest.fixture(autouse=True)
def _on_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        yield


@pytest.fixture
def strict(db):
    """A client that Django's own CSRF check is not switched off for."""
    return Client(enforce_csrf_checks=True)


def links_in(message) -> list[str]:
    return re.findall(r"https?://[^/\s]+(/membership/apply/[\w-]+/)", message.body)


# -- the public page ------------------------------------------------------------------------------


def test_the_first_page_is_the_same_for_everybody_without_cookie_and_token(
    visitor, sign_in, editor
):
    for client in (visitor, sign_in(editor)):
        response = client.get("/membership/apply/")
        assert response.status_code == 200
        assert not response.cookies
        assert "public" in response["Cache-Control"]
        assert response["ETag"]
        assert "csrfmiddlewaretoken" not in text_of(response)


def test_the_first_step_begins_an_application_and_leads_on_to_the_second(strict):
    response = post(strict, "/membership/apply/", first_step())
    application = Application.objects.get()
    assert application.state == "begun"
    assert (application.name, application.represents) == ("Adriatic Software League", 40)
    assert re.fullmatch(r"/membership/apply/[\w-]{40,}/people/", response.url)
    assert not response.cookies
    assert "no-store" in response["Cache-Control"]
    assert strict.get(response.url).status_code == 200


def test_only_what_a_draft_needs_is_asked_for_at_the_first_step(strict):
    facts = dict.fromkeys(first_step(), "") | {
        "name": "Short", "country": "HR", "kind": "cluster", "email": "a@example.org",
        "begun": applying.old_stamp(),
    }  # fmt: skip
    assert post(strict, "/membership/apply/", facts).status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "", "Write the name of the organisation."),
        ("country", "", "Choose the country."),
        ("country", "ZZ", "ZZ is not one of the available choices"),
        ("kind", "", "Choose what comes nearest."),
        ("email", "", "without it you cannot come back"),
        ("email", "nobody", "This is no mail address."),
        ("website", "not a site", "This is no address of a website."),
        ("represents", "many", "Write a whole number."),
        ("represents", "99999999999", "less than or equal to"),
        ("name", "x" * 201, "at most 200 characters"),
        ("name", "a\0b", "Null characters are not allowed"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_nothing_typed_is_lost(strict, field, value, sentence):
    response = post(strict, "/membership/apply/", first_step(**{field: value}))
    page = text_of(response)
    assert response.status_code == 200
    assert sentence in page
    assert f'id="id_{field}_error"' in page
    assert "Jadranska softverska liga" in page
    assert not Application.objects.exists()
    assert "no-store" in response["Cache-Control"]


def test_robots_are_asked_once_more_and_people_lose_nothing(strict):
    for change in ({"leave_empty": "spam"}, {"begun": open_forms.stamp()}, {"begun": "forged"}):
        response = post(strict, "/membership/apply/", first_step(**change))
        assert "ress the button" in text_of(response)
        assert "Adriatic Software League" in text_of(response)
        assert not Application.objects.exists()


def test_a_post_from_another_site_is_refused(strict):
    response = strict.post(
        "/membership/apply/", first_step(), headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert response.status_code == 403
    assert not Application.objects.exists()


def test_the_sixth_application_of_an_hour_from_one_network_waits(strict):
    for _number in range(apply.MOST_AN_HOUR):
        assert post(strict, "/membership/apply/", first_step()).status_code == 302
    assert "Wait an hour" in text_of(post(strict, "/membership/apply/", first_step()))


# -- coming back ----------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_the_link_to_come_back_is_mailed_and_the_record_holds_its_hash_only(strict):
    post(strict, "/membership/apply/", first_step())
    [message] = mail.outbox
    assert message.to == ["iva@league.example.org"]
    [address] = set(links_in(message))
    token = address.split("/")[3]
    hashes = list(ApplicationKey.objects.values_list("token_hash", flat=True))
    assert ApplicationKey.hash(token) in hashes
    assert token not in str(list(ApplicationKey.objects.values()))
    assert Client().get(address, follow=True).redirect_chain == [(f"{address}people/", 302)]


def test_who_comes_back_goes_on_where_something_is_missing(strict):
    application = applying.begun()
    assert strict.get(applying.page(application)).url.endswith("/people/")
    applications.name_people(application, [applications.Person(**IVA)])
    assert strict.get(applying.page(application)).url.endswith("/motivation/")
    applications.save(application, kind="")
    assert strict.get(applying.page(application)).url.endswith("/organisation/")


@pytest.mark.django_db(transaction=True)
def test_a_lost_link_comes_again_and_nobody_learns_who_applied(strict):
    applying.begun()
    mail.outbox.clear()
    pages = []
    for email in ("iva@league.example.org", "stranger@example.org"):
        data = {"link": "1", "link-email": email, "link-begun": applying.old_stamp()}
        response = post(strict, "/membership/apply/", data)
        assert response.status_code == 302
        pages.append(text_of(strict.get(response.url)))
    assert len({re.sub(r'value="[^"]*"', "", page) for page in pages}) == 1
    [message] = mail.outbox
    assert message.to == ["iva@league.example.org"]
    assert strict.get(links_in(message)[0]).status_code == 302


def test_a_wrong_mail_address_for_the_link_is_said_at_its_field(strict):
    data = {"link": "1", "link-email": "nobody", "link-begun": applying.old_stamp()}
    page = text_of(post(strict, "/membership/apply/", data))
    assert "This is no mail address" in page
    assert 'value="nobody"' in page


@pytest.mark.parametrize("step", ["", "organisation/", "people/", "motivation/"])
def test_a_secret_that_is_none_leads_to_no_application_and_says_what_to_do(strict, step):
    response = strict.get(f"/membership/apply/{'x' * 43}/{step}")
    assert response.status_code == 404
    assert "This link leads to no application" in text_of(response)
    assert "90 days" in text_of(response)


@pytest.mark.parametrize("step", ["organisation/", "people/", "motivation/", ""])
def test_pages_behind_the_secret_are_private_not_indexed_and_tell_no_other_site(strict, step):
    application = applying.begun() if step else applying.sent()
    address = applying.page(application, step)
    response = strict.get(address)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert "private" in response["Cache-Control"]
    assert "ETag" not in response
    assert response["Referrer-Policy"] == "strict-origin"
    assert "noindex" in response["X-Robots-Tag"]
    page = text_of(response)
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert not response.cookies
    head = page.partition("<body")[0]
    assert application.token not in head
    assert "csrfmiddlewaretoken" not in page


def test_a_post_to_a_secret_page_from_another_site_is_refused(strict):
    address = applying.page(applying.begun(), "people/")
    assert strict.post(address, people_step(IVA)).status_code == 403
    assert not ApplicationPerson.objects.exists()


def test_what_is_typed_before_sending_leaves_no_history(strict):
    application = applying.begun()
    applications.save(application, motivation="A first, angry draft")
    applications.save(application, motivation="A kind one")
    assert not application.history.exists()


# -- people ---------------------------------------------------------------------------------------


def test_several_people_are_named_each_with_consent(strict):
    application = applying.begun()
    response = post(strict, applying.page(application, "people/"), people_step(IVA, MARKO))
    assert response.url == applying.page(application, "motivation/")
    rows = list(application.people.all())
    assert [(one.name, one.is_main) for one in rows] == [
        ("Iva Horvat", True), ("Marko Babić", False),
    ]  # fmt: skip
    assert all(one.consented_at for one in rows)


def test_without_consent_nobody_is_stored(strict):
    application = applying.begun()
    data = people_step(IVA, MARKO | {"agreed": ""})
    page = text_of(post(strict, applying.page(application, "people/"), data))
    assert "Without this the person cannot be named here." in page
    assert "Marko Babić" in page
    assert not ApplicationPerson.objects.exists()


def test_a_main_contact_is_needed_and_each_person_has_a_mail_address_of_its_own(strict):
    application = applying.begun()
    address = applying.page(application, "people/")
    page = text_of(post(strict, address, people_step(dict.fromkeys(IVA, ""))))
    assert "Write the name." in page
    page = text_of(post(strict, address, people_step(IVA, MARKO | {"email": IVA["email"].upper()})))
    assert "Somebody above has this mail address already." in page


def test_another_row_is_given_and_what_was_typed_stays(strict):
    application = applying.begun()
    address = applying.page(application, "people/")
    response = post(strict, address, people_step(IVA, more="1"))
    assert response.url == f"{address}?more=1#another"
    page = text_of(strict.get(response.url))
    assert 'value="Iva Horvat"' in page
    assert 'name="people-1-name"' in page


def test_a_person_is_left_out_again_and_an_empty_row_names_nobody(strict):
    application = applying.complete()
    address = applying.page(application, "people/")
    empty = dict.fromkeys(IVA, "")
    data = people_step(IVA, MARKO | {"leave_out": "on"}, empty | {"agreed": "on"}, named=2)
    assert post(strict, address, data).status_code == 302
    assert [one.name for one in application.people.all()] == ["Iva Horvat"]
    applications.name_people(
        application, [applications.Person(**IVA), applications.Person(**MARKO)]
    )
    assert post(strict, address, people_step(IVA, empty, named=2)).status_code == 302
    assert [one.name for one in application.people.all()] == ["Iva Horvat"]


def test_no_more_people_than_a_page_holds_are_taken(strict):
    application = applying.begun()
    many = [
        {"name": f"Person {n}", "email": f"p{n}@example.org", "function": ""} for n in range(50)
    ]
    response = post(strict, applying.page(application, "people/"), people_step(*many))
    assert response.status_code in {200, 302}
    assert application.people.count() <= applications.MOST_PEOPLE


def test_a_tampered_form_of_people_is_no_error_page(strict):
    address = applying.page(applying.begun(), "people/")
    for data in ({}, {"people-TOTAL_FORMS": "x", "people-INITIAL_FORMS": "-1"}):
        assert post(strict, address, data).status_code == 200


# -- motivation, documents, sending ---------------------------------------------------------------


def test_what_is_typed_in_the_last_step_is_kept_before_it_is_complete(strict):
    application = applying.begun()
    response = post(
        strict, applying.page(application, "motivation/"), {"motivation": "Half", "save": "1"}
    )
    assert response.url.endswith("/motivation/#review")
    application.refresh_from_db()
    assert application.motivation == "Half"
    assert application.state == "begun"


def test_the_look_over_says_what_is_missing_and_where(strict):
    application = applying.begun()
    page = text_of(strict.get(applying.page(application, "motivation/")))
    assert "Name the main contact." in page
    assert applying.page(application, "people/") in page


def test_it_is_not_sent_while_something_is_missing_and_nothing_is_lost(strict):
    application = applying.begun()
    data = {"send": "1", "motivation": "Because", "category": "full", "confirmed": "on"}
    page = text_of(post(strict, applying.page(application, "motivation/"), data))
    assert "Name the main contact." in page
    assert "Because" in page
    data = {"send": "1", "motivation": " "}
    page = text_of(post(strict, applying.page(applying.complete(), "motivation/"), data))
    assert "Say why the organisation wants to join." in page
    assert "Choose the membership that you ask for." in page
    assert "Tick this before you send it." in page
    assert not Application.objects.exclude(state="begun").exists()


@pytest.mark.django_db(transaction=True)
def test_sending_mails_a_receipt_and_tells_the_staff(strict, membership_officer, manager, editor):
    application = applying.complete()
    mail.outbox.clear()
    data = {"send": "1", "motivation": "Because", "category": "full", "confirmed": "on"}
    response = post(strict, applying.page(application, "motivation/"), data)
    assert response.url == applying.page(application)
    application.refresh_from_db()
    assert application.state == "sent"
    assert application.sent_at
    receipt = applying.mails_to("iva@league.example.org")
    assert [one.subject for one in receipt] == [
        "Your application has arrived: Adriatic Software League"
    ]
    assert links_in(receipt[0])
    told = {one.to[0] for one in mail.outbox} - {"iva@league.example.org"}
    assert told == {"officer@example.org", "manager@example.org"}
    assert f"/admin/members/application/{application.pk}/change/" in mail.outbox[-1].body
    assert not links_in(mail.outbox[-1])
    page = text_of(strict.get(response.url))
    assert "Your application is with the office" in page
    assert "Because" in page


def test_once_it_is_sent_the_steps_lead_to_its_state_and_change_nothing(strict):
    application = applying.sent()
    for step in ("organisation/", "people/", "motivation/"):
        address = applying.page(application, step)
        assert strict.get(address).url == applying.page(application)
        response = post(strict, address, {"motivation": "Other", "send": "1"})
        assert response.status_code == 409
        assert "This was sent meanwhile" in text_of(response)
    application.refresh_from_db()
    assert application.motivation == "We want to be heard."


def test_documents_are_kept_under_names_that_say_nothing_and_are_never_public(strict, uploads):
    application = applying.complete()
    data = {"save": "1", "documents": [applying.pdf(), applying.package()]}
    assert post(strict, applying.page(application, "motivation/"), data).status_code == 302
    documents = list(application.documents.all())
    assert [one.name for one in documents] == ["statutes.pdf", "members.docx"]
    for one in documents:
        assert (uploads / one.file.name).exists()
        assert "statutes" not in one.file.name
        assert strict.get(f"/media/{one.file.name}").status_code == 404


def test_a_document_is_taken_away_again_with_its_file(
    strict, uploads, django_capture_on_commit_callbacks
):
    application = applying.complete()
    document = applications.add_document(application, applying.pdf())
    path = uploads / document.file.name
    other = applications.add_document(applying.complete(), applying.pdf())
    address = applying.page(application, "motivation/")
    with django_capture_on_commit_callbacks(execute=True):
        post(strict, address, {"remove": str(document.pk), "motivation": "Kept"})
        post(strict, address, {"remove": str(other.pk)})
        post(strict, address, {"remove": "9" * 40})
    assert not path.exists()
    assert list(ApplicationDocument.objects.all()) == [other]


def hostile():
    many = applying.package("bomb.docx", ["[Content_Types].xml", *map(str, range(5001))])
    return [
        (applying.pdf("run.exe", b"MZ\x90"), "It must be a PDF or an office document"),
        (applying.pdf("page.html", b"<script>"), "It must be a PDF or an office document"),
        (applying.pdf("noending", b"%PDF-"), "It must be a PDF or an office document"),
        (applying.pdf("run.exe.pdf", b"MZ\x90\x00"), "is named .pdf but is none"),
        (applying.pdf("cut.pdf", b"%PDF-1.7 and then"), "breaks off before its end"),
        (applying.pdf("empty.pdf", b""), "empty"),
        (applying.pdf("a.docx", b"PK\x03\x04 not a package"), "The document cannot be read"),
        (applying.package("plain.docx", ["readme.txt"]), "The document cannot be read"),
        (applying.package("text.odt", ["content.xml"]), "The document cannot be read"),
        (
            applying.package("m.docx", ["[Content_Types].xml", "word/vbaProject.bin"]),
            "The document holds macros",
        ),
        (many, "too large once it is unpacked"),
    ]


@pytest.mark.parametrize(
    ("upload", "sentence"), hostile(), ids=lambda one: getattr(one, "name", "")
)
def test_a_bad_upload_is_named_and_nothing_else_that_was_typed_is_lost(strict, upload, sentence):
    application = applying.complete()
    data = {
        "save": "1",
        "motivation": "Still here",
        "documents": [upload, applying.pdf("good.pdf")],
    }
    response = post(strict, applying.page(application, "motivation/"), data)
    page = text_of(response)
    assert response.status_code == 200
    assert sentence in page
    assert upload.name in page
    assert "Still here" in page
    application.refresh_from_db()
    assert application.motivation == "Still here"
    assert [one.name for one in application.documents.all()] == ["good.pdf"]


def test_an_upload_that_is_too_large_or_one_too_many_is_refused(strict, monkeypatch):
    application = applying.complete()
    monkeypatch.setattr("publishing.pictures.DOCUMENT_BYTES", 10)
    address = applying.page(application, "motivation/")
    page = text_of(post(strict, address, {"save": "1", "documents": [applying.pdf()]}))
    assert "larger than 25 MB" in page
    monkeypatch.undo()
    many = [applying.pdf(f"{number}.pdf") for number in range(12)]
    page = text_of(post(strict, address, {"save": "1", "documents": many}))
    assert "There are 10 documents already" in page
    assert application.documents.count() == 10


def test_all_documents_together_have_a_limit(monkeypatch):
    application = applying.complete()
    monkeypatch.setattr(applications, "MOST_BYTES", 30)
    applications.add_document(application, applying.pdf())
    with pytest.raises(ValidationError, match="All documents together"):
        applications.add_document(application, applying.pdf())


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\secret\\a.pdf", "a.pdf"),
        ("evil\r\nSet-Cookie: a.pdf", "evil Set-Cookie: a.pdf"),
        ("<b>bold</b>.pdf", "b>.pdf"),
        ("\u202egnp.pdf", "gnp.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_of_files_are_made_plain(name, kept):
    from members.application_documents import plain_name

    assert plain_name(name) == kept


# -- how it stands --------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_back_is_answered_on_the_page_and_waits_for_the_staff_again(
    strict, membership_officer
):
    application = applying.sent()
    mail.outbox.clear()
    applications.ask_back(application, "How many members pay?", by=membership_officer)
    [question] = mail.outbox
    assert "How many members pay?" in question.body
    address = links_in(question)[0]
    page = text_of(strict.get(address))
    assert "The office asks you something" in page
    assert "How many members pay?" in page
    assert "Milo Officer" not in page
    empty = post(strict, address, {"text": " "})
    assert "Write the answer." in text_of(empty)
    mail.outbox.clear()
    response = post(strict, address, {"text": "All forty.", "documents": [applying.pdf()]})
    assert response.status_code == 302
    application.refresh_from_db()
    assert application.state == "sent"
    assert [one.text for one in application.messages.all()] == [
        "How many members pay?",
        "All forty.",
    ]
    assert application.documents.count() == 1
    [told] = mail.outbox
    assert told.to == ["officer@example.org"]
    assert "All forty." in told.body
    assert post(strict, address, {"text": "Again"}).status_code == 409


def test_an_answer_with_a_bad_document_is_not_lost(strict, membership_officer):
    application = applying.sent()
    applications.ask_back(application, "Statutes?", by=membership_officer)
    data = {"text": "Here they are.", "documents": [applying.pdf("a.exe")]}
    page = text_of(post(strict, applying.page(application), data))
    assert "It must be a PDF or an office document" in page
    assert "Here they are." in page
    assert application.messages.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_decline_says_its_reason_on_the_page_and_by_mail(strict, membership_officer):
    application = applying.sent()
    mail.outbox.clear()
    applications.decline(application, "A company joins its association.", by=membership_officer)
    [decision] = mail.outbox
    assert decision.subject == "Your application was declined: Adriatic Software League"
    assert "A company joins its association." in decision.body
    page = text_of(strict.get(links_in(decision)[0]))
    assert "Your application was declined" in page
    assert "A company joins its association." in page
    assert "365 days" in page
