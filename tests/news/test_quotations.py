"""Words are records: used by reference, with the function of that day, and named while it may be."""

import datetime

import pytest

from members.models import Quotation
from publishing.actions import publish
from record.days import today
from tests import builders
from tests.admin.pages import form_on, text_of

pytestmark = pytest.mark.django_db
NAME = "Zoë Vögele-Łąkowska"
EVERYWHERE = [
    "/", "/about/", "/news/", "/policy/", "/activities/", "/working-groups/", "/members/",
    "/membership/", "/opportunities/", "/news/the-post/", "/policy/the-position/", "/news/feed/",
    "/news/feed/?kind=news", "/policy/feed/", "/members/the-house/", "/members/members.csv",
    "/search/?q=vogele", "/search/?q=open+doors", "/sitemap.xml", "/sitemap-posts.xml",
]  # fmt: skip


@pytest.fixture
def house(db):
    return builders.member("The House")


@pytest.fixture
def said(house):
    """A quotation in a post and in a position, by somebody who is shown for nothing else."""
    speaker = builders.person(NAME, shown=False)
    builders.affiliation(speaker, house, "Executive Director", ends="2025-12-31")
    quotation = Quotation.objects.create(
        words="We open doors.", speaker=speaker, function="Executive Director", organisation=house,
        said_on=datetime.date(2025, 5, 5), consented_on=datetime.date(2025, 5, 5),
        consent_proof="Mail",
    )  # fmt: skip
    post = builders.post("The post", lead="Something happened.")
    post.organisations.add(house)
    quotation.used_in.set([post, builders.position("The position")])
    return quotation


def naming(client) -> set[str]:
    pages = {}
    for address in EVERYWHERE:
        answer = client.get(address)
        pages[address] = b"".join(answer).decode()
    return {address for address, page in pages.items() if "Vögele" in page}


def test_a_withdrawn_consent_takes_the_name_off_everything_at_once_and_leaves_the_function(
    client, said, sign_in, editor
):
    assert naming(client) == {
        "/news/the-post/", "/policy/the-position/", "/news/feed/", "/news/feed/?kind=news",
        "/policy/feed/",
    }  # fmt: skip
    held = {address: client.get(address).headers.get("ETag") for address in EVERYWHERE}
    cards = [client.get(f"{place}card.png").content for place in ("/news/the-post/", "/news/")]
    address = f"/admin/members/quotation/{said.pk}/change/"
    staff = sign_in(editor)
    form = form_on(staff.get(address), "quotation_form")
    form["withdrawn_on"] = today().isoformat()
    assert staff.post(address, form).status_code == 302
    assert naming(client) == set()
    for place in ("/news/the-post/", "/news/feed/", "/policy/the-position/"):
        again = client.get(place, headers={"If-None-Match": held[place]})
        assert again.status_code == 200
        page = again.content.decode()
        assert "We open doors." in page
        assert "Executive Director, The House" in page
    assert cards == [
        client.get(f"{place}card.png").content for place in ("/news/the-post/", "/news/")
    ]


def test_feed_readers_are_told_that_the_entry_changed(client, said, on_day):
    post = said.used_in.get(kind="news")
    before = post.updated_at
    on_day((today() + datetime.timedelta(days=3)).isoformat())
    said.withdrawn_on = today()
    said.save()
    from news.feeds import NewsFeed

    post.refresh_from_db()
    assert NewsFeed().item_updateddate(post) > before


def test_a_later_change_of_function_leaves_the_quotation_as_it_was(client, said, house):
    builders.affiliation(said.speaker, house, "Chief Executive", starts="2026-01-01")
    page = client.get("/news/the-post/").content.decode()
    assert "Executive Director, The House" in page
    assert "Chief Executive" not in page.partition("We open doors.")[2]


def test_words_without_consent_by_today_stand_nowhere(client, said):
    said.consented_on = today() + datetime.timedelta(days=1)
    said.save()
    assert "We open doors." not in client.get("/news/the-post/").content.decode()
    assert "We open doors." not in client.get("/news/feed/").content.decode()


def test_staff_are_told_where_the_author_wrote_the_name_out(said, sign_in, editor):
    post = said.used_in.get(kind="news").specific
    post.lead = f"{NAME} spoke."
    post.save()
    address = f"/admin/members/quotation/{said.pk}/change/"
    staff = sign_in(editor)
    form = form_on(staff.get(address), "quotation_form")
    form["withdrawn_on"] = today().isoformat()
    page = text_of(staff.post(address, form, follow=True))
    assert "The author of the text wrote it out in: The post" in page


def test_an_editor_picks_words_on_record_for_a_post(sign_in, editor, client, said):
    post = builders.post("Another", state="draft", lead="A lead.")
    staff = sign_in(editor)
    address = f"/admin/news/post/{post.pk}/change/"
    form = form_on(staff.get(address), "post_form")
    assert staff.post(address, form | {"quotations": [said.pk]}).status_code == 302
    again = form_on(staff.get(address), "post_form")
    assert again["quotations"] == [str(said.pk)]
    found = staff.get(
        "/admin/autocomplete/",
        {"term": "doors", "app_label": "members", "model_name": "quotation_used_in",
         "field_name": "quotation"},
    )  # fmt: skip
    assert found.json()["results"] == [{"id": str(said.pk), "text": "We open doors."}]
    publish(post, by=editor)
    assert "We open doors." in client.get("/news/another/").content.decode()
    again.pop("quotations")
    again = form_on(staff.get(address), "post_form")
    again.pop("quotations")
    assert staff.post(address, again).status_code == 302
    assert not post.quotations.exists()
