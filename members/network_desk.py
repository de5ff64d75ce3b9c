"""The desk of who coordinates a network: its members' contacts and profiles, for that network only."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.door import desk_page
from members import profile_actions as actions
from members.completeness import confirmed_in_words, is_to_be_confirmed, missing
from members.desk import edit_profile
from members.difference_pages import differences
from members.models import Network, NetworkMember, NetworkNote, Organisation, Representation
from members.profile_forms import NoteForm

SHOWN = 12  # changes and notes that are listed


@dataclass(frozen=True)
class NetworkRow:
    """A member of the network: whom to write to, and what its profile lacks."""

    organisation: Organisation
    contacts: list[tuple[str, str]]
    missing: list[str]


@desk_page
def network(request, slug):
    """Show the members with contacts and what is missing; take a note to the office."""
    found, coordination = network_of(request, slug)
    form = NoteForm(request.POST or None)
    if form.is_valid():
        NetworkNote.objects.create(
            network=found, text=form.cleaned_data["text"], written_by=request.user
        )
        messages.success(request, _("The office has your note."))
        return redirect("network_desk:network", slug)
    context = {
        "crumbs": crumbs(found),
        "network": found,
        "coordination": coordination,
        "rows": rows_of(found),
        "changes": found.profile_changes.with_people()[:SHOWN],
        "notes": found.notes.select_related("written_by")[:SHOWN],
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "members/desk/network.html", context, status=status)


@desk_page
def edit(request, slug, member):
    """Propose a change to the profile of a member of the network; it always waits."""
    found, _coordination = network_of(request, slug)
    today_in_it = NetworkMember.objects.on().filter(network=found).values("organisation")
    organisation = get_object_or_404(Organisation.objects.filter(pk__in=today_in_it), slug=member)
    context = {"crumbs": crumbs(found, organisation.name)}
    return edit_profile(request, organisation, "members/desk/edit.html", context, network=found)


@desk_page
def change(request, slug, pk):
    """Show what was proposed for a member and what became of it; withdraw it while it waits."""
    found, _coordination = network_of(request, slug)
    one = get_object_or_404(found.profile_changes.with_people(), pk=pk)
    refusal = ""
    if request.method == "POST":
        try:
            actions.withdraw(one, by=request.user)
        except actions.ProfileError as error:
            refusal = str(error)
            one.refresh_from_db()
        else:
            messages.success(request, _("The proposal is withdrawn."))
            return redirect("network_desk:network", slug)
    context = {
        "crumbs": crumbs(found, one.organisation.name),
        "organisation": one.organisation,
        "network": found,
        "change": one,
        "differences": differences(one),
        "refusal": refusal,
    }
    return render(request, "members/desk/change.html", context, status=409 if refusal else 200)


def network_of(request, slug):
    """Return the network with its coordination of today, None for a superuser where there is none.

    Nobody else may know of this desk: 404.
    """
    found = get_object_or_404(Network, slug=slug)
    if not request.user.has_perm("members.act_for_network", found):
        raise Http404
    coordination = found.coordinations.on().select_related("organisation").first()
    return found, coordination


def rows_of(network: Network) -> list[NetworkRow]:
    """Return the members of today by name; three queries, whatever their number."""
    places = NetworkMember.objects.on().filter(network=network).values("organisation")
    organisations = list(
        Organisation.objects.filter(pk__in=places).with_missing().by_name().defer("search")
    )
    contacts: dict[int, list[tuple[str, str]]] = {one.pk: [] for one in organisations}
    acting = Representation.objects.on().filter(organisation__in=organisations)
    for row in acting.select_related("person__user").order_by("person__sort_name"):
        contacts[row.organisation_id].append((row.person.full_name, row.person.reached_at))
    return [
        NetworkRow(one, contacts[one.pk], _missing(one, contacts[one.pk])) for one in organisations
    ]


def _missing(organisation, contacts) -> list[str]:
    """Return what a coordinator can help to mend: a gap, no confirmation, nobody who acts."""
    gaps = missing(organisation)
    if is_to_be_confirmed(organisation):
        gaps.append(confirmed_in_words(organisation))
    if not contacts:
        gaps.append(_("Nobody acts for it in the portal"))
    return gaps


def crumbs(network, last=None):
    desk = (_("My desk"), reverse("desk"))
    here = reverse("network_desk:network", args=[network.slug])
    return [desk, (network.name, here if last else None), *([(last, None)] if last else [])]
