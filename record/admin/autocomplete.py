"""Relations are found by typing, and their labels cost one query a page."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.db.models import FETCH_PEERS


class Labelled:
    """An autocomplete that asks its formset for the labels of what is chosen: one query at most for
    all rows, none where they came with the rows. Django's own runs one a row.
    """

    find = None

    def optgroups(self, name, value, attr=None):
        if self.find is None:
            groups = super().optgroups(name, value, attr)
            if self.is_required and not self.allow_multiple_selected:
                groups[0][1].insert(0, self._nothing(name))
            return groups
        chosen = [str(one) for one in value if str(one) not in self.choices.field.empty_values]
        found = self.find() if chosen else {}
        options = []
        if not self.allow_multiple_selected:
            options.append(self._nothing(name))
        for key in chosen:
            if key in found:
                label = self.choices.field.label_from_instance(found[key])
                options.append(self.create_option(name, key, label, True, len(options)))
        return [(None, options, 0)]

    def _nothing(self, name):
        """The choice of nothing, with which each begins: HTML wants it where one is required, too."""
        return self.create_option(name, "", "", False, 0)


class LabelledSelect(Labelled, AutocompleteSelect):
    pass


class LabelledSelectMultiple(Labelled, AutocompleteSelectMultiple):
    def build_attrs(self, base_attrs, extra_attrs=None):
        """Each choice is taken off by itself: the button that clears all stands in a list, where
        assistive technology does not expect it.
        """
        return super().build_attrs(base_attrs, extra_attrs) | {"data-allow-clear": "false"}


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
