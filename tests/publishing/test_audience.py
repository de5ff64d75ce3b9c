"""Who may read what is not for everybody. The rule of the list and the rule of the page are one."""

import pytest
from django.contrib.auth.models import AnonymousUser

from news.models import Position, Post
from publishing.models import Publication
from tests import builders

# Who, by the name in the cast → what they may read besides the public.
MAY_READ = {
    "representative": {"members"},
    "other_representative": {"members"},
    "chair": {"members", "own group", "own overview"},
    "secretary": {"members", "own group", "own overview"},
    "other_chair": {"members", "other group"},
    "former_chair": set(),
    "editor": {"members", "own group", "own overview", "other group"},
    "manager": {"members", "own group", "own overview", "other group"},
    "superuser": {"members", "own group", "own overview", "other group"},
    "membership_officer": set(),
}


@pytest.fixture
def texts(group, other_group):
    """One text of every audience, and of each one that is not out."""
    made = {
        "public": builders.post("For all"),
        "members": builders.post("For members", audience="members"),
        "own group": builders.post("For the group", audience="group", audience_group=group),
        "other group": builders.post("For them", audience="group", audience_group=other_group),
        "own overview": builders.overview(group, 2025, audience="group"),
        "draft": builders.post("A draft", state="draft", audience="members"),
        "scheduled": builders.post(
            "Later", audience="members", visible_from="2199-01-01T00:00:00Z"
        ),
    }
    return {name: Publication.objects.get(pk=one.pk) for name, one in made.items()}


@pytest.mark.parametrize("who", MAY_READ)
def test_each_reads_what_is_meant_for_them(texts, who, request):
    user = request.getfixturevalue(who)
    expected = {"public"} | MAY_READ[who]
    listed = set(Publication.objects.visible_to(user))
    assert {name for name, text in texts.items() if text in listed} == expected
    asked = {name for name, text in texts.items() if user.has_perm("publishing.read", text)}
    assert asked == (set(texts) if who == "superuser" else expected)


def test_a_visitor_reads_what_is_public(texts):
    assert set(Publication.objects.visible_to(AnonymousUser())) == {texts["public"]}


def test_the_word_means_the_same_on_every_kind(texts, chair):
    position = builders.position("A paper for members", audience="members")
    assert set(Position.objects.visible_to(chair)) == {position}
    titles = set(Post.objects.visible_to(chair).values_list("title", flat=True))
    assert titles == {"For all", "For members", "For the group"}


def test_the_right_ends_with_the_representation(texts, on_day):
    user = builders.user()
    acts = builders.person(user=user)
    builders.representation(acts, builders.member(), "2026-01-01", "2026-06-30")
    for day, readable in [
        ("2025-12-31", False),
        ("2026-01-01", True),
        ("2026-06-30", True),
        ("2026-07-01", False),
    ]:
        on_day(day)
        now_out = Publication.objects.filter(pk=texts["members"].pk)
        now_out.update(visible_from="2020-01-01T00:00:00Z")
        assert now_out.visible_to(user).exists() is readable, day


def test_the_right_ends_with_the_membership(texts, on_day):
    user = builders.user()
    left = builders.member(starts="2020-01-01", ends="2026-06-30")
    builders.representation(builders.person(user=user), left)
    members = Publication.objects.filter(pk=texts["members"].pk)
    members.update(visible_from="2020-01-01T00:00:00Z")
    on_day("2026-06-30")
    assert members.visible_to(user).exists()
    on_day("2026-07-01")
    assert not members.visible_to(user).exists()
