"""What the directory can be filtered by, with the number beside each choice."""

import datetime

import django_filters
from django import forms
from django.db.models import CharField, Count, F, QuerySet
from django.db.models.functions import Cast
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from members.models import Category, Membership, Network, NetworkMember, Organisation
from members.querysets import ANNOUNCED, FORMER, MEMBER
from publishing.lists import ChoicesFilter, ListFilterSet, in_one_query
from record.days import today

SEARCHED = 100  # characters
# Of working groups, which lie to the right: reached by the relation.
PARTICIPATION = Organisation._meta.get_field("participations").related_model
ALWAYS_OFFERED = ("state", "category")


def states(day: datetime.date) -> list[tuple[str, str]]:
    """Return the states that an organisation may have, in words for that day."""
    later = _("Joined later") if day < today() else _("Announced")
    return [(MEMBER, _("Member")), (ANNOUNCED, later), (FORMER, _("Former member"))]


def _text(column: str) -> Cast:
    """One type for all columns of questions that are asked together."""
    return Cast(F(column), CharField())


def _pairs(rows: QuerySet, value: str, label: str) -> QuerySet:
    pairs = rows.order_by().annotate(a_value=_text(value), a_label=_text(label))
    return pairs.values_list("a_value", "a_label").distinct()


def _numbers(rows: QuerySet, value: str) -> QuerySet:
    """Count organisations by a value."""
    return (
        rows.order_by()
        .annotate(a_value=_text(value))
        .values_list("a_value")
        .annotate(a_number=Count("pk", distinct=True))
        .values_list("a_value", "a_number")
    )


def _with(relation: str) -> QuerySet:
    return Organisation.objects.in_directory().filter(**{f"{relation}__isnull": False})


class DirectoryFilterSet(ListFilterSet):
    """Of /members/: organisations in the directory, as things stood on a day.

    Without a state those that are members on the day are shown. `kept` is what else stays in
    every address: the day asked for (`on`) and the order (`sort`).
    """

    q = django_filters.CharFilter(
        label=gettext_lazy("Name, place or acronym"), method="named", max_length=SEARCHED,
        error_messages={"max_length": gettext_lazy("It has more than 100 characters.")},
        widget=forms.TextInput(attrs={"data-suggest": reverse_lazy("members:suggest")}),
    )  # fmt: skip
    state = ChoicesFilter(label=gettext_lazy("State"), method="in_state")
    category = ChoicesFilter(label=gettext_lazy("Category"), method="of_category")
    country = ChoicesFilter(label=gettext_lazy("Country"), method="in_country")
    group = ChoicesFilter(label=gettext_lazy("Working group"), method="in_group")
    network = ChoicesFilter(label=gettext_lazy("Network"), method="in_network")
    kind = ChoicesFilter(label=gettext_lazy("Kind"), method="of_kind")
    sponsor = ChoicesFilter(label=gettext_lazy("Sponsored by"), method="sponsored_by")

    class Meta:
        model = Organisation
        fields = []

    def __init__(self, data: QueryDict, day: datetime.date, kept: dict[str, str] | None = None):
        self.day, self.kept = day, kept or {}
        data = data.copy()
        known = dict(states(day))
        asked = [value for value in data.getlist("state") if value in known]
        self.state_is_default = set(asked) <= {MEMBER}
        if not asked:
            data.appendlist("state", MEMBER)
        super().__init__(data, Organisation.objects.in_directory().with_state(day))

    def offer(self):
        found = in_one_query([
            ("network", _pairs(Network.objects.all(), "slug", "name")),
            ("group", _pairs(_with("participations"), "participations__group__slug",
                             "participations__group__name")),
            ("sponsor", _pairs(_with("memberships__sponsor"), "memberships__sponsor__slug",
                               "memberships__sponsor__name")),
        ])  # fmt: skip
        labels = {
            name: sorted(rows, key=lambda row: row[1].casefold()) for name, rows in found.items()
        }
        return {
            "state": states(self.day),
            "category": [
                (value, capfirst(label))
                for value, label in Category.choices
                if value != Category.NOT_ON_RECORD
            ],
            "country": list(countries),
            "kind": [(value, capfirst(label)) for value, label in Organisation.Kind.choices],
            **labels,
        }

    # What each filter lets through

    def named(self, queryset, _name, text):
        return queryset.search_for(text)

    def in_state(self, queryset, _name, values):
        return queryset.filter(state__in=values)

    def of_category(self, queryset, _name, values):
        return queryset.with_category(self.day).filter(category__in=values)

    def in_country(self, queryset, _name, codes):
        return queryset.filter(country__in=codes)

    def in_group(self, queryset, _name, slugs):
        taking_part = PARTICIPATION.objects.on(self.day).filter(group__slug__in=slugs)
        return queryset.filter(pk__in=taking_part.values("organisation"))

    def in_network(self, queryset, _name, slugs):
        places = NetworkMember.objects.on(self.day).filter(network__slug__in=slugs)
        return queryset.filter(pk__in=places.values("organisation"))

    def of_kind(self, queryset, _name, kinds):
        return queryset.filter(kind__in=kinds)

    def sponsored_by(self, queryset, _name, slugs):
        """Those that the sponsor pays or paid for, on whatever day."""
        sponsored = Membership.objects.filter(sponsor__slug__in=slugs)
        return queryset.filter(pk__in=sponsored.values("organisation"))

    # The number beside each choice: what it would show under all the other filters

    def numbers(self) -> list[tuple[str, QuerySet]]:
        """Return the questions behind the counts, one a filter."""
        without = {name: self.filtered(without=name) for name in self.filters}
        rows = {
            "state": (without["state"], "state"),
            "category": (without["category"].with_category(self.day), "category"),
            "country": (without["country"], "country"),
            "kind": (without["kind"], "kind"),
        }
        if "group" in without:
            on_the_day = without["group"].filter(participations__during__contains=self.day)
            rows["group"] = (on_the_day, "participations__group__slug")
        if "network" in without:
            on_the_day = without["network"].filter(network_places__during__contains=self.day)
            rows["network"] = (on_the_day, "network_places__network__slug")
        if "sponsor" in without:
            ever = without["sponsor"].filter(memberships__sponsor__isnull=False)
            rows["sponsor"] = (ever, "memberships__sponsor__slug")
        return [(name, _numbers(*question)) for name, question in rows.items()]

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many rows each choice would show, in one query whatever is chosen.

        A choice that would show none is offered no more, except states, categories and what is
        chosen.
        """
        counts = {}
        for name, rows in in_one_query(self.numbers()).items():
            numbers, chosen, field = dict(rows), self.chosen().get(name, []), self.form.fields[name]
            field.choices = [
                (value, label)
                for value, label in field.choices
                if name in ALWAYS_OFFERED or value in numbers or value in chosen
            ]
            counts[name] = {value: numbers.get(value, 0) for value, _label in field.choices}
        return counts

    # Addresses

    def chips(self):
        chips = super().chips()
        if self.state_is_default:
            chips = [chip for chip in chips if chip[1] != self._address({"state": []})]
        return chips

    def address(self, **changes) -> str:
        """Return the list's address with what is chosen and kept, changed in these parameters."""
        return f"?{self.parameters(**changes).urlencode()}"

    def parameters(self, **changes) -> QueryDict:
        query = QueryDict(mutable=True)
        for name, value in {**self.chosen_by_reader(), **self.kept, **changes}.items():
            query.setlist(name, [value] if isinstance(value, str) else value)
        return query

    def _address(self, changes):
        return self.address(**changes)

    def chosen_by_reader(self) -> dict:
        chosen = self.chosen()
        if self.state_is_default:
            chosen.pop("state", None)
        return chosen
