"""A working group and the strands of its work."""

from itertools import pairwise

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.addresses import Addressed
from publishing.models import SEARCH_CONFIG
from publishing.rich_text import RichTextField
from record.history import Recorded
from working_groups.querysets import WorkingGroupQuerySet


class WorkingGroup(Addressed, Recorded):
    """A working group. What it may do is a fact of the group, not a rule in the code."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        DORMANT = "dormant", _("dormant")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=150, unique=True)
    short_code = models.CharField(_("short code"), max_length=20, unique=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    scope = RichTextField(_("scope"), blank=True)
    who_may_join = models.CharField(
        _("who may join"), max_length=300, blank=True,
        help_text=_("One sentence: members, invited experts, guests."),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.ACTIVE)
    one_chair = models.BooleanField(
        _("one chair at a time"), default=True, help_text=_("Untick where two people may co-chair.")
    )
    deputies_may_publish = models.BooleanField(
        _("vice-chairs and secretaries may publish"), default=False,
        help_text=_("They may always write; publishing is the chair's unless this is ticked."),
    )  # fmt: skip
    search = models.GeneratedField(
        expression=SearchVector("name", "short_code", weight="A", config=SEARCH_CONFIG)
        + SearchVector("summary", weight="B", config=SEARCH_CONFIG)
        + SearchVector("scope", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("working_groups:detail", args=[self.slug])

    def clean(self):
        """Say in a sentence what the exclusion constraint on chairs will refuse."""
        super().clean()
        if not (self.pk and self.one_chair):
            return
        chairs = list(self.roles.chairs().order_by("during__startswith"))
        for earlier, later in pairwise(chairs):
            if earlier.during.upper is None or later.starts_on < earlier.during.upper:
                raise ValidationError(
                    {"one_chair": _("Two chairs' periods overlap: end one of them first.")}
                )


class Strand(models.Model):
    """A strand of a group's work."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="strands")
    title = models.CharField(_("title"), max_length=150)
    description = models.CharField(_("description"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("strand of work")
        verbose_name_plural = _("strands of work")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title
