"""Keeping the record as the year goes: one short form each, who is meant, and a way back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from members.models import Organisation, Person
from news.models import Contribution
from tests import builders
from working_groups.models import (
    Activity,
    Document,
    Expert,
    GuestAppearance,
    Initiative,
    Participation,
)

pytestmark = pytest.mark.django_db
DESK = "/desk/groups/digitalisation/"
RECORD = f"{DESK}record/"


@pytest.fixture
def desk(chair, sign_in, on_day):
    """The chair's client, on 22 November 2026."""
    on_day("2026-11-22")
    return sign_in(chair)


def add(client, what, **typed):
    return client.post(f"{RECORD}{what}/add/", typed)


def undo_address(response, client) -> str:
    """Return where the toast's Undo leads."""
    messages = client.get(response["Location"]).context["messages"]
    return list(messages)[-1].extra_tags


def meeting(client, **typed):
    facts = {"kind": "meeting", "name": "", "day": "20 November 2026", "audience": "public"}
    return add(client, "activity", **(facts | typed))


def test_a_meeting_needs_a_day_and_nothing_else(desk, group):
    assert meeting(desk).status_code == 302
    made = Activity.objects.get()
    assert made.title == "Meeting of the group Digitalisation"
    assert (str(made.starts_on), made.group, made.audience) == ("2026-11-20", group, "public")
    assert desk.get(made.get_absolute_url()).status_code == 200


def test_the_form_of_an_activity_proposes_today(desk):
    page = desk.get(f"{RECORD}activity/add/").text
    assert 'value="22 November 2026"' in page
    assert 'value="public"' in page


def test_a_link_typed_as_the_place_is_the_online_link(desk):
    meeting(desk, where="https://example.org/room")
    made = Activity.objects.get()
    assert (made.online_link, made.place, made.in_person) == ("https://example.org/room", "", False)


def test_a_time_needs_a_day_and_an_end_needs_a_start(desk):
    assert "A time needs an exact day" in meeting(desk, day="May 2026", starts="10:00").text
    assert "Say when it starts too." in meeting(desk, ends="10:00").text
    assert not Activity.objects.exists()


def test_two_meetings_with_the_same_title_have_addresses_of_their_own(desk):
    meeting(desk)
    meeting(desk)
    assert Activity.objects.values("slug").distinct().count() == 2


def test_save_and_add_its_guests_leads_to_a_guest_of_that_activity(desk):
    answer = meeting(desk, do="guest")
    activity = Activity.objects.get()
    assert answer["Location"] == f"{RECORD}guest/add/?activity={activity.pk}"
    form = desk.get(answer["Location"]).context["form"]
    assert form.initial["activity"] == activity.pk


def test_a_guest_on_record_is_taken_by_any_of_its_names(desk, group):
    jrc = builders.organisation("Joint Research Centre")
    jrc.aliases.create(name="JRC", kind="acronym")
    activity = builders.activity("Talk", "2026-11-20", group=group)
    add(desk, "guest", organisation="jrc", activity=activity.pk)
    guest = GuestAppearance.objects.get()
    assert (guest.organisation, guest.activity, str(guest.day)) == (
        jrc,
        activity,
        "20\u00a0November 2026",
    )


def test_a_name_that_comes_near_is_asked_about_and_nothing_is_made(desk):
    known = builders.organisation(
        "Sunrise Valley Digital Innovation Hub", country="LT", city="Vilnius"
    )
    answer = add(
        desk, "guest", organisation="Sunrise Valey Digital Innovation Hub", day="2026-11-20"
    )
    assert answer.status_code == 422
    assert "Sunrise Valley Digital Innovation Hub (Vilnius, Lithuania)" in answer.text
    assert not GuestAppearance.objects.exists()
    add(
        desk, "guest", organisation="Sunrise Valey Digital Innovation Hub",
        organisation_is=str(known.pk), day="2026-11-20",
    )  # fmt: skip
    assert GuestAppearance.objects.get().organisation == known
    assert not Organisation.objects.filter(name__contains="Valey").exists()


def test_a_new_organisation_is_made_only_once_it_is_called_new(desk, group):
    answer = add(desk, "participant", organisation="JOTNE", starts="2026-11-01")
    assert answer.status_code == 422
    assert "It is new in the record" in answer.text
    assert not Organisation.objects.filter(name="JOTNE").exists()
    add(
        desk, "participant", organisation="JOTNE", organisation_is="new", organisation_country="NO",
        starts="2026-11-01",
    )  # fmt: skip
    place = Participation.objects.get()
    assert (place.organisation.name, place.organisation.country.code) == ("JOTNE", "NO")
    assert place.group == group


def test_a_participant_brings_an_expert(desk, member):
    add(
        desk, "participant", organisation="Baltic Code Union", starts="2026-11-01",
        person="Ilze Paraug", expertise="Hubs",
    )  # fmt: skip
    expert = Expert.objects.get()
    assert (expert.person.name, expert.expertise) == ("Ilze Paraug", "Hubs")
    assert str(expert.starts_on) == "2026-11-22", "sent from the day on which it was entered"
    assert not Person.objects.may_be_shown().filter(pk=expert.person_id).exists()


def test_who_takes_part_already_is_refused_with_a_sentence(desk, member, group):
    builders.participation(member, group)
    answer = add(desk, "participant", organisation="Baltic Code Union", starts="2026-11-01")
    assert answer.status_code == 422
    assert "This organisation takes part in the group already" in answer.text


def test_ending_a_participation_ends_its_experts_too(desk, member, group):
    place = builders.participation(member, group)
    expert = Expert(participation=place, person=builders.person("Ilze Paraug"))
    expert.set_days(builders.days("2021-01-01")).save()
    desk.post(
        f"{RECORD}participant/{place.pk}/",
        {"organisation": "Baltic Code Union", "starts": "2021-01-01", "ends": "2026-11-30"},
    )
    place.refresh_from_db()
    expert.refresh_from_db()
    assert (str(place.ends_on), str(expert.ends_on)) == ("2026-11-30", "2026-11-30")


def test_changing_the_end_leaves_how_the_start_was_known(desk, member, group):
    place = builders.participation(member, group, "2021")
    place.start_basis = "not_on_record"
    place.save()
    desk.post(
        f"{RECORD}participant/{place.pk}/",
        {"organisation": "Baltic Code Union", "starts": "2021", "ends": "2026"},
    )
    place.refresh_from_db()
    assert (place.start_basis, place.start_precision) == ("not_on_record", "year")


def test_a_known_person_is_not_made_twice(desk, group, member):
    ilze = builders.person("Ilze Paraug")
    add(desk, "guest", person="ilze paraug", day="2026-11-20")
    assert GuestAppearance.objects.get().person == ilze


def test_people_whom_nobody_may_be_told_of_are_neither_suggested_nor_matched(desk):
    builders.person("Hidden Person", shown=False)
    found = desk.get(f"{DESK}suggest/people/", {"q": "hidden"}).json()
    assert found == {"suggestions": []}
    add(desk, "guest", person="Hidden Person", day="2026-11-20")
    assert Person.objects.filter(name="Hidden Person").count() == 2


def test_suggestions_know_other_names(desk):
    builders.organisation("Joint Research Centre").aliases.create(name="JRC", kind="acronym")
    found = desk.get(f"{DESK}suggest/organisations/", {"q": "jrc"}).json()["suggestions"]
    assert found == [{"name": "Joint Research Centre", "about": "JRC, Belgium"}]


def test_an_initiative_and_a_contribution_are_kept(desk, group):
    position = builders.position("Response to the consultation on Digital Decade targets")
    builders.position("A draft on targets", state="draft")
    add(desk, "initiative", name="A meter for programs", starts="2026")
    add(desk, "contribution", position="digital decade targets", year="2026", led="on")
    assert Initiative.objects.get().title == "A meter for programs"
    kept = Contribution.objects.get()
    assert (kept.position, kept.year, kept.led) == (position, 2026, True)


def test_a_position_that_is_not_out_cannot_be_named(desk):
    builders.position("A draft on targets", state="draft")
    answer = add(desk, "contribution", position="A draft on targets", year="2026")
    assert answer.status_code == 422
    assert "No published position is called" in answer.text


def test_what_was_entered_can_be_taken_back_with_all_that_was_new(desk):
    answer = add(desk, "participant", organisation="JOTNE", organisation_is="new", starts="2026-11-01",
                 person="Ilze Paraug")  # fmt: skip
    assert Expert.objects.exists()
    desk.post(undo_address(answer, desk))
    for model in (Expert, Participation):
        assert not model.objects.exists()
    assert not Organisation.objects.filter(name="JOTNE").exists()
    assert not Person.objects.filter(name="Ilze Paraug").exists()


def test_a_change_is_taken_back_to_what_stood_before(desk, group):
    row = Initiative(group=group, title="Before")
    row.set_days(builders.days("2026-01-01")).save()
    answer = desk.post(f"{RECORD}initiative/{row.pk}/", {"name": "After", "starts": "2026-02-01"})
    row.refresh_from_db()
    assert row.title == "After"
    desk.post(undo_address(answer, desk))
    row.refresh_from_db()
    assert (row.title, str(row.starts_on)) == ("Before", "2026-01-01")


def test_what_was_taken_out_can_be_brought_back(desk):
    meeting(desk)
    made = Activity.objects.get()
    answer = desk.post(f"{RECORD}activity/{made.pk}/take-out/")
    assert not Activity.objects.exists()
    desk.post(undo_address(answer, desk))
    assert Activity.objects.get().slug == made.slug


def test_what_was_changed_since_is_not_taken_back(desk, group):
    answer = meeting(desk)
    back = undo_address(answer, desk)
    made = Activity.objects.get()
    made.title = "By somebody else"
    made.save()
    page = desk.post(back, follow=True)
    assert "was changed since" in page.text
    assert Activity.objects.get().title == "By somebody else"


def test_nobody_takes_back_what_somebody_else_entered(desk, secretary, sign_in):
    answer = meeting(desk)
    back = undo_address(answer, desk)
    assert (
        "There is nothing of yours to take back." in sign_in(secretary).post(back, follow=True).text
    )
    assert Activity.objects.exists()


def test_what_the_office_entered_is_not_taken_out_on_the_desk(desk, group):
    made = builders.activity("Entered by the office", group=group)
    page = desk.post(f"{RECORD}activity/{made.pk}/take-out/", follow=True)
    assert "The office entered this" in page.text
    assert Activity.objects.exists()


def test_a_row_of_another_group_is_not_there(desk, other_group):
    theirs = builders.activity("Theirs", group=other_group)
    assert desk.get(f"{RECORD}activity/{theirs.pk}/").status_code == 404
    assert desk.post(f"{RECORD}activity/{theirs.pk}/take-out/").status_code == 404


def test_the_record_of_a_year_lists_what_is_for_the_group_only_too(desk, group):
    builders.activity("Closed talk", "2026-03-03", group=group, audience="group")
    builders.activity("Last year", "2025-03-03", group=group)
    page = desk.get(RECORD).text
    assert "Closed talk" in page
    assert "Last year" not in page
    assert "Last year" in desk.get(f"{RECORD}?year=2025").text
    assert desk.get(f"{RECORD}?year=abc").status_code == 200


def test_a_document_is_read_by_those_it_is_for(desk, group, client, other_representative, sign_in):
    file = SimpleUploadedFile("agenda.pdf", b"%PDF-1.4")
    add(desk, "document", name="Agenda", audience="group", file=file)
    kept = Document.objects.get()
    assert b"".join(desk.get(kept.file.url)) == b"%PDF-1.4"
    assert client.get(kept.file.url).status_code == 404
    assert sign_in(other_representative).get(kept.file.url).status_code == 404


def test_a_file_of_another_kind_is_refused(desk):
    file = SimpleUploadedFile("script.html", b"<script>")
    answer = add(desk, "document", name="Script", audience="public", file=file)
    assert answer.status_code == 422
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "kind", ["activity", "guest", "participant", "initiative", "contribution", "document"]
)
@pytest.mark.parametrize("typed", [
    {}, {"organisation": "\0", "person": "\0"}, {"organisation": "x" * 5000, "day": "x" * 500},
    {"day": "99999", "starts": "0001", "ends": "1", "year": "9" * 40, "activity": "9" * 40},
    {"organisation": "(((", "person": "%", "day": "2026", "starts": "2026", "name": "a", "position": "%"},
])  # fmt: skip
def test_nothing_that_is_sent_breaks_a_form(desk, kind, typed):
    assert add(desk, kind, **typed).status_code in {302, 422}
