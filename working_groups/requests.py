"""The verbs of a request to take part: ask, accept, decline. Each is decided once."""

from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from record.days import in_words as day_in_words
from record.history import recording
from working_groups.emails import tell_of_decision, tell_of_request
from working_groups.models import JoinRequest, WorkingGroup
from working_groups.taking_back import ON_THE_DESK

ASKED = "Asked to take part"


class AlreadyDecided(Exception):  # noqa: N818  it says what happened, as DoesNotExist does
    """Somebody else decided the request a moment ago. The message says who and how."""


class AlreadyAsked(Exception):  # noqa: N818  it is an answer, not an error
    """A request of the same organisation waits already."""


def ask(group: WorkingGroup, *, by=None, **facts) -> JoinRequest:
    """Keep a request and send the mails. Raises AlreadyAsked where the organisation's own waits."""
    request = JoinRequest(group=group, asked_by=by, **facts)
    try:
        with recording(by=by, why=ASKED) as recorder:
            recorder.save(request)
            tell_of_request(request)
    except IntegrityError:
        raise AlreadyAsked(
            _("A request of this organisation waits already: the chair will answer it.")
        ) from None
    return request


def accept(key: int, form, *, by) -> JoinRequest:
    """Write the place and the expert of a checked form, close the request and tell who asked.

    Raises AlreadyDecided where somebody was quicker: then nothing is written.
    """
    with recording(by=by, why=ON_THE_DESK) as recorder:
        request = _locked(key)
        request.participation = form.write(recorder)
        request.organisation = request.participation.organisation
        request.reason = form.cleaned_data["words"]
        _close(request, JoinRequest.State.ACCEPTED, by, recorder)
    return request


def decline(key: int, reason: str, *, by) -> JoinRequest:
    """Close a request with a reason, which is mailed. Raises AlreadyDecided."""
    with recording(by=by, why=ON_THE_DESK) as recorder:
        request = _locked(key)
        request.reason = reason
        _close(request, JoinRequest.State.DECLINED, by, recorder)
    return request


def _locked(key: int) -> JoinRequest:
    rows = JoinRequest.objects.select_for_update(of=("self",))
    request = rows.select_related("group", "decided_by").get(pk=key)
    if request.state != JoinRequest.State.OPEN:
        raise AlreadyDecided(in_words(request))
    return request


def in_words(request: JoinRequest) -> str:
    """Return 'Accepted by Carla Chair on 3 May 2026.'"""
    words = {
        "who": request.decided_by or _("somebody"),
        "day": day_in_words(timezone.localdate(request.decided_at)),
    }
    if request.state == JoinRequest.State.ACCEPTED:
        return _("Accepted by %(who)s on %(day)s.") % words
    return _("Declined by %(who)s on %(day)s.") % words


def _close(request, state, by, recorder):
    request.state, request.decided_by, request.decided_at = state, by, timezone.now()
    recorder.save(request)
    tell_of_decision(request)
