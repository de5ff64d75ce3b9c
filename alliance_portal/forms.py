"""What visitors may type: a search, a message to the office."""

import time

from django import forms
from django.core import signing
from django.utils.translation import gettext_lazy as _

from alliance_portal.models import ContactMessage

LONGEST_SEARCH = 200  # characters
FASTEST = 3  # seconds in which nobody fills in the contact form by hand
SALT = "alliance_portal.contact"


class ContactForm(forms.ModelForm):
    """A message to the office.

    The page with the form is the same for everybody, so it carries no token. Two things that
    people do not notice keep programs away: a field that must stay empty, and the signed time at
    which the form was made. Both only ask to send again; nothing that was typed is lost.
    """

    # Not shown and not read out. Its name says nothing that a browser fills in by itself.
    leave_empty = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    begun = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = ContactMessage
        fields = ["name", "email", "subject", "message"]
        labels = {
            "name": _("Your name"),
            "email": _("Your mail address"),
            "subject": _("Subject"),
            "message": _("Message"),
        }
        help_texts = {"email": _("The answer goes there. It is not shown to anybody else.")}
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
            "message": forms.Textarea(attrs={"rows": 10}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["begun"] = stamp()

    def clean_name(self):
        return _one_line(self.cleaned_data["name"])

    def clean_subject(self):
        return _one_line(self.cleaned_data["subject"])

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("leave_empty"):
            self._ask_again("leave_empty", "", _("The message was not sent. Send it again."))
        elif not was_begun(cleaned.get("begun", "")):
            message = _("That was quicker than anybody types. Look over the message and send it.")
            self._ask_again("begun", stamp(), message)
        return cleaned

    def _ask_again(self, name: str, value: str, sentence: str):
        """Refuse, and make the form that is shown again ready to be sent by a person."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value
        self.add_error(None, sentence)


class SearchForm(forms.Form):
    """What is looked for, and among what."""

    q = forms.CharField(
        label=_("Search for"),
        required=False,
        max_length=LONGEST_SEARCH,
        error_messages={
            "max_length": _(
                "That is too long to search for. Use a few words, up to %(limit_value)d letters."
            ),
            "null_characters_not_allowed": _(
                "That has characters in it that nobody can type. Use words."
            ),
        },
    )


def stamp() -> str:
    """Return the time as a form carries it: signed, in seconds."""
    return signing.dumps(int(time.time()), salt=SALT)


def was_begun(stamped: str) -> bool:
    """Whether a form was made here, and long enough ago for a person to fill it in.

    There is no latest time: a page may wait in a browser for days.
    """
    try:
        return signing.loads(stamped, salt=SALT) <= time.time() - FASTEST
    except signing.BadSignature:
        return False


def _one_line(text: str) -> str:
    return " ".join(text.split())
