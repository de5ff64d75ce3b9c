"""The public pages of members, networks and sponsors."""

from django.shortcuts import render

from members import directory as directories


def directory(request):
    return render(request, "members/directory.html", directories.directory(request.GET))


def stub(request, **kwargs):
    raise NotImplementedError


networks = network = sponsors = sponsor = member = organisation = stub
