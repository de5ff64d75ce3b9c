from django.http import HttpResponse


def stub(request, **kwargs):
    return HttpResponse("")


home = about = membership = contact = search = privacy = accessibility = healthz = readyz = (
    robots
) = desk = stub
