"""The public pages of organisations, networks and sponsors."""

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from members import directory as directories
from members import networks as network_pages
from members.models import Network, Organisation
from members.profiles import profile_of
from record.fetching import for_page


def directory(request):
    return render(request, "members/directory.html", directories.directory(request.GET))


def organisation(request, slug):
    """The page of an organisation, at whichever of its two addresses is the right one."""
    found = get_object_or_404(for_page(Organisation.objects.for_profile()), slug=slug)
    if found.is_alliance:
        return redirect(reverse("about"))
    if found.get_absolute_url() != request.path:
        return redirect(found)
    return render(request, "members/organisation.html", profile_of(found))


member = organisation


def networks(request):
    return render(request, "members/networks.html", network_pages.networks(request.GET))


def network(request, slug):
    found = get_object_or_404(for_page(Network.objects.all()), slug=slug)
    return render(request, "members/network.html", network_pages.network_page(found, request.GET))


def sponsors(request):
    return render(request, "members/sponsors.html", network_pages.sponsors(request.GET))


def sponsor(request, slug):
    found = get_object_or_404(for_page(Organisation.objects.sponsors()), slug=slug)
    return render(request, "members/sponsor.html", network_pages.sponsor_page(found, request.GET))
