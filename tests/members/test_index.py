"""The directory's index in memory says what the database says, after every edit and for every day."""

import datetime
from collections import Counter
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from members.index import Index, index
from members.models import Category, Membership, NetworkMember, Organisation
from members.querysets import ANNOUNCED, FORMER, MEMBER
from tests import builders
from tests.members.pages import names_in
from working_groups.models import Participation

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 25)


def organisations(record: Index, bits: int) -> set[int]:
    return {record.keys[place] for place in range(record.size) if bits >> place & 1}


def test_every_choice_of_every_filter_holds_on_any_day_what_the_database_says(on_day):
    on_day(DAY.isoformat())
    call_command("generate_network", organisations=150, posts=0, seed=3, day=DAY.isoformat(),
                 verbosity=0)  # fmt: skip
    record, dice = index(), Random(5)  # noqa: S311 days for a test
    days = [DAY, *(DAY - datetime.timedelta(days=dice.randrange(-400, 6000)) for _ in range(6))]
    for day in days:
        rows = list(
            Organisation.objects.in_directory()
            .with_state(day)
            .with_category(day)
            .values_list("pk", "state", "category", "country", "kind")
        )
        facets = record.on(day).facets
        for place, name, values in (
            (1, "state", (MEMBER, ANNOUNCED, FORMER)),
            (2, "category", Category.values),
            (3, "country", {row[3] for row in rows}),
            (4, "kind", {row[4] for row in rows}),
        ):
            for value in values:
                there = {row[0] for row in rows if row[place] == value}
                assert organisations(record, facets[name].get(value, 0)) == there, (day, name)
        known = {row[0] for row in rows}
        for name, model, slug in (
            ("group", Participation, "group__slug"),
            ("network", NetworkMember, "network__slug"),
        ):
            held = model.objects.on(day).values_list(slug, "organisation")
            for value, bits in facets[name].items():
                there = {one for whole, one in held if whole == value} & known
                assert organisations(record, bits) == there, (day, name)
        number = sum(change for at, change in record.changes.items() if at <= day)
        assert number == len(set(Membership.objects.on(day).values_list("organisation")))


def test_joins_ends_and_months_add_up_to_the_members_of_each_new_year(on_day):
    on_day(DAY.isoformat())
    call_command("generate_network", organisations=150, posts=0, seed=4, day=DAY.isoformat(),
                 verbosity=0)  # fmt: skip
    record = index()
    joined, left, _converted = record.years
    for year in range(2012, 2028):
        january = datetime.date(year, 1, 1)
        there = Counter(
            str(country)
            for country in Organisation.objects.members_on(january).values_list(
                "country", flat=True
            )
        )
        months = Counter()
        for month, country, number in record.by_month:
            if month <= january:
                months[country] += number
        assert +months == there, january
        so_far = sum(joined[one] - left[one] for one in range(2000, year))
        assert so_far == there.total() - _starting_on(january)


def _starting_on(day):
    begun = Organisation.objects.members_on(day).exclude(
        pk__in=Organisation.objects.members_on(day - datetime.timedelta(days=1))
    )
    return begun.count()


@pytest.mark.parametrize(
    "edit",
    [
        lambda of: Organisation.objects.filter(pk=of.pk).update(country="RO"),
        lambda _of: builders.membership(builders.organisation()),
        lambda of: of.memberships.all().delete(),
        lambda of: of.memberships.update(category="regional"),
        lambda of: builders.place(builders.network(), of),
        lambda of: builders.participation(of, builders.group()),
        lambda of: connection.cursor().execute(
            "UPDATE members_organisation SET kind = 'cluster' WHERE id = %s", [of.pk]
        ),
    ],
    ids=["country", "joins", "leaves", "category", "network", "group", "raw SQL"],
)
def test_after_any_edit_the_next_question_is_answered_anew(edit):
    of = builders.member("Baltic Code", region="Riga")
    before = index()
    assert index() is before
    edit(of)
    assert index() is not before


def test_an_edit_that_is_taken_back_leaves_no_trace(visitor):
    builders.member("Stays")
    assert names_in(visitor.get("/members/")) == ["Stays"]
    with transaction.atomic():
        builders.member("Never Was")
        assert names_in(visitor.get("/members/")) == ["Never Was", "Stays"]
        transaction.set_rollback(True)
    with transaction.atomic():
        builders.member("Is Instead")
    assert names_in(visitor.get("/members/")) == ["Is Instead", "Stays"]


def test_a_post_that_is_published_leaves_the_index_as_it_is():
    builders.member("Stays")
    before = index()
    builders.post("News")
    assert index() is before
