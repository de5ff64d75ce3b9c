"""Nobody is overwritten, nothing typed is lost, and the history says who, when and why."""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from members.models import Alias, Membership, NetworkCoordination, NetworkMember
from record.history import recording
from tests import builders
from tests.admin.pages import form_on, text_of


@pytest.fixture
def officer(sign_in, membership_officer):
    return sign_in(membership_officer)


@pytest.fixture
def organisation(db):
    return builders.organisation("Cluj IT", country="RO", city="Cluj-Napoca")


def address(thing, view="change") -> str:
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=[thing.pk])


def opened(client, thing):
    """Return what a browser sends when somebody presses Save on the form of a record."""
    form = f"{thing._meta.model_name}_form"
    return form_on(client.get(address(thing)), form, press="_save")


# -- two people edit the same record --------------------------------------------------------------


def test_who_saves_second_is_told_what_the_first_changed_and_loses_nothing(
    officer, organisation, manager
):
    fields = opened(officer, organisation)
    with recording(by=manager, why="They moved") as recorder:
        organisation.city = "Sibiu"
        recorder.save(organisation)
    fields["summary"] = ["A cluster"]

    response = officer.post(address(organisation), fields)

    words = text_of(response)
    assert response.status_code == 200
    assert "Somebody else saved this since you opened it" in words
    assert "Mara Manager" in words
    assert "City: Cluj-Napoca → Sibiu" in words
    assert "They moved" in words
    organisation.refresh_from_db()
    assert (organisation.city, organisation.summary) == ("Sibiu", "")

    again = form_on(response, "organisation_form", press="_save")
    assert again["summary"] == ["A cluster"]
    assert officer.post(address(organisation), again).status_code == 302
    organisation.refresh_from_db()
    assert organisation.summary == "A cluster"


def test_a_membership_that_somebody_else_added_makes_the_form_stale_too(
    officer, organisation, manager
):
    fields = opened(officer, organisation)
    with recording(by=manager) as recorder:
        membership = Membership(organisation=organisation, category="full")
        recorder.save(membership.set_days(builders.days("2022")))

    response = officer.post(address(organisation), fields)

    assert response.status_code == 200
    assert "added membership" in text_of(response)


def test_a_membership_that_somebody_else_deleted_makes_the_form_stale_too(officer, organisation):
    membership = builders.membership(organisation)
    fields = opened(officer, organisation)
    membership.delete()

    response = officer.post(address(organisation), fields)

    assert response.status_code == 200
    assert "deleted membership" in text_of(response)


def test_a_form_that_does_not_say_what_it_saw_is_refused(officer, organisation):
    fields = opened(officer, organisation)
    del fields["_seen"]

    assert officer.post(address(organisation), fields).status_code == 200


def test_saving_twice_in_a_row_is_not_stale(officer, organisation):
    for city in ("Sibiu", "Turda"):
        fields = opened(officer, organisation)
        fields["city"] = [city]
        assert officer.post(address(organisation), fields).status_code == 302


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_refused(membership_officer, organisation):
    def client():
        made = Client()
        made.force_login(membership_officer)
        return made

    clients = [client(), client()]
    forms = [opened(one, organisation) for one in clients]
    for form, city in zip(forms, ("Sibiu", "Turda"), strict=True):
        form["city"] = [city]
    answers = []

    def post(one, form):
        answers.append(one.post(address(organisation), form).status_code)
        connection.close()

    threads = [
        threading.Thread(target=post, args=pair) for pair in zip(clients, forms, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [200, 302]


# -- what validation did not foresee --------------------------------------------------------------


def test_what_the_database_alone_refuses_is_a_sentence(officer, organisation, monkeypatch):
    """As when two people give the same name at the same moment, and both forms are valid."""
    builders.organisation("Other").aliases.create(name="Silicon Transylvania")
    monkeypatch.setattr(Alias, "clean", lambda _self: None)
    monkeypatch.setattr(Alias._meta, "constraints", [])
    fields = opened(officer, organisation)
    fields.add_row("aliases", name="Silicon Transylvania", kind="printed")

    response = officer.post(address(organisation), fields)

    assert response.status_code == 200
    assert "Somebody else has saved the same a moment ago." in text_of(response)
    assert organisation.aliases.count() == 0


# -- networks -------------------------------------------------------------------------------------


@pytest.fixture
def network(db):
    return builders.network("Eastern Partnership")


def test_place_and_coordination_can_be_added_in_one_save(officer, network, organisation):
    fields = opened(officer, network)
    fields.add_row("places", organisation=organisation.pk, starts="March 2022")
    fields.add_row("coordinations", organisation=organisation.pk, starts="March 2022")

    assert officer.post(address(network), fields).status_code == 302
    assert NetworkCoordination.objects.get().organisation == organisation


def test_a_coordinator_outside_the_network_is_told_at_its_row(officer, network, organisation):
    fields = opened(officer, network)
    fields.add_row("places", organisation=organisation.pk, starts="March 2022")
    fields.add_row("coordinations", organisation=organisation.pk, starts="February 2022")

    response = officer.post(address(network), fields)

    assert response.status_code == 200
    assert (
        "Coordination 1, from February 2022: "
        "The coordinator must be in the network on every day of its coordination."
    ) in text_of(response)
    assert not NetworkMember.objects.exists()


def test_shortening_the_place_under_a_coordination_is_refused(officer, network, organisation):
    builders.place(network, organisation, "2022", "2024")
    builders.coordination(network, organisation, "2022", "2024")
    fields = opened(officer, network)
    fields["places-0-ends"] = ["2023"]

    response = officer.post(address(network), fields)

    assert "The coordinator must be in the network on every day" in text_of(response)
    assert response.status_code == 200
    assert NetworkMember.objects.get().ends.isoformat() == "2024"


def test_place_and_coordination_can_be_shortened_together(officer, network, organisation):
    builders.place(network, organisation, "2022", "2024")
    builders.coordination(network, organisation, "2022", "2024")
    fields = opened(officer, network)
    fields["places-0-ends"] = fields["coordinations-0-ends"] = ["2023"]

    assert officer.post(address(network), fields).status_code == 302
    assert NetworkCoordination.objects.get().ends.isoformat() == "2023"


def test_the_organisation_s_own_form_cannot_cut_a_place_from_under_a_coordination(
    officer, network, organisation
):
    builders.place(network, organisation, "2022", "2024")
    builders.coordination(network, organisation, "2022", "2024")
    fields = opened(officer, organisation)
    fields["network_places-0-ends"] = ["2023"]

    response = officer.post(address(organisation), fields)

    assert response.status_code == 200
    assert "The coordinator must be in the network on every day" in text_of(response)


def test_coordination_may_pass_from_one_place_to_the_next_without_gap(officer, network):
    first, second = builders.organisation(), builders.organisation()
    builders.place(network, first)
    builders.place(network, second)
    builders.coordination(network, first, "2022")
    fields = opened(officer, network)
    fields["coordinations-0-ends"] = ["31 May 2024"]
    fields.add_row("coordinations", organisation=second.pk, starts="1 June 2024")

    assert officer.post(address(network), fields).status_code == 302


# -- history --------------------------------------------------------------------------------------


def test_the_history_says_who_when_why_and_what(officer, organisation):
    fields = opened(officer, organisation)
    fields["city"], fields["_why"] = ["Sibiu"], ["They moved"]
    officer.post(address(organisation), fields)

    words = text_of(officer.get(address(organisation, "history")))

    assert "Milo Officer" in words
    assert "City: Cluj-Napoca → Sibiu" in words
    assert "They moved" in words


def test_an_earlier_state_can_be_brought_back(officer, organisation):
    first = organisation.history.get()
    organisation.city = "Sibiu"
    organisation.save()
    url = reverse(
        "admin:members_organisation_simple_history", args=[organisation.pk, first.history_id]
    )

    response = officer.post(url, form_on(officer.get(url), "historicalorganisation_form"))

    assert response.status_code == 302
    organisation.refresh_from_db()
    assert organisation.city == "Cluj-Napoca"


def test_an_earlier_state_that_the_record_refuses_now_is_explained(officer, organisation):
    membership = builders.membership(organisation, "2022", "2023")
    first = membership.history.get()
    membership.set_days(builders.days("2022"), builders.days("2022")).save()
    builders.membership(organisation, "2023")
    url = reverse("admin:members_membership_simple_history", args=[membership.pk, first.history_id])

    response = officer.post(
        url, form_on(officer.get(url), "historicalmembership_form"), follow=True
    )

    assert "This organisation is a member already" in text_of(response)
    membership.refresh_from_db()
    assert membership.ends.isoformat() == "2022"


# -- deleting -------------------------------------------------------------------------------------


def test_only_managers_delete(officer, sign_in, manager, organisation):
    assert officer.get(address(organisation, "delete")).status_code == 403
    assert (
        sign_in(manager).post(address(organisation, "delete"), {"post": "yes"}).status_code == 302
    )
    assert organisation.history.model.objects.filter(history_type="-").get().history_user == manager


def test_what_other_records_rest_on_is_not_deleted_and_says_what_they_are(
    sign_in, manager, organisation
):
    builders.membership(organisation, "2022")

    response = sign_in(manager).post(address(organisation, "delete"), {"post": "yes"})

    words = text_of(response)
    assert "cannot be deleted: other records rest on it" in words
    assert "Full member, since 2022" in words
    organisation.refresh_from_db()
