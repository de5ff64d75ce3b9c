"""What visitors may type: a search, a message to the office."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.open_forms import OpenForm, one_line
from alliance_portal.models import ContactMessage

LONGEST_SEARCH = 200  # characters


class ContactForm(OpenForm, forms.ModelForm):
    """A message to the office."""

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

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean_subject(self):
        return one_line(self.cleaned_data["subject"])


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
