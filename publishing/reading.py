"""What a page's reader may read: the public, and for those signed in what else is meant for them."""

from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from publishing.models import Audience, Publication, State
from record.days import PartialDate


def readable(request: HttpRequest, queryset):
    """Return the one row of a queryset that this reader may see, or None.

    The public part is asked first, and without looking at who asks: only a request that carries a
    session and found nothing public costs the second question.
    """
    found = queryset.public().first()
    if found is None and settings.SESSION_COOKIE_NAME in request.COOKIES:
        found = queryset.visible_to(request.user).first()
    return found


def respond(request: HttpRequest, template: str, context: dict, *, shows) -> HttpResponse:
    """Draw the page of something with an audience; what is not public is kept by nobody."""
    response = render(request, template, context)
    if shows.audience != Audience.PUBLIC:
        patch_cache_control(response, private=True, no_store=True)
    return response


@dataclass(frozen=True)
class Withdrawal:
    title: str
    language: str
    day: PartialDate
    reason: str


def withdrawal_of(queryset) -> Withdrawal | None:
    """Return when and why what stood at a public address was withdrawn, or None.

    The day is that of the change of state in its history. What was withdrawn before anybody
    could read it never stood there.
    """
    withdrawn = queryset.filter(state=State.WITHDRAWN, audience=Audience.PUBLIC)
    publication: Publication | None = withdrawn.exclude(visible_from=None).first()
    if publication is None:
        return None
    states = publication.history.order_by("-history_date", "-history_id").values_list(
        "state", "history_date"
    )
    moment = publication.updated_at
    for state, changed_at in states.iterator():
        if state != State.WITHDRAWN:
            break
        moment = changed_at
    if publication.visible_from > moment:
        return None
    return Withdrawal(
        title=publication.title,
        language=publication.language,
        day=PartialDate(timezone.localdate(moment)),
        reason=publication.withdrawn_reason,
    )


def gone(request: HttpRequest, queryset) -> HttpResponse:
    """Answer 410 with a sentence for what was withdrawn; raise 404 for everything else."""
    withdrawal = withdrawal_of(queryset)
    if withdrawal is None:
        raise Http404
    return render(request, "publishing/withdrawn.html", {"withdrawal": withdrawal}, status=410)
