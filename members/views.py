"""The public pages of organisations, networks and sponsors."""

from django.http import JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from members import by_year, downloads
from members import directory as directories
from members import networks as network_pages
from members import sponsors as sponsor_pages
from members.change_pages import changes_page
from members.models import Network, Organisation
from members.people import person_page
from members.profiles import profile_of
from members.suggestions import suggestions
from record.fetching import for_page


def directory(request):
    context = directories.directory(request.GET)
    context["downloads"] = downloads.addresses(context["filters"])
    return render(request, "members/directory.html", context)


def members_csv(request):
    return _file(*downloads.as_csv(request.GET), "csv", "text/csv; charset=utf-8")


def members_json(request):
    return _file(*downloads.as_json(request.GET), "json", "application/json")


def _file(asked, parts, ending, content_type):
    name = f'attachment; filename="members-{asked.day}.{ending}"'
    return StreamingHttpResponse(
        parts, content_type=content_type, headers={"Content-Disposition": name}
    )


def suggest(request):
    return JsonResponse({"suggestions": suggestions(request.GET)})


def organisation(request, slug):
    """The page of an organisation, at whichever of its two addresses is the right one."""
    found = get_object_or_404(for_page(Organisation.objects.for_profile()), slug=slug)
    if found.is_alliance:
        return redirect(reverse("about"))
    if found.get_absolute_url() != request.path:
        return redirect(found)
    return render(request, "members/organisation.html", profile_of(found))


member = organisation


def person(request, slug):
    return render(request, "members/person.html", person_page(slug))


def changes(request):
    return render(request, "members/changes.html", changes_page(request.GET))


def timeline(request):
    return render(request, "members/timeline.html", by_year.timeline())


def networks(request):
    return render(request, "members/networks.html", network_pages.networks(request.GET))


def network(request, slug):
    found = get_object_or_404(for_page(Network.objects.all()), slug=slug)
    return render(request, "members/network.html", network_pages.network_page(found, request.GET))


def sponsors(request):
    return render(request, "members/sponsors.html", sponsor_pages.sponsors(request.GET))


def sponsor(request, slug):
    found = get_object_or_404(for_page(Organisation.objects.sponsors()), slug=slug)
    return render(request, "members/sponsor.html", sponsor_pages.sponsor_page(found, request.GET))
