"""Which verb fits which state of an application, and what happens where two act at once."""

import threading

import pytest
from django.db import connection

from members import acceptance, applications
from members.acceptance import Acceptance
from members.applications import NotPossible
from members.models import Application, Membership, Organisation
from members.plans import Admit
from tests import builders
from tests.members import applying

DAY = builders.days("2027-01-01")
JOINS = Acceptance(admit=Admit(category="full", starts=DAY))
OFFICE = "office@example.org"


def officer():
    return builders.User.objects.filter(email=OFFICE).first() or builders.user(OFFICE, name="Ola")


VERBS = {
    "save": lambda one: applications.save(one, city="Split"),
    "name_people": lambda one: applications.name_people(one, [applications.Person("A", "a@b.example")]),
    "add_document": lambda one: applications.add_document(one, applying.pdf()),
    "remove_document": lambda one: applications.remove_document(one, 1),
    "send": applications.send,
    "answer": lambda one: applications.answer(one, "Yes."),
    "ask_back": lambda one: applications.ask_back(one, "What?", by=officer()),
    "decline": lambda one: applications.decline(one, "No.", by=officer()),
    "reopen": lambda one: applications.reopen(one, by=officer(), why="Again"),
    "accept": lambda one: acceptance.accept(one, JOINS, by=officer()),
    "take_back": lambda one: acceptance.take_back(one, by=officer(), why="Again"),
}  # fmt: skip
FITS = {
    "begun": {"save", "name_people", "add_document", "remove_document", "send"},
    "sent": {"ask_back", "decline", "accept"},
    "asked_back": {"answer", "add_document", "ask_back", "decline", "accept"},
    "accepted": {"take_back"},
    "declined": {"reopen"},
}


def in_state(state: str) -> Application:
    if state == "begun":
        return applying.complete()
    application = applying.sent()
    if state != "sent":
        verb = {"asked_back": "ask_back", "accepted": "accept", "declined": "decline"}[state]
        application = VERBS[verb](application)
    assert application.state == state
    return application


@pytest.mark.django_db
@pytest.mark.parametrize("state", FITS)
@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_fits_its_states_and_elsewhere_is_refused_with_a_sentence(state, verb):
    application = in_state(state)
    before = Application.objects.filter(pk=application.pk).values().get()
    if verb in FITS[state]:
        VERBS[verb](application)
        return
    with pytest.raises(NotPossible) as refusal:
        VERBS[verb](application)
    assert str(refusal.value).endswith(".")
    assert Application.objects.filter(pk=application.pk).values().get() == before


@pytest.mark.django_db
def test_every_change_of_state_is_in_the_history_with_who_and_why():
    application = in_state("declined")
    VERBS["reopen"](application)
    rows = application.history.order_by("history_id").values_list(
        "state", "history_user__name", "history_change_reason"
    )
    assert list(rows) == [
        ("sent", None, "Application sent"),
        ("declined", "Ola", "No."),
        ("sent", "Ola", "Again"),
    ]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("other", ["accept", "decline"])
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told(other):
    application = applying.sent()
    officer()
    barrier, told, done = threading.Barrier(2), [], []

    def decide(verb):
        barrier.wait()
        try:
            done.append(VERBS[verb](application).state)
        except NotPossible as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    people = [threading.Thread(target=decide, args=[verb]) for verb in ("accept", other)]
    for person in people:
        person.start()
    for person in people:
        person.join()
    [state] = done
    [sentence] = told
    assert sentence.startswith(f"Ola {state} it on ")
    application.refresh_from_db()
    assert application.state == state
    made = Organisation.objects.filter(name=application.name).count()
    assert made == Membership.objects.count() == (state == "accepted")


@pytest.mark.django_db
def test_slugs_of_bodies_and_people_with_one_name_differ():
    builders.organisation("Adriatic Software League", slug="adriatic-software-league")
    builders.person("Iva Horvat")
    application = applying.sent(acronym="", native_name="")
    made = acceptance.accept(application, JOINS, by=officer()).organisation
    assert made.slug == "adriatic-software-league-2"
    assert {one.person.slug for one in made.affiliations.all()} == {"iva-horvat-2", "marko-babic"}
