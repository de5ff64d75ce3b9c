"""Working groups: who leads them, who takes part, what they did, and each year's overview."""

from working_groups.models.activities import Activity, GuestAppearance
from working_groups.models.documents import Document
from working_groups.models.groups import Strand, WorkingGroup
from working_groups.models.handovers import HandoverProposal
from working_groups.models.initiatives import Initiative
from working_groups.models.open_lists import OpenList
from working_groups.models.overviews import Overview
from working_groups.models.own import CalendarAddress, MailChoice
from working_groups.models.participations import Expert, Participation
from working_groups.models.requests import JoinRequest
from working_groups.models.roles import Role

__all__ = [
    "Activity",
    "CalendarAddress",
    "Document",
    "Expert",
    "GuestAppearance",
    "HandoverProposal",
    "Initiative",
    "JoinRequest",
    "MailChoice",
    "OpenList",
    "Overview",
    "Participation",
    "Role",
    "Strand",
    "WorkingGroup",
]
