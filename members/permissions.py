"""Who may do what for an organisation. Rights follow dated representations and end with them."""

import rules
from django.db.models import Exists, Q

from accounts.permissions import keeps_members
from members.models import Organisation


@rules.predicate
def represents(user, organisation):
    return Organisation.objects.represented_by(user).filter(pk=organisation.pk).exists()


rules.add_perm("members.keep_memberships", keeps_members)
rules.add_perm("members.edit_profile", rules.is_active & (represents | keeps_members))


def read_by_members(user) -> Q:
    """Texts for members: those who represent a current member read them."""
    mine = Organisation.objects.members_on().represented_by(user)
    return Q(audience="members") & Q(Exists(mine))
