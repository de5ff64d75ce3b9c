"""Who may read what is published. Asked by name: `user.has_perm("publishing.read", publication)`."""

import rules
from django.db.models import Q

from accounts.permissions import EDITING_STAFF, edits
from publishing.models import Publication


def read_by_staff(user) -> Q:
    """Those who edit the site read whatever is out, for whichever audience."""
    if user.is_superuser or user.groups.filter(name__in=EDITING_STAFF).exists():
        return Q(audience__in=["members", "group"])
    return Q(pk__in=[])


@rules.predicate
def may_read(user, publication):
    return Publication.objects.visible_to(user).filter(pk=publication.pk).exists()


rules.add_perm("publishing.read", may_read)
rules.add_perm("publishing.edit", edits)
rules.add_perm("publishing.publish", edits)
