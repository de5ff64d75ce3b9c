"""The forms of joining a group: for everybody, for a representative, and for the chair's answer."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from accounts.open_forms import OpenForm, one_line
from working_groups.keeping_forms import ParticipantForm
from working_groups.models import JoinRequest


class OpenJoinForm(OpenForm):
    """Anybody asks for an organisation."""

    use_required_attribute = False

    organisation_name = forms.CharField(label=gettext_lazy("Your organisation"), max_length=200)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")
    contact_name = forms.CharField(
        label=gettext_lazy("Your name"), max_length=150,
        widget=forms.TextInput({"autocomplete": "name"}),
    )  # fmt: skip
    contact_email = forms.EmailField(
        label=gettext_lazy("Your mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=gettext_lazy("The answer goes there. It is not shown in public."),
    )
    expert_name = forms.CharField(
        label=gettext_lazy("Whom would you send?"), max_length=150, required=False,
        help_text=gettext_lazy("The name of an expert. Empty if it is you, or not decided yet."),
    )  # fmt: skip
    message = forms.CharField(
        label=gettext_lazy("What would you bring, and what do you hope for?"), max_length=3000,
        required=False, widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", _("not said")), *countries]

    def clean(self):
        cleaned = super().clean()
        for name in ("organisation_name", "contact_name", "expert_name"):
            cleaned[name] = one_line(cleaned.get(name) or "")
        return cleaned

    def facts(self) -> dict:
        """Return what a request holds of it."""
        names = (
            "organisation_name", "country", "website", "contact_name", "contact_email",
            "expert_name", "message",
        )  # fmt: skip
        return {name: self.cleaned_data[name] for name in names}


class DeskJoinForm(forms.Form):
    """A representative asks for an organisation, and says whom it would send."""

    use_required_attribute = False

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("Organisation"), queryset=None, empty_label=None
    )
    expert_name = forms.CharField(
        label=gettext_lazy("Expert"), max_length=150,
        help_text=gettext_lazy("Whom your organisation would send. You may name yourself."),
        error_messages={"required": gettext_lazy("Say whom your organisation would send.")},
    )  # fmt: skip
    expertise = forms.CharField(
        label=gettext_lazy("What the expert knows"), max_length=200, required=False
    )
    message = forms.CharField(
        label=gettext_lazy("A word to the chair"), max_length=3000, required=False,
        widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip

    def __init__(self, *args, organisations, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations
        self.initial.setdefault("expert_name", user.name)

    def facts(self, user) -> dict:
        return self.cleaned_data | {
            "contact_name": user.name or user.email,
            "contact_email": user.email,
        }


class AcceptForm(ParticipantForm):
    """The chair looks at a request before it goes into the record: who it is, since when, whom it sends."""

    words = forms.CharField(
        label=gettext_lazy("A word with the mail"), max_length=2000, required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("How it goes on: the next meeting, whom to write to."),
    )  # fmt: skip

    def __init__(self, *args, request: JoinRequest, **kwargs):
        initial = {
            "organisation": str(request),
            "organisation_country": str(request.country),
            "person": request.expert_name
            or ("" if request.organisation_id else request.contact_name),
            "expertise": request.expertise,
        }
        super().__init__(*args, group=request.group, initial=initial, **kwargs)
        self.fields["person"].help_text = _("Whom it sends. Empty if nobody is named yet.")

    def fill(self, row, cleaned):
        """Take the place that the organisation has already, where it has one, and only add the expert."""
        organisation = self.the_organisation(cleaned)
        there = (
            self.group.participations.filter(organisation=organisation.pk, during__upper_inf=True)
            .select_related("organisation")
            .first()
        )
        if there is None:
            row.group, row.organisation = self.group, organisation
            self.fill_days(row, cleaned)
            there = row
        self.expert = self.the_person(cleaned)
        return there


class DeclineForm(forms.Form):
    use_required_attribute = False

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text=gettext_lazy("It is mailed to who asked. Say what would have to be different."),
        error_messages={"required": gettext_lazy("Write the reason: it goes to who asked.")},
    )  # fmt: skip
