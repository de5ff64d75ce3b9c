"""Forms of the account pages: allauth's in our words, and what allauth does not have.

The settings ACCOUNT_FORMS and MFA_FORMS name those that stand in for allauth's.
"""

from textwrap import wrap

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User

EMAIL = _("Mail address")
PASSWORD, AGAIN = _("Password"), _("The same password again")
GOOD_PASSWORD = _("At least ten characters. A few words that only you put together are good.")


class InOurWords:
    """Mixin of an allauth form: `LABELS` and `HELP` of its fields, and no placeholders."""

    LABELS, HELP = {}, {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.LABELS.get(name, field.label)
            field.help_text = self.HELP.get(name, "")
            field.widget.attrs.pop("placeholder", None)


class TwoPasswords(InOurWords):
    """Mixin of a form that sets a password and asks for it again."""

    def clean(self):
        # Not allauth's own clean(), which says the same in other words.
        cleaned = forms.Form.clean(self)
        two = cleaned.get("password1"), cleaned.get("password2")
        if all(two) and two[0] != two[1]:
            self.add_error("password2", _("The two passwords differ."))
        return cleaned


class SignInForm(InOurWords, account.LoginForm):
    LABELS = {
        "login": EMAIL,
        "password": PASSWORD,
        "remember": _("Stay signed in on this device"),
    }


class AskForPasswordForm(InOurWords, account.ResetPasswordForm):
    LABELS = {"email": EMAIL}


class PasswordByLinkForm(TwoPasswords, account.ResetPasswordKeyForm):
    LABELS = {"password1": _("New password"), "password2": AGAIN}
    HELP = {"password1": GOOD_PASSWORD}


class ChangePasswordForm(TwoPasswords, account.ChangePasswordForm):
    LABELS = {
        "oldpassword": _("The password that you have now"),
        "password1": _("New password"),
        "password2": AGAIN,
    }
    HELP = {"password1": GOOD_PASSWORD}


class FirstPasswordForm(TwoPasswords, account.SetPasswordForm):
    LABELS = {"password1": PASSWORD, "password2": AGAIN}
    HELP = {"password1": GOOD_PASSWORD}


class ConfirmByPasswordForm(InOurWords, account.ReauthenticateForm):
    LABELS = {"password": PASSWORD}


class Code(InOurWords):
    """Mixin of a form that asks for a code: digits, which a phone offers as keys."""

    LABELS = {"code": _("Code")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class SignInByCodeForm(Code, mfa.AuthenticateForm):
    HELP = {"code": _("Six digits of the app, or the eight of a recovery code.")}


class ConfirmByCodeForm(Code, mfa.ReauthenticateForm):
    HELP = {"code": _("Six digits of the app, or the eight of a recovery code.")}


class FirstCodeForm(Code, ActivateTOTPForm):
    HELP = {"code": _("Six digits. The app shows new ones every half minute.")}

    @property
    def secret_in_groups(self) -> str:
        """The key as one can read and type it; apps leave the spaces out."""
        return " ".join(wrap(self.secret, 4))


class NewAccountForm(forms.Form):
    """Name and password of somebody who accepts an invitation. The mail address is given."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=PASSWORD,
        strip=False,
        help_text=GOOD_PASSWORD,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=AGAIN,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def __init__(self, *args, email: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean(self):
        cleaned = super().clean()
        password = cleaned.get("password")
        if not password:
            return cleaned
        if "again" in cleaned and password != cleaned["again"]:
            self.add_error("again", _("The two passwords differ."))
        try:
            account = User(email=self.email, name=cleaned.get("name", ""))
            password_validation.validate_password(password, account)
        except ValidationError as error:
            self.add_error("password", error)
        return cleaned
