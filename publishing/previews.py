"""Secret addresses at which somebody without an account reads a draft; they end and can be withdrawn."""

import datetime
from collections.abc import Callable

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import Secret

# How a kind draws the page of a draft: (request, publication, link) → response. Registered by the
# kind's own app.
PREVIEWS: dict[str, Callable] = {}


class PreviewLinkQuerySet(models.QuerySet):
    def open(self, now: datetime.datetime | None = None):
        """Return the links that lead to their draft."""
        return self.filter(withdrawn_at=None, expires_at__gt=now or timezone.now())


class PreviewLink(Secret):
    """A secret address of a draft. Only the secret's hash is kept: who made it has the only copy."""

    publication = models.ForeignKey(
        "publishing.Publication", on_delete=models.CASCADE, related_name="preview_links"
    )
    note = models.CharField(
        _("For whom"), max_length=80, blank=True,
        help_text=_("So that you know later which address is whose."),
    )  # fmt: skip
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("made by"), on_delete=models.SET_NULL, null=True
    )
    made_at = models.DateTimeField(_("made"), default=timezone.now)
    expires_at = models.DateTimeField(_("works until"))
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("preview address")
        verbose_name_plural = _("preview addresses")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="publishing_preview_link_ends",
                condition=Q(expires_at__gt=models.F("made_at")),
                violation_error_message=_("It ends after it is made."),
            )
        ]

    def __str__(self):
        return self.note or str(self.pk)

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.expires_at > timezone.now()


def make(publication, *, by, days: int, note: str = "") -> tuple[PreviewLink, str]:
    """Make an address that works for so many days; returns it with its secret, which is kept nowhere."""
    now = timezone.now()
    link = PreviewLink(
        publication_id=publication.pk,
        note=note,
        made_by=by,
        made_at=now,
        expires_at=now + datetime.timedelta(days=days),
    )
    secret = link.renew()
    link.save()
    return link, secret


def withdraw(link: PreviewLink) -> None:
    """Close an address for good; a second time changes nothing."""
    PreviewLink.objects.filter(pk=link.pk, withdrawn_at=None).update(withdrawn_at=timezone.now())


@never_cache
@require_safe
def draft(request, secret):
    """Show a draft to whoever has its address; what is out has an address of its own."""
    from publishing.models import State  # its module imports this one
    from publishing.versions import taken_up

    links = PreviewLink.objects.open().select_related("publication", "made_by")
    link = links.filter(token_hash=PreviewLink.hash(secret)).first()
    if link is None or link.publication.state == State.WITHDRAWN:
        raise Http404
    publication = link.publication.specific
    if publication.is_out():
        return _untold(redirect(publication))
    return _untold(PREVIEWS[publication.kind](request, taken_up(publication), link))


def _untold(response):
    """No search engine keeps the page, and no page that it links to hears its address."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "no-referrer"
    return response
