"""Where staff keep working groups: who leads them, who takes part, what they do."""

from functools import partial

from django.contrib import admin
from django.db.models import Prefetch
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy

from members.admin import Inviting, PersonAdmin
from publishing.admin import FullTextSearch, PublicationAdmin
from record.admin import (
    EXPLAINED,
    PartialDatesForm,
    PeriodRows,
    RecordAdmin,
    TabularRows,
    TodayFilter,
    partial_date,
)
from record.forms import PeriodForm
from record.names import normalise
from working_groups import handover_pages
from working_groups.models import (
    Activity,
    Document,
    Expert,
    GuestAppearance,
    HandoverProposal,
    Initiative,
    JoinRequest,
    OpenList,
    Overview,
    Participation,
    Role,
    Strand,
    WorkingGroup,
)

# What the composite key of migration 0002 says, which only raw SQL knows.
EXPLAINED["working_groups_role_carries_flag"] = gettext_lazy(
    "The group was changed by somebody else a moment ago. Save again."
)


class StrandRows(TabularRows):
    model = Strand
    fields = ("title", "description", "order")


class RoleRows(PeriodRows, TabularRows):
    model = Role
    fields = ("name", "person", "starts", "ends", "source")
    show_change_link = True


class ParticipationRows(PeriodRows, TabularRows):
    model = Participation
    fields = ("organisation", "printed_as", "starts", "ends", "source")
    show_change_link = True


@admin.register(WorkingGroup)
class WorkingGroupAdmin(FullTextSearch, RecordAdmin):
    list_display = ("name", "short_code", "status", "chair")
    list_filter = ("status",)
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (None, {"fields": (("name", "short_code"), "slug", "status", "summary", "scope")}),
        (
            gettext_lazy("Rules of the group"),
            {"fields": ("who_may_join", ("one_chair", "deputies_may_publish"))},
        ),
    )
    inlines = (RoleRows, StrandRows, ParticipationRows)

    def for_list(self, request, queryset):
        chairs = Role.objects.chairs().on().select_related("person")
        return queryset.prefetch_related(Prefetch("roles", chairs, to_attr="chairs_today"))

    @admin.display(description=gettext_lazy("chair today"))
    def chair(self, group):
        return ", ".join(str(role.person) for role in group.chairs_today)

    def view_on_site(self, group):
        return group.get_absolute_url()

    def get_urls(self):
        page = path(
            "<int:object_id>/hand-over/",
            self.admin_site.admin_view(partial(handover_pages.in_admin, self)),
            name="working_groups_workinggroup_handover",
        )
        return [page, *super().get_urls()]


class DatedAdmin(RecordAdmin):
    """Base of the admin of a dated place in a group."""

    form = PeriodForm

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, normalise(search_term))

    @admin.display(description=gettext_lazy("period"), ordering="during")
    def words(self, row):
        return row.period_in_words()


@admin.register(Role)
class RoleAdmin(Inviting, DatedAdmin):
    """Roles across groups: the list of chairs, and where their people are invited."""

    list_display = ("person", "name", "group", "words")
    list_filter = (TodayFilter, "name", ("group", admin.RelatedOnlyFieldListFilter))
    search_fields = ("person__sort_name", "group__name")
    ordering = ("group__name", "-during")
    fields = (
        ("group", "person", "name"), ("starts", "ends"),
        ("start_basis", "start_qualifier", "end_known"), "source",
    )  # fmt: skip


class ExpertRows(PeriodRows, TabularRows):
    model = Expert
    fields = ("person", "expertise", "starts", "start_basis", "ends", "end_known")


@admin.register(Participation)
class ParticipationAdmin(DatedAdmin):
    list_display = ("organisation", "group", "words")
    list_filter = (TodayFilter, ("group", admin.RelatedOnlyFieldListFilter))
    search_fields = ("organisation__search_names", "group__name")
    ordering = ("group__name", "organisation__sort_name", "-during")
    fields = (
        ("group", "organisation"), "printed_as", ("starts", "ends"),
        ("start_basis", "start_qualifier", "end_known"), "source",
    )  # fmt: skip
    inlines = (ExpertRows,)


class GuestForm(PartialDatesForm):
    partial_dates = {"day": ("day_on", "day_precision")}
    day = partial_date(gettext_lazy("day"), required=True)


class GuestRows(TabularRows):
    model = GuestAppearance
    form = GuestForm
    fields = ("organisation", "person", "printed_as", "day")


class ActivityForm(PartialDatesForm):
    partial_dates = {"day": ("starts_on", "starts_precision")}
    day = partial_date(gettext_lazy("first day"), required=True)


@admin.register(Activity)
class ActivityAdmin(FullTextSearch, RecordAdmin):
    form = ActivityForm
    list_display = ("title", "kind", "day_shown", "group", "audience", "called_off")
    list_filter = ("kind", "audience", ("group", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title",)
    date_hierarchy = "starts_on"
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (None, {"fields": (("kind", "group"), "title", "slug", "summary", "description")}),
        (
            gettext_lazy("When and where"),
            {
                "fields": (
                    ("day", "starts_qualifier", "ends_on"), ("start_time", "end_time", "time_zone"),
                    ("place", "in_person"), "online_link", "called_off",
                )
            },
        ),
        (
            gettext_lazy("Who"),
            {"fields": ("audience", "helped_by", "guests_complete")},
        ),
        (
            gettext_lazy("Minutes"),
            {"fields": ("minutes", "minutes_audience"), "classes": ("collapse",)},
        ),
    )  # fmt: skip
    inlines = (GuestRows,)

    def for_list(self, request, queryset):
        return queryset.defer("description", "minutes", "search")

    @admin.display(description=gettext_lazy("day"), ordering="starts_on")
    def day_shown(self, activity):
        return activity.day_in_words()

    def view_on_site(self, activity):
        return activity.get_absolute_url()


@admin.register(GuestAppearance)
class GuestAppearanceAdmin(RecordAdmin):
    form = GuestForm
    list_display = ("__str__", "day_shown", "group", "activity")
    search_fields = ("printed_as", "organisation__search_names", "person__sort_name")
    fields = (("organisation", "person"), "printed_as", ("group", "activity"), "day", "source")

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, normalise(search_term))

    @admin.display(description=gettext_lazy("day"), ordering="day_on")
    def day_shown(self, guest):
        return guest.day


@admin.register(Initiative)
class InitiativeAdmin(DatedAdmin):
    list_display = ("title", "group", "words")
    list_filter = (TodayFilter, ("group", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title",)
    fields = (
        "group", "title", "description", "website", ("starts", "ends"),
        ("start_basis", "start_qualifier", "end_known"), "source",
    )  # fmt: skip


@admin.register(Overview)
class OverviewAdmin(PublicationAdmin):
    """A chair's overview, where staff have to put something right. Chairs write on the desk."""

    list_display = ("title", "group", "year", "state_shown")
    list_filter = (*PublicationAdmin.list_filter, "year")
    ordering = ("-year", "group__name")
    prepopulated_fields = {}
    fieldsets = (
        (None, {"fields": (("group", "year"), "title", "lead", "body", "outlook", "thanks")}),
        (gettext_lazy("State"), {"fields": ("state_shown", "author")}),
        PublicationAdmin.dates,
        PublicationAdmin.readers,
        PublicationAdmin.home_page,
        (gettext_lazy("Shown with it"), {"fields": ("picture", "topics")}),
    )


@admin.register(JoinRequest)
class JoinRequestAdmin(RecordAdmin):
    list_display = ("__str__", "group", "contact_name", "state", "asked_at")
    list_filter = ("state", ("group", admin.RelatedOnlyFieldListFilter))
    search_fields = ("organisation_name", "organisation__search_names", "contact_name")
    readonly_fields = ("asked_at", "decided_at", "decided_by")
    fields = (
        "group", ("organisation", "organisation_name"), ("country", "website"),
        ("expert_name", "expertise"),
        ("contact_name", "contact_email"), "message", "state", "reason",
        ("asked_at", "decided_at", "decided_by"),
    )  # fmt: skip

    def save_model(self, request, obj, form, change):
        """Note who decided and when, with the decision."""
        if "state" in form.changed_data:
            decided = obj.state != JoinRequest.State.OPEN
            obj.decided_by = request.user if decided else None
            obj.decided_at = timezone.now() if decided else None
        super().save_model(request, obj, form, change)


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    list_display = ("title", "group", "activity", "audience", "added_at")
    list_filter = ("audience", ("group", admin.RelatedOnlyFieldListFilter))
    search_fields = ("title",)
    fields = ("title", "file", ("group", "activity"), "audience")


@admin.register(OpenList)
class OpenListAdmin(RecordAdmin):
    list_display = ("group", "year", "what")
    list_filter = (("group", admin.RelatedOnlyFieldListFilter), "what")
    search_fields = ("group__name",)
    fields = (("group", "year", "what"),)


@admin.register(HandoverProposal)
class HandoverProposalAdmin(RecordAdmin):
    """What chairs propose. It is done on the page of the group, *Hand over the chair*."""

    list_display = ("group", "successor_name", "first_day", "state", "proposed_at")
    list_filter = ("state",)
    search_fields = ("group__name", "successor_name")
    readonly_fields = ("proposed_by", "proposed_at")
    fields = (
        "group", ("successor_name", "successor_email"), "first_day", "remark", "state",
        ("proposed_by", "proposed_at"),
    )  # fmt: skip


class RolesOfPerson(PeriodRows, TabularRows):
    model = Role
    fields = ("group", "name", "starts", "ends")
    show_change_link = True
    verbose_name_plural = gettext_lazy("roles in working groups")


# A person's form shows their roles; members knows nothing of groups, so they are put there here.
PersonAdmin.inlines = (*PersonAdmin.inlines, RolesOfPerson)
