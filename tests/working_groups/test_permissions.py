"""Rights in a group follow dated roles and end with them. Predicate and queryset say the same."""

import pytest
from django.contrib.auth.models import AnonymousUser

from tests import builders
from working_groups.models import Overview, WorkingGroup

WRITE, PUBLISH = "working_groups.write_overview", "working_groups.publish_overview"
DESK, KEEP = "working_groups.view_desk", "working_groups.keep_record"
PEOPLE = (
    "chair", "former_chair", "other_chair", "secretary", "representative", "editor",
    "membership_officer", "manager", "superuser",
)  # fmt: skip


@pytest.fixture
def users(request):
    """Everybody in the cast by name, and the visitor."""
    return {name: request.getfixturevalue(name) for name in PEOPLE} | {"visitor": AnonymousUser()}


def who_may(permission, users, of):
    return {name for name, user in users.items() if user.has_perm(permission, of)}


STAFF = {"editor", "manager", "superuser"}


def test_the_desk_of_a_group_and_its_record(users, group):
    assert who_may(DESK, users, group) == {"chair", "secretary"} | STAFF
    assert who_may(KEEP, users, group) == {"chair", "secretary"} | STAFF


@pytest.mark.parametrize("state", ["nothing", "draft", "scheduled"])
def test_an_overview_that_is_not_out(users, group, state):
    """Year 2023: the former chair held the chair then, the present one did not."""
    overview = Overview(group=group, year=2023)
    if state == "draft":
        overview = builders.overview(group, 2023, state="draft")
    elif state == "scheduled":
        overview = builders.overview(group, 2023, visible_from="2199-01-01T00:00:00Z")
        overview.refresh_from_db()
    assert who_may(WRITE, users, overview) == {"chair", "secretary", "former_chair"} | STAFF
    assert who_may(PUBLISH, users, overview) == {"chair", "former_chair"} | STAFF


def test_an_overview_that_is_out(users, group):
    overview = builders.overview(group, 2023)
    assert who_may(WRITE, users, overview) == {"chair", "secretary"} | STAFF
    assert who_may(PUBLISH, users, overview) == {"chair"} | STAFF


def test_an_overview_that_was_withdrawn_is_not_the_former_chairs(users, group):
    overview = builders.overview(group, 2023, state="withdrawn", withdrawn_reason="Wrong figures")
    assert who_may(PUBLISH, users, overview) == {"chair"} | STAFF


def test_a_year_that_the_former_chair_did_not_serve(users, group):
    overview = Overview(group=group, year=2024)
    assert "former_chair" not in who_may(WRITE, users, overview)


def test_deputies_publish_where_the_group_lets_them(users, group):
    vice = builders.user("vice@example.org")
    builders.role(builders.person(user=vice), group, "vice_chair", "2026-01-01")
    overview = Overview(group=group, year=2026)
    assert vice.has_perm(WRITE, overview)
    assert not vice.has_perm(PUBLISH, overview)
    group.deputies_may_publish = True
    group.save()
    overview = Overview(group=WorkingGroup.objects.get(pk=group.pk), year=2026)
    assert vice.has_perm(PUBLISH, overview)
    assert who_may(PUBLISH, users, overview) == {"chair", "secretary"} | STAFF


def test_a_deputy_of_the_past_finishes_nothing(group, on_day):
    on_day("2026-11-22")
    vice = builders.user()
    builders.role(builders.person(user=vice), group, "vice_chair", "2020-01-01", "2025-12-31")
    assert not vice.has_perm(WRITE, Overview(group=group, year=2025))


@pytest.mark.parametrize(
    ("day", "leads", "finishes"),
    [
        ("2026-02-28", False, False),
        ("2026-03-01", True, True),
        ("2026-09-30", True, True),
        ("2026-10-01", False, True),
        ("2027-05-01", False, True),
    ],
)
def test_rights_on_the_first_the_last_and_the_day_after(group, on_day, day, leads, finishes):
    """Chair from 1 March to 30 September 2026."""
    user = builders.user()
    builders.role(builders.person(user=user), group, "chair", "2026-03-01", "2026-09-30")
    on_day(day)
    overview = Overview(group=group, year=2026)
    assert user.has_perm(DESK, group) is leads
    assert user.has_perm(WRITE, overview) is finishes
    assert user.has_perm(PUBLISH, overview) is finishes
    assert not user.has_perm(WRITE, Overview(group=group, year=2025)) or leads


def test_midnight_is_the_sites(group, time_machine):
    """The role ends on 30 September; in Brussels that day ends at 22:00 UTC."""
    user = builders.user()
    builders.role(builders.person(user=user), group, "chair", "2026-03-01", "2026-09-30")
    time_machine.move_to("2026-09-30T21:59:00+00:00")
    assert user.has_perm(DESK, group)
    time_machine.move_to("2026-09-30T22:00:00+00:00")
    assert not user.has_perm(DESK, group)


def test_a_handover_in_mid_year_lets_both_write_until_it_is_published(group, on_day):
    """One chairs to 30 June, the other from 1 July 2026."""
    before, after = builders.user(), builders.user()
    builders.role(builders.person(user=before), group, "chair", "2020-01-01", "2026-06-30")
    builders.role(builders.person(user=after), group, "chair", "2026-07-01")
    on_day("2026-06-30")
    overview = Overview(group=group, year=2026)
    assert [user.has_perm(WRITE, overview) for user in (before, after)] == [True, False]
    on_day("2026-12-10")
    assert [user.has_perm(PUBLISH, overview) for user in (before, after)] == [True, True]
    assert [user.has_perm(DESK, group) for user in (before, after)] == [False, True]
    overview = builders.overview(group, 2026)
    assert [user.has_perm(WRITE, overview) for user in (before, after)] == [False, True]


def test_an_announced_chair_has_no_right_yet(group, on_day):
    on_day("2026-11-22")
    user = builders.user()
    builders.role(builders.person(user=user), group, "chair", "2026-12-01")
    assert not user.has_perm(DESK, group)
    assert not user.has_perm(WRITE, Overview(group=group, year=2026))


def test_an_inactive_account_may_nothing(chair, group):
    chair.is_active = False
    assert not chair.has_perm(DESK, group)
    assert not chair.has_perm(WRITE, Overview(group=group, year=2026))


def test_the_list_of_what_one_may_write_is_what_one_is_let_write(users, group, other_group, on_day):
    """Staff write all; for everybody else the queryset and the permission agree, day by day."""
    days = ("2023-12-31", "2024-01-01", "2026-11-22")
    for year in (2022, 2023, 2024, 2026):
        builders.overview(group, year, state="draft")
    builders.overview(group, 2021)
    builders.overview(group, 2020, visible_from="2199-01-01T00:00:00Z")
    builders.overview(other_group, 2026, state="draft")
    for day in days:
        on_day(day)
        rows = list(Overview.objects.select_related("group"))
        for name, user in users.items():
            if name in STAFF:
                continue
            listed = set(Overview.objects.writable_by(user))
            assert listed == {row for row in rows if user.has_perm(WRITE, row)}, (name, day)


def test_the_lists_of_groups_agree_with_the_rights(users, group, other_group):
    for name, user in users.items():
        if name in STAFF:
            continue
        led = set(WorkingGroup.objects.led_by(user))
        assert led == {one for one in (group, other_group) if user.has_perm(DESK, one)}, name
