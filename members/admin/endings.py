"""Who was told that a membership ends: to be read only, the portal itself keeps it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from members.admin.kept import Kept
from members.models import EndingNotice
from record.admin import PortalAdmin


@admin.register(EndingNotice)
class EndingNoticeAdmin(Kept, PortalAdmin):
    list_display = ("organisation", "last_day", "threshold", "recipient", "sent_at", "left_out")
    list_filter = ("threshold", "to_staff")
    search_fields = ("recipient", "membership__organisation__search_names")
    readonly_fields = (
        "membership", "last_day", "threshold", "recipient", "to_staff", "noted_at", "sent_at",
        "left_out",
    )  # fmt: skip

    def for_list(self, request, queryset):
        return queryset.select_related("membership__organisation")

    @admin.display(description=gettext_lazy("organisation"))
    def organisation(self, notice):
        return notice.membership.organisation.name
