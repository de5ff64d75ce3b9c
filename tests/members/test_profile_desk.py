"""Those who act for an organisation keep its profile; nobody overwrites what they did not see."""

import json
import re
import threading
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse
from PIL import Image

from members import profile_actions as actions
from members import profile_fields
from members.models import Figure, Organisation, ProfileChange, ProfileRules
from publishing.models import Picture
from tests.admin.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2026-10-01")


@pytest.fixture
def at_once():
    return ProfileRules.objects.create(at_once=True)


@pytest.fixture
def desk(sign_in, representative):
    return sign_in(representative)


EDIT = reverse("organisation_desk:edit", args=["baltic-code-union"])
HERE = reverse("organisation_desk:organisation", args=["baltic-code-union"])
PAGE = "/members/baltic-code-union/"


def form_of(client, address=EDIT, **typed) -> dict:
    """Return what the browser sends for the form as it is shown, with some fields typed anew."""
    form = client.get(address).context["form"]
    sent = {"opened_with": form.opened_as, "kept_logo": form.kept_logo}
    for name in form.fields:
        sent[name] = form[name].value() or ""
        if name in {"native", "acronym", "former"}:
            sent[name] = form.fields[name].prepare_value(form[name].value())
        elif name in {"founded", "true_on"}:
            sent[name] = form.fields[name].prepare_value(form[name].value()) or ""
    sent.pop("logo")
    sent.pop("no_logo", None)
    return {name: value for name, value in (sent | typed).items() if value is not None}


def save(client, address=EDIT, **typed):
    return client.post(address, form_of(client, address, **typed))


def picture(size=(40, 20), colour="navy"):
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return SimpleUploadedFile("Our logo.png", out.getvalue(), "image/png")


def propose(member, by, **values) -> ProfileChange:
    marks = profile_fields.marks(profile_fields.read(member))
    return actions.propose(member, values, by=by, opened_with=marks)


def approve(change, by):
    return actions.approve(change, by=by, seen=actions.mark_of_now(change))


# -- what a representative does -------------------------------------------------------------------


def test_what_a_representative_changes_waits_until_staff_approve_it(
    desk, member, visitor, sign_in, membership_officer, representative
):
    answer = save(desk, summary="We write code by the sea.", city="Jūrmala")
    assert answer.url == HERE
    assert "by the sea" not in text_of(visitor.get(PAGE))
    [change] = ProfileChange.objects.all()
    assert (change.state, change.before["city"], change.after["city"]) == (
        "waiting", "Riga", "Jūrmala",
    )  # fmt: skip
    assert set(change.after) == {"summary", "city"}

    staff = sign_in(membership_officer)
    start = staff.get("/admin/")
    address = reverse("admin:members_profilechange_change", args=[change.pk])
    assert address in start.content.decode()
    page = staff.get(address)
    assert "goes: Riga" in text_of(page)
    assert "comes: Jūrmala" in text_of(page)
    assert staff.post(address, {"do": "approve", "seen": page.context["seen"]}).status_code == 302

    assert "We write code by the sea." in text_of(visitor.get(PAGE))
    assert "Jūrmala" in text_of(visitor.get(PAGE))
    member.refresh_from_db()
    assert str(member.confirmed_on) == "2026-10-01"
    last = member.history.first()
    assert last.history_user == membership_officer


def test_where_the_rules_say_so_it_goes_live_at_once_and_staff_look_at_it_afterwards(
    desk, member, visitor, sign_in, membership_officer, at_once
):
    save(desk, summary="We write code by the sea.")
    assert "We write code by the sea." in text_of(visitor.get(PAGE))
    change = ProfileChange.objects.get()
    assert change.state == "live"
    staff = sign_in(membership_officer)
    assert "went live at once" in text_of(staff.get("/admin/"))
    address = reverse("admin:members_profilechange_change", args=[change.pk])
    assert "comes: We write code by the sea." in text_of(staff.get(address))
    staff.post(address, {"do": "look"})
    assert "went live at once" not in text_of(staff.get("/admin/"))
    assert ProfileChange.objects.get().state == "approved"


def test_every_field_of_the_profile_can_be_changed(desk, member, at_once, visitor):
    member.aliases.create(name="Former Union", kind="former")
    save(
        desk,
        summary="A union.",
        description="<p>We <strong>write</strong> code.</p><script>x</script>",
        website="code.example.org",
        city="Ventspils",
        founded="October 2012",
        qualifier="well_over",
        value="90",
        unit="companies",
        true_on="March 2026",
        native="Baltijas Koda savienība",
        acronym="BKS\nBCU",
        former="",
        logo=picture(),
    )
    member.refresh_from_db()
    assert member.description == "<p>We <strong>write</strong> code.</p>"
    assert member.website == "https://code.example.org"
    assert (member.city, member.founded.isoformat()) == ("Ventspils", "2012-10")
    figure = member.figures.get()
    assert figure.in_words() == "well over 90 companies"
    assert figure.dated_in_words().replace("\u00a0", " ") == "as stated in March 2026"
    assert figure.source == "Stated by Baltic Code Union"
    assert sorted(member.aliases.values_list("name", flat=True)) == [
        "BCU", "BKS", "Baltijas Koda savienība",
    ]  # fmt: skip
    assert (member.logo.width, member.logo.height) == (40, 20)
    assert member.logo.alternative == "Logo of Baltic Code Union"
    assert "baltijas koda savieniba" in member.search_names
    assert "Baltijas Koda savienība" in text_of(visitor.get(PAGE))


def test_a_new_number_is_added_and_the_earlier_one_is_kept(desk, member, at_once):
    Figure.objects.create(
        about=member, measure="represented", value=60, unit="firms", source="A text",
        not_after="2022-12-31",
    )  # fmt: skip
    assert save(desk, city="Cēsis").status_code == 302
    assert member.figures.count() == 1
    save(desk, value="75", true_on="2026")
    assert sorted(int(one.value) for one in member.figures.all()) == [60, 75]
    answer = save(desk, value="")
    assert answer.status_code == 422
    assert "A number stays on record." in text_of(answer)


def test_a_name_may_become_another_kind_of_name(desk, member, at_once):
    member.aliases.create(name="Old Union", kind="native")
    save(desk, native="", former="Old Union")
    [alias] = member.aliases.all()
    assert (alias.name, alias.kind) == ("Old Union", "former")


def test_who_only_looked_changes_nothing_and_is_told(desk, member):
    member.description = "<p>One.</p>\n<h2>Two</h2>\n<p>Three &amp; four.</p>"
    member.save()
    answer = save(desk)
    assert answer.status_code == 422
    assert "Nothing was changed" in text_of(answer)
    assert not ProfileChange.objects.exists()


# -- nothing is lost ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"website": "not an address"}, "Enter a valid URL"),
        ({"founded": "some day"}, "some day"),
        ({"founded": "2027"}, "This day is still to come"),
        ({"value": "many"}, "Enter a number"),
        ({"value": "-1"}, "greater than or equal to 0"),
        ({"value": "90"}, "Write for which day, month or year it is true"),
        ({"value": "90", "true_on": "2028"}, "This day is still to come"),
        ({"qualifier": "exactly!"}, "Select a valid choice"),
        ({"acronym": "DSH"}, "is on record as a name of Danube Software Houses"),
        ({"acronym": "…"}, "has no letter in it"),
        ({"acronym": "x" * 201}, "is too long for a name"),
        ({"acronym": "BCU", "native": "B.C.U\nbcu"}, "stands here twice"),
        ({"acronym": "\n".join(f"Name {n}" for n in range(13))}, "These are too many"),
        ({"summary": "x" * 301}, "at most 300 characters"),
        ({"summary": "a\0b"}, "Null characters are not allowed"),
    ],
)
def test_a_mistake_is_a_sentence_at_its_field_and_everything_typed_stands(
    desk, member, other_representative, typed, sentence
):
    other = Organisation.objects.get(slug="danube-software-houses")
    other.aliases.create(name="DSH", kind="acronym")
    answer = save(desk, **{"summary": "What I typed.", "description": "<p>So much.</p>"} | typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    page = answer.content.decode()
    assert "So much." in page
    if "summary" not in typed:
        assert "What I typed." in page
    assert not ProfileChange.objects.exists()


def test_an_uploaded_logo_is_kept_while_something_else_is_put_right(desk, member, at_once):
    answer = save(desk, logo=picture(), website="not an address")
    assert answer.status_code == 422
    assert "Your new logo. It is kept" in text_of(answer)
    [kept] = re.findall('name="kept_logo" value="([^"]+)"', answer.content.decode())
    save(desk, kept_logo=kept, website="https://example.org")
    member.refresh_from_db()
    assert member.logo == Picture.objects.get()


def test_a_kept_logo_that_nobody_signed_is_none(desk, member, at_once):
    Picture.objects.create(file=picture())
    save(desk, kept_logo="1", city="Cēsis")
    member.refresh_from_db()
    assert member.logo is None


@pytest.mark.parametrize("content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1"])
def test_what_is_no_picture_is_refused_with_a_sentence(desk, member, content):
    answer = save(desk, logo=SimpleUploadedFile("logo.png", content), city="Cēsis")
    assert answer.status_code == 422
    assert "picture that can be read" in text_of(answer) or "file is empty" in text_of(answer)
    assert "Cēsis" in answer.content.decode()


def test_the_logo_can_be_taken_away(desk, member, at_once):
    member.logo = Picture.objects.create(file=picture())
    member.save()
    save(desk, no_logo="on")
    member.refresh_from_db()
    assert member.logo is None


# -- two at once ----------------------------------------------------------------------------------


def test_what_another_changed_after_the_form_was_opened_is_shown_and_not_overwritten(
    desk, member, at_once
):
    sent = form_of(desk, summary="Mine.")
    Organisation.objects.get(pk=member.pk)
    member.summary = "Written by the office."
    member.save()
    answer = desk.post(EDIT, sent)
    assert answer.status_code == 409
    assert "Written by the office." in text_of(answer)
    assert "Mine." in answer.content.decode()
    member.refresh_from_db()
    assert member.summary == "Written by the office."

    again = sent | {"opened_with": answer.context["form"].opened_as}
    assert desk.post(EDIT, again).status_code == 302
    member.refresh_from_db()
    assert member.summary == "Mine."


def test_a_field_that_was_not_touched_keeps_what_another_wrote_meanwhile(desk, member, at_once):
    sent = form_of(desk, city="Cēsis")
    member.summary = "Written by the office."
    member.save()
    assert desk.post(EDIT, sent).status_code == 302
    member.refresh_from_db()
    assert (member.summary, member.city) == ("Written by the office.", "Cēsis")


@pytest.mark.parametrize("broken", ["", "[]", "{", "7", '{"summary": 3}'])
def test_a_form_that_does_not_know_what_it_was_opened_with_asks_once_more(desk, member, broken):
    answer = desk.post(EDIT, form_of(desk, summary="Mine.") | {"opened_with": broken})
    assert answer.status_code == 409
    assert "Mine." in answer.content.decode()


def test_a_base_that_changed_is_told_and_approving_needs_another_look(
    member, representative, membership_officer, sign_in
):
    change = propose(member, representative, summary="Proposed.")
    staff = sign_in(membership_officer)
    address = reverse("admin:members_profilechange_change", args=[change.pk])
    seen = staff.get(address).context["seen"]
    member.summary = "Written by the office."
    member.save()
    answer = staff.post(address, {"do": "approve", "seen": seen}, follow=True)
    assert "The record was changed meanwhile" in text_of(answer)
    assert "It says now:" in text_of(answer)
    assert "Written by the office." in text_of(answer)
    member.refresh_from_db()
    assert member.summary == "Written by the office."
    staff.post(address, {"do": "approve", "seen": answer.context["seen"]})
    member.refresh_from_db()
    assert member.summary == "Proposed."


def test_of_several_waiting_changes_each_is_decided_for_itself(
    member, representative, membership_officer
):
    first = propose(member, representative, summary="First.")
    second = propose(member, representative, summary="Second.", city="Cēsis")
    approve(first, membership_officer)
    assert actions.changed_since(second, profile_fields.read(Organisation.objects.get())) == [
        "summary"
    ]
    approve(second, membership_officer)
    one = Organisation.objects.get()
    assert (one.summary, one.city) == ("Second.", "Cēsis")
    actions.take_back(
        second, by=membership_officer, reason="A mistake.", seen=actions.mark_of_now(second)
    )
    one = Organisation.objects.get()
    assert (one.summary, one.city) == ("First.", "Riga")


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told(member, representative, membership_officer, manager):
    change = propose(member, representative, summary="Proposed.")
    seen, told, gate = actions.mark_of_now(change), [], threading.Barrier(2)

    def decide(act):
        gate.wait()
        try:
            act()
        except actions.ProfileError as error:
            told.append(str(error))
        finally:
            connection.close()

    both = [
        threading.Thread(target=decide, args=[act])
        for act in (
            lambda: actions.approve(change, by=manager, seen=seen),
            lambda: actions.decline(change, by=membership_officer, reason="No."),
        )
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()
    [sentence] = told
    assert sentence.startswith("This is decided already")


# -- decisions ------------------------------------------------------------------------------------


def test_who_proposed_a_change_is_told_that_and_why_it_was_declined(
    member, representative, membership_officer, sign_in, django_capture_on_commit_callbacks
):
    change = propose(member, representative, summary="Proposed.")
    staff = sign_in(membership_officer)
    address = reverse("admin:members_profilechange_change", args=[change.pk])
    answer = staff.post(address, {"do": "decline", "reason": ""})
    assert answer.status_code == 422
    assert "Write a sentence" in text_of(answer)
    with django_capture_on_commit_callbacks(execute=True):
        staff.post(address, {"do": "decline", "reason": "It is longer than a sentence."})
    [message] = mail.outbox
    assert message.to == ["representative@example.org"]
    assert message.subject == "Not changed: the profile of Baltic Code Union"
    for body in (message.body, message.alternatives[0].content):
        assert "It is longer than a sentence." in body
        assert reverse("organisation_desk:change", args=[member.slug, change.pk]) in body
    desk = sign_in(representative)
    assert "It is longer than a sentence." in text_of(desk.get(HERE))


def test_a_change_can_be_taken_back_unless_something_followed(
    desk, member, at_once, membership_officer
):
    save(desk, summary="One.", value="90", true_on="2026", acronym="BCU")
    first = ProfileChange.objects.get()
    save(desk, summary="Two.")
    with pytest.raises(actions.ProfileError, match="It was changed again since: Summary"):
        actions.take_back(
            first, by=membership_officer, reason="No.", seen=actions.mark_of_now(first)
        )
    second = ProfileChange.objects.first()
    for change in (second, first):
        actions.take_back(
            change, by=membership_officer, reason="No.", seen=actions.mark_of_now(change)
        )
    member.refresh_from_db()
    assert member.summary == ""
    assert not member.figures.exists()
    assert not member.aliases.exists()


def test_a_name_that_another_took_meanwhile_is_a_sentence_and_nothing_is_written(
    member, representative, membership_officer, other_representative
):
    change = propose(member, representative, acronym=["DSH"], city="Cēsis")
    other = Organisation.objects.get(slug="danube-software-houses")
    other.aliases.create(name="DSH", kind="acronym")
    with pytest.raises(actions.ProfileError, match="DSH"):
        approve(change, membership_officer)
    member.refresh_from_db()
    assert member.city == "Riga"
    assert ProfileChange.objects.get().state == "waiting"


def test_a_waiting_change_can_be_withdrawn_or_gone_on_with(desk, member, representative):
    change = propose(member, representative, summary="First words.")
    address = reverse("organisation_desk:change", args=[member.slug, change.pk])
    assert "comes: First words." in text_of(desk.get(address))
    again = f"{EDIT}?from={change.pk}"
    assert "First words." in desk.get(again).content.decode()
    save(desk, again, city="Cēsis")
    change.refresh_from_db()
    assert change.state == "withdrawn"
    newer = ProfileChange.objects.waiting().get()
    assert newer.after == {"summary": "First words.", "city": "Cēsis"}
    address = reverse("organisation_desk:change", args=[member.slug, newer.pk])
    assert desk.post(address, {"do": "withdraw"}).status_code == 302
    answer = desk.post(address, {"do": "withdraw"})
    assert answer.status_code == 409
    assert "decided already" in text_of(answer)


def test_who_goes_on_with_a_change_keeps_its_logo(desk, member):
    save(desk, logo=picture())
    change = ProfileChange.objects.get()
    again = f"{EDIT}?from={change.pk}"
    assert "Your new logo. It is kept" in text_of(desk.get(again))
    save(desk, again, city="Cēsis")
    assert ProfileChange.objects.waiting().get().after == {
        "city": "Cēsis", "logo": Picture.objects.get().pk,
    }  # fmt: skip


@pytest.mark.parametrize("key", ["", "x", "0", "99999999999999999999", "²"])
def test_a_change_to_go_on_with_that_is_none_is_left_out(desk, member, key):
    assert desk.get(f"{EDIT}?from={key}").status_code == 200


@pytest.mark.parametrize("wants", ["", "agree", "decline", "approve", "look"])
def test_who_proposed_a_change_cannot_approve_it(desk, member, representative, wants):
    change = propose(member, representative, summary="Mine.")
    address = reverse("organisation_desk:change", args=[member.slug, change.pk])
    seen = actions.mark_of_now(change)
    assert desk.post(address, {"do": wants, "seen": seen, "reason": "x"}).status_code == 409
    change.refresh_from_db()
    assert change.is_waiting


def test_the_address_of_a_link_is_part_of_the_difference(
    member, representative, sign_in, membership_officer
):
    member.description = '<p>Read <a href="https://example.org/a">this</a>.</p>'
    member.save()
    change = propose(
        member, representative, description='<p>Read <a href="https://example.org/b">this</a>.</p>'
    )
    page = sign_in(membership_officer).get(
        reverse("admin:members_profilechange_change", args=[change.pk])
    )
    assert "goes: (https://example.org/a)" in text_of(page)
    assert "comes: (https://example.org/b)" in text_of(page)


def test_the_desk_says_what_is_missing(desk, member):
    page = text_of(desk.get("/desk/"))
    assert "Missing: No summary; No logo; No description" in page
    assert "Not said how many members it represents" in text_of(desk.get(HERE))


def test_marks_are_the_same_for_the_same_values():
    one = profile_fields.marks({"a": [1], "b": None})
    assert one == profile_fields.marks(json.loads('{"b": null, "a": [1]}'))
