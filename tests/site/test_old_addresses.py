"""What had an address before leads to where it is now."""

import pytest

from publishing.addresses import OldAddress
from tests import builders

pytestmark = pytest.mark.django_db


def rename(thing, slug):
    thing.slug = slug
    thing.save()


@pytest.mark.parametrize(
    "make",
    [
        lambda: builders.member("Before"),
        lambda: builders.organisation("Before"),
        lambda: builders.group("Before"),
        lambda: builders.post("Before"),
        lambda: builders.position("Before"),
        lambda: builders.network("Before"),
        lambda: builders.activity("Before"),
    ],
    ids=["member", "organisation", "group", "post", "position", "network", "activity"],
)
def test_a_renamed_things_old_address_leads_to_the_new_one(visitor, make):
    thing = make()
    old = thing.get_absolute_url()
    rename(thing, "after")
    response = visitor.get(old)
    assert (response.status_code, response["Location"]) == (301, thing.get_absolute_url())
    assert visitor.get(response["Location"]).status_code == 200


def test_a_chain_of_names_is_one_step(visitor):
    group = builders.group("First")
    rename(group, "second")
    rename(group, "third")
    assert visitor.get("/working-groups/first/")["Location"] == "/working-groups/third/"
    assert visitor.get("/working-groups/second/")["Location"] == "/working-groups/third/"


def test_the_query_is_kept(visitor):
    rename(builders.member("Before"), "after")
    response = visitor.get("/members/before/?on=2022-04-14&q=a%20b")
    assert response["Location"] == "/members/after/?on=2022-04-14&q=a%20b"


def test_a_new_thing_that_takes_the_address_answers_itself(visitor):
    rename(builders.organisation("Skills House"), "renamed")
    builders.organisation("Skills House")
    assert visitor.get("/organisations/skills-house/").status_code == 200


def test_a_name_that_comes_back_has_no_forwarding_address_left(visitor):
    group = builders.group("Skills")
    rename(group, "jobs")
    rename(group, "skills")
    assert visitor.get("/working-groups/skills/").status_code == 200
    assert visitor.get("/working-groups/jobs/")["Location"] == "/working-groups/skills/"
    assert not OldAddress.objects.filter(old_path="/working-groups/skills/").exists()


def test_a_thing_that_never_had_the_address_is_not_found(visitor):
    assert visitor.get("/members/never/").status_code == 404
    assert visitor.get("/members/never%00/").status_code == 404
    assert visitor.get("/" + "x" * 5000).status_code == 404


def test_a_form_sent_to_an_old_address_is_not_forwarded(visitor):
    rename(builders.group("Skills"), "jobs")
    assert visitor.post("/working-groups/skills/").status_code in {403, 404, 405}
