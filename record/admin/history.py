"""The base of the admin of everything with a history: who, when and why; nobody is overwritten."""

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import HttpResponseRedirect
from django.utils.translation import gettext as _
from simple_history.admin import SimpleHistoryAdmin
from simple_history.template_utils import HistoricalRecordContextHelper

from record.admin.base import PortalAdmin, why
from record.admin.refusals import Refused, explain
from record.admin.rows import is_key
from record.history import Recorded


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
        numbers = [int(part) if is_key(part) else 0 for part in seen.split(".")]
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

    def get_history_queryset(self, request, history_manager, pk_name, object_id):
        """Fetch what the rows refer to; simple_history fetches all where a model has no keys."""
        history = history_manager.filter(**{pk_name: object_id})
        keys = [field.name for field in history.model.tracked_fields if field.many_to_one]
        return history.select_related("history_user", *keys)

    def history_form_view(self, request, object_id, version_id, extra_context=None):
        """Bring an earlier state back; where the record refuses it now, say why.

        simple_history asks who posts for the right to read only.
        """
        if request.method == "POST" and not self.has_change_permission(request):
            raise PermissionDenied
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
