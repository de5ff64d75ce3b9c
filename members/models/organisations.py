"""Organisations under all their names."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.querysets import OrganisationQuerySet
from publishing.addresses import Addressed
from publishing.models import NAMES_CONFIG, SEARCH_CONFIG, Picture
from publishing.rich_text import RichTextField
from record.days import PartialDate, Precision
from record.history import Recorded
from record.names import initials, normalise


class Organisation(Addressed, Recorded):
    """Any organisation that the record knows: member, former member, applicant, sponsor, guest.

    The alliance itself is exactly one of them and is never in the directory or a count.
    """

    class Kind(models.TextChoices):
        NATIONAL = "national_association", _("national association")
        REGIONAL = "regional_association", _("regional association")
        CLUSTER = "cluster", _("cluster")
        CHAMBER = "chamber", _("chamber")
        HUB = "innovation_hub", _("innovation hub")
        COMPANY = "company", _("company")
        PUBLIC_BODY = "public_body", _("public body")
        OTHER = "other", _("other")

    name = models.CharField(_("name"), max_length=200, help_text=_("As the network calls it."))
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.OTHER)
    country = CountryField(_("country"), blank=True)
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(
        _("region"), max_length=100, blank=True,
        help_text=_("Needed for a regional member. World regions are networks, not regions."),
    )  # fmt: skip
    founded_on = models.DateField(_("founded"), null=True, blank=True, editable=False)
    founded_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.YEAR, editable=False
    )
    website = models.URLField(_("website"), blank=True)
    logo = models.ForeignKey(
        Picture, verbose_name=_("logo"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="organisations",
    )  # fmt: skip
    summary = models.CharField(
        _("summary"), max_length=300, blank=True, help_text=_("One sentence, for lists.")
    )
    description = RichTextField(_("description"), blank=True)
    confirmed_on = models.DateField(
        _("profile last confirmed"), null=True, blank=True, editable=False
    )
    is_alliance = models.BooleanField(
        _("this is the alliance itself"), default=False,
        help_text=_("Exactly one organisation. Its officers are affiliations of it."),
    )  # fmt: skip
    # Kept by triggers on memberships (migration 0002): says which address the page has, for good.
    has_membership = models.BooleanField(default=False, editable=False)
    sort_name = models.CharField(max_length=400, editable=False, db_index=True)
    # The name and every alias, normalised, one a line: what the search looks in.
    search_names = models.TextField(editable=False, default="")
    search = models.GeneratedField(
        expression=SearchVector("search_names", weight="A", config=NAMES_CONFIG)
        + SearchVector("city", "region", weight="B", config=SEARCH_CONFIG)
        + SearchVector("summary", "description", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["sort_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_alliance"],
                condition=Q(is_alliance=True),
                name="members_one_alliance",
                violation_error_message=_("There is one alliance already, and there is only one."),
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="members_organisation_search"),
            GinIndex(
                fields=["search_names"],
                opclasses=["gin_trgm_ops"],
                name="members_organisation_trigrams",
            ),
            # What members/duplicates.py looks for.
            GinIndex(
                fields=["sort_name"],
                opclasses=["gin_trgm_ops"],
                name="members_organisation_like",
            ),
            GinIndex(
                fields=["website"], opclasses=["gin_trgm_ops"], name="members_organisation_site"
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.sort_name = normalise(self.name)
        aliases = list(self.aliases.values_list("name", flat=True)) if self.pk else []
        self.search_names = names_for_search([self.name, *aliases])
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.pk and not self.region and self.memberships.filter(category="regional").exists():
            raise ValidationError(
                {"region": _("A regional member needs its region: it has a regional membership.")}
            )

    def get_absolute_url(self):
        where = "members:detail" if self.has_membership else "organisations:detail"
        return reverse(where, args=[self.slug])

    @property
    def founded(self) -> PartialDate | None:
        if self.founded_on is None:
            return None
        return PartialDate(self.founded_on, Precision(self.founded_precision))

    @founded.setter
    def founded(self, value: PartialDate | None):
        self.founded_on = value.first_day if value else None
        self.founded_precision = value.precision if value else Precision.YEAR

    @property
    def initials(self) -> str:
        return initials(self.name)

    @property
    def place(self) -> str:
        """Return 'Cluj-Napoca, Romania', or what of it is on record."""
        return ", ".join(part for part in (self.city, str(self.country.name or "")) if part)


def names_for_search(names: list[str]) -> str:
    """Return names as search_names holds them; run-together forms find 'clujit' for 'Cluj IT'."""
    lines = []
    for name in names:
        words = normalise(name)
        lines += [words, words.replace(" ", "")] if " " in words else [words]
    return "\n".join(dict.fromkeys(line for line in lines if line))


class Alias(Recorded):
    """Another name of an organisation. No two organisations share one."""

    class Kind(models.TextChoices):
        NATIVE = "native", _("native name")
        ACRONYM = "acronym", _("acronym")
        FORMER = "former", _("former name")
        PRINTED = "printed", _("as printed elsewhere")
        MISSPELT = "misspelt", _("misspelt name")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE,
        related_name="aliases",
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.PRINTED)
    language = models.CharField(_("language"), max_length=10, blank=True)
    normalised = models.CharField(max_length=400, editable=False)

    class Meta:
        verbose_name = _("other name")
        verbose_name_plural = _("other names")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["normalised"],
                name="members_alias_of_one_organisation",
                violation_error_message=_("Another organisation has this name on record already."),
            ),
        ]
        indexes = [
            GinIndex(fields=["normalised"], opclasses=["gin_trgm_ops"], name="members_alias_like"),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self.normalised = normalise(self.name)
        same = Alias.objects.filter(normalised=self.normalised).exclude(pk=self.pk).first()
        if same:
            raise ValidationError(
                {
                    "name": _("'%(name)s' is on record already, as another name of %(other)s.")
                    % {"name": self.name, "other": same.organisation}
                }
            )

    def save(self, *args, **kwargs):
        self.normalised = normalise(self.name)
        super().save(*args, **kwargs)
        self._refresh_search()

    def delete(self, *args, **kwargs):
        deleted = super().delete(*args, **kwargs)
        self._refresh_search()
        return deleted

    def _refresh_search(self):
        """Put the organisation's names together again; no change of the record, so no history."""
        names = [self.organisation.name, *self.organisation.aliases.values_list("name", flat=True)]
        Organisation.objects.filter(pk=self.organisation_id).update(
            search_names=names_for_search(names)
        )
