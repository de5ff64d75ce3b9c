"""What a site has once: its list leads straight to the one row."""

from django.http import HttpResponseRedirect
from django.urls import reverse


class OneRow:
    """Mixed into the admin of a model of one row."""

    view_on_site = False

    def changelist_view(self, request, extra_context=None):
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        row = self.model._default_manager.first()
        return HttpResponseRedirect(
            reverse(f"{name}_change", args=[row.pk]) if row else reverse(f"{name}_add")
        )

    def has_add_permission(self, request):
        return super().has_add_permission(request) and not self.model._default_manager.exists()

    def has_delete_permission(self, request, obj=None):
        return False
