"""Figures that somebody stated, and words that somebody said."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Organisation
from members.models.people import Person
from members.querysets import FigureQuerySet, QuotationQuerySet
from publishing.models import Publication
from record.days import PartialDate, Precision, today
from record.history import Recorded


class Figure(Recorded):
    """A declared number: what it measures, how exactly, when it was true, who said it where.

    About an organisation it says how many that body represents; about the alliance, the network's
    own figures. Earlier values are kept: a new value is a new row. Figures may fall.
    """

    class Measure(models.TextChoices):
        REPRESENTED = "represented", _("members represented")
        COMPANIES = "companies", _("companies behind the members")
        EXPERTS = "experts", _("experts in working groups")
        ASSOCIATIONS = "associations", _("member associations")
        COUNTRIES = "countries", _("countries")
        EMPLOYEES = "employees", _("employees")
        SHARE = "share", _("share")

    class Qualifier(models.TextChoices):
        EXACTLY = "", _("exactly")
        MORE_THAN = "more_than", _("more than")
        WELL_OVER = "well_over", _("well over")
        ABOUT = "about", _("about")
        OVER = "over", _("over")

    about = models.ForeignKey(
        Organisation, verbose_name=_("about"), on_delete=models.PROTECT, related_name="figures"
    )
    measure = models.CharField(_("measure"), max_length=12, choices=Measure)
    definition = models.CharField(
        _("definition"), max_length=200, blank=True,
        help_text=_("What is counted, in the words of the source: 'in EU states and neighbours'."),
    )  # fmt: skip
    qualifier = models.CharField(
        _("qualifier"), max_length=9, choices=Qualifier, blank=True, default=Qualifier.EXACTLY
    )
    value = models.DecimalField(
        _("value"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    unit = models.CharField(
        _("unit"), max_length=40, blank=True, help_text=_("companies, universities, % …")
    )
    as_of = models.DateField(_("true on"), null=True, blank=True, editable=False)
    as_of_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, editable=False
    )
    not_after = models.DateField(
        _("not after"), null=True, blank=True, help_text=_("Where the source is not dated.")
    )
    said_by = models.ForeignKey(
        Person, verbose_name=_("said by"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="figures",
    )  # fmt: skip
    said_as = models.CharField(_("in which function"), max_length=150, blank=True)
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("link to the source"), blank=True)

    objects = FigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["measure", F("as_of").desc(nulls_last=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="members_figure_not_negative",
                condition=Q(value__gte=0),
                violation_error_message=_("A figure is not negative."),
            ),
            models.CheckConstraint(
                name="members_figure_has_source",
                condition=~Q(source=""),
                violation_error_message=_("A figure needs its source."),
            ),
        ]

    def __str__(self):
        return f"{self.get_measure_display()}: {self.in_words()}"

    @property
    def true_on(self) -> PartialDate | None:
        return PartialDate(self.as_of, Precision(self.as_of_precision)) if self.as_of else None

    @true_on.setter
    def true_on(self, value: PartialDate | None):
        self.as_of = value.first_day if value else None
        self.as_of_precision = value.precision if value else Precision.DAY

    @property
    def number(self) -> int | float:
        return int(self.value) if self.value == int(self.value) else float(self.value)

    @property
    def written(self) -> str:
        """The number in the form of the reader's language: '45,000'."""
        return number_format(self.number, force_grouping=True)

    def in_words(self) -> str:
        """Return 'more than 45,000 companies'."""
        qualifier = str(self.get_qualifier_display()) if self.qualifier else ""
        return " ".join(part for part in (qualifier, self.written, self.unit) if part)

    def dated_in_words(self) -> str:
        """Return how well its day is known: 'as stated on 14 April 2022'."""
        if self.true_on:
            if self.as_of_precision == Precision.DAY:
                return str(_("as stated on %(day)s") % {"day": self.true_on})
            return str(_("as stated in %(day)s") % {"day": self.true_on})
        if self.not_after:
            return str(_("not dated, not after %(day)s") % {"day": PartialDate(self.not_after)})
        return str(_("not dated"))


class Quotation(Recorded):
    """Words that somebody said, with the function and organisation they had that day."""

    words = models.TextField(_("words"))
    language = models.CharField(_("language"), max_length=10, default="en")
    speaker = models.ForeignKey(
        Person, verbose_name=_("speaker"), on_delete=models.PROTECT, related_name="quotations"
    )
    function = models.CharField(_("function that day"), max_length=150)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation that day"), on_delete=models.PROTECT,
        related_name="quotations",
    )  # fmt: skip
    said_on = models.DateField(_("said on"), null=True, blank=True)
    consented_on = models.DateField(_("consent given on"))
    consent_proof = models.CharField(_("where the consent is on file"), max_length=300)
    withdrawn_on = models.DateField(_("consent withdrawn on"), null=True, blank=True)
    used_in = models.ManyToManyField(
        Publication, verbose_name=_("used in"), blank=True, related_name="quotations"
    )

    objects = QuotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("quotation")
        verbose_name_plural = _("quotations")
        ordering = ["-said_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="members_quotation_withdrawn_after_given",
                condition=Q(withdrawn_on=None) | Q(withdrawn_on__gte=F("consented_on")),
                violation_error_message=_("Consent cannot be withdrawn before it was given."),
            )
        ]

    def __str__(self):
        return self.words[:60]

    def said_by(self, day=None) -> str:
        """Return who stands beside the words: the name, or '' once the consent is withdrawn."""
        return self.speaker.full_name if self.is_named(day) else ""

    def said_as(self) -> str:
        """Return the function and organisation of that day, whatever became of them since."""
        return f"{self.function}, {self.organisation.name}"

    def is_named(self, day=None) -> bool:
        """Whether the speaker's name may stand beside the words on that day."""
        return self.withdrawn_on is None or (day or today()) < self.withdrawn_on
