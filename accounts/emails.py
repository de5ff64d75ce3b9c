"""What the accounts send, each as a task: an invitation, a way to a new password, a warning."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account import app_settings
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.tasks import task
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import mail
from accounts.models import Invitation, User

SECONDS_A_DAY = 86_400


@task
def send_invitation(invitation_id: int) -> None:
    """Mail an invitation's link. The token is made here, so that the mail has its only copy:
    neither the record nor the queue of tasks ever holds more than its hash.
    """
    invitation = Invitation.objects.filter(pk=invitation_id).first()
    if invitation is None or not invitation.is_open():
        return
    token = invitation.renew()
    invitation.save(update_fields=["token_hash"])
    address = settings.SITE_URL + reverse("open_invitation", args=[token])
    context = {"invitation": invitation, "grant": invitation.grant, "address": address}
    mail.build("accounts/invitation", context, to=invitation.email).send()


@task
def send_password_reset(user_id: int) -> None:
    """Mail the link to a new password. Its key, too, is made here and stands in the mail only."""
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        return
    token = app_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    key = {"uidb36": user_pk_to_url_str(user), "key": token}
    context = {
        "user": user,
        "address": settings.SITE_URL + reverse("account_reset_password_from_key", kwargs=key),
        "days": settings.PASSWORD_RESET_TIMEOUT // SECONDS_A_DAY,
    }
    mail.build("accounts/password_reset", context, to=user.email).send()


@task
def send_no_account(email: str) -> None:
    """Tell somebody who asked for a new password that nobody has an account with this address."""
    context = {"email": email, "address": _ask_for_password()}
    mail.build("accounts/no_account", context, to=email).send()


@dataclass(frozen=True)
class Notice:
    """What the holder of an account is told happened to it."""

    subject: str
    sentence: str


_CHANGED = Notice(_("Your password was changed"), _("The password of your account was changed."))
NOTICES = {  # by allauth's names
    "password_changed": _CHANGED,
    "password_reset": _CHANGED,
    "password_set": Notice(_("Your password was set"), _("A password was set for your account.")),
    "totp_activated": Notice(
        _("Second factor set up"), _("An authenticator app was set up for your account.")
    ),
    "totp_deactivated": Notice(
        _("Second factor removed"), _("The authenticator app was removed from your account.")
    ),
    "recovery_codes_generated": Notice(
        _("New recovery codes"), _("New recovery codes were made for your account.")
    ),
}


@task
def send_notice(name: str, user_id: int, at: str) -> None:
    """Tell the holder of an account what happened to it: a name in NOTICES, and when (ISO 8601)."""
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return
    context = {
        "notice": NOTICES[name],
        "user": user,
        "at": datetime.fromisoformat(at),
        "address": _ask_for_password(),
    }
    mail.build("accounts/notice", context, to=user.email).send()


def _ask_for_password() -> str:
    return settings.SITE_URL + reverse("account_reset_password")
