"""Merging two organisations in the admin: find the two, see what will be, do it; or say they are two."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members import merging
from members.actions import RecordChanged
from members.duplicates import pairs, possible_duplicates
from members.models import Alias, AreTwo, Merger, Organisation
from members.plans import CannotBeDone
from members.step_forms import WHY_LENGTH, OrganisationField, likely_names
from publishing.lists import page_of

MAY = "members.keep_memberships"
MERGE = "admin:members_organisation_merge"
DUPLICATES = "admin:members_organisation_duplicates"
CHANGE = "admin:members_organisation_change"


def address_to_merge(*keys: int) -> str:
    """Return the page that merges these; the first is the one that stays."""
    return f"{reverse(MERGE)}?{urlencode([('o', key) for key in keys])}"


class OtherForm(forms.Form):
    """Which organisation it is merged with."""

    other = OrganisationField(label=gettext_lazy("The other organisation"))

    def __init__(self, data=None):
        super().__init__(data, label_suffix="")
        self.fields["other"].widget.names = likely_names()


class MergeForm(forms.Form):
    """Whose value stays where both have one, what the other's name becomes, and why."""

    alias_kind = forms.ChoiceField(
        label=gettext_lazy("The name that does not stay is kept as"),
        choices=Alias.Kind, initial=Alias.Kind.PRINTED,
        required=False,
    )  # fmt: skip
    why = forms.CharField(
        label=gettext_lazy("Why"), required=False, max_length=WHY_LENGTH,
        help_text=gettext_lazy("Stands in the history of both, never in public."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )  # fmt: skip

    def __init__(self, plan: merging.Plan, data=None):
        super().__init__(data, label_suffix="")
        self.conflicts = plan.conflicts
        if not plan.new_alias:
            del self.fields["alias_kind"]

    def choices(self) -> dict[str, str]:
        """Return what was chosen; what is no choice of this page counts as not chosen."""
        chosen = {
            one.name: self.data.get(one.name, "") for one in self.conflicts if one.name in self.data
        }
        return chosen | {"alias_kind": self.cleaned_data.get("alias_kind", "")}


class MergesOfOrganisation:
    """Mixed into the admin of organisations: merging, and the list of what looks alike."""

    actions = ("merge_chosen",)

    def get_urls(self):
        return [
            path("merge/", self.admin_site.admin_view(self.merge_view),
                 name="members_organisation_merge"),
            path("duplicates/", self.admin_site.admin_view(self.duplicates_view),
                 name="members_organisation_duplicates"),
            *super().get_urls(),
        ]  # fmt: skip

    def has_merge_permission(self, request):
        return request.user.has_perm(MAY)

    @admin.action(description=gettext_lazy("Merge the two chosen"), permissions=["merge"])
    def merge_chosen(self, request, queryset):
        keys = list(queryset.order_by("-has_membership", "pk").values_list("pk", flat=True)[:3])
        if len(keys) == 2:
            return HttpResponseRedirect(address_to_merge(*keys))
        sentence = _("Choose exactly two organisations to merge.")
        self.message_user(request, sentence, messages.WARNING)
        return None

    def merge_view(self, request):
        if not self.has_merge_permission(request):
            raise PermissionDenied
        data = request.POST if request.method == "POST" else request.GET
        keys = [int(text) for text in data.getlist("o") if text.isascii() and text.isdecimal()]
        found = Organisation.objects.in_bulk([key for key in keys[:2] if key < 2**63])
        if len(found) < len(set(keys[:2])) or not keys:
            return self._gone(request, keys)
        if len(found) == 1:
            return self._choose(request, found[keys[0]])
        return self._merge(request, keys[0], keys[1])

    def _gone(self, request, keys):
        """Lead somebody whose organisation was merged a moment ago to the one that stayed."""
        merger = Merger.objects.filter(gone_key__in=keys).select_related("kept").first()
        if merger is None:
            self.message_user(request, _("Choose the two organisations first."), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:members_organisation_changelist"))
        return self._lead_to_kept(request, merger)

    def _lead_to_kept(self, request, merger):
        words = {"gone": merger.gone_name, "kept": merger.kept}
        sentence = _("%(gone)s was merged into %(kept)s.") % words
        self.message_user(request, sentence, messages.INFO)
        return HttpResponseRedirect(reverse(CHANGE, args=[merger.kept_id]))

    def _get_obj_does_not_exist_redirect(self, request, opts, object_id):
        key = int(object_id) if str(object_id).isdecimal() and len(str(object_id)) < 19 else 0
        merger = Merger.objects.filter(gone_key=key).select_related("kept").first()
        if merger is not None:
            return self._lead_to_kept(request, merger)
        return super()._get_obj_does_not_exist_redirect(request, opts, object_id)

    def _choose(self, request, organisation):
        form = OtherForm(request.GET if "other" in request.GET else None)
        if form.is_valid():
            other = form.cleaned_data["other"]
            if other != organisation:
                return HttpResponseRedirect(address_to_merge(organisation.pk, other.pk))
            form.add_error("other", _("That is the same organisation."))
        likely = possible_duplicates(
            organisation.name,
            organisation.website,
            str(organisation.country),
            exclude_pk=organisation.pk,
        )
        return self._page(
            request,
            "choose",
            title=_("Merge with another organisation"),
            original=organisation,
            form=form,
            likely=[
                (one, address_to_merge(organisation.pk, one.organisation.pk)) for one in likely
            ],
        )

    def _merge(self, request, kept: int, gone: int):
        posted = request.POST if request.method == "POST" else None
        plan = merging.preview(kept, gone)
        form, problem = MergeForm(plan, posted), ""
        if posted is not None and form.is_valid():
            if not posted.get("agreed"):
                problem = _("Look first at what will stand in the record.")
            else:
                try:
                    merger = merging.merge(
                        kept, gone, form.choices(), by=request.user,
                        why=form.cleaned_data["why"], agreed=posted["agreed"],
                    )  # fmt: skip
                except (CannotBeDone, RecordChanged) as refusal:
                    problem = str(refusal)
                else:
                    return self._say(request, merger)
            plan = merging.preview(kept, gone, form.choices())
        return self._page(
            request,
            "merge",
            title=_("Merge two organisations"),
            original=plan.kept,
            plan=plan,
            form=form,
            problem=problem,
            swapped=address_to_merge(gone, kept),
            numbers=sum(len(part.lines) for part in plan.parts),
        )

    def _say(self, request, merger):
        message = format_html(
            '{} <a href="{}">{}</a>',
            _("%(gone)s was merged into %(kept)s, with all that pointed to it.")
            % {"gone": merger.gone_name, "kept": merger.kept},
            reverse(DUPLICATES), _("What else looks alike"),
        )  # fmt: skip
        self.message_user(request, message, messages.SUCCESS)
        return HttpResponseRedirect(reverse(CHANGE, args=[merger.kept_id]))

    def duplicates_view(self, request):
        if not self.has_merge_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._say_two(request)
        found = pairs()
        page, note = page_of(found.rows, request.GET.get("page"))
        return self._page(
            request,
            "duplicates",
            title=_("What looks alike"),
            found=found,
            page=page,
            notes=[note] if note else [],
            parameters={},
            rows=[(one, address_to_merge(one.one.pk, one.other.pk)) for one in page],
        )

    def _say_two(self, request):
        keys = [text for text in request.POST.getlist("o") if text.isascii() and text.isdecimal()]
        found = Organisation.objects.in_bulk([int(key) for key in keys[:2] if len(key) < 19])
        if len(found) != 2:
            raise Http404
        one, other = found.values()
        AreTwo.objects.say(one.pk, other.pk, by=request.user)
        sentence = _("Remembered: %(one)s and %(other)s are two.") % {"one": one, "other": other}
        self.message_user(request, sentence, messages.SUCCESS)
        return HttpResponseRedirect(reverse(DUPLICATES))

    def _page(self, request, name: str, **context):
        context = {**self.admin_site.each_context(request), "opts": self.opts, **context}
        return TemplateResponse(request, f"admin/members/merging/{name}.html", context)

    def render_change_form(self, request, context, **kwargs):
        organisation = kwargs.get("obj")
        if organisation and not organisation.is_alliance and self.has_merge_permission(request):
            context["merge_address"] = address_to_merge(organisation.pk)
        return super().render_change_form(request, context, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        mergers = []
        if str(object_id).isdecimal():
            mergers = Merger.objects.filter(kept=object_id).select_related("by")
        extra_context = {"mergers": list(mergers), **(extra_context or {})}
        return super().history_view(request, object_id, extra_context)
