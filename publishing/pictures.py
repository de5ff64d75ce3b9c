"""What people upload: checked before it is kept. A picture is drawn anew, so that only pixels stay."""

from io import BytesIO
from pathlib import PurePosixPath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
PICTURE_BYTES = 8 * MEGABYTE
PICTURE_PIXELS = 24_000_000
LONGEST_SIDE = 2400
DOCUMENT_BYTES = 25 * MEGABYTE
# Format as Pillow names it → the ending that it is kept with.
PICTURE_FORMATS = {"PNG": "png", "JPEG": "jpg", "WEBP": "webp", "GIF": "png"}
# How the files of each ending begin.
BEGINNINGS = {"pdf": b"%PDF-"} | dict.fromkeys(
    ["odt", "ods", "odp", "docx", "xlsx", "pptx"], b"PK\x03\x04"
)


def checked_picture(upload: UploadedFile) -> ContentFile:
    """Return an uploaded picture as a new file of its pixels, at most 2,400 pixels a side.

    Whatever else the upload held (place, camera, hidden files) is gone. Raises ValidationError with
    a sentence where it is too large or no picture of a kind that browsers show.
    """
    if upload.size > PICTURE_BYTES:
        raise ValidationError(_("The picture is larger than 8 MB: save it smaller first."))
    try:
        upload.seek(0)
        picture = Image.open(upload, formats=list(PICTURE_FORMATS))
        if picture.width * picture.height > PICTURE_PIXELS:
            raise ValidationError(
                _("The picture has more than 24 million pixels: save it smaller first.")
            )
        kept = ImageOps.exif_transpose(picture)
        kept.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(
            _("This is no picture that can be read. Use PNG, JPEG, WebP or GIF.")
        ) from error
    ending = PICTURE_FORMATS[picture.format]
    image_format = "PNG" if ending == "png" else picture.format
    if image_format == "JPEG" and kept.mode not in {"RGB", "L"}:
        kept = kept.convert("RGB")
    elif kept.mode not in {"RGB", "RGBA", "L", "LA"}:
        kept = kept.convert("RGBA")
    out = BytesIO()
    kept.save(out, image_format, optimize=True)
    return ContentFile(out.getvalue(), f"{PurePosixPath(upload.name).stem[:60]}.{ending}")


def checked_document(upload: UploadedFile) -> UploadedFile:
    """Return an uploaded document that is what its name says, or raise ValidationError."""
    if upload.size > DOCUMENT_BYTES:
        raise ValidationError(_("The document is larger than 25 MB."))
    ending = PurePosixPath(upload.name).suffix.lstrip(".").lower()
    upload.seek(0)
    beginning = upload.read(8)
    upload.seek(0)
    if ending in BEGINNINGS and not beginning.startswith(BEGINNINGS[ending]):
        raise ValidationError(
            _("The file is named .%(ending)s but is none."), params={"ending": ending}
        )
    return upload
