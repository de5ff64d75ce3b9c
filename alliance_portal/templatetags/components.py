"""The portal's components. Each tag names its inputs; a wrong name is an error when the page loads.

Nothing here asks the database by itself: views hand over lists of plain values. docs/design.md
shows each tag in use.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django import forms, template
from django.forms import BaseForm
from django.template.loader import render_to_string
from django.utils import dateformat, formats, timezone
from django.utils.dates import MONTHS
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from publishing.rich_text import paragraphs
from record.differences import SAME
from record.differences import difference as difference_of
from record.map import MOST

register = template.Library()

SHOWN_CHOICES = 8  # of a filter; the rest opens on demand
NO_BREAK_SPACE = "\xa0"
_DAY_AND_MONTH = re.compile(r"\b(\d{1,2}\.?) (?=[^\W\d])")


@register.filter
def day(value):
    """A date in words, day and month tied: `14 April 2022`. What prints itself is left to do so."""
    if not value and value != 0:
        return ""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    if isinstance(value, date):
        value = formats.date_format(value, "DATE_FORMAT")
    return _DAY_AND_MONTH.sub(rf"\1{NO_BREAK_SPACE}", str(value))


@register.simple_tag
def printed(publication, short=False):
    """A publication's printed date, as precise as it is known: `14 April 2022`, `2021`, `Not dated`.

    `short` has days as `14 Apr 2022`, for narrow columns.
    """
    date_ = publication.printed
    if date_ is None:
        return capfirst(publication.printed_in_words())
    text = date_
    if short and date_.precision == "day":
        text = dateformat.format(
            date_.first_day, formats.get_format("DATE_FORMAT").replace("F", "M")
        )
    return format_html('<time datetime="{}">{}</time>', date_.isoformat(), day(text))


@register.filter
def initials(name):
    """At most two letters that stand for a name: the first of its first two words."""
    words = re.findall(r"[^\W\d_][\w'\u2019-]*", str(name)) or re.findall(r"\w+", str(name))
    return "".join(word[0].upper() for word in words[:2])


# Forms


@register.simple_tag(name="field")
def form_field(bound_field):
    """A form field with label, help and error; hidden fields come bare."""
    if bound_field.is_hidden:
        return bound_field
    return render_to_string("components/field.html", {"field": bound_field})


@dataclass(frozen=True)
class FormError:
    message: str
    target: str = ""
    label: str = ""


def _form_errors(form):
    """Each error of a form, of a formset and of its forms, with the id that it is about, in the order
    in which they stand on the page.
    """
    if isinstance(form, BaseForm):
        names = list(form.fields)
        for name in sorted(
            form.errors, key=lambda name: names.index(name) if name in names else -1
        ):
            errors = form.errors[name]
            bound = form[name] if name in form.fields else None
            visible = bound is not None and not bound.is_hidden
            target = (bound.id_for_label or bound.auto_id) if visible else ""
            label = str(bound.label or "") if visible else ""
            label += "" if not label or label.endswith((":", "?", ".")) else ":"
            for message in errors:
                yield FormError(message, target, label)
        return
    for message in form.non_form_errors():
        yield FormError(message)
    for row in form.forms:
        yield from _form_errors(row)


@register.inclusion_tag("components/error_summary.html")
def error_summary(*forms, id="errors"):  # noqa: A002  the attribute of HTML
    """What keeps the forms and formsets from being saved, each with a link to its field. The page
    opens with the focus on it, where it has the usual id.
    """
    errors = [error for form in forms if form and form.is_bound for error in _form_errors(form)]
    heading = ngettext("One thing to put right", "%(count)d things to put right", len(errors))
    heading = heading % {"count": len(errors)} if errors else ""
    return {"errors": errors, "heading": heading, "id": id}


@register.inclusion_tag("components/scheme_switch.html")
def scheme_switch():
    """Light, dark or as the device; seen only where its script runs (static/js/scheme.js)."""
    return {
        "schemes": [
            ("auto", gettext("As the device")),
            ("light", gettext("Light")),
            ("dark", gettext("Dark")),
        ]
    }


# Lists


@dataclass
class FilterGroup:
    """One group of a filter panel.

    `kind` is checkbox, radio, search, text, date, hidden or widget; `choices` are
    `(value, label, count or None, selected)`; the other kinds have a `value`. `suggest` is the
    address that gives suggestions while one types (static/js/suggest.js).
    """

    legend: str
    name: str
    choices: list = field(default_factory=list)
    kind: str = "checkbox"
    value: str = ""
    help: str = ""
    errors: list = field(default_factory=list)
    widget: object = None
    suggest: str = ""

    @property
    def chosen(self):
        if self.kind == "hidden":
            return 0
        if self.choices:
            return sum(bool(selected and value) for value, _, _, selected in self.choices)
        return int(bool(self.value))

    @property
    def shown(self):
        if len(self.choices) <= SHOWN_CHOICES + 2:
            return self.choices
        return [c for number, c in enumerate(self.choices) if number < SHOWN_CHOICES or c[3]]

    @property
    def rest(self):
        shown = self.shown
        return [] if shown is self.choices else [c for c in self.choices if c not in shown]


def _selected(value):
    if value in (None, ""):
        return set()
    values = value if isinstance(value, list | tuple | set) else [value]
    return {str(one) for one in values}


def _choice_group(bound, kind, counts):
    """The group of a field with choices. Choices in groups are laid out flat."""
    selected = _selected(bound.value())
    choices = []
    for value, label in bound.field.choices:
        pairs = label if isinstance(label, list | tuple) else [(value, label)]
        for one, words in pairs:
            key = str(one)
            chosen = key in selected or (kind == "radio" and not key and not selected)
            choices.append((key, words, counts.get(key), chosen))
    return FilterGroup(bound.label, bound.html_name, choices, kind)


def filter_groups(filterset, counts=None):
    """The groups of a FilterSet's form. `counts`: field name → value → number of results."""
    counts = {
        name: {str(value): number for value, number in numbers.items()}
        for name, numbers in (counts or {}).items()
    }
    groups = []
    for bound in filterset.form:
        widget, its_counts = bound.field.widget, counts.get(bound.name, {})
        value = bound.value()
        if bound.is_hidden:
            group = FilterGroup("", bound.html_name, kind="hidden", value=value or "")
        elif hasattr(bound.field, "choices") and not isinstance(widget, forms.MultiWidget):
            several = getattr(widget, "allow_multiple_selected", False)
            group = _choice_group(bound, "checkbox" if several else "radio", its_counts)
            if not group.choices:
                continue
        elif isinstance(widget, forms.CheckboxInput):
            choice = ("on", bound.label, its_counts.get("True"), widget.check_test(value))
            group = FilterGroup("", bound.html_name, [choice])
        elif isinstance(widget, forms.MultiWidget | forms.Textarea):
            group = FilterGroup(bound.label, bound.html_name, kind="widget", widget=bound)
        else:
            kind = (
                widget.input_type if widget.input_type in {"date", "text", "number"} else "search"
            )
            kind = "search" if bound.name in {"q", "search"} else kind
            group = FilterGroup(bound.label, bound.html_name, kind=kind, value=_text(value))
        group.help = bound.help_text
        group.suggest = widget.attrs.get("data-suggest", "")
        group.errors = list(bound.errors) if filterset.form.is_bound else []
        groups.append(group)
    return groups


def _text(value):
    return "" if value is None else str(value)


def _as_group(group):
    return FilterGroup(**group) if isinstance(group, Mapping) else group


@register.inclusion_tag("components/filter_panel.html")
def filter_panel(filterset, counts=None, *, action="", keep=(), button="", chosen=None):
    """Filters as a form that is sent with GET.

    `filterset` is a FilterSet or a list of groups (`FilterGroup` or mappings with its names);
    `keep` are `(name, value)` pairs of the address that stay; `chosen` says how many filters the
    reader chose, where some are on without that.
    """
    ready = filterset if isinstance(filterset, list | tuple) else filter_groups(filterset, counts)
    groups = [_as_group(group) for group in ready]
    return {
        "groups": groups,
        "chosen": sum(group.chosen for group in groups) if chosen is None else chosen,
        "action": action,
        "keep": [(name, value) for name, value in keep if value],
        "button": button,
    }


@register.inclusion_tag("components/asof.html")
def asof(asked, label, days=(), today_url="?", hidden=(), *, action="", id="asof"):  # noqa: A002  the attribute of HTML
    """The day that the page is asked for, typed as people type it and read back in words.

    `asked` has `value` (what stands in the field), `said` (how it was read), `error` and `day_given`,
    as `members.asof.Asked` has; `days` are `(day, address)` worth a look; `hidden` are
    `(name, value)` pairs of the address that stay.
    """
    return {
        "asked": asked,
        "label": label,
        "days": days,
        "today_url": today_url,
        "hidden": hidden,
        "action": action,
        "id": id,
    }


@register.inclusion_tag("components/between.html")
def between(asked, years=(), *, action="", id="between"):  # noqa: A002  the attribute of HTML
    """Two days that the page compares, typed as people type them.

    `asked` has `start` and `end` with their `error`, and what stands in the fields (`start_value`,
    `end_value`), as `members.change_pages.Asked` has; `years` are `(year, address)` worth a look.
    """
    return {"asked": asked, "years": years, "action": action, "id": id}


@register.inclusion_tag("components/chips.html")
def chips(chips, clear_url=""):
    """What is chosen: `(label, address without it)`."""
    return {"chips": chips, "clear_url": clear_url}


@register.inclusion_tag("components/pagination.html")
def pagination(page, query=None, param="page", label=""):
    """Pages of a list. `query` is `request.GET` (or a mapping); its other parameters stay."""
    if not page.has_other_pages():
        return {"entries": []}

    def address(number):
        parameters = query.copy() if hasattr(query, "urlencode") else _query(query)
        parameters.pop(param, None)
        if number != 1:
            parameters[param] = number
        return f"?{parameters.urlencode()}"

    paginator = page.paginator
    entries = [
        (number, address(number) if isinstance(number, int) else "", number == page.number)
        for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    ]
    return {
        "entries": entries,
        "label": label or gettext("Pages"),
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


def _query(mapping):
    from django.http import QueryDict  # only needed where a plain mapping comes

    query = QueryDict(mutable=True)
    query.update(mapping or {})
    return query


@register.inclusion_tag("components/breadcrumbs.html")
def breadcrumbs(crumbs):
    """The way to the page: `(label, address)` below Home, the last one without address."""
    return {"crumbs": crumbs}


@register.inclusion_tag("components/tabs.html")
def tabs(items, label=""):
    """Parts of one thing: `(label, address, current)`."""
    return {"items": items, "label": label or gettext("Parts"), "style": "tabs"}


@register.inclusion_tag("components/tabs.html")
def switch(items, label=""):
    """The same list seen in another way: `(label, address, current)`."""
    return {"items": items, "label": label or gettext("View"), "style": "switch"}


# Content


@register.inclusion_tag("components/section_head.html")
def section_head(title, note="", id=""):  # noqa: A002 the name in HTML
    """The margin column of a section: its heading and one line on how to read it."""
    return {"title": title, "note": note, "id": id}


@register.inclusion_tag("components/figure.html")
def figure(value, label, source_line, qualifier="", source_url=""):
    """A number with what it counts and where it comes from; stands in `<dl class="figures">`."""
    is_number = isinstance(value, int | float)
    return {
        "value": number_format(value, force_grouping=True) if is_number else value,
        "label": label,
        "source_line": source_line,
        "qualifier": qualifier,
        "source_url": source_url,
    }


@register.inclusion_tag("components/monogram.html")
def monogram(name, logo=None, size=""):
    """A logo shown whole, or two letters where there is none; hidden from readers of screens."""
    return {"name": name, "logo": logo, "size": size}


@register.inclusion_tag("components/callout.html")
def callout(kind, title, text=""):
    """A rule at the side. Kinds: note, success, warning, error, quiet."""
    return {"kind": kind, "title": title, "text": text}


@register.inclusion_tag("components/toast.html")
def toast(text, undo=""):
    """What was just done; stays until it is hidden. `undo`: the address whose POST takes it back."""
    return {"text": text, "undo": undo}


@register.inclusion_tag("components/empty_state.html")
def empty_state(title, text="", links=(), level=3):
    """What happened and what to try; `links` are `(label, address)`, the first one a button."""
    return {"title": title, "text": text, "links": links, "level": level}


@register.inclusion_tag("components/byline.html")
def byline(person_name, lines=(), role=""):
    """Who wrote it, with every affiliation of that day on its own line."""
    return {"person_name": person_name, "lines": lines, "role": role}


@register.inclusion_tag("components/tag.html")
def tag(label, accent=False):
    """A word in a frame; `accent` where it is in force."""
    return {"label": label, "accent": accent}


# Drawings


@register.inclusion_tag("components/time_bar.html")
def time_bar(bars, axis, label="", height=28):
    """One row of bars. With a label it is read out, without one the words beside it say all."""
    return {"bars": bars, "axis": axis, "label": label, "height": height}


@register.inclusion_tag("components/time_axis.html")
def time_axis(axis):
    """The years above rows of bars."""
    return {"axis": axis}


@register.inclusion_tag("components/time_key.html")
def time_key(kinds=("full", "regional", "sponsored", "announced", "ended", "unknown")):
    """What the forms of the bars mean."""
    return {"kinds": kinds}


@register.inclusion_tag("components/front_page.html")
def front_page(front):
    """News by weight: `front.lead`, `front.beside` and `front.in_brief`, publications as in lists."""
    return {"front": front}


@register.inclusion_tag("components/places.html")
def places(places):
    """The directory as a map (`members.places.places_of`): the list of countries has the links."""
    return {"places": places}


@register.inclusion_tag("components/share.html")
def share(title, address, *, id="share"):  # noqa: A002  the attribute of HTML
    """A section of plain links by which a page is passed on; `address` is absolute."""
    return {"title": title, "address": address, "id": id}


@register.inclusion_tag("components/neighbours.html")
def neighbours(older, newer):
    """The publications before and after this one, either may be None."""
    return {"older": older, "newer": newer}


@register.inclusion_tag("components/rows.html")
def rows(rows, axis):
    """The rows of a directory, all drawn over one axis (`members.directory.Row`).

    Logos stand on cards and on a member's page: in a row each would be one more request.
    """
    return {"rows": rows, "axis": axis}


@register.inclusion_tag("components/lanes.html")
def lanes(lanes, axis, label):
    """What lasted, one line each: `name`, `url`, `text`, `lines` (more text) and `bars`."""
    return {"lanes": lanes, "axis": axis, "label": label}


@register.inclusion_tag("components/receipts.html")
def receipts(title, lines, *, complete=True, note=""):
    """What a text rests on: `(number, item)`, an item with `text`, `detail` and `url`."""
    return {"title": title, "lines": lines, "complete": complete, "note": note}


@register.inclusion_tag("components/difference.html")
def text_difference(before, after):
    """What was taken out of a text and put in, word by word; both rich or plain."""
    lines = difference_of(paragraphs(before), paragraphs(after))
    same = all(kind == SAME for line in lines for kind, _words in line)
    return {"lines": lines, "only_form": same and before != after}


@register.inclusion_tag("components/difference.html")
def difference(lines):
    """What differs between two texts: paragraphs of parts (same, gone or new, text)."""
    return {"lines": lines}


@register.inclusion_tag("components/quote.html")
def quote(words, function, name="", language=""):
    """What somebody said, with the function of that day; no name of who may not be shown."""
    return {"words": words, "function": function, "name": name, "language": language}


@register.simple_block_tag
def card(content, title, url="", text="", *, kicker="", tag="div"):
    """A card; what stands inside comes last. `tag` is li in a list."""
    context = {"title": title, "url": url, "text": text, "kicker": kicker, "tag": tag}
    return render_to_string("components/card.html", {**context, "content": content})


@register.simple_block_tag
def table(content, label="", *, labelled_by="", sorted=False):  # noqa: A002  as the reader sees it
    """A table that scrolls within itself: caption, thead and tbody stand inside."""
    context = {"label": label, "labelled_by": labelled_by, "sorted": sorted}
    return render_to_string("components/table.html", {**context, "content": content})


@register.inclusion_tag("components/growth_chart.html")
def growth_chart(growth, title, text="", url="", link="", *, id="growth"):  # noqa: A002  the attribute of HTML
    """One bar a member (`drawings.growth`), with its words in the empty corner."""
    return {"growth": growth, "title": title, "text": text, "url": url, "link": link, "id": id}


@register.inclusion_tag("components/turnover.html")
def turnover(chart, label):
    """Who came, went and changed, year by year (`drawings.turnover`); `label` says it in a sentence."""
    return {"chart": chart, "label": label}


@register.inclusion_tag("components/map.html")
def europe_map(drawing, tally, announced=(), url="", title="", *, id="map", years=None):  # noqa: A002  the attribute of HTML
    """Where the members come from (`map.europe`): a section with the list of countries beside it.

    `tally` are `(number, countries)`, `announced` countries, each with `code` and `name`; `url` is
    the directory's, which a country's link filters. With `years` (`years.year_by_year`) the map can
    show another year, in place where scripts run and else in the directory.
    """
    rows = [(number, [(country, "", True) for country in countries]) for number, countries in tally]
    if years:
        rows = _rows_of_all_years(tally, years)
    return {
        "drawing": drawing,
        "rows": [(number, min(number, MOST), countries) for number, countries in rows],
        "today_numbers": [number for number, _countries in tally],
        "announced": announced,
        "url": url,
        "title": title or gettext("Members by country"),
        "id": id,
        "years": years,
        "now": years.moments[years.now] if years else None,
    }


def _rows_of_all_years(tally, years):
    """The rows of today and those that only another year needs: `(number, countries)`.

    A country is `(country, when its number changes, whether it has members today)`; those without
    stand in the last row.
    """
    rows = dict(tally)
    numbers = sorted({*rows, *years.numbers()}, reverse=True)
    shown = {number: [(one, True) for one in rows.get(number, [])] for number in numbers}
    here = {country.code for countries in rows.values() for country in countries}
    shown[numbers[-1]] += [(one, False) for one in years.countries() if one.code not in here]
    return [
        (number, [(country, years.at(country.code), is_here) for country, is_here in countries])
        for number, countries in shown.items()
    ]


@register.inclusion_tag("components/map_drawing.html")
def map_drawing(drawing, label=""):
    """The map alone (`map.europe`), where a list of the countries stands beside it."""
    words = ngettext(
        "Map of Europe with %(countries)s country of members; the list beside it says the same.",
        "Map of Europe with %(countries)s countries of members; the list beside it says the same.",
        drawing.countries,
    )
    return {"drawing": drawing, "label": label or words % {"countries": drawing.countries}}


@register.inclusion_tag("components/step_line.html")
def step_line(steps, label=""):
    """How many there were, day by day (`drawings.steps`)."""
    marks = [(mark, steps.height_of(mark.number)) for mark in steps.marks]
    return {"steps": steps, "marks": marks, "label": label}


@register.inclusion_tag("components/year_of_dots.html")
def year_of_dots(drawing, label):
    """A year in twelve months with dots (`drawings.year_of_dots`)."""
    months = [(line, str(MONTHS[int(line.label)])[:1]) for line in drawing.months]
    return {"drawing": drawing, "months": months, "label": label}
