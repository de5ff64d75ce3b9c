"""Organisations with all that is dated about them."""

import datetime
from collections.abc import Iterable

from django.contrib import admin
from django.db.models import DateField, Prefetch, Value
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import confirmations
from members.admin.organisation_filters import (
    CategoryFilter,
    ConfirmationFilter,
    CountryFilter,
    DayFilter,
    EndingFilter,
    NetworkFilter,
    StateFilter,
    asked_day,
)
from members.import_pages import ImportsOfOrganisation
from members.membership_steps import StepsOfOrganisation
from members.merge_pages import MergesOfOrganisation
from members.models import (
    Affiliation,
    Alias,
    Membership,
    NetworkMember,
    Organisation,
    Representation,
)
from record.admin import (
    PartialDatesForm,
    PeriodRows,
    RecordAdmin,
    StackedRows,
    TabularRows,
    partial_date,
)


class MembershipRows(PeriodRows, StackedRows):
    model = Membership
    fk_name = "organisation"
    show_change_link = True
    fieldsets = (
        (None, {"fields": (("category", "starts", "ends"),)}),
        (
            gettext_lazy("Sponsorship"),
            {
                "fields": (("sponsor", "on_behalf_of"), ("helped_by", "not_continued")),
                "classes": ("collapse",),
            },
        ),
        (
            gettext_lazy("How it is known, and why it ended"),
            {
                "fields": (
                    ("start_basis", "start_qualifier", "end_known"),
                    ("source", "end_reason"),
                ),
                "classes": ("collapse",),
            },
        ),
    )

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("helped_by")


class AliasRows(TabularRows):
    model = Alias
    fields = ("name", "kind", "language")


class PeopleRows(PeriodRows, TabularRows):
    """The people of an organisation."""

    model = Affiliation
    fields = ("person", "function", "body", "starts", "start_basis", "ends", "end_known", "order")
    verbose_name = gettext_lazy("function")
    verbose_name_plural = gettext_lazy("people and their functions")


class RepresentationRows(PeriodRows, TabularRows):
    model = Representation
    fields = ("person", "starts", "ends")
    show_change_link = True
    verbose_name_plural = gettext_lazy("people who act for it in the portal")


class NetworkPlaceRows(PeriodRows, TabularRows):
    model = NetworkMember
    fields = ("network", "starts", "start_basis", "ends", "end_known")
    verbose_name = gettext_lazy("place in a network")
    verbose_name_plural = gettext_lazy("places in networks")


class OrganisationForm(PartialDatesForm):
    partial_dates = {"founded": ("founded_on", "founded_precision")}
    founded = partial_date(gettext_lazy("founded"))


def speaking(memberships: Iterable[Membership], day: datetime.date) -> Membership | None:
    """Return the membership that says what an organisation is on a day: the one in force, else the
    next one, else the last one. `memberships` come newest first.
    """
    in_force = [one for one in memberships if one.is_on(day)]
    announced = [one for one in memberships if one.is_announced(day)]
    return next(iter([*in_force, *announced[-1:], *memberships]), None)


@admin.action(
    description=gettext_lazy("Its people have confirmed the profile"),
    description_plural=gettext_lazy("Their people have confirmed the profiles"),
    permissions=["change"],
    location=[admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM],
)
def confirm_profiles(modeladmin, request, queryset):
    """Note what an organisation said by telephone or mail."""
    for organisation in queryset.only("pk"):
        confirmations.confirm(
            organisation, by=request.user, why=_("The organisation told the office")
        )
    number = len(queryset)
    modeladmin.message_user(request, _("Confirmed today: %(number)d.") % {"number": number})


@admin.register(Organisation)
class OrganisationAdmin(
    MergesOfOrganisation, ImportsOfOrganisation, StepsOfOrganisation, RecordAdmin
):
    form = OrganisationForm
    actions = (*StepsOfOrganisation.actions, *MergesOfOrganisation.actions, confirm_profiles)
    list_display = (
        "by_name", "state_in_words", "category_in_words", "country_name", "city", "networks", "ends",
    )  # fmt: skip
    list_filter = (
        DayFilter, StateFilter, CategoryFilter, EndingFilter, CountryFilter, "kind", NetworkFilter,
        ConfirmationFilter,
    )  # fmt: skip
    search_fields = ("name",)
    search_help_text = gettext_lazy("Any of its names, its city or its description.")
    ordering = ("sort_name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("logo_preview", "confirmed_on")
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "website")}),
        (gettext_lazy("Place"), {"fields": (("country", "city", "region"), "founded")}),
        (
            gettext_lazy("Profile"),
            {"fields": (("logo", "logo_preview"), "summary", "description", "confirmed_on")},
        ),
        (
            gettext_lazy("The alliance itself"),
            {"fields": ("is_alliance",), "classes": ("collapse",)},
        ),
    )
    inlines = (MembershipRows, AliasRows, PeopleRows, RepresentationRows, NetworkPlaceRows)

    def for_list(self, request, queryset):
        day = asked_day(request)
        places = NetworkMember.objects.on(day).select_related("network")
        return (
            queryset.annotate(asked_on=Value(day, output_field=DateField()))
            .with_memberships()
            .prefetch_related(Prefetch("network_places", places, to_attr="places_that_day"))
            .defer("description", "search", "search_names")
        )

    def get_search_results(self, request, queryset, search_term):
        found = queryset.search_for(search_term)
        if "autocomplete" in request.path:
            found = found.order_by("-rank", "sort_name", "pk")
        return found, False

    @admin.display(description=gettext_lazy("name"), ordering="sort_name")
    def by_name(self, organisation):
        return organisation.name

    @admin.display(description=gettext_lazy("state"))
    def state_in_words(self, organisation):
        one = self._speaking(organisation)
        return one.state_in_words(organisation.asked_on) if one else ""

    @admin.display(description=gettext_lazy("category"))
    def category_in_words(self, organisation):
        one = self._speaking(organisation)
        return one.get_category_display() if one else ""

    @admin.display(description=gettext_lazy("country"), ordering="country")
    def country_name(self, organisation):
        return organisation.country.name or ""

    @admin.display(description=gettext_lazy("networks"))
    def networks(self, organisation):
        return ", ".join(place.network.name for place in organisation.places_that_day)

    @admin.display(description=gettext_lazy("last day"))
    def ends(self, organisation):
        one = self._speaking(organisation)
        return (one.ends if one else None) or ""

    def _speaking(self, organisation):
        return speaking(organisation.memberships.all(), organisation.asked_on)

    @admin.display(description=gettext_lazy("preview"))
    def logo_preview(self, organisation):
        return picture_preview(organisation.logo)

    def view_on_site(self, organisation):
        return organisation.get_absolute_url()


def picture_preview(picture):
    """Return a picture small enough to stand in a form."""
    if picture is None or not picture.file:
        return ""
    return format_html(
        '<img class="preview" src="{}" alt="{}" height="64">', picture.file.url, picture.alternative
    )
