"""The base of every model's admin: saving, deleting and searching as the office needs them."""

from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, quote
from django.db import IntegrityError, connection, router, transaction
from django.db.models import ProtectedError
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from record.admin.autocomplete import AutocompleteEverywhere
from record.admin.dates import TypedDates
from record.admin.lists import PeersCollector, RankedChangeList
from record.admin.refusals import Refused, explain, refusable, what_is_wrong
from record.history import Recorded
from record.names import normalise

WHY_LENGTH = 500


class PortalAdmin(TypedDates, AutocompleteEverywhere, admin.ModelAdmin):
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
        context["wrong"] = what_is_wrong(
            context["adminform"].form, context["inline_admin_formsets"]
        )
        return super().render_change_form(request, context, **kwargs)


def why(request) -> str:
    """Return the reason that was typed under the form."""
    return request.POST.get("_why", "").replace("\0", "").strip()[:WHY_LENGTH]


def _set_constraints(when: str):
    with connection.cursor() as cursor:
        cursor.execute(f"SET CONSTRAINTS ALL {when}")
