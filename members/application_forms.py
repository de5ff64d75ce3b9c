"""The forms of an application: what an applicant types, step by step."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from accounts.open_forms import OpenForm, one_line
from members import applications
from members.models import Application, Category, Organisation
from publishing.models import ATTACHMENT_TYPES

LONGEST_TEXT = 10_000  # characters of a motivation or an answer
CHOOSE = ("", _("Choose …"))
# What can be asked for; a category that is not on record is nothing to ask for.
ASKED_FOR = [
    (Category.FULL, _("Full: a member without an end")),
    (Category.REGIONAL, _("Regional: a member for one region of a country")),
    (Category.SPONSORED, _("Sponsored: a member for a set time, paid for by a sponsor")),
]


class OrganisationForm(forms.ModelForm):
    """Step 1: which organisation it is."""

    class Meta:
        model = Application
        fields = [
            "name", "native_name", "acronym", "kind", "country", "city", "region", "website",
            "represents", "email",
        ]  # fmt: skip
        labels = {
            "name": _("Name of the organisation"),
            "kind": _("What kind of organisation it is"),
            "represents": _("How many companies it represents"),
            "email": _("Your mail address"),
        }
        help_texts = {
            "name": _("In English, as the organisation calls itself."),
            "native_name": _("Where it differs from the one above."),
            "region": _("Needed for a regional member. Otherwise leave it empty."),
            "represents": _("A number, as of today."),
            "email": _("The link to go on goes there, and every answer. It is not shown."),
        }
        error_messages = {
            "name": {"required": _("Write the name of the organisation.")},
            "country": {"required": _("Choose the country.")},
            "email": {
                "required": _("Write your mail address: without it you cannot come back."),
                "invalid": _("This is no mail address. It looks like name@example.org."),
            },
            "website": {
                "invalid": _("This is no address of a website. It looks like example.org.")
            },
            "represents": {"invalid": _("Write a whole number.")},
        }
        widgets = {
            "name": forms.TextInput(attrs={"autocomplete": "organization"}),
            "website": forms.TextInput(attrs={"autocomplete": "url", "inputmode": "url"}),
            "represents": forms.TextInput(attrs={"inputmode": "numeric", "size": 10}),
            "email": forms.EmailInput(attrs={"autocomplete": "email"}),
        }

    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label,
            choices=[CHOOSE, *Organisation.Kind.choices],
            error_messages={"required": _("Choose what comes nearest.")},
        )
        self.fields["country"] = forms.ChoiceField(
            label=_("Country"),
            choices=[CHOOSE, *countries],
            error_messages={"required": _("Choose the country.")},
        )

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def facts(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class BeginForm(OpenForm, OrganisationForm):
    """Step 1 on the public page: whoever fills it in has no link yet."""

    send_again = _("Nothing was kept. Press the button once more.")
    too_quick = _("That was quicker than anybody types. Look it over and press the button again.")

    class Meta(OrganisationForm.Meta):
        pass


class LinkForm(OpenForm):
    """The way back for somebody who has lost the mail with the link."""

    prefix = "link"
    send_again = too_quick = _("Nothing was sent. Press the button once more.")
    email = forms.EmailField(
        label=_("The mail address with which you began"),
        error_messages={
            "required": _("Write the mail address with which you began."),
            "invalid": _("This is no mail address. It looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class PersonForm(forms.Form):
    """One person of an application. A row in which nothing is typed is no person."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write the name.")},
    )  # fmt: skip
    function = forms.CharField(
        label=_("Function"), max_length=150, required=False,
        help_text=_("For example Managing director."),
    )  # fmt: skip
    email = forms.EmailField(
        label=_("Mail address"),
        error_messages={
            "required": _("Write the mail address."),
            "invalid": _("This is no mail address. It looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    agreed = forms.BooleanField(
        label=_(
            "This person agrees that the office keeps name, function and mail address for this "
            "application. None of it is published."
        ),
        error_messages={"required": _("Without this the person cannot be named here.")},
    )
    leave_out = forms.BooleanField(label=_("Leave this person out"), required=False)

    def __init__(self, *args, is_main: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_main = is_main
        self.empty_permitted = not is_main
        if is_main or not self.initial.get("name"):
            del self.fields["leave_out"]

    def clean_name(self):
        return one_line(self.cleaned_data["name"])

    def clean_function(self):
        return one_line(self.cleaned_data["function"])

    def has_changed(self):
        """Whether somebody is named here: a mere tick names nobody, nor does who is left out."""
        if "leave_out" in self.fields and self["leave_out"].value():
            return False
        values = [self[name].value() for name in ("name", "function", "email")]
        return self.is_main or any(str(value or "").strip() for value in values)


class PeopleFormSet(forms.BaseFormSet):
    """Step 2: the main contact and whoever else is named."""

    def get_form_kwargs(self, index):
        return super().get_form_kwargs(index) | {"is_main": index == 0}

    def clean(self):
        """Refuse the same mail address twice: the invitation would not know whom it is for."""
        seen = set()
        for form in self.forms:
            email = getattr(form, "cleaned_data", {}).get("email", "").casefold()
            if email and email in seen:
                form.add_error("email", _("Somebody above has this mail address already."))
            seen.add(email)

    def people(self) -> list[applications.Person]:
        rows = [form.cleaned_data for form in self.forms if form.has_changed()]
        return [applications.Person(row["name"], row["email"], row["function"]) for row in rows]


def people_forms(application: Application, data=None, *, more: bool = False) -> PeopleFormSet:
    """Return the rows of step 2: those that are named, and an empty one where there is room.

    `more` is for somebody who asked for another row.
    """
    named = [
        {"name": one.name, "function": one.function, "email": one.email, "agreed": True}
        for one in application.people.all()
    ]
    initial = named or [{"email": application.email}]
    empty = 1 if more and len(initial) < applications.MOST_PEOPLE else 0
    factory = forms.formset_factory(
        PersonForm,
        formset=PeopleFormSet,
        extra=empty,
        max_num=applications.MOST_PEOPLE,
        absolute_max=applications.MOST_PEOPLE,
    )
    return factory(data, initial=initial, prefix="people")


class SeveralFiles(forms.FileInput):
    allow_multiple_selected = True

    def __init__(self):
        super().__init__({"accept": ",".join(f".{ending}" for ending in ATTACHMENT_TYPES)})

    def value_from_datadict(self, data, files, name):  # noqa: ARG002  Django's signature
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.FileField):
    """Any number of files; each is checked by itself when it is kept."""

    widget = SeveralFiles

    def clean(self, value, initial=None):  # noqa: ARG002  Django's signature
        return value or []


class MotivationForm(forms.ModelForm):
    """Step 3: why, and documents. What is needed for sending is not asked for while it is a draft."""

    NEEDED = ("category", "motivation", "confirmed")
    use_required_attribute = False
    confirmed = forms.BooleanField(
        label=_("I may apply in the name of this organisation, and what stands here is true."),
        error_messages={"required": _("Tick this before you send it.")},
    )
    documents = FilesField(
        label=_("Add documents"),
        required=False,
        help_text=_(
            "For example the statutes or a list of members. PDF or office documents, each up to "
            "25 MB. You can choose several at once."
        ),
    )

    class Meta:
        model = Application
        fields = ["category", "motivation"]
        labels = {"motivation": _("Why the organisation wants to join")}
        help_texts = {
            "motivation": _("What it hopes for, and what it brings. A few sentences are enough.")
        }
        widgets = {"motivation": forms.Textarea(attrs={"rows": 8})}

    def __init__(self, *args, sending: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.sending = sending
        self.fields["category"] = forms.ChoiceField(
            label=_("Membership that you ask for"),
            choices=ASKED_FOR,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose the membership that you ask for.")},
        )
        motivation = self.fields["motivation"]
        motivation.required = True
        motivation.max_length = LONGEST_TEXT
        motivation.error_messages["required"] = _("Say why the organisation wants to join.")
        motivation.validators.append(_at_most)

    def full_clean(self):
        """Check; while it is a draft, nothing is missing yet."""
        for name in self.NEEDED:
            self.fields[name].required = self.sending
        super().full_clean()
        for name in self.NEEDED:
            self.fields[name].required = True

    def facts(self) -> dict:
        """Return what can be kept of what was typed, also where something else is wrong."""
        return {
            name: self.cleaned_data[name] for name in self.Meta.fields if name in self.cleaned_data
        }


class AnswerForm(forms.Form):
    """The answer to what the office asked back."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Your answer"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write the answer.")},
    )
    documents = FilesField(
        label=_("Add documents"),
        required=False,
        help_text=_("PDF or office documents, each up to 25 MB."),
    )


def _at_most(text: str):
    if len(text) > LONGEST_TEXT:
        raise ValidationError(
            _("This is longer than %(most)s characters: make it shorter."),
            params={"most": LONGEST_TEXT},
        )
