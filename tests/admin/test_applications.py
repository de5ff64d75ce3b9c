"""What staff do with an application: read it, ask back, accept, decline, and take a decision back."""

import datetime

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts import actions as accounts_actions
from accounts.models import Invitation
from members import acceptance, applications
from members.acceptance import Acceptance
from members.models import (
    Affiliation,
    Alias,
    Application,
    Figure,
    Membership,
    Organisation,
    Person,
    Representation,
    ShowingBasis,
)
from members.plans import Admit
from news.models import Post
from tests import builders
from tests.admin.pages import form_on, text_of
from tests.members import applying

pytestmark = pytest.mark.django_db(transaction=False)
NOT_SENT = "Not done:"


@pytest.fixture
def application():
    return applying.sent()


@pytest.fixture
def officer(membership_officer, sign_in):
    return sign_in(membership_officer)


def address(application, step="change", *more) -> str:
    return reverse(f"admin:members_application_{step}", args=[application.pk, *more])


def asked(application, **changes) -> dict:
    """What the form of *Accept* sends."""
    main = application.people.get(is_main=True)
    return {
        "into": "new", "other": "", "category": "full", "starts": "1 January 2027",
        "length": "usual", "until": "", "sponsor": "", "on_behalf_of": "", "helped_by": "",
        "source": "", "acting": [main.pk], "why": "", "what": "preview",
    } | changes  # fmt: skip


def accept(client, application, **changes):
    """Look at what will stand, then do it, as a browser would."""
    url = address(application, "accept")
    preview = client.post(url, asked(application, **changes))
    data = form_on(preview, "step_form")
    return client.post(url, {**data, "what": "do"})


# -- reading --------------------------------------------------------------------------------------


def test_the_page_says_what_was_sent_by_whom_and_what_can_be_done(application, officer):
    applications.ask_back(application, "How many pay?", by=builders.user(name="Nora"))
    page = text_of(officer.get(address(application)))
    for words in (
        "Adriatic Software League", "Jadranska softverska liga", "National association",
        "Represents 40 companies", "We want to be heard.", "Iva Horvat, Director",
        "marko@league.example.org", "Agreed on", "How many pay?", "Nora", "Accept…", "Ask back…",
        "Decline…",
    ):  # fmt: skip
        assert words in page, words


def test_what_is_only_begun_stays_the_applicants_own(officer):
    application = applying.complete()
    page = text_of(officer.get(address(application)))
    assert "not sent" in page
    assert "We want to be heard." not in page
    assert "Iva Horvat" not in page
    assert "Accept…" not in page
    for step in ("ask", "accept", "decline", "back"):
        assert officer.get(address(application, step)).status_code == 404


def test_the_queue_has_what_waits_longest_first_and_what_is_decided_last(
    officer, membership_officer
):
    declined = applying.sent(name="Declined one")
    applications.decline(declined, "No.", by=membership_officer)
    begun = applying.begun(name="Begun one")
    asked_back = applying.sent(name="Asked one")
    applications.ask_back(asked_back, "What?", by=membership_officer)
    newer, older = applying.sent(name="Newer one"), applying.sent(name="Older one")
    long_ago = newer.waits_since - datetime.timedelta(days=9)
    Application.objects.filter(pk=older.pk).update(waits_since=long_ago)
    page = text_of(officer.get(reverse("admin:members_application_changelist")))
    names = [older.name, newer.name, asked_back.name, begun.name, declined.name]
    places = [page.index(name) for name in names]
    assert places == sorted(places)
    only = text_of(
        officer.get(reverse("admin:members_application_changelist") + "?state=undecided")
    )
    assert [name for name in names if name in only] == names[:3]


def test_the_start_page_says_how_many_wait(officer, application):
    applying.begun(name="Only begun")
    page = text_of(officer.get(reverse("admin:index")))
    assert "Adriatic Software League" in page
    assert "Only begun" not in page


def test_the_list_is_searched_by_people_too(officer, application):
    url = reverse("admin:members_application_changelist")
    assert "Adriatic" in text_of(officer.get(f"{url}?q=marko"))
    assert "Adriatic" not in text_of(officer.get(f"{url}?q=zzz"))


def test_a_page_costs_the_same_with_many_people_documents_and_messages(
    officer, membership_officer, application
):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert officer.get(address(application)).status_code == 200
        return len(captured)

    queries()
    few = queries()
    for number in range(5):
        application.people.create(name=f"P{number}", email=f"p{number}@example.org")
        application.documents.create(name=f"{number}.pdf", file="x", size=1)
        application.messages.create(from_office=True, author=builders.user(), text="?")
    assert queries() == few


def test_documents_are_saved_by_who_may_read_applications_and_by_nobody_else(
    officer, editor, representative, sign_in, visitor
):
    application = applying.complete()
    document = applications.add_document(application, applying.pdf("Statuten ö.pdf"))
    url = address(application, "document", document.pk)
    response = officer.get(url)
    assert response.status_code == 200
    assert b"".join(response).startswith(b"%PDF-")
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]
    assert sign_in(editor).get(url).status_code == 403
    assert sign_in(representative).get(url).status_code == 403
    assert visitor.get(url).status_code == 302
    other = applying.complete()
    assert officer.get(address(other, "document", document.pk)).status_code == 404
    document.file.storage.delete(document.file.name)
    assert officer.get(url).status_code == 404


STEPS = ("ask", "accept", "decline", "back")


def test_who_may_decide(
    application, editor, representative, manager, membership_officer, sign_in, visitor
):
    for step in STEPS:
        url = address(application, step)
        assert visitor.get(url).status_code == 302
        for person in (editor, representative):
            assert sign_in(person).get(url).status_code == 403
            assert sign_in(person).post(url, {"reason": "x", "text": "x"}).status_code == 403
        for person in (manager, membership_officer):
            assert sign_in(person).get(url).status_code == 200
    assert sign_in(editor).get(address(application)).status_code == 403
    application.refresh_from_db()
    assert application.state == "sent"


# -- asking back and declining --------------------------------------------------------------------


def test_asking_back_takes_a_question(officer, application):
    url = address(application, "ask")
    assert "Write the question." in text_of(officer.post(url, {"text": " "}))
    assert officer.post(url, {"text": "How many?"}).url == address(application)
    application.refresh_from_db()
    assert application.state == "asked_back"


def test_a_decline_takes_a_reason_and_is_taken_back(officer, membership_officer, application):
    url = address(application, "decline")
    assert "Write the reason: the applicant gets it." in text_of(officer.post(url, {"reason": ""}))
    assert officer.post(url, {"reason": "Too small."}).url == address(application)
    application.refresh_from_db()
    assert (application.state, application.reason) == ("declined", "Too small.")
    assert application.decided_by == membership_officer
    assert application.history.first().history_change_reason == "Too small."
    page = text_of(officer.get(address(application)))
    assert "Too small." in page
    assert "Take the decision back…" in page
    officer.post(address(application, "back"), {"why": "A mistake"})
    application.refresh_from_db()
    assert (application.state, application.reason, application.decided_at) == ("sent", "", None)
    assert application.history.first().history_change_reason == "A mistake"


def test_of_two_who_decide_one_is_told_who_was_quicker(officer, manager, application):
    applications.decline(application, "No.", by=manager)
    for step, data in (("ask", {"text": "Why?"}), ("decline", {"reason": "Late."})):
        page = text_of(officer.post(address(application, step), data))
        assert "Not done: Mara Manager declined it on" in page
        assert "Why?" in page or "Late." in page
    page = text_of(accept(officer, application))
    assert "Not done: Mara Manager declined it on" in page
    assert not Organisation.objects.filter(name=application.name).exists()


# -- accepting ------------------------------------------------------------------------------------


def test_nothing_is_done_before_it_was_shown(officer, application):
    page = text_of(officer.post(address(application, "accept"), asked(application, what="do")))
    assert "Look first at what will stand in the record." in page
    assert not Organisation.objects.filter(name=application.name).exists()


def test_the_preview_says_what_will_stand_and_writes_nothing(officer, application):
    page = text_of(officer.post(address(application, "accept"), asked(application)))
    for words in (
        "New on record: Adriatic Software League, national association, Rijeka, Croatia.",
        "Other name: Jadranska softverska liga.", "Other name: ASL.", "Represents 40 companies.",
        "Full member, from 1 January 2027.",
        "Iva Horvat, Director, acts for it in the portal, invited by mail to iva@league",
        "Marko Babić, Policy officer.", "The decision goes to iva@league.example.org.",
    ):  # fmt: skip
        assert words in page, words
    assert not Organisation.objects.filter(name=application.name).exists()
    assert not Invitation.objects.exists()


def test_accepting_makes_it_all_from_the_application_in_one(
    officer, membership_officer, application, django_capture_on_commit_callbacks
):
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        response = accept(officer, application, why="Decided by the board")
    assert response.url == address(application)
    application.refresh_from_db()
    made = application.organisation
    assert application.state == "accepted"
    assert application.decided_by == membership_officer
    assert (made.name, made.kind, made.city, str(made.country.code)) == (
        "Adriatic Software League", "national_association", "Rijeka", "HR",
    )  # fmt: skip
    assert made.website == "https://league.example.org"
    assert {(one.kind, one.name) for one in made.aliases.all()} == {
        ("native", "Jadranska softverska liga"), ("acronym", "ASL"),
    }  # fmt: skip
    [membership] = made.memberships.all()
    assert membership.state_in_words() == "Announced: Full member from 1\xa0January 2027"
    figure = Figure.objects.get(about=made)
    assert (figure.number, figure.measure) == (40, "represented")
    assert figure.source.startswith("Application of ")
    functions = {
        one.person.name: one.function for one in Affiliation.objects.filter(organisation=made)
    }
    assert functions == {"Iva Horvat": "Director", "Marko Babić": "Policy officer"}
    [acting] = Representation.objects.filter(organisation=made)
    assert acting.person.name == "Iva Horvat"
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.grant) == ("iva@league.example.org", acting)
    assert not ShowingBasis.objects.exists()
    moments = {
        row.history_date
        for model in (Organisation, Membership, Person, Affiliation, Representation, Figure)
        for row in model.history.filter(history_change_reason="Decided by the board")
    }
    assert moments == {application.decided_at}
    subjects = {one.subject for one in mail.outbox}
    assert "Your application was accepted: Adriatic Software League" in subjects
    assert any(subject.startswith("Your invitation to") for subject in subjects)
    assert made.get_absolute_url() == "/members/adriatic-software-league/"


def test_if_one_part_cannot_be_nothing_is(officer, application):
    user = builders.user("other@example.org")
    builders.person("Iva Horvat", user=user, email="iva@league.example.org")
    before = Organisation.objects.count()
    plan = Acceptance(admit=Admit(category="regional", starts=builders.days("2027-01-01")))
    with pytest.raises(acceptance.CannotBeDone, match="region"):
        acceptance.accept(application, plan, by=user)
    page = text_of(accept(officer, application, category="regional"))
    assert "A regional member needs its region, and none was given." in page
    page = text_of(accept(officer, application, category="sponsored"))
    assert "A sponsored membership needs its sponsor." in page
    assert Organisation.objects.count() == before
    application.refresh_from_db()
    assert application.state == "sent"


def test_a_known_organisation_is_used_and_only_what_was_empty_is_filled_in(officer, application):
    known = builders.member(
        "Adriatic Software League Rijeka", "2015", "2020", country="HR", city="Zagreb"
    )
    page = text_of(officer.get(address(application, "accept")))
    assert "Use Adriatic Software League Rijeka." in page
    response = accept(officer, application, into=str(known.pk))
    assert response.status_code == 302
    known.refresh_from_db()
    assert (known.city, known.website) == ("Zagreb", "https://league.example.org")
    assert known.memberships.count() == 2
    assert {one.name for one in known.aliases.all()} == {
        "Jadranska softverska liga", "ASL", "Adriatic Software League",
    }  # fmt: skip
    assert not Organisation.objects.filter(name="Adriatic Software League").exists()


def test_any_other_organisation_on_record_can_be_named(officer, application):
    known = builders.organisation("Quite Another Body", country="HR")
    accept(officer, application, other="Quite Another Body")
    application.refresh_from_db()
    assert application.organisation == known


def test_who_is_a_member_already_is_refused_with_a_sentence(officer, application):
    known = builders.member("Adriatic Software League")
    page = text_of(
        officer.post(address(application, "accept"), asked(application, into=str(known.pk)))
    )
    assert "It is a member already during part of that time" in page


def test_a_name_that_another_body_has_is_left_out_and_said(officer, application):
    Alias.objects.create(organisation=builders.organisation("Austrian Ski League"), name="ASL")
    page = text_of(officer.post(address(application, "accept"), asked(application)))
    assert "'ASL' is another body's name on record, so it is left out." in page
    assert accept(officer, application).status_code == 302


def test_a_person_on_record_stays_one_and_with_an_account_gets_no_invitation(officer, application):
    user = builders.user("iva@league.example.org")
    iva = builders.person("Iva Horvat-Novak", user=user)
    page = text_of(officer.post(address(application, "accept"), asked(application)))
    assert "Iva Horvat-Novak, Director, on record already, acts for it in the portal." in page
    accept(officer, application)
    assert Person.objects.filter(name__startswith="Iva").get() == iva
    assert Representation.objects.get(organisation__name=application.name).person == iva
    assert not Invitation.objects.exists()


def test_what_changed_after_the_preview_is_not_done(officer, application):
    url = address(application, "accept")
    data = form_on(officer.post(url, asked(application)), "step_form")
    page = text_of(officer.post(url, {**data, "starts": "1 March 2027", "what": "do"}))
    assert "This is not what the preview showed." in page
    data = form_on(officer.post(url, asked(application)), "step_form")
    builders.person("Iva Horvat", email="iva@league.example.org")
    assert "This is not what the preview showed." in text_of(
        officer.post(url, {**data, "what": "do"})
    )


def test_the_announcement_is_offered_to_who_may_write_it(
    manager, officer, application, sign_in, alliance
):
    accept(officer, application)
    assert "Draft announcement" not in text_of(officer.get(address(application)))
    client = sign_in(manager)
    page = client.get(address(application)).content.decode()
    assert "Draft announcement" in page
    asked_for = page.split('href="/admin/news/post/announce/?m=')[1].split('"')[0]
    client.post("/admin/news/post/announce/", {"m": asked_for})
    post = Post.objects.get()
    assert (post.kind, post.state) == ("announcement", "draft")
    assert post.title == "Adriatic Software League joins as a full member"


# -- taking an acceptance back --------------------------------------------------------------------


def test_an_acceptance_is_taken_back_with_all_that_it_made(
    officer, application, django_capture_on_commit_callbacks
):
    accept(officer, application)
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        response = officer.post(address(application, "back"), {"why": "Wrong one"})
    assert response.status_code == 302
    application.refresh_from_db()
    assert (application.state, application.organisation) == ("sent", None)
    for model in (Organisation, Membership, Person, Affiliation, Representation, Figure, Alias):
        assert not model.objects.exists(), model
    assert Invitation.objects.get().withdrawn_at
    assert [one.subject for one in mail.outbox] == [
        "Your application is looked at again: Adriatic Software League"
    ]
    assert accept(officer, application).status_code == 302


def test_taking_back_leaves_a_known_organisation_as_it_was(officer, application):
    known = builders.member("Adriatic Software League Rijeka", "2015", "2020", country="HR")
    accept(officer, application, into=str(known.pk))
    officer.post(address(application, "back"), {"why": "Wrong one"})
    known.refresh_from_db()
    assert (known.city, known.website, known.memberships.count()) == ("", "", 1)
    assert not known.aliases.exists()


def test_what_followed_keeps_an_acceptance_from_being_taken_back(officer, application):
    accept(officer, application)
    application.refresh_from_db()
    post = builders.post("Welcome")
    post.organisations.add(application.organisation)
    page = text_of(officer.post(address(application, "back"), {"why": "Wrong one"}))
    assert "is used by now (posts), so it stays." in page
    post.organisations.clear()
    invitation = Invitation.objects.get()
    accounts_actions.accept_with_new_account(invitation, name="Iva", password="correct horse")
    page = text_of(officer.post(address(application, "back"), {"why": "Wrong one"}))
    assert "Iva Horvat has accepted the invitation" in page
    application.refresh_from_db()
    assert application.state == "accepted"
    assert application.organisation.memberships.count() == 1


# -- what the database forbids --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "change"),
    [
        ("sent", {"state": "declined", "decided_at": "2026-01-01T00:00Z"}),
        ("sent", {"state": "accepted", "decided_at": "2026-01-01T00:00Z"}),
        ("sent", {"state": "declined", "reason": "No."}),
        ("sent", {"sent_at": None}),
        ("sent", {"category": ""}),
        ("sent", {"kind": ""}),
        ("sent", {"decided_at": "2026-01-01T00:00Z"}),
        ("sent", {"anonymised_at": "2026-01-01T00:00Z"}),
        ("begun", {"sent_at": "2026-01-01T00:00Z"}),
        ("begun", {"state": "sent"}),
    ],
)
def test_the_database_keeps_states_true(state, change):
    made = applying.sent() if state == "sent" else applying.begun()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(pk=made.pk).update(**change)


def test_an_application_has_one_main_contact(application):
    with pytest.raises(IntegrityError), transaction.atomic():
        application.people.update(is_main=True)


# -- deleting and forgetting ----------------------------------------------------------------------


def test_a_manager_deletes_rubbish_with_its_files_and_history(
    manager, sign_in, uploads, django_capture_on_commit_callbacks
):
    application = applying.complete()
    document = applications.add_document(application, applying.pdf())
    key, path = application.pk, uploads / document.file.name
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(manager).post(address(application, "delete"), {"post": "yes"})
    assert not Application.objects.exists()
    assert not Application.history.filter(id=key).exists()
    assert not path.exists()


def test_nobody_brings_an_earlier_state_back_past_the_steps(manager, sign_in, application):
    applications.decline(application, "No.", by=manager)
    sent = application.history.earliest("history_id")
    url = reverse("admin:members_application_simple_history", args=[application.pk, sent.pk])
    client = sign_in(manager)
    assert client.get(url).status_code == 200
    assert client.post(url, {"state": "sent"}).status_code == 403
    application.refresh_from_db()
    assert application.state == "declined"


def test_who_may_only_read_a_record_brings_no_earlier_state_of_it_back(editor, sign_in, member):
    member.city = "Jelgava"
    member.save()
    before = member.history.earliest("history_id")
    url = reverse("admin:members_organisation_simple_history", args=[member.pk, before.pk])
    assert sign_in(editor).post(url, {}).status_code == 403
    member.refresh_from_db()
    assert member.city == "Jelgava"


def test_an_officer_deletes_nothing(officer, application):
    assert officer.post(address(application, "delete"), {"post": "yes"}).status_code == 403
