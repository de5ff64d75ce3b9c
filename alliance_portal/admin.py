"""The site's own settings, and what visitors wrote to the office."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance_portal.models import ContactMessage, SiteSettings
from record.admin import OneRow, PortalAdmin, RecordAdmin


@admin.register(SiteSettings)
class SiteSettingsAdmin(OneRow, RecordAdmin):
    fields = ("name", "tagline", "introduction", "notice", "address", "contact_email",
              "data_licence", "data_licence_url")  # fmt: skip


class AnsweredFilter(admin.SimpleListFilter):
    title = gettext_lazy("answered")
    parameter_name = "answered"

    def lookups(self, request, model_admin):
        return [("no", _("To answer")), ("yes", _("Answered"))]

    def queryset(self, request, queryset):
        if self.value() in {"no", "yes"}:
            return queryset.filter(answered_at__isnull=self.value() == "no")
        return queryset


@admin.action(
    description=gettext_lazy("Mark as answered"),
    permissions=["change"],
    location=[admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM],
)
def mark_answered(modeladmin, request, queryset):
    marked = queryset.filter(answered_at=None).update(answered_at=timezone.now())
    modeladmin.message_user(request, _("Marked as answered: %(number)d.") % {"number": marked})


@admin.register(ContactMessage)
class ContactMessageAdmin(PortalAdmin):
    """What somebody wrote stays as they wrote it; only the answer is noted."""

    list_display = ("subject", "name", "sent_at", "answered_at")
    list_filter = (AnsweredFilter,)
    search_fields = ("subject", "name", "email")
    fields = ("subject", ("name", "email"), "message", "sent_at", "answered_at")
    readonly_fields = ("subject", "name", "email", "message", "sent_at", "answered_at")
    actions = (mark_answered,)

    def has_add_permission(self, request):
        return False
