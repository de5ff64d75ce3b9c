"""The contact form: stores a message and mails the office, without cookie or token."""

import ipaddress
from functools import wraps
from urllib.parse import urlsplit

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from alliance_portal.emails import tell_office
from alliance_portal.forms import ContactForm
from alliance_portal.models import ContactMessage

MOST_AN_HOUR = 5
HOUR = 3600  # seconds


def same_origin_post(view):
    """Let a form be posted from this site's own pages only, without a token and its cookie.

    Django's token would need a cookie, and so a page of its own for each visitor. Instead the
    browser says where a post comes from, in headers that a page's script cannot set:
    Sec-Fetch-Site, or where that is missing (plain http, old browsers) Origin, or Referer. A post
    without any of them is refused, as is one from a neighbouring host of the same site. Only for
    forms that act for nobody: what uses a session keeps Django's token as well.
    """

    @csrf_exempt
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method == "POST" and not is_from_here(request):
            return render(request, "site/post_refused.html", status=403)
        return view(request, *args, **kwargs)

    return guarded


def is_from_here(request) -> bool:
    """Whether the browser says that a post comes from a page of this site."""
    if site := request.headers.get("Sec-Fetch-Site"):
        # 'none' is the person itself, never another page: a form sent again after a restart.
        return site in {"same-origin", "none"}
    source = request.headers.get("Origin") or request.headers.get("Referer", "")
    try:
        parts = urlsplit(source)
    except ValueError:
        return False
    here = {f"{request.scheme}://{request.get_host()}", *settings.CSRF_TRUSTED_ORIGINS}
    return f"{parts.scheme}://{parts.netloc}" in here


@same_origin_post
def contact(request):
    """Show the contact form; take a message, and say what happens next."""
    context = {"crumbs": [(_("Contact"), None)], "sent": "sent" in request.GET}
    if request.method != "POST":
        return render(request, "site/contact.html", context | {"form": ContactForm()})
    return _take(request, context)


@never_cache
def _take(request, context):
    form = ContactForm(request.POST)
    if form.is_valid():
        if may_write(network_of(request)):
            send_message(**{name: form.cleaned_data[name] for name in form.Meta.fields})
            return redirect(f"{reverse('contact')}?sent=1")
        form.add_error(
            None, _("Several messages came from your connection. Send this one in an hour.")
        )
    return render(request, "site/contact.html", context | {"form": form, "sent": False})


def send_message(*, name: str, email: str, subject: str, message: str) -> ContactMessage:
    """Keep a message for the office, and mail it once it is kept."""
    with transaction.atomic():
        kept = ContactMessage.objects.create(
            name=name, email=email, subject=subject, message=message
        )
        transaction.on_commit(lambda: tell_office.enqueue(kept.pk))
    return kept


def may_write(network: str) -> bool:
    """Count a message from a network, and say whether it is one too many in this hour.

    Counted in memory under a keyed hash, forgotten after an hour; each process counts by itself,
    which is enough against a flood and needs nothing stored.
    """
    key = (
        "contact:" + salted_hmac("alliance_portal.contact", network, algorithm="sha256").hexdigest()
    )
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= MOST_AN_HOUR
    except ValueError:  # It ran out between the two lines: this is the first of a new hour.
        return True


def network_of(request) -> str:
    """Return who is writing, as far as the connection tells: an IPv4 address, an IPv6 /64.

    Behind a proxy that the settings trust it is the address that the proxy saw, which it wrote last.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.headers.get("X-Forwarded-For", "")
        address = forwarded.rpartition(",")[2].strip() or address
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
