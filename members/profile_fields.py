"""What a representative may change in a profile, field by field.

Each field reads its value from the record as JSON, says it in words, and writes it. A value is the
same however it was typed, so that two of them can be compared: nobody overwrites what they did not
see, and who only looked at a field changes nothing.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Alias, Figure, Organisation
from publishing.models import Picture
from publishing.rich_text import clean, plain
from record.days import PartialDate


@dataclass(frozen=True)
class ProfileField:
    """One field: how it is read, written and said. `words` are paragraphs; a list is one a line."""

    name: str
    label: str
    read: Callable[[Organisation], object]
    write: Callable[[Organisation, object, object], None]
    words: Callable[[object], list[str]]
    undo: Callable[[Organisation, object, object], None] | None = None  # else what stood is written


def _column(name: str, label) -> ProfileField:
    def write(organisation, value, _recorder):
        setattr(organisation, name, value)

    return ProfileField(
        name, label, lambda one: getattr(one, name), write, lambda value: [value] if value else []
    )


# -- Founded -------------------------------------------------------------------------------------


def _read_founded(organisation):
    return organisation.founded.isoformat() if organisation.founded else ""


def _write_founded(organisation, value, _recorder):
    organisation.founded = PartialDate.parse(value) if value else None


def _say_founded(value):
    return [str(PartialDate.parse(value))] if value else []


# -- Description ---------------------------------------------------------------------------------


def same_text(html: str) -> str:
    """Return rich text as it is compared: the editor writes it without the breaks between blocks."""
    return re.sub(r">\s+<(?=/?(?:p|h2|h3|ul|ol|li|blockquote)\b)", "><", clean(html or ""))


def _write_description(organisation, value, _recorder):
    organisation.description = value


def _say_description(value):
    """Return the paragraphs; a link says where it leads, because that can change alone."""
    told = re.sub(
        r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', r"\2 (\1)", value or "", flags=re.DOTALL
    )
    blocks = re.split(r"</(?:p|h2|h3|li|blockquote)>", told)
    return [text for text in (plain(block) for block in blocks) if strip_tags(text)]


# -- Logo ----------------------------------------------------------------------------------------


def _write_logo(organisation, value, _recorder):
    organisation.logo = Picture.objects.filter(pk=value).first() if value else None


def _say_logo(value):
    picture = Picture.objects.filter(pk=value).first() if value else None
    if picture is None:
        return []
    size = {"width": picture.width, "height": picture.height}
    return [_("A picture of %(width)d by %(height)d pixels") % size]


# -- Represents ----------------------------------------------------------------------------------


def newest_number(organisation) -> Figure | None:
    """Return the newest number of members that the organisation is said to represent."""
    rows = [one for one in organisation.figures.all() if one.measure == Figure.Measure.REPRESENTED]
    return max(rows, key=lambda one: ((one.as_of or one.not_after).isoformat()
               if one.as_of or one.not_after else "", one.pk), default=None)  # fmt: skip


def _read_represents(organisation):
    figure = newest_number(organisation)
    if figure is None:
        return None
    return {
        "qualifier": figure.qualifier,
        "value": format(figure.value.normalize(), "f"),
        "unit": figure.unit,
        "true_on": figure.true_on.isoformat() if figure.true_on else "",
    }


def _write_represents(organisation, value, recorder):
    """A new number is a new row: earlier ones are kept."""
    if value is None:
        return
    figure = _figure(value)
    figure.about = organisation
    figure.source = _("Stated by %(organisation)s")[:200] % {
        "organisation": organisation.name[:180]
    }
    recorder.save(figure)


def _forget_represents(organisation, _before, recorder):
    if figure := newest_number(organisation):
        recorder.delete(figure)


def _figure(value) -> Figure:
    figure = Figure(
        measure=Figure.Measure.REPRESENTED, qualifier=value["qualifier"], unit=value["unit"]
    )
    figure.value = Figure._meta.get_field("value").to_python(value["value"])
    figure.true_on = PartialDate.parse(value["true_on"]) if value["true_on"] else None
    return figure


def _say_represents(value):
    if value is None:
        return []
    figure = _figure(value)
    return [f"{figure.in_words()}, {figure.dated_in_words()}"]


# -- Other names ---------------------------------------------------------------------------------


def _names(kind: str, label) -> ProfileField:
    def read(organisation):
        return sorted(one.name for one in organisation.aliases.all() if one.kind == kind)

    def write(organisation, value, recorder):
        """Add what is new; `_drop_names` has taken away what is not among them."""
        known = set(organisation.aliases.filter(kind=kind).values_list("name", flat=True))
        for name in value:
            if name not in known:
                alias = Alias(organisation=organisation, name=name, kind=kind)
                alias.full_clean()
                recorder.save(alias)

    return ProfileField(kind, label, read, write, list)


def _drop_names(organisation, values, recorder):
    """Take away the names that are gone, of all kinds first: so a name can become another kind."""
    for alias in organisation.aliases.filter(kind__in=values.keys() & set(KINDS)):
        if alias.name not in values[alias.kind]:
            recorder.delete(alias)


KINDS = (Alias.Kind.NATIVE, Alias.Kind.ACRONYM, Alias.Kind.FORMER)
FIELDS = {
    field.name: field
    for field in (
        _column("summary", gettext_lazy("Summary")),
        ProfileField(
            "description", gettext_lazy("Description"),
            lambda one: same_text(one.description), _write_description, _say_description,
        ),
        _column("city", gettext_lazy("City")),
        _column("website", gettext_lazy("Website")),
        ProfileField(
            "founded", gettext_lazy("Founded"), _read_founded, _write_founded, _say_founded
        ),
        ProfileField(
            "represents", gettext_lazy("Members represented"),
            _read_represents, _write_represents, _say_represents, _forget_represents,
        ),
        ProfileField(
            "logo", gettext_lazy("Logo"), lambda one: one.logo_id, _write_logo, _say_logo
        ),
        _names(Alias.Kind.NATIVE, gettext_lazy("Name in its own language")),
        _names(Alias.Kind.ACRONYM, gettext_lazy("Acronyms")),
        _names(Alias.Kind.FORMER, gettext_lazy("Former names")),
    )
}  # fmt: skip


def read(organisation: Organisation, names: Iterable[str] = FIELDS) -> dict:
    """Return the values on record, by field."""
    return {name: FIELDS[name].read(organisation) for name in names}


def write(organisation: Organisation, values: dict, recorder) -> None:
    """Write values into the record, each into its own table, under the recorder's reason.

    Raises ValidationError where the record cannot hold one of them, for example a name that another
    organisation has.
    """
    _drop_names(organisation, values, recorder)
    for name, value in values.items():
        FIELDS[name].write(organisation, value, recorder)
    recorder.save(organisation)


def undo(organisation: Organisation, before: dict, recorder) -> None:
    """Put back what stood before a change that is the last one to these fields. Raises as `write`."""
    _drop_names(organisation, before, recorder)
    for name, value in before.items():
        field = FIELDS[name]
        (field.undo or field.write)(organisation, value, recorder)
    recorder.save(organisation)


def mark(values: dict) -> str:
    """Return what two sets of values have in common that are the same."""
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def marks(values: dict) -> dict[str, str]:
    """Return the mark of each value, by field."""
    return {name: mark({name: value}) for name, value in values.items()}
