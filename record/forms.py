"""Form fields for days and times as people type them, and the form for periods."""

from django import forms
from django.core.exceptions import ValidationError
from django.forms import Script
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from record.days import (
    NO_BREAK,
    PartialDate,
    in_words,
    instant,
    moment_in_words,
    parse_day,
    parse_moment,
    parse_time,
)
from record.periods import Basis, EndBasis

PERIOD_FIELDS = ("during", "start_precision", "end_precision", "end_basis")


class TypedDateInput(forms.TextInput):
    """A date as people type it, with what was understood beside it where that differs.

    The words come from the parser that also reads the form: with the page, and where script runs
    from its address (static/js/dates.js) when the field is left.
    """

    template_name = "record/typed_date.html"

    class Media:
        js = (Script("js/dates.js", type="module"),)

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["data-read-date"] = reverse("read_date")
        context["widget"]["read"] = read_back(context["widget"]["value"] or "")
        return context


def read_back(text: str) -> str:
    """Return how a typed date is understood, '' where the text says it already or is none."""
    text = " ".join(text.split())
    try:
        read = moment_in_words(instant(parse_moment(text)))
    except ValueError:
        try:
            read = PartialDate.parse(text).whole_in_words()
        except ValueError:
            return ""
    return "" if read.replace(NO_BREAK, " ").lower() == text.lower() else read


class TypedField(forms.CharField):
    """Base of the fields for days and times that are typed. `read` turns text into the value and
    raises ValueError with a sentence; `show` turns the value into text that can be typed again.
    """

    widget = TypedDateInput
    example = ""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 40)
        if not kwargs.get("help_text"):
            kwargs["help_text"] = self.example
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("size", 18)

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return self.show(value).replace(NO_BREAK, " ")

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def has_changed(self, initial, data):
        """Another way to write the same day is no change."""
        initial = initial() if callable(initial) else initial
        typed = (data or "").strip()
        if str(self.prepare_value(initial) or "").strip() == typed:
            return False
        try:
            return self.read(typed) != initial
        except ValueError:
            return True


class PartialDateField(TypedField):
    """Text in, PartialDate out: '14 April 2022', 'March 2022', '2022-03' or '2022'."""

    example = _("For example 14 April 2022, March 2022 or 2022.")

    def read(self, text):
        return PartialDate.parse(text)

    def show(self, value):
        return str(value)


class DayField(TypedField):
    """Text in, a date out; a month or a year alone is refused."""

    example = _("For example 14 April 2022 or 14.04.2022.")

    def read(self, text):
        return parse_day(text)

    def show(self, value):
        return in_words(value)


class MomentField(TypedField):
    """Text in, an instant of the site's time zone out: '14 April 2022, 15:30'."""

    example = _("For example 14 April 2022, 15:30.")

    def read(self, text):
        return instant(parse_moment(text))

    def show(self, value):
        return moment_in_words(value)


class TimeOfDayField(TypedField):
    """Text in, a time of day out: '15:30', '15.30', '3 pm'."""

    widget = forms.TextInput
    example = _("For example 15:30.")

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs["size"] = 8

    def read(self, text):
        return parse_time(text)

    def show(self, value):
        return f"{value:%H:%M}"


class PeriodForm(forms.ModelForm):
    """A form for any Period: first and last day as text, as precise as they are known."""

    starts = PartialDateField(label=_("First day"))
    ends = PartialDateField(
        label=_("Last day"),
        required=False,
        help_text=_("Included. Empty while no end is known."),
    )
    end_known = forms.ChoiceField(
        label=_("How the end is known"), choices=Basis.choices, required=False, initial=Basis.STATED
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk or self.instance.during:
            self.initial.setdefault("starts", self.instance.starts)
            self.initial.setdefault("ends", self.instance.ends)
            if self.instance.end_basis != EndBasis.OPEN:
                self.initial.setdefault("end_known", self.instance.end_basis)

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts"), cleaned.get("ends")
        if starts and "ends" not in self.errors:
            try:
                self.instance.set_days(
                    starts,
                    ends,
                    start_basis=cleaned.get("start_basis") or self.instance.start_basis,
                    end_basis=cleaned.get("end_known") or self._end_basis_on_record(),
                )
            except ValidationError as error:
                self.add_error("ends", error)
        return cleaned

    def _end_basis_on_record(self):
        """What a form that does not ask for it leaves as it is."""
        basis = self.instance.end_basis
        return Basis.STATED if basis == EndBasis.OPEN else basis

    def _get_validation_exclusions(self):
        """Check the period's constraints too, though its own column is no field of the form."""
        exclude = super()._get_validation_exclusions()
        if self.errors.keys() & {"starts", "ends"}:
            return exclude
        return exclude - set(PERIOD_FIELDS)


# The form fields that stand for a period, in order.
PERIOD_FORM_FIELDS = ("starts", "start_basis", "ends", "end_known")
