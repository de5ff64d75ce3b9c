"""What the list of activities can be filtered by, with the number beside each choice."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from publishing.lists import (
    ChoicesFilter,
    ListFilterSet,
    WordsFilter,
    counted_by,
    in_years,
    year_of,
)
from working_groups.models import Activity, WorkingGroup

KINDS = [(value, capfirst(label)) for value, label in Activity.Kind.choices]


class ActivityFilterSet(ListFilterSet):
    q = WordsFilter()
    kind = ChoicesFilter(label=_("Kind"), method="of_kind", choices=KINDS)
    group = ChoicesFilter(label=_("Working group"), method="of_group")
    year = ChoicesFilter(label=_("Year"), method="of_year")

    order = ("q", "kind", "group", "year")

    class Meta:
        model = Activity
        fields = []

    def of_kind(self, queryset, _name, kinds):
        return queryset.filter(kind__in=kinds)

    def of_group(self, queryset, _name, slugs):
        return queryset.filter(group__slug__in=slugs)

    def of_year(self, queryset, _name, years):
        return queryset.filter(in_years("starts_on", years))

    def offers(self):
        years = self.queryset.order_by().annotate(of_year=year_of("starts_on"))
        return [
            ("group", WorkingGroup.objects.order_by().values_list("slug", "name")),
            ("year", years.values_list("of_year", "of_year").distinct()),
        ]

    def numbers(self):
        years = self.filtered(without="year").annotate(of_year=year_of("starts_on"))
        groups = self.filtered(without="group").exclude(group=None)
        return [
            ("kind", counted_by(self.filtered(without="kind"), "kind")),
            ("group", counted_by(groups, "group__slug")),
            ("year", counted_by(years, "of_year")),
        ]
