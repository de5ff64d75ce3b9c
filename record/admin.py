"""What every form of the admin shares: rows that name themselves, refusals that can be read, history.

The database decides what may not be. A form checks what one row can know about itself; what rows
say about each other (periods that overlap, a coordinator outside its network) is tried by saving,
and what the database refuses stands at its row as a sentence, with everything that was typed.
"""

from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import NestedObjects, flatten_fieldsets, quote, unquote
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.contrib.postgres.constraints import ExclusionConstraint
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.db import IntegrityError, connection, models, router, transaction
from django.db.models import FETCH_PEERS, Max, ProtectedError
from django.forms import BaseInlineFormSet, ModelForm
from django.forms.utils import ErrorDict
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from record.forms import PartialDateField, PeriodForm
from record.history import Recorded
from record.names import normalise

# What constraints say that only raw SQL knows, by their names; each app adds its own.
EXPLAINED: dict[str, str] = {}
UNIQUE_VIOLATION, FOREIGN_KEY_VIOLATION = "23505", "23503"
WHY_LENGTH = 500
KEY_LENGTH = 18


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


# -- autocomplete ---------------------------------------------------------------------------------


class Labelled:
    """An autocomplete that asks its formset for the labels of what is chosen: one query at most for
    all rows, none where they came with the rows. Django's own runs one a row.
    """

    find = None

    def optgroups(self, name, value, attr=None):
        if self.find is None:
            return super().optgroups(name, value, attr)
        chosen = [str(one) for one in value if str(one) not in self.choices.field.empty_values]
        found = self.find() if chosen else {}
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for key in chosen:
            if key in found:
                label = self.choices.field.label_from_instance(found[key])
                options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]


class LabelledSelect(Labelled, AutocompleteSelect):
    pass


class LabelledSelectMultiple(Labelled, AutocompleteSelectMultiple):
    pass


class AutocompleteEverywhere:
    """Every relation to something that can be searched is an autocomplete: nothing to declare."""

    def get_autocomplete_fields(self, request):
        names = []
        for field in (*self.opts.fields, *self.opts.many_to_many):
            target = field.remote_field and field.remote_field.model
            registered = target and self.admin_site._registry.get(target)
            if registered and registered.search_fields:
                names.append(field.name)
        return names

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", LabelledSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", LabelledSelectMultiple(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and hasattr(field.widget, "can_delete_related"):
            # Nothing of the record is deleted from the form of something else.
            field.widget.can_delete_related = False
        return field

    def get_queryset(self, request):
        """A relation that a list or a row shows costs one query for all rows, not one a row."""
        return super().get_queryset(request).fetch_mode(FETCH_PEERS)


# -- rows -----------------------------------------------------------------------------------------


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
                chosen |= {str(one) for one in value if _is_key(str(one))}
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

    def live_forms(self):
        """Return the forms of the rows that stay."""
        return [
            form
            for form in self.forms
            if form not in self.deleted_forms and (form.instance.pk or form.has_changed())
        ]


def _is_key(text: str) -> bool:
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


class RowInline(AutocompleteEverywhere):
    """What every inline shares."""

    formset = RowFormSet
    extra = 0

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
    pass


class StackedRows(RowInline, admin.StackedInline):
    pass


class PeriodRows:
    """Mixed into the inline of a dated thing: first and last day as people write them."""

    form = PeriodForm

    def get_queryset(self, request):
        return super().get_queryset(request).order_by("-during", "-pk")


# -- records --------------------------------------------------------------------------------------


class PortalAdmin(AutocompleteEverywhere, admin.ModelAdmin):
    """Base of every model's admin: what the database refuses is a sentence, never an error page."""

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    delete_confirmation_max_display = 20

    def get_changelist(self, request, **kwargs):
        return RankedChangeList

    def for_list(self, request, queryset):
        """Load what the columns of the list show; a fixed number of queries for the whole page."""
        return queryset

    def get_search_results(self, request, queryset, search_term):
        """Search as people type: accents do not matter."""
        if self.search_fields == ("sort_name",):
            search_term = normalise(search_term)
        return super().get_search_results(request, queryset, search_term)

    def get_form(self, request, obj=None, change=False, **kwargs):
        if "form" not in kwargs and kwargs.get("fields", self) is not None:
            shown = kwargs.get("fields") or flatten_fieldsets(self.get_fieldsets(request, obj))
            kwargs["form"] = refusable(self.form, request, shown)
        return super().get_form(request, obj, change=change, **kwargs)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic():
                self.refuse_stale(request, object_id)
                _set_constraints("DEFERRED")
                return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refusal:
            request.refused = refusal.sentences
        except IntegrityError as error:
            request.refused = {"": [explain(error)]}
        # Again, to show the page: it cannot save now, and holds everything that was typed.
        for file in request.FILES.values():
            file.seek(0)
        return super().changeform_view(request, object_id, form_url, extra_context)

    def refuse_stale(self, request, object_id):
        """Raise Refused where somebody else saved the record since this form was opened."""

    def save_related(self, request, form, formsets, change):
        """Save the rows of all inlines, then ask the database what it makes of all together."""
        super().save_related(request, form, formsets, change)
        sentences = {}
        for formset in formsets:
            sentences |= formset.inline.refuse_rows(formset)
        if sentences:
            raise Refused(sentences)
        _set_constraints("IMMEDIATE")

    def save_formset(self, request, form, formset, change):
        """Delete first; then save the rows in whatever order the database takes them."""
        formset.save(commit=False)
        for row in formset.deleted_objects:
            self.note(request, row)
            row.delete()
        saved = {id(row) for row, _fields in formset.changed_objects}
        saved |= {id(row) for row in formset.new_objects}
        waiting = [row for row in formset.forms if id(row.instance) in saved]
        while waiting:
            refused = {}
            for row in waiting:
                try:
                    with transaction.atomic():
                        self.note(request, row.instance)
                        row.instance.save()
                except IntegrityError as error:
                    refused[row.prefix] = [explain(error)]
            if len(refused) == len(waiting):
                raise Refused(refused)
            waiting = [row for row in waiting if row.prefix in refused]
        formset.save_m2m()

    def note(self, request, instance):
        """Hand the history who changes an object and why."""
        if isinstance(instance, Recorded):
            instance._history_user = request.user
            instance._change_reason = why(request)

    def save_model(self, request, obj, form, change):
        self.note(request, obj)
        super().save_model(request, obj, form, change)

    def delete_view(self, request, object_id, extra_context=None):
        """Delete; where something came to rest on the record meanwhile, say so."""
        if request.method != "POST":
            return super().delete_view(request, object_id, extra_context)
        try:
            with transaction.atomic():
                response = super().delete_view(request, object_id, extra_context)
                _set_constraints("IMMEDIATE")
                return response
        except (IntegrityError, ProtectedError):
            queued = messages.get_messages(request)
            queued._queued_messages.clear()
            self.message_user(
                request, _("Other records rest on it by now: it is not deleted."), messages.ERROR
            )
            return HttpResponseRedirect(request.path)

    def get_deleted_objects(self, objs, request):
        """As Django does, but what the lines name costs one query a kind, not one a line."""
        collector = PeersCollector(using=router.db_for_write(self.model))
        collector.collect(objs)
        perms_needed = {
            model._meta.verbose_name
            for model in collector.model_objs
            if model in self.admin_site._registry
            and not self.admin_site._registry[model].has_delete_permission(request)
        }
        counts = {
            model._meta.verbose_name_plural: len(rows)
            for model, rows in collector.model_objs.items()
        }
        protected = [self._line(one) for one in collector.protected]
        return collector.nested(self._line), counts, perms_needed, protected

    def _line(self, one) -> str:
        """Return one line for a record that hangs on another, with the way to it."""
        text = f"{capfirst(one._meta.verbose_name)}: {one}"
        if type(one) not in self.admin_site._registry:
            return text
        name = f"admin:{one._meta.app_label}_{one._meta.model_name}_change"
        return format_html('<a href="{}">{}</a>', reverse(name, args=[quote(one.pk)]), text)

    def delete_model(self, request, obj):
        self.note(request, obj)
        super().delete_model(request, obj)

    def render_change_form(self, request, context, **kwargs):
        context["row_errors"] = row_errors(context["inline_admin_formsets"])
        return super().render_change_form(request, context, **kwargs)


def why(request) -> str:
    """Return the reason that was typed under the form."""
    return request.POST.get("_why", "").replace("\0", "").strip()[:WHY_LENGTH]


def _set_constraints(when: str):
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {when}")


def row_errors(inline_admin_formsets) -> list[dict]:
    """Return every row with an error: its anchor on the page, its name, what is wrong with it."""
    return [
        {"anchor": form.prefix, "name": inline.formset.row_name(form), "sentences": sentences}
        for inline in inline_admin_formsets
        if inline.formset.is_bound
        for form in inline.formset.forms
        if (sentences := _sentences(form))
    ]


def _sentences(form) -> list[str]:
    sentences = []
    for name, errors in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        sentences += [f"{capfirst(label)}: {error}" if label else str(error) for error in errors]
    return sentences


class PeersCollector(NestedObjects):
    def related_objects(self, related_model, related_fields, objs):
        return super().related_objects(related_model, related_fields, objs).fetch_mode(FETCH_PEERS)


class RankedChangeList(ChangeList):
    """A list with what its columns need, and the best matches of a search first."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.is_popup:
            self.title = capfirst(self.opts.verbose_name_plural)

    def get_queryset(self, request, exclude_parameters=None):
        queryset = super().get_queryset(request, exclude_parameters)
        queryset = self.model_admin.for_list(request, queryset)
        if self.query and ORDER_VAR not in self.params and "rank" in queryset.query.annotations:
            return queryset.order_by("-rank", *queryset.query.order_by)
        return queryset


class RecordAdmin(PortalAdmin, SimpleHistoryAdmin):
    """Base of the admin of everything with a history: who, when and why; and nobody is overwritten."""

    object_history_list_template = "admin/record_history_list.html"
    history_list_per_page = 50

    def seen(self, request, obj) -> str:
        """Return what the record and its rows stand at: the latest number of each history."""
        return ".".join(
            str(history.aggregate(latest=Max("history_id"))["latest"] or 0)
            for _model, history in self._histories(request, obj)
        )

    def _histories(self, request, obj):
        """Yield the model and the history of the record, and of each kind of its rows."""
        yield self.model, self.model.history.filter(**{self.opts.pk.attname: obj.pk})
        for inline in self.inlines:
            if issubclass(inline.model, Recorded):
                key = inline.fk_name or _key_to(inline.model, self.model)
                yield inline.model, inline.model.history.filter(**{f"{key}_id": obj.pk})

    def refuse_stale(self, request, object_id):
        if object_id is None:
            return
        obj = self.get_object(request, unquote(object_id))
        if obj is None or not self.has_change_permission(request, obj):
            return
        # Whoever saves the same record waits here, so that no save slips between check and save.
        self.model._base_manager.select_for_update().filter(pk=obj.pk).first()
        seen = request.POST.get("_seen", "")
        if seen != self.seen(request, obj):
            request.others_changes = self.changes_since(request, obj, seen)
            raise Refused(
                {
                    "": [
                        _(
                            "Somebody else saved this since you opened it: what they changed stands "
                            "above. Nothing of yours is lost, and nothing is saved yet. Save again to "
                            "keep what this form says."
                        )
                    ]
                }
            )

    def changes_since(self, request, obj, seen: str) -> list[dict]:
        """Return what was changed after a form was opened: what, who, when, why, field by field."""
        numbers = [int(part) if _is_key(part) else 0 for part in seen.split(".")]
        changes = []
        for (model, history), number in zip(
            self._histories(request, obj), numbers + [0] * 20, strict=False
        ):
            newer = history.filter(history_id__gt=number).select_related("history_user")
            changes += [
                {
                    "row": row,
                    "name": "" if model is self.model else model._meta.verbose_name,
                    "fields": self._differences(model, row),
                }
                for row in newer.order_by("-history_id")[:10]
            ]
        return sorted(changes, key=lambda change: change["row"].history_date, reverse=True)

    def _differences(self, model, row) -> list[dict]:
        before = row.prev_record
        if row.history_type != "~" or before is None:
            return []
        delta = row.diff_against(before, foreign_keys_are_objs=True)
        return HistoricalRecordContextHelper(model, row).context_for_delta_changes(delta)

    def render_change_form(self, request, context, **kwargs):
        obj = kwargs.get("obj")
        context["keeps_history"] = True
        context["why"] = why(request)
        if obj is not None and obj.pk:
            context["seen"] = self.seen(request, obj)
            context["others_changes"] = getattr(request, "others_changes", [])
        return super().render_change_form(request, context, **kwargs)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Bring an earlier state back; where the record refuses it now, say why."""
        try:
            with transaction.atomic():
                return super().history_form_view(request, object_id, version_id, extra_context)
        except IntegrityError as error:
            self.message_user(request, explain(error), messages.ERROR)
            return HttpResponseRedirect(request.path)


def _key_to(model, parent) -> str:
    """Return the name of the one foreign key of a model to its parent (or what that extends)."""
    parents = {parent, *parent._meta.all_parents}
    for field in model._meta.fields:
        if field.remote_field and field.remote_field.model in parents:
            return field.name
    raise FieldDoesNotExist(f"{model} has no key to {parent}")
