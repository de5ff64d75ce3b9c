"""What staff fill in for a step in the life of a membership: dates and names as people type them.

A form turns what was typed into a step of members/plans.py; nothing here does arithmetic on days.
Everything works without script: organisations are typed by name, and understood by any of their names.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import plans
from members.models import Category, Organisation
from publishing.lists import as_typed
from record.days import today
from record.forms import PartialDateField
from record.names import normalise
from record.periods import Basis

NEAR = 3  # names that are proposed for one that is not known
USUAL, UNTIL, NO_END = "usual", "until", "none"
AT_END, FROM_DAY = "end", "day"
AS_IT_IS = ("", gettext_lazy("As it is"))
WHY_LENGTH = 500


class NameInput(forms.TextInput):
    """A text field that proposes the names of those that are likely."""

    template_name = "admin/members/steps/name_input.html"
    names: list[str] = []

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        if self.names:
            context["names"] = self.names
            context["widget"]["attrs"]["list"] = f"{context['widget']['attrs']['id']}_names"
        return context


class OrganisationField(forms.CharField):
    """Any of an organisation's names in, the organisation out. The alliance is none of them."""

    widget = NameInput

    def __init__(self, **kwargs):
        super().__init__(max_length=200, **kwargs)
        self.widget.attrs |= {"class": "vTextField", "autocomplete": "off"}

    def clean(self, value):
        text = super().clean(value)
        return organisation_called(text) if text else None


class OrganisationsField(forms.CharField):
    """Names of organisations, one a line."""

    widget = forms.Textarea(attrs={"rows": 2, "class": "vLargeTextField"})

    def clean(self, value):
        lines = [line.strip() for line in super().clean(value).splitlines()]
        return tuple(dict.fromkeys(organisation_called(line) for line in lines if line))


def organisation_called(text: str) -> Organisation:
    """Return the organisation with this name, other name or slug.

    Raises ValidationError, with the names that come near, where there is none or more than one.
    """
    known = Organisation.objects.filter(is_alliance=False)
    words = normalise(text)
    exact = known.filter(Q(sort_name=words) | Q(aliases__normalised=words) | Q(slug=text.lower()))
    found = list(exact.distinct().by_name()[: NEAR + 1])
    if len(found) == 1:
        return found[0]
    shown = {"name": as_typed(text)}
    if found:
        shown["others"] = ", ".join(one.slug for one in found)
        sentence = _("Several are called '%(name)s'. Write the one that is meant: %(others)s.")
        raise ValidationError(sentence % shown)
    near = known.search_for(text).best_first()[:NEAR]
    shown["others"] = "; ".join(one.name for one in near)
    if shown["others"]:
        raise ValidationError(
            _("No organisation is called '%(name)s'. Is one of these meant? %(others)s.") % shown
        )
    raise ValidationError(
        _("No organisation is called '%(name)s'. Add it to the record first.") % shown
    )


class StepForm(forms.Form):
    """Base of the form of a step. `step` returns what was asked for, once the form is valid."""

    title = intro = button = done = ""
    why = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=WHY_LENGTH,
        help_text=gettext_lazy(
            "The reason for this step. It stands in the history, never in public."
        ),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )

    def __init__(self, data=None, *, chosen=frozenset()):
        super().__init__(data, label_suffix="")
        self.chosen = chosen
        self.prepare()
        names = None
        for name, field in self.fields.items():
            if isinstance(field.widget, NameInput):
                names = likely_names() if names is None else names
                field.widget.names = names
            if self.is_bound and name in self.errors:
                field.widget.attrs["aria-invalid"] = "true"

    def prepare(self):
        """Fill in what can be chosen, before anything is checked."""

    def step(self):
        """Return what was asked for; each form says which step of `members.plans` that is."""
        raise NotImplementedError

    def said_why(self) -> str:
        """Return what the history says about why."""
        return self.cleaned_data["why"] or str(self.done)


def likely_names() -> list[str]:
    """Return the names of those who sponsored before, and on whose behalf: one query."""
    likely = Organisation.objects.filter(
        Q(sponsored_memberships__isnull=False) | Q(memberships_on_behalf__isnull=False)
    )
    return list(dict.fromkeys(likely.by_name().values_list("name", flat=True)))[:50]


class TermFields(forms.Form):
    """How long it lasts. `term` returns None for what is usual."""

    length = forms.ChoiceField(
        label=gettext_lazy("How long"),
        help_text=gettext_lazy("As usual: a year if sponsored, otherwise without an end."),
        choices=[
            (USUAL, gettext_lazy("As usual")),
            ("6", gettext_lazy("Six months")),
            ("12", gettext_lazy("One year")),
            ("24", gettext_lazy("Two years")),
            ("36", gettext_lazy("Three years")),
            (UNTIL, gettext_lazy("Until the last day below")),
            (NO_END, gettext_lazy("Without an end")),
        ],
    )
    until = PartialDateField(
        label=gettext_lazy("Last day"),
        required=False,
        help_text=gettext_lazy("Included. Only where it is not one of the lengths above."),
    )

    def clean(self):
        cleaned = super().clean()
        length, until = cleaned.get("length"), cleaned.get("until")
        if length == UNTIL and not until and "until" not in self.errors:
            self.add_error("until", _("Write the last day."))
        if until and length not in (None, UNTIL):
            # Who writes a last day means it.
            if length in (USUAL, self.fields["length"].initial):
                cleaned["length"] = UNTIL
            else:
                self.add_error("until", _("Choose a length, or write a last day, not both."))
        return cleaned

    def term(self) -> plans.Term | None:
        length = self.cleaned_data["length"]
        if length == USUAL:
            return None
        if length == UNTIL:
            return plans.Term(until=self.cleaned_data["until"])
        return plans.NO_END if length == NO_END else plans.Term(months=int(length))


class AdmitForm(TermFields, StepForm):
    title = gettext_lazy("Admit")
    intro = gettext_lazy(
        "Each organisation becomes a member on the same first day. The last day of a year, or of "
        "another length, is worked out."
    )
    button = gettext_lazy("Admit")
    done = gettext_lazy("Admitted")
    category = forms.ChoiceField(label=gettext_lazy("Category"), choices=Category.choices)
    starts = PartialDateField(label=gettext_lazy("First day"))
    sponsor = OrganisationField(
        label=gettext_lazy("Sponsor"),
        required=False,
        help_text=gettext_lazy("By any of its names. Sponsored memberships only."),
    )
    on_behalf_of = OrganisationField(label=gettext_lazy("On behalf of"), required=False)
    helped_by = OrganisationsField(
        label=gettext_lazy("Who helped"), required=False, help_text=gettext_lazy("One name a line.")
    )
    source = forms.CharField(
        label=gettext_lazy("Source"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("The text or page that states it. Public."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    field_order = (
        "category", "starts", "length", "until", "sponsor", "on_behalf_of", "helped_by", "source",
        "why",
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        sponsored = cleaned.get("category") == Category.SPONSORED
        if sponsored and not cleaned.get("sponsor") and "sponsor" not in self.errors:
            self.add_error("sponsor", _("A sponsored membership needs its sponsor."))
        if cleaned.get("category") and not sponsored:
            for name in ("sponsor", "on_behalf_of"):
                if cleaned.get(name):
                    self.add_error(name, _("Only a sponsored membership has one: leave it empty."))
        return cleaned

    def step(self):
        facts = {name: self.cleaned_data[name] for name in ("category", "starts", "sponsor",
                 "on_behalf_of", "helped_by", "source")}  # fmt: skip
        return plans.Admit(**facts, term=self.term())


class RenewForm(TermFields, StepForm):
    title = gettext_lazy("Renew")
    intro = gettext_lazy(
        "The last membership of each goes on in its category, as a record of its own, from the day "
        "after its last day."
    )
    button = gettext_lazy("Renew")
    done = gettext_lazy("Renewed")
    starts = PartialDateField(
        label=gettext_lazy("First day"),
        required=False,
        help_text=gettext_lazy("Empty: the day after the last day of each."),
    )
    sponsor = OrganisationField(
        label=gettext_lazy("Another sponsor"),
        required=False,
        help_text=gettext_lazy("Empty: the sponsor stays, and so does on whose behalf it acts."),
    )
    on_behalf_of = OrganisationField(label=gettext_lazy("On behalf of"), required=False)
    field_order = ("starts", "length", "until", "sponsor", "on_behalf_of", "why")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        length = self.fields["length"]
        length.choices = [choice for choice in length.choices if choice[0] != USUAL]
        length.initial, length.help_text = "12", ""

    def step(self):
        facts = {name: self.cleaned_data[name] for name in ("starts", "sponsor", "on_behalf_of")}
        return plans.Renew(**facts, term=self.term())


class ConvertForm(StepForm):
    title = gettext_lazy("Convert to full")
    intro = gettext_lazy(
        "Each sponsored membership goes on as one that the organisation pays itself. The last day of "
        "the one and the first day of the other follow each other."
    )
    button = gettext_lazy("Convert")
    done = gettext_lazy("Converted")
    category = forms.ChoiceField(
        label=gettext_lazy("Goes on as"),
        choices=[
            (Category.FULL, gettext_lazy("Full member")),
            (Category.REGIONAL, gettext_lazy("Regional member")),
        ],
    )
    when = forms.ChoiceField(
        label=gettext_lazy("From when"),
        widget=forms.RadioSelect,
        initial=AT_END,
        choices=[
            (AT_END, gettext_lazy("From the day after the sponsored membership's last day")),
            (FROM_DAY, gettext_lazy("At once: from this first day")),
        ],
    )
    starts = PartialDateField(
        label=gettext_lazy("First day"),
        required=False,
        help_text=gettext_lazy("The sponsored membership then ends the day before."),
    )
    field_order = ("category", "when", "starts", "why")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts"].widget.attrs["placeholder"] = _("today")

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == AT_END and cleaned.get("starts"):
            self.add_error("starts", _("Choose 'At once' as well, or leave the first day empty."))
        return cleaned

    def step(self):
        starts = None
        if self.cleaned_data["when"] == FROM_DAY:
            starts = self.cleaned_data["starts"] or plans.PartialDate(today())
        return plans.ContinueAs(category=self.cleaned_data["category"], starts=starts)


class EndForm(StepForm):
    title = gettext_lazy("End")
    intro = gettext_lazy(
        "The membership of each ends with its last day, past or to come. What was announced to begin "
        "later does not begin. If the record is wrong, correct it instead."
    )
    button = gettext_lazy("End the membership")
    done = gettext_lazy("Ended")
    last_day = PartialDateField(
        label=gettext_lazy("Last day"),
        help_text=gettext_lazy("Included. For example 31 December 2026, or December 2026."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        help_text=gettext_lazy("In one line. It stands on the public page of the organisation."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )
    field_order = ("last_day", "reason", "why")

    def step(self):
        return plans.End(last_day=self.cleaned_data["last_day"], reason=self.cleaned_data["reason"])

    def said_why(self):
        return self.cleaned_data["why"] or self.cleaned_data["reason"]


class LapseForm(StepForm):
    title = gettext_lazy("Record as not continued")
    intro = gettext_lazy(
        "It is known that nothing follows the sponsored membership. Its last day stays as it is; the "
        "outcome is 'lapsed' from the day after."
    )
    button = gettext_lazy("Record as not continued")
    done = gettext_lazy("Not continued")

    def step(self):
        return plans.RecordLapse()


class CorrectForm(StepForm):
    title = gettext_lazy("Correct")
    intro = gettext_lazy(
        "For what was a mistake from the beginning. What is left empty stays as it is. The history "
        "keeps what the record said before. What is over gets an end instead."
    )
    button = gettext_lazy("Correct")
    done = gettext_lazy("Corrected")
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), choices=[AS_IT_IS, *Category.choices], required=False
    )
    starts = PartialDateField(label=gettext_lazy("First day"), required=False)
    start_basis = forms.ChoiceField(
        label=gettext_lazy("How the first day is known"),
        choices=[AS_IT_IS, *Basis.choices],
        required=False,
    )
    ends = PartialDateField(label=gettext_lazy("Last day"), required=False)
    open_end = forms.BooleanField(label=gettext_lazy("It has no end"), required=False)
    end_basis = forms.ChoiceField(
        label=gettext_lazy("How the last day is known"),
        choices=[AS_IT_IS, *Basis.choices],
        required=False,
    )
    sponsor = OrganisationField(label=gettext_lazy("Sponsor"), required=False)
    on_behalf_of = OrganisationField(label=gettext_lazy("On behalf of"), required=False)
    field_order = (
        "category", "starts", "start_basis", "ends", "open_end", "end_basis", "sponsor",
        "on_behalf_of", "why",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["why"].required = True

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("open_end") and cleaned.get("ends"):
            self.add_error("ends", _("Give a last day, or say that the end is open, not both."))
        return cleaned

    def step(self):
        facts = {name: value or None for name, value in self.cleaned_data.items() if name != "why"}
        facts["open_end"] = bool(facts["open_end"])
        return plans.Correct(**facts, chosen=self.chosen)


class TakeBackForm(StepForm):
    """Nothing to fill in but why; which step is meant, the address says."""

    title = gettext_lazy("Take back")
    intro = gettext_lazy(
        "What was done in one step is undone in one, where nothing followed. The history keeps both."
    )
    button = gettext_lazy("Take it back")
    done = gettext_lazy("Taken back")


FORMS: dict[str, type[StepForm]] = {
    "admit": AdmitForm,
    "renew": RenewForm,
    "convert": ConvertForm,
    "end": EndForm,
    "lapse": LapseForm,
    "correct": CorrectForm,
}
