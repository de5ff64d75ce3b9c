"""Networks: their members and who coordinates them."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy

from members.models import Network, NetworkCoordination, NetworkMember
from record.admin import EXPLAINED, PeriodRows, RecordAdmin, TabularRows
from record.forms import PeriodForm

# What the constraints of migration 0002 say, which only raw SQL knows.
EXPLAINED |= {
    "members_coordinator_in_network": NetworkCoordination.OUTSIDE,
    "members_network_place": gettext_lazy(
        "This organisation is in the network already during part of that time."
    ),
}


class PlaceRows(PeriodRows, TabularRows):
    model = NetworkMember
    fields = ("organisation", "starts", "start_basis", "ends", "end_known")
    verbose_name = gettext_lazy("member")


class CoordinationForm(PeriodForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The coordinator's place may stand on the same page and be saved with it: whether it
        # covers the coordination is asked when both are saved (CoordinationRows.refuse_rows).
        self.instance.is_covered = lambda: True


class CoordinationRows(PeriodRows, TabularRows):
    model = NetworkCoordination
    form = CoordinationForm
    fields = ("organisation", "starts", "start_basis", "ends", "end_known")
    verbose_name = gettext_lazy("coordination")
    verbose_name_plural = gettext_lazy("coordination")

    def refuse_rows(self, formset):
        """Every coordination must lie within the coordinator's places, as both are saved now."""
        return {
            form.prefix: [str(NetworkCoordination.OUTSIDE)]
            for form in formset.live_forms()
            if not NetworkCoordination.is_covered(form.instance)
        }


@admin.register(Network)
class NetworkAdmin(RecordAdmin):
    list_display = ("name", "formal", "members_today", "coordinator")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", ("formal", "list_complete"), "summary", "description")
    inlines = (PlaceRows, CoordinationRows)

    def for_list(self, request, queryset):
        coordination = NetworkCoordination.objects.on().select_related("organisation")
        return queryset.prefetch_related(
            Prefetch("places", NetworkMember.objects.on(), to_attr="places_today"),
            Prefetch("coordinations", coordination, to_attr="coordinated_today"),
        )

    @admin.display(description=gettext_lazy("members today"))
    def members_today(self, network):
        return len(network.places_today)

    @admin.display(description=gettext_lazy("coordinator today"))
    def coordinator(self, network):
        return ", ".join(str(one.organisation) for one in network.coordinated_today)

    def view_on_site(self, network):
        return network.get_absolute_url()
