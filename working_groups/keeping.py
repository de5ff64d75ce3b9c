"""The record of a group as the year goes: what is on it, one short form for each thing, and back."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, Q
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.door import desk_page
from record.days import today, year_bounds
from record.fetching import for_page
from record.history import recording
from working_groups.emails import announce_activity
from working_groups.keeping_forms import FORMS, positions_meant
from working_groups.models import (
    Activity,
    Document,
    GuestAppearance,
    OpenList,
    WorkingGroup,
)
from working_groups.named import suggested_organisations, suggested_people
from working_groups.taking_back import ON_THE_DESK, CannotBeTakenBack, entered_on_desk, take_back

SHOWN_GUESTS = 40


def kept_group(request, slug) -> WorkingGroup:
    """Return the group whose record this account keeps; 403 where it may read its page only."""
    group = get_object_or_404(WorkingGroup.objects.defer("search", "scope"), slug=slug)
    if not request.user.has_perm("working_groups.keep_record", group):
        raise PermissionDenied
    return group


@dataclass(frozen=True)
class KeptRow:
    """A thing of the record as the desk lists it."""

    key: int
    text: str
    detail: str


@dataclass(frozen=True)
class KeptList:
    kind: str
    title: str
    add: str
    rows: list[KeptRow]
    paste: bool = False
    is_open: bool = False


@desk_page
def record(request, slug):
    """Show all that is on record for a year, open to the group only too, with what can be done."""
    group = kept_group(request, slug)
    year = _year(request.GET.get("year", ""))
    context = {
        "group": group,
        "year": year,
        "earlier": year - 1,
        "later": year + 1 if year < today().year else None,
        "lists": lists_of(group, year),
        "crumbs": crumbs(group, _("The record of %(year)s") % {"year": year}),
    }
    return render(request, "working_groups/desk/record.html", context)


def lists_of(group, year: int) -> list[KeptList]:
    """Return the record of a group's year, kind by kind, each one query."""
    open_lists = set(group.open_lists.filter(year=year).values_list("what", flat=True))
    activities = for_page(group.activities.in_year(year).for_list().order_by("starts_on", "pk"))
    guests = for_page(
        GuestAppearance.objects.of_group(group)
        .in_year(year)
        .select_related("organisation", "person", "activity")
        .order_by("day_on", "pk")
    )
    places = for_page(
        group.participations.in_year(year)
        .select_related("organisation")
        .order_by("organisation__sort_name", "pk")
    )
    initiatives = for_page(group.initiatives.in_year(year).oldest_first())
    first, after = year_bounds(year)
    by_date = Q(year=None, position__sort_day__gte=first, position__sort_day__lt=after)
    contributions = for_page(
        group.contributions.filter(Q(year=year) | by_date).select_related("position").order_by("pk")
    )
    documents = for_page(
        Document.objects.filter(group=group, added_at__year=year).select_related("activity")
    )
    return [
        KeptList(
            "activity", _("Activities"), _("Add an activity"),
            [KeptRow(row.pk, row.title, _activity_detail(row)) for row in activities],
        ),
        KeptList(
            "guest", _("Guests"), _("Add a guest"),
            [KeptRow(row.pk, _guest_name(row), _guest_detail(row)) for row in guests],
            paste=True, is_open=OpenList.What.GUESTS in open_lists,
        ),
        KeptList(
            "participant", _("Participants"), _("Add a participant"),
            [KeptRow(row.pk, row.printed_as or row.organisation.name, row.period_in_words())
             for row in places],
            paste=True, is_open=OpenList.What.JOINED in open_lists,
        ),
        KeptList(
            "initiative", _("Initiatives"), _("Add an initiative"),
            [KeptRow(row.pk, row.title, row.period_in_words()) for row in initiatives],
        ),
        KeptList(
            "contribution", _("Contributions to positions"), _("Add a contribution"),
            [KeptRow(row.pk, row.position.title, _("led by the group") if row.led else "")
             for row in contributions],
        ),
        KeptList(
            "document", _("Documents"), _("Add a document"),
            [KeptRow(row.pk, row.title, row.activity.title if row.activity else "")
             for row in documents],
        ),
    ]  # fmt: skip


def _activity_detail(row) -> str:
    words = [row.day_in_words()]
    if row.called_off:
        words.append(_("called off"))
    if row.audience != "public":
        words.append(_("for %(whom)s") % {"whom": row.get_audience_display()})
    return ", ".join(words)


def _guest_name(row) -> str:
    return row.printed_as or (row.person.full_name if row.person else row.organisation.name)


def _guest_detail(row) -> str:
    words = [str(row.day)]
    if row.person and row.organisation:
        words.append(row.organisation.name)
    if row.activity:
        words.append(row.activity.title)
    return ", ".join(words)


@desk_page
def keep(request, slug, kind, key=None):
    """Add one thing to the record, or change it."""
    group = kept_group(request, slug)
    row = row_of(group, kind, key) if key else None
    form_class = FORMS.get(kind)
    if form_class is None:
        raise Http404
    if request.method == "POST":
        form = form_class(request.POST, request.FILES, group=group, row=row)
        if form.is_valid() and (done := save(request, group, kind, form)):
            return redirect(done)
    else:
        form = form_class(group=group, row=row, initial=asked_for(request, group, kind))
    context = {
        "group": group,
        "kind": kind,
        "row": row if row and row.pk else None,
        "form": form,
        "heading": form.title if not key else _("Change: %(what)s") % {"what": row},
        "may_take_out": bool(key) and entered_on_desk(row),
        "guests": _guests_of(row) if kind == "activity" and key else [],
        "crumbs": crumbs(group, form.title, record=True),
    }
    status = 422 if form.is_bound else 200
    return render(request, "working_groups/desk/keep.html", context, status=status)


def asked_for(request, group, kind) -> dict:
    """Return what the address says a new thing belongs to: the activity of a guest or document."""
    text = request.GET.get("activity", "")
    if kind not in {"guest", "document"} or not (
        text.isascii() and text.isdecimal() and len(text) < 18
    ):
        return {}
    activity = group.activities.filter(pk=int(text)).only("pk").first()
    return {"activity": activity.pk} if activity else {}


def save(request, group, kind, form) -> str:
    """Save the form's row; return where to go next, or nothing with the form's errors set."""
    is_new = form.row.pk is None
    before = None
    if kind == "activity" and not is_new:
        before = Activity.objects.values(*Activity.IN_CALENDARS).get(pk=form.row.pk)
    try:
        with recording(by=request.user, why=ON_THE_DESK) as recorder:
            row = form.write(recorder)
            if kind == "activity":
                announce_activity(row, before)
    except IntegrityError:
        form.add_error(None, _("The record was changed a moment ago. Look at it, and save again."))
        return ""
    undo = reverse("group_desk:take_back", args=[group.slug, recorder.moment.isoformat()])
    sentence = _("On record: %(what)s.") if is_new else _("Changed: %(what)s.")
    messages.success(request, sentence % {"what": row}, undo)
    return next_page(request, group, kind, row)


def next_page(request, group, kind, row) -> str:
    """Return where the pressed button leads."""
    wants = request.POST.get("do", "")
    add = reverse("group_desk:add", args=[group.slug, kind])
    if wants == "another":
        activity = getattr(row, "activity_id", None)
        return f"{add}?activity={activity}" if activity else add
    if wants == "guest" and kind == "activity":
        return f"{reverse('group_desk:add', args=[group.slug, 'guest'])}?activity={row.pk}"
    return f"{reverse('group_desk:record', args=[group.slug])}?year={_year_of(row)}"


def _year_of(row) -> int:
    for name in ("starts_on", "day_on"):
        if hasattr(row, name):
            return min(getattr(row, name).year, today().year)
    return getattr(row, "year", None) or today().year


def row_of(group, kind, key):
    """Return a thing of the group's record; 404 where it is not the group's."""
    rows = {
        "activity": group.activities.select_related("group"),
        "guest": GuestAppearance.objects.of_group(group).select_related(
            "organisation", "person", "activity"
        ),
        "participant": group.participations.select_related("organisation"),
        "initiative": group.initiatives,
        "contribution": group.contributions.select_related("position"),
        "document": group.documents,
    }
    if kind not in rows:
        raise Http404
    return get_object_or_404(rows[kind], pk=key)


def _guests_of(activity) -> list[KeptRow]:
    rows = activity.guests.select_related("organisation", "person").order_by("day_on", "pk")
    return [
        KeptRow(
            row.pk,
            _guest_name(row),
            row.organisation.name if row.person and row.organisation else "",
        )
        for row in for_page(rows)[:SHOWN_GUESTS]
    ]


@desk_page
@require_POST
def take_out(request, slug, kind, key):
    """Take a thing out of the record that came into it by the desk: for mistakes."""
    group = kept_group(request, slug)
    row = row_of(group, kind, key)
    if not entered_on_desk(row):
        messages.error(request, _("The office entered this: write to it where it is wrong."))
        return redirect("group_desk:change", slug=slug, kind=kind, key=key)
    words, year = str(row), _year_of(row)
    try:
        with transaction.atomic(), recording(by=request.user, why=ON_THE_DESK) as recorder:
            for expert in row.experts.all() if kind == "participant" else ():
                recorder.delete(expert)
            recorder.delete(row)
    except ProtectedError:
        messages.error(
            request,
            _(
                "Guests or documents belong to it. Take those out first, or say that it is called off."
            ),
        )
        return redirect("group_desk:change", slug=slug, kind=kind, key=key)
    undo = reverse("group_desk:take_back", args=[group.slug, recorder.moment.isoformat()])
    messages.success(request, _("Taken out of the record: %(what)s.") % {"what": words}, undo)
    return redirect(f"{reverse('group_desk:record', args=[slug])}?year={year}")


@desk_page
@require_POST
def undo(request, slug, moment):
    """Take back what was entered a moment ago, all of it."""
    group = kept_group(request, slug)
    try:
        at = parse_datetime(moment)
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Http404
    try:
        take_back(at, group, by=request.user)
        messages.success(request, _("Taken back."))
    except CannotBeTakenBack as why:
        messages.error(request, str(why))
    return redirect("group_desk:record", slug=slug)


@desk_page
def suggest(request, slug, what):
    """Answer what a field may mean: {"suggestions": [{"name", "about"}]}."""
    group = kept_group(request, slug)
    typed = request.GET.get("q", "").replace("\0", "")[:200]
    if what == "organisations":
        found = suggested_organisations(typed)
    elif what == "people":
        found = suggested_people(typed, group)
    elif what == "positions":
        found = [
            {"name": row.title, "about": row.printed_in_words} for row in positions_meant(typed)[:8]
        ]
    else:
        raise Http404
    return JsonResponse({"suggestions": found})


def crumbs(group, last, *, record: bool = False):
    trail = [
        (_("My desk"), reverse("desk")),
        (group.name, reverse("group_desk:group", args=[group.slug])),
    ]
    if record:
        trail.append((_("The record"), reverse("group_desk:record", args=[group.slug])))
    return [*trail, (str(last), None)]


def _year(text: str) -> int:
    """Return the year asked for; this one where it is none, or lies ahead."""
    if text.isascii() and text.isdecimal() and len(text) == 4 and 1990 <= int(text) <= today().year:
        return int(text)
    return today().year
