"""The forms of the desk of an organisation and of its network's coordinator."""

import json

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import profile_fields
from members.models import Alias, Figure, Organisation
from publishing.models import Picture
from publishing.pictures import checked_picture
from publishing.widgets import RichTextWidget
from record.days import PartialDate, today
from record.forms import PartialDateField
from record.names import normalise

MOST_NAMES = 12  # of one kind
NUMBER = ("qualifier", "value", "unit", "true_on")
KEPT = "members.logo"  # what the signature of a kept upload is for


def _lines(rows: int = 2):
    return forms.Textarea({"rows": rows})


class NamesField(forms.CharField):
    """Names, one a line; the value is a sorted list without repetitions."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=_lines(), **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value):
        text = super().clean(value)
        names = sorted({" ".join(line.split()) for line in text.splitlines() if line.strip()})
        if len(names) > MOST_NAMES:
            raise ValidationError(_("These are too many: write the %(most)d that people use.")
                                  % {"most": MOST_NAMES})  # fmt: skip
        limit = Alias._meta.get_field("name").max_length
        for name in names:
            if len(name) > limit:
                raise ValidationError(
                    _("'%(name)s …' is too long for a name.") % {"name": name[:40]}
                )
            if not normalise(name):
                raise ValidationError(_("'%(name)s' has no letter in it.") % {"name": name})
        return names


class ProfileForm(forms.Form):
    """What a representative, or the coordinator of a network, may change in a profile.

    `values()` are the fields of members/profile_fields.py. `opened_with` are the marks of what the
    form first showed.
    """

    use_required_attribute = False

    summary = forms.CharField(
        label=gettext_lazy("Summary"), max_length=300, required=False, widget=_lines(),
        help_text=gettext_lazy("One sentence. It stands in lists, and first on your page."),
    )  # fmt: skip
    description = forms.CharField(
        label=gettext_lazy("Description"), required=False, max_length=40_000,
        widget=RichTextWidget({"rows": 10}),
        help_text=gettext_lazy("What you do, for whom, and what you want from the network."),
    )  # fmt: skip
    logo = forms.FileField(
        label=gettext_lazy("New logo"), required=False,
        widget=forms.FileInput({"accept": "image/png,image/jpeg,image/webp,image/gif"}),
        help_text=gettext_lazy("PNG, JPEG, WebP or GIF, up to 8 MB. It is shown whole, never cut."),
    )  # fmt: skip
    no_logo = forms.BooleanField(
        label=gettext_lazy("Show no logo"), required=False,
        help_text=gettext_lazy("Your initials stand there instead."),
    )  # fmt: skip
    website = forms.URLField(
        label=gettext_lazy("Website"), required=False, max_length=200, assume_scheme="https"
    )
    city = forms.CharField(label=gettext_lazy("City"), required=False, max_length=100)
    founded = PartialDateField(label=gettext_lazy("Founded"), required=False)
    qualifier = forms.ChoiceField(
        label=gettext_lazy("How exactly"), choices=Figure.Qualifier.choices, required=False
    )
    value = forms.DecimalField(
        label=gettext_lazy("How many members you represent"), required=False, min_value=0,
        max_digits=14, decimal_places=2, widget=forms.TextInput({"inputmode": "decimal", "size": 12}),
    )  # fmt: skip
    unit = forms.CharField(
        label=gettext_lazy("Of what"), required=False, max_length=40,
        help_text=gettext_lazy("companies, universities, members …"),
    )  # fmt: skip
    true_on = PartialDateField(
        label=gettext_lazy("True on"), required=False,
        help_text=gettext_lazy(
            "The day, month or year for which you counted. It is shown beside the number."
        ),
    )  # fmt: skip
    native = NamesField(
        label=gettext_lazy("Name in its own language"), help_text=gettext_lazy("One a line.")
    )
    acronym = NamesField(label=gettext_lazy("Acronyms"), help_text=gettext_lazy("One a line."))
    former = NamesField(label=gettext_lazy("Former names"), help_text=gettext_lazy("One a line."))

    def __init__(self, data=None, files=None, *, organisation: Organisation, begin: dict):
        """`begin` are the values that the form shows first."""
        self.organisation = organisation
        self.now = profile_fields.read(organisation)
        self.kept = _kept(data)
        if data is None and begin["logo"] != self.now["logo"]:
            self.kept = Picture.objects.filter(pk=begin["logo"]).first()
        self.begin = begin
        super().__init__(data, files, initial=self._initial(begin))
        self.opened_with = _marks(data) if data is not None else profile_fields.marks(self.now)

    def _initial(self, begin):
        number = begin["represents"] or {}
        first = {name: begin[name] for name in begin if name not in {"represents", "logo"}}
        first["founded"] = PartialDate.parse(first["founded"]) if first["founded"] else None
        first |= {name: number.get(name, "") for name in NUMBER}
        first["true_on"] = PartialDate.parse(first["true_on"]) if first["true_on"] else None
        return first

    def clean_summary(self):
        return " ".join(self.cleaned_data["summary"].split())

    def clean_city(self):
        return " ".join(self.cleaned_data["city"].split())

    def clean_description(self):
        return profile_fields.same_text(self.cleaned_data["description"])

    def clean_logo(self):
        upload = self.cleaned_data["logo"]
        if not upload:
            return self.kept
        return Picture.objects.create(
            file=checked_picture(upload),
            alternative=_("Logo of %(name)s")[:200] % {"name": self.organisation.name[:180]},
        )

    def clean_founded(self):
        founded = self.cleaned_data["founded"]
        if founded and founded.first_day > today():
            raise ValidationError(_("This day is still to come."))
        return founded

    def clean(self):
        cleaned = super().clean()
        if not self.errors.keys() & set(NUMBER):
            self._check_number(cleaned)
        if not self.errors.keys() & set(profile_fields.KINDS):
            self._check_names(cleaned)
        self.kept = cleaned.get("logo") or self.kept
        return cleaned

    def _check_number(self, cleaned):
        number, stands = self._number(cleaned), self.now["represents"]
        if number == self.begin["represents"] or number == stands:
            return
        if number is None:
            self.add_error(
                "value", _("A number stays on record. Write the new one, or ask the office.")
            )
        elif not number["true_on"]:
            self.add_error("true_on", _("Write for which day, month or year it is true."))
        elif cleaned["true_on"].first_day > today():
            self.add_error("true_on", _("This day is still to come."))

    def _check_names(self, cleaned):
        """Say which names another organisation has, or which would stand there twice."""
        typed: dict[str, str] = {}
        for kind in profile_fields.KINDS:
            for name in cleaned[kind]:
                if normalise(name) in typed:
                    self.add_error(kind, _("'%(name)s' stands here twice.") % {"name": name})
                typed[normalise(name)] = kind
        on_record = Alias.objects.filter(normalised__in=typed).select_related("organisation")
        for other in on_record:
            kind, words = typed[other.normalised], {"name": other.name, "other": other.organisation}
            if other.organisation_id != self.organisation.pk:
                self.add_error(kind, _("'%(name)s' is on record as a name of %(other)s.") % words)
            elif other.kind not in profile_fields.KINDS:
                sentence = _("'%(name)s' is on record as it is printed elsewhere. Ask the office.")
                self.add_error(kind, sentence % words)

    def _number(self, cleaned):
        value = cleaned.get("value")
        if value is None:
            return None
        true_on = cleaned["true_on"]
        return {
            "qualifier": cleaned["qualifier"],
            "value": format(value.normalize(), "f"),
            "unit": " ".join(cleaned["unit"].split()),
            "true_on": true_on.isoformat() if true_on else "",
        }

    def values(self) -> dict:
        """Return what the profile shall say, by field, in the order in which it is shown."""
        cleaned = self.cleaned_data
        return {
            "summary": cleaned["summary"],
            "description": cleaned["description"],
            "city": cleaned["city"],
            "website": cleaned["website"],
            "founded": cleaned["founded"].isoformat() if cleaned["founded"] else "",
            "represents": self._number(cleaned),
            "logo": self._logo(cleaned),
            "native": cleaned["native"],
            "acronym": cleaned["acronym"],
            "former": cleaned["former"],
        }

    def _logo(self, cleaned):
        if cleaned["no_logo"] and not self.files.get("logo"):
            return None
        return cleaned["logo"].pk if cleaned["logo"] else self.begin["logo"]

    # What is kept from one answer to the next, so that nothing is lost where something is wrong.

    @property
    def kept_logo(self) -> str:
        """The picture that was uploaded and not sent on yet, as a hidden field holds it."""
        return signing.dumps(self.kept.pk, salt=KEPT) if self.kept else ""

    @property
    def opened_as(self) -> str:
        return json.dumps(self.opened_with)

    def take_over(self, names: list[str], now: dict) -> None:
        """Take note that these fields were shown as they stand now: sent again, they replace it."""
        self.opened_with |= profile_fields.marks({name: now[name] for name in names})


def _kept(data) -> Picture | None:
    try:
        key = signing.loads((data or {}).get("kept_logo", ""), salt=KEPT, max_age=86_400)
    except signing.BadSignature:
        return None
    return Picture.objects.filter(pk=key).first()


def _marks(data) -> dict[str, str]:
    """Return the marks that the form was opened with; none that can be read: everything is stale."""
    try:
        marks = json.loads(data.get("opened_with", ""))
    except ValueError:
        return {}
    return marks if isinstance(marks, dict) else {}


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"), max_length=500, widget=_lines(3),
        help_text=gettext_lazy("Whoever proposed it reads this in a mail."),
        error_messages={"required": gettext_lazy("Write a sentence: it is mailed as the reason.")},
    )  # fmt: skip
    use_required_attribute = False


class InviteForm(forms.Form):
    """Whom a representative invites to act for the organisation, too."""

    use_required_attribute = False

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150,
        error_messages={"required": gettext_lazy("Write the person's name.")},
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Mail address"),
        help_text=gettext_lazy("The invitation goes there. No page of the site shows it."),
        error_messages={"required": gettext_lazy("Write where the invitation shall go.")},
    )  # fmt: skip


class NoteForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What the office should know"), max_length=4000, widget=_lines(5),
        help_text=gettext_lazy(
            "Who joined, who left since when, who is missing, what is wrong in the list."
        ),
        error_messages={"required": gettext_lazy("Write what the office should know.")},
    )  # fmt: skip
    use_required_attribute = False
