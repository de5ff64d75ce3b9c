"""Staff keep a member in one form, type dates as they write them, and are told what cannot be."""

import pytest
from django.urls import reverse
from PIL import Image

from members.models import Membership, NetworkMember, Organisation
from publishing.models import Picture
from tests import builders
from tests.admin.pages import form_on, text_of


@pytest.fixture
def officer(sign_in, membership_officer):
    return sign_in(membership_officer)


@pytest.fixture
def organisation(db):
    return builders.organisation("Cluj IT", country="RO", city="Cluj-Napoca")


def address(organisation) -> str:
    return reverse("admin:members_organisation_change", args=[organisation.pk])


def opened(client, organisation) -> dict:
    return form_on(client.get(address(organisation)), "organisation_form", press="_save")


def save(client, organisation, fields):
    return client.post(address(organisation), fields)


def refused_with(response, sentence):
    """The page came back, the sentence stands in it, and it says that it is an error."""
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert "Error:" in response.content.decode()


def test_staff_add_a_membership_by_typing_a_month(officer, organisation):
    fields = opened(officer, organisation)
    fields.add_row("memberships", category="full", starts="March 2022")
    fields["_why"] = ["Decision of the board"]

    response = save(officer, organisation, fields)

    assert response.status_code == 302
    membership = Membership.objects.get()
    assert membership.state_in_words() == "Full member since March 2022"
    row = membership.history.get()
    assert (row.history_user.email, row.history_change_reason) == (
        "officer@example.org",
        "Decision of the board",
    )


def test_every_inline_of_an_organisation_saves_in_one_go(officer, organisation):
    person = builders.person("Ana Maria")
    network = builders.network("Carpathian network")
    fields = opened(officer, organisation)
    fields.add_row("memberships", category="full", starts="2023")
    fields.add_row("aliases", name="Cluj IT Cluster", kind="former")
    fields.add_row("affiliations", person=person.pk, function="Director", starts="2020")
    fields.add_row("representations", person=person.pk, starts="1 May 2023")
    fields.add_row("network_places", network=network.pk, starts="2023")
    fields["founded"] = ["October 2012"]

    assert save(officer, organisation, fields).status_code == 302

    organisation.refresh_from_db()
    assert str(organisation.founded) == "October 2012"
    assert [str(one) for one in organisation.aliases.all()] == ["Cluj IT Cluster"]
    assert organisation.affiliations.get().function == "Director"
    assert organisation.representations.get().starts.isoformat() == "2023-05-01"
    assert organisation.network_places.get().network == network


def test_a_date_that_nobody_can_read_is_told_at_its_row_and_nothing_typed_is_lost(
    officer, organisation
):
    fields = opened(officer, organisation)
    fields.add_row("memberships", category="full", starts="soon", source="The minutes")

    response = save(officer, organisation, fields)

    refused_with(response, "'soon' is not a date. Write 14 April 2022, March 2022 or 2022.")
    assert form_on(response, "organisation_form", press="_save")["memberships-0-source"] == [
        "The minutes"
    ]
    assert not Membership.objects.exists()


def test_converting_ends_one_membership_and_adds_the_next_in_one_save(officer, organisation):
    sponsor = builders.organisation("Sponsor")
    builders.membership(organisation, "2022-03", "2023-02", "sponsored", sponsor=sponsor)
    fields = opened(officer, organisation)
    fields["memberships-0-ends"] = ["31 December 2022"]
    fields.add_row("memberships", category="full", starts="1 January 2023")

    assert save(officer, organisation, fields).status_code == 302

    newest, oldest = organisation.memberships.newest_first()
    assert newest.state_in_words() == "Full member since 1\u00a0January 2023"
    assert oldest.ends.isoformat() == "2022-12-31"


def test_rows_may_be_saved_in_any_order_as_long_as_they_agree_in_the_end(officer, organisation):
    builders.membership(organisation, "2020-01-01", "2020-12-31")
    builders.membership(organisation, "2021-01-01", "2021-12-31")
    fields = opened(officer, organisation)
    # Newest first: the earlier one grows into what the later one gives up.
    assert fields["memberships-0-starts"] == ["1 January 2021"]
    fields["memberships-0-starts"] = ["1 July 2021"]
    fields["memberships-1-ends"] = ["30 June 2021"]

    assert save(officer, organisation, fields).status_code == 302


def test_a_row_that_nobody_touched_leaves_no_history_and_keeps_how_it_is_known(
    officer, organisation
):
    place = NetworkMember(network=builders.network(), organisation=organisation)
    place.set_days(builders.days("2022"), start_basis="not_on_record").save()
    touched = builders.membership(organisation, "2022", "2023")
    Membership.objects.update(end_basis="derived")
    fields = opened(officer, organisation)
    fields["network_places-0-ends"] = ["2024"]

    assert save(officer, organisation, fields).status_code == 302

    place.refresh_from_db()
    assert (place.start_basis, place.ends.isoformat()) == ("not_on_record", "2024")
    assert place.history.count() == 2
    assert touched.history.count() == 1
    assert Membership.objects.get().end_basis == "derived"


# -- what must never be true, typed into the form -------------------------------------------------


def test_an_overlap_with_a_membership_on_record_is_told_by_the_row_s_name(officer, organisation):
    builders.membership(organisation, "2022-01-01")
    fields = opened(officer, organisation)
    fields.add_row("memberships", category="full", starts="1 March 2022")

    response = save(officer, organisation, fields)

    refused_with(
        response,
        "Membership 2, from 1 March 2022: "
        "This organisation is a member already during part of that time.",
    )
    assert organisation.memberships.count() == 1
    assert not organisation.history.filter(history_type="~").exists()


def test_two_new_memberships_that_overlap_each_other_are_refused(officer, organisation):
    fields = opened(officer, organisation)
    fields.add_row("memberships", category="full", starts="2022")
    fields.add_row("memberships", category="full", starts="March 2022")

    response = save(officer, organisation, fields)

    refused_with(response, "Membership 2, from March 2022: This organisation is a member already")
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {"category": "sponsored", "starts": "2022", "ends": "2022"},
            "A sponsored membership needs its sponsor.",
        ),
        (
            {"category": "sponsored", "starts": "2022", "sponsor": "other"},
            "A sponsored membership needs a last day.",
        ),
        (
            {"category": "full", "starts": "2022", "sponsor": "other"},
            "Only a sponsored membership has a sponsor",
        ),
        (
            {"category": "sponsored", "starts": "2022", "ends": "2022", "sponsor": "itself"},
            "An organisation does not sponsor itself.",
        ),
        (
            {"category": "full", "starts": "2022", "ends": "2021"},
            "The end, 2021, lies before the start, 2022.",
        ),
        (
            {"category": "regional", "starts": "2022"},
            "Fill in the organisation's region first: a regional member has one.",
        ),
        ({"category": "full", "starts": ""}, "This field is required."),
    ],
)
def test_what_a_membership_cannot_be_is_told_at_its_row(officer, organisation, row, sentence):
    parties = {"other": builders.organisation("Sponsor").pk, "itself": organisation.pk}
    values = {name: parties.get(value, value) for name, value in row.items()}
    fields = opened(officer, organisation)
    prefix = fields.add_row("memberships", **values)

    response = save(officer, organisation, fields)

    refused_with(response, sentence)
    assert f'href="#{prefix}"' in response.content.decode()
    assert not Membership.objects.exists()


def test_a_regional_membership_and_the_region_can_be_filled_in_together(officer, organisation):
    fields = opened(officer, organisation)
    fields["region"] = ["Transylvania"]
    fields.add_row("memberships", category="regional", starts="2022")

    assert save(officer, organisation, fields).status_code == 302


def test_the_region_of_a_regional_member_cannot_be_taken_away(officer):
    member = builders.member("Regional", category="regional", region="Transylvania")
    fields = opened(officer, member)
    fields["region"] = [""]

    refused_with(save(officer, member, fields), "A regional member needs its region")


def test_the_alliance_is_no_member(officer, alliance):
    fields = opened(officer, alliance)
    fields.add_row("memberships", category="full", starts="2022")

    refused_with(save(officer, alliance, fields), "The alliance is not a member of itself.")


def test_there_is_one_alliance(officer, alliance, organisation):
    fields = opened(officer, organisation)
    fields["is_alliance"] = ["on"]

    refused_with(save(officer, organisation, fields), "There is one alliance already")


def test_another_organisation_s_name_is_no_alias(officer, organisation):
    other = builders.organisation("Other")
    other.aliases.create(name="ÇLUJ-IT")
    fields = opened(officer, organisation)
    fields.add_row("aliases", name="Cluj IT", kind="printed")

    refused_with(
        save(officer, organisation, fields),
        "'Cluj IT' is on record already, as another name of Other.",
    )


def test_two_functions_of_one_name_at_once_are_refused_at_their_row(officer, organisation):
    person = builders.person()
    builders.affiliation(person, organisation, "Director")
    fields = opened(officer, organisation)
    fields.add_row("affiliations", person=person.pk, function="Director", starts="2022")

    refused_with(
        save(officer, organisation, fields),
        "Function 2, from 2022: This person has this function there already",
    )


def test_an_organisation_without_membership_keeps_its_old_page_until_it_has_one(
    officer, organisation
):
    page = officer.get(address(organisation)).content.decode()
    assert f'href="/organisations/{organisation.slug}/"' in page
    builders.membership(organisation)
    page = officer.get(address(organisation)).content.decode()
    assert f'href="/members/{organisation.slug}/"' in page


def test_the_logo_is_shown_small(officer, organisation, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    Image.new("RGB", (3, 2)).save(tmp_path / "logo.png")
    picture = Picture.objects.create(file="logo.png", alternative="Logo")
    Organisation.objects.filter(pk=organisation.pk).update(logo=picture)

    assert 'src="/media/logo.png"' in officer.get(address(organisation)).content.decode()
