"""Accepting an application: the organisation, its people and its membership, made from what was sent.

As a step of a membership it is planned, shown, planned again and then done, in one transaction. All
that is done has one moment in the history, which is how it is taken back.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import InvitationError, invite, withdraw
from accounts.models import Invitation
from members import application_emails
from members.actions import RecordChanged, TakeBack, digest, write_changes
from members.applications import State, locked, open_again
from members.models import (
    Affiliation,
    Alias,
    Application,
    ApplicationPerson,
    Category,
    Figure,
    Membership,
    Organisation,
    Person,
    Representation,
)
from members.plans import Admit, CannotBeDone, Change, values_of
from record.days import PartialDate, today
from record.history import recording
from record.names import normalise, slug_from
from record.periods import Basis

# What staff may do next with an organisation that was just admitted, as (label, address), or None
# where this person may not. Registered by the apps on the right: the announcement is news.
AFTER_ACCEPTANCE: list[Callable[[Organisation, object], tuple[str, str] | None]] = []
FILLED = ("kind", "country", "city", "region", "website")


@dataclass(frozen=True, kw_only=True)
class Acceptance:
    """What staff decided about an application.

    `organisation` is one that is on record already, None makes a new one. `acting` are the keys of
    the application's people who are to act for it in the portal.
    """

    admit: Admit
    organisation: Organisation | None = None
    acting: frozenset[int] = frozenset()


@dataclass(frozen=True)
class PlannedPerson:
    """Somebody of an application as the record will have them."""

    named: ApplicationPerson
    known: Person | None  # who has this mail address already
    holds: bool  # the function is to be recorded
    acts: bool  # the right to act is to be recorded
    invited: bool  # an invitation goes out


@dataclass(frozen=True)
class Planned:
    """What an acceptance leaves in the record, or the sentence why it cannot be."""

    application: Application
    organisation: Organisation
    standing: tuple[Membership, ...] = ()
    filled: tuple[str, ...] = ()  # fields of a known organisation that were empty
    names: tuple[tuple[str, str], ...] = ()  # other names to be added: (kind, name)
    taken: tuple[str, ...] = ()  # other names that belong to somebody else
    people: tuple[PlannedPerson, ...] = ()
    changes: tuple[Change, ...] = ()
    refusal: str = field(default="")

    @property
    def is_new(self) -> bool:
        return self.organisation.pk is None

    @property
    def mark(self) -> str:
        """Return what two plans have in common that stand on the same and do the same."""
        one = self.organisation
        facts = [
            (self.application.pk, self.application.state, self.application.saved_at),
            (one.pk, one.name, *(str(getattr(one, name)) for name in FILLED)),
            [values_of(row) for row in self.standing],
            (self.names, self.application.represents),
            [
                (each.named.pk, each.known and each.known.pk, each.holds, each.acts, each.invited)
                for each in self.people
            ],
            [change.values() for change in self.changes],
            self.refusal,
        ]
        return digest(facts)


def plan(application: Application, acceptance: Acceptance) -> Planned:
    """Return what an acceptance would leave in the record; nothing is written."""
    if acceptance.organisation is None:
        organisation, filled, standing = _new_organisation(application), (), []
    else:
        organisation = (
            Organisation.objects.with_memberships()
            .defer("search", "search_names")
            .get(pk=acceptance.organisation.pk)
        )
        filled = _fill(organisation, application)
        standing = list(organisation.memberships.all())
    for row in standing:
        row.organisation = organisation
    names, taken = _other_names(organisation, application)
    planned = partial(
        Planned, application, organisation, tuple(standing), filled, names, taken,
        _people(organisation, application, acceptance.acting),
    )  # fmt: skip
    if acceptance.admit.category == Category.REGIONAL and not organisation.region:
        return planned(refusal=_("A regional member needs its region, and none was given."))
    try:
        return planned(tuple(acceptance.admit.plan(organisation, standing)))
    except CannotBeDone as refusal:
        return planned(refusal=str(refusal))


def accept(
    application: Application, acceptance: Acceptance, *, by, why: str = "", agreed: str = ""
) -> Application:
    """Do what the plan of an acceptance says, invite who is to act, and mail the decision.

    Raises NotPossible where somebody decided meanwhile, RecordChanged where `agreed` is not the mark
    of what would be done now, and CannotBeDone where it does not fit the record.
    """
    with recording(by=by, why=why or _("Application accepted")) as recorder:
        application = locked(application, State.SENT, State.ASKED_BACK)
        if acceptance.organisation is not None:
            Organisation.objects.select_for_update().get(pk=acceptance.organisation.pk)
        planned = plan(application, acceptance)
        if agreed and agreed != planned.mark:
            raise RecordChanged(
                _("This is not what the preview showed. Look at it again; nothing was done.")
            )
        if planned.refusal:
            raise CannotBeDone(planned.refusal)
        organisation = _write_organisation(planned, recorder)
        for change in planned.changes:
            change.after.organisation = organisation
        write_changes(planned.changes, recorder)
        acting = _write_people(planned, organisation, recorder)
        application.organisation, application.state = organisation, State.ACCEPTED
        application.decided_at, application.decided_by = recorder.moment, by
        recorder.save(application)
        for representation in acting:
            _invite(representation, by)
        transaction.on_commit(partial(application_emails.send_decision.enqueue, application.pk))
    organisation.refresh_from_db()
    return application


# -- what it leaves -------------------------------------------------------------------------------


def _new_organisation(application: Application) -> Organisation:
    facts = {name: getattr(application, name) for name in FILLED}
    return Organisation(
        name=application.name, slug=_free_slug(Organisation, application.name), **facts
    )


def _fill(organisation: Organisation, application: Application) -> tuple[str, ...]:
    """Fill what the record does not have yet; return the names of those fields."""
    filled = []
    for name in FILLED:
        if not getattr(organisation, name) and getattr(application, name):
            setattr(organisation, name, getattr(application, name))
            filled.append(name)
    return tuple(filled)


def _other_names(organisation, application) -> tuple[tuple, tuple]:
    """Return the other names to be added, as (kind, name), and those that another body has."""
    wanted = [
        (Alias.Kind.NATIVE, application.native_name),
        (Alias.Kind.ACRONYM, application.acronym),
        (Alias.Kind.PRINTED, application.name),
    ]
    seen = {normalise(organisation.name)}
    kept = []
    for kind, name in wanted:
        words = normalise(name)
        if words and words not in seen:
            seen.add(words)
            kept.append((str(kind), name, words))
    owners = dict(
        Alias.objects.filter(normalised__in=[words for _kind, _name, words in kept]).values_list(
            "normalised", "organisation_id"
        )
    )
    names = tuple((kind, name) for kind, name, words in kept if words not in owners)
    taken = tuple(
        name for _kind, name, words in kept if owners.get(words, organisation.pk) != organisation.pk
    )
    return names, taken


def _people(organisation, application, acting) -> tuple[PlannedPerson, ...]:
    named = list(application.people.all())
    known = _known_people([one.email for one in named])
    return tuple(
        _planned_person(one, known.get(one.email.casefold()), organisation, one.pk in acting)
        for one in named
    )


def _known_people(addresses: list[str]) -> dict[str, Person]:
    """Return who has which mail address, on record or to sign in; in small letters."""
    wanted = [address.casefold() for address in addresses]
    found = Person.objects.select_related("user").filter(
        Q(email__in=[*wanted, *addresses]) | Q(user__email__in=wanted)
    )
    people = {}
    for person in found.order_by("-pk"):
        for address in (person.email, person.user.email if person.user else ""):
            people[address.casefold()] = person
    people.pop("", None)
    return people


def _planned_person(named, known, organisation, acts: bool) -> PlannedPerson:
    holds = bool(named.function)
    if known is not None and organisation.pk is not None:
        same = {"person": known, "organisation": organisation}
        holds = (
            holds and not Affiliation.objects.on().filter(**same, function=named.function).exists()
        )
        acts = acts and not Representation.objects.on().filter(**same).exists()
    return PlannedPerson(named, known, holds, acts, acts and (known is None or known.user is None))


def _write_organisation(planned: Planned, recorder) -> Organisation:
    organisation = planned.organisation
    if planned.is_new or planned.filled:
        try:
            organisation.clean_fields(exclude=["search_names", "sort_name"])
        except ValidationError as error:
            raise CannotBeDone(" ".join(error.messages)) from None
        recorder.save(organisation)
    for kind, name in planned.names:
        recorder.save(Alias(organisation=organisation, kind=kind, name=name))
    if planned.application.represents:
        sent = timezone.localdate(planned.application.sent_at)
        figure = Figure(
            about=organisation, measure=Figure.Measure.REPRESENTED, unit=_("companies"),
            value=planned.application.represents, source=_source(planned.application),
        )  # fmt: skip
        figure.true_on = PartialDate(sent)
        recorder.save(figure)
    return organisation


def _write_people(planned: Planned, organisation, recorder) -> list[Representation]:
    """Write the people with their functions; return the representations to which somebody is invited."""
    invited = []
    sent = PartialDate(timezone.localdate(planned.application.sent_at))
    for each in planned.people:
        person = each.known
        if person is None:
            name = each.named.name
            person = Person(name=name, slug=_free_slug(Person, name), email=each.named.email)
            recorder.save(person)
        if each.holds:
            function = Affiliation(
                person=person, organisation=organisation, function=each.named.function,
                source=_source(planned.application),
            )  # fmt: skip
            # The application attests it; since when it lasts, it does not say.
            recorder.save(function.set_days(sent, start_basis=Basis.NOT_ON_RECORD))
        if each.acts:
            acting = Representation(person=person, organisation=organisation)
            recorder.save(acting.set_days(today()))
            if each.invited:
                invited.append(acting)
    return invited


def _invite(representation: Representation, by) -> None:
    try:
        invite(email=representation.person.email, by=by, grant=representation)
    except InvitationError as error:
        raise CannotBeDone(f"{representation.person}: {error}") from None


def _source(application: Application) -> str:
    return _("Application of %(day)s") % {
        "day": PartialDate(timezone.localdate(application.sent_at))
    }


def _free_slug(model, name: str) -> str:
    base = slug_from(name)
    taken = model.objects.filter(slug__startswith=base[:70]).values_list("slug", flat=True)
    return slug_from(name, frozenset(taken))


# -- taking back ----------------------------------------------------------------------------------

# In the order in which they go: nothing rests any more on what goes next.
MADE = (Representation, Affiliation, Figure, Alias, Person, Organisation)


def take_back(application: Application, *, by, why: str) -> Application:
    """Take an acceptance back with all that it made, where nothing followed; tells the applicant.

    Raises NotPossible or CannotBeDone with what followed; then nothing was undone.
    """
    with recording(by=by, why=why) as recorder:
        application = locked(application, State.ACCEPTED)
        moment, organisation = application.decided_at, application.organisation
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        memberships = list(organisation.memberships.newest_first())
        changes = TakeBack(moment).plan(organisation, memberships)
        open_again(application, recorder)
        write_changes(changes, recorder)
        _restore_filled(organisation, moment, recorder)
        for model in MADE:
            for row in _made_at(model, moment):
                _undo(row, recorder)
    return application


def _made_at(model, moment):
    made = model.history.filter(history_date=moment, history_type="+").values("id")
    return model.objects.filter(pk__in=made)


def _undo(row, recorder) -> None:
    """Delete what the acceptance made, unless somebody has used it since."""
    if row.history.count() > 1:
        raise CannotBeDone(_("%(what)s was changed since, so it stays.") % {"what": row})
    if isinstance(row, Representation):
        _withdraw_invitations(row)
    if rest := _what_rests_on(row):
        raise CannotBeDone(
            _("%(what)s is used by now (%(rest)s), so it stays.") % {"what": row, "rest": rest}
        )
    recorder.delete(row)


def _what_rests_on(row) -> str:
    """Return the name of the first kind of record that refers to a row, or nothing."""
    for relation in row._meta.related_objects:
        if relation.related_model._meta.object_name.startswith("Historical"):
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: row}).exists():
            return str(relation.related_model._meta.verbose_name_plural)
    return ""


def _withdraw_invitations(representation: Representation) -> None:
    for invitation in Invitation.objects.filter(
        grant_type__app_label="members",
        grant_type__model="representation",
        grant_id=representation.pk,
        withdrawn_at=None,
    ):
        try:
            withdraw(invitation)
        except InvitationError:
            raise CannotBeDone(
                _("%(person)s has accepted the invitation and acts for it by now.")
                % {"person": representation.person}
            ) from None


def _restore_filled(organisation: Organisation, moment, recorder) -> None:
    """Empty again what the acceptance filled in of an organisation that was on record before."""
    done = organisation.history.filter(history_date=moment, history_type="~").first()
    if done is None or done.prev_record is None:
        return
    for name in FILLED:
        if getattr(organisation, name) == getattr(done, name):
            setattr(organisation, name, getattr(done.prev_record, name))
    recorder.save(organisation)
