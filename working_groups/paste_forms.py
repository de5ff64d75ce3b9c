"""The two forms of a pasted list: the text, and what is chosen for each name in it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Organisation
from record.days import PartialDate, today
from record.fetching import for_page
from record.forms import PartialDateField
from working_groups import pasted as lists
from working_groups.keeping_forms import RECENT_ACTIVITIES
from working_groups.kept_form import NEW, described
from working_groups.models import Activity, GuestAppearance, OpenList, Participation

PASTED_KINDS = ("guest", "participant")
LEAVE_OUT = "leave"


class PasteForm(forms.Form):
    """A text with names, and when, where it tells of guests also at which activity."""

    use_required_attribute = False

    text = forms.CharField(
        label=gettext_lazy("Names"), max_length=lists.LONGEST,
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("A sentence or a column. Commas, semicolons or lines between names."),
        error_messages={
            "required": gettext_lazy("Paste the names."),
            "max_length": gettext_lazy("That is too long: paste it in parts of up to %(limit_value)d letters."),
        },
    )  # fmt: skip
    activity = forms.ModelChoiceField(
        label=gettext_lazy("Guests at"), queryset=Activity.objects.none(), required=False,
        empty_label=gettext_lazy("no activity: guests of the group"),
    )  # fmt: skip
    day = PartialDateField(required=False)

    def __init__(self, *args, group, kind, **kwargs):
        super().__init__(*args, **kwargs)
        self.group, self.kind = group, kind
        self.initial.setdefault("day", PartialDate(today()))
        if kind == "participant":
            del self.fields["activity"]
            self.fields["day"].label = _("Take part since")
            self.fields["day"].required = True
            return
        self.fields["day"].label = _("Day")
        self.fields["day"].help_text = _("Where no activity is chosen. A month or a year will do.")
        recent = group.activities.filter(starts_on__lte=today()).order_by("-starts_on", "-pk")
        keys = list(recent.values_list("pk", flat=True)[:RECENT_ACTIVITIES])
        self.fields["activity"].queryset = for_page(group.activities.filter(pk__in=keys).for_list())
        self.fields["activity"].label_from_instance = lambda row: (
            f"{row.title}, {row.day_in_words()}"
        )

    def clean(self):
        cleaned = super().clean()
        activity = cleaned.get("activity")
        if activity:
            self.errors.pop("day", None)
            cleaned["day"] = activity.day
        elif "day" not in self.errors and not cleaned.get("day"):
            self.add_error("day", _("Say on which day, or at which activity."))
        if not self.errors:
            self.pasted = lists.read(cleaned["text"])
            if not self.pasted.names:
                self.add_error("text", _("No name was found in this text."))
        return cleaned

    @property
    def list_name(self) -> str:
        return OpenList.What.GUESTS if self.kind == "guest" else OpenList.What.JOINED

    def row_for(self, organisation: Organisation):
        """Return the row that puts an organisation into the record, not saved yet."""
        day = self.cleaned_data["day"]
        if self.kind == "participant":
            return Participation(group=self.group, organisation=organisation).set_days(day)
        activity = self.cleaned_data.get("activity")
        row = GuestAppearance(
            organisation=organisation, activity=activity, group=None if activity else self.group
        )
        row.day = day
        return row

    def is_there(self, organisation: Organisation) -> bool:
        """Whether the record has it already: in the group on that day, or guest at the same thing."""
        day = self.cleaned_data["day"]
        if self.kind == "participant":
            same = self.group.participations.filter(organisation=organisation)
            return same.filter(during__endswith__gt=day.first_day).exists() or (
                same.filter(during__upper_inf=True).exists()
            )
        activity = self.cleaned_data.get("activity")
        same = GuestAppearance.objects.filter(organisation=organisation, person=None)
        where = (
            {"activity": activity} if activity else {"group": self.group, "day_on": day.first_day}
        )
        return same.filter(**where).exists()


class ProposalsForm(forms.Form):
    """For each name of a pasted list: whom it means, new, or left out."""

    def __init__(self, *args, pasted: lists.Pasted, **kwargs):
        super().__init__(*args, **kwargs)
        self.proposals = lists.proposals(pasted.names)
        for one in self.proposals:
            self.fields[f"who_{one.number}"] = self._field(one.meant)

    def _field(self, meant):
        if meant.known:
            choices = [(str(meant.known.pk), described(meant.known, _("On record.")))]
        else:
            choices = [(str(one.organisation.pk), described(one.organisation, one.why))
                       for one in meant.maybe]  # fmt: skip
            choices.append((NEW, _("New in the record, as '%(name)s'") % {"name": meant.typed}))
        return forms.ChoiceField(
            label=meant.typed,
            choices=[*choices, (LEAVE_OUT, _("Leave out"))],
            initial=choices[0][0] if meant.known or not meant.maybe else None,
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose who '%(name)s' is.") % {"name": meant.typed}},
        )

    @property
    def certain(self):
        """The fields of names that are known, with those that are not after them."""
        return [self[f"who_{one.number}"] for one in self.proposals if one.meant.known]

    @property
    def near(self):
        return [self[f"who_{one.number}"] for one in self.proposals
                if not one.meant.known and one.meant.maybe]  # fmt: skip

    @property
    def unknown(self):
        return [self[f"who_{one.number}"] for one in self.proposals
                if not one.meant.known and not one.meant.maybe]  # fmt: skip

    def choices_made(self) -> list[tuple[str, str]]:
        """Return (name as typed, key or NEW) for all that are not left out, each organisation once."""
        made, seen = [], set()
        for one in self.proposals:
            choice = self.cleaned_data[f"who_{one.number}"]
            if choice == LEAVE_OUT or (choice != NEW and choice in seen):
                continue
            seen.add(choice)
            made.append((one.meant.typed, choice))
        return made
