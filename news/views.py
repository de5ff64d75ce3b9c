from django.http import HttpResponse


def stub(request, **kwargs):
    return HttpResponse("")


news = post = policy = position = stub
