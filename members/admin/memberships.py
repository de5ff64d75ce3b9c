"""One membership by itself: for its history, and for lists across organisations."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from members.follow_ups import links_for
from members.membership_steps import StepActions
from members.models import Membership
from record.admin import EXPLAINED, RecordAdmin, TodayFilter
from record.forms import PeriodForm
from record.names import normalise

# What the constraints of migration 0002 say, which only raw SQL knows.
EXPLAINED |= {
    "members_regional_has_region": gettext_lazy(
        "Fill in the organisation's region first: a regional member has one."
    ),
    "members_alliance_is_no_member": gettext_lazy("The alliance is not a member of itself."),
}


@admin.register(Membership)
class MembershipAdmin(StepActions, RecordAdmin):
    """One membership by itself: for its history, and for lists across organisations."""

    form = PeriodForm
    list_display = ("organisation", "words", "category", "sponsor", "last_day")
    list_filter = (
        TodayFilter,
        "category",
        "not_continued",
        ("sponsor", admin.RelatedOnlyFieldListFilter),
    )
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

    def render_change_form(self, request, context, **kwargs):
        if membership := kwargs.get("obj"):
            context["follow_ups"] = links_for(request.user, [membership])
        return super().render_change_form(request, context, **kwargs)

    def view_on_site(self, membership):
        return membership.organisation.get_absolute_url()
