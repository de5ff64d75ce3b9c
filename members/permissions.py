"""Who may do what for an organisation. Rights follow dated representations and end with them."""

import rules
from django.db.models import Exists, Q

from accounts.permissions import keeps_members
from members.models import Network, Organisation


@rules.predicate
def represents(user, organisation):
    return Organisation.objects.represented_by(user).filter(pk=organisation.pk).exists()


@rules.predicate
def coordinates(user, network):
    return Network.objects.coordinated_by(user).filter(pk=network.pk).exists()


rules.add_perm("members.keep_memberships", keeps_members)
# Staff keep profiles in the admin, and decide there on what others propose.
rules.add_perm("members.decide_change", keeps_members)
rules.add_perm("members.edit_profile", rules.is_active & represents)
rules.add_perm("members.act_for_network", rules.is_active & coordinates)


def read_by_members(user) -> Q:
    """Texts for members: those who represent a current member read them."""
    mine = Organisation.objects.members_on().represented_by(user)
    return Q(audience="members") & Q(Exists(mine))
