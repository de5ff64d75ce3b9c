"""Form fields and forms for partial dates and periods."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from record.days import PartialDate
from record.periods import Basis, EndBasis

PERIOD_FIELDS = ("during", "start_precision", "end_precision", "end_basis")


class PartialDateField(forms.CharField):
    """Text in, PartialDate out: '14 April 2022', 'March 2022', '2022-03' or '2022'."""

    def __init__(self, **kwargs):
        kwargs.setdefault("max_length", 40)
        kwargs.setdefault("help_text", _("For example 14 April 2022, March 2022 or 2022."))
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("autocomplete", "off")
        self.widget.attrs.setdefault("size", 18)

    def prepare_value(self, value):
        return str(value).replace("\u00a0", " ") if isinstance(value, PartialDate) else value

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        try:
            return PartialDate.parse(text)
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from None

    def has_changed(self, initial, data):
        shown = self.prepare_value(initial) or ""
        return str(shown).strip() != (data or "").strip()


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
