"""The yearly overview on the desk: draft, stale save, preview, publishing, correction."""

import datetime
import re

import pytest

from news.models import Post
from publishing.models import Publication
from tests import builders
from working_groups.models import Overview

EDITOR = "/desk/groups/digitalisation/overviews/2026/"
PAGE = "/working-groups/digitalisation/overviews/2026/"
WORDS = {
    "title": "The year of the small consortium",
    "lead": "Three of four handed in a proposal.",
    "body": "<p>In March the group changed.</p>",
    "outlook": "<p>Four short meetings.</p>",
    "thanks": "",
}


@pytest.fixture(autouse=True)
def november(on_day, db):
    on_day("2026-11-22")


@pytest.fixture
def desk(chair, group, sign_in):
    return sign_in(chair)


def save(client, do="save", number=0, path=EDITOR, **words):
    return client.post(path, WORDS | {"do": do, "edit_number": number} | words)


def publish(client, **facts):
    number = Overview.objects.get().edit_number
    return client.post(f"{EDITOR}publish/", {"when": "now", "edit_number": number} | facts)


def test_looking_at_the_editor_makes_no_row(desk):
    page = desk.get(EDITOR)
    assert page.status_code == 200
    assert "Outlook for 2027" in page.text
    assert not Overview.objects.exists()


def test_the_first_save_makes_the_draft(desk, chair, group):
    assert save(desk).url == EDITOR
    overview = Overview.objects.get()
    assert (overview.group, overview.year, overview.author) == (group, 2026, chair)
    assert overview.state == "draft"
    assert overview.title == WORDS["title"]
    assert overview.versions.get().saved_by == chair
    assert "Saved." in desk.get(EDITOR).text


def test_a_draft_may_be_empty(desk):
    assert save(desk, title="", lead="", body="", outlook="").url == EDITOR
    assert Overview.objects.get().title == ""


def test_a_draft_is_seen_by_no_visitor_anywhere(desk, visitor):
    save(desk, title="Zebra consortium")
    for path in (PAGE, "/", "/news/", "/working-groups/digitalisation/", "/news/feed/",
                 "/search/?q=zebra", "/sitemap.xml"):  # fmt: skip
        page = visitor.get(path, follow=True)
        assert "Zebra consortium" not in page.text
    assert visitor.get(PAGE).status_code == 404


def test_publishing_needs_title_and_lead_and_keeps_what_was_typed(desk):
    page = save(desk, do="publish", title="", lead="", body="<p>Long work.</p>")
    assert page.status_code == 422
    assert "Give the overview a title." in page.text
    assert "Write the lead: a sentence or two." in page.text
    assert "Long work." in page.text
    assert 'href="#id_title"' in page.text
    assert not Overview.objects.exists()


def test_what_the_desk_says_is_missing_cannot_be_passed_by(desk):
    save(desk, title="")
    page = publish(desk)
    assert "Give it a title before it is published." in page.text
    assert not Publication.objects.public().exists()


def test_published_at_once_it_stands_where_visitors_look(desk, visitor, group):
    builders.participation(builders.organisation("Wisła Cyfrowa"), group, "2026-09-01")
    assert save(desk, do="publish").url == f"{EDITOR}publish/"
    assert publish(desk).url == PAGE
    page = visitor.get(PAGE)
    assert page.status_code == 200
    for words in (WORDS["title"], WORDS["lead"], "In March the group changed.", "Wisła Cyfrowa"):
        assert words in page.text
    for path in ("/working-groups/digitalisation/", "/news/", "/news/feed/"):
        assert WORDS["title"] in visitor.get(path).text
    assert Overview.objects.get().frozen["as_of"] == "2026-11-22"


def test_hostile_html_comes_out_harmless(desk, visitor):
    hostile = (
        '<p onclick="alert(1)" style="position:fixed">Text</p><script>alert(2)</script>'
        '<img src=x onerror=alert(3)><a href="javascript:alert(4)">link</a>'
        '<iframe src="https://example.com"></iframe><svg onload=alert(5)></svg>'
        '<a href="https://example.org" target="_blank">good</a>'
    )  # fmt: skip
    save(desk, body=hostile, outlook=hostile, thanks=hostile, lead="<b>lead</b><script>x</script>")
    publish(desk)
    overview = Overview.objects.get()
    for text in (overview.body, overview.outlook, overview.thanks):
        assert not re.search(r"alert|style|<script|<img|<svg|<iframe|javascript|onclick", text)
        assert '<a href="https://example.org">good</a>' in text
    page = visitor.get(PAGE).text
    assert "<script>x" not in page
    assert "&lt;b&gt;lead&lt;/b&gt;" in page


def test_plain_text_becomes_paragraphs(desk):
    save(desk, body="One.\n\nTwo\nlines.")
    assert Overview.objects.get().body == "<p>One.</p><p>Two lines.</p>"


def test_the_second_of_two_saves_is_refused_and_both_texts_are_shown(
    desk, secretary, sign_in, chair
):
    save(desk)
    secretary.name = "Sam Secretary"
    assert save(sign_in(secretary), number=1, title="Sam's title", body="<p>Sam's</p>").url
    page = save(desk, number=1, title="Carla's title", body="<p>Carla's story</p>")
    assert page.status_code == 409
    assert "Sam Secretary has saved" in page.text
    assert "Sam&#x27;s title" in page.text
    assert "Sam's" in page.text
    assert "Carla&#x27;s title" in page.text
    assert "Carla&#x27;s story" in page.text
    assert Overview.objects.get().title == "Sam's title"
    number = re.search(r'name="edit_number" value="(\d+)"', page.text).group(1)
    assert save(desk, number=number, title="Carla's title").status_code == 302
    versions = Overview.objects.get().versions.values_list("content__title", "how")
    assert list(versions) == [
        ("Carla's title", "hand"),
        ("Carla's title", "refused"),
        ("Sam's title", "hand"),
        (WORDS["title"], "hand"),
    ]


def test_two_who_begin_at_once_do_not_overwrite_each_other(desk, secretary, sign_in):
    save(desk, title="First")
    assert save(sign_in(secretary), title="Second").status_code == 409
    assert Overview.objects.get().title == "First"


@pytest.mark.parametrize("number", ["", "x", "-1", "1" * 40])
def test_a_form_without_a_readable_number_counts_as_stale(desk, number):
    save(desk)
    assert save(desk, number=number, title="Over it").status_code == 409
    assert Overview.objects.get().title == WORDS["title"]


def test_a_refused_form_stays_stale(desk, secretary, sign_in):
    save(desk)
    save(sign_in(secretary), number=1, title="Sam's title")
    page = save(desk, do="publish", number=1, lead="")
    assert page.status_code == 422
    assert 'name="edit_number" value="1"' in page.text


@pytest.mark.parametrize("words", [{"title": "x" * 201}, {"title": "nul\0"}, {"body": "nul\0"}])
def test_what_cannot_be_stored_is_said(desk, words):
    page = save(desk, **words)
    assert page.status_code == 422
    assert 'class="error-summary"' in page.text


def test_the_preview_is_the_real_page_and_no_visitors(desk, visitor, chair):
    builders.affiliation(chair.person, builders.organisation("Cluj Makers"), "Director")
    assert save(desk, do="preview").url == f"{EDITOR}preview/"
    page = desk.get(f"{EDITOR}preview/")
    assert page.status_code == 200
    assert WORDS["title"] in page.text
    assert "Director, Cluj Makers" in page.text
    assert "noindex" in page.text
    assert visitor.get(f"{EDITOR}preview/").status_code == 302


def test_there_is_no_preview_of_what_is_not_begun(desk):
    assert desk.get(f"{EDITOR}preview/").status_code == 404
    assert desk.get(f"{EDITOR}publish/").status_code == 404


def test_scheduled_it_is_invisible_until_its_minute(desk, visitor, time_machine):
    save(desk)
    answer = publish(desk, when="later", day="2026-12-18", time="09:00")
    assert answer.url == EDITOR
    page = desk.get(EDITOR).text
    assert "Scheduled for 18 December 2026, 09:00" in page
    time_machine.move_to(datetime.datetime(2026, 12, 18, 7, 59, 59, tzinfo=datetime.UTC))
    assert visitor.get(PAGE).status_code == 404
    assert WORDS["title"] not in visitor.get("/news/").text
    time_machine.move_to(datetime.datetime(2026, 12, 18, 8, 0, 0, tzinfo=datetime.UTC))
    assert visitor.get(PAGE).status_code == 200
    assert WORDS["title"] in visitor.get("/news/").text


def test_a_schedule_is_withdrawn_from_the_desk(desk):
    save(desk)
    publish(desk, when="later", day="2026-12-18", time="09:00")
    assert "Withdraw the schedule" in desk.get(f"{EDITOR}publish/").text
    assert desk.post(f"{EDITOR}unschedule/").url == EDITOR
    overview = Overview.objects.get()
    assert (overview.state, overview.visible_from, overview.frozen) == ("draft", None, None)
    assert "it is a draft again" in desk.get(EDITOR).text


def test_the_schedule_is_withdrawn_by_a_press_of_the_button_only(desk):
    save(desk)
    publish(desk, when="later", day="2026-12-18", time="09:00")
    assert desk.get(f"{EDITOR}unschedule/").status_code == 405


def test_the_words_of_a_scheduled_one_stay_whole(desk):
    save(desk)
    publish(desk, when="later", day="2026-12-18", time="09:00")
    number = Overview.objects.get().edit_number
    assert save(desk, number=number, title="").status_code == 422
    assert save(desk, number=number, title="Better").status_code == 302
    overview = Overview.objects.get()
    assert (overview.title, overview.is_scheduled()) == ("Better", True)


def test_a_page_for_publishing_that_is_stale_is_refused(desk):
    save(desk)
    save(desk, number=1, title="Newer")
    page = desk.post(f"{EDITOR}publish/", {"when": "now", "edit_number": 1})
    assert page.status_code == 422
    assert "saved again meanwhile" in page.text
    assert not Publication.objects.public().exists()


def test_the_zone_of_the_site_stands_beside_the_time(desk):
    save(desk)
    assert "Europe/Brussels" in desk.get(f"{EDITOR}publish/").text


def test_what_is_out_is_corrected_with_a_mark(desk, visitor):
    save(desk)
    publish(desk)
    number = Overview.objects.get().edit_number
    refused = save(desk, number=number, title="Corrected")
    assert refused.status_code == 422
    assert "Say in a sentence what is corrected." in refused.text
    answer = save(desk, number=number, title="Corrected", correction="The title was too short.")
    assert answer.url == PAGE
    page = visitor.get(PAGE).text
    assert "Corrected" in page
    assert "The title was too short." in page
    assert "22\u00a0November 2026" in page


def test_a_secretary_does_not_correct_where_the_chair_publishes(desk, secretary, sign_in):
    save(desk)
    publish(desk)
    number = Overview.objects.get().edit_number
    answer = save(sign_in(secretary), number=number, title="Changed", correction="The title.")
    assert answer.status_code == 403
    assert Overview.objects.get().title == WORDS["title"]


def test_a_secretary_writes_and_finds_no_button_to_publish(secretary, sign_in):
    client = sign_in(secretary)
    assert save(client).status_code == 302
    page = client.get(EDITOR).text
    assert "Save draft" in page
    assert "Publish…" not in page
    assert client.get(f"{EDITOR}publish/").status_code == 403


def test_a_former_chair_finishes_the_year_served_until_it_is_published(
    former_chair, group, sign_in, visitor
):
    client, path = sign_in(former_chair), "/desk/groups/digitalisation/overviews/2023/"
    assert save(client, path=path).url == path
    assert client.post(f"{path}publish/", {"when": "now", "edit_number": 1}).status_code == 302
    assert visitor.get("/working-groups/digitalisation/overviews/2023/").status_code == 200
    assert client.get(path).status_code == 403
    answer = save(client, number=2, path=path, title="Again", correction="Something.")
    assert answer.status_code == 403
    assert Overview.objects.get().title == WORDS["title"]


def test_versions_are_listed_read_and_restored(desk, chair):
    save(desk, title="First")
    save(desk, number=1, title="Second")
    page = desk.get(EDITOR).text
    assert f"{EDITOR}versions/1/" in page
    assert f"{EDITOR}versions/2/" in page
    old = desk.get(f"{EDITOR}versions/1/").text
    assert "First" in old
    assert "Carla Chair" in old
    assert desk.post(f"{EDITOR}versions/1/").url == EDITOR
    overview = Overview.objects.get()
    assert overview.title == "First"
    assert overview.versions.count() == 3


def undo_on(page) -> str:
    """Return where the Undo of the page's toast is posted to."""
    return re.search(r'<form method="post" action="([^"]+)">.{0,200}<button>Undo', page, re.DOTALL)[
        1
    ]


def test_a_restored_version_can_be_undone_at_once(desk):
    save(desk, title="First")
    save(desk, number=1, title="Second")
    desk.post(f"{EDITOR}versions/1/")
    page = desk.get(EDITOR).text
    assert "Version 1 is restored." in page
    assert desk.post(undo_on(page)).url == EDITOR
    assert Overview.objects.get().title == "Second"


def test_a_schedule_can_be_undone_at_once_but_not_a_new_time(desk):
    save(desk)
    publish(desk, when="later", day="2026-12-18", time="09:00")
    page = desk.get(EDITOR).text
    publish(desk, when="later", day="2026-12-19", time="09:00")
    assert ">Undo<" not in desk.get(EDITOR).text
    desk.post(undo_on(page))
    assert Overview.objects.get().state == "draft"


def test_what_readers_have_seen_is_not_put_back(desk):
    save(desk, title="First")
    save(desk, number=1, title="Second")
    publish(desk)
    page = desk.post(f"{EDITOR}versions/1/")
    assert "it can be corrected, not put back" in page.text
    assert Overview.objects.get().title == "Second"


def test_lists_that_are_not_complete_are_ticked(desk, group):
    builders.participation(builders.organisation(), group, "2026-09-01")
    save(desk, record_incomplete=["joined"])
    publish(desk)
    frozen = Overview.objects.get().frozen
    assert frozen["sections"][0]["complete"] is False
    assert frozen["figures"][0]["qualifier"] == "at least"


def test_a_section_that_does_not_exist_is_refused(desk):
    assert save(desk, record_incomplete=["nonsense"]).status_code == 422


def test_the_editor_has_nothing_inline(desk):
    page = desk.get(EDITOR).text
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert " style=" not in page
    assert "<style" not in page


def test_the_desk_of_an_overview_is_of_no_other_kind(desk):
    save(desk)
    publish(desk)
    assert not Post.objects.exists()
