"""What can follow a step of memberships. Apps to the right add theirs when they are ready."""

from collections.abc import Callable, Iterable

from members.models import Membership

# (user, memberships) -> (label, address) of what may be done next with them.
LINKS: list[Callable[..., list[tuple[str, str]]]] = []


def links_for(user, memberships: Iterable[Membership]) -> list[tuple[str, str]]:
    """Return what this person may do next about these memberships."""
    memberships = list(memberships)
    return [link for links in LINKS for link in links(user, memberships)]
