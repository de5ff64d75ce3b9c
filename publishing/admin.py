"""What the kinds of publications share in the admin, and what belongs to them."""

from django import forms
from django.contrib import admin
from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import actions, versions
from publishing.checking import findings_of
from publishing.models import (
    SEARCH_CONFIG,
    Attachment,
    OldAddress,
    Page,
    Picture,
    Publication,
    Resource,
    State,
    Topic,
)
from publishing.pictures import checked_document, checked_picture
from record.admin import (
    PartialDatesForm,
    PortalAdmin,
    RecordAdmin,
    TabularRows,
    partial_date,
    why,
)
from record.days import moment_in_words
from record.forms import MomentField
from record.names import normalise


class FullTextSearch:
    """Mixed into the admin of what has a stored search vector: word beginnings, accents forgiven."""

    def get_search_results(self, request, queryset, search_term):
        words = normalise(search_term).split()
        if not words:
            return queryset, False
        query = SearchQuery(
            " & ".join(f"{word}:*" for word in words), search_type="raw", config=SEARCH_CONFIG
        )
        return queryset.filter(search=query), False


class CheckedFile:
    """A form whose `file` is checked before it is kept; `check` says how."""

    check = staticmethod(checked_document)

    def clean_file(self):
        file = self.cleaned_data["file"]
        return self.check(file) if isinstance(file, UploadedFile) else file


class PictureForm(CheckedFile, forms.ModelForm):
    check = staticmethod(checked_picture)


class DocumentForm(CheckedFile, forms.ModelForm):
    pass


@admin.register(Picture)
class PictureAdmin(RecordAdmin):
    form = PictureForm
    list_display = ("__str__", "preview", "width", "height", "credit")
    search_fields = ("alternative", "file", "credit")
    ordering = ("-pk",)
    fields = ("file", "preview", "alternative", "credit")
    readonly_fields = ("preview",)

    @admin.display(description=gettext_lazy("preview"))
    def preview(self, picture):
        if not picture.file:
            return ""
        return format_html('<img class="preview" src="{}" alt="" height="64">', picture.file.url)


class AttachmentRows(TabularRows):
    model = Attachment
    form = DocumentForm
    fields = ("title", "file", "language", "order")


class PublicationForm(PartialDatesForm):
    partial_dates = {"printed": ("printed_on", "printed_precision")}
    printed = partial_date(
        gettext_lazy("printed date"),
        help_text=gettext_lazy(
            "As the text carries it: 14 April 2022, March 2022 or 2022. "
            "Empty: the day on which it is published."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if len(self.instance.KINDS) == 1:
            self.instance.kind = self.instance.KINDS[0]

    def _post_clean(self):
        """What readers see goes on having what it needed to be published."""
        super()._post_clean()
        if self.instance.state == State.PUBLISHED:
            for name, sentence in actions.missing(self.instance).items():
                if name in self.fields and name not in self.errors:
                    self.add_error(name, sentence)


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("draft", _("Draft")),
            ("in_review", _("In review")),
            ("scheduled", _("Scheduled")),
            ("out", _("Published")),
            ("withdrawn", _("Withdrawn")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "scheduled":
            return queryset.scheduled()
        if self.value() == "out":
            return queryset.published()
        if self.value() in {"draft", "in_review", "withdrawn"}:
            return queryset.filter(state=self.value())
        return queryset


class PublishingForm(forms.Form):
    """What can be done with a text: publish now, at an instant, or withdraw it with a reason."""

    what = forms.ChoiceField(
        choices=[(name, name) for name in ("publish", "schedule", "unschedule", "withdraw")]
    )
    at = MomentField(required=False, label=gettext_lazy("Visible from"))
    reason = forms.CharField(
        required=False,
        max_length=300,
        label=gettext_lazy("Why"),
        help_text=gettext_lazy("Readers who had the address see that it was withdrawn, and this."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["at"].help_text = _(
            "For example 14 April 2022, 15:30, in the time zone %(zone)s."
        ) % {"zone": zone_name()}

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("what") == "schedule" and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Say from when it is visible."))
        return cleaned

    def act(self, publication, by) -> str:
        """Do what was chosen through the one action for it; returns the sentence that says so."""
        match self.cleaned_data["what"]:
            case "publish":
                actions.publish(publication, by=by)
                return _("It is published.")
            case "schedule":
                actions.schedule(publication, at=self.cleaned_data["at"], by=by)
                return _("It is scheduled.")
            case "unschedule":
                actions.unschedule(publication, by=by)
                return _("It is a draft again.")
            case _withdraw:
                actions.withdraw(publication, reason=self.cleaned_data["reason"], by=by)
                return _("It is withdrawn.")


class PublicationAdmin(FullTextSearch, RecordAdmin):
    """Base of the kinds. Saving keeps the state; publishing is a step of its own."""

    form = PublicationForm
    change_form_template = "admin/publication_change_form.html"
    list_display = ("title", "state_shown", "printed_shown", "audience", "updated_at")
    list_filter = (StateFilter, "audience")
    search_fields = ("title",)
    ordering = ("-sort_day", "-pk")
    prepopulated_fields = {"slug": ("title",)}
    readonly_fields = ("state_shown",)
    inlines = (AttachmentRows,)
    # The fields that every kind has, to be put together by the kinds.
    dates = (
        gettext_lazy("Dates"),
        {"fields": ("printed", ("undated", "printed_not_after"))},
    )
    readers = (
        gettext_lazy("Readers"),
        {"fields": ("audience", ("language", "translates"))},
    )
    home_page = (gettext_lazy("Home page"), {"fields": ("prominence",)})

    @admin.display(description=gettext_lazy("state"), ordering="state")
    def state_shown(self, publication):
        if publication.visible_from and publication.state == State.PUBLISHED:
            return _("%(state)s, visible from %(moment)s (%(zone)s)") % {
                "state": publication.state_in_words(),
                "moment": moment_in_words(publication.visible_from),
                "zone": zone_name(),
            }
        return publication.state_in_words()

    @admin.display(description=gettext_lazy("printed date"), ordering="sort_day")
    def printed_shown(self, publication):
        return publication.printed_in_words()

    def for_list(self, request, queryset):
        return queryset.defer("body", "search")

    def get_changeform_initial_data(self, request):
        return {"author": request.user.pk} | super().get_changeform_initial_data(request)

    def view_on_site(self, publication):
        return publication.get_absolute_url() if publication.is_out() else None

    def seen(self, request, obj) -> str:
        """The desk's saves count too, the automatic ones also: what a form has seen has their number."""
        return f"{super().seen(request, obj)}.{versions.revision(obj)}"

    def save_model(self, request, obj, form, change):
        if obj.author_id is None and not change:
            obj.author = request.user
        actions.save_draft(obj, by=request.user, why=why(request))

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_publishing"
        view = self.admin_site.admin_view(self.publishing_view)
        return [path("<int:pk>/publishing/", view, name=name), *super().get_urls()]

    def publishing_view(self, request, pk):
        """Publish, schedule or withdraw one text; what is asked for is done by publishing.actions."""
        publication = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.may_publish(request, publication):
            raise PermissionDenied
        form = PublishingForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                self.message_user(request, form.act(publication, request.user))
                return HttpResponseRedirect(self._address("change", pk))
            except ValidationError as error:
                form.add_error(None, ValidationError(error.messages))
                publication.refresh_from_db()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Withdraw") if publication.is_out() else _("Publish or schedule"),
            "subtitle": str(publication),
            "opts": self.opts,
            "original": publication,
            "state": self.state_shown(publication),
            "missing": actions.missing(publication),
            "apart": versions.kept_apart(publication),
            "findings": [] if publication.is_out() else findings_of(publication),
            "is_out": publication.is_out(),
            "is_scheduled": publication.is_scheduled(),
            "form": form,
            "back": self._address("change", pk),
        }
        return TemplateResponse(request, "admin/publishing.html", context)

    def may_publish(self, request, publication) -> bool:
        return self.has_change_permission(request, publication) and request.user.has_perm(
            "publishing.publish", publication
        )

    def render_change_form(self, request, context, **kwargs):
        obj = kwargs.get("obj")
        if obj is not None and self.may_publish(request, obj):
            context["publishing_address"] = self._address("publishing", obj.pk)
        if obj is not None:
            context["apart"] = versions.kept_apart(obj)
        return super().render_change_form(request, context, **kwargs)

    def _address(self, view: str, pk: int) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=[pk], current_app=self.admin_site.name)


def zone_name() -> str:
    return timezone.get_default_timezone_name()


@admin.register(Publication)
class AnyPublicationAdmin(FullTextSearch, PortalAdmin):
    """All kinds in one list; each is edited as its own kind."""

    list_display = ("title", "kind", "state_in_words", "updated_at")
    list_filter = (StateFilter, "kind", "audience")
    search_fields = ("title",)
    ordering = ("-sort_day", "-pk")

    def for_list(self, request, queryset):
        return queryset.defer("body", "search")

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """Lead to the form of the kind."""
        publication = self.get_object(request, object_id) if object_id else None
        if publication is None:
            raise Http404
        return HttpResponseRedirect(admin_address(publication))


def admin_address(publication: Publication) -> str:
    """Return where a publication of any kind is edited in the admin, without loading its kind."""
    for model in Publication.kind_models():
        if publication.kind in model.KINDS:
            name = f"admin:{model._meta.app_label}_{model._meta.model_name}_change"
            return reverse(name, args=[publication.pk])
    raise ValueError(publication.kind)


@admin.register(Topic)
class TopicAdmin(PortalAdmin):
    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fields = ("name", "slug")
    view_on_site = False


@admin.register(Page)
class PageAdmin(FullTextSearch, RecordAdmin):
    list_display = ("title", "key", "updated_at")
    search_fields = ("title",)
    fields = ("title", "key", "lead", "body")

    def view_on_site(self, page):
        return page.get_absolute_url()


class ResourceForm(CheckedFile, PartialDatesForm):
    partial_dates = {"published": ("published_on", "published_precision")}
    published = partial_date(gettext_lazy("published"))


@admin.register(Resource)
class ResourceAdmin(RecordAdmin):
    form = ResourceForm
    list_display = ("title", "publisher", "published_shown")
    search_fields = ("title", "publisher")
    fields = ("title", "publisher", "published", "url", "file", "summary", "topics")

    @admin.display(description=gettext_lazy("published"), ordering="published_on")
    def published_shown(self, resource):
        return resource.published or ""


@admin.register(OldAddress)
class OldAddressAdmin(PortalAdmin):
    """Kept by the portal itself whenever something with an address is renamed."""

    list_display = ("old_path", "new_path", "moved_at")
    search_fields = ("old_path", "new_path")
    readonly_fields = ("old_path", "new_path", "moved_at")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
