"""People, their functions, and who acts for an organisation in the portal."""

from django.contrib import admin
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy

from members.admin.inviting import Inviting
from members.admin.organisations import picture_preview
from members.models import Affiliation, Person, Representation, ShowingBasis
from record.admin import PeriodRows, RecordAdmin, TabularRows
from record.forms import PeriodForm
from record.names import normalise


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
