"""Where staff write news and positions, and keep what belongs to them."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news import announcements
from news.announcing import Announcing, QuoteBoxRows, fill_boxes
from news.models import (
    Contribution,
    DeadlineNotice,
    NewsletterIssue,
    Opportunity,
    PolicyFile,
    Position,
    Post,
    QuoteBox,
    Subscription,
)
from news.quoting import WithQuotations
from publishing import actions
from publishing.admin import AttachmentRows, FullTextSearch, PublicationAdmin, PublicationForm
from publishing.models import Audience, Kind, State
from record.admin import PortalAdmin, RecordAdmin, TabularRows, partial_date


class PostForm(WithQuotations, PublicationForm):
    def clean(self):
        cleaned = super().clean()
        for_group = cleaned.get("audience") == Audience.GROUP
        if for_group and "audience_group" in self.fields and not cleaned.get("audience_group"):
            self.add_error("audience_group", _("Say which group may read it."))
        return cleaned


@admin.register(Post)
class PostAdmin(Announcing, PublicationAdmin):
    form = PostForm
    list_display = ("title", "kind", "state_shown", "printed_shown", "audience", "updated_at")
    list_filter = (*PublicationAdmin.list_filter, "kind")
    fieldsets = (
        (None, {"fields": ("kind", "title", "slug", "said_first", "lead", "key_points", "body")}),
        (gettext_lazy("State"), {"fields": ("state_shown", "author")}),
        (
            gettext_lazy("What it is about"),
            {
                "fields": (
                    "memberships",
                    "organisations",
                    "networks",
                    "groups",
                    "activities",
                    "announces",
                    "topics",
                )
            },
        ),
        (
            gettext_lazy("Shown with it"),
            {"fields": ("quotations", "picture", ("contact", "contact_function"))},
        ),
        PublicationAdmin.dates,
        (
            gettext_lazy("Readers"),
            {"fields": (("audience", "audience_group"), ("language", "translates"))},
        ),
        PublicationAdmin.home_page,
    )

    readonly_fields = (*PublicationAdmin.readonly_fields, "said_first")
    inlines = (QuoteBoxRows, *PublicationAdmin.inlines)

    @admin.display(description=gettext_lazy("from the record, before the lead"))
    def said_first(self, post):
        return post.lead_from_record() or _("Nothing: this post announces no membership.")

    def save_related(self, request, form, formsets, change):
        """Fill quote boxes, then let the draft say what the record says of its memberships."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            if formset.model is QuoteBox:
                fill_boxes(formset, form.instance, request.user)
        post = form.instance
        if post.state in {State.DRAFT, State.IN_REVIEW} and announcements.follow(post):
            actions.save_draft(post, by=request.user, why=_("It follows the record"))

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """Offer only the kinds that are posts."""
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "kind":
            field.choices = [("", "---------"), *((one, Kind(one).label) for one in Post.KINDS)]
        return field


class ContributionRows(TabularRows):
    model = Contribution
    fields = ("group", "led", "year")


class PositionForm(WithQuotations, PublicationForm):
    partial_dates = PublicationForm.partial_dates | {
        "adopted": ("adopted_on", "adopted_precision"),
        "outcome_day": ("outcome_on", "outcome_precision"),
    }
    adopted = partial_date(
        gettext_lazy("adopted"), help_text=gettext_lazy("When the network made it its position.")
    )
    outcome_day = partial_date(gettext_lazy("day of the outcome"))


@admin.register(Position)
class PositionAdmin(PublicationAdmin):
    form = PositionForm
    list_display = ("title", "output", "state_shown", "printed_shown", "policy_file")
    list_filter = (*PublicationAdmin.list_filter, "output")
    fieldsets = (
        (None, {"fields": ("title", "slug", ("output", "policy_file"), "lead", "body")}),
        (
            gettext_lazy("From consultation to outcome"),
            {"fields": ("answers", "adopted", "outcome", "outcome_day")},
        ),
        (gettext_lazy("State"), {"fields": ("state_shown", "author")}),
        (gettext_lazy("Shown with it"), {"fields": ("quotations", "picture", "topics")}),
        PublicationAdmin.dates,
        PublicationAdmin.readers,
    )
    inlines = (ContributionRows, AttachmentRows)

    def formfield_for_choice_field(self, db_field, request, **kwargs):
        """A position is the network's: no single group reads it alone."""
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if db_field.name == "audience":
            field.choices = [
                (one, label) for one, label in Audience.choices if one != Audience.GROUP
            ]
        return field


@admin.register(PolicyFile)
class PolicyFileAdmin(RecordAdmin):
    list_display = ("name", "reference")
    search_fields = ("name", "official_title", "reference")
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug", "official_title", "reference", "summary")

    def view_on_site(self, policy_file):
        return policy_file.get_absolute_url()


class DeadlineFilter(admin.SimpleListFilter):
    title = gettext_lazy("deadline")
    parameter_name = "deadline"

    def lookups(self, request, model_admin):
        return [("ahead", _("Ahead")), ("past", _("Past"))]

    def queryset(self, request, queryset):
        now = timezone.now()
        match self.value():
            case "ahead":
                return queryset.filter(deadline__gte=now)
            case "past":
                return queryset.filter(deadline__lt=now)
        return queryset


@admin.register(Opportunity)
class OpportunityAdmin(FullTextSearch, RecordAdmin):
    list_display = ("title", "kind", "deadline_shown", "is_open_shown")
    list_filter = (DeadlineFilter, "kind", ("topics", admin.RelatedOnlyFieldListFilter))
    ordering = ("-deadline",)
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}
    fields = (
        "kind", "title", "slug", "summary", "who_may_apply", "deadline", ("source", "source_url"),
        "topics", "came_of_it",
    )  # fmt: skip

    @admin.display(description=gettext_lazy("deadline"), ordering="deadline")
    def deadline_shown(self, opportunity):
        return opportunity.deadline_in_words()

    @admin.display(description=gettext_lazy("open"), boolean=True)
    def is_open_shown(self, opportunity):
        return opportunity.is_open()

    def view_on_site(self, opportunity):
        return opportunity.get_absolute_url()

    def for_list(self, request, queryset):
        return queryset.defer("search")


class EndedFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [("on", _("Subscribed")), ("asked", _("Not confirmed")), ("ended", _("Ended"))]

    def queryset(self, request, queryset):
        match self.value():
            case "on":
                return queryset.filter(ended_at=None, confirmed_at__isnull=False)
            case "asked":
                return queryset.filter(ended_at=None, confirmed_at=None)
            case "ended":
                return queryset.filter(ended_at__isnull=False)
        return queryset


@admin.action(description=gettext_lazy("End the subscription"), permissions=["change"])
def end_subscriptions(modeladmin, request, queryset):
    ended = queryset.filter(ended_at=None).update(ended_at=timezone.now())
    modeladmin.message_user(request, _("Ended: %(number)d.") % {"number": ended})


@admin.register(Subscription)
class SubscriptionAdmin(PortalAdmin):
    """Who reads the newsletter. Nobody is subscribed from here: people confirm by mail."""

    list_display = ("email", "asked_at", "confirmed_at", "ended_at")
    list_filter = (EndedFilter,)
    search_fields = ("email",)
    readonly_fields = ("email", "asked_at", "confirmed_at", "ended_at")
    actions = (end_subscriptions,)

    def has_add_permission(self, request):
        return False


@admin.register(NewsletterIssue)
class NewsletterIssueAdmin(RecordAdmin):
    list_display = ("title", "first_day", "last_day", "sent_at")
    search_fields = ("title",)
    readonly_fields = ("sent_at",)
    fields = ("title", "lead", ("first_day", "last_day"), "publications", "sent_at")


@admin.register(DeadlineNotice)
class DeadlineNoticeAdmin(PortalAdmin):
    """Who was reminded of which deadline: to be read only, the portal itself keeps it."""

    list_display = ("opportunity", "threshold", "user", "sent_at", "left_out")
    list_filter = ("threshold",)
    search_fields = ("user__email", "opportunity__title")
    readonly_fields = (
        "opportunity", "deadline", "threshold", "user", "noted_at", "sent_at", "left_out",
    )  # fmt: skip

    def for_list(self, request, queryset):
        return queryset.select_related("opportunity", "user").defer("opportunity__search")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
