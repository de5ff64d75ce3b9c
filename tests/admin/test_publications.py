"""Staff write in the admin, and publish by a step of its own."""

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from news.models import Position, Post
from publishing.models import Picture, Publication, Version
from tests import builders
from tests.admin.pages import form_on, text_of
from working_groups.models import Activity, Overview


@pytest.fixture
def client(sign_in, editor):
    return sign_in(editor)


def address(thing, view="change") -> str:
    meta = thing._meta
    return reverse(f"admin:{meta.app_label}_{meta.model_name}_{view}", args=[thing.pk])


def add_address(model) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add")


def fill(client, url, form_id, **values):
    fields = form_on(client.get(url), form_id)
    fields.update(values)
    return fields


@pytest.fixture
def draft(db):
    return builders.post("A draft", state="draft", lead="What happened.")


def test_an_editor_writes_a_post_and_it_stays_a_draft(client, editor, member):
    fields = fill(
        client, add_address(Post), "post_form",
        kind="news", title="Rīga meets", slug="riga-meets", lead="We met.", printed="April 2022",
        body="<p>Text</p><script>alert(1)</script>", organisations=[member.pk],
    )  # fmt: skip

    response = client.post(add_address(Post), fields)

    assert response.status_code == 302
    post = Post.objects.get()
    assert (post.state, post.author, post.body) == ("draft", editor, "<p>Text</p>")
    assert str(post.printed) == "April 2022"
    assert list(post.organisations.all()) == [member]
    assert Version.objects.get().saved_by == editor


def test_saving_in_the_admin_makes_a_form_of_the_desk_stale(client, draft):
    fields = fill(client, address(draft), "post_form", title="Another title")
    client.post(address(draft), fields)
    assert Publication.objects.get(pk=draft.pk).edit_number == draft.edit_number + 1


def test_a_save_of_the_desk_makes_the_form_of_the_admin_stale(client, draft, chair):
    from publishing.actions import save_draft

    fields = fill(client, address(draft), "post_form", title="Mine")
    draft.title = "Theirs"
    save_draft(draft, by=chair)

    response = client.post(address(draft), fields)

    assert response.status_code == 200
    assert "Title: A draft → Theirs" in text_of(response)
    assert Post.objects.get().title == "Theirs"


def test_publish_now_makes_it_public_at_once(client, draft, visitor):
    assert visitor.get(draft.get_absolute_url()).status_code == 404
    client.post(address(draft, "publishing"), {"what": "publish"})
    assert visitor.get(draft.get_absolute_url()).status_code == 200


def test_a_schedule_is_in_the_site_s_time_zone_and_says_so(client, draft, on_day, settings):
    on_day("2022-06-01")
    assert "in the time zone Europe/Brussels" in text_of(client.get(address(draft, "publishing")))

    client.post(address(draft, "publishing"), {"what": "schedule", "at": "1 July 2022, 9.30"})

    draft.refresh_from_db()
    assert draft.visible_from == datetime.datetime(2022, 7, 1, 7, 30, tzinfo=datetime.UTC)
    words = text_of(client.get(address(draft)))
    assert "scheduled, visible from 1 July 2022, 09:30 (Europe/Brussels)" in words


def test_a_schedule_in_the_past_is_refused(client, draft):
    response = client.post(
        address(draft, "publishing"), {"what": "schedule", "at": "1 January 2020, 9:00"}
    )
    assert "This time is past." in text_of(response)
    assert b'value="1 January 2020, 9:00"' in response.content
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_schedule_can_be_taken_back(client):
    post = builders.post(visible_from=timezone.now() + datetime.timedelta(days=3))
    client.post(address(post, "publishing"), {"what": "unschedule"})
    post.refresh_from_db()
    assert post.state == "draft"


def test_withdrawing_asks_for_the_reason(client, visitor):
    post = builders.post(lead="What happened.")
    response = client.post(address(post, "publishing"), {"what": "withdraw"}, follow=True)
    assert "Say why it is withdrawn." in text_of(response)

    client.post(address(post, "publishing"), {"what": "withdraw", "reason": "Wrong figures"})

    post.refresh_from_db()
    assert (post.state, post.withdrawn_reason) == ("withdrawn", "Wrong figures")


def test_what_has_no_lead_cannot_be_published_and_the_page_says_what_is_missing(client):
    post = builders.post(state="draft")
    assert "Write the lead before it is published." in text_of(
        client.get(address(post, "publishing"))
    )


def test_the_lead_of_what_is_published_cannot_be_emptied(client):
    post = builders.post(lead="What happened.")
    response = client.post(address(post), fill(client, address(post), "post_form", lead=""))
    assert response.status_code == 200
    assert "Write the lead" in text_of(response)


def test_saving_what_is_published_keeps_it_published(client):
    post = builders.post(lead="What happened.")
    fields = fill(client, address(post), "post_form", lead="What happened there.")
    assert client.post(address(post), fields).status_code == 302
    post.refresh_from_db()
    assert (post.state, post.lead) == ("published", "What happened there.")


def test_membership_officers_publish_nothing(sign_in, membership_officer, draft):
    client = sign_in(membership_officer)
    assert client.post(address(draft, "publishing"), {"what": "publish"}).status_code == 403


def test_two_overviews_of_one_group_and_year_are_refused(client, group):
    builders.overview(group, 2025)
    fields = fill(
        client, add_address(Overview), "overview_form", group=group.pk, year="2025", title="Twice"
    )
    response = client.post(add_address(Overview), fields)
    assert response.status_code == 200
    assert "The group has an overview of that year already." in text_of(response)


def test_a_position_names_the_groups_that_contributed(client, group):
    fields = form_on(client.get(add_address(Position)), "position_form")
    fields |= {"title": "Chips", "slug": "chips", "output": "paper"}
    fields.add_row("contributions", group=group.pk, led="on")
    assert client.post(add_address(Position), fields).status_code == 302
    assert Position.objects.get().contributions.get().led


def test_a_post_is_either_dated_or_not(client, draft):
    fields = fill(client, address(draft), "post_form", printed="2022", undated="on")
    response = client.post(address(draft), fields)
    assert response.status_code == 200
    assert "Either it has a printed date, or it is not dated." in text_of(response)


def test_an_activity_known_to_the_month_has_no_time(client):
    fields = fill(
        client, add_address(Activity), "activity_form",
        title="Meeting", slug="meeting", day="March 2022", start_time="10:00",
    )  # fmt: skip
    response = client.post(add_address(Activity), fields)
    assert "A time needs an exact day" in text_of(response)
    fields["start_time"] = [""]
    assert client.post(add_address(Activity), fields).status_code == 302
    assert str(Activity.objects.get().day) == "March 2022"


def test_the_list_of_all_publications_leads_to_each_kind(client, draft, group):
    overview = builders.overview(group)
    for one in (draft, overview):
        listed = reverse("admin:publishing_publication_change", args=[one.pk])
        assert client.get(listed).url == address(one)


# -- uploads --------------------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def picture_file(size=(40, 20), image_format="PNG", name="logo.png", **extra):
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, image_format, **extra)
    return SimpleUploadedFile(name, out.getvalue())


def upload(client, file):
    return client.post(add_address(Picture), {"file": file, "alternative": "A logo"})


def test_a_picture_is_kept_as_its_pixels_only(client):
    exif = Image.Exif()
    exif[0x010E] = "Secret place"
    assert (
        upload(client, picture_file(image_format="JPEG", name="a.jpg", exif=exif)).status_code
        == 302
    )
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (40, 20)
    with picture.file.open() as kept:
        assert b"Secret place" not in kept.read()


def test_a_very_large_picture_is_made_smaller(client):
    upload(client, picture_file((4000, 1000)))
    assert Picture.objects.get().width == 2400


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (lambda: SimpleUploadedFile("a.svg", b"<svg onload='alert(1)'/>"), "Upload a valid image."),
        (lambda: SimpleUploadedFile("a.png", b"<script>alert(1)</script>"), "Upload a valid image."),
        (lambda: picture_file((6000, 5000)), "more than 24 million pixels"),
        (lambda: SimpleUploadedFile("a.png", picture_file().read() + b"0" * 9_000_000), "larger than 8 MB"),
    ],
)  # fmt: skip
def test_what_is_no_sensible_picture_is_refused(client, file, sentence):
    response = upload(client, file())
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert not Picture.objects.exists()


def test_a_document_is_what_its_name_says(client, draft):
    fields = form_on(client.get(address(draft)), "post_form")
    fields.add_row("attachments", title="Paper")
    fields["attachments-0-file"] = SimpleUploadedFile("paper.pdf", b"MZ\x90 a program")

    response = client.post(address(draft), fields)

    assert "The file is named .pdf but is none." in text_of(response)
    fields["attachments-0-file"] = SimpleUploadedFile("paper.pdf", b"%PDF-1.7 ...")
    assert client.post(address(draft), fields).status_code == 302


def test_what_is_kept_by_itself_on_the_desk_is_said_in_the_admin_and_never_passed_over(
    client, draft, chair
):
    from publishing import versions

    fields = fill(client, address(draft), "post_form", title="Mine")
    draft.title = "Half a title"
    versions.keep(draft, by=chair, edit_number=0, session="tab")

    page = client.get(address(draft)).text
    assert "Somebody is writing it on the desk" in page
    assert 'value="A draft"' in page

    refused = client.post(address(draft), fields)
    assert refused.status_code == 200
    assert Publication.objects.get(pk=draft.pk).title == "A draft"
