"""What every page for writing a publication shares: automatic saves, conflicts, versions, previews.

A kind's own views say who may, which form there is and where its pages are (`Place`); the rest is here.
`static/js/writing.js` is the other half. Without script the button that saves does the same.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import presence, previews, versions
from publishing.addresses import absolute
from publishing.forms import edit_number_of
from publishing.models import Publication, Saving
from record.days import clock_in_words

SESSION_LENGTH = 36
VERSIONS_SHOWN = 6
MOST_LINKS = 20  # open ones at a time: more are of no use to anybody


@dataclass(frozen=True)
class Field:
    """A part of the text as the pages for writing name it. `of` gives plain words of its value."""

    name: str
    label: str
    is_rich: bool = False
    of: Callable = str


@dataclass(frozen=True)
class Differing:
    """A part in which two texts differ."""

    field: Field
    theirs: str
    mine: str


def session_of(data) -> str:
    """Return the word by which the page tells one open editor from another; '' without script."""
    return data.get("session", "").replace("\0", "")[:SESSION_LENGTH]


def tab_of(data) -> str:
    """Return the same for the tab, which stays when the page is loaded again."""
    return data.get("tab", "").replace("\0", "")[:SESSION_LENGTH] or session_of(data)


def autosave(request, publication: Publication, form, keep: Callable) -> JsonResponse:
    """Answer the open editor: keep what it sends (POST with a form), or only note that it is open.

    `form` is bound to the publication, or None where the page only says that it is still there.
    `keep` takes the publication, `by`, `edit_number`, `session` and returns it saved. Every answer
    has the token of the session, because a sign-in in another tab changes it.
    """
    session = session_of(request.POST)
    answer, status = {"token": get_token(request)}, 200
    if form is not None and not form.is_valid():
        first = next(iter(form.errors.values()))[0]
        return JsonResponse(answer | {"said": _("Not saved: %(why)s") % {"why": first}}, status=422)
    if form is not None:
        try:
            publication = keep(
                publication,
                by=request.user,
                edit_number=edit_number_of(request.POST),
                session=session,
            )
        except versions.StaleEdit as stale:
            kept = versions.keep_refused(publication, stale, by=request.user, session=session)
            publication, status = stale.current, 409
            answer["said"] = _("%(what)s Your text is kept as version %(number)s.") % {
                "what": who_saved(stale.saved, request.user),
                "number": kept.number,
            }
    if publication.pk and (tab := tab_of(request.POST)):
        answer["others"] = presence.seen(publication, request.user, tab)
    newest = versions.standing(publication) if publication.pk else None
    answer["revision"] = versions.revision(publication)
    if newest:
        answer["saved"] = _("Saved %(at)s") % {"at": clock_in_words(newest.saved_at)}
        answer["overtaken"] = who_saved(newest, request.user)
    return JsonResponse(answer, status=status)


def editor(
    request, publication: Publication, fields, *, form, stale=None, edit_number=None
) -> dict:
    """Return what the templates of the editor need (`publishing/_writing_*.html`, `_conflict.html`).

    `edit_number` is what a form that is shown again was opened with: it stays stale.
    """
    begun = publication.pk is not None
    rows = publication.versions.select_related("saved_by").defer("content") if begun else []
    return {
        "edit_number": versions.revision(publication) if edit_number is None else edit_number,
        "stale": stale,
        "who_saved": who_saved(stale.saved, request.user) if stale else "",
        "differing": (
            differing(form.cleaned_data, versions.words_of(stale.current), fields) if stale else []
        ),
        "sittings": versions.by_sitting(rows)[:VERSIONS_SHOWN],
        "standing": versions.standing(publication) if begun else None,
        "writing_key": f"{request.user.pk}:{request.path}",
        "writing_words": json.dumps(_words()),
    }


def _words() -> dict[str, str]:
    """Return what the page says by itself while it cannot ask the server."""
    return {
        "offline": _("No network: kept in this browser."),
        "down": _("The server does not answer: kept in this browser."),
        "refused": _(
            "Not saved: you may not write this any more. The text is kept in this browser."
        ),
        "signedOut": _("You are signed out: kept in this browser."),
        "signIn": _("Sign in in another tab, then it goes on here"),
        "overtaken": _("Somebody else has saved."),
        "compare": _("Compare the two texts"),
        "reload": _("Show what was saved"),
    }


def who_saved(version, user) -> str:
    """Return the sentence that tells a writer of a save that came between."""
    if version is None or version.saved_by is None:
        return _("Somebody else has saved.")
    at = clock_in_words(version.saved_at)
    if version.saved_by == user:
        return _("You have saved in another tab, %(at)s.") % {"at": at}
    return _("%(who)s has saved, %(at)s.") % {"who": version.saved_by, "at": at}


def chosen(data, publication: Publication, fields: list[Field]):
    """Return what a form sends, with the other's words in each part for which they were chosen."""
    taken = [field for field in fields if data.get(f"take_{field.name}") == "theirs"]
    if not taken or publication.pk is None:
        return data
    theirs = versions.words_of(versions.taken_up(publication.specific))
    data = data.copy()
    for field in taken:
        value = theirs[field.name]
        data.setlist(field.name, value if isinstance(value, list) else [value])
    return data


def differing(mine: dict, theirs: dict, fields: list[Field]) -> list[Differing]:
    """Return the parts in which two texts (field → value) differ."""
    return [
        Differing(field, field.of(theirs.get(field.name, "")), field.of(mine.get(field.name, "")))
        for field in fields
        if field.of(theirs.get(field.name, "")) != field.of(mine.get(field.name, ""))
    ]


@dataclass(frozen=True)
class Place:
    """Where the pages for writing a publication are, and what they say of it."""

    publication: Publication
    crumbs: Callable[[str], list]
    kicker: str
    editor: str
    versions: str
    version: Callable[[int], str]
    preview: str
    links: str
    withdraw: Callable[[int], str]


def versions_page(request, place: Place):
    """List every saved state, newest first, the automatic saves of one sitting under their last."""
    rows = place.publication.versions.select_related("saved_by").defer("content")
    standing = versions.standing(place.publication)
    sittings = [
        {"newest": newest, "earlier": earlier, "stands": standing and newest.pk == standing.pk}
        for newest, *earlier in versions.by_sitting(rows)
    ]
    context = {
        "crumbs": place.crumbs(_("Versions")),
        "place": place,
        "sittings": [
            row | {"earlier": [(one, place.version(one.number)) for one in row["earlier"]]}
            | {"address": place.version(row["newest"].number)}
            for row in sittings
        ],
    }  # fmt: skip
    return render(request, "publishing/versions.html", context)


def version_page(request, place: Place, version, fields: list[Field], *, may_restore: bool):
    """Show one saved state as it reads, and what restoring it would change."""
    now = versions.words_of(versions.taken_up(place.publication))
    context = {
        "crumbs": place.crumbs(_("Version %(number)s") % {"number": version.number}),
        "place": place,
        "version": version,
        "address": place.version(version.number),
        "is_refused": version.how == Saving.REFUSED,
        "may_restore": may_restore,
        "texts": [
            (field, field.of(version.content[field.name]))
            for field in fields
            if version.content.get(field.name)
        ],
        "differing": differing(now, version.content, fields),
    }
    return render(request, "publishing/version.html", context)


class LinkForm(forms.Form):
    """For whom a preview address is made, and for how long."""

    note = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("For example a name. Only those who write the text see it."),
    )
    days = forms.TypedChoiceField(
        label=gettext_lazy("How long it works"), coerce=int, initial=14, choices=[]
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [
            (days, ngettext("%(days)s day", "%(days)s days", days) % {"days": days})
            for days in (3, 14, 30)
        ]


def links_page(request, place: Place):
    """List the preview addresses of a draft; a POST makes one and shows it this once."""
    form = LinkForm(request.POST or None)
    open_links = place.publication.preview_links.open()
    made = None
    if form.is_valid():
        if open_links.count() >= MOST_LINKS:
            form.add_error(None, _("There are many addresses already. Withdraw one first."))
        else:
            link, secret = previews.make(place.publication, by=request.user, **form.cleaned_data)
            made = (link, absolute(reverse("draft", args=[secret])))
            form = LinkForm()
    links = place.publication.preview_links.select_related("made_by")
    context = {
        "crumbs": place.crumbs(_("Preview addresses")),
        "place": place,
        "form": form,
        "made": made,
        "links": [(link, place.withdraw(link.pk)) for link in links],
    }
    status = 422 if form.is_bound else 200
    return render(request, "publishing/preview_links.html", context, status=status)


def withdraw_link(request, place: Place, pk: int):
    """Close a preview address (POST)."""
    previews.withdraw(get_object_or_404(place.publication.preview_links, pk=pk))
    messages.success(request, _("The address is withdrawn: who opens it finds nothing."))
    return redirect(place.links)
