"""What the database refuses, as a sentence where the mistake is, with everything that was typed."""

from django.apps import apps
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.forms.utils import ErrorDict
from django.utils.text import capfirst
from django.utils.translation import gettext as _

# What constraints say that only raw SQL knows, by their names; each app adds its own.
EXPLAINED: dict[str, str] = {}
UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION = "23505", "23503"


class Refused(Exception):  # noqa: N818  it is an answer, not an error
    """What the database refused, as sentences by the prefix of the form; '' is the record itself."""

    def __init__(self, sentences: dict[str, list[str]]):
        super().__init__(sentences)
        self.sentences = sentences


def explain(error: IntegrityError) -> str:
    """Return the sentence for what the database refused, by the name of the constraint."""
    diagnosis = getattr(error.__cause__, "diag", None)
    name = getattr(diagnosis, "constraint_name", None)
    for model_constraint in _constraints():
        if model_constraint.name == name:
            return str(model_constraint.violation_error_message)
    if name in EXPLAINED:
        return str(EXPLAINED[name])
    state = getattr(error.__cause__, "sqlstate", None)
    if state == UNIQUE_VIOLATION:
        return _("Somebody else has saved the same a moment ago. Open the list to see it.")
    if state == FOREIGN_KEY_VIOLATION:
        return _("Something that this refers to was changed or deleted a moment ago.")
    return _("The record refuses this (%(name)s). Nothing was saved.") % {"name": name}


def _constraints():
    for model in apps.get_models():
        yield from model._meta.constraints


class Refusable:
    """Mixed into every form of the admin, of records and of their rows."""

    refused: dict[str, list[str]] = {}

    def full_clean(self):
        if self.is_bound and self.prefix and self.instance.pk and not self.has_changed():
            # A row that nobody touched is as valid as it lies in the database.
            self._errors, self.cleaned_data = ErrorDict(renderer=self.renderer), {}
        else:
            super().full_clean()
        if self.is_bound:
            for sentence in self.refused.get(self.prefix or "", ()):
                self.add_error(None, sentence)

    def _update_errors(self, errors):
        """Show above the form what a model says about a field that the form does not have."""
        if hasattr(errors, "error_dict"):
            for name in errors.error_dict.keys() - self.fields.keys() - {NON_FIELD_ERRORS}:
                elsewhere = errors.error_dict.pop(name)
                errors.error_dict.setdefault(NON_FIELD_ERRORS, []).extend(elsewhere)
        super()._update_errors(errors)

    def validate_constraints(self):
        """Check what one row can know. Overlaps are left to the database: rows of one page may
        change places with each other.
        """
        exclude = self._get_validation_exclusions()
        for model, constraints in self.instance.get_constraints():
            for constraint in constraints:
                if isinstance(constraint, ExclusionConstraint):
                    continue
                try:
                    constraint.validate(model, self.instance, exclude=exclude)
                except ValidationError as error:
                    self.add_error(None, error)


def refusable(form_class, request, fields):
    """Return the form's class, knowing what the database refused in this request.

    Fields that the page does not show are taken out: they would come back empty.
    """
    hidden = dict.fromkeys(set(form_class.declared_fields) - set(fields))
    refused = getattr(request, "refused", {})
    return type(form_class.__name__, (Refusable, form_class), hidden | {"refused": refused})


def what_is_wrong(form, inline_admin_formsets) -> list[dict[str, str]]:
    """Return everything that keeps a page from being saved, in its order: where it is on the page,
    its name, a sentence. What concerns no field or row has neither place nor name.
    """
    found = [
        {"anchor": anchor, "name": label, "sentence": sentence}
        for label, anchor, sentence in _sentences(form)
    ]
    for inline in inline_admin_formsets:
        formset = inline.formset
        if not formset.is_bound:
            continue
        found += [
            {"anchor": "", "name": "", "sentence": str(error)}
            for error in formset.non_form_errors()
        ]
        found += [
            {
                "anchor": row.prefix,
                "name": formset.row_name(row),
                "sentence": f"{label}: {sentence}" if label else sentence,
            }
            for row in formset.forms
            for label, _anchor, sentence in _sentences(row)
        ]
    return found


def _sentences(form) -> list[tuple[str, str, str]]:
    """Return (label, place on the page, sentence) for each error of a form."""
    found = []
    for name, errors in form.errors.items():
        field = form[name] if name in form.fields else None
        label = capfirst(field.label) if field else ""
        place = (field.id_for_label or field.auto_id) if field else ""
        found += [(label, place, str(error)) for error in errors]
    return found
