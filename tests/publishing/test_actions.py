"""Saving, publishing, scheduling, withdrawing and correcting: the same for every kind."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from news.models import Post
from publishing import actions
from publishing.models import Publication, Version
from tests import builders


@pytest.fixture
def draft(db):
    return builders.post("A title", printed=None, lead="A lead.", state="draft")


def at(text: str) -> datetime.datetime:
    """'2026-12-01 09:00', by the clocks of the site."""
    moment = datetime.datetime.fromisoformat(text)
    return moment.replace(tzinfo=timezone.get_default_timezone())


def test_every_save_is_a_version_with_its_author(draft, editor):
    draft.title = "Another title"
    actions.save_draft(draft, by=editor)
    draft.title = "A third title"
    actions.save_draft(draft, by=editor)
    titles = [(one.number, one.content["title"], one.saved_by) for one in draft.versions.all()]
    assert titles == [(2, "A third title", editor), (1, "Another title", editor)]
    assert draft.history.latest().history_user == editor


def test_the_first_save_makes_the_row(editor):
    post = Post(kind="news", slug="new", title="", author=editor)
    actions.save_draft(post, by=editor, edit_number=0)
    assert Post.objects.get(slug="new").edit_number == 1


def test_a_save_from_a_stale_form_is_refused_and_writes_nothing(draft, editor, manager):
    opened = Post.objects.get(pk=draft.pk)
    draft.title = "Theirs"
    actions.save_draft(draft, by=manager, edit_number=0)
    opened.title = "Mine"
    with pytest.raises(actions.StaleEdit) as refused:
        actions.save_draft(opened, by=editor, edit_number=0)
    assert refused.value.current.title == "Theirs"
    assert refused.value.saved.saved_by == manager
    assert Post.objects.get(pk=draft.pk).title == "Theirs"
    assert draft.versions.count() == 1


def test_publishing_makes_it_public_and_prints_the_day(draft, editor, on_day):
    on_day("2026-11-22")
    actions.publish(draft, by=editor)
    post = Publication.objects.public().get(pk=draft.pk)
    assert post.printed.isoformat() == "2026-11-22"


def test_a_day_that_was_printed_stays(editor, on_day):
    on_day("2026-11-22")
    post = builders.post("Old", printed="2022-04-14", lead="A lead.", state="draft")
    actions.publish(post, by=editor)
    post.refresh_from_db()
    assert post.printed.isoformat() == "2022-04-14"


def test_what_is_not_dated_on_purpose_stays_so(editor):
    post = builders.post("Old", printed=None, lead="A lead.", state="draft", undated=True)
    actions.publish(post, by=editor)
    post.refresh_from_db()
    assert post.printed is None


@pytest.mark.parametrize("field", ["title", "lead"])
def test_without_title_or_lead_it_is_not_published(draft, editor, field):
    setattr(draft, field, " ")
    draft.save()
    with pytest.raises(ValidationError) as refused:
        actions.publish(draft, by=editor)
    assert list(refused.value.message_dict) == [field]
    assert not Publication.objects.public().exists()


def test_key_points_stand_for_a_lead(draft, editor):
    draft.lead, draft.key_points = "", "One\nTwo"
    draft.save()
    actions.publish(draft, by=editor)
    assert Publication.objects.public().exists()


def test_a_scheduled_text_is_out_from_its_minute_on_without_any_job(draft, editor, time_machine):
    time_machine.move_to(at("2026-11-22 12:00"))
    actions.schedule(draft, at=at("2026-12-01 09:00"), by=editor)
    time_machine.move_to(at("2026-12-01 08:59"))
    assert not Publication.objects.public().exists()
    time_machine.move_to(at("2026-12-01 09:00"))
    assert Publication.objects.public().exists()


def test_a_time_that_is_past_is_refused(draft, editor):
    with pytest.raises(ValidationError, match="past"):
        actions.schedule(draft, at=timezone.now(), by=editor)


def test_a_schedule_is_changed_and_its_printed_day_with_it(draft, editor, time_machine):
    time_machine.move_to(at("2026-11-22 12:00"))
    actions.schedule(draft, at=at("2026-12-01 09:00"), by=editor)
    actions.schedule(draft, at=at("2026-12-24 09:00"), by=editor)
    draft.refresh_from_db()
    assert draft.visible_from == at("2026-12-24 09:00")
    assert draft.printed.isoformat() == "2026-12-24"


def test_a_schedule_is_withdrawn(draft, editor, time_machine):
    time_machine.move_to(at("2026-11-22 12:00"))
    actions.schedule(draft, at=at("2026-12-01 09:00"), by=editor)
    actions.unschedule(draft, by=editor)
    draft.refresh_from_db()
    assert (draft.state, draft.visible_from, draft.printed) == ("draft", None, None)
    time_machine.move_to(at("2026-12-02 09:00"))
    assert not Publication.objects.public().exists()


def test_what_is_out_is_not_unscheduled_nor_published_again(draft, editor):
    actions.publish(draft, by=editor)
    with pytest.raises(ValidationError):
        actions.unschedule(draft, by=editor)
    with pytest.raises(ValidationError):
        actions.publish(draft, by=editor)


def test_withdrawing_needs_a_reason_and_takes_it_away(draft, editor):
    actions.publish(draft, by=editor)
    with pytest.raises(ValidationError):
        actions.withdraw(draft, reason=" ", by=editor)
    actions.withdraw(draft, reason="Two figures were wrong.", by=editor)
    assert not Publication.objects.public().exists()
    assert Post.objects.get().withdrawn_reason == "Two figures were wrong."


def test_a_draft_is_not_withdrawn(draft, editor):
    with pytest.raises(ValidationError):
        actions.withdraw(draft, reason="Why not", by=editor)


def test_a_correction_is_marked_with_its_day(draft, editor, on_day):
    on_day("2030-03-01")
    actions.publish(draft, by=editor)
    post = Post.objects.get()
    post.body = "<p>Nine joined, not ten.</p>"
    actions.correct(post, correction="The number of joiners.", by=editor)
    post = Post.objects.get()
    assert post.corrected_on == datetime.date(2030, 3, 1)
    assert post.correction == "The number of joiners."
    assert post.history.latest().history_change_reason == "The number of joiners."


def test_a_correction_says_what_it_corrects(draft, editor):
    actions.publish(draft, by=editor)
    with pytest.raises(ValidationError, match="what is corrected"):
        actions.correct(draft, correction="", by=editor)


def test_publishing_goes_on_with_what_is_saved(draft, editor):
    opened = Post.objects.get(pk=draft.pk)
    draft.title = "The saved title"
    actions.save_draft(draft, by=editor)
    actions.publish(opened, by=editor)
    assert Post.objects.get().title == "The saved title"


def test_publishing_from_a_stale_page_is_refused(draft, editor):
    actions.save_draft(draft, by=editor)
    with pytest.raises(actions.StaleEdit):
        actions.publish(draft, by=editor, edit_number=0)
    assert not Publication.objects.public().exists()


def test_an_earlier_version_is_restored_as_a_new_one(draft, editor):
    draft.title = "First"
    actions.save_draft(draft, by=editor)
    draft.title = "Second"
    actions.save_draft(draft, by=editor)
    actions.restore(draft, Version.objects.get(number=1), by=editor)
    assert Post.objects.get().title == "First"
    assert [one.content["title"] for one in draft.versions.all()] == ["First", "Second", "First"]


def test_a_base_row_is_published_as_its_kind(draft, editor):
    actions.publish(Publication.objects.get(pk=draft.pk), by=editor)
    assert Post.objects.public().exists()
