"""Accounts and invitations, for managers."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import InvitationError, invite, withdraw
from accounts.models import Invitation, User
from accounts.permissions import STAFF_GROUPS
from record.admin import PortalAdmin


@admin.register(User)
class UserAdmin(PortalAdmin):
    """Accounts come from invitations, and their passwords from their people.

    Whoever is no superuser neither makes one nor touches one.
    """

    list_display = ("email", "name", "is_staff", "staff_groups", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name")
    ordering = ("email",)
    view_on_site = False
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "name")}),
        (
            gettext_lazy("What the account may do"),
            {"fields": (("is_active", "is_staff", "is_superuser"), "groups")},
        ),
        (gettext_lazy("Use"), {"fields": (("date_joined", "last_login"),)}),
    )

    def for_list(self, request, queryset):
        return queryset.prefetch_related("groups")

    @admin.display(description=gettext_lazy("staff groups"))
    def staff_groups(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def get_readonly_fields(self, request, obj=None):
        names = super().get_readonly_fields(request, obj)
        return names if request.user.is_superuser else (*names, "is_superuser")

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name == "groups":
            kwargs["queryset"] = Group.objects.filter(name__in=STAFF_GROUPS)
            kwargs["widget"] = forms.CheckboxSelectMultiple
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "groups":
            field.help_text = _("An account of the secretariat needs 'staff' and a group.")
        return field

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        if obj is not None and obj.is_superuser and not request.user.is_superuser:
            return False
        return super().has_change_permission(request, obj)


class InvitationStateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("open", _("Open")),
            ("accepted", _("Accepted")),
            ("expired", _("Expired")),
            ("withdrawn", _("Withdrawn")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "open":
                return queryset.open()
            case "accepted":
                return queryset.filter(accepted_at__isnull=False)
            case "withdrawn":
                return queryset.filter(withdrawn_at__isnull=False)
            case "expired":
                return queryset.filter(
                    Q(accepted_at=None, withdrawn_at=None), expires_at__lte=timezone.now()
                )
        return queryset


@admin.action(
    description=gettext_lazy("Withdraw"),
    permissions=["change"],
    location=[admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM],
)
def withdraw_invitations(modeladmin, request, queryset):
    for invitation in queryset:
        try:
            withdraw(invitation)
        except InvitationError as error:
            modeladmin.message_user(request, f"{invitation}: {error}", messages.ERROR)
        else:
            text = _("The invitation of %(email)s is withdrawn: its link leads nowhere now.")
            modeladmin.message_user(request, text % {"email": invitation.email})


class InvitationForm(forms.ModelForm):
    """An invitation into the secretariat; the others are sent from the role that they are for."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "staff_group" in self.fields:
            self.fields["staff_group"].required = True
            self.fields["staff_group"].queryset = Group.objects.filter(name__in=STAFF_GROUPS)

    def _get_validation_exclusions(self):
        """What it lacks still, the action fills in."""
        return super()._get_validation_exclusions() | {"token_hash", "expires_at"}


@admin.register(Invitation)
class InvitationAdmin(PortalAdmin):
    form = InvitationForm
    list_display = ("email", "name", "purpose", "state", "created_at", "invited_by")
    list_filter = (InvitationStateFilter,)
    search_fields = ("email", "name")
    actions = (withdraw_invitations,)

    def for_list(self, request, queryset):
        return queryset.select_related("staff_group", "invited_by").prefetch_related("grant")

    def get_fields(self, request, obj=None):
        if obj is None:
            return ("email", "name", "staff_group")
        return ("email", "name", "purpose", "state", "created_at", "expires_at", "invited_by")

    def get_readonly_fields(self, request, obj=None):
        return () if obj is None else self.get_fields(request, obj)

    @admin.display(description=gettext_lazy("for"))
    def purpose(self, invitation):
        return str(invitation.staff_group or invitation.grant or "")

    @admin.display(description=gettext_lazy("state"))
    def state(self, invitation):
        if invitation.accepted_at:
            return _("Accepted")
        if invitation.withdrawn_at:
            return _("Withdrawn")
        return _("Open") if invitation.is_open() else _("Expired")

    def has_add_permission(self, request):
        return request.user.has_perm("accounts.invite")

    def save_model(self, request, obj, form, change):
        """Send it, by the one action that sends invitations."""
        sent = invite(email=obj.email, name=obj.name, staff_group=obj.staff_group, by=request.user)
        obj.pk = sent.pk
