"""The doors of the desk and of the admin: who is let in, and where the others are led."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.permissions import may_enter_admin


def desk_page(view):
    """A page behind the sign-in: strangers are led there and back; no cache keeps it."""
    return wraps(view)(never_cache(login_required(view)))


@never_cache
def admin_door(request, extra_context=None):  # noqa: ARG001 the admin's signature
    """Stand where the admin would ask for a password: lead to sign-in or to the second factor.

    The admin site's `login` is this view.
    """
    there = request.GET.get("next") or request.path
    if not request.user.is_authenticated:
        return redirect_to_login(there)
    if may_enter_admin(request.user):
        return redirect("admin:index")
    if not request.user.is_staff:
        raise PermissionDenied
    messages.warning(
        request, _("Set up a second factor first: the administration asks for one from staff.")
    )
    return redirect("mfa_activate_totp")
