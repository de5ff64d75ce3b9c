"""The announcement of a new member: a draft that starts from the record."""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from members.models import Membership, Organisation
from publishing.models import Kind


def offer(organisation: Organisation, user) -> tuple[str, str] | None:
    """Return the label and the address of the announcement's draft, or None for who may not write."""
    if not user.has_perm("news.add_post"):
        return None
    return _("Write the announcement"), address_of_draft(organisation)


def address_of_draft(organisation: Organisation) -> str:
    """Return the address of the form for a post that announces an organisation's newest membership,
    with what the record says filled in.
    """
    facts = {"kind": Kind.ANNOUNCEMENT, "organisations": organisation.pk}
    if membership := organisation.memberships.newest_first().first():
        facts |= _texts(organisation, membership)
    return f"{reverse('admin:news_post_add')}?{urlencode(facts)}"


def _texts(organisation: Organisation, membership: Membership) -> dict[str, str]:
    alliance = Organisation.objects.filter(is_alliance=True).first()
    words = {
        "name": organisation.name,
        "place": organisation.place,
        "network": alliance.name if alliance else _("the network"),
        "category": membership.category_in_words().lower(),
        "day": membership.starts,
    }
    if membership.is_announced():
        title, lead = (
            _("%(name)s joins %(network)s"),
            _("%(name)s (%(place)s) joins %(network)s on %(day)s: %(category)s."),
        )
    else:
        title, lead = (
            _("%(name)s has joined %(network)s"),
            _("%(name)s (%(place)s) has joined %(network)s: %(category)s since %(day)s."),
        )
    return {"title": (title % words)[:200], "lead": lead % words}
