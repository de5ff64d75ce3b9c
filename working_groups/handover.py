"""Handing over the chair: one action that ends one role and starts the other on a day.

It is planned, shown, planned again and done, as the steps of a membership are: what a preview showed
is what is written, or somebody is told that the record changed meanwhile.
"""

import datetime
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from members.actions import RecordChanged, digest
from members.models import Person
from members.plans import CannotBeDone
from record.days import PartialDate, day_before, in_words
from record.fetching import for_page
from record.history import recording
from working_groups.models import HandoverProposal, Role, WorkingGroup

WHY = "The chair is handed over"


@dataclass
class Plan:
    """What a hand-over changes: roles that end the day before, and the one that begins."""

    group: WorkingGroup
    person: Person
    first_day: datetime.date
    ends: list[Role] = field(default_factory=list)
    begins: Role | None = None

    @property
    def lines(self) -> list[str]:
        """Return in sentences what will stand in the record."""
        last = in_words(day_before(self.first_day))
        told = [
            _("%(person)s, %(role)s since %(start)s, ends on %(last)s.")
            % {"person": role.person, "role": role.get_name_display(), "last": last,
               "start": role.start_in_words()}
            for role in self.ends
        ]  # fmt: skip
        words = {"person": self.person, "first": in_words(self.first_day)}
        return [*told, _("%(person)s is chair from %(first)s.") % words]

    @property
    def mark(self) -> str:
        """Return what two plans have in common that stand on the same record and do the same."""
        stands = [(role.pk, role.during, role.name) for role in self.ends]
        facts = (self.group.pk, self.person.pk, self.first_day, stands)
        return digest(facts)


def plan(
    group: WorkingGroup, person: Person, first_day: datetime.date, *, ending: Role | None = None
) -> Plan:
    """Return what handing over to a person on a day comes to; nothing is written.

    `ending` names whose role ends where two chair together; otherwise it is the one in force. Raises
    CannotBeDone.
    """
    roles = list(for_page(group.roles.select_related("person").order_by("during", "pk")))
    chairs = [role for role in roles if role.name == Role.Name.CHAIR]
    before = day_before(first_day)
    if any(role.person_id == person.pk and role.is_on(first_day) for role in chairs):
        raise CannotBeDone(_("%(person)s is chair on that day already.") % {"person": person})
    in_force = [role for role in chairs if role.is_on(before)]
    if ending is not None:
        in_force = [role for role in in_force if role.pk == ending.pk]
    elif len(in_force) > 1:
        raise CannotBeDone(_("Two chair the group together: say whose role ends."))
    later = [role for role in chairs if role.starts_on >= first_day]
    if group.one_chair and later:
        words = {"person": later[0].person, "day": in_words(later[0].starts_on)}
        raise CannotBeDone(_("%(person)s is on record as chair from %(day)s already.") % words)
    for role in in_force:
        if role.starts_on >= first_day:
            raise CannotBeDone(_("The role that ends would end before it began."))
    deputies = [
        role for role in roles
        if role.person_id == person.pk and role.name != Role.Name.CHAIR and role.is_on(first_day)
        and role.starts_on < first_day
    ]  # fmt: skip
    outgoing = [role for role in in_force if role.is_on(first_day)]
    begins = Role(group=group, person=person, name=Role.Name.CHAIR)
    begins.set_days(PartialDate(first_day))
    return Plan(group, person, first_day, [*outgoing, *deputies], begins)


def hand_over(
    group: WorkingGroup, person: Person, first_day: datetime.date, *, by, agreed: str = "",
    ending: Role | None = None,
) -> Plan:  # fmt: skip
    """Do what the plan says, all or nothing; an open proposal of the group is done with it.

    Raises CannotBeDone, and RecordChanged where `agreed` is not the mark of what would be done now.
    """
    with recording(by=by, why=WHY) as recorder:
        group = WorkingGroup.objects.select_for_update().get(pk=group.pk)
        planned = plan(group, person, first_day, ending=ending)
        if agreed and agreed != planned.mark:
            raise RecordChanged(
                _("The record changed meanwhile. Look at it again; nothing was done.")
            )
        last_day = PartialDate(day_before(first_day))
        for role in planned.ends:
            role.set_days(role.starts, last_day, start_basis=role.start_basis)
            recorder.save(role)
        recorder.save(planned.begins)
        for proposal in group.handover_proposals.filter(state=HandoverProposal.State.OPEN):
            proposal.state = HandoverProposal.State.DONE
            recorder.save(proposal)
    return planned


def propose(group: WorkingGroup, *, by, **facts) -> HandoverProposal:
    """Keep what a chair proposes; a new proposal takes the place of the one that waits."""
    with recording(by=by, why="Proposed on the desk of the group") as recorder:
        WorkingGroup.objects.select_for_update().get(pk=group.pk)
        waiting = group.handover_proposals.filter(state=HandoverProposal.State.OPEN).first()
        proposal = waiting or HandoverProposal(group=group)
        proposal.proposed_by = by
        for name, value in facts.items():
            setattr(proposal, name, value)
        recorder.save(proposal)
    return proposal


def withdraw(proposal: HandoverProposal, *, by) -> None:
    with recording(by=by, why="Withdrawn by the chair") as recorder:
        proposal.state = HandoverProposal.State.DECLINED
        recorder.save(proposal)
