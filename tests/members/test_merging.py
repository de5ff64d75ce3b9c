"""Two organisations of the record that are one: what a merge leaves, and what it refuses."""

import pytest
from django.apps import apps

from members import actions, merging
from members.actions import RecordChanged
from members.duplicates import possible_duplicates
from members.models import (
    Alias,
    Application,
    AreTwo,
    EndingNotice,
    Figure,
    Membership,
    Merger,
    Organisation,
)
from publishing.models import OldAddress
from tests import builders
from working_groups.models import Expert, GuestAppearance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2022-09-14")


@pytest.fixture
def kept(db):
    return builders.organisation("Cluj IT Cluster", country="RO", city="Cluj-Napoca", region="N-W")


@pytest.fixture
def gone(db):
    return builders.organisation("Asociatia CLUJ IT", country="RO", website="https://clujit.ro")


def plain(text) -> str:
    return str(text).replace("\u00a0", " ")


def merge(kept, gone, by=None, why="Typed twice", **choices) -> Merger:
    shown = merging.preview(kept.pk, gone.pk, choices)
    assert shown.refusals == []
    merger = merging.merge(kept.pk, gone.pk, choices, by=by, why=why, agreed=shown.mark)
    kept.refresh_from_db()
    return merger


def refused(kept, gone, **choices) -> str:
    """Return why it cannot be done; the preview says so, and doing it all the same says it too."""
    [sentence] = merging.preview(kept.pk, gone.pk, choices).refusals
    with pytest.raises(merging.CannotBeDone) as caught:
        merging.merge(kept.pk, gone.pk, choices, by=None)
    assert str(caught.value) == sentence
    assert Organisation.objects.filter(pk__in=[kept.pk, gone.pk]).count() == 2
    return plain(sentence)


def words(rows) -> list[str]:
    return [plain(row.period_in_words()) for row in rows.oldest_first()]


def lines(shown, title) -> list[str]:
    return [plain(line) for part in shown.parts if part.title == title for line in part.lines]


# -- nothing is left out --------------------------------------------------------------------------


def joined_models():
    """Organisations, and what may be joined because it points to them: one record of two remains."""
    found, todo = [], [Organisation]
    while todo:
        model = todo.pop()
        found.append(model)
        todo += [
            column.model
            for label, column in merging.relations_to(model)
            if merging.RULES.get(label) == merging.JOINS and column.model not in found
        ]
    return found


def test_every_relation_to_an_organisation_has_a_rule_for_merging():
    """A new foreign key or many-to-many to Organisation: say in merge_rules.RULES what becomes of it."""
    labels = {label for model in joined_models() for label, _ in merging.relations_to(model)}
    assert labels - set(merging.RULES) == set()
    assert set(merging.RULES) - labels == set()


def test_every_foreign_key_of_the_database_is_among_them():
    """Asked the other way round: each model is looked through for what points to an organisation."""
    points = {
        f"{model._meta.label_lower}.{column.name}"
        for model in apps.get_models()
        for column in [*model._meta.local_fields, *model._meta.local_many_to_many]
        if column.related_model is Organisation and not hasattr(model, "instance_type")
    }
    assert points == {label for label, _ in merging.relations_to(Organisation)}


def test_what_has_no_rule_refuses_the_merge(kept, gone, monkeypatch):
    monkeypatch.delitem(merging.RULES, "members.figure.about")
    assert refused(kept, gone) == (
        "The portal does not know yet what becomes of: members.figure.about."
    )


def test_everything_that_points_to_it_points_to_the_one_that_stays(kept, gone, manager):
    group = builders.group("Digitalisation")
    sponsor_of = builders.membership(None, "2020", "2020", "sponsored", sponsor=gone)
    helped = builders.membership(None, "2021")
    helped.helped_by.set([gone, kept])
    membership = builders.membership(gone, "2020-01-01")
    network = builders.network("Coast")
    builders.place(network, gone, "2020-01-01")
    coordination = builders.coordination(network, gone, "2020-02-01", "2021-12-31")
    person = builders.person("Ana Example")
    affiliation = builders.affiliation(person, gone)
    representation = builders.representation(person, gone)
    participation = builders.participation(gone, group)
    activity = builders.activity(group=group)
    activity.helped_by.set([gone])
    guest = GuestAppearance.objects.create(group=group, organisation=gone, day_on="2021-05-05")
    figure = Figure.objects.create(
        about=gone, measure="companies", value=90, qualifier="exactly", source="Minutes"
    )
    application = Application.objects.create(name="CLUJ IT", country="RO", organisation=gone)
    post = builders.post()
    post.organisations.set([gone, kept])
    alias = Alias.objects.create(organisation=gone, name="CLUJIT RO")
    key = gone.pk

    merger = merge(kept, gone, manager)

    for row in (membership, coordination, affiliation, representation, participation, guest,
                application, alias):  # fmt: skip
        row.refresh_from_db()
        assert row.organisation == kept, row
    sponsor_of.refresh_from_db()
    figure.refresh_from_db()
    assert (sponsor_of.sponsor, figure.about) == (kept, kept)
    assert list(helped.helped_by.all()) == [kept]
    assert list(activity.helped_by.all()) == [kept]
    assert list(post.organisations.all()) == [kept]
    assert words(kept.network_places) == ["since 1 January 2020"]
    assert not Organisation.objects.filter(pk=key).exists()
    assert (merger.kept, merger.gone_key, merger.by) == (kept, key, manager)


# -- names, facts, addresses, history -------------------------------------------------------------


def test_names_of_the_other_become_other_names(kept, gone):
    Alias.objects.create(organisation=gone, name="ClujIT", kind="acronym")
    shown = merging.preview(kept.pk, gone.pk)
    assert lines(shown, "Names") == [
        "'Asociatia CLUJ IT' becomes another name.",
        "'ClujIT' (acronym) stays another name.",
    ]
    merge(kept, gone, alias_kind="native")
    assert list(kept.aliases.values_list("name", "kind")) == [
        ("ClujIT", "acronym"),
        ("Asociatia CLUJ IT", "native"),
    ]
    assert list(Organisation.objects.search_for("asociatia cluj")) == [kept]


def test_a_name_that_is_known_already_is_not_added_twice(kept, gone):
    third = builders.organisation("Third")
    Alias.objects.create(organisation=third, name="asociatia cluj it")
    shown = merging.preview(kept.pk, gone.pk)
    assert lines(shown, "Names") == [
        "'Asociatia CLUJ IT' is another name of Third already, so it is not added."
    ]
    merge(kept, gone)
    assert not kept.aliases.exists()


def test_what_only_one_knows_is_kept_and_where_both_differ_it_is_chosen(kept, gone):
    gone.city, gone.founded = "Cluj", builders.days("2012-10")
    gone.save()
    shown = merging.preview(kept.pk, gone.pk)
    assert [(one.label, one.kept, one.gone) for one in shown.conflicts] == [
        ("Name", "Cluj IT Cluster", "Asociatia CLUJ IT"),
        ("City", "Cluj-Napoca", "Cluj"),
    ]
    assert [(one.label, plain(one.gone)) for one in shown.filled] == [
        ("Founded", "October 2012"),
        ("Website", "https://clujit.ro"),
    ]
    merge(kept, gone, name="gone", city="kept")
    assert (kept.name, kept.city, kept.website) == (
        "Asociatia CLUJ IT", "Cluj-Napoca", "https://clujit.ro"
    )  # fmt: skip
    assert plain(kept.founded) == "October 2012"
    assert list(kept.aliases.values_list("name", flat=True)) == ["Cluj IT Cluster"]
    assert kept.slug == "cluj-it-cluster"


def test_old_addresses_lead_to_the_one_that_stays(kept, gone, visitor):
    OldAddress.objects.moved("/organisations/older/", "/organisations/asociatia-cluj-it/")
    builders.membership(gone, "2020-01-01")
    merge(kept, gone)
    for path in ("/organisations/older/", "/organisations/asociatia-cluj-it/",
                 "/members/asociatia-cluj-it/"):  # fmt: skip
        response = visitor.get(path)
        assert (response.status_code, response["Location"]) == (301, "/members/cluj-it-cluster/")


def test_the_page_of_a_sponsor_leads_to_the_one_that_stays(kept, gone, visitor):
    builders.membership(None, "2020", "2020", "sponsored", sponsor=gone)
    merge(kept, gone)
    response = visitor.get("/members/sponsors/asociatia-cluj-it/")
    assert response["Location"] == "/members/sponsors/cluj-it-cluster/"


def test_the_history_of_both_says_who_and_why(kept, gone, manager):
    row = builders.membership(gone, "2020-01-01")
    key = gone.pk
    merge(kept, gone, manager)
    for history, why in (
        (Organisation.history.filter(id=key), "Merged into Cluj IT Cluster: Typed twice"),
        (Organisation.history.filter(id=kept.pk), "Merged with Asociatia CLUJ IT: Typed twice"),
        (Membership.history.filter(id=row.pk), "Merged with Asociatia CLUJ IT: Typed twice"),
    ):
        newest = history.order_by("-history_id").first()
        assert (newest.history_user, newest.history_change_reason) == (manager, why)
    moment = Membership.history.filter(id=row.pk).first().history_date
    with pytest.raises(actions.CannotBeDone, match="that is for good"):
        actions.take_back(moment, by=manager)


def test_a_merge_of_what_was_merged_goes_on(kept, gone, visitor):
    third = builders.organisation("Third")
    merge(gone, third)
    merge(kept, gone)
    assert visitor.get("/organisations/third/")["Location"] == "/organisations/cluj-it-cluster/"
    assert set(kept.mergers.values_list("gone_name", flat=True)) == {"Third", "Asociatia CLUJ IT"}


# -- dated records that meet ----------------------------------------------------------------------


def test_what_follows_each_other_stays_two_records(kept, gone):
    builders.membership(kept, "2020-01-01", "2020-12-31")
    builders.membership(gone, "2021-01-01")
    merge(kept, gone)
    assert words(kept.memberships) == ["1 January 2020 to 31 December 2020", "since 1 January 2021"]


def test_the_same_membership_typed_twice_is_one_and_what_only_one_knew_is_kept(kept, gone):
    stays = builders.membership(kept, "2020-01-01")
    other = builders.membership(gone, "2020", source="Minutes of 2020")
    helper = builders.organisation("Helper")
    other.helped_by.set([helper, gone])
    for row, last_day in ((stays, "2022-12-31"), (other, "2022-12-31"), (other, "2023-12-31")):
        EndingNotice.objects.create(
            membership=row, last_day=last_day, threshold=30, recipient="a@example.org"
        )
    shown = merging.preview(kept.pk, gone.pk)
    assert lines(shown, "Memberships")[0] == (
        "Full member, since 2020 is in the other's record already: "
        "Full member, since 1 January 2020."
    )
    merger = merge(kept, gone)
    assert merger.rows["members.membership"] == {str(other.pk): stays.pk}
    stays.refresh_from_db()
    assert (words(kept.memberships), stays.source) == (["since 1 January 2020"], "Minutes of 2020")
    assert set(stays.helped_by.all()) == {helper, kept}
    assert stays.ending_notices.count() == 2


def test_memberships_that_overlap_become_one_from_the_first_day_to_the_last(kept, gone):
    builders.membership(kept, "2020-06-01")
    other = builders.membership(gone, "2019-03", "2021-12-31")
    merge(kept, gone)
    assert words(kept.memberships) == ["since March 2019"]
    assert not Membership.objects.filter(pk=other.pk).exists()


def test_memberships_that_contradict_each_other_are_not_decided_here(kept, gone):
    builders.membership(kept, "2020-01-01")
    builders.membership(gone, "2021", "2021", "sponsored", sponsor=builders.organisation("Fund"))
    assert refused(kept, gone) == (
        "Both have a record for the same time that says different things: Cluj IT Cluster: "
        "Full member, since 1 January 2020; Asociatia CLUJ IT: Sponsored member, 2021. Correct or end one of them first."
    )


def test_one_that_spans_several_renewals_does_not_swallow_them(kept, gone):
    builders.membership(kept, "2020", "2020")
    builders.membership(kept, "2021", "2021")
    inner = builders.membership(gone, "2020-03-01", "2021-03-31")
    merge_of = merging.preview(kept.pk, gone.pk)
    assert merge_of.refusals == []
    Membership.objects.filter(pk=inner.pk).delete()
    builders.membership(gone, "2020-03-01")
    assert "cannot be joined with several that follow each other" in refused(kept, gone)


def test_an_organisation_does_not_come_to_sponsor_itself(kept, gone):
    builders.membership(kept, "2020", "2020", "sponsored", sponsor=gone)
    assert refused(kept, gone) == (
        "Asociatia CLUJ IT sponsored Cluj IT Cluster: an organisation does not sponsor itself."
    )


def test_one_sponsor_under_two_names_is_one(kept, gone):
    member = builders.organisation("Member")
    twin = builders.organisation("Member twice")
    builders.membership(member, "2020", "2020", "sponsored", sponsor=kept)
    builders.membership(twin, "2020", "2020", "sponsored", sponsor=gone)
    merge(kept, gone)
    merge(member, twin)
    assert [row.sponsor for row in member.memberships.all()] == [kept]


def test_a_regional_member_keeps_its_region(kept, gone):
    Organisation.objects.filter(pk=kept.pk).update(region="")
    Organisation.objects.filter(pk=gone.pk).update(region="Coast")
    builders.membership(gone, "2020-01-01", category="regional")
    merge(kept, gone)
    assert kept.region == "Coast"


def test_places_in_a_group_are_joined_with_their_experts(kept, gone):
    group = builders.group("Digitalisation")
    mine = builders.participation(kept, group, "2020-01-01", "2021-12-31")
    other = builders.participation(gone, group, "2021-06", printed_as="CLUJ IT")
    ana, ben = builders.person("Ana Example"), builders.person("Ben Example")
    for place, person, starts in (
        (mine, ana, "2020-02"),
        (other, ana, "2021"),
        (other, ben, "2022"),
    ):
        Expert(participation=place, person=person).set_days(builders.days(starts)).save()
    merger = merge(kept, gone)
    place = kept.participations.get()
    assert (plain(place.period_in_words()), place.printed_as) == ("since 1 January 2020", "CLUJ IT")
    experts = [(str(one.person), plain(one.period_in_words())) for one in place.experts.all()]
    assert experts == [("Ana Example", "since February 2020"), ("Ben Example", "since 2022")]
    assert merger.rows["working_groups.participation"] == {str(other.pk): mine.pk}


def test_a_coordination_goes_with_the_places_that_hold_it(kept, gone):
    network = builders.network("Coast")
    builders.place(network, kept, "2021-01-01")
    builders.place(network, gone, "2019-01-01", "2021-06-30")
    builders.coordination(network, gone, "2019-02-01", "2021-06-30")
    builders.coordination(network, kept, "2021-07-01")
    merge(kept, gone)
    assert words(kept.network_places) == ["since 1 January 2019"]
    assert kept.coordinations.count() == 2


def test_who_acts_for_both_acts_for_one(kept, gone):
    person = builders.person("Ana Example")
    builders.representation(person, kept, "2020-01-01")
    builders.representation(person, gone, "2021-01-01")
    builders.affiliation(person, kept, "Director")
    builders.affiliation(person, gone, "CEO")
    merge(kept, gone)
    assert words(kept.representations) == ["since 1 January 2020"]
    assert sorted(kept.affiliations.values_list("function", flat=True)) == ["CEO", "Director"]


# -- what cannot be -------------------------------------------------------------------------------


def test_the_alliance_is_not_merged_away(kept, alliance):
    assert refused(kept, alliance) == "The alliance itself cannot be merged into another one."
    merge(alliance, kept)
    assert alliance.is_alliance


def test_the_alliance_takes_no_memberships(gone, alliance):
    builders.membership(gone)
    assert "The alliance is not a member of itself" in refused(alliance, gone)


def test_one_is_not_merged_with_itself(kept):
    assert merging.preview(kept.pk, kept.pk).refusals == ["Choose two different organisations."]


def test_a_preview_writes_nothing(kept, gone):
    builders.membership(gone)
    before = Membership.history.count(), Organisation.history.count(), OldAddress.objects.count()
    merging.preview(kept.pk, gone.pk)
    after = Membership.history.count(), Organisation.history.count(), OldAddress.objects.count()
    assert (before, Organisation.objects.count()) == (after, 2)


def test_who_comes_second_is_told(kept, gone, manager):
    shown = merging.preview(kept.pk, gone.pk)
    builders.membership(gone)
    with pytest.raises(RecordChanged, match="changed since you looked"):
        merging.merge(kept.pk, gone.pk, {}, by=None, agreed=shown.mark)
    merge(kept, gone, manager)
    with pytest.raises(RecordChanged, match="Mara Manager merged Asociatia CLUJ IT"):
        merging.merge(kept.pk, gone.pk, {}, by=None, agreed=shown.mark)


# -- these are two --------------------------------------------------------------------------------


def test_that_two_are_two_is_remembered_and_goes_with_a_merge(kept, gone, manager):
    third = builders.organisation("Cluj IT Clusters")
    assert possible_duplicates(kept.name, exclude_pk=kept.pk)[0].organisation == third
    AreTwo.objects.say(third.pk, gone.pk, by=manager)
    AreTwo.objects.say(gone.pk, third.pk)
    assert AreTwo.objects.count() == 1
    assert merging.preview(third.pk, gone.pk).warnings == ["Mara Manager said that these are two."]
    merge(kept, gone)
    assert possible_duplicates(kept.name, exclude_pk=kept.pk) == []
