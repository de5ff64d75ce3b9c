"""Staff keep groups: who leads them and who takes part, and are told what cannot be."""

import pytest
from django.urls import reverse

from tests import builders
from tests.admin.pages import form_on, text_of
from working_groups.models import Expert, GuestAppearance, Role


@pytest.fixture
def client(sign_in, manager):
    return sign_in(manager)


def address(thing) -> str:
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk])


def opened(client, thing):
    return form_on(client.get(address(thing)), f"{thing._meta.model_name}_form")


def test_a_chair_hands_over_in_one_save(client, group):
    builders.role(builders.person("First"), group, "chair", "2020")
    second = builders.person("Second")
    fields = opened(client, group)
    fields["roles-0-ends"] = ["31 May 2024"]
    fields.add_row("roles", name="chair", person=second.pk, starts="1 June 2024")

    assert client.post(address(group), fields).status_code == 302
    assert [str(role.person) for role in group.roles.oldest_first()] == ["First", "Second"]


def test_a_second_chair_at_the_same_time_is_refused_at_its_row(client, group):
    builders.role(builders.person("First"), group, "chair", "2020")
    fields = opened(client, group)
    fields.add_row("roles", name="chair", person=builders.person().pk, starts="June 2024")

    response = client.post(address(group), fields)

    assert response.status_code == 200
    assert "Role 2, from June 2024: The group has another chair" in text_of(response)
    assert Role.objects.count() == 1


def test_the_person_s_form_cannot_add_a_second_chair_either(client, group):
    builders.role(builders.person("First"), group, "chair", "2020")
    second = builders.person("Second")
    fields = opened(client, second)
    fields.add_row("roles", group=group.pk, name="chair", starts="2024")

    response = client.post(address(second), fields)

    assert "Role 1, from 2024: The group has another chair" in text_of(response)
    assert Role.objects.count() == 1


def test_a_group_with_two_chairs_cannot_be_said_to_have_one(client):
    group = builders.group("Two", one_chair=False)
    builders.role(builders.person(), group, "chair", "2020")
    builders.role(builders.person(), group, "chair", "2021")
    fields = opened(client, group)
    fields["one_chair"] = ["on"]

    response = client.post(address(group), fields)

    assert response.status_code == 200
    assert "Two chairs' periods overlap: end one of them first." in text_of(response)


def test_an_organisation_takes_part_once_at_a_time(client, group):
    organisation = builders.organisation("Bit Alliance")
    builders.participation(organisation, group, "2021")
    fields = opened(client, group)
    fields.add_row("participations", organisation=organisation.pk, starts="2022")

    response = client.post(address(group), fields)

    assert response.status_code == 200
    assert "This organisation takes part in the group already" in text_of(response)
    assert group.participations.count() == 1


def test_experts_are_named_with_the_participation(client, group):
    participation = builders.participation(builders.organisation(), group)
    fields = opened(client, participation)
    fields.add_row("experts", person=builders.person("Ana").pk, starts="2022", expertise="Chips")

    assert client.post(address(participation), fields).status_code == 302
    assert Expert.objects.get().expertise == "Chips"


def test_a_guest_is_somebody(client, group):
    activity = builders.activity(group=group)
    fields = opened(client, activity)
    fields.add_row("guests", printed_as="Somebody", day="October 2021")

    response = client.post(address(activity), fields)

    assert response.status_code == 200
    assert "Say which organisation or person was the guest." in text_of(response)
    fields["guests-0-person"] = builders.person("Ana").pk
    assert client.post(address(activity), fields).status_code == 302
    assert str(GuestAppearance.objects.get().day) == "October 2021"
