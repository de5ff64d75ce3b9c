"""Dates in the forms of the admin: typed, whole or partial."""

from django.db import models
from django.forms import ModelForm, TextInput
from django.utils.text import capfirst

from record.forms import DayField, MomentField, PartialDateField, TimeOfDayField, TypedDateInput


class TypedDates:
    """Mixed into every admin and inline: days and times are typed, and read back in words."""

    # Django would put a second, hidden field beside one that starts at today: invalid HTML with the
    # help text of the first.
    formfield_overrides = {
        kind: {"form_class": field, "widget": widget, "show_hidden_initial": False}
        for kind, field, widget in (
            (models.DateField, DayField, TypedDateInput),
            (models.DateTimeField, MomentField, TypedDateInput),
            (models.TimeField, TimeOfDayField, TextInput),
        )
    }


class PartialDatesForm(ModelForm):
    """A form whose partial dates are properties of the model, kept in a day and a precision.

    `partial_dates` says of each form field which columns it stands for.
    """

    partial_dates: dict[str, tuple[str, str]] = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, (day, _precision) in self.partial_dates.items():
            if name in self.fields and getattr(self.instance, day) is not None:
                self.initial.setdefault(name, getattr(self.instance, name))

    def clean(self):
        cleaned = super().clean()
        for name in self.partial_dates:
            if name in self.fields and name in cleaned:
                setattr(self.instance, name, cleaned[name])
        return cleaned

    def _get_validation_exclusions(self):
        """Check the constraints on these days too, though their columns are no fields of the form."""
        exclude = super()._get_validation_exclusions()
        for name, columns in self.partial_dates.items():
            if name in self.fields and name not in self.errors:
                exclude -= set(columns)
        return exclude


def partial_date(label, *, required=False, help_text=None) -> PartialDateField:
    """Return a field for a day, month or year; without a help text, examples are its help text."""
    extra = {} if help_text is None else {"help_text": help_text}
    return PartialDateField(label=capfirst(label), required=required, **extra)
