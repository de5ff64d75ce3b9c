"""The awkward truths of the network's real texts: the record holds each without a trick."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from members.models import Alias, Figure, Membership, Organisation, Quotation
from news.models import Contribution, PolicyFile
from publishing.models import Publication
from record.days import PartialDate
from record.names import normalise
from tests import builders
from tests.builders import days
from working_groups.models import GuestAppearance, Initiative, Role

pytestmark = pytest.mark.django_db
D = datetime.date


def figure(about, value, **facts):
    facts.setdefault("source", "announcement")
    row = Figure(about=about, value=value, **facts)
    row.full_clean()
    row.save()
    return row


def test_1_one_person_holds_two_affiliations_at_once():
    person = builders.person()
    builders.affiliation(person, builders.organisation(), "Executive Director", "2021")
    builders.affiliation(person, builders.organisation(), "Head of Operations", "2021")
    assert person.affiliations.on(D(2021, 6, 1)).count() == 2


def test_2_the_same_function_printed_two_ways_keeps_both_as_printed():
    person, cluster = builders.person(), builders.organisation()
    earlier = builders.affiliation(person, cluster, "Executive Director", "2021", "2021")
    later = builders.affiliation(person, cluster, "CEO", "2022")
    later.full_clean()
    assert [row.function for row in person.affiliations.oldest_first()] == [
        earlier.function,
        later.function,
    ]


def test_3_a_chair_may_come_from_outside_the_membership():
    person, cluster = builders.person(), builders.organisation()
    builders.affiliation(person, cluster, "Executive Director", "2021")
    role = builders.role(person, builders.group(), starts="2021", ends="2021")
    builders.membership(cluster, "2023-01-01")
    assert role in Role.objects.chairs().on(D(2021, 5, 1))
    assert not Organisation.objects.members_on(D(2021, 5, 1)).exists()


@pytest.mark.parametrize(
    ("day", "state", "words"),
    [
        ("2022-12-31", "announced", "Announced: Full member from 1\u00a0January 2023"),
        ("2023-01-01", "member", "Full member since 1\u00a0January 2023"),
    ],
)
def test_4_announced_in_december_and_starting_on_1_january(on_day, day, state, words):
    row = builders.membership(starts="2023-01-01")
    on_day(day)
    assert Organisation.objects.with_state().get().state == state
    assert Organisation.objects.members_on().exists() is (state == "member")
    assert row.state_in_words() == words


def test_5_a_start_known_to_the_month_prints_no_day():
    row = builders.membership(starts="2022-03", ends="2023-02")
    assert row.starts_on == D(2022, 3, 1)
    assert str(row.starts) == "March 2022"
    assert "1 March" not in row.period_in_words().replace("\u00a0", " ")


def test_6_founded_in_a_month():
    cluster = builders.organisation()
    cluster.founded = days("October 2012")
    cluster.full_clean()
    cluster.save()
    cluster.refresh_from_db()
    assert str(cluster.founded) == "October 2012"
    assert cluster.founded_on == D(2012, 10, 1)


def test_7_the_sponsor_is_not_its_principal_and_a_third_party_helped():
    facility, commission = builders.organisation("Facility"), builders.organisation("Commission")
    row = builders.membership(
        starts="2022-03", ends="2023-02", category="sponsored", sponsor=facility,
        on_behalf_of=commission,
    )  # fmt: skip
    row.helped_by.add(builders.organisation("Helper"))
    row.full_clean()
    assert {row.sponsor.name, row.on_behalf_of.name, row.helped_by.get().name} == {
        "Facility", "Commission", "Helper",
    }  # fmt: skip


def sponsored_year():
    return builders.membership(
        starts="2022-03", ends="2023-02", category="sponsored", sponsor=builders.organisation()
    )


@pytest.mark.parametrize(
    ("following", "day", "outcome"),
    [
        (None, D(2022, 6, 1), "running"),
        (("2023-03", None, "full"), D(2023, 2, 1), "continues"),
        (("2023-03", None, "full"), D(2023, 3, 1), "converted"),
        (("2023-05-31", None, "regional"), D(2024, 1, 1), "converted"),
        (("2023-06-02", None, "full"), D(2024, 1, 1), "not_on_record"),
        (None, D(2023, 3, 1), "not_on_record"),
    ],
)
def test_8_what_came_of_a_sponsored_year_is_worked_out(following, day, outcome):
    row = sponsored_year()
    after = None
    if following:
        starts, ends, category = following
        row.organisation.region = "Somewhere"
        row.organisation.save()
        after = builders.membership(row.organisation, starts, ends, category)
    assert row.outcome(after, day) == outcome


def test_8_a_sponsored_year_that_was_renewed_or_lapsed():
    row = sponsored_year()
    renewal = builders.membership(
        row.organisation, "2023-03", "2024-02", "sponsored", sponsor=row.sponsor
    )
    assert row.outcome(renewal, D(2023, 3, 1)) == "renewed"
    lapsed = sponsored_year()
    lapsed.not_continued = True
    assert lapsed.outcome(None, D(2023, 3, 1)) == "lapsed"


def test_9_a_non_formal_network_is_coordinated_by_its_own_member():
    network, atic = builders.network(formal=False), builders.organisation("ATIC")
    builders.place(network, atic, "2022-03")
    builders.coordination(network, atic, "2022-03")
    assert network.coordinations.on(D(2022, 4, 14)).get().organisation == atic


def test_10_a_networks_other_members_need_not_be_published():
    network = builders.network(list_complete=False)
    builders.place(network, builders.organisation("ATIC"), "2022-03")
    network.full_clean()
    assert network.places.count() == 1
    assert not network.list_complete


@pytest.mark.parametrize(
    "typed", ["Asociatia CLUJ IT", "asociația cluj it", "CLUJ IT", "clujit", "Cluj IT Cluster"]
)
def test_11_an_organisation_is_found_by_each_of_its_names(typed):
    cluster = builders.member("Cluj IT Cluster")
    builders.member("Transmontane Cluster")
    Alias.objects.create(organisation=cluster, name="Asociația CLUJ IT", kind="native")
    assert Organisation.objects.search_for(typed).order_by("-rank").first() == cluster


def test_12_a_name_is_kept_as_it_was_printed():
    hub = builders.organisation("ahedd DIH")
    row = builders.participation(hub, builders.group(), printed_as="Demokritos/ahedd DIH")
    row.full_clean()
    assert row.printed_as == "Demokritos/ahedd DIH"
    file = PolicyFile(
        name="Digital Services Act", slug="dsa", official_title="Digital Service Act (as printed)"
    )
    file.full_clean()
    assert normalise("eDIH4Society") != normalise("DIH4Society")


def test_13_an_organisation_joins_a_group_only_by_name_never_by_a_hole_in_a_list():
    hole = builders.organisation("X")
    hole.name = ""
    with pytest.raises(ValidationError, match="cannot be blank"):
        hole.full_clean()


def test_14_a_list_may_say_that_there_were_others():
    activity = builders.activity(guests_complete=False)
    overview = builders.overview(builders.group(), 2021, record_incomplete=["guests", "positions"])
    overview.refresh_from_db()
    assert not activity.guests_complete
    assert overview.record_incomplete == ["guests", "positions"]


def test_15_figures_say_how_exactly_and_when():
    alliance = builders.organisation(is_alliance=True)
    row = figure(alliance, 45000, measure="companies", qualifier="more_than", unit="companies")
    row.true_on = days("14/04/22")
    assert row.in_words() == "more than 45,000 companies"
    assert row.dated_in_words() == "as stated on 14\u00a0April 2022"
    share = figure(
        builders.organisation(), 10, measure="share", qualifier="more_than", unit="%",
        said_by=builders.person(), said_as="CEO", not_after=D(2022, 12, 31),
    )  # fmt: skip
    assert share.in_words() == "more than 10 %"
    assert share.dated_in_words() == "not dated, not after 31\u00a0December 2022"


def test_16_figures_that_differ_keep_their_own_definition_and_may_fall():
    alliance = builders.organisation(is_alliance=True)
    for value, day, definition in (
        (50000, "2007-12", "enterprises in eight countries"),
        (20000, "2019-09", "in 19 countries"),
        (45000, "2022-04-14", "in EU states and neighbours"),
    ):
        row = Figure(about=alliance, measure="companies", value=value, source="public page")
        row.true_on, row.definition = days(day), definition
        row.save()
    assert Figure.objects.latest("companies").value == 45000
    assert len({row.definition for row in alliance.figures.all()}) == 3


def test_17_a_two_digit_year_is_of_this_century():
    assert PartialDate.parse("14/04/22").first_day == D(2022, 4, 14)


def test_18_a_text_without_a_date_still_has_its_place():
    dated = builders.post(printed="2023-01-10")
    undated = builders.post(printed=None, undated=True, printed_not_after=D(2022, 12, 31))
    older = builders.post(printed="2022-04-14")
    assert [row.pk for row in Publication.objects.newest_first()] == [
        dated.pk, undated.pk, older.pk,
    ]  # fmt: skip
    assert undated.printed_in_words() == "not dated"


def test_19_key_points_contact_line_and_two_quotations(member):
    speaker, other = builders.person(), builders.person()
    post = builders.post(
        kind="announcement", key_points="One.\n\nTwo.\nThree.", contact=speaker,
        contact_function="CEO",
    )  # fmt: skip
    for person, function in ((speaker, "CEO"), (other, "President")):
        words = Quotation.objects.create(
            words="Words.", speaker=person, function=function, organisation=member,
            consented_on=D(2022, 12, 1), consent_proof="mail",
        )  # fmt: skip
        words.used_in.add(post)
    assert post.points == ["One.", "Two.", "Three."]
    assert {row.function for row in post.quotations.all()} == {"CEO", "President"}


def test_20_joining_a_group_is_not_joining_the_network():
    company = builders.organisation(kind="company")
    builders.participation(company, builders.group(), "2021")
    assert not Organisation.objects.in_directory().exists()
    assert company.get_absolute_url().startswith("/organisations/")


def test_21_guests_are_of_every_kind():
    group = builders.group()
    for kind in ("public_body", "innovation_hub", "company"):
        guest = GuestAppearance(group=group, organisation=builders.organisation(kind=kind))
        guest.day = days("2021")
        guest.full_clean()
        guest.save()
    assert GuestAppearance.objects.of_group(group).in_year(2021).count() == 3
    assert not GuestAppearance.objects.in_year(2022).exists()


def test_22_a_position_is_the_networks_and_groups_led_it_or_contributed():
    position, led, helped = builders.position(), builders.group(), builders.group()
    Contribution.objects.create(position=position, group=led, led=True)
    Contribution.objects.create(position=position, group=helped)
    assert [row.group for row in position.contributions.all()] == [led, helped]
    assert helped.positions.get() == position


def test_23_an_overview_can_say_what_did_not_happen():
    overview = builders.overview(builders.group(), 2021, body="<p>We never met in one room.</p>")
    overview.full_clean()
    assert "never met" in overview.body


def test_24_a_translation_has_its_own_language_and_date():
    original = builders.post(printed="2022-04-14")
    translation = builders.post(printed="2022-04-15", language="ka", translates=original)
    translation.full_clean()
    assert original.translations.get().printed_on == D(2022, 4, 15)


def test_25_early_october_is_a_month_with_words_before_it():
    activity = builders.activity("Promotion event", "2021-10", starts_qualifier="early")
    assert activity.day_in_words() == "early October 2021"
    assert activity.starts_on == D(2021, 10, 1)


def test_26_a_role_on_record_for_a_year_prints_no_first_and_last_day():
    role = Role(person=builders.person(), group=builders.group())
    role.set_days(
        days("2021"), days("2021"), start_basis="not_on_record", end_basis="not_on_record"
    )
    role.full_clean()
    assert role.period_in_words() == "on record for 2021; first and last day are not"


def test_27_a_member_whose_category_or_start_is_not_on_record_still_counts():
    row = Membership(organisation=builders.organisation(), category="not_on_record")
    row.set_days(days("2019-09-11"), start_basis="not_on_record")
    row.full_clean()
    row.save()
    assert Organisation.objects.members_on(D(2020, 1, 1)).count() == 1
    assert not Membership.objects.of_category("full", "sponsored", "regional").exists()


def test_28_a_chair_hands_over_in_the_middle_of_a_year():
    group, first, second = builders.group(), builders.person(), builders.person()
    builders.role(first, group, starts="2024-01-01", ends="2025-06-30")
    builders.role(second, group, starts="2025-07-01")
    chairs = Role.objects.chairs().filter(group=group)
    assert chairs.on(D(2025, 6, 30)).get().person == first
    assert chairs.on(D(2025, 7, 1)).get().person == second
    assert chairs.in_year(2025).count() == 2


def test_29_an_initiative_starts_and_perhaps_ends():
    row = Initiative(group=builders.group(), title="Matchmaking").set_days(days("2021"))
    row.full_clean()
    assert row.ends is None
