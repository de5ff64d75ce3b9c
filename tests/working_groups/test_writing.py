"""Writing an overview: kept by itself, told of others, chosen part by part, shown to a co-author."""

import datetime
import re

import pytest

from publishing.models import PreviewLink
from tests.working_groups.test_desk_overview import (
    EDITOR,
    PAGE,
    WORDS,
    desk,
    november,
    publish,
    save,
    undo_on,
)
from working_groups.models import Overview

__all__ = ["desk", "november"]  # fixtures


@pytest.fixture
def other(secretary, sign_in):
    """The browser of the group's secretary."""
    secretary.name = "Sam Secretary"
    secretary.save()
    return sign_in(secretary)


def autosave(client, number=0, session="tab", **words):
    data = WORDS | {"edit_number": number, "session": session} | words
    return client.post(f"{EDITOR}autosave/", data)


def beat(client, session="tab"):
    return client.post(f"{EDITOR}autosave/", {"session": session}).json()


def test_the_first_automatic_save_begins_the_overview(desk, chair):
    answer = autosave(desk).json()
    assert answer["revision"] == 1
    assert answer["saved"].startswith("Saved ")
    overview = Overview.objects.get()
    assert (overview.author, overview.state) == (chair, "draft")
    assert overview.versions.get().how == "automatic"


def test_the_editor_opens_with_what_was_kept(desk):
    autosave(desk)
    assert autosave(desk, number=1, title="Later title").json()["revision"] == 2
    page = desk.get(EDITOR).text
    assert 'value="Later title"' in page
    assert 'name="edit_number" value="2"' in page
    assert "Later title" in desk.get("/desk/groups/digitalisation/").text
    assert "Later title" in desk.get(f"{EDITOR}preview/").text


def test_saying_that_the_page_is_open_saves_nothing(desk):
    assert beat(desk)["revision"] == 0
    assert not Overview.objects.exists()


def test_two_are_told_of_each_other(desk, other, chair):
    autosave(desk)
    assert beat(other, "sam")["others"][0].startswith(f"{chair} has it open too, since ")
    assert beat(desk)["others"][0].startswith("Sam Secretary has it open too, since ")


def test_an_automatic_save_never_overwrites_another(desk, other):
    autosave(desk)
    autosave(other, number=1, session="sam", title="Sam's title")
    answer = autosave(desk, number=1, title="Carla's title")
    assert answer.status_code == 409
    said = answer.json()["said"]
    assert said.startswith("Sam Secretary has saved, ")
    assert said.endswith("Your text is kept as version 3.")
    assert 'value="Sam&#x27;s title"' in desk.get(EDITOR).text
    assert "Carla&#x27;s title" in desk.get(f"{EDITOR}versions/3/").text


def test_two_who_begin_at_once_keep_both_texts(desk, other):
    autosave(desk)
    assert autosave(other, session="sam", title="Sam's title").status_code == 409
    assert Overview.objects.get().versions.get(how="refused").content["title"] == "Sam's title"


def test_in_a_conflict_each_part_is_chosen(desk, other):
    save(desk)
    save(other, number=1, title="Sam's title", lead="Sam's lead.")
    page = save(desk, number=1, title="Carla's title", lead="Carla's lead.")
    assert page.status_code == 409
    assert 'name="take_title" value="theirs"' in page.text
    assert 'name="take_body"' not in page.text
    assert "<del>" in page.text
    assert "<ins>" in page.text
    number = re.search(r'name="edit_number" value="(\d+)"', page.text)[1]
    assert (
        save(
            desk,
            number=number,
            title="Carla's title",
            lead="Carla's lead.",
            take_title="theirs",
            take_lead="mine",
        ).status_code
        == 302
    )
    overview = Overview.objects.get()
    assert (overview.title, overview.lead) == ("Sam's title", "Carla's lead.")


def test_what_is_kept_of_a_correction_reaches_no_reader(desk, visitor):
    save(desk)
    publish(desk)
    number = Overview.objects.get().edit_number
    autosave(desk, number=number, title="Half a tit", correction="The title was")
    assert WORDS["title"] in visitor.get(PAGE).text
    page = desk.get(EDITOR).text
    assert "Here stands a text that readers do not see" in page
    assert 'value="Half a tit"' in page
    assert "The title was" in page
    assert desk.post(f"{EDITOR}discard/").url == EDITOR
    page = desk.get(EDITOR).text
    assert f'value="{WORDS["title"]}"' in page
    assert "Here stands a text" not in page


def test_what_is_kept_of_a_scheduled_text_is_not_published_by_its_minute(
    desk, visitor, time_machine
):
    save(desk)
    publish(desk, when="later", day="2026-12-18", time="09:00")
    autosave(desk, number=Overview.objects.get().edit_number, title="Half a tit")
    assert "Here stands a text that would not be published" in desk.get(EDITOR).text
    assert "There is a newer text" in desk.get(f"{EDITOR}publish/").text
    time_machine.move_to(datetime.datetime(2026, 12, 18, 8, 0, tzinfo=datetime.UTC))
    assert WORDS["title"] in visitor.get(PAGE).text


@pytest.mark.parametrize("words", [{"title": "x" * 201}, {"title": "nul\0"}])
def test_what_cannot_be_kept_is_said_to_the_open_editor(desk, words):
    answer = autosave(desk, **words)
    assert answer.status_code == 422
    assert answer.json()["said"].startswith("Not saved: ")


def test_every_saved_state_is_listed_read_compared_and_restored(desk):
    save(desk, title="By hand")
    for number, title in ((1, "Typed"), (2, "Typed on"), (3, "Typed to its end")):
        autosave(desk, number=number, title=title)
    page = desk.get(f"{EDITOR}versions/").text
    assert "2 earlier ones of the same sitting" in page
    assert f"{EDITOR}versions/2/" in page
    assert page.count(">stands<") == 1
    old = desk.get(f"{EDITOR}versions/1/").text
    assert "What changed since" in old
    desk.post(f"{EDITOR}versions/1/")
    page = desk.get(EDITOR).text
    assert 'value="By hand"' in page
    desk.post(undo_on(page))
    assert 'value="Typed to its end"' in desk.get(EDITOR).text


def made_address(page) -> str:
    return re.search(r'readonly value="http[^"]*(/drafts/[^"]+)"', page.text)[1]


def test_a_co_author_reads_the_draft_at_a_secret_address(desk, visitor):
    save(desk)
    autosave(desk, number=1, title="What stands now")
    page = desk.post(f"{EDITOR}links/", {"note": "Jana", "days": "14"})
    address = made_address(page)
    assert "it is shown this once" in page.text
    assert address not in desk.get(f"{EDITOR}links/").text
    assert PreviewLink.objects.get().token_hash not in address
    draft = visitor.get(address)
    assert draft.status_code == 200
    assert "What stands now" in draft.text
    assert "Draft. It is not published" in draft.text
    assert PAGE not in draft.text
    assert "no-store" in draft["Cache-Control"]
    assert "private" in draft["Cache-Control"]
    assert draft["Referrer-Policy"] == "no-referrer"
    assert "noindex" in draft["X-Robots-Tag"]
    assert not draft.cookies
    assert visitor.get(PAGE).status_code == 404


def test_a_withdrawn_or_ended_address_finds_nothing(desk, visitor, time_machine):
    save(desk)
    first, second = (
        made_address(desk.post(f"{EDITOR}links/", {"days": days})) for days in ("3", "14")
    )
    link = PreviewLink.objects.get(pk=PreviewLink.objects.earliest("pk").pk)
    assert desk.post(f"{EDITOR}links/{link.pk}/withdraw/").url == f"{EDITOR}links/"
    assert visitor.get(first).status_code == 404
    assert visitor.get(second).status_code == 200
    assert "Withdrawn" in desk.get(f"{EDITOR}links/").text
    time_machine.move_to(datetime.datetime(2026, 12, 7, tzinfo=datetime.UTC))
    assert visitor.get(second).status_code == 404
    assert visitor.get("/drafts/made-up/").status_code == 404


def test_the_address_leads_to_the_page_once_it_is_out(desk, visitor):
    save(desk)
    address = made_address(desk.post(f"{EDITOR}links/", {"days": "3"}))
    publish(desk)
    assert visitor.get(address).url == PAGE
    assert desk.get(f"{EDITOR}links/").url == PAGE


def test_an_address_of_another_overview_is_not_withdrawn_here(desk):
    save(desk)
    save(desk, path="/desk/groups/digitalisation/overviews/2025/")
    made_address(desk.post("/desk/groups/digitalisation/overviews/2025/links/", {"days": "3"}))
    assert desk.post(f"{EDITOR}links/{PreviewLink.objects.get().pk}/withdraw/").status_code == 404


@pytest.mark.parametrize("days", ["", "x", "9999"])
def test_a_preview_address_has_a_sensible_end(desk, days):
    save(desk)
    assert desk.post(f"{EDITOR}links/", {"days": days}).status_code == 422
    assert not PreviewLink.objects.exists()
