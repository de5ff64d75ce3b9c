"""What the directory can be filtered by, with the number beside each choice."""

import datetime
from functools import cached_property, reduce
from operator import or_

import django_filters
from django import forms
from django.http import QueryDict
from django.urls import reverse_lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from members.index import Bits, bits_of, index
from members.models import Category, Organisation
from members.querysets import ANNOUNCED, FORMER, MEMBER
from publishing.lists import ChoicesFilter, ListFilterSet
from record.days import today

SEARCHED = 100  # characters
ALWAYS_OFFERED = ("state", "category")


def states(day: datetime.date) -> list[tuple[str, str]]:
    """Return the states that an organisation may have, in words for that day."""
    later = _("Joined later") if day < today() else _("Announced")
    return [(MEMBER, _("Member")), (ANNOUNCED, later), (FORMER, _("Former member"))]


class DirectoryFilterSet(ListFilterSet):
    """Of /members/: organisations in the directory, as things stood on a day.

    Without a state those that are members on the day are shown. `kept` is what else stays in
    every address: the day asked for (`on`) and the order (`sort`).

    What is listed is a set of places in the order of name (`members.index`).
    """

    q = django_filters.CharFilter(
        label=gettext_lazy("Name, place or acronym"), max_length=SEARCHED,
        error_messages={"max_length": gettext_lazy("It has more than 100 characters.")},
        widget=forms.TextInput(attrs={"data-suggest": reverse_lazy("members:suggest")}),
    )  # fmt: skip
    state = ChoicesFilter(label=gettext_lazy("State"))
    category = ChoicesFilter(label=gettext_lazy("Category"))
    country = ChoicesFilter(label=gettext_lazy("Country"))
    group = ChoicesFilter(label=gettext_lazy("Working group"))
    network = ChoicesFilter(label=gettext_lazy("Network"))
    kind = ChoicesFilter(label=gettext_lazy("Kind"))
    # Those that the sponsor pays or paid for, on whatever day.
    sponsor = ChoicesFilter(label=gettext_lazy("Sponsored by"))

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
        self.index = index()
        self.standing = self.index.on(day)
        super().__init__(data, Organisation.objects.none())

    def offer(self):
        labels = {
            part: sorted(self.index.names(part).items(), key=lambda choice: choice[1].casefold())
            for part in ("group", "network", "sponsor")
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

    # What is listed

    def listed(self, *, without: str = "") -> Bits:
        """Return those that all filters let through, or all but one of them."""
        found = self.index.all
        for name, chosen in self.chosen().items():
            if name == without:
                continue
            found &= self.found if name == "q" else self._any_of(name, chosen)
        return found

    def _any_of(self, name: str, values: list[str]) -> Bits:
        choices = self.standing.facets[name]
        return reduce(or_, (choices.get(value, 0) for value in values), 0)

    @cached_property
    def ranks(self) -> dict[int, float]:
        """Return by place how well each fits that the search finds."""
        return self.index.ranks(self.chosen()["q"])

    @cached_property
    def found(self) -> Bits:
        return bits_of(self.ranks, self.index.size)

    # The number beside each choice: what it would show under all the other filters

    def counts(self) -> dict[str, dict[str, int]]:
        """Return how many rows each choice would show.

        A choice that would show none is offered no more, except states, categories and what is
        chosen.
        """
        counts, all_chosen = {}, self.chosen()
        for name, sets in self.standing.facets.items():
            if name not in self.filters:
                continue
            others, chosen = self.listed(without=name), all_chosen.get(name, [])
            numbers = {value: (others & bits).bit_count() for value, bits in sets.items()}
            field = self.form.fields[name]
            field.choices = [
                (value, label)
                for value, label in field.choices
                if name in ALWAYS_OFFERED or numbers.get(value) or value in chosen
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
