"""Sign-in, and the pages of an invitation; the rest of /accounts/ is allauth's in our templates."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth import login, logout
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from accounts import actions
from accounts.forms import NewAccountForm
from accounts.models import Invitation, User

IN_SESSION = "invitation"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def framed(view):
    """Return one of allauth's views without its `site`, which would hide the one that the frame of
    every page prints. What it answers is for one person: no cache keeps it.
    """

    @never_cache
    @wraps(view)
    def in_our_frame(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if getattr(response, "context_data", None):
            response.context_data.pop("site", None)
        return response

    return in_our_frame


@never_cache
@require_GET
def open_invitation(request, token):
    """Take the mailed link and lead on to an address without the token.

    So the token stands in no Referer, no log of errors and no browser tab that is left open; the
    session holds its hash, as the record does.
    """
    request.session[IN_SESSION] = Invitation.hash(token)
    return redirect("invitation")


@never_cache
def invitation(request):
    """Show what the invitation is for and accept it: with a new account, or with the one signed in."""
    found = Invitation.objects.filter(token_hash=request.session.get(IN_SESSION, "")).first()
    reason = actions.why_closed(found)
    if reason:
        return render(request, "accounts/invitation_closed.html", {"reason": reason}, status=410)
    if request.user.is_authenticated:
        return _accept_as_oneself(request, found)
    if User.objects.filter(email__iexact=found.email).exists():
        return render(request, "accounts/invitation_sign_in.html", _about(found))
    return _accept_with_new_account(request, found)


def _accept_as_oneself(request, found):
    other = request.user.email.casefold() != found.email.casefold()
    if request.method == "POST" and other:
        return _change_accounts(request)
    if request.method == "POST":
        try:
            actions.accept(found, user=request.user)
        except actions.InvitationError as error:
            return _refused(request, error)
        return _welcome(request)
    return render(request, "accounts/invitation_accept.html", _about(found) | {"other": other})


def _change_accounts(request):
    """Sign out, and go on with the same invitation."""
    token_hash = request.session[IN_SESSION]
    logout(request)
    request.session[IN_SESSION] = token_hash
    return redirect("invitation")


def _accept_with_new_account(request, found):
    form = NewAccountForm(request.POST or None, email=found.email, initial={"name": found.name})
    if request.method == "POST" and form.is_valid():
        try:
            user = actions.accept_with_new_account(
                found, name=form.cleaned_data["name"], password=form.cleaned_data["password"]
            )
        except actions.InvitationError as error:
            return _refused(request, error)
        login(request, user, backend=BACKEND)
        return _welcome(request)
    return render(request, "accounts/invitation.html", _about(found) | {"form": form})


def _about(found):
    return {"invitation": found, "grant": found.grant, "staff_group": found.staff_group}


def _refused(request, error):
    context = {"reason": str(error)}
    return render(request, "accounts/invitation_closed.html", context, status=409)


def _welcome(request):
    request.session.pop(IN_SESSION, None)
    messages.success(request, _("Welcome. This is your desk."))
    return redirect("desk")
