"""manage.py generate_network makes a network that every rule of the database allows."""

import io

import pytest
from django.core.management import CommandError, call_command

from members.models import Alias, Category, Membership, Network, Organisation, Person
from news.models import Post
from publishing.models import Publication
from record.days import today
from tests import builders
from working_groups.models import Participation

pytestmark = pytest.mark.django_db


def generate(*options):
    out, errors = io.StringIO(), io.StringIO()
    call_command(
        "generate_network", "--organisations=120", "--posts=60", "--day=2026-11-25", *options,
        stdout=out, stderr=errors,
    )  # fmt: skip
    return out.getvalue(), errors.getvalue()


def what_was_made():
    return {
        "names": list(Organisation.objects.order_by("slug").values_list("name", "slug", "country")),
        "aliases": list(Alias.objects.order_by("normalised").values_list("normalised", "kind")),
        "memberships": list(
            Membership.objects.order_by("organisation__slug", "during").values_list(
                "organisation__slug", "category", "during", "start_precision", "sponsor__slug"
            )
        ),
        "posts": list(Publication.objects.order_by("title").values_list("title", "visible_from")),
        "people": list(Person.objects.order_by("sort_name").values_list("name", flat=True)),
    }


def test_the_same_seed_makes_the_same_network_and_another_one_another(db):
    from django.db import transaction

    made = []
    for seed in (7, 7, 8):
        with transaction.atomic():
            generate(f"--seed={seed}")
            made.append(what_was_made())
            transaction.set_rollback(True)
    assert made[0] == made[1]
    assert made[0]["names"] != made[2]["names"]


def test_it_holds_every_kind_of_membership_and_the_pages_show_it(client):
    out, _errors = generate()
    assert "The network is made, from seed 7" in out
    assert set(Membership.objects.values_list("category", flat=True)) == set(Category.values)
    assert Membership.objects.announced(today()).exists()
    assert Membership.objects.ended(today()).exists()
    assert Organisation.objects.filter(name__regex="[а-я]").exists()
    assert Organisation.objects.filter(name__regex="[α-ω]").exists()
    assert Organisation.objects.filter(is_alliance=True).count() == 1
    assert Post.objects.filter(organisations__isnull=False).exists()
    assert Participation.objects.exists()
    assert Network.objects.get(slug="generated-network-1" if Network.objects.filter(
        slug="generated-network-1").exists() else Network.objects.first().slug).places.exists()  # fmt: skip
    for path in ("/", "/members/", "/working-groups/", "/news/", "/policy/", "/activities/"):
        assert client.get(path).status_code == 200
    some = Organisation.objects.in_directory().first()
    assert client.get(some.get_absolute_url()).status_code == 200


def test_what_people_add_afterwards_gets_a_key_of_its_own():
    generate()
    builders.organisation("One More")
    assert Organisation.objects.get(name="One More").pk > 120


def test_it_refuses_a_database_with_content_unless_it_is_told_to_add():
    builders.organisation("Somebody Real")
    with pytest.raises(CommandError, match="use --add"):
        generate()
    generate("--add")
    assert Organisation.objects.filter(name="Somebody Real").count() == 1
    assert Organisation.objects.count() == 122


def test_it_refuses_production(settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="This is production"):
        generate()
    assert not Organisation.objects.exists()
