"""How allauth behaves here: accounts come from invitations only, and what it says is in our words."""

from functools import partial

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import emails


class ClosedSignUp(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Mail address and password do not belong together."),
        "too_many_login_attempts": _("Too many failed attempts. Try again in a few minutes."),
        "incorrect_password": _("This is not the password of this account."),
        "enter_current_password": _("This is not the password of this account."),
        "incorrect_code": _("This code is not right, or it is too old."),
        "rate_limited": _("Too many attempts in a short time. Try again in a few minutes."),
    }

    def is_open_for_signup(self, request) -> bool:  # noqa: ARG002  allauth's signature
        return False

    def send_password_reset_mail(self, user, email, context) -> None:  # noqa: ARG002  the task makes it
        _later(emails.send_password_reset, user.pk)

    def send_notification_mail(self, template_prefix, user, context=None, email=None) -> None:  # noqa: ARG002  the account's address
        notice = template_prefix.rpartition("/")[2]
        _later(emails.send_notice, notice, user.pk, timezone.now().isoformat())

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:  # noqa: ARG002  the task makes it
        """Send what is to nobody's account; allauth has no other such mail that can happen here.

        Raises NotImplementedError for any other, so that an upgrade which adds one fails loudly.
        """
        if template_prefix != "account/email/unknown_account":
            raise NotImplementedError(template_prefix)
        _later(emails.send_no_account, email)

    def get_password_change_redirect_url(self, request) -> str:  # noqa: ARG002  allauth's signature
        return reverse("desk")


class SecondFactor(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is not right, or it is too old. Write the one that the app shows now."
        ),
        "cannot_delete_authenticator": _("The second factor of this account cannot be removed."),
        "cannot_generate_recovery_codes": _("Set up a second factor first."),
    }

    def build_totp_svg(self, url: str) -> str:
        """Return the square to scan as a drawing that stands in a page: no file of its own."""
        return super().build_totp_svg(url).partition("?>")[2].strip()


def _later(task, *what) -> None:
    """Leave a mail to the worker, once the transaction is through: no answer waits for a mail
    server, and how long it takes does not tell whether an account exists.
    """
    transaction.on_commit(partial(task.enqueue, *what))
