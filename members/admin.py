"""Where staff keep the record of members: organisations with all that is dated about them."""

import datetime
from collections.abc import Iterable

from django.contrib import admin, messages
from django.db.models import DateField, Exists, OuterRef, Prefetch, Value
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.actions import InvitationError, invite
from members.membership_steps import StepActions, StepsOfOrganisation
from members.models import (
    Affiliation,
    Alias,
    Application,
    Category,
    Figure,
    Membership,
    Network,
    NetworkCoordination,
    NetworkMember,
    Organisation,
    Person,
    Quotation,
    Representation,
    ShowingBasis,
)
from record.admin import (
    EXPLAINED,
    PartialDatesForm,
    PeriodRows,
    RecordAdmin,
    StackedRows,
    TabularRows,
    partial_date,
)
from record.days import in_words, today
from record.forms import PeriodForm
from record.names import normalise

# What the constraints of migration 0002 say, which only raw SQL knows.
EXPLAINED |= {
    "members_coordinator_in_network": NetworkCoordination.OUTSIDE,
    "members_network_place": gettext_lazy(
        "This organisation is in the network already during part of that time."
    ),
    "members_regional_has_region": gettext_lazy(
        "Fill in the organisation's region first: a regional member has one."
    ),
    "members_alliance_is_no_member": gettext_lazy("The alliance is not a member of itself."),
}
ENDING_DAYS = 90


# -- organisations --------------------------------------------------------------------------------


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


def asked_day(request) -> datetime.date:
    """Return the day that a list is asked for (`?on=2022-03-01`); today where it is none."""
    try:
        return datetime.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return today()


class DayFilter(admin.SimpleListFilter):
    """The day for which state, category and the other columns are asked."""

    title = gettext_lazy("day")
    parameter_name = "on"
    template = "admin/filter_day.html"

    def lookups(self, request, model_admin):
        day = asked_day(request)
        self.day = day
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
    """Only the countries that are on record; they are many, so the list opens when it is used."""

    template = "admin/filter_folded.html"

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
    last = day + datetime.timedelta(days=ENDING_DAYS)
    return Membership.objects.on(day).ending_between(day, last)


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


def speaking(memberships: Iterable[Membership], day: datetime.date) -> Membership | None:
    """Return the membership that says what an organisation is on a day: the one in force, else the
    next one, else the last one. `memberships` come newest first.
    """
    in_force = [one for one in memberships if one.is_on(day)]
    announced = [one for one in memberships if one.is_announced(day)]
    return next(iter([*in_force, *announced[-1:], *memberships]), None)


@admin.register(Organisation)
class OrganisationAdmin(StepsOfOrganisation, RecordAdmin):
    form = OrganisationForm
    list_display = (
        "by_name", "state_in_words", "category_in_words", "country_name", "city", "networks", "ends",
    )  # fmt: skip
    list_filter = (
        DayFilter, StateFilter, CategoryFilter, EndingFilter, CountryFilter, "kind", NetworkFilter,
    )  # fmt: skip
    search_fields = ("name",)
    search_help_text = gettext_lazy("Any of its names, its city or its description.")
    ordering = ("sort_name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("logo_preview",)
    fieldsets = (
        (None, {"fields": ("name", "slug", "kind", "website")}),
        (gettext_lazy("Place"), {"fields": (("country", "city", "region"), "founded")}),
        (
            gettext_lazy("Profile"),
            {"fields": (("logo", "logo_preview"), "summary", "description")},
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


@admin.register(Membership)
class MembershipAdmin(StepActions, RecordAdmin):
    """One membership by itself: for its history, and for lists across organisations."""

    form = PeriodForm
    list_display = ("organisation", "words", "category", "sponsor", "last_day")
    list_filter = ("category", "not_continued", ("sponsor", admin.RelatedOnlyFieldListFilter))
    search_fields = ("organisation__search_names",)
    ordering = ("organisation__sort_name", "-during")
    fields = (
        "organisation", "category", ("starts", "ends"), ("sponsor", "on_behalf_of"), "helped_by",
        "not_continued", "end_reason", ("start_basis", "start_qualifier", "end_known"), "source",
    )  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, normalise(search_term))

    @admin.display(description=gettext_lazy("period"), ordering="during")
    def words(self, membership):
        return membership.state_in_words()

    @admin.display(description=gettext_lazy("last day"))
    def last_day(self, membership):
        return membership.ends or ""

    def view_on_site(self, membership):
        return membership.organisation.get_absolute_url()


# -- people ---------------------------------------------------------------------------------------


class BasisRows(TabularRows):
    model = ShowingBasis
    fields = ("what", "kind", "since", "until", "proof")


class AffiliationRows(PeriodRows, TabularRows):
    """The functions of a person."""

    model = Affiliation
    fields = (
        "organisation", "function", "body", "starts", "start_basis", "ends", "end_known", "order",
    )  # fmt: skip
    verbose_name = gettext_lazy("function")
    verbose_name_plural = gettext_lazy("functions at organisations")


class ActsForRows(PeriodRows, TabularRows):
    model = Representation
    fields = ("organisation", "starts", "ends")
    show_change_link = True
    verbose_name_plural = gettext_lazy("acts in the portal for")


@admin.register(Person)
class PersonAdmin(RecordAdmin):
    """A person. The mail address is for the office: no page of the site shows it."""

    view_on_site = False
    list_display = ("by_name", "functions", "has_account")
    search_fields = ("sort_name",)
    ordering = ("sort_name", "pk")
    prepopulated_fields = {"slug": ("name",)}
    readonly_fields = ("portrait_preview",)
    fieldsets = (
        (None, {"fields": (("title", "name", "family_name"), "slug", "email", "user")}),
        (
            gettext_lazy("Profile"),
            {"fields": (("portrait", "portrait_preview"), "biography")},
        ),
    )
    inlines = (BasisRows, AffiliationRows, ActsForRows)

    def for_list(self, request, queryset):
        held = Affiliation.objects.on().select_related("organisation")
        return queryset.prefetch_related(Prefetch("affiliations", held, to_attr="held_today"))

    def get_readonly_fields(self, request, obj=None):
        names = super().get_readonly_fields(request, obj)
        return names if request.user.has_perm("accounts.view_user") else (*names, "user")

    @admin.display(description=gettext_lazy("name"), ordering="sort_name")
    def by_name(self, person):
        return person.full_name

    @admin.display(description=gettext_lazy("functions today"))
    def functions(self, person):
        return "; ".join(str(one) for one in person.held_today)

    @admin.display(description=gettext_lazy("account"), boolean=True)
    def has_account(self, person):
        return person.user_id is not None

    @admin.display(description=gettext_lazy("preview"))
    def portrait_preview(self, person):
        return picture_preview(person.portrait)


@admin.action(
    description=gettext_lazy("Invite this person"),
    description_plural=gettext_lazy("Invite these people"),
    permissions=["invite"],
    location=[admin.ActionLocation.CHANGE_LIST, admin.ActionLocation.CHANGE_FORM],
)
def invite_person(modeladmin, request, queryset):
    """Mail an invitation to the person of each chosen role or representation."""
    for grant in queryset.select_related("person__user"):
        person = grant.person
        if not person.email:
            text = _("%(person)s has no mail address on record: write it there first.")
            modeladmin.message_user(request, text % {"person": person}, messages.ERROR)
            continue
        try:
            invite(email=person.email, grant=grant, by=request.user)
        except InvitationError as error:
            modeladmin.message_user(request, f"{person}: {error}", messages.ERROR)
        else:
            text = _("An invitation is on its way to %(person)s.")
            modeladmin.message_user(request, text % {"person": person})


class Inviting:
    """Mixed into the admin of what an invitation can be bound to."""

    actions = (invite_person,)

    def has_invite_permission(self, request):
        return request.user.has_perm("accounts.invite")


@admin.register(Representation)
class RepresentationAdmin(Inviting, RecordAdmin):
    form = PeriodForm
    list_display = ("person", "organisation", "words")
    search_fields = ("person__sort_name", "organisation__search_names")
    ordering = ("organisation__sort_name", "-during")
    fields = ("person", "organisation", ("starts", "ends"), ("start_basis", "end_known"))

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, normalise(search_term))

    @admin.display(description=gettext_lazy("period"), ordering="during")
    def words(self, representation):
        return representation.period_in_words()


# -- networks -------------------------------------------------------------------------------------


class PlaceRows(PeriodRows, TabularRows):
    model = NetworkMember
    fields = ("organisation", "starts", "start_basis", "ends", "end_known")
    verbose_name = gettext_lazy("member")


class CoordinationForm(PeriodForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # The coordinator's place may stand on the same page and be saved with it: whether it
        # covers the coordination is asked when both are saved (CoordinationRows.refuse_rows).
        self.instance.is_covered = lambda: True


class CoordinationRows(PeriodRows, TabularRows):
    model = NetworkCoordination
    form = CoordinationForm
    fields = ("organisation", "starts", "start_basis", "ends", "end_known")
    verbose_name = gettext_lazy("coordination")
    verbose_name_plural = gettext_lazy("coordination")

    def refuse_rows(self, formset):
        """Every coordination must lie within the coordinator's places, as both are saved now."""
        return {
            form.prefix: [str(NetworkCoordination.OUTSIDE)]
            for form in formset.live_forms()
            if not NetworkCoordination.is_covered(form.instance)
        }


@admin.register(Network)
class NetworkAdmin(RecordAdmin):
    list_display = ("name", "formal", "members_today", "coordinator")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", ("formal", "list_complete"), "summary", "description")
    inlines = (PlaceRows, CoordinationRows)

    def for_list(self, request, queryset):
        coordination = NetworkCoordination.objects.on().select_related("organisation")
        return queryset.prefetch_related(
            Prefetch("places", NetworkMember.objects.on(), to_attr="places_today"),
            Prefetch("coordinations", coordination, to_attr="coordinated_today"),
        )

    @admin.display(description=gettext_lazy("members today"))
    def members_today(self, network):
        return len(network.places_today)

    @admin.display(description=gettext_lazy("coordinator today"))
    def coordinator(self, network):
        return ", ".join(str(one.organisation) for one in network.coordinated_today)

    def view_on_site(self, network):
        return network.get_absolute_url()


# -- figures, quotations, applications ------------------------------------------------------------


class FigureForm(PartialDatesForm):
    partial_dates = {"true_on": ("as_of", "as_of_precision")}
    true_on = partial_date(gettext_lazy("true on"))


@admin.register(Figure)
class FigureAdmin(RecordAdmin):
    form = FigureForm
    list_display = ("about", "measure", "words", "dated", "source")
    list_filter = ("measure",)
    search_fields = ("about__search_names", "source")
    fields = (
        "about", "measure", "definition", ("qualifier", "value", "unit"), ("true_on", "not_after"),
        ("said_by", "said_as"), "source", "source_url",
    )  # fmt: skip

    @admin.display(description=gettext_lazy("figure"), ordering="value")
    def words(self, figure):
        return figure.in_words()

    @admin.display(description=gettext_lazy("how it is dated"), ordering="as_of")
    def dated(self, figure):
        return figure.dated_in_words()


@admin.register(Quotation)
class QuotationAdmin(RecordAdmin):
    list_display = ("__str__", "speaker", "function", "said_on", "withdrawn_on")
    list_filter = (("withdrawn_on", admin.EmptyFieldListFilter),)
    search_fields = ("words", "speaker__sort_name")
    fields = (
        "words", "language", "speaker", "function", "organisation", "said_on",
        ("consented_on", "consent_proof"), "withdrawn_on", "used_in",
    )  # fmt: skip


@admin.register(Application)
class ApplicationAdmin(RecordAdmin):
    list_display = ("name", "country", "category", "state", "sent_at", "contact_name")
    list_filter = ("state", "category")
    search_fields = ("name", "contact_name", "contact_email")
    readonly_fields = ("begun_at", "sent_at", "decided_at", "decided_by")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "name", "kind", ("country", "city", "region"), "website",
                    ("category", "represents"), "motivation",
                )
            },
        ),
        (
            gettext_lazy("Contact"),
            {"fields": (("contact_name", "contact_function"), "contact_email")},
        ),
        (
            gettext_lazy("Decision"),
            {
                "fields": (
                    "state", "reason", "organisation", ("begun_at", "sent_at"),
                    ("decided_at", "decided_by"),
                )
            },
        ),
    )  # fmt: skip

    def save_model(self, request, obj, form, change):
        """Note who decided and when, with the decision."""
        decided = {Application.State.ACCEPTED, Application.State.DECLINED}
        if "state" in form.changed_data:
            is_decision = obj.state in decided
            obj.decided_by = request.user if is_decision else None
            obj.decided_at = timezone.now() if is_decision else None
        super().save_model(request, obj, form, change)
