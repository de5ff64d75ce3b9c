"""Joining a group: asked for by anybody or by a representative, decided on the group's desk."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from accounts.door import desk_page
from accounts.open_forms import is_within_limit, network_of, same_origin_post
from members.models import Organisation
from record.fetching import for_page
from working_groups.joining_forms import AcceptForm, DeclineForm, DeskJoinForm, OpenJoinForm
from working_groups.keeping import crumbs
from working_groups.models import JoinRequest, WorkingGroup
from working_groups.requests import AlreadyAsked, AlreadyDecided, accept, ask, decline, in_words

MOST_AN_HOUR = 5
DECIDED_SHOWN = 20


@same_origin_post
def join(request, slug):
    """Show the form with which anybody asks to take part; take a request, and say what happens next."""
    group = get_object_or_404(for_page(WorkingGroup.objects.joinable().defer("search")), slug=slug)
    context = {
        "group": group,
        "sent": "sent" in request.GET,
        "crumbs": [
            (_("Working groups"), reverse("working_groups:list")),
            (group.name, group.get_absolute_url()),
            (_("Join"), None),
        ],
    }
    if request.method != "POST":
        return render(request, "working_groups/join.html", context | {"form": OpenJoinForm()})
    return _take(request, group, context)


@never_cache
def _take(request, group, context):
    form = OpenJoinForm(request.POST)
    if form.is_valid():
        if is_within_limit("join", network_of(request), MOST_AN_HOUR):
            ask(group, **form.facts())
            return redirect(f"{reverse('working_groups:join', args=[group.slug])}?sent=1")
        form.add_error(
            None, _("Several requests came from your connection. Send this one in an hour.")
        )
    context |= {"form": form, "sent": False}
    return render(request, "working_groups/join.html", context, status=422)


@desk_page
def ask_on_desk(request, slug):
    """A representative asks for an organisation that takes no part yet."""
    group = get_object_or_404(WorkingGroup.objects.defer("search"), slug=slug)
    mine = Organisation.objects.represented_by(request.user)
    if not mine.exists():
        raise PermissionDenied
    may_ask = mine.exclude(pk__in=group.participations.on().values("organisation"))
    may_ask = may_ask.exclude(pk__in=group.join_requests.open().values("organisation"))
    may_ask = for_page(may_ask.defer("description", "search").order_by("sort_name"))
    is_open = WorkingGroup.objects.joinable().filter(pk=group.pk).exists()
    form = DeskJoinForm(request.POST or None, organisations=may_ask, user=request.user)
    if is_open and request.method == "POST" and form.is_valid() and _asked(request, group, form):
        return redirect("group_desk:join", slug=slug)
    context = {
        "group": group,
        "form": form,
        "may_ask": is_open and may_ask.exists(),
        "is_open": is_open,
        "mine": for_page(
            group.join_requests.filter(organisation__in=mine)
            .select_related("organisation", "decided_by")
            .order_by("-asked_at")[:DECIDED_SHOWN]
        ),
        "crumbs": [
            (_("My desk"), reverse("desk")),
            (_("Join %(group)s") % {"group": group.name}, None),
        ],
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "working_groups/desk/join.html", context, status=status)


def _asked(request, group, form) -> bool:
    try:
        ask(group, by=request.user, **form.facts(request.user))
    except AlreadyAsked as why:
        form.add_error(None, str(why))
        return False
    messages.success(
        request, _("The request is with the chair. The answer comes by mail and stands here.")
    )
    return True


def _led_group(request, slug) -> WorkingGroup:
    """Return the group; 404 for who may not know whether anybody asked."""
    group = get_object_or_404(WorkingGroup.objects.defer("search", "scope"), slug=slug)
    if not request.user.has_perm("working_groups.decide_requests", group):
        raise Http404
    return group


@desk_page
def requests(request, slug):
    """List who asks to join, the longest waiting first, and what was decided."""
    group = _led_group(request, slug)
    rows = group.join_requests.select_related("organisation", "decided_by")
    decided = rows.exclude(state=JoinRequest.State.OPEN).order_by("-decided_at", "-pk")
    context = {
        "group": group,
        "waiting": for_page(rows.open()),
        "decided": for_page(decided[:DECIDED_SHOWN]),
        "crumbs": crumbs(group, _("Requests to join")),
    }
    return render(request, "working_groups/desk/requests.html", context)


@desk_page
def decide(request, slug, key):
    """Accept or decline one request; what is decided is only shown."""
    group = _led_group(request, slug)
    rows = JoinRequest.objects.select_related(
        "group", "organisation", "decided_by", "participation__organisation"
    )
    asked = get_object_or_404(rows, group=group, pk=key)
    accepting, declining = AcceptForm(request=asked), DeclineForm()
    status = 200
    if request.method == "POST" and asked.state == JoinRequest.State.OPEN:
        status = 422
        wants = request.POST.get("do", "")
        if wants == "decline":
            form = declining = DeclineForm(request.POST)
        else:
            form = accepting = AcceptForm(request.POST, request=asked)
        if form.is_valid() and (_decided(request, asked, form, declines=wants == "decline")):
            return redirect("group_desk:requests", slug=slug)
    elif request.method == "POST":
        messages.warning(
            request, _("Nothing was done: it is decided. %(how)s") % {"how": in_words(asked)}
        )
        return redirect("group_desk:request", slug=slug, key=key)
    context = {
        "group": group,
        "asked": asked,
        "is_open": asked.state == JoinRequest.State.OPEN,
        "outcome": "" if asked.state == JoinRequest.State.OPEN else in_words(asked),
        "accepting": accepting,
        "declining": declining,
        "others": _others_of(asked),
        "crumbs": [
            *crumbs(group, "")[:-1],
            (_("Requests to join"), reverse("group_desk:requests", args=[slug])),
            (str(asked), None),
        ],
    }
    return render(request, "working_groups/desk/request.html", context, status=status)


def _decided(request, asked, form, *, declines: bool) -> bool:
    """Do what was decided; False with the form's errors set. Who was slower is told by whom."""
    try:
        if declines:
            decline(asked.pk, form.cleaned_data["reason"], by=request.user)
            messages.success(request, _("Declined. The reason is on its way by mail."))
        else:
            done = accept(asked.pk, form, by=request.user)
            messages.success(
                request,
                _("%(who)s is on record as taking part, and is told by mail.") % {"who": done},
            )
    except AlreadyDecided as how:
        messages.warning(
            request, _("Nothing was done: somebody was quicker. %(how)s") % {"how": how}
        )
    except IntegrityError:
        form.add_error(None, _("The record was changed a moment ago. Look at it, and try again."))
        return False
    return True


def _others_of(asked) -> list[JoinRequest]:
    """Return other requests of the group that wait under the same name."""
    rows = asked.group.join_requests.open().exclude(pk=asked.pk).select_related("organisation")
    return [row for row in for_page(rows) if str(row).casefold() == str(asked).casefold()]
