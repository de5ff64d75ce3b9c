"""What the short forms of a group's record have in common: one row, checked by the record's rules, and
who is meant by a typed name.
"""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from working_groups.models import WorkingGroup
from working_groups.named import new_organisation, new_person, organisation_meant, person_meant

NEW = "new"


class SuggestingInput(forms.TextInput):
    """A text field that suggests what is on record; without script it is a text field."""

    class Media:
        js = (forms.Script("js/suggest.js", defer=True),)

    def __init__(self, what: str):
        super().__init__({"autocomplete": "off"})
        self.what = what

    def tie_to(self, group: WorkingGroup):
        self.attrs |= {
            "data-suggest": reverse("group_desk:suggest", args=[group.slug, self.what]),
            "data-suggest-fill": "",
            "data-suggest-label": _("On record"),
        }


class KeptForm(forms.Form):
    """Base: what somebody types about one thing of the group's record.

    `row` is the thing that is changed; without one it is new. After `is_valid()` the form holds the
    row as it is to be saved, checked by the record's own rules; `write(recorder)` saves it, and
    before it whom it names for the first time.
    """

    model: type
    use_required_attribute = False
    title = gettext_lazy("Add to the record")
    another = gettext_lazy("Save and add another")

    def __init__(self, *args, group: WorkingGroup, row=None, **kwargs):
        self.group, self.row, self.made = group, row, []
        initial = (self.from_row(row) if row else self.defaults()) | (
            kwargs.pop("initial", None) or {}
        )
        super().__init__(*args, initial=initial, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, SuggestingInput):
                field.widget.tie_to(group)
        for name in self.only_when_changing() if not row else ():
            del self.fields[name]
        self.prepare()

    def prepare(self):
        """Fill choices in."""

    def only_when_changing(self) -> tuple[str, ...]:
        """Return the fields that a new thing does without."""
        return ()

    def defaults(self) -> dict:
        return {}

    def from_row(self, row) -> dict:
        """Return what the fields show of a row; each form says it."""
        raise NotImplementedError

    def fill(self, row, cleaned: dict):
        """Put what was typed into a row; may return another one that is to be saved instead. Each form
        says it.
        """
        raise NotImplementedError

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        row = self.row or self.model()
        try:
            row = self.fill(row, cleaned) or row
            unsaved = {
                field.name
                for field in row._meta.fields
                if field.many_to_one
                and field.is_cached(row)
                and (one := getattr(row, field.name))
                and one.pk is None
            }
            row.full_clean(exclude=unsaved)
        except ValidationError as error:
            self._say(error)
        self.row = row
        return cleaned

    def _say(self, error: ValidationError):
        """Put the record's refusals where the form has a field for them."""
        if not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            self.add_error(
                name if name in self.fields and name != NON_FIELD_ERRORS else None, errors
            )

    def write(self, recorder):
        """Save everything; returns the row."""
        for one in self.made:
            recorder.save(one)
        for field in self.row._meta.fields:
            if (
                field.many_to_one
                and field.is_cached(self.row)
                and (one := getattr(self.row, field.name))
            ):
                setattr(self.row, field.name, one)  # its key is known by now
        recorder.save(self.row)
        self.write_more(recorder)
        return self.row

    def write_more(self, recorder):
        """Save what hangs on the row."""

    def _typed(self, name: str) -> str:
        """Return what stands in a field: what was sent, or what the form proposes."""
        text = self.data.get(self.add_prefix(name)) if self.is_bound else self.initial.get(name)
        return " ".join((text or "").split())

    # -- who is meant ---------------------------------------------------------------------------

    def ask_who(self, name: str = "organisation"):
        """Where a typed organisation is not certain, ask which is meant, right below its field."""
        typed = self._typed(name)
        if not typed or len(typed) > 200 or "\0" in typed:
            return
        meant = self._meant = organisation_meant(typed)
        if meant.known:
            return
        choices = [
            (str(one.organisation.pk), described(one.organisation, one.why)) for one in meant.maybe
        ]
        choices.append(
            (
                NEW,
                _("None of these: it is new in the record")
                if choices
                else _("It is new in the record"),
            )
        )
        self._insert(
            f"{name}_is",
            forms.ChoiceField(
                label=_("Who is '%(name)s'?") % {"name": typed},
                choices=choices,
                widget=forms.RadioSelect,
                initial=None if meant.maybe else NEW,
                error_messages={
                    "required": _("'%(name)s' is not on record under this name. Choose which "
                                  "organisation it is, or say that it is new.") % {"name": typed}
                },
            ),
            after=name,
        )  # fmt: skip
        self._insert(
            f"{name}_country",
            forms.ChoiceField(
                label=_("Country, if it is new"), required=False,
                choices=[("", _("not known")), *countries],
            ),
            after=f"{name}_is",
        )  # fmt: skip

    def the_organisation(self, cleaned: dict, name: str = "organisation"):
        """Return whom the form means: on record, or made with the row."""
        typed = " ".join(cleaned.get(name, "").split())
        if not typed:
            return None
        meant = self._meant
        if meant.known:
            return meant.known
        choice = cleaned[f"{name}_is"]
        for one in meant.maybe:
            if str(one.organisation.pk) == choice:
                return one.organisation
        made = new_organisation(typed, country=cleaned.get(f"{name}_country", ""))
        made.full_clean(validate_constraints=False)
        self.made.append(made)
        return made

    def ask_which_person(self, name: str = "person"):
        """Where people on record have a name like the typed one, ask whether it is one of them."""
        typed = self._typed(name)
        if not typed or len(typed) > 150 or "\0" in typed:
            return
        known, alike = self._person = person_meant(typed, self.group)
        if known or not alike:
            return
        choices = [(str(one.pk), one.full_name) for one in alike]
        self._insert(
            f"{name}_is",
            forms.ChoiceField(
                label=_("Is '%(name)s' one of these?") % {"name": typed},
                choices=[*choices, (NEW, _("No, somebody else"))],
                widget=forms.RadioSelect,
                error_messages={"required": _("Say whether '%(name)s' is one of these people.")
                                % {"name": typed}},
            ),
            after=name,
        )  # fmt: skip

    def the_person(self, cleaned: dict, name: str = "person"):
        typed = " ".join(cleaned.get(name, "").split())
        if not typed:
            return None
        known, alike = self._person
        if known:
            return known
        choice = cleaned.get(f"{name}_is", NEW)
        for one in alike:
            if str(one.pk) == choice:
                return one
        made = new_person(typed)
        made.full_clean(validate_constraints=False)
        self.made.append(made)
        return made

    def _insert(self, name, field, *, after):
        self.fields[name] = field
        order = list(self.fields)
        order.remove(name)
        order.insert(order.index(after) + 1, name)
        self.order_fields(order)


def described(organisation, why: str) -> str:
    """Return 'Bit Alliance (Sarajevo, Bosnia). Has nearly the same name.'"""
    place = f" ({organisation.place})" if organisation.place else ""
    return f"{organisation.name}{place}. {why}"
