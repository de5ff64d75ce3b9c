"""The short forms in which those who lead a group keep its record, made for a phone in a corridor."""

import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import Audience, Publication
from publishing.rich_text import clean as clean_rich_text
from publishing.widgets import RichTextWidget
from record.days import PartialDate, Precision, today
from record.fetching import for_page
from record.forms import DayField, PartialDateField, TimeOfDayField
from record.names import normalise
from record.periods import Basis
from working_groups.kept_form import KeptForm, SuggestingInput
from working_groups.models import (
    Activity,
    Document,
    Expert,
    GuestAppearance,
    Initiative,
    Participation,
    WorkingGroup,
)
from working_groups.named import (
    free_slug,
)

RECENT_ACTIVITIES = 12
AUDIENCES = [
    (Audience.PUBLIC, gettext_lazy("Everybody")),
    (Audience.MEMBERS, gettext_lazy("People of members and of working groups")),
    (Audience.GROUP, gettext_lazy("This group only")),
]
# A position belongs to the app on the right and is reached by its reverse name.
Contribution = WorkingGroup._meta.get_field("contributions").related_model
Position = Contribution._meta.get_field("position").related_model


class ActivityForm(KeptForm):
    model = Activity
    title = gettext_lazy("An activity")

    kind = forms.ChoiceField(
        label=gettext_lazy("What"),
        choices=[(value, capfirst(label)) for value, label in Activity.Kind.choices],
    )
    name = forms.CharField(
        label=gettext_lazy("Title"), max_length=200, required=False,
        help_text=gettext_lazy("Empty: it is called 'Meeting of' and the group's name."),
    )  # fmt: skip
    day = PartialDateField(label=gettext_lazy("Day"))
    starts = TimeOfDayField(label=gettext_lazy("From"), required=False)
    ends = TimeOfDayField(label=gettext_lazy("To"), required=False, help_text=" ")
    where = forms.CharField(
        label=gettext_lazy("Where"), max_length=400, required=False,
        help_text=gettext_lazy("A place, or the link of an online meeting."),
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may see it"), choices=AUDIENCES, widget=forms.RadioSelect
    )
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("Only where it takes several days."),
    )  # fmt: skip
    link = forms.URLField(label=gettext_lazy("Online link"), required=False, assume_scheme="https")
    time_zone = forms.CharField(
        label=gettext_lazy("Time zone"), max_length=40, required=False,
        help_text=gettext_lazy("Empty for the site's. Otherwise as Europe/Helsinki."),
    )  # fmt: skip
    summary = forms.CharField(
        label=gettext_lazy("In one sentence"), max_length=300, required=False,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    minutes = forms.CharField(
        label=gettext_lazy("Minutes"), required=False, widget=RichTextWidget({"rows": 8})
    )
    minutes_audience = forms.ChoiceField(
        label=gettext_lazy("Who may read the minutes"), choices=AUDIENCES, widget=forms.RadioSelect
    )
    guests_complete = forms.BooleanField(
        label=gettext_lazy("The list of guests is complete"), required=False
    )
    called_off = forms.BooleanField(
        label=gettext_lazy("It is called off"), required=False,
        help_text=gettext_lazy("It stays on the page and in calendars, marked as called off."),
    )  # fmt: skip

    def only_when_changing(self):
        return (
            "last_day", "link", "time_zone", "summary", "minutes", "minutes_audience",
            "guests_complete", "called_off",
        )  # fmt: skip

    def defaults(self):
        return {
            "kind": Activity.Kind.MEETING,
            "day": PartialDate(today()),
            "audience": Audience.PUBLIC,
        }

    def from_row(self, row):
        return {
            "kind": row.kind, "name": row.title, "day": row.day, "starts": row.start_time,
            "ends": row.end_time, "where": row.place, "audience": row.audience,
            "last_day": row.ends_on, "link": row.online_link, "time_zone": row.time_zone,
            "summary": row.summary, "minutes": row.minutes,
            "minutes_audience": row.minutes_audience, "guests_complete": row.guests_complete,
            "called_off": row.called_off,
        }  # fmt: skip

    def clean(self):
        if not self.errors:
            day, last = self.cleaned_data["day"], self.cleaned_data.get("last_day")
            if self.cleaned_data.get("starts") and day.precision != Precision.DAY:
                self.add_error("day", _("A time needs an exact day: write the day too."))
            if self.cleaned_data.get("ends") and not self.cleaned_data.get("starts"):
                self.add_error("starts", _("Say when it starts too."))
            if last and last < day.first_day:
                self.add_error("last_day", _("The last day must not lie before the first."))
        return super().clean()

    def fill(self, row, cleaned):
        row.group = self.group
        row.kind, row.day, row.audience = cleaned["kind"], cleaned["day"], cleaned["audience"]
        row.start_time, row.end_time = cleaned["starts"], cleaned["ends"]
        row.title = cleaned["name"] or self._usual_title(row)
        if self._is_link(cleaned["where"]):
            row.online_link, row.place = cleaned["where"], ""
        else:
            row.place, row.in_person = cleaned["where"], bool(cleaned["where"])
        if row.pk:
            self._fill_the_rest(row, cleaned)
        row.slug = row.slug or free_slug(Activity, f"{row.title} {row.day.isoformat()}"[:80])

    def _fill_the_rest(self, row, cleaned):
        row.ends_on, row.time_zone = cleaned["last_day"], cleaned["time_zone"]
        row.summary, row.minutes = cleaned["summary"], clean_rich_text(cleaned["minutes"])
        row.minutes_audience = cleaned["minutes_audience"]
        row.guests_complete, row.called_off = cleaned["guests_complete"], cleaned["called_off"]
        if not self._is_link(cleaned["where"]):
            row.online_link = cleaned["link"]

    def _usual_title(self, row) -> str:
        names = {"what": capfirst(row.get_kind_display()), "group": self.group.name}
        return _("%(what)s of the group %(group)s") % names

    @staticmethod
    def _is_link(text: str) -> bool:
        try:
            URLValidator(schemes=["http", "https"])(text)
        except ValidationError:
            return False
        return True


class GuestForm(KeptForm):
    model = GuestAppearance
    title = gettext_lazy("A guest")
    another = gettext_lazy("Save and add another guest")

    organisation = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=200, required=False,
        widget=SuggestingInput("organisations"),
        help_text=gettext_lazy("The organisation, the person, or both."),
    )  # fmt: skip
    person = forms.CharField(
        label=gettext_lazy("Person"), max_length=150, required=False,
        widget=SuggestingInput("people"),
        help_text=gettext_lazy("The name is shown only where the person's consent is on record."),
    )  # fmt: skip
    activity = forms.ModelChoiceField(
        label=gettext_lazy("At"), queryset=Activity.objects.none(), required=False,
        empty_label=gettext_lazy("no activity: a guest of the group"),
    )  # fmt: skip
    day = PartialDateField(
        label=gettext_lazy("Day"), required=False,
        help_text=gettext_lazy("Empty: the day of the activity."),
    )  # fmt: skip

    def prepare(self):
        recent = self.group.activities.filter(starts_on__lte=today()).order_by("-starts_on", "-pk")
        keys = list(recent.values_list("pk", flat=True)[:RECENT_ACTIVITIES])
        keys += [key for key in (self.initial.get("activity"), self._asked_activity()) if key]
        field = self.fields["activity"]
        field.queryset = for_page(self.group.activities.filter(pk__in=keys).for_list())
        field.label_from_instance = lambda row: f"{row.title}, {row.day_in_words()}"
        self.ask_who()
        self.ask_which_person()

    def _asked_activity(self):
        text = self.data.get(self.add_prefix("activity"), "") if self.is_bound else ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else None

    def defaults(self):
        latest = (
            self.group.activities.filter(
                starts_on__lte=today(), starts_on__gte=today() - datetime.timedelta(days=14)
            )
            .order_by("-starts_on", "-pk")
            .first()
        )
        return {"activity": latest.pk if latest else None}

    def from_row(self, row):
        return {
            "organisation": row.organisation.name if row.organisation_id else "",
            "person": row.person.full_name if row.person_id else "",
            "activity": row.activity_id,
            "day": row.day,
        }

    def clean(self):
        if not self.errors:
            cleaned = self.cleaned_data
            if not (cleaned["organisation"] or cleaned["person"]):
                self.add_error("organisation", _("Say which organisation or person was the guest."))
            if not (cleaned["day"] or cleaned["activity"]):
                self.add_error("day", _("Say on which day, or at which activity."))
        return super().clean()

    def fill(self, row, cleaned):
        row.organisation = self.the_organisation(cleaned)
        row.person = self.the_person(cleaned)
        row.activity = cleaned["activity"]
        row.group = None if row.activity else self.group
        row.day = cleaned["day"] or row.activity.day


class ParticipantForm(KeptForm):
    model = Participation
    title = gettext_lazy("A participant")

    organisation = forms.CharField(
        label=gettext_lazy("Organisation"), max_length=200, widget=SuggestingInput("organisations")
    )
    starts = PartialDateField(label=gettext_lazy("Takes part since"))
    ends = PartialDateField(
        label=gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("Included. Empty while it takes part."),
    )  # fmt: skip
    person = forms.CharField(
        label=gettext_lazy("Expert"), max_length=150, required=False,
        widget=SuggestingInput("people"),
        help_text=gettext_lazy("Whom it sends. Further experts: open the participant again."),
    )  # fmt: skip
    expertise = forms.CharField(
        label=gettext_lazy("What the expert knows"), max_length=200, required=False
    )

    def only_when_changing(self):
        return ("ends",)

    def prepare(self):
        if self.row:
            self.fields["person"].label = _("A further expert")
            self.fields["person"].help_text = _("Whom it sends besides those on record.")
        self.ask_who()
        self.ask_which_person()

    def defaults(self):
        return {"starts": PartialDate(today())}

    def from_row(self, row):
        return {"organisation": row.organisation.name, "starts": row.starts, "ends": row.ends}

    def clean(self):
        if not self.errors and self.cleaned_data["expertise"] and not self.cleaned_data["person"]:
            self.add_error("person", _("Say who the expert is."))
        return super().clean()

    def fill(self, row, cleaned):
        row.group, row.organisation = self.group, self.the_organisation(cleaned)
        self.fill_days(row, cleaned)
        self.expert = self.the_person(cleaned)

    def fill_days(self, row, cleaned):
        _set_days(row, cleaned)

    def write_more(self, recorder):
        if self.row.ends:
            end_experts(self.row, recorder)
        if self.expert:
            add_expert(self.row, self.expert, self.cleaned_data["expertise"], recorder)


def add_expert(participation: Participation, person, expertise: str, recorder) -> Expert | None:
    """Send somebody to the group from today on, or from the first day where that lies ahead; None
    where the person is there already.
    """
    if participation.experts.on().filter(person=person).exists():
        return None
    starts = participation.starts if participation.starts_on >= today() else PartialDate(today())
    if participation.has_ended():
        starts = participation.starts
    expert = Expert(participation=participation, person=person, expertise=expertise)
    expert.set_days(starts, participation.ends)
    return recorder.save(expert)


def end_experts(participation: Participation, recorder):
    """Let those who are sent end with what they are sent to. Who would begin later never does."""
    for expert in participation.experts.all():
        if expert.starts_on >= participation.during.upper:
            recorder.delete(expert)
        elif expert.during.upper is None or expert.during.upper > participation.during.upper:
            expert.set_days(expert.starts, participation.ends, start_basis=expert.start_basis)
            recorder.save(expert)


class InitiativeForm(KeptForm):
    model = Initiative
    title = gettext_lazy("An initiative")

    name = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    description = forms.CharField(
        label=gettext_lazy("In a sentence or two"), required=False,
        widget=forms.Textarea({"rows": 3}), max_length=2000,
    )  # fmt: skip
    starts = PartialDateField(label=gettext_lazy("Since"))
    ends = PartialDateField(
        label=gettext_lazy("Last day"), required=False,
        help_text=gettext_lazy("Included. Empty while it runs."),
    )  # fmt: skip
    website = forms.URLField(label=gettext_lazy("Website"), required=False, assume_scheme="https")

    def only_when_changing(self):
        return ("ends",)

    def defaults(self):
        return {"starts": PartialDate(today())}

    def from_row(self, row):
        return {
            "name": row.title, "description": row.description, "starts": row.starts,
            "ends": row.ends, "website": row.website,
        }  # fmt: skip

    def fill(self, row, cleaned):
        row.group, row.title = self.group, cleaned["name"]
        row.description, row.website = cleaned["description"], cleaned["website"]
        _set_days(row, cleaned)


def _set_days(row, cleaned: dict):
    """Set a period; how well its start was known stays as it was where the day does."""
    same = row.during and row.starts == cleaned["starts"]
    row.set_days(
        cleaned["starts"],
        cleaned.get("ends"),
        start_basis=row.start_basis if same else Basis.STATED,
    )


class ContributionForm(KeptForm):
    model = Contribution
    title = gettext_lazy("A contribution to a position")

    position = forms.CharField(
        label=gettext_lazy("Position"), max_length=300, widget=SuggestingInput("positions"),
        help_text=gettext_lazy("Its title. The office publishes positions; what is out can be named."),
    )  # fmt: skip
    year = forms.IntegerField(
        label=gettext_lazy("Year of the contribution"), min_value=1990, max_value=2199
    )
    led = forms.BooleanField(label=gettext_lazy("The group led the work on it"), required=False)

    def defaults(self):
        return {"year": today().year}

    def from_row(self, row):
        return {"position": row.position.title, "year": row.year, "led": row.led}

    def clean_position(self):
        """Return the published position that a title, or most of it, means."""
        typed = self.cleaned_data["position"]
        found = positions_meant(typed)
        same = [row for row in found if normalise(row.title) == normalise(typed)]
        if len(same or found) == 1:
            return (same or found)[0]
        if not found:
            raise ValidationError(
                _("No published position is called '%(typed)s'. Write some words of its title."),
                params={"typed": typed},
            )
        titles = ", ".join(f"'{row.title}'" for row in found[:3])
        raise ValidationError(
            _("Several positions have that in their titles: %(titles)s. Write one title whole."),
            params={"titles": titles},
        )

    def fill(self, row, cleaned):
        row.group, row.position = self.group, cleaned["position"]
        row.year, row.led = cleaned["year"], cleaned["led"]


def positions_meant(typed: str) -> list:
    """Return the published positions that have these words in their titles, the newest first."""
    words = normalise(typed)
    if len(words) < 2:
        return []
    rows = Position.objects.public().defer("body", "search").order_by("-sort_day", "-pk")
    rows = rows.filter(pk__in=Publication.objects.public().values("pk"))
    found = []
    for word in typed.split():
        rows = rows.filter(title__icontains=word)
    for row in for_page(rows[:20]):
        if normalise(row.title) == words:
            return [row]
        found.append(row)
    return found


class DocumentForm(KeptForm):
    model = Document
    title = gettext_lazy("A document")

    name = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    file = forms.FileField(label=gettext_lazy("File"))
    activity = forms.ModelChoiceField(
        label=gettext_lazy("Belongs to"), queryset=Activity.objects.none(), required=False,
        empty_label=gettext_lazy("no activity: the group as such"),
    )  # fmt: skip
    audience = forms.ChoiceField(
        label=gettext_lazy("Who may read it"), choices=AUDIENCES, widget=forms.RadioSelect
    )

    def prepare(self):
        field = self.fields["activity"]
        recent = self.group.activities.order_by("-starts_on", "-pk").values("pk")
        keys = [row["pk"] for row in recent[: 2 * RECENT_ACTIVITIES]]
        keys += [self.initial["activity"]] if self.initial.get("activity") else []
        field.queryset = for_page(self.group.activities.filter(pk__in=keys).for_list())
        field.label_from_instance = lambda row: f"{row.title}, {row.day_in_words()}"
        if self.row:
            self.fields["file"].required = False
            self.fields["file"].help_text = _("Choose one to replace it.")

    def defaults(self):
        return {"audience": Audience.GROUP}

    def from_row(self, row):
        return {"name": row.title, "activity": row.activity_id, "audience": row.audience}

    def fill(self, row, cleaned):
        row.group, row.title, row.activity = self.group, cleaned["name"], cleaned["activity"]
        row.audience = cleaned["audience"]
        if cleaned["file"]:
            row.file = cleaned["file"]


FORMS = {
    "activity": ActivityForm,
    "guest": GuestForm,
    "participant": ParticipantForm,
    "initiative": InitiativeForm,
    "contribution": ContributionForm,
    "document": DocumentForm,
}
