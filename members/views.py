from django.http import HttpResponse


def stub(request, **kwargs):
    return HttpResponse("")


directory = networks = network = sponsors = sponsor = member = organisation = stub
