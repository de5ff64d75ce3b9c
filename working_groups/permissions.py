"""Who may do what in a working group. Rights follow dated roles and end with them.

Each predicate asks the queryset of the same name, so that a page, a list and a test cannot differ.
Overview permissions take an Overview, saved or not (group and year are enough).
"""

import rules
from django.db.models import Exists, Q
from django.utils import timezone

from accounts.permissions import edits
from publishing.models import State
from working_groups.models import Overview, WorkingGroup
from working_groups.querysets import groups_of


@rules.predicate
def is_chair(user, group):
    return WorkingGroup.objects.chaired_by(user).filter(pk=group.pk).exists()


@rules.predicate
def leads(user, group):
    """Chair, vice-chair or secretary today."""
    return WorkingGroup.objects.led_by(user).filter(pk=group.pk).exists()


@rules.predicate
def belongs(user, group):
    """Leads the group, is sent to it as an expert, or represents who takes part, today."""
    return groups_of(user).filter(pk=group.pk).exists()


@rules.predicate
def leads_its_group(user, overview):
    return leads(user, overview.group)


@rules.predicate
def chairs_its_group(user, overview):
    return is_chair(user, overview.group)


@rules.predicate
def deputy_may_publish(user, overview):
    return overview.group.deputies_may_publish and leads(user, overview.group)


@rules.predicate
def chaired_that_year(user, overview):
    groups = WorkingGroup.objects.chaired_in_year_by(user, overview.year)
    return groups.filter(pk=overview.group_id).exists()


@rules.predicate
def still_to_publish(user, overview):  # noqa: ARG001 a predicate's signature
    return not overview.is_out(timezone.now()) and overview.state != State.WITHDRAWN


# Who held the chair on any day of a year may finish that year's overview, and nothing else.
finishes = chaired_that_year & still_to_publish

rules.add_perm("working_groups.view_desk", rules.is_active & (leads | edits))
rules.add_perm("working_groups.keep_record", rules.is_active & (leads | edits))
rules.add_perm("working_groups.decide_requests", rules.is_active & (leads | edits))
rules.add_perm("working_groups.propose_handover", rules.is_active & is_chair)
rules.add_perm("working_groups.read_papers", rules.is_active & (belongs | edits))
rules.add_perm(
    "working_groups.write_overview", rules.is_active & (leads_its_group | finishes | edits)
)
rules.add_perm(
    "working_groups.publish_overview",
    rules.is_active & (chairs_its_group | deputy_may_publish | finishes | edits),
)


def read_by_people_of_groups(user) -> Q:
    """Texts for members, for people of any group; an overview for its group, for that group's."""
    groups = groups_of(user)
    own = Overview.objects.filter(group__in=groups)
    return (Q(audience="members") & Q(Exists(groups))) | Q(
        audience="group", pk__in=own.values("pk")
    )
