"""The rows of a record: they share the labels of their autocompletes, and name themselves."""

from django.contrib import admin
from django.contrib.admin.utils import flatten_fieldsets
from django.db import models
from django.forms import BaseInlineFormSet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from record.admin.autocomplete import AutocompleteEverywhere, Labelled
from record.admin.dates import TypedDates
from record.admin.refusals import refusable
from record.forms import PeriodForm

KEY_LENGTH = 18
SUMMARISED = 3


class RowFormSet(BaseInlineFormSet):
    """The rows of an inline: they share the labels of their autocompletes, and have names."""

    def __init__(self, *args, **kwargs):
        self._labels = {}
        super().__init__(*args, **kwargs)

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for name, field in form.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, Labelled):
                widget.find = lambda name=name: self.labels(name)

    def labels(self, name: str) -> dict[str, models.Model]:
        """Return what the rows have chosen in a field, by key."""
        if name not in self._labels:
            found, chosen = {}, set()
            for form in self.forms:
                found |= {str(one.pk): one for one in _related(form.instance, name)}
                value = form[name].value() or []
                value = value if isinstance(value, list | tuple) else [value]
                chosen |= {str(one) for one in value if is_key(str(one))}
            if missing := chosen - found.keys():
                rest = self.form.base_fields[name].queryset.in_bulk(missing)
                found |= {str(key): one for key, one in rest.items()}
            self._labels[name] = found
        return self._labels[name]

    def row_name(self, form) -> str:
        """Return 'Membership 2, from 1 March 2022'."""
        number = self.forms.index(form) + 1
        name = f"{capfirst(self.inline.verbose_name)} {number}"
        if "starts" in form.fields and (typed := form["starts"].value()):
            return _("%(row)s, from %(start)s") % {"row": name, "start": typed}
        if form.instance.pk:
            return f"{name}, {form.instance}"
        return name

    @property
    def is_open(self) -> bool:
        """Whether the rows are shown at once: those that staff come for, and whatever was touched."""
        return not self.inline.folded or (
            self.is_bound and any(form.has_changed() or form.errors for form in self.forms)
        )

    @property
    def summary(self) -> str:
        """Return what folded rows are: their number, and the first few by name."""
        rows = [str(form.instance) for form in self.initial_forms]
        if not rows:
            return _("none yet")
        names = "; ".join(rows[:SUMMARISED])
        if len(rows) > SUMMARISED:
            names += "; …"
        return f"{len(rows)}: {names}"

    def live_forms(self):
        """Return the forms of the rows that stay."""
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]


def is_key(text: str) -> bool:
    """Whether a text that came back from a form can be the key of a row."""
    return len(text) <= KEY_LENGTH and text.isdecimal()


def _related(instance, name: str) -> list[models.Model]:
    """Return what a row refers to by one of its fields, as it came with the rows."""
    if instance.pk is None:
        return []
    if instance._meta.get_field(name).many_to_many:
        return list(getattr(instance, name).all())
    related = getattr(instance, name)
    return [related] if related is not None else []


class RowInline(TypedDates, AutocompleteEverywhere):
    """What every inline shares. A `folded` one shows its number and names until it is opened."""

    formset = RowFormSet
    extra = 0
    folded = False

    def get_formset(self, request, obj=None, **kwargs):
        if "form" not in kwargs and kwargs.get("fields", self) is not None:
            shown = flatten_fieldsets(self.get_fieldsets(request, obj))
            kwargs["form"] = refusable(self.form, request, shown)
        formset = super().get_formset(request, obj, **kwargs)
        formset.inline = self
        return formset

    def refuse_rows(self, formset) -> dict[str, list[str]]:
        """Return what is wrong with rows once all rows of all inlines are saved, by prefix."""
        return {}


class TabularRows(RowInline, admin.TabularInline):
    folded = True
    # More fields than this do not stand beside each other: each row is a block then.
    beside = 4

    @property
    def is_wide(self) -> bool:
        return len(self.fields) > self.beside


class StackedRows(RowInline, admin.StackedInline):
    pass


class PeriodRows:
    """Mixed into the inline of a dated thing: first and last day as people write them."""

    form = PeriodForm

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("-during", "-pk")
