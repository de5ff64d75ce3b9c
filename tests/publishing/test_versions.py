"""What is kept while somebody writes: apart from readers, never over another's text, never lost."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from alliance_portal import generation
from news.models import Post
from publishing import actions, presence, versions
from publishing.models import Version
from publishing.presence import OpenEditor
from tests import builders


@pytest.fixture
def draft(db, editor):
    post = builders.post("A title", printed=None, lead="A lead.", state="draft")
    return actions.save_draft(post, by=editor)


def typed(post, title="Typed", body=""):
    """The post as a form fills it."""
    form = Post.objects.get(pk=post.pk)
    form.title, form.body = title, body
    return form


def keep(post, by, number=1, session="tab", **words):
    return versions.keep(typed(post, **words), by=by, edit_number=number, session=session)


def test_an_automatic_save_is_a_version_and_touches_no_page(draft, editor):
    before, changes = generation.current(), draft.history.count()
    kept = keep(draft, editor)
    assert (kept.number, kept.how, kept.saved_by) == (2, "automatic", editor)
    assert Post.objects.get().title == "A title"
    assert versions.taken_up(Post.objects.get()).title == "Typed"
    assert generation.current() == before
    assert draft.history.count() == changes


def test_what_readers_see_stays_until_somebody_presses_the_button(draft, editor):
    actions.publish(draft, by=editor)
    keep(draft, editor, number=2, title="Half a sen")
    assert Post.objects.public().get().title == "A title"
    assert versions.kept_apart(Post.objects.get()).content["title"] == "Half a sen"


def test_the_same_words_again_make_no_version(draft, editor):
    keep(draft, editor)
    assert keep(draft, editor, number=2).number == 2
    assert draft.versions.count() == 2


def test_rich_text_is_clean_in_a_version_too(draft, editor):
    kept = keep(draft, editor, body="<p style='color:red'>One<script>x</script></p>")
    assert kept.content["body"] == "<p>One</p>"


def test_a_second_writer_is_refused_and_told_by_whom(draft, editor, manager):
    keep(draft, editor)
    with pytest.raises(versions.StaleEdit) as refused:
        keep(draft, manager, session="other", title="Theirs")
    assert refused.value.saved.saved_by == editor
    assert refused.value.current.title == "Typed"
    with pytest.raises(versions.StaleEdit):
        actions.save_draft(typed(draft), by=manager, edit_number=1, session="other")


def test_a_refused_text_is_a_version_that_does_not_stand(draft, editor, manager):
    keep(draft, editor)
    late = typed(draft, title="Late")
    with pytest.raises(versions.StaleEdit) as refused:
        versions.keep(late, by=manager, edit_number=1, session="other")
    kept = versions.keep_refused(late, refused.value, by=manager, session="other")
    assert (kept.number, kept.how, kept.content["title"]) == (3, "refused", "Late")
    assert versions.standing(draft).content["title"] == "Typed"
    assert versions.revision(draft) == 2
    late.title = "Later"
    assert versions.keep_refused(late, refused.value, by=manager, session="other").pk == kept.pk
    assert draft.versions.get(how="refused").content["title"] == "Later"


def test_an_answer_that_was_lost_on_the_way_is_no_conflict(draft, editor):
    keep(draft, editor)
    assert keep(draft, editor, title="Typed on").number == 3
    saved = actions.save_draft(typed(draft), by=editor, edit_number=1, session="tab")
    assert saved.edit_number == 4


def test_a_save_by_hand_is_never_taken_for_a_lost_answer(draft, editor):
    actions.save_draft(typed(draft), by=editor, edit_number=1, session="tab")
    with pytest.raises(versions.StaleEdit):
        keep(draft, editor, title="From the page before")


def test_publishing_with_a_newer_text_in_the_editor_is_refused(draft, editor):
    keep(draft, editor)
    with pytest.raises(versions.StaleEdit):
        actions.publish(draft, by=editor, edit_number=draft.edit_number)


def test_what_is_being_written_still_stands_when_a_schedule_is_withdrawn(draft, editor):
    actions.schedule(draft, at=timezone.now() + datetime.timedelta(days=9), by=editor)
    keep(draft, editor, number=2)
    actions.unschedule(draft, by=editor)
    assert versions.taken_up(Post.objects.get()).title == "Typed"


def test_what_was_kept_apart_can_be_put_aside(draft, editor):
    actions.publish(draft, by=editor)
    keep(draft, editor, number=2)
    versions.discard(draft, by=editor)
    assert versions.taken_up(Post.objects.get()).title == "A title"
    assert versions.kept_apart(Post.objects.get()) is None
    assert draft.versions.filter(content__title="Typed").exists()


def test_restoring_undone_brings_back_what_was_kept_by_itself(draft, editor):
    kept = keep(draft, editor)
    actions.restore(draft, draft.versions.get(number=1), by=editor)
    actions.restore(draft, kept, by=editor)
    assert Post.objects.get().title == "Typed"


def test_thinning_leaves_the_last_of_each_sitting_and_all_that_was_saved_by_hand(
    draft, editor, time_machine
):
    for number in (1, 2, 3):
        keep(draft, editor, number=number, session="a", title=f"Typed {number}")
    actions.save_draft(typed(draft, title="By hand"), by=editor)
    keep(draft, editor, number=5, session="b")
    assert versions.thin() == 0
    time_machine.move_to(timezone.now() + datetime.timedelta(days=1, minutes=1))
    call_command("thin_versions")
    left = [(one.number, one.how) for one in Version.objects.order_by("number")]
    assert left == [(1, "hand"), (4, "automatic"), (5, "hand"), (6, "automatic")]
    call_command("thin_versions")
    assert Version.objects.count() == 4


def test_saves_of_one_sitting_stand_together(draft, editor):
    keep(draft, editor)
    keep(draft, editor, number=2, title="Typed on")
    keep(draft, editor, number=3, session="", title="x")
    sittings = versions.by_sitting(draft.versions.all())
    assert [[one.number for one in each] for each in sittings] == [[4], [3, 2], [1]]


def test_two_who_have_it_open_are_told_and_forgotten(draft, editor, manager, time_machine):
    time_machine.move_to(datetime.datetime(2026, 11, 22, 13, 2, tzinfo=datetime.UTC), tick=False)
    assert presence.seen(draft, editor, "a") == []
    assert presence.seen(draft, manager, "b") == [f"{editor} has it open too, since 14:02."]
    assert presence.seen(draft, editor, "c") == [
        "You have it open in another tab too, since 14:02.",
        f"{manager} has it open too, since 14:02.",
    ]
    time_machine.move_to(datetime.datetime(2026, 11, 22, 13, 4, tzinfo=datetime.UTC), tick=False)
    assert presence.seen(draft, editor, "a") == []
    assert OpenEditor.objects.count() == 1
