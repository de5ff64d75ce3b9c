"""Inviting people to what the record says they may do."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import InvitationError, invite


@admin.action(
    description=gettext_lazy("Invite this person"),
    description_plural=gettext_lazy("Invite these people"),
    permissions=["invite"],
    location=[admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM],
)
def invite_person(modeladmin, request, queryset):
    """Mail an invitation to the person of each chosen role or representation."""
    for grant in queryset.select_related("person__user"):
        person = grant.person
        if not person.email:
            text = _("%(person)s has no mail address on record: write it there first.")
            modeladmin.message_user(request, text % {"person": person}, messages.ERROR)
            continue
        try:
            invite(email=person.email, grant=grant, by=request.user)
        except InvitationError as error:
            modeladmin.message_user(request, f"{person}: {error}", messages.ERROR)
        else:
            text = _("An invitation is on its way to %(person)s.")
            modeladmin.message_user(request, text % {"person": person})


class Inviting:
    """Mixed into the admin of what an invitation can be bound to."""

    actions = (invite_person,)

    def has_invite_permission(self, request):
        return request.user.has_perm("accounts.invite")
