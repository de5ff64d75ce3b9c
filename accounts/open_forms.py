"""Forms that anybody may send, on pages that are the same for everybody: no cookie, no token.

A page with such a form stays public and cacheable. The browser says where a post comes from; a field
that must stay empty, the signed time of the form and a limit by network keep programs away.
"""

import ipaddress
import time
from functools import wraps
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

HOUR = 3600  # seconds
FASTEST = 3  # seconds in which nobody fills in a form by hand
SALT = "alliance_portal.contact"


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


def is_within_limit(what: str, network: str, most: int) -> bool:
    """Count something that a network does, and say whether it is one too many in this hour.

    Counted in memory under a keyed hash, forgotten after an hour; each process counts by itself,
    which is enough against a flood and needs nothing stored.
    """
    digest = salted_hmac(f"alliance_portal.{what}", network, algorithm="sha256").hexdigest()
    key = f"{what}:{digest}"
    cache.add(key, 0, HOUR)
    try:
        return cache.incr(key) <= most
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


class OpenForm(forms.Form):
    """Base of a form that anybody may send.

    Two things that people do not notice keep programs away: a field that must stay empty, and the
    signed time at which the form was made. Both only ask to send again; nothing typed is lost.
    """

    # Not shown and not read out. Its name says nothing that a browser fills in by itself.
    leave_empty = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    begun = forms.CharField(widget=forms.HiddenInput, required=False)

    send_again = _("The message was not sent. Send it again.")
    too_quick = _("That was quicker than anybody types. Look over the message and send it.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["begun"] = stamp()

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("leave_empty"):
            self._ask_again("leave_empty", "", self.send_again)
        elif not self.errors and not was_begun(cleaned.get("begun", "")):
            self._ask_again("begun", stamp(), self.too_quick)
        return cleaned

    def _ask_again(self, name: str, value: str, sentence: str):
        """Refuse, and make the form that is shown again ready to be sent by a person."""
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value
        self.add_error(None, sentence)


def stamp() -> str:
    """Return the time as a form carries it: signed, in seconds."""
    return signing.dumps(int(time.time()), salt=SALT)


def was_begun(stamped: str) -> bool:
    """Whether a form was made here, and long enough ago for a person to fill it in.

    There is no latest time: a page may wait in a browser for days.
    """
    try:
        return signing.loads(stamped, salt=SALT) <= time.time() - FASTEST
    except signing.BadSignature:
        return False


def one_line(text: str) -> str:
    """Return a text without breaks of lines, which would be headers in a mail."""
    return " ".join(text.split())
