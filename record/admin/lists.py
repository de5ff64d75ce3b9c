"""Lists of the admin: what the columns need in one go, the best matches of a search first."""

from django.contrib import admin
from django.contrib.admin.utils import NestedObjects
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.db.models import FETCH_PEERS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class PeersCollector(NestedObjects):
    def related_objects(self, related_model, related_fields, objs):
        return super().related_objects(related_model, related_fields, objs).fetch_mode(FETCH_PEERS)


class RankedChangeList(ChangeList):
    """A list with what its columns need, and the best matches of a search first."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_popup:
            self.title = capfirst(self.opts.verbose_name_plural)

    def get_queryset(self, request, exclude_parameters=None):
        queryset = super().get_queryset(request, exclude_parameters)
        queryset = self.model_admin.for_list(request, queryset)
        if self.query and ORDER_VAR not in self.params and "rank" in queryset.query.annotations:
            return queryset.order_by("-rank", *queryset.query.order_by)
        return queryset


class TodayFilter(admin.SimpleListFilter):
    """Those in force, announced or ended today."""

    title = gettext_lazy("today")
    parameter_name = "today"

    def lookups(self, request, model_admin):
        return [("on", _("In force")), ("announced", _("Announced")), ("ended", _("Ended"))]

    def queryset(self, request, queryset):
        if self.value() in {"on", "announced", "ended"}:
            return getattr(queryset, self.value())()
        return queryset
