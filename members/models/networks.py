"""Networks inside the alliance: who is in one, and who coordinates it, both dated."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Organisation
from members.querysets import NetworkQuerySet
from publishing.addresses import Addressed
from publishing.rich_text import RichTextField
from record.history import Recorded
from record.periods import Period, no_overlap


class Network(Addressed, Recorded):
    """A named set of organisations, for example the associations of one world region."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    formal = models.BooleanField(
        _("formal"), default=True, help_text=_("Untick where it has no statutes of its own.")
    )
    list_complete = models.BooleanField(
        _("list of members is complete"), default=True,
        help_text=_("Untick to print 'other members not published'."),
    )  # fmt: skip
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = RichTextField(_("description"), blank=True)

    objects = NetworkQuerySet.as_manager()

    class Meta:
        verbose_name = _("network")
        verbose_name_plural = _("networks")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("members:network", args=[self.slug])


class NetworkMember(Period, Recorded):
    """An organisation's dated place in a network."""

    network = models.ForeignKey(
        Network, verbose_name=_("network"), on_delete=models.PROTECT, related_name="places"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="network_places",
    )  # fmt: skip

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("member of a network")
        verbose_name_plural = _("members of the network")
        ordering = ["network", "organisation", "-during"]
        # Also `members_network_place` (migration 0002): a temporal key, which coordination refers to.
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "members_network_place_once",
                _("This organisation is in the network already during part of that time."),
                "network",
                "organisation",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.period_in_words()}"


class NetworkCoordination(Period, Recorded):
    """A period in which one member of a network coordinates it: within its own place in it."""

    network = models.ForeignKey(
        Network, verbose_name=_("network"), on_delete=models.PROTECT, related_name="coordinations"
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("coordinator"), on_delete=models.PROTECT,
        related_name="coordinations",
    )  # fmt: skip

    OUTSIDE = _("The coordinator must be in the network on every day of its coordination.")

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("coordination")
        verbose_name_plural = _("coordination")
        ordering = ["network", "-during"]
        # Also `members_coordinator_in_network` (migration 0002): FOREIGN KEY … PERIOD.
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "members_one_coordinator_at_a_time",
                _("Another organisation coordinates the network during part of that time."),
                "network",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.period_in_words()}"

    def clean(self):
        """Say in a sentence what the temporal foreign key will refuse."""
        super().clean()
        if self.during and self.network_id and self.organisation_id and not self.is_covered():
            raise ValidationError(self.OUTSIDE, code="coordinator_outside")

    def is_covered(self) -> bool:
        """Whether the organisation's places in the network, put together, hold every day of this."""
        places = NetworkMember.objects.filter(
            network=self.network_id, organisation=self.organisation_id
        ).annotate(
            covers=Func(
                models.Value(self.during, output_field=NetworkMember._meta.get_field("during")),
                Func(
                    F("during"),
                    function="range_agg",
                    template="%(function)s(%(expressions)s) OVER ()",
                ),
                arg_joiner=" <@ ",
                template="(%(expressions)s)",
                output_field=models.BooleanField(),
            )
        )
        return bool(places.values_list("covers", flat=True).first())
