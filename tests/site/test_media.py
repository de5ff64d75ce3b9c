"""Uploaded files: pictures are shown, documents are saved, and nothing can run."""

import io

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from publishing.models import Attachment, Picture, Resource
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def picture(db):
    png = io.BytesIO()
    Image.new("RGB", (4, 4)).save(png, "PNG")
    return Picture.objects.create(file=ContentFile(png.getvalue(), "logo.png"))


def fetch(client, address):
    """Get a file to its end, which closes it."""
    answer = client.get(address)
    b"".join(answer)
    return answer


def attachment(of, name="paper.pdf"):
    return Attachment.objects.create(
        publication=of, title="Paper", file=ContentFile(b"%PDF-1.7", name)
    )


def test_a_picture_is_shown_and_kept_by_caches(visitor, picture):
    answer = fetch(visitor, picture.file.url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"
    assert answer["Cache-Control"] == "public, max-age=86400"
    assert "attachment" not in answer.get("Content-Disposition", "")


def test_what_was_uploaded_cannot_run(visitor, picture):
    answer = fetch(visitor, picture.file.url)
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    for name in ("pictures/page.html", "pictures/drawing.svg", "attachments/page.html"):
        default_storage.save(name, ContentFile(b"<script>alert(1)</script>"))
        assert fetch(visitor, f"/media/{name}").status_code == 404


def test_a_document_is_saved_not_opened(visitor):
    answer = fetch(visitor, attachment(builders.post()).file.url)
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")


def test_a_resource_is_for_everybody(visitor):
    guide = Resource.objects.create(
        title="Guide", publisher="Us", file=ContentFile(b"%PDF-1.7", "guide.pdf")
    )
    assert fetch(visitor, guide.file.url).status_code == 200


@pytest.mark.parametrize("state", [{"state": "draft"}, {"audience": "members"}])
def test_a_document_is_as_public_as_its_publication(state, visitor, representative, sign_in):
    address = attachment(builders.post(**state)).file.url
    assert fetch(visitor, address).status_code == 404
    expected = 200 if "audience" in state else 404
    assert fetch(sign_in(representative), address).status_code == expected


@pytest.mark.parametrize(
    "path", ["pictures/none.png", "../manage.py", "pictures/../../manage.py", "pictures/", "x"]
)
def test_what_is_not_there_is_a_404(path, visitor):
    assert fetch(visitor, f"/media/{path}").status_code in {400, 404}
