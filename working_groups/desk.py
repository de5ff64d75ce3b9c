"""The desk of a group: its record of the year, and the yearly overview from draft to correction."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.door import desk_page
from publishing import actions as publishing
from publishing import versions, writing
from publishing.forms import WhenForm, edit_number_of
from publishing.models import State
from record import drawings
from record.days import today
from record.fetching import for_page
from working_groups import actions
from working_groups.forms import OverviewForm
from working_groups.models import Overview, WorkingGroup
from working_groups.waiting import standing_of
from working_groups.year_record import SECTIONS, assemble, first_year, record_of, why_not, with_days

RICH = ("body", "outlook", "thanks")


@desk_page
def group(request, slug):
    """Show the role, the record of this year, and the overviews of all years."""
    group = get_object_or_404(WorkingGroup, slug=slug)
    if not request.user.has_perm("working_groups.view_desk", group):
        raise PermissionDenied
    years, record = years_of(group), with_days(assemble(group, today().year))
    context = {
        "crumbs": [(_("My desk"), reverse("desk")), (group.name, None)],
        "group": group,
        "roles": for_page(group.roles.with_people().on().order_by("name", "during")),
        "record": record,
        "dots": dots_of(record, today()),
        "on_record": any(section["items"] for section in record["sections"]),
        "years": years,
        "gaps": standing_of([group])[group.pk].gaps,
        "may_propose": request.user.has_perm("working_groups.propose_handover", group),
        "next_to_write": next((row for row in years if not row.is_published), None),
    }
    return render(request, "working_groups/desk/group.html", context)


DRAWN = ("activities", "joined", "guests", "positions")


def dots_of(record, day):
    """Return the drawing of a record's year: what is known to the day is a dot, the rest is counted."""
    lanes = []
    for section in record["sections"]:
        days = [(item["day"], item["text"]) for item in section["items"] if len(item["day"]) == 10]
        rest = len(section["items"]) - len(days)
        words = str(len(section["items"]))
        if rest:
            words = _("%(all)s, %(rest)s of them without a day") % {"all": words, "rest": rest}
        if section["key"] in DRAWN and section["items"]:
            dated = [(date.fromisoformat(when), text) for when, text in days]
            lanes.append((section["title"], words, dated))
    return drawings.year_of_dots(record["year"], lanes, day) if lanes else None


@desk_page
def edit_overview(request, slug, year):
    """Write the overview of a year. Looking at it makes no row; the first save does."""
    overview = overview_to(request, "working_groups.write_overview", slug, year)
    if isinstance(overview, str):
        return cannot(request, slug, overview)
    if request.method != "POST":
        return editor(request, overview, opened(overview))
    wants = request.POST.get("do", "save")
    form = OverviewForm(
        writing.chosen(request.POST, overview, fields_of(overview)),
        instance=overview,
        goes_out=wants == "publish" or overview.state == State.PUBLISHED,
        corrects=overview.is_out(),
    )
    if not form.is_valid():
        opened_with = edit_number_of(request.POST)
        return editor(request, stored(overview), form, edit_number=opened_with, status=422)
    try:
        saved = save(request, overview, form)
    except publishing.StaleEdit as stale:
        session = writing.session_of(request.POST)
        versions.keep_refused(overview, stale, by=request.user, session=session)
        return editor(request, stale.current, form, stale=stale, status=409)
    return redirect(after_saving(saved, wants))


@desk_page
def autosave(request, slug, year):
    """Keep by itself what is being written, and say who else has it open (static/js/writing.js)."""
    overview = overview_to(request, "working_groups.write_overview", slug, year)
    if isinstance(overview, str):
        raise Http404
    if "title" not in request.POST:
        return writing.autosave(request, overview, None, actions.keep_overview)
    form = OverviewForm(request.POST, instance=overview, goes_out=False, corrects=False)
    typed = request.POST.get("correction", "")
    more = {"correction": typed} if typed else None
    return writing.autosave(request, overview, form, partial(actions.keep_overview, more=more))


def opened(overview):
    """Return the form with the text that stands, which readers may not have seen yet."""
    newest = versions.standing(overview) if overview.pk else None
    typed = newest.content.get("correction", "") if newest else ""
    return OverviewForm(
        instance=versions.taken_up(overview),
        initial={"correction": typed},
        goes_out=False,
        corrects=overview.is_out(),
    )


def save(request, overview, form):
    """Save a draft, or correct what readers have seen already."""
    opened_with = edit_number_of(request.POST)
    session = writing.session_of(request.POST)
    if not overview.is_out():
        saved = actions.save_overview(
            overview, by=request.user, edit_number=opened_with, session=session
        )
        messages.success(request, _("Saved."))
        return saved
    if not request.user.has_perm("working_groups.publish_overview", overview):
        raise PermissionDenied
    corrected = publishing.correct(
        overview,
        correction=form.cleaned_data["correction"],
        by=request.user,
        edit_number=opened_with,
        session=session,
    )
    messages.success(request, _("The correction is published and marked."))
    return corrected


def after_saving(overview, wants):
    """Return where the pressed button leads."""
    if overview.is_out():
        return overview.get_absolute_url()
    names = {"preview": "group_desk:preview", "publish": "group_desk:publish"}
    return address(names.get(wants, "group_desk:overview"), overview)


def editor(request, overview, form, *, stale=None, edit_number=None, status=200):
    """Draw the editor; with `stale` also what somebody else saved meanwhile.

    A form that is shown again keeps the number it was opened with, so that it stays stale.
    """
    fields = fields_of(overview)
    apart = overview.state == State.PUBLISHED and versions.kept_apart(stored(overview))
    context = writing.editor(
        request, overview, fields, form=form, stale=stale, edit_number=edit_number
    ) | {
        "crumbs": crumbs(overview, _("Overview %(year)s") % {"year": overview.year}),
        "overview": overview,
        "form": form,
        "apart": apart,
        "record": with_days(assemble(overview.group, overview.year, overview.record_incomplete)),
        "place": place_of(overview),
        "may_publish": request.user.has_perm("working_groups.publish_overview", overview),
    }
    return render(request, "working_groups/desk/overview.html", context, status=status)


def stored(overview):
    """Return the overview without what a refused form put into it: state and number as saved."""
    if overview.pk is None:
        return actions.begin_overview(overview.group, overview.year, by=overview.author)
    return Overview.objects.select_related("group").get(pk=overview.pk)


def fields_of(overview):
    """Return the parts of an overview as versions and conflicts name them."""
    form = OverviewForm(instance=overview, goes_out=False, corrects=False)
    of = {"record_incomplete": titles_of_sections}
    return [
        writing.Field(name, form.fields[name].label, name in RICH, of.get(name, str))
        for name in form.fields
    ]


def titles_of_sections(keys):
    return ", ".join(str(SECTIONS[key]) for key in keys if key in SECTIONS)


@desk_page
def preview_overview(request, slug, year):
    """Show the overview with the real page's template, to those who write it."""
    overview = begun(request, "working_groups.write_overview", slug, year)
    context = preview_of(versions.taken_up(overview)) | {"crumbs": crumbs(overview, _("Preview"))}
    return render(request, "working_groups/overview.html", context)


def preview_by_link(request, overview, link):
    """Show the same page to somebody who has its secret address (publishing.previews)."""
    context = preview_of(overview) | {"link": link}
    return render(request, "working_groups/overview.html", context)


def preview_of(overview):
    """Return what the page of an overview draws before readers see it."""
    record = record_of(overview)
    return {
        "overview": overview,
        "group": overview.group,
        "record": record,
        "record_day": date.fromisoformat(record["as_of"]),
        "byline": record["byline"],
        "preview": True,
    }


@desk_page
def preview_links(request, slug, year):
    """Make, list and withdraw the addresses at which somebody without an account reads the draft."""
    overview = begun(request, "working_groups.write_overview", slug, year)
    if overview.is_out():
        return redirect(overview)
    return writing.links_page(request, place_of(overview))


@desk_page
@require_POST
def withdraw_preview_link(request, slug, year, link):
    overview = begun(request, "working_groups.write_overview", slug, year)
    return writing.withdraw_link(request, place_of(overview), link)


@desk_page
def publish_overview(request, slug, year):
    """Publish what is saved, now or at a time; what is out leads to its page."""
    overview = begun(request, "working_groups.publish_overview", slug, year)
    if overview.is_out():
        return redirect(overview)
    scheduled = overview.visible_from if overview.is_scheduled() else None
    form = WhenForm(request.POST or None, scheduled=scheduled)
    if form.is_valid() and (done := publish(request, overview, form)):
        return redirect(done)
    context = {
        "crumbs": crumbs(overview, _("Publish")),
        "overview": overview,
        "form": form,
        "missing": publishing.missing(overview),
        "apart": versions.kept_apart(overview),
        "record": assemble(overview.group, overview.year, overview.record_incomplete),
    }
    status = 422 if form.is_bound else 200
    return render(request, "working_groups/desk/publish.html", context, status=status)


def publish(request, overview, form):
    """Publish or schedule; return where to go next, or None with the form's errors set."""
    opened_with, at = edit_number_of(request.POST), form.cleaned_data["at"]
    try:
        if at:
            undo = "" if overview.is_scheduled() else address("group_desk:unschedule", overview)
            publishing.schedule(overview, at=at, by=request.user, edit_number=opened_with)
            messages.success(request, _("Scheduled. Until then nobody else sees it."), undo)
            return address("group_desk:overview", overview)
        publishing.publish(overview, by=request.user, edit_number=opened_with)
    except publishing.StaleEdit:
        form.add_error(None, _("It was saved again meanwhile. Look at it once more, then publish."))
        overview.refresh_from_db()
        return None
    except ValidationError as error:
        form.add_error(None, ValidationError(error.messages))
        return None
    return overview.get_absolute_url()


@desk_page
@require_POST
def unschedule(request, slug, year):
    """Take a scheduled overview back to a draft."""
    overview = begun(request, "working_groups.publish_overview", slug, year)
    try:
        publishing.unschedule(overview, by=request.user)
        messages.success(request, _("The schedule is withdrawn: it is a draft again."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(address("group_desk:overview", overview))


@desk_page
def all_versions(request, slug, year):
    """List every saved state of the overview."""
    overview = begun(request, "working_groups.write_overview", slug, year)
    return writing.versions_page(request, place_of(overview))


@desk_page
def version(request, slug, year, number):
    """Read an earlier version, and restore it as long as no reader has seen the overview."""
    overview = begun(request, "working_groups.write_overview", slug, year)
    version = get_object_or_404(overview.versions.select_related("saved_by"), number=number)
    if request.method == "POST" and not overview.is_out():
        replaced = versions.standing(overview).number
        publishing.restore(overview, version, by=request.user)
        undo = address("group_desk:version", overview, replaced)
        done = _("Version %(number)s is restored.") % {"number": number}
        messages.success(request, done, undo)
        return redirect(address("group_desk:overview", overview))
    return writing.version_page(
        request,
        place_of(overview),
        version,
        fields_of(overview),
        may_restore=not overview.is_out(),
    )


@desk_page
@require_POST
def discard(request, slug, year):
    """Take back what was kept by itself and no reader has seen: the published text stands again."""
    overview = begun(request, "working_groups.write_overview", slug, year)
    if overview.state != State.PUBLISHED:
        raise Http404
    versions.discard(overview, by=request.user)
    messages.success(request, _("The changes are put aside; they stay among the versions."))
    return redirect(address("group_desk:overview", overview))


def begun(request, permission, slug, year):
    """Return the overview of a year that is begun; 404 where there is none, else as `overview_to`."""
    overview = overview_to(request, permission, slug, year)
    if isinstance(overview, str) or overview.pk is None:
        raise Http404
    return overview


def overview_to(request, permission, slug, year):
    """Return the overview of a year, not saved yet where none is begun, or why there can be none.

    Who may not: 403 where the published page is theirs to read, 404 where there is nothing they
    may know of, so that a draft and no draft look the same.
    """
    group = get_object_or_404(WorkingGroup, slug=slug)
    if problem := why_not(group, year):
        if request.user.has_perm("working_groups.view_desk", group):
            return problem
        raise Http404
    overview = Overview.objects.filter(group=group, year=year).select_related("group").first()
    overview = overview or actions.begin_overview(group, year, by=request.user)
    if request.user.has_perm(permission, overview):
        return overview
    known = request.user.has_perm("working_groups.write_overview", overview) or (
        overview.pk and request.user.has_perm("publishing.read", overview)
    )
    if known:
        raise PermissionDenied
    raise Http404


def cannot(request, slug, problem):
    """Say in a sentence why there can be no overview of that year."""
    group = get_object_or_404(WorkingGroup, slug=slug)
    context = {
        "crumbs": [
            (_("My desk"), reverse("desk")),
            (group.name, reverse("group_desk:group", args=[slug])),
            (_("No overview"), None),
        ],
        "group": group,
        "problem": problem,
    }
    return render(request, "working_groups/desk/cannot.html", context, status=404)


@dataclass(frozen=True)
class YearRow:
    """A year of a group on the desk: its overview, if one is begun."""

    year: int
    overview: Overview | None

    @property
    def title(self) -> str:
        """As readers see it; before that, as it was last written."""
        if self.overview is None:
            return ""
        written = "" if self.is_published else self.overview.written_title
        return written or self.overview.title

    @property
    def is_published(self) -> bool:
        return bool(self.overview and self.overview.is_out())

    @property
    def is_scheduled(self) -> bool:
        return bool(self.overview and self.overview.is_scheduled())


def years_of(group) -> list[YearRow]:
    """Return every year of the group's record, newest first, with its overview."""
    overviews = Overview.objects.filter(group=group).with_written().select_related("group")
    overviews = for_page(overviews)
    overviews = {one.year: one for one in overviews.defer("frozen", "search")}
    newest = max([today().year, *overviews])
    oldest = min([first_year(group), *overviews])
    return [YearRow(year, overviews.get(year)) for year in range(newest, oldest - 1, -1)]


def address(name, overview, *more):
    return reverse(name, args=[overview.group.slug, overview.year, *more])


def place_of(overview):
    """Return where the pages for writing this overview are."""
    return writing.Place(
        publication=overview,
        crumbs=partial(crumbs, overview),
        kicker=_("%(group)s, overview of %(year)s")
        % {"group": overview.group.name, "year": overview.year},
        editor=address("group_desk:overview", overview),
        versions=address("group_desk:versions", overview),
        version=partial(address, "group_desk:version", overview),
        preview=address("group_desk:preview", overview),
        links=address("group_desk:links", overview),
        withdraw=partial(address, "group_desk:withdraw_link", overview),
    )


def crumbs(overview, last):
    trail = [
        (_("My desk"), reverse("desk")),
        (overview.group.name, reverse("group_desk:group", args=[overview.group.slug])),
        (
            _("Overview %(year)s") % {"year": overview.year},
            address("group_desk:overview", overview),
        ),
    ]
    return [*trail[: 2 if last == trail[2][0] else 3], (last, None)]
