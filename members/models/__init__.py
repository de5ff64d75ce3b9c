"""Who the network is: organisations, their memberships, networks and people, each dated."""

from members.models.applications import (
    BEGUN_DAYS,
    DECLINED_DAYS,
    Application,
    ApplicationDocument,
    ApplicationKey,
    ApplicationMessage,
    ApplicationPerson,
    by_what_waits,
)
from members.models.directory import DirectoryMark
from members.models.endings import EndingNotice
from members.models.figures import Figure, Quotation
from members.models.memberships import Category, Membership
from members.models.mergers import AreTwo, Merger
from members.models.networks import Network, NetworkCoordination, NetworkMember
from members.models.offer import Benefit, CategoryTerms
from members.models.organisations import Alias, Organisation
from members.models.people import Affiliation, Person, Representation, ShowingBasis
from members.models.profiles import (
    ConfirmationRequest,
    NetworkNote,
    ProfileChange,
    ProfileRules,
)
from members.models.spreadsheets import Spreadsheet

__all__ = [
    "BEGUN_DAYS",
    "DECLINED_DAYS",
    "Affiliation",
    "Alias",
    "Application",
    "ApplicationDocument",
    "ApplicationKey",
    "ApplicationMessage",
    "ApplicationPerson",
    "AreTwo",
    "Benefit",
    "Category",
    "CategoryTerms",
    "ConfirmationRequest",
    "DirectoryMark",
    "EndingNotice",
    "Figure",
    "Membership",
    "Merger",
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
    "Spreadsheet",
    "by_what_waits",
]
