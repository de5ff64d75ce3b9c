"""A group's account of a year."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.models import Kind, Publication
from publishing.rich_text import RichTextField
from working_groups.models.groups import WorkingGroup
from working_groups.querysets import OverviewQuerySet


class Overview(Publication):
    """One group's account of one year, by its chair.

    `body` is the story. The record as shown is frozen with it when it is published or scheduled:
    structured data with a schema version, drawn by today's template.
    """

    KINDS = (Kind.OVERVIEW,)
    ADDRESS_NEEDS = ("overview", "overview__group")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="overviews"
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2199)]
    )
    outlook = RichTextField(_("outlook"), blank=True)
    thanks = RichTextField(_("thanks"), blank=True)
    record_incomplete = models.JSONField(
        _("lists that are not complete"), default=list, blank=True,
        help_text=_("Which lists of the record say that there were others."),
    )  # fmt: skip
    frozen = models.JSONField(_("record as published"), null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True, editable=False)

    objects = OverviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly overview")
        verbose_name_plural = _("yearly overviews")
        ordering = ["-year", "group__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year"],
                name="working_groups_one_overview_a_year",
                violation_error_message=_("The group has an overview of that year already."),
            ),
            models.CheckConstraint(
                name="working_groups_overview_year_real",
                condition=Q(year__gte=1990, year__lt=2200),
                violation_error_message=_("Write a year between 1990 and 2199."),
            ),
            models.CheckConstraint(
                name="working_groups_frozen_has_a_day",
                condition=Q(frozen__isnull=True, frozen_at=None)
                | Q(frozen__isnull=False, frozen_at__isnull=False),
                violation_error_message=_("A frozen record has the time it was frozen."),
            ),
        ]

    def __str__(self):
        return self.title or str(_("Overview %(year)s") % {"year": self.year})

    def save(self, *args, **kwargs):
        self.kind = Kind.OVERVIEW
        self.slug = self.slug or f"{self.group.slug[:60]}-overview-{self.year}"
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("working_groups:overview", args=[self.group.slug, self.year])
