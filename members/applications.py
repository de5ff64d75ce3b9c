"""The verbs of an application: what an applicant does from the first form on, and what staff answer.

How it is accepted stands in members/acceptance.py. Each verb locks the application first, so that of
two who act at once one is told. Mails go out as tasks once the transaction is through.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import application_emails
from members.application_documents import MOST_BYTES, MOST_DOCUMENTS, checked
from members.models import (
    Application,
    ApplicationDocument,
    ApplicationKey,
    ApplicationMessage,
    ApplicationPerson,
)
from publishing.pictures import MEGABYTE
from record.days import in_words
from record.history import recording

State = Application.State
ORGANISATION, PEOPLE, MOTIVATION = "organisation", "people", "motivation"
STEPS = {
    ORGANISATION: gettext_lazy("The organisation"),
    PEOPLE: gettext_lazy("The people"),
    MOTIVATION: gettext_lazy("Why, and documents"),
}
IN_SHORT = {
    ORGANISATION: gettext_lazy("Organisation"),
    PEOPLE: gettext_lazy("People"),
    MOTIVATION: gettext_lazy("Why"),
}
MOST_PEOPLE = 8


class NotPossible(Exception):  # noqa: N818  it is an answer, not an error
    """The application does not stand so that this can be done; the message says how it stands."""


@dataclass(frozen=True)
class Person:
    """Somebody as an applicant names them; who agreed to be stored stands here, nobody else."""

    name: str
    email: str
    function: str = ""


# -- what an applicant does -----------------------------------------------------------------------


@transaction.atomic
def begin(**facts) -> tuple[Application, str]:
    """Begin an application and mail the link to it; return it with the secret of its page.

    What is begun is the applicant's own: it has no history before it is sent.
    """
    application = Application(**facts)
    application.save_without_historical_record()
    token = ApplicationKey.new(application)
    _then(application_emails.send_link, application)
    return application, token


@transaction.atomic
def save(application: Application, **facts) -> Application:
    """Keep what was typed in a step of an application that is not sent yet."""
    application = locked(application, State.BEGUN)
    for name, value in facts.items():
        setattr(application, name, value)
    application.saved_at = timezone.now()
    application.save_without_historical_record()
    return application


@transaction.atomic
def name_people(application: Application, people: list[Person]) -> None:
    """Name the people of an application, the main contact first: these and no others.

    Who stays keeps the moment at which they agreed to be stored.
    """
    application = locked(application, State.BEGUN)
    agreed = dict(application.people.values_list("email", "consented_at"))
    application.people.all().delete()
    for number, person in enumerate(people[:MOST_PEOPLE]):
        ApplicationPerson.objects.create(
            application=application, name=person.name, function=person.function,
            email=person.email, is_main=number == 0,
            consented_at=agreed.get(person.email, timezone.now()),
        )  # fmt: skip
    _touch(application)


@transaction.atomic
def add_document(application: Application, upload: UploadedFile) -> ApplicationDocument:
    """Keep a document, once it is checked. Raises ValidationError with a sentence about the file."""
    application = locked(application, State.BEGUN, State.ASKED_BACK)
    kept = list(application.documents.all())
    if len(kept) >= MOST_DOCUMENTS:
        raise ValidationError(
            _("There are %(number)s documents already, and no more are taken.")
            % {"number": MOST_DOCUMENTS}
        )
    if sum(one.size for one in kept) + upload.size > MOST_BYTES:
        raise ValidationError(
            _("All documents together may have %(number)s MB.") % {"number": MOST_BYTES // MEGABYTE}
        )
    name, file = checked(upload)
    document = ApplicationDocument.objects.create(
        application=application, name=name, file=file, size=upload.size
    )
    _touch(application)
    return document


@transaction.atomic
def remove_document(application: Application, key: int) -> None:
    """Take a document away again; nothing where it is gone already."""
    application = locked(application, State.BEGUN)
    for document in application.documents.filter(pk=key):
        document.delete()
        delete_files([document])
    _touch(application)


def send(application: Application) -> Application:
    """Send it to the office, once: receipt to the applicant, mail to the staff.

    Raises ValidationError with what is missing, a sentence a thing.
    """
    with recording(why=_("Application sent")) as recorder:
        application = locked(application, State.BEGUN)
        if sentences := [one.sentence for one in missing(application)]:
            raise ValidationError(sentences)
        application.state = State.SENT
        application.sent_at = application.waits_since = timezone.now()
        recorder.save(application)
        _then(application_emails.send_receipt, application)
        _then(application_emails.tell_staff, application)
    return application


def answer(application: Application, text: str) -> Application:
    """Answer what the office asked back: it waits for the office again."""
    with recording(why=_("Answered by the applicant")) as recorder:
        application = locked(application, State.ASKED_BACK)
        ApplicationMessage.objects.create(application=application, from_office=False, text=text)
        application.state, application.waits_since = State.SENT, timezone.now()
        recorder.save(application)
        _then(application_emails.tell_staff, application)
    return application


@dataclass(frozen=True)
class Missing:
    """What an application still needs before it can be sent, and in which step it is given."""

    step: str
    sentence: str


def missing(application: Application) -> list[Missing]:
    """Return what is still needed, in the order of the steps; two queries at most."""
    needed = [
        (ORGANISATION, application.kind, _("Say what kind of organisation it is.")),
        (PEOPLE, application.people.exists(), _("Name the main contact.")),
        (MOTIVATION, application.category, _("Choose the membership that you ask for.")),
        (MOTIVATION, application.motivation.strip(), _("Say why the organisation wants to join.")),
    ]
    return [Missing(step, sentence) for step, given, sentence in needed if not given]


def step_to_go_on(application: Application) -> str:
    """Return the step at which somebody who comes back goes on: the first that lacks something."""
    return next((one.step for one in missing(application)), MOTIVATION)


# -- what staff answer ----------------------------------------------------------------------------


def ask_back(application: Application, text: str, *, by) -> Application:
    """Ask the applicant something by mail; the answer lands on the application."""
    with recording(by=by, why=_("Asked back")) as recorder:
        application = locked(application, State.SENT, State.ASKED_BACK)
        message = ApplicationMessage.objects.create(
            application=application, from_office=True, author=by, text=text
        )
        application.state = State.ASKED_BACK
        application.waits_since = timezone.now()
        recorder.save(application)
        transaction.on_commit(partial(application_emails.send_question.enqueue, message.pk))
    return application


def decline(application: Application, reason: str, *, by) -> Application:
    """Decline an application; the applicant gets the reason by mail."""
    with recording(by=by, why=reason) as recorder:
        application = locked(application, State.SENT, State.ASKED_BACK)
        application.state, application.reason = State.DECLINED, reason
        application.decided_at, application.decided_by = recorder.moment, by
        recorder.save(application)
        _then(application_emails.send_decision, application)
    return application


def reopen(application: Application, *, by, why: str) -> Application:
    """Take a decline back: it waits for the office again, and the applicant is told why."""
    with recording(by=by, why=why) as recorder:
        application = locked(application, State.DECLINED)
        if application.anonymised_at:
            raise NotPossible(_("Its personal data is deleted by now: it cannot be opened again."))
        open_again(application, recorder)
    return application


def open_again(application: Application, recorder) -> None:
    """Let a decided application wait for the office, within a transaction; tells the applicant."""
    application.state, application.reason, application.organisation = State.SENT, "", None
    application.decided_at = application.decided_by = None
    application.waits_since = timezone.now()
    recorder.save(application)
    _then(application_emails.send_reopened, application)


def send_link_again(email: str) -> None:
    """Mail the way back to every undecided application that was begun with a mail address.

    Says nothing to who asked: whether there is one is nobody else's business.
    """
    found = Application.objects.filter(email__iexact=email.strip()).exclude(
        state__in=[State.ACCEPTED, State.DECLINED]
    )
    for application in found.order_by("-begun_at")[:5]:
        _then(application_emails.send_link, application)


# -- how it is done -------------------------------------------------------------------------------


def locked(application: Application, *states: str) -> Application:
    """Return the application as it stands, locked until the transaction ends.

    Raises NotPossible, with who did what and when, where it is in none of these states.
    """
    found = Application.objects.select_for_update().filter(pk=application.pk).first()
    if found is None:
        raise NotPossible(_("This application is no longer kept."))
    if found.state not in states:
        raise NotPossible(how_it_stands(found))
    return found


def how_it_stands(application: Application) -> str:
    """Return the sentence that says why something else cannot be done now."""
    day = {"day": in_words(timezone.localdate(_since(application)))}
    match application.state:
        case State.BEGUN:
            return _("It is not sent yet.")
        case State.SENT:
            return _("It was sent on %(day)s and waits for the office.") % day
        case State.ASKED_BACK:
            return _("The office asked something back on %(day)s.") % day
    words = day | {"who": application.decided_by or _("The office")}
    if application.state == State.ACCEPTED:
        return _("%(who)s accepted it on %(day)s.") % words
    return _("%(who)s declined it on %(day)s.") % words


def _since(application):
    return application.decided_at or application.waits_since or application.begun_at


def _touch(application: Application) -> None:
    Application.objects.filter(pk=application.pk).update(saved_at=timezone.now())


def _then(task, application: Application) -> None:
    transaction.on_commit(partial(task.enqueue, application.pk))


def delete_files(documents: Iterable[ApplicationDocument]) -> None:
    """Delete the files of documents once the transaction is through."""
    for document in documents:
        file = document.file
        transaction.on_commit(partial(file.storage.delete, file.name))
