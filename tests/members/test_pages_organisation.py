"""The page of one organisation: what it says, and what it never says."""

import datetime

import pytest
from django.utils import timezone

from members.models import Alias, Figure
from record.days import PartialDate
from tests import builders
from tests.members.pages import MOST_QUERIES, queries_of, text_of
from working_groups.models import GuestAppearance

pytestmark = pytest.mark.django_db


@pytest.fixture
def cluster(on_day):
    on_day("2026-11-22")
    made = builders.member(
        "Cluj IT Cluster", "2023-01-01", kind="cluster", city="Cluj-Napoca", country="RO",
        website="https://www.clujit.ro/", summary="Makers of software in and around Cluj.",
        description="<p>It works on three things.</p>",
    )  # fmt: skip
    made.founded = PartialDate.parse("October 2012")
    made.save()
    return made


def page_of(visitor, organisation) -> str:
    response = visitor.get(organisation.get_absolute_url())
    assert response.status_code == 200
    return text_of(response)


# What it says


def test_the_head_says_kind_place_name_summary_and_state(visitor, cluster):
    assert page_of(visitor, cluster).startswith(
        "Home Members Cluj IT Cluster Cluster in Cluj-Napoca, Romania Cluj IT Cluster "
        "Makers of software in and around Cluj. Full member since 1 January 2023"
    )


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("2022-12-31", "Announced Full member, from 1 January 2023"),
        ("2023-01-01", "Full member until 31 December 2025"),
        ("2025-12-31", "Full member until 31 December 2025"),
        ("2026-01-01", "Former member Full member, 1 January 2023 to 31 December 2025"),
    ],
)
def test_the_state_is_worked_out_when_read(visitor, on_day, day, words):
    on_day(day)
    member = builders.member("Somebody", "2023-01-01", "2025-12-31")
    assert words in page_of(visitor, member)


def test_facts_stand_as_they_are_known_and_empty_ones_are_left_out(visitor, cluster):
    Alias.objects.create(organisation=cluster, name="Asociația Cluj IT", kind="native")
    Alias.objects.create(organisation=cluster, name="Klusch IT", kind="misspelt")
    page = page_of(visitor, cluster)
    assert "Also known as Asociația Cluj IT Website clujit.ro Founded October 2012" in page
    assert "Founded in October 2012" in page
    assert "Klusch" not in page
    assert "Region" not in page
    bare = page_of(visitor, builders.member("Bare", country=""))
    for term in ("Founded", "Website", "Also known as", "Profile", "Stands for", "People"):
        assert term not in bare


def test_a_renewal_is_a_line_of_its_own_and_a_gap_is_shown(visitor, on_day):
    on_day("2026-11-22")
    forum = builders.member("Forum", "2011-01-01", "2015-12-31")
    builders.membership(forum, "2018-01-01", "2019-12-31")
    builders.membership(forum, "2020-01-01")
    page = page_of(visitor, forum)
    for period in (
        "1 January 2011 to 31 December 2015",
        "1 January 2018 to 31 December 2019",
        "Since 1 January 2020",
    ):
        assert period in page
    assert "Member first: 1 January 2011." in page
    assert "Member without a break since: 1 January 2018." in page


@pytest.mark.parametrize(
    ("ends", "following", "not_continued", "outcome"),
    [
        ("2027-02", None, False, "Running"),
        ("2023-02", None, False, "Not on record"),
        ("2023-02", None, True, "Lapsed"),
        ("2023-02", ("2023-03", "2027-12", "sponsored"), False, "Renewed"),
        ("2023-02", ("2023-05-01", None, "full"), False, "Converted"),
        ("2023-02", ("2024-01-01", None, "full"), False, "Not on record"),
        ("2026-12", ("2027-01-01", None, "full"), False, "Announced to continue"),
    ],
)
def test_a_sponsored_year_says_who_paid_for_whom_and_what_came_of_it(
    visitor, on_day, ends, following, not_continued, outcome
):
    on_day("2026-11-22")
    facility = builders.organisation("Facility")
    commission = builders.organisation("Commission")
    helper = builders.organisation("Helpers & Co")
    atic = builders.organisation("ATIC")
    paid = builders.membership(
        atic, "2022-03", ends, "sponsored", sponsor=facility, on_behalf_of=commission,
        not_continued=not_continued,
    )  # fmt: skip
    paid.helped_by.add(helper)
    if following:
        starts, end, category = following
        facts = {"sponsor": facility} if category == "sponsored" else {}
        builders.membership(atic, starts, end, category, **facts)
    page = page_of(visitor, atic)
    assert "Sponsored by Facility on behalf of Commission, with help of Helpers & Co." in page
    assert f"Outcome: {outcome}." in page
    assert f"{outcome}" in text_of(visitor.get("/members/sponsors/facility/"))


def test_figures_carry_qualifier_day_speaker_and_source_and_earlier_ones_stay(visitor, cluster):
    hidden = builders.person("Hidden Speaker", shown=False)
    facts = {"about": cluster, "measure": "represented", "unit": "members"}
    Figure.objects.create(
        **facts, value=90, qualifier="well_over", not_after=datetime.date(2022, 12, 31),
        definition="companies and universities", source="the announcement", said_by=hidden,
        said_as="CEO",
    )  # fmt: skip
    Figure.objects.create(**facts, value=1250, as_of=datetime.date(2026, 1, 31), source="the site")
    page = page_of(visitor, cluster)
    assert page.index("members 1,250 As stated on") < page.index("members well over90")
    assert "As stated on 31 January 2026; the site" in page
    assert (
        "Companies and universities; not dated, not after 31 December 2022; said by CEO; "
        "the announcement"
    ) in page
    assert "Hidden Speaker" not in page


def test_a_share_is_a_per_cent_of_something(visitor, cluster):
    Figure.objects.create(
        about=cluster, measure="share", value=10, qualifier="more_than", unit="%", source="a talk",
        definition="of the town's workforce",
    )  # fmt: skip
    assert "Share more than10 % Of the town's workforce; not dated; a talk" in page_of(
        visitor, cluster
    )


def test_people_stand_with_every_function_as_printed(visitor, cluster, alliance):
    andrei = builders.person("Andrei Kelemen")
    builders.affiliation(andrei, cluster, "Executive Director", "2021", "2021")
    builders.affiliation(andrei, cluster, "CEO", "2022")
    builders.affiliation(andrei, builders.organisation("DIH4Society"), "Head of Operations", "2021")
    builders.affiliation(andrei, alliance, "Vice-president", "2024")
    page = page_of(visitor, cluster)
    assert "Executive Director 2021" in page
    assert "CEO since 2022" in page
    assert "Head of Operations, DIH4Society since 2021" in page
    assert "Vice-president of the network Andrei Kelemen, since 2024" in page


def test_groups_roles_and_networks_stand_with_their_time(visitor, cluster, group):
    chair = builders.person("Andrei Kelemen")
    builders.affiliation(chair, cluster, "CEO", "2020")
    builders.role(chair, group, "chair", "2021", "2021")
    builders.participation(cluster, group, "2021-05")
    network = builders.network("Black Sea network")
    builders.place(network, cluster, "2014-10")
    builders.coordination(network, cluster, "2016")
    page = page_of(visitor, cluster)
    assert "Chair: Andrei Kelemen, 2021" in page
    assert "Working group, since May 2021" in page
    assert "Coordinates the network, since October 2014" in page


def test_a_role_held_before_the_person_came_here_is_not_the_organisations(visitor, cluster, group):
    person = builders.person("Later Comer")
    builders.affiliation(person, cluster, "CEO", "2024")
    builders.role(person, group, "chair", "2019", "2020")
    assert "Chair: Later Comer" not in page_of(visitor, cluster)


# What it never says


def test_a_person_without_a_basis_never_appears(visitor, cluster, group, alliance):
    hidden = builders.person("Hidden Person", shown=False)
    builders.affiliation(hidden, cluster, "Secretary General")
    builders.affiliation(hidden, alliance, "Treasurer")
    builders.role(hidden, group, "chair", "2021", "2021")
    page = page_of(visitor, cluster)
    for word in ("Hidden", "Secretary General", "Treasurer", "People", "Chair"):
        assert word not in page


def test_a_withdrawn_basis_takes_the_name_away_the_same_day(visitor, cluster, on_day):
    person = builders.person("Withdrawn Person")
    builders.affiliation(person, cluster, "CEO")
    person.bases.update(until=datetime.date(2026, 11, 23))
    assert "Withdrawn Person" in page_of(visitor, cluster)
    on_day("2026-11-23")
    assert "Withdrawn Person" not in page_of(visitor, cluster)


def test_only_public_posts_appear(visitor, cluster, group):
    soon = timezone.now() + datetime.timedelta(hours=1)
    for title, facts in {
        "Published news": {},
        "Draft news": {"state": "draft"},
        "Scheduled news": {"visible_from": soon},
        "News for members": {"audience": "members"},
        "News for the group": {"audience": "group", "audience_group": group},
        "Withdrawn news": {"state": "withdrawn", "withdrawn_reason": "wrong"},
    }.items():
        builders.post(title, **facts).organisations.add(cluster)
    page = page_of(visitor, cluster)
    assert "Published news" in page
    for title in ("Draft", "Scheduled", "for members", "for the group", "Withdrawn"):
        assert title not in page


def test_a_guest_at_a_public_activity_is_shown_and_at_another_is_not(visitor, group):
    guest = builders.organisation("JOTNE")
    for title, audience in (("Open meeting", "public"), ("Closed meeting", "members")):
        appearance = GuestAppearance(
            organisation=guest, activity=builders.activity(title, audience=audience)
        )
        appearance.day = PartialDate.parse("2021-05-05")
        appearance.save()
    page = page_of(visitor, guest)
    assert "Open meeting Guest" in page
    assert "Closed meeting" not in page


def test_text_of_the_record_cannot_run(visitor):
    evil = builders.member(
        '<script>alert("x")</script>', city="<b>Bold</b>", website="https://a.b/"
    )
    Alias.objects.create(organisation=evil, name="<img src=x>", language='"><i>')
    html = visitor.get(evil.get_absolute_url()).content.decode()
    assert "<script>alert" not in html
    assert "<b>Bold" not in html
    assert "<img src=x>" not in html
    assert '"><i>' not in html


# Where it lies


def test_each_address_leads_to_the_right_one(visitor, cluster):
    guest = builders.organisation("JOTNE")
    assert visitor.get("/organisations/cluj-it-cluster/").headers["Location"] == (
        "/members/cluj-it-cluster/"
    )
    assert visitor.get("/members/jotne/").headers["Location"] == "/organisations/jotne/"
    builders.membership(guest, "2190-01-01")
    assert visitor.get("/organisations/jotne/").headers["Location"] == "/members/jotne/"
    assert visitor.get("/members/jotne/").status_code == 200


def test_the_alliance_has_its_own_page(visitor, alliance):
    for place in ("members", "organisations"):
        assert visitor.get(f"/{place}/{alliance.slug}/").headers["Location"] == "/about/"


@pytest.mark.parametrize("slug", ["nobody", "x" * 500])
def test_nobody_is_not_found(visitor, alliance, slug):
    for place in ("members", "organisations", "members/networks", "members/sponsors"):
        assert visitor.get(f"/{place}/{slug}/").status_code == 404


def test_a_renamed_member_is_found_at_its_old_address(visitor, cluster):
    cluster.slug = "cluj-it"
    cluster.save()
    moved = visitor.get("/members/cluj-it-cluster/")
    assert (moved.status_code, moved.headers["Location"]) == (301, "/members/cluj-it/")


# What it costs


@pytest.mark.parametrize("kind", ["member", "other"])
def test_a_page_costs_the_same_however_much_is_on_record(kind, alliance):
    subject = builders.member("Subject") if kind == "member" else builders.organisation("Subject")
    facility = builders.organisation("Facility")

    def add(number):
        for count in range(number):
            group, network = builders.group(), builders.network()
            builders.participation(subject, group)
            builders.place(network, subject)
            person = builders.person()
            builders.affiliation(person, subject)
            builders.affiliation(person, alliance, "Member of the board")
            builders.role(person, group)
            builders.post().organisations.add(subject)
            Alias.objects.create(organisation=subject, name=f"Alias {group.pk}")
            Figure.objects.create(
                about=subject, measure="represented", value=count, source="site", said_by=person
            )
            appearance = GuestAppearance(
                organisation=subject, activity=builders.activity(group=group)
            )
            appearance.day = PartialDate.parse("2021")
            appearance.save()
            if kind == "member":
                year = 1900 + group.pk % 100
                paid = builders.membership(
                    subject, f"{year}-01-01", f"{year}-06-30", "sponsored", sponsor=facility
                )
                paid.helped_by.add(facility)

    add(1)
    few = queries_of(subject.get_absolute_url())
    add(3)
    assert queries_of(subject.get_absolute_url()) == few <= MOST_QUERIES
