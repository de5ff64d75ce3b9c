"""What people uploaded, served so that it cannot run, and only to those who may read what it is of.

A web server in front may serve `pictures/` from MEDIA_ROOT itself; documents must come through here.
"""

import mimetypes
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.views.decorators.http import require_safe

from publishing.models import ATTACHMENT_TYPES, Attachment, Publication, Resource
from working_groups.models import Document

PICTURE_TYPES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"}
# Names of uploaded pictures are never used again, so a browser may keep one for a day.
KEEP_SECONDS = 86400
SANDBOX = "default-src 'none'; sandbox"


@require_safe
def media(request, path: str):
    """Send a picture to be shown, or a document to be saved. Anything else, and anything of a
    publication that this reader may not read, is a 404.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix in PICTURE_TYPES and path.startswith("pictures/"):
        cache, as_file = f"public, max-age={KEEP_SECONDS}", False
    elif suffix.removeprefix(".") in ATTACHMENT_TYPES and may_read(request.user, path):
        cache, as_file = "private, no-cache", True
    else:
        raise Http404
    try:
        file = default_storage.open(path)
    except (FileNotFoundError, IsADirectoryError):
        raise Http404 from None
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    response = FileResponse(file, as_attachment=as_file, content_type=kind)
    response["Cache-Control"] = cache
    response["Content-Security-Policy"] = SANDBOX
    return response


def may_read(user, path: str) -> bool:
    """Whether the document at this path is a resource, or of a publication or a group and for the
    eyes of this user.
    """
    readable = Publication.objects.visible_to(user)
    return (
        Resource.objects.filter(file=path).exists()
        or Attachment.objects.filter(file=path, publication__in=readable).exists()
        or Document.objects.visible_to(user).filter(file=path).exists()
    )
