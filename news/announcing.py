"""The way from a membership to the draft of its announcement, in the admin."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.models import Membership, Organisation, Quotation
from news import announcements
from news.models import Post, QuoteBox
from record.admin import TabularRows
from record.forms import DayField
from record.history import recording

MOST = 200  # memberships in one announcement
ADDRESS = "admin:news_post_announce"


def links_for(user, memberships) -> list[tuple[str, str]]:
    """Return what can follow a step of memberships: (label, address). See members/follow_ups.py."""
    keys = [one.pk for one in memberships if one.pk][:MOST]
    if not keys or not user.has_perm("news.write"):
        return []
    query = urlencode([("m", key) for key in keys])
    return [(_("Draft announcement"), f"{reverse(ADDRESS)}?{query}")]


def offer(organisation: Organisation, user) -> tuple[str, str] | None:
    """Return what can follow the acceptance of an application; see members/acceptance.py."""
    newest = organisation.memberships.newest_first().first()
    return next(iter(links_for(user, [newest] if newest else [])), None)


class Announcing:
    """Mixed into the admin of posts: the page that makes a draft from memberships."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.announce_view)
        return [path("announce/", view, name="news_post_announce"), *super().get_urls()]

    def announce_view(self, request):
        """Show which memberships are announced; POST makes the draft and leads to it."""
        if not (self.has_add_permission(request) and request.user.has_perm("news.write")):
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        keys = [int(key) for key in asked.getlist("m")[:MOST] if key.isascii() and key.isdecimal()
                and len(key) < 18]  # fmt: skip
        memberships = announcements.on_record([Membership(pk=key) for key in keys])
        if not memberships:
            self.message_user(request, _("Choose at least one membership."), messages.WARNING)
            return HttpResponseRedirect(reverse("admin:members_membership_changelist"))
        if request.method == "POST":
            post = announcements.draft(memberships, by=request.user)
            words = _("Drafted from the record. It follows the record until you publish it.")
            self.message_user(request, words, messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:news_post_change", args=[post.pk]))
        earlier = Post.objects.filter(memberships__in=memberships).distinct()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Draft announcement"),
            "opts": self.opts,
            "memberships": memberships,
            "heading": announcements.title_of(memberships),
            "earlier": earlier.defer("body", "search").order_by("-pk")[:5],
        }
        return TemplateResponse(request, "admin/news/announce.html", context)


class QuoteBoxForm(forms.ModelForm):
    """An empty quote box; with words and consent it becomes a quotation on record."""

    words = forms.CharField(
        label=gettext_lazy("words"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    consented = DayField(label=gettext_lazy("consent given on"), required=False)
    proof = forms.CharField(
        label=gettext_lazy("where the consent is on file"), required=False, max_length=300
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("words") and not cleaned.get("DELETE"):
            needed = {
                "speaker": _("Say who said it."),
                "function": _("Write the function that the speaker has."),
                "consented": _("Words are used with consent only: say when it was given."),
                "proof": _("Say where the consent is on file."),
            }
            for name, sentence in needed.items():
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, ValidationError(sentence))
        return cleaned


class QuoteBoxRows(TabularRows):
    model = QuoteBox
    form = QuoteBoxForm
    fields = ("speaker", "function", "organisation", "words", "consented", "proof")


def fill_boxes(formset, post: Post, by) -> None:
    """Turn each box of a saved formset that has words now into a quotation that the post uses."""
    with recording(by=by, why=_("Said for an announcement")) as recorder:
        for form in formset.forms:
            typed = getattr(form, "cleaned_data", None) or {}
            if not typed.get("words") or typed.get("DELETE"):
                continue
            box = form.instance
            quotation = Quotation(
                words=typed["words"].strip(),
                speaker=box.speaker,
                function=box.function,
                organisation=box.organisation,
                said_on=typed["consented"],
                consented_on=typed["consented"],
                consent_proof=typed["proof"],
            )
            recorder.save(quotation)
            quotation.used_in.add(post)
            box.delete()
