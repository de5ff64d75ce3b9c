"""Who may read news that is not for everybody, and who may write it."""

import rules
from django.db.models import Q

from accounts.permissions import edits
from news.models import Post
from working_groups.querysets import groups_of


def read_by_its_group(user) -> Q:
    """A post for one group: the people of that group."""
    posts = Post.objects.filter(audience_group__in=groups_of(user))
    return Q(audience="group", pk__in=posts.values("pk"))


rules.add_perm("news.write", edits)
