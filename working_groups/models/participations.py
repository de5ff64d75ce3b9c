"""Which organisations take part in a group, and the experts whom they send."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Person
from record.history import Recorded
from record.periods import Period, no_overlap
from working_groups.models.groups import WorkingGroup


class Participation(Period, Recorded):
    """An organisation's dated place in a group; it need not be a member of the network."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT,
        related_name="participations",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="participations",
    )  # fmt: skip
    printed_as = models.CharField(
        _("printed as"), max_length=200, blank=True, help_text=_("Where a text names it otherwise.")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["group", "organisation__sort_name", "-during"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "working_groups_participation_once",
                _("This organisation takes part in the group already during part of that time."),
                "group",
                "organisation",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.period_in_words()}"


class Expert(Period, Recorded):
    """A person whom an organisation sends to a group."""

    participation = models.ForeignKey(
        Participation, verbose_name=_("participation"), on_delete=models.CASCADE,
        related_name="experts",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="expert_places"
    )
    expertise = models.CharField(_("expertise"), max_length=200, blank=True)

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["participation", "person__sort_name"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "working_groups_expert_once",
                _("This person is an expert here already during part of that time."),
                "participation",
                "person",
            ),
        ]

    def __str__(self):
        return str(self.person)
