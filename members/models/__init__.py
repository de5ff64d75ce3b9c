"""Who the network is: organisations, their memberships, networks and people, each dated."""

from members.models.applications import Application
from members.models.endings import EndingNotice
from members.models.figures import Figure, Quotation
from members.models.memberships import Category, Membership
from members.models.networks import Network, NetworkCoordination, NetworkMember
from members.models.organisations import Alias, Organisation
from members.models.people import Affiliation, Person, Representation, ShowingBasis
from members.models.profiles import (
    ConfirmationRequest,
    NetworkNote,
    ProfileChange,
    ProfileRules,
)

__all__ = [
    "Affiliation",
    "Alias",
    "Application",
    "Category",
    "ConfirmationRequest",
    "EndingNotice",
    "Figure",
    "Membership",
    "Network",
    "NetworkCoordination",
    "NetworkMember",
    "NetworkNote",
    "Organisation",
    "Person",
    "ProfileChange",
    "ProfileRules",
    "Quotation",
    "Representation",
    "ShowingBasis",
]
