"""Requests to join the network: what is asked for, by whom, with which documents, and what was said."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from accounts.models import Secret
from members.models.memberships import Category
from members.models.organisations import Organisation
from record.history import Recorded

# How long what an applicant typed is kept: retention.py.
BEGUN_DAYS = 90  # after the last word of somebody who never sent it
DECLINED_DAYS = 365  # after the decision


class ApplicationQuerySet(models.QuerySet):
    def waiting(self):
        """Those that wait for the office: sent, or answered, and not decided."""
        return self.filter(state=Application.State.SENT)

    def undecided(self):
        """Those that were sent and are not decided: they wait for the office or for an answer."""
        return self.filter(state__in=[Application.State.SENT, Application.State.ASKED_BACK])

    def sent(self):
        """Those that were sent, whatever became of them: what is only begun is not the office's."""
        return self.exclude(state=Application.State.BEGUN)

    def for_token(self, token: str):
        """The one that a mailed link leads to."""
        return self.filter(keys__token_hash=ApplicationKey.hash(token))

    def by_what_waits(self):
        """In the order of `by_what_waits`."""
        return self.order_by(*by_what_waits())


def by_what_waits() -> tuple:
    """Order applications: what waits for the office first, longest first; then what waits for an
    answer; then what is begun; what is decided last, newest first.
    """
    states = Application.State
    turn = Case(
        When(state=states.SENT, then=Value(0)),
        When(state=states.ASKED_BACK, then=Value(1)),
        When(state=states.BEGUN, then=Value(2)),
        default=Value(3),
        output_field=models.IntegerField(),
    )
    decided = F("decided_at").desc(nulls_first=True)
    return turn, decided, Coalesce(F("waits_since"), F("begun_at")), "pk"


class Application(Recorded):
    """A request to join, from the first form to the decision.

    While it is begun only its name, country and mail address are there for certain.
    """

    class State(models.TextChoices):
        BEGUN = "begun", _("begun")
        SENT = "sent", _("sent")
        ASKED_BACK = "asked_back", _("asked back")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    name = models.CharField(_("name of the organisation"), max_length=200)
    native_name = models.CharField(_("name in its own language"), max_length=200, blank=True)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Organisation.Kind, blank=True)
    country = CountryField(_("country"))
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(_("region"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)
    represents = models.PositiveIntegerField(_("companies represented"), null=True, blank=True)
    email = models.EmailField(_("mail address for this application"))
    category = models.CharField(
        _("category asked for"), max_length=13, choices=Category, blank=True
    )
    motivation = models.TextField(_("why the organisation wants to join"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.BEGUN)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    saved_at = models.DateTimeField(_("last saved"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    waits_since = models.DateTimeField(_("waits since"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.SET_NULL,
        null=True, blank=True, editable=False, related_name="+",
    )  # fmt: skip
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("For a decline: the reason and what to do next.")
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation in the record"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="applications",
    )  # fmt: skip
    anonymised_at = models.DateTimeField(_("anonymised"), null=True, blank=True, editable=False)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                name="members_decline_has_reason",
                condition=~Q(state="declined") | ~Q(reason=""),
                violation_error_message=_("A decline needs its reason."),
            ),
            models.CheckConstraint(
                name="members_accepted_is_in_record",
                condition=~Q(state="accepted") | Q(organisation__isnull=False),
                violation_error_message=_("An accepted application names its organisation."),
            ),
            models.CheckConstraint(
                name="members_sent_has_its_moment",
                condition=Q(state="begun", sent_at=None)
                | (~Q(state="begun") & Q(sent_at__isnull=False)),
                violation_error_message=_("What was sent has the moment at which it was sent."),
            ),
            models.CheckConstraint(
                name="members_sent_asks_for_a_category",
                condition=Q(state="begun") | (~Q(kind="") & ~Q(category="")),
                violation_error_message=_("What was sent says its kind and the category."),
            ),
            models.CheckConstraint(
                name="members_decided_has_its_moment",
                condition=Q(state__in=["accepted", "declined"], decided_at__isnull=False)
                | (~Q(state__in=["accepted", "declined"]) & Q(decided_at=None)),
                violation_error_message=_("What is decided has the moment of the decision."),
            ),
            models.CheckConstraint(
                name="members_anonymised_is_declined",
                condition=Q(anonymised_at=None) | Q(state="declined", email="", motivation=""),
                violation_error_message=_(
                    "Only a declined application is anonymised, and then holds no mail address."
                ),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def place(self) -> str:
        """Return 'Cluj-Napoca, North-West, Romania', or what of it was given."""
        return ", ".join(part for part in (self.city, self.region, str(self.country.name)) if part)

    def is_begun(self) -> bool:
        return self.state == self.State.BEGUN

    def is_open(self) -> bool:
        """Whether it was sent and is not decided."""
        return self.state in {self.State.SENT, self.State.ASKED_BACK}


class ApplicationPerson(models.Model):
    """Somebody whom an application names, with the consent to be stored. No history: it is deleted
    with the application's personal data.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("name"), max_length=150)
    function = models.CharField(_("function"), max_length=150, blank=True)
    email = models.EmailField(_("mail address"))
    is_main = models.BooleanField(_("main contact"), default=False)
    consented_at = models.DateTimeField(_("agreed to be stored"), default=timezone.now)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["-is_main", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(is_main=True),
                name="members_application_one_main_contact",
                violation_error_message=_("An application has one main contact."),
            )
        ]

    def __str__(self):
        return self.name


def document_path(_document, _name: str) -> str:
    """Return where a document is kept: nothing of what the sender called it is in the path."""
    return f"applications/{timezone.now():%Y}/{secrets.token_hex(16)}"


class ApplicationDocument(models.Model):
    """A document that came with an application. Never public: staff save it from the admin."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="documents")
    name = models.CharField(_("name"), max_length=120, help_text=_("As the sender called it."))
    file = models.FileField(_("file"), upload_to=document_path)
    size = models.PositiveBigIntegerField(_("size"), help_text=_("In bytes."))
    added_at = models.DateTimeField(_("added"), default=timezone.now)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["added_at", "pk"]

    def __str__(self):
        return self.name


class ApplicationMessage(models.Model):
    """What the office asked back, or what the applicant answered."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="messages")
    from_office = models.BooleanField(_("from the office"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.SET_NULL,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["written_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="members_application_message_author",
                condition=Q(from_office=True) | Q(author=None),
                violation_error_message=_("An applicant writes without an account."),
            ),
            models.CheckConstraint(
                name="members_application_message_text",
                condition=~Q(text=""),
                violation_error_message=_("A message says something."),
            ),
        ]

    def __str__(self):
        return self.text[:60]


class ApplicationKey(Secret):
    """A secret that opens an application: one in the browser that began it, one in each mail.

    Only the hash is kept. So a mail can carry a link although nobody here knows the earlier ones.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="keys")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("link to an application")
        verbose_name_plural = _("links to applications")

    def __str__(self):
        return f"{self.application_id}"

    @classmethod
    def new(cls, application: Application) -> str:
        """Make another link to an application; return its secret, which is kept nowhere."""
        key = cls(application=application)
        token = key.renew()
        key.save()
        return token
