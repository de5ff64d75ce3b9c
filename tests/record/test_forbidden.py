"""What must never be true: refused by a form with a sentence, by save(), and by the database itself.

The admin's side of the same list is in tests/admin/.
"""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from members.models import Alias, Membership, NetworkCoordination, NetworkMember, Organisation
from publishing.models import Publication
from tests import builders
from tests.builders import days
from working_groups.models import Overview, Participation, Role

pytestmark = pytest.mark.django_db


def dated(row, starts, ends=None):
    return row.set_days(days(starts), days(ends))


def overlapping_memberships():
    of = builders.member(starts="2020-01-01", ends="2020-12-31")
    return dated(Membership(organisation=of, category="full"), "2020-12-31")


def sponsored_without_sponsor():
    row = Membership(organisation=builders.organisation(), category="sponsored")
    return dated(row, "2022-03", "2023-02")


def sponsored_without_end():
    row = Membership(
        organisation=builders.organisation(), category="sponsored", sponsor=builders.organisation()
    )
    return dated(row, "2022-03")


def sponsor_on_a_full_membership():
    row = Membership(
        organisation=builders.organisation(), category="full", sponsor=builders.organisation()
    )
    return dated(row, "2022-03")


def own_sponsor():
    of = builders.organisation()
    return dated(Membership(organisation=of, category="sponsored", sponsor=of), "2022", "2022")


def alliance_as_a_member():
    alliance = builders.organisation("The Alliance", is_alliance=True)
    return dated(Membership(organisation=alliance, category="full"), "2022")


def regional_without_region():
    return dated(Membership(organisation=builders.organisation(), category="regional"), "2022")


def second_alliance():
    builders.organisation("The Alliance", is_alliance=True)
    return Organisation(name="Another", slug="another", is_alliance=True)


def same_alias_twice():
    Alias.objects.create(organisation=builders.organisation(), name="Bit Alijansa")
    return Alias(organisation=builders.organisation(), name="BIT-ALIJANSA")


def in_a_network_twice():
    place = builders.place(builders.network(), builders.organisation(), "2022", "2022")
    row = NetworkMember(network=place.network, organisation=place.organisation)
    return dated(row, "2022-12-31")


def coordinator_outside_its_network():
    network, of = builders.network(), builders.organisation()
    builders.place(network, of, "2022-03", "2023-02")
    return dated(NetworkCoordination(network=network, organisation=of), "2022-03", "2023-03-01")


def two_coordinators():
    network, of, other = builders.network(), builders.organisation(), builders.organisation()
    builders.place(network, of, "2022")
    builders.place(network, other, "2022")
    builders.coordination(network, of, "2022")
    return dated(NetworkCoordination(network=network, organisation=other), "2023")


def participation_twice():
    row = builders.participation(builders.organisation(), builders.group(), "2021", "2021")
    again = Participation(organisation=row.organisation, group=row.group)
    return dated(again, "2021-06")


def two_chairs_where_the_group_has_one():
    role = builders.role(builders.person(), builders.group(), starts="2021", ends="2021")
    return dated(Role(group=role.group, person=builders.person(), name="chair"), "2021-12-31")


def two_overviews_of_one_year():
    overview = builders.overview(builders.group(), 2021)
    return Overview(group=overview.group, year=2021, title="Again", slug="again")


def published_without_a_time():
    row = builders.post(state="draft", visible_from=None)
    row.state = "published"
    return row


FORBIDDEN = [
    (overlapping_memberships, "is a member already during part of that time"),
    (sponsored_without_sponsor, "A sponsored membership needs its sponsor"),
    (sponsored_without_end, "A sponsored membership needs a last day"),
    (sponsor_on_a_full_membership, "Only a sponsored membership has a sponsor"),
    (own_sponsor, "does not sponsor itself"),
    (alliance_as_a_member, "not a member of itself"),
    (regional_without_region, "region first"),
    (second_alliance, "There is one alliance already"),
    (same_alias_twice, "is on record already"),
    (in_a_network_twice, "is in the network already"),
    (coordinator_outside_its_network, "must be in the network on every day"),
    (two_coordinators, "Another organisation coordinates the network"),
    (participation_twice, "takes part in the group already"),
    (two_chairs_where_the_group_has_one, "has another chair during part of that time"),
    (two_overviews_of_one_year, "has an overview of that year already"),
    (published_without_a_time, "needs the time it is visible from"),
]
NAMES = [case.__name__ for case, _message in FORBIDDEN]


@pytest.mark.parametrize(("case", "message"), FORBIDDEN, ids=NAMES)
def test_validation_says_it_in_a_sentence(case, message):
    with pytest.raises(ValidationError, match=message):
        case().full_clean()


@pytest.mark.parametrize(("case", "message"), FORBIDDEN, ids=NAMES)
def test_saving_past_the_form_is_refused_too(case, message):
    row = case()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def sql(text, *values):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def refused(constraint, text, *values):
    with pytest.raises(IntegrityError, match=constraint):
        sql(text, *values)


def test_raw_sql_cannot_make_memberships_overlap():
    of = builders.member(starts="2020-01-01", ends="2020-12-31")
    builders.membership(of, "2021-01-01")
    refused(
        "members_membership_one_at_a_time",
        "UPDATE members_membership SET during = '[2020-12-31,)', end_basis = 'open' "
        "WHERE organisation_id = %s AND upper_inf(during)",
        of.pk,
    )


def test_raw_sql_cannot_break_the_rules_of_sponsored_memberships():
    sponsor = builders.organisation()
    row = builders.membership(
        starts="2022-03", ends="2023-02", category="sponsored", sponsor=sponsor
    )
    update = "UPDATE members_membership SET {} WHERE id = %s"
    refused("members_sponsored_has_sponsor", update.format("sponsor_id = NULL"), row.pk)
    refused(
        "members_sponsored_has_end",
        update.format("during = '[2022-03-01,)', end_basis = 'open'"),
        row.pk,
    )
    refused("members_sponsor_only_if_sponsored", update.format("category = 'full'"), row.pk)
    refused("members_not_own_sponsor", update.format("sponsor_id = organisation_id"), row.pk)


def test_raw_sql_cannot_make_the_alliance_a_member_nor_a_member_the_alliance():
    alliance = builders.organisation("The Alliance", is_alliance=True)
    row = builders.membership()
    refused(
        "members_alliance_is_no_member",
        "UPDATE members_membership SET organisation_id = %s WHERE id = %s",
        alliance.pk,
        row.pk,
    )
    Organisation.objects.filter(pk=alliance.pk).delete()
    refused(
        "members_alliance_is_no_member",
        "UPDATE members_organisation SET is_alliance = true WHERE id = %s",
        row.organisation_id,
    )


def test_raw_sql_cannot_take_the_region_of_a_regional_member():
    of = builders.member(category="regional", region="Vojvodina")
    refused(
        "members_regional_has_region",
        "UPDATE members_organisation SET region = '' WHERE id = %s",
        of.pk,
    )


def test_raw_sql_cannot_make_a_second_alliance():
    builders.organisation("The Alliance", is_alliance=True)
    other = builders.organisation()
    refused(
        "members_one_alliance",
        "UPDATE members_organisation SET is_alliance = true WHERE id = %s",
        other.pk,
    )


def test_raw_sql_cannot_leave_a_coordinator_outside_its_network():
    network, of = builders.network(), builders.organisation()
    place = builders.place(network, of, "2022-03", "2023-02")
    row = builders.coordination(network, of, "2022-03", "2023-02")
    refused(
        "members_coordinator_in_network",
        "UPDATE members_networkcoordination SET during = '[2022-02-01,2023-03-01)' WHERE id = %s",
        row.pk,
    )
    refused(
        "members_coordinator_in_network",
        "UPDATE members_networkmember SET during = '[2022-04-01,2023-03-01)' WHERE id = %s",
        place.pk,
    )
    refused(
        "members_coordinator_in_network",
        "DELETE FROM members_networkmember WHERE id = %s",
        place.pk,
    )


def test_a_coordination_may_span_two_places_that_adjoin():
    network, of = builders.network(), builders.organisation()
    builders.place(network, of, "2022-03", "2023-02")
    builders.place(network, of, "2023-03")
    row = NetworkCoordination(network=network, organisation=of)
    dated(row, "2022-06", "2024-05").full_clean()
    row.save()
    assert row.pk


def test_raw_sql_cannot_seat_two_chairs_nor_forge_the_groups_flag():
    group = builders.group()
    builders.role(builders.person(), group, starts="2021", ends="2021")
    later = builders.role(builders.person(), group, starts="2022")
    refused(
        "working_groups_one_chair_at_a_time",
        "UPDATE working_groups_role SET during = '[2021-06-01,)', start_precision = 'day' "
        "WHERE id = %s",
        later.pk,
    )
    refused(
        "working_groups_role_carries_flag",
        "UPDATE working_groups_role SET group_has_one_chair = false WHERE id = %s",
        later.pk,
    )


def test_two_may_chair_a_group_that_has_two_and_it_cannot_turn_back_while_they_do():
    group = builders.group(one_chair=False)
    builders.role(builders.person(), group, starts="2021")
    builders.role(builders.person(), group, starts="2022")
    group.one_chair = True
    with pytest.raises(ValidationError, match="end one of them first"):
        group.full_clean()
    refused(
        "working_groups_one_chair_at_a_time",
        "UPDATE working_groups_workinggroup SET one_chair = true WHERE id = %s",
        group.pk,
    )


def test_raw_sql_cannot_write_a_year_twice_nor_take_part_twice():
    group, other = builders.group(), builders.group()
    builders.overview(group, 2021)
    second = builders.overview(group, 2022)
    refused(
        "working_groups_one_overview_a_year",
        "UPDATE working_groups_overview SET year = 2021 WHERE publication_ptr_id = %s",
        second.pk,
    )
    of = builders.organisation()
    builders.participation(of, group, "2021")
    row = builders.participation(of, other, "2021")
    refused(
        "working_groups_participation_once",
        "UPDATE working_groups_participation SET group_id = %s WHERE id = %s",
        group.pk,
        row.pk,
    )


def test_raw_sql_cannot_publish_without_a_time_nor_withdraw_without_a_reason():
    row = builders.post(state="draft")
    update = "UPDATE publishing_publication SET {} WHERE id = %s"
    refused("publishing_published_has_a_time", update.format("state = 'published'"), row.pk)
    refused("publishing_withdrawn_has_a_reason", update.format("state = 'withdrawn'"), row.pk)
    refused("publishing_dated_or_undated", update.format("undated = true"), row.pk)


def test_which_address_an_organisation_has_follows_its_memberships_however_they_come():
    of = builders.organisation()
    assert not of.has_membership
    row = builders.membership(of, "2030-01-01")
    assert Organisation.objects.get(pk=of.pk).get_absolute_url() == f"/members/{of.slug}/"
    of.has_membership = False
    of.save()
    assert Organisation.objects.get(pk=of.pk).has_membership
    other = builders.organisation()
    sql("UPDATE members_membership SET organisation_id = %s WHERE id = %s", other.pk, row.pk)
    assert not Organisation.objects.get(pk=of.pk).has_membership
    assert Organisation.objects.get(pk=other.pk).has_membership
    sql("DELETE FROM members_membership WHERE id = %s", row.pk)
    assert Organisation.objects.get(pk=other.pk).get_absolute_url().startswith("/organisations/")


def test_publications_know_their_own_kind():
    overview = builders.overview(builders.group("Standards"), 2024)
    post, position = builders.post(), builders.position()
    rows = Publication.objects.with_specific().in_bulk()
    assert {type(row.specific).__name__ for row in rows.values()} == {
        "Overview",
        "Post",
        "Position",
    }
    assert rows[overview.pk].get_absolute_url() == "/working-groups/standards/overviews/2024/"
    assert rows[post.pk].get_absolute_url() == f"/news/{post.slug}/"
    assert rows[position.pk].get_absolute_url() == f"/policy/{position.slug}/"
