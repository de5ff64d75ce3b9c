"""People: what they do where and since when, who acts for whom, and who may be shown."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Organisation
from members.querysets import AffiliationQuerySet, PersonQuerySet, RepresentationQuerySet
from publishing.addresses import Addressed
from publishing.models import Picture
from publishing.rich_text import RichTextField
from record.history import Recorded
from record.names import normalise
from record.periods import Period, no_overlap


class Person(Addressed, Recorded):
    """A person in the record. Nothing of a person is public without a recorded basis."""

    name = models.CharField(_("name"), max_length=150, help_text=_("As the person writes it."))
    title = models.CharField(_("title before the name"), max_length=40, blank=True)
    family_name = models.CharField(_("family name"), max_length=100, blank=True)
    email = models.EmailField(_("mail address"), blank=True, help_text=_("Never shown."))
    biography = RichTextField(_("short biography"), blank=True)
    portrait = models.ForeignKey(
        Picture, verbose_name=_("portrait"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="persons",
    )  # fmt: skip
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.SET_NULL, null=True,
        blank=True, related_name="person",
    )  # fmt: skip
    sort_name = models.CharField(max_length=300, editable=False, db_index=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]

    def __str__(self):
        return self.full_name

    def save(self, *args, **kwargs):
        family = self.family_name or self.name.rpartition(" ")[2]
        self.sort_name = normalise(f"{family} {self.name}")[:300]
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("people:detail", args=[self.slug])

    @property
    def reached_at(self) -> str:
        """The mail address to write to: that of the account, else the one on record."""
        return self.user.email if self.user and self.user.is_active else self.email

    @property
    def full_name(self) -> str:
        return f"{self.title} {self.name}".strip()


class ShowingBasis(Recorded):
    """Why something of a person may be shown in public. No row: it may not."""

    class What(models.TextChoices):
        NAME = "name", _("name and functions")
        BIOGRAPHY = "biography", _("biography")
        PORTRAIT = "portrait", _("portrait")

    class Kind(models.TextChoices):
        CONSENT = "consent", _("consent")
        PUBLIC_ROLE = "public_role", _("public role")

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.CASCADE, related_name="bases"
    )
    what = models.CharField(_("what may be shown"), max_length=10, choices=What, default=What.NAME)
    kind = models.CharField(_("basis"), max_length=11, choices=Kind)
    since = models.DateField(_("since"))
    until = models.DateField(
        _("withdrawn on"), null=True, blank=True, help_text=_("From this day on it is not shown.")
    )
    proof = models.CharField(
        _("proof"), max_length=300, help_text=_("Where the consent or the public role is on file.")
    )

    class Meta:
        verbose_name = _("basis for being shown")
        verbose_name_plural = _("bases for being shown")
        ordering = ["person", "what", "since"]
        constraints = [
            models.CheckConstraint(
                name="members_basis_ends_after_start",
                condition=Q(until=None) | Q(until__gte=F("since")),
                violation_error_message=_("It cannot be withdrawn before it was given."),
            ),
            models.UniqueConstraint(
                fields=["person", "what"],
                condition=Q(until=None),
                name="members_one_basis_in_force",
                violation_error_message=_("There is a basis in force for this already."),
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()}: {self.get_kind_display()}"


class Affiliation(Period, Recorded):
    """The function that a person holds at an organisation, as printed. Several at once are usual."""

    class Body(models.TextChoices):
        BOARD = "board", _("board")
        SECRETARIAT = "secretariat", _("secretariat")

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="affiliations"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="affiliations",
    )  # fmt: skip
    function = models.CharField(_("function"), max_length=150, help_text=_("As printed."))
    body = models.CharField(
        _("body"), max_length=11, choices=Body, blank=True,
        help_text=_("For people of the alliance itself: where they stand on the About page."),
    )  # fmt: skip
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("affiliation")
        verbose_name_plural = _("affiliations")
        ordering = ["order", "-during", "pk"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "members_affiliation_once",
                _("This person has this function there already during part of that time."),
                "person",
                "organisation",
                "function",
            ),
        ]

    def __str__(self):
        return f"{self.function}, {self.organisation}"


class Representation(Period, Recorded):
    """A person's dated right to act for an organisation in the portal. It ends with its period."""

    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="representations"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="representations",
    )  # fmt: skip

    objects = RepresentationQuerySet.as_manager()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("representation")
        verbose_name_plural = _("representations")
        ordering = ["organisation", "-during"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "members_representation_once",
                _("This person represents the organisation already during part of that time."),
                "person",
                "organisation",
            ),
        ]

    def __str__(self):
        return str(_("%(person)s for %(organisation)s")) % {
            "person": self.person,
            "organisation": self.organisation,
        }
