"""What a group works on for longer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.history import Recorded
from record.periods import Period
from working_groups.models.groups import WorkingGroup


class Initiative(Period, Recorded):
    """A longer-running project or piece of work of a group."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="initiatives"
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-during", "pk"]
        constraints = [*Period.Meta.constraints]

    def __str__(self):
        return self.title
