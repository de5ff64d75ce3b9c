"""What the list of organisations can be narrowed to, on any day."""

import datetime

from django.contrib import admin
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Category, Membership, Network, NetworkMember, Organisation
from record.days import PartialDate, in_words, today

ENDING_DAYS = 90


def asked_day(request) -> datetime.date:
    """Return the day that a list is asked for (`?on=1 March 2022`); today where it is none."""
    try:
        return PartialDate.parse(request.GET.get("on", "")).first_day
    except ValueError:
        return today()


def not_understood(request) -> str:
    """Return why the day that was typed is none, '' where it is one or none was typed."""
    typed = request.GET.get("on", "").strip()
    try:
        if typed:
            PartialDate.parse(typed)
    except ValueError as error:
        return _("%(why)s This is today.") % {"why": error}
    return ""


class DayFilter(admin.SimpleListFilter):
    """The day for which state, category and the other columns are asked."""

    title = gettext_lazy("day")
    parameter_name = "on"
    template = "admin/filter_day.html"

    def lookups(self, request, model_admin):
        day = asked_day(request)
        self.day, self.error = day, not_understood(request)
        self.others = [
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in {"on", "p", "e"}
        ]
        return [(day.isoformat(), in_words(day))]

    def queryset(self, request, queryset):
        return queryset

    def choices(self, changelist):
        yield {
            "selected": True,
            "day": self.day,
            "error": self.error,
            "others": self.others,
            "today": self.day == today(),
            "query_string": changelist.get_query_string(remove=["on"]),
            "display": in_words(self.day),
        }


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("member", _("Member")),
            ("announced", _("Announced")),
            ("former", _("Former member")),
            ("none", _("Never a member")),
        ]

    def queryset(self, request, queryset):
        if self.value() not in {"member", "announced", "former", "none"}:
            return queryset
        return queryset.with_state(asked_day(request)).filter(state=self.value())


class CategoryFilter(admin.SimpleListFilter):
    title = gettext_lazy("category on that day")
    parameter_name = "category"

    def lookups(self, request, model_admin):
        return Category.choices

    def queryset(self, request, queryset):
        if self.value() not in Category.values:
            return queryset
        held = Membership.objects.on(asked_day(request)).filter(
            organisation=OuterRef("pk"), category=self.value()
        )
        return queryset.filter(Exists(held))


class CountryFilter(admin.SimpleListFilter):
    """Only the countries that are on record."""

    title = gettext_lazy("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        field = Organisation._meta.get_field("country")
        codes = (
            Organisation.objects.exclude(country="").order_by().values_list("country").distinct()
        )
        names = [(code, str(field.countries.name(code))) for (code,) in codes]
        return sorted(names, key=lambda pair: pair[1])

    def queryset(self, request, queryset):
        known = {code for code, _name in self.lookup_choices}
        return queryset.filter(country=self.value()) if self.value() in known else queryset


class NetworkFilter(admin.SimpleListFilter):
    title = gettext_lazy("network on that day")
    parameter_name = "network"

    def lookups(self, request, model_admin):
        return list(Network.objects.values_list("slug", "name"))

    def queryset(self, request, queryset):
        if self.value() not in {slug for slug, _name in self.lookup_choices}:
            return queryset
        places = NetworkMember.objects.on(asked_day(request)).filter(
            organisation=OuterRef("pk"), network__slug=self.value()
        )
        return queryset.filter(Exists(places))


def ending_soon(day: datetime.date):
    """Return the memberships in force on a day that end within 90 days of it."""
    return Membership.objects.ending_within(ENDING_DAYS, day)


class EndingFilter(admin.SimpleListFilter):
    title = gettext_lazy("end")
    parameter_name = "ends"

    def lookups(self, request, model_admin):
        return [("soon", _("Ends within 90 days"))]

    def queryset(self, request, queryset):
        if self.value() != "soon":
            return queryset
        ending = ending_soon(asked_day(request)).filter(organisation=OuterRef("pk"))
        return queryset.filter(Exists(ending))


class ConfirmationFilter(admin.SimpleListFilter):
    """Whether those who act for an organisation have confirmed its profile; as of today."""

    title = gettext_lazy("profile confirmed")
    parameter_name = "confirmed"
    questions = {"due": "to_be_confirmed", "silent": "silent", "nobody": "nobody_to_ask"}

    def lookups(self, request, model_admin):
        return [
            ("due", _("Not within a year")),
            ("silent", _("Asked 60 days ago, no answer")),
            ("nobody", _("Not within a year, and nobody to ask")),
        ]

    def queryset(self, request, queryset):
        question = self.questions.get(self.value())
        return getattr(queryset, question)() if question else queryset
