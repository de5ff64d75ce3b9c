"""Which lists of a group's year say that there were others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from record.history import Recorded
from working_groups.models.groups import WorkingGroup


class OpenList(Recorded):
    """'And others': a list of one year that the record does not hold in full."""

    class What(models.TextChoices):
        JOINED = "joined", _("organisations that joined")
        GUESTS = "guests", _("guests")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="open_lists"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    what = models.CharField(_("list"), max_length=8, choices=What)

    class Meta:
        verbose_name = _("list that is not complete")
        verbose_name_plural = _("lists that are not complete")
        ordering = ["group", "-year", "what"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year", "what"],
                name="working_groups_open_list_once",
                violation_error_message=_("This list is marked already."),
            ),
            models.CheckConstraint(
                name="working_groups_open_list_year_real",
                condition=models.Q(year__gte=1800, year__lt=2200),
                violation_error_message=_("Write a year between 1800 and 2199."),
            ),
        ]

    def __str__(self):
        return f"{self.get_what_display()}, {self.year}"
