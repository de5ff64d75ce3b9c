"""Lists with filters in the address: what is chosen, what was not understood, and which page."""

from collections import Counter
from collections.abc import Iterable

import django_filters
from django import forms
from django.contrib.postgres.search import SearchQuery
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Count, F, Q, Value
from django.db.models.functions import Cast, ExtractYear
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import SEARCH_CONFIG
from record.days import year_bounds

PAGE_SIZE = 24
SHOWN = 40  # characters of what was typed that a sentence repeats


def as_typed(text: str) -> str:
    """Return what somebody typed as a sentence may repeat it: short, nothing unprintable."""
    shown = "".join(letter for letter in text if letter.isprintable())
    return shown if len(shown) <= SHOWN else f"{shown[:SHOWN]}…"


class KeysFirst(Paginator):
    """Pages of which the keys are found first, from an index alone, and only then their rows.

    So a page far behind does not load what stands before it.
    """

    def page(self, number):
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows = self.object_list
        if not first or not isinstance(rows, models.QuerySet) or rows.query.combinator:
            return super().page(number)
        keys = rows.select_related(None).prefetch_related(None).values("pk")
        keys = list(keys[first : first + self.per_page].values_list("pk", flat=True))
        return self._get_page(rows.filter(pk__in=keys), number, self)


def page_of(rows, number: str | None, size: int = PAGE_SIZE) -> tuple[Page, str]:
    """Return one page of a list, and a sentence where the number asked for is none of its pages.

    A number that is too high gives the last page, anything else that is no page the first.
    """
    paginator = KeysFirst(rows, size)
    if not number:
        return paginator.page(1), ""
    page = paginator.get_page(number)
    try:
        asked = int(number)
    except ValueError:
        note = _("'%(number)s' is not the number of a page: this is the first one.")
        return page, note % {"number": as_typed(number)}
    if asked < 1:
        note = _("Pages are counted from 1: this is the first one.")
        return paginator.page(1), note
    if asked > paginator.num_pages:
        return page, _("There is no page %(number)s: this is the last one.") % {
            "number": as_typed(number)
        }
    return page, ""


class KnownChoicesField(forms.MultipleChoiceField):
    """Some of the offered values. What is not offered is put aside in `unknown`, not refused."""

    unknown: tuple[str, ...] = ()

    def clean(self, value):
        asked = list(dict.fromkeys(str(one) for one in value or []))
        offered = {str(key) for key, _label in self.choices}
        self.unknown = tuple(one for one in asked if one not in offered)
        return [one for one in asked if one in offered]


class ChoicesFilter(django_filters.Filter):
    """A filter that takes several values of those offered; `method` says what they do."""

    field_class = KnownChoicesField


class WordsFilter(django_filters.CharFilter):
    """Full text over a stored `search` column."""

    def __init__(self, **kwargs):
        kwargs.setdefault("label", gettext_lazy("Words in the text"))
        super().__init__(max_length=200, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        query = SearchQuery(value, config=SEARCH_CONFIG, search_type="websearch")
        return queryset.filter(search=query)


class ListFilterSet(django_filters.FilterSet):
    """The filters of a list. What an address asks for and nobody offers is left out, and said.

    A filterset names its filters in `order`; the choices of all are one query (`offers`), and so are
    the numbers beside them (`numbers`). Years stand newest first, all else by its label.
    """

    order: tuple[str, ...] = ()

    def __init__(self, data, queryset, **kwargs):
        super().__init__(data, queryset, **kwargs)
        self.filters = {name: self.filters[name] for name in self.order or self.filters}
        self._left_out = {}
        for name, choices in self.offer().items():
            if choices:
                self.filters[name].extra["choices"] = choices
            else:
                self._left_out[name] = self.filters.pop(name)

    def offers(self) -> list[tuple[str, models.QuerySet]]:
        """Return for each filter with choices from the record its rows of (value, label)."""
        return []

    def numbers(self) -> list[tuple[str, models.QuerySet]]:
        """Return for each filter the rows of `counted_by`: under all filters but this one."""
        return []

    def offer(self) -> dict[str, list[tuple[str, str]]]:
        offered = {
            name: sorted(set(choices), key=lambda choice: choice[1].casefold())
            for name, choices in in_one_query(self.offers()).items()
        }
        if "year" in offered:
            offered["year"].reverse()
        return offered

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many rows each choice would show.

        A choice that would show none is offered no more, unless it is chosen.
        """
        counts = {}
        for name, rows in in_one_query(self.numbers()).items():
            if name in self.filters:
                total = Counter()
                for value, number in rows:
                    total[value] += number
                chosen, field = self.chosen().get(name, []), self.form.fields[name]
                field.choices = [
                    (value, label)
                    for value, label in field.choices
                    if total[value] or value in chosen
                ]
                counts[name] = {value: total[value] for value, _label in field.choices}
        return counts

    def filtered(self, *, without: str = "") -> models.QuerySet:
        """Return the rows that all filters let through, or all but one of them."""
        queryset = self.queryset.all()
        for name, value in self.chosen().items():
            if name != without:
                queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def qs(self) -> models.QuerySet:
        return self.filtered()

    def chosen(self) -> dict:
        """Return what is chosen and understood, by the name of the filter."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    def not_understood(self) -> list[str]:
        """Return a sentence for each thing in the address that was left out."""
        sentences = []
        unknown = [
            (bound.label, one) for bound in self.form for one in getattr(bound.field, "unknown", ())
        ] + [
            (left_out.label, one)
            for name, left_out in self._left_out.items()
            for one in self.data.getlist(name)
        ]
        for label, value in unknown:
            sentence = _("%(filter)s: nothing here is called '%(value)s', so it was left out.")
            sentences.append(sentence % {"filter": label, "value": as_typed(value)})
        for name, errors in self.form.errors.items():
            sentence = _("%(filter)s: this was left out. %(reason)s")
            label = self.form[name].label
            sentences.append(sentence % {"filter": label, "reason": " ".join(errors)})
        return sentences

    def chips(self) -> list[tuple[str, str]]:
        """Return what is chosen as (label, address without it)."""
        chips = []
        for name, value in self.chosen().items():
            if isinstance(value, str):
                chips.append((f"\u2018{value}\u2019", self._address({name: []})))
                continue
            labels = dict(self.filters[name].extra["choices"])
            chips += [
                (str(labels[one]), self._address({name: [v for v in value if v != one]}))
                for one in value
            ]
        return chips

    def query(self) -> str:
        """Return the chosen filters as the query part of an address, without the page."""
        return self._address({}).removeprefix("?")

    def _address(self, changes: dict[str, list[str]]) -> str:
        query = self.data.copy()
        query.clear()
        for name, value in {**self.chosen(), **changes}.items():
            query.setlist(name, [value] if isinstance(value, str) else value)
        return f"?{query.urlencode()}"


def year_of(column: str) -> Cast:
    """Return the year of a day as text, to stand beside other values of filters."""
    return Cast(ExtractYear(column), models.CharField())


def counted_by(rows: models.QuerySet, value: str) -> models.QuerySet:
    """Return how many rows there are of each value, as (value, number)."""
    counted = rows.order_by().values(counted=F(value)).annotate(number=Count("pk"))
    return counted.values_list("counted", "number")


def in_years(column: str, years: Iterable[str]) -> Q:
    """Return the condition that a day lies in one of these years."""
    condition = Q()
    for year in years:
        first, after = year_bounds(int(year))
        condition |= Q(**{f"{column}__gte": first, f"{column}__lt": after})
    return condition


def in_one_query(parts: Iterable[tuple[str, models.QuerySet]]) -> dict[str, list[tuple]]:
    """Ask several small questions of the same shape at once.

    `parts` are names and querysets of values_list, all with the same types of columns; a name may
    come more than once. Returns the rows by name.
    """
    named = [
        (name, rows.annotate(part=Value(name, output_field=models.CharField())))
        for name, rows in parts
    ]
    if not named:
        return {}
    first, *others = [rows for _name, rows in named]
    found: dict[str, list[tuple]] = {name: [] for name, _rows in named}
    for *row, name in first.union(*others, all=True).order_by() if others else first:
        found[name].append(tuple(row))
    return found
