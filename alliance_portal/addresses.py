"""Old addresses: asked only where nothing else answers."""

from django.http import HttpResponsePermanentRedirect

from publishing.addresses import OldAddress

LONGEST = OldAddress._meta.get_field("old_path").max_length


class OldAddressMiddleware:
    """Forward a page's old address to its new one instead of answering 404."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code != 404 or request.method not in {"GET", "HEAD"}:
            return response
        if len(request.path) > LONGEST or "\0" in request.path:
            return response
        path = OldAddress.objects.forward(request.path)
        if path is None:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
