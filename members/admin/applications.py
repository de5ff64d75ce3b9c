"""Requests to join, and what was decided about them."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy

from members.models import Application
from record.admin import RecordAdmin


@admin.register(Application)
class ApplicationAdmin(RecordAdmin):
    list_display = ("name", "country", "category", "state", "sent_at", "contact_name")
    list_filter = ("state", "category")
    search_fields = ("name", "contact_name", "contact_email")
    readonly_fields = ("begun_at", "sent_at", "decided_at", "decided_by")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name", "kind", ("country", "city", "region"), "website",
                    ("category", "represents"), "motivation",
                )
            },
        ),
        (
            gettext_lazy("Contact"),
            {"fields": (("contact_name", "contact_function"), "contact_email")},
        ),
        (
            gettext_lazy("Decision"),
            {
                "fields": (
                    "state", "reason", "organisation", ("begun_at", "sent_at"),
                    ("decided_at", "decided_by"),
                )
            },
        ),
    )  # fmt: skip

    def save_model(self, request, obj, form, change):
        """Note who decided and when, with the decision."""
        decided = {Application.State.ACCEPTED, Application.State.DECLINED}
        if "state" in form.changed_data:
            is_decision = obj.state in decided
            obj.decided_by = request.user if is_decision else None
            obj.decided_at = timezone.now() if is_decision else None
        super().save_model(request, obj, form, change)
