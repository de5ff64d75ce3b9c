from django.http import HttpResponse


def stub(request, **kwargs):
    return HttpResponse("")


groups = group = overview = activities = activity = stub
