"""Where staff keep the record of members: organisations with all that is dated about them."""

from members.admin.applications import ApplicationAdmin
from members.admin.endings import EndingNoticeAdmin
from members.admin.figures import FigureAdmin, QuotationAdmin
from members.admin.inviting import Inviting
from members.admin.memberships import MembershipAdmin
from members.admin.networks import NetworkAdmin
from members.admin.offer import BenefitAdmin, CategoryTermsAdmin
from members.admin.organisations import OrganisationAdmin
from members.admin.people import PersonAdmin, RepresentationAdmin
from members.admin.profiles import (
    ConfirmationRequestAdmin,
    NetworkNoteAdmin,
    ProfileChangeAdmin,
    ProfileRulesAdmin,
)

__all__ = [
    "ApplicationAdmin",
    "BenefitAdmin",
    "CategoryTermsAdmin",
    "ConfirmationRequestAdmin",
    "EndingNoticeAdmin",
    "FigureAdmin",
    "Inviting",
    "MembershipAdmin",
    "NetworkAdmin",
    "NetworkNoteAdmin",
    "OrganisationAdmin",
    "PersonAdmin",
    "ProfileChangeAdmin",
    "ProfileRulesAdmin",
    "QuotationAdmin",
    "RepresentationAdmin",
]
