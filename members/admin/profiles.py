"""Profiles that others keep: the rules, what was proposed, whether they are still right, notes."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import profile_actions as actions
from members.admin.kept import Kept
from members.difference_pages import differences
from members.models import ConfirmationRequest, NetworkNote, ProfileChange, ProfileRules
from members.profile_emails import labels_of
from members.profile_forms import ReasonForm
from record.admin import OneRow, PortalAdmin, RecordAdmin


@admin.register(ProfileRules)
class ProfileRulesAdmin(OneRow, RecordAdmin):
    fields = ("at_once",)


@admin.register(ProfileChange)
class ProfileChangeAdmin(Kept, PortalAdmin):
    """The queue of what is to be approved or looked at; a row's page shows the difference."""

    list_display = ("organisation", "about", "proposed_by", "proposed_at", "for_network", "state")
    list_filter = ("state",)
    search_fields = ("organisation__search_names",)
    ordering = ("-proposed_at", "-pk")

    def for_list(self, request, queryset):
        return queryset.with_people()

    @admin.display(description=gettext_lazy("what it is about"))
    def about(self, change):
        return ", ".join(labels_of(change))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """Show the difference, and decide."""
        change = self.get_object(request, object_id)
        if change is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_permission(request, change):
            raise PermissionDenied
        reason = ReasonForm(request.POST if "reason" in request.POST else None)
        if request.method == "POST":
            if not request.user.has_perm("members.decide_change"):
                raise PermissionDenied
            try:
                if done := self._decide(request, change, reason):
                    self.message_user(request, done)
                    return HttpResponseRedirect(
                        reverse("admin:members_profilechange_changelist") + "?state__exact=waiting"
                    )
            except actions.ProfileError as error:
                self.message_user(request, str(error), messages.ERROR)
                return HttpResponseRedirect(request.path)
        return self._page(request, object_id, reason)

    def _decide(self, request, change, reason) -> str:
        """Do what the pressed button says; return what to tell, '' where the reason is missing."""
        wants, seen = request.POST.get("do", ""), request.POST.get("seen", "")
        if wants == "approve":
            actions.approve(change, by=request.user, seen=seen)
            return _("Approved: visitors see it now.")
        if wants == "look":
            actions.look_at(change, by=request.user)
            return _("Noted: it was looked at.")
        if wants not in {"decline", "take_back"}:
            raise actions.ProfileError(_("This cannot be done here."))
        if not reason.is_valid():
            return ""
        why = reason.cleaned_data["reason"]
        if wants == "decline":
            actions.decline(change, by=request.user, reason=why)
            return _("Declined. Who proposed it is told why.")
        actions.take_back(change, by=request.user, reason=why, seen=seen)
        return _("Taken back: visitors see again what stood there before.")

    def _page(self, request, object_id, reason):
        change = ProfileChange.objects.with_people().get(pk=object_id)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": str(change),
            "change": change,
            "organisation": change.organisation,
            "differences": differences(change),
            "seen": actions.mark_of_now(change),
            "reason": reason,
            "may_decide": request.user.has_perm("members.decide_change"),
            "others": change.organisation.profile_changes.waiting().exclude(pk=change.pk)[:8],
        }
        status = 422 if reason.is_bound else 200
        return TemplateResponse(
            request, "admin/members/profile_change.html", context, status=status
        )


@admin.register(ConfirmationRequest)
class ConfirmationRequestAdmin(Kept, PortalAdmin):
    """Who was asked whether a profile is right, and who answered."""

    list_display = ("organisation", "recipient", "asked_on", "sent_at", "answered_at", "left_out")
    search_fields = ("recipient", "organisation__search_names")
    fields = ("organisation", "recipient", "asked_on", "noted_at", "sent_at", "expires_at",
              "answered_at", "left_out")  # fmt: skip
    readonly_fields = fields

    def for_list(self, request, queryset):
        return queryset.select_related("organisation")


@admin.action(
    description=gettext_lazy("Mark as dealt with"),
    permissions=["change"],
    location=[admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM],
)
def mark_done(modeladmin, request, queryset):
    marked = queryset.open().update(done_at=timezone.now())
    modeladmin.message_user(request, _("Dealt with: %(number)d.") % {"number": marked})


@admin.register(NetworkNote)
class NetworkNoteAdmin(PortalAdmin):
    """What a coordinator wrote stays as it was written; only that it is dealt with is noted."""

    list_display = ("network", "text", "written_by", "written_at", "done_at")
    list_filter = ("network",)
    search_fields = ("text", "network__name")
    fields = ("network", "text", "written_by", "written_at", "done_at")
    readonly_fields = fields
    actions = (mark_done,)

    def for_list(self, request, queryset):
        return queryset.select_related("network", "written_by")

    def has_add_permission(self, request):
        return False
