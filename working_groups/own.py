"""What belongs to one account on the desk: mails of groups, its calendar, and the group's papers."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.door import desk_page
from publishing.addresses import absolute
from record.fetching import for_page
from working_groups.models import CalendarAddress, Document, MailChoice, WorkingGroup
from working_groups.querysets import groups_of

PAPERS = 60
SENT = (MailChoice.What.REQUESTS, MailChoice.What.ACTIVITIES)  # nothing is offered that is not sent


@dataclass(frozen=True)
class MailRow:
    """One mail that one may get from a group: the name of its field, its words, and whether one does."""

    name: str
    label: str
    wanted: bool


def mail_rows(user) -> list[tuple[WorkingGroup, list[MailRow]]]:
    """Return for each of somebody's groups the mails that it sends, with what is chosen."""
    groups = list(for_page(groups_of(user).defer("scope", "search").order_by("name")))
    led = set(WorkingGroup.objects.led_by(user).values_list("pk", flat=True))
    chosen = {(one.group_id, one.what): one.wanted for one in MailChoice.objects.of(user)}
    return [
        (
            group,
            [
                MailRow(
                    f"mail-{group.pk}-{what}", what.label,
                    chosen.get((group.pk, what), what in MailChoice.UNASKED),
                )
                for what in SENT
                if what not in MailChoice.UNASKED or group.pk in led
            ],
        )
        for group in groups
    ]  # fmt: skip


@desk_page
def mails(request):
    """Show and take which mails somebody gets from which group."""
    rows = mail_rows(request.user)
    if request.method == "POST":
        with transaction.atomic():
            for group, choices in rows:
                for row in choices:
                    MailChoice.objects.update_or_create(
                        user=request.user, group=group, what=row.name.rpartition("-")[2],
                        defaults={"wanted": row.name in request.POST},
                    )  # fmt: skip
        messages.success(request, _("Saved."))
        return redirect("group_mails")
    context = {
        "rows": rows,
        "email": request.user.email,
        "crumbs": [(_("My desk"), reverse("desk")), (_("My notifications"), None)],
    }
    return render(request, "working_groups/desk/mails.html", context)


@desk_page
def my_calendar(request):
    """Show the secret address of one's own calendar; a post makes, renews or withdraws it."""
    found = CalendarAddress.objects.filter(user=request.user).first()
    if request.method == "POST":
        if request.POST.get("do") == "withdraw":
            if found:
                found.delete()
            messages.success(request, _("The address leads nowhere any more."))
        else:
            (found or CalendarAddress(user=request.user)).renew().save()
            messages.success(
                request, _("The address is made. An earlier one leads nowhere any more.")
            )
        return redirect("my_calendar")
    context = {
        "address": absolute(reverse("private_calendar", args=[found.token])) if found else "",
        "made_at": found.made_at if found else None,
        "groups": for_page(groups_of(request.user).defer("scope", "search").order_by("name")),
        "crumbs": [(_("My desk"), reverse("desk")), (_("My calendar"), None)],
    }
    return render(request, "working_groups/desk/calendar.html", context)


@desk_page
def papers(request, slug):
    """What the people of a group read: its activities with minutes, and its documents."""
    group = paper_group(request, slug)
    activities = group.activities.visible_to(request.user).with_minutes_for(request.user)
    documents = Document.objects.visible_to(request.user).filter(group=group)
    context = {
        "group": group,
        "coming": for_page(activities.coming().for_list())[:PAPERS],
        "past": for_page(activities.past().for_list())[:PAPERS],
        "documents": for_page(documents.select_related("activity").order_by("-added_at", "-pk"))[
            :PAPERS
        ],
        "leads": request.user.has_perm("working_groups.keep_record", group),
        "crumbs": [
            (_("My desk"), reverse("desk")),
            (_("%(group)s, for its people") % {"group": group.name}, None),
        ],
    }
    return render(request, "working_groups/desk/papers.html", context)


@desk_page
def minutes(request, slug, key):
    """The minutes of one activity of the group."""
    group = paper_group(request, slug)
    rows = group.activities.visible_to(request.user).with_minutes_for(request.user)
    activity = get_object_or_404(for_page(rows.filter(shows_minutes=True).defer("search")), pk=key)
    trail = (group.name, reverse("group_desk:papers", args=[slug]))
    context = {
        "group": group,
        "activity": activity,
        "crumbs": [(_("My desk"), reverse("desk")), trail, (activity.title, None)],
    }
    return render(request, "working_groups/desk/minutes.html", context)


def paper_group(request, slug) -> WorkingGroup:
    """Return the group; 403 for those who are none of its people."""
    group = get_object_or_404(WorkingGroup.objects.defer("search", "scope"), slug=slug)
    if not request.user.has_perm("working_groups.read_papers", group):
        raise PermissionDenied
    return group
