"""Documents that come with an application: what a stranger uploads, checked before it is kept."""

import zipfile
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from publishing.models import ATTACHMENT_TYPES
from publishing.pictures import MEGABYTE, checked_document

MOST_DOCUMENTS = 10  # of one application
MOST_BYTES = 50 * MEGABYTE  # of all documents of one application together
LONGEST_NAME = 120
MOST_PARTS, MOST_UNPACKED = 5_000, 500 * MEGABYTE  # of an office document
# What the mimetype of an OpenDocument begins with, and where an Office document names its parts.
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
OFFICE_PARTS = "[Content_Types].xml"
MACROS = ("vbaproject.bin", "basic/")
END_OF_PDF, LAST_OF_PDF = b"%%EOF", 2048  # bytes in which a PDF says that it is whole


def checked(upload: UploadedFile) -> tuple[str, UploadedFile]:
    """Return a document under the name that it is kept with, once it is what its name says.

    Raises ValidationError with a sentence where it is empty, too large, of another type, broken,
    or holds macros.
    """
    name = plain_name(upload.name)
    ending = PurePosixPath(name).suffix.lstrip(".").lower()
    if ending not in ATTACHMENT_TYPES:
        raise ValidationError(_("It must be a PDF or an office document: %s.") % _all_types())
    if not upload.size:
        raise ValidationError(_("The file is empty."))
    checked_document(upload)
    if ending == "pdf":
        _check_pdf(upload)
    else:
        _check_package(upload, is_open_document=ending.startswith("od"))
    upload.seek(0)
    return name, upload


def plain_name(name: str) -> str:
    """Return what a file is called, without folders and what cannot be read, cut in the middle."""
    last = PurePosixPath(name.replace("\\", "/")).name
    readable = " ".join("".join(c if c.isprintable() else " " for c in last).split())
    stem, dot, ending = readable.rpartition(".")
    return f"{stem[: LONGEST_NAME - len(ending) - 1].strip()}{dot}{ending}"[-LONGEST_NAME:]


def _all_types() -> str:
    return ", ".join(f".{ending}" for ending in ATTACHMENT_TYPES)


def _check_pdf(upload: UploadedFile):
    upload.seek(max(0, upload.size - LAST_OF_PDF))
    if END_OF_PDF not in upload.read():
        raise ValidationError(_("The PDF breaks off before its end. Save it again, or print it."))


def _check_package(upload: UploadedFile, *, is_open_document: bool):
    broken = ValidationError(_("The document cannot be read. Save it again, or as a PDF."))
    try:
        upload.seek(0)
        with zipfile.ZipFile(upload) as package:
            parts = package.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED:
                raise ValidationError(_("The document is too large once it is unpacked."))
            names = {part.filename.lower() for part in parts}
            if any(part in name for name in names for part in MACROS):
                raise ValidationError(_("The document holds macros. Save it without, or as a PDF."))
            if is_open_document:
                with package.open("mimetype") as mimetype:
                    is_sound = mimetype.read(200).startswith(OPEN_DOCUMENT)
            else:
                is_sound = OFFICE_PARTS.lower() in names
    # What zipfile raises for what it cannot unpack: damage, a missing part, a password, a method unknown.
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError) as error:
        raise broken from error
    if not is_sound:
        raise broken
