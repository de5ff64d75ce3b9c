"""An announcement is drafted from the record and follows it until it is published."""

import datetime

import pytest
from django.core.files.base import ContentFile

from members import actions as steps
from members.models import Figure, Quotation
from news import announcements
from news.models import Post, QuoteBox
from publishing.actions import publish, save_draft
from publishing.models import Picture
from record.days import PartialDate
from tests import builders
from tests.admin.pages import form_on, text_of

pytestmark = pytest.mark.django_db
NB = "\u00a0"


@pytest.fixture(autouse=True)
def network(alliance, on_day):
    on_day("2022-12-10")
    builders.affiliation(builders.person("Paula President"), alliance, "President")
    return alliance


@pytest.fixture
def cluster(db):
    """Announced in December as a full member from 1 January."""
    organisation = builders.organisation(
        "Cluj IT", city="Cluj-Napoca", country="RO", summary="A cluster of firms.",
        description="<p>It began in 2012.</p>", website="https://clujit.example",
        founded_on=datetime.date(2012, 10, 1), founded_precision="month",
    )  # fmt: skip
    organisation.logo = Picture.objects.create(file=ContentFile(PNG, "logo.png"))
    organisation.save()
    builders.affiliation(builders.person("Andrea Example"), organisation, "Executive Director")
    Figure.objects.create(
        about=organisation, measure="represented", qualifier="well_over", value=90, unit="members",
        as_of=datetime.date(2022, 12, 1), source="Their site",
    )  # fmt: skip
    builders.membership(organisation, "2022-01-01", "2022-12-31", "sponsored",
                        sponsor=builders.organisation("Polaris"))  # fmt: skip
    return builders.membership(organisation, "2023-01-01")


def png() -> bytes:
    from io import BytesIO

    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (2, 2)).save(out, "PNG")
    return out.getvalue()


PNG = png()


def plain(text: str) -> str:
    return text.replace(NB, " ")


def test_a_draft_has_who_category_since_when_where_how_many_about_picture_and_quote_boxes(
    cluster, editor
):
    post = announcements.draft([cluster], by=editor)
    assert (post.state, post.kind, post.author) == ("draft", "announcement", editor)
    assert post.title == "Cluj IT becomes a full member"
    assert plain(post.lead_now) == (
        "Cluj IT will become a full member of The Alliance on 1 January 2023."
    )
    assert [plain(point) for point in post.points] == [
        "Full member, from 1 January 2023",
        "Cluj-Napoca, Romania, founded in October 2012",
        "Represents well over 90 members (as stated on 1 December 2022)",
    ]
    for part in ("About Cluj IT", "A cluster of firms.", "It began in 2012.", "clujit.example"):
        assert part in post.body
    assert post.picture == cluster.organisation.logo
    assert list(post.organisations.all()) == [cluster.organisation]
    assert [(str(box.speaker), box.function) for box in post.quote_boxes.all()] == [
        ("Paula President", "President"), ("Andrea Example", "Executive Director"),
    ]  # fmt: skip


def test_a_sponsored_group_of_several_organisations_joins_at_once(editor):
    sponsor, other = builders.organisation("Polaris"), builders.organisation("Ministry")
    rows = [
        builders.membership(
            builders.organisation(name, country="MD"), "2023-03", "2024-02", "sponsored",
            sponsor=sponsor, on_behalf_of=other,
        )
        for name in ("ATIC", "Bit", "Code", "Data")
    ]  # fmt: skip
    post = announcements.draft(rows, by=editor)
    assert post.title == "4 organisations join as sponsored members"
    assert plain(post.lead_now) == (
        "ATIC, Bit, Code and Data will join The Alliance as sponsored members in March 2023, "
        "sponsored until February 2024 by Polaris on behalf of Ministry."
    )
    assert post.points[0] == "ATIC, Moldova"
    assert post.quote_boxes.count() == 5


def test_a_full_member_joins_and_one_whose_start_is_not_on_record_is_said_to_be_one(editor):
    new = builders.membership(builders.organisation("New House"), "2023-01-01")
    post = announcements.draft([new], by=editor)
    assert post.title == "New House joins as a full member"
    old = builders.membership(builders.organisation("Old House"), "2020")
    old.start_basis = "not_on_record"
    old.save()
    assert announcements.draft([old], by=editor).lead_now == (
        "Old House is a full member of The Alliance; since when is not on record."
    )


def test_the_lead_turns_by_itself_on_the_day_on_every_page_and_the_authors_prose_stays(
    client, cluster, editor, on_day
):
    post = announcements.draft([cluster], by=editor)
    post.lead = "It will join us at our table."
    save_draft(post, by=editor)
    publish(post, by=editor)
    pages = ["/", "/news/", post.get_absolute_url(), "/news/feed/"]
    held = {page: client.get(page) for page in pages}
    for page, answer in held.items():
        assert "will become a full member" in answer.content.decode(), page
    for day, turned in (("2022-12-31", False), ("2023-01-01", True)):
        on_day(day, hour=0)
        for page in pages:
            again = client.get(page, headers={"If-None-Match": held[page]["ETag"]})
            text = again.content.decode()
            assert again.status_code == 200
            assert ("became a full member" in text) is turned, (day, page)
            assert ("will become a full member" in text) is not turned, (day, page)
            assert "It will join us at our table." in text
    feed = client.get("/news/feed/").content.decode()
    assert "<updated>2023-01-01T00:00:00+01:00</updated>" in feed


def test_a_draft_follows_the_record_and_what_the_author_wrote_stays(
    cluster, editor, django_capture_on_commit_callbacks
):
    post = announcements.draft([cluster], by=editor)
    post.title = "Our own title"
    save_draft(post, by=editor)
    with django_capture_on_commit_callbacks(execute=True):
        cluster.set_days(PartialDate.parse("2023-02-01"), None)
        cluster.save()
        cluster.organisation.summary = "A cluster of 90 firms."
        cluster.organisation.save()
    post.refresh_from_db()
    assert post.title == "Our own title"
    assert "1 February 2023" in plain(post.lead_now)
    assert "1 February 2023" in plain(post.key_points)
    assert "A cluster of 90 firms." in post.body


def test_what_is_published_no_longer_follows(cluster, editor, django_capture_on_commit_callbacks):
    post = announcements.draft([cluster], by=editor)
    publish(post, by=editor)
    with django_capture_on_commit_callbacks(execute=True):
        cluster.set_days(PartialDate.parse("2023-02-01"), None)
        cluster.save()
    post.refresh_from_db()
    assert "1 January 2023" in plain(post.lead_now)


def test_publishing_takes_over_what_raw_changes_of_the_record_left_behind(cluster, editor):
    post = announcements.draft([cluster], by=editor)
    type(cluster.organisation).objects.filter(pk=cluster.organisation.pk).update(name="Cluj Hub")
    post = publish(post, by=editor)
    assert post.title == "Cluj Hub becomes a full member"


def test_from_admit_to_the_public_page_without_a_typed_fact(sign_in, manager, client):
    staff = sign_in(manager)
    house = builders.organisation("New House", country="BE")
    steps_page = f"/admin/members/organisation/steps/admit/?o={house.pk}"
    form = form_on(staff.get(steps_page), "step_form") | {"starts": "1 January 2023"}
    shown = staff.post(steps_page, {**form, "what": "preview"})
    form = form_on(shown, "step_form") | {"what": "do"}
    done = staff.post(steps_page, form, follow=True)
    membership = house.memberships.get()
    announce = f"/admin/news/post/announce/?m={membership.pk}"
    assert announce in done.content.decode()
    assert (
        announce in staff.get(f"/admin/members/membership/{membership.pk}/change/").content.decode()
    )
    page = staff.get(announce)
    assert "New House joins as a full member" in text_of(page)
    drafted = staff.post("/admin/news/post/announce/", {"m": membership.pk}, follow=True)
    assert "It follows the record until you publish it." in text_of(drafted)
    post = Post.objects.get()
    staff.post(f"/admin/news/post/{post.pk}/publishing/", {"what": "publish"})
    assert "New House will join The Alliance as a full member" in plain(
        text_of(client.get(post.get_absolute_url()))
    )
    assert "There is one already" in text_of(staff.get(announce))


def test_a_quote_box_becomes_a_quotation_with_its_words_and_never_shows_before(
    sign_in, editor, client, cluster
):
    post = announcements.draft([cluster], by=editor)
    staff = sign_in(editor)
    address = f"/admin/news/post/{post.pk}/change/"
    form = form_on(staff.get(address), "post_form")
    words = form | {"quote_boxes-0-words": "Welcome."}
    refused = text_of(staff.post(address, words))
    assert "Words are used with consent only: say when it was given." in refused
    words |= {"quote_boxes-0-consented": "9 December 2022", "quote_boxes-0-proof": "Mail"}
    answer = staff.post(address, words)
    assert answer.status_code == 302, text_of(answer)
    quotation = Quotation.objects.get()
    assert (quotation.words, quotation.function) == ("Welcome.", "President")
    assert QuoteBox.objects.count() == 1
    publish(post, by=editor)
    page = client.get(post.get_absolute_url()).content.decode()
    assert "Welcome." in page
    assert "Andrea Example" not in page


def test_who_does_not_write_news_is_not_offered_a_draft(sign_in, membership_officer, cluster):
    staff = sign_in(membership_officer)
    address = f"/admin/members/membership/{cluster.pk}/change/"
    assert "Draft announcement" not in staff.get(address).content.decode()
    assert staff.get(f"/admin/news/post/announce/?m={cluster.pk}").status_code == 403
    assert staff.post("/admin/news/post/announce/", {"m": cluster.pk}).status_code == 403


def test_a_wrong_address_leads_back_with_a_sentence(sign_in, editor):
    for query in ("", "?m=x", "?m=99999999999", "?m=٣"):
        answer = sign_in(editor).get(f"/admin/news/post/announce/{query}", follow=True)
        assert "Choose at least one membership." in text_of(answer), query


def test_a_membership_that_is_taken_back_leaves_the_draft_without_its_sentence(
    cluster, editor, django_capture_on_commit_callbacks
):
    post = announcements.draft([cluster], by=editor)
    with django_capture_on_commit_callbacks(execute=True):
        moment = steps.end_membership(
            [cluster.organisation], by=editor, last_day=PartialDate.parse("2023-06-30")
        ).moment
        steps.take_back(moment, by=editor)
        cluster.delete()
    post.refresh_from_db()
    assert post.lead_now == ""
    assert post.title == "Cluj IT becomes a full member"
