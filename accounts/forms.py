"""Forms of the account pages: allauth's sign-in in our words, and what allauth does not have."""

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignInForm(LoginForm):
    """Allauth's form with labels instead of placeholders."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        labels = {
            "login": _("Mail address"),
            "password": _("Password"),
            "remember": _("Stay signed in on this device"),
        }
        for name, label in labels.items():
            self.fields[name].label = label
            self.fields[name].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""  # the link stands beside the button


class NewAccountForm(forms.Form):
    """Name and password of somebody who accepts an invitation. The mail address is given."""

    name = forms.CharField(
        label=_("Your name"), max_length=150, widget=forms.TextInput({"autocomplete": "name"})
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("At least ten characters. A few words that only you put together are good."),
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password again"),
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
