"""How allauth behaves here: accounts come from invitations only, and mails speak our words."""

from allauth.account.adapter import DefaultAccountAdapter
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ClosedSignUp(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _("Mail address and password do not belong together."),
        "too_many_login_attempts": _("Too many failed attempts. Try again in a few minutes."),
        "incorrect_password": _("This is not your password."),
        "enter_current_password": _("Write the password you have now."),
        "incorrect_code": _("This code is not right, or it is too old."),
        "rate_limited": _("Too many attempts in a short time. Try again in a few minutes."),
    }

    def is_open_for_signup(self, request) -> bool:  # noqa: ARG002  allauth's signature
        return False

    def format_email_subject(self, subject: str) -> str:
        """Leave the subject as its template says: it names the site itself."""
        return str(subject)

    def get_password_change_redirect_url(self, request) -> str:  # noqa: ARG002  allauth's signature
        return reverse("desk")
