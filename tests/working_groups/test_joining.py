"""Joining a group: asked by anybody or from a desk, decided once, and the record follows."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts import open_forms
from members.models import Organisation
from record.history import recording
from tests import builders
from working_groups.joining_forms import AcceptForm
from working_groups.models import JoinRequest, MailChoice, Participation
from working_groups.requests import AlreadyDecided, accept

pytestmark = pytest.mark.django_db
JOIN = "/working-groups/digitalisation/join/"
DESK = "/desk/groups/digitalisation/"
HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def empty_counts():
    cache.clear()


@pytest.fixture
def desk(chair, sign_in, on_day):
    on_day("2026-11-22")
    return sign_in(chair)


@pytest.fixture
def strict(db):
    return Client(enforce_csrf_checks=True)


def typed(**changes):
    facts = {
        "organisation_name": "Green-Tech Cluster Latvia", "country": "LV",
        "contact_name": "Zane Zieds", "contact_email": "zane@example.org",
        "expert_name": "Ilze Paraug", "message": "We measure.",
        "leave_empty": "", "begun": open_forms.signing.dumps(0, salt=open_forms.SALT),
    }  # fmt: skip
    return facts | changes


def asked(group, **facts) -> JoinRequest:
    facts = {
        "organisation_name": "JOTNE",
        "contact_name": "Z",
        "contact_email": "z@example.org",
    } | facts
    return JoinRequest.objects.create(group=group, **facts)


def test_anybody_asks_by_form_without_cookie_or_token(strict, group):
    page = strict.get(JOIN)
    assert "csrf" not in page.text
    answer = strict.post(JOIN, typed(), headers=HERE)
    assert answer.status_code == 302
    assert "Your request has been sent" in strict.get(answer["Location"]).text
    kept = JoinRequest.objects.get()
    assert (kept.organisation, kept.organisation_name, kept.state) == (
        None, "Green-Tech Cluster Latvia", "open",
    )  # fmt: skip
    assert not strict.cookies


def test_a_post_from_elsewhere_is_refused(strict, group):
    assert strict.post(JOIN, typed(), headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert strict.post(JOIN, typed()).status_code == 403
    assert not JoinRequest.objects.exists()


def test_programs_are_asked_again_and_nothing_typed_is_lost(strict, group):
    answer = strict.post(JOIN, typed(leave_empty="x"), headers=HERE)
    assert answer.status_code == 422
    assert "Zane Zieds" in answer.text
    assert not JoinRequest.objects.exists()


def test_the_sixth_request_of_an_hour_waits(strict, group):
    for number in range(5):
        strict.post(JOIN, typed(organisation_name=f"Body {number}"), headers=HERE)
    answer = strict.post(JOIN, typed(), headers=HERE)
    assert "Send this one in an hour" in answer.text
    assert JoinRequest.objects.count() == 5


@pytest.mark.parametrize("status", ["dormant", "closed"])
def test_a_group_that_takes_nobody_in_has_no_form(client, status):
    builders.group("Paperless", status=status)
    assert client.get("/working-groups/paperless/join/").status_code == 404
    assert "/join/" not in client.get("/working-groups/paperless/").text


def test_leaders_and_who_asked_get_mail(
    strict, group, chair, secretary, other_chair, django_capture_on_commit_callbacks
):
    MailChoice.objects.create(user=secretary, group=group, what="requests", wanted=False)
    with django_capture_on_commit_callbacks(execute=True):
        strict.post(JOIN, typed(), headers=HERE)
    assert {sent.to[0] for sent in mail.outbox} == {"chair@example.org", "zane@example.org"}
    to_chair = next(sent for sent in mail.outbox if sent.to == ["chair@example.org"])
    assert to_chair.reply_to == ["zane@example.org"]
    assert f"{DESK}requests/{JoinRequest.objects.get().pk}/" in to_chair.body
    receipt = next(sent for sent in mail.outbox if sent.to == ["zane@example.org"])
    assert "We measure." not in receipt.body, "nothing that a stranger wrote goes to a third person"


def test_a_representative_asks_for_the_own_organisation(sign_in, representative, member, group):
    client = sign_in(representative)
    page = client.get(f"{DESK}join/").text
    assert "Baltic Code Union" in page
    assert 'value="Rita Representative"' in page
    client.post(f"{DESK}join/", {"organisation": member.pk, "expert_name": "Ilze Paraug"})
    kept = JoinRequest.objects.get()
    assert (kept.organisation, kept.asked_by, kept.contact_email) == (
        member, representative, "representative@example.org",
    )  # fmt: skip
    assert "waits for an answer" in client.get(f"{DESK}join/").text
    again = client.post(f"{DESK}join/", {"organisation": member.pk, "expert_name": "Ilze Paraug"})
    assert again.status_code == 422
    assert JoinRequest.objects.count() == 1


def test_a_representative_asks_for_no_other_organisation(sign_in, representative, group):
    other = builders.member("Not Mine")
    answer = sign_in(representative).post(
        f"{DESK}join/", {"organisation": other.pk, "expert_name": "X"}
    )
    assert answer.status_code == 422
    assert not JoinRequest.objects.exists()


def test_the_chair_accepts_and_the_record_follows(
    desk, group, member, django_capture_on_commit_callbacks
):
    request = asked(group, organisation=member, organisation_name="", expert_name="Ilze Paraug",
                    expertise="Hubs")  # fmt: skip
    page = desk.get(f"{DESK}requests/{request.pk}/").text
    assert 'value="Baltic Code Union"' in page
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            f"{DESK}requests/{request.pk}/",
            {"do": "accept", "organisation": "Baltic Code Union", "starts": "2026-12-01",
             "person": "Ilze Paraug", "expertise": "Hubs", "words": "See you on Friday."},
        )  # fmt: skip
    request.refresh_from_db()
    place = Participation.objects.get()
    assert (request.state, request.participation, place.organisation) == ("accepted", place, member)
    assert place.experts.get().person.name == "Ilze Paraug"
    (sent,) = mail.outbox
    assert sent.to == ["z@example.org"]
    assert "from 1\u00a0December 2026" in sent.body
    assert "See you on Friday." in sent.body
    assert "Baltic Code Union" in desk.get(group.get_absolute_url()).text


def test_who_is_new_enters_the_record_once_with_the_expert(desk, group):
    request = asked(group, country="NO", expert_name="Ola Eksempel")
    desk.post(
        f"{DESK}requests/{request.pk}/",
        {"do": "accept", "organisation": "JOTNE", "organisation_is": "new", "organisation_country": "NO",
         "starts": "2026-12-01", "person": "Ola Eksempel"},
    )  # fmt: skip
    place = Participation.objects.get()
    assert (place.organisation.name, place.organisation.country.code) == ("JOTNE", "NO")
    assert place.experts.get().person.name == "Ola Eksempel"


def test_known_organisations_are_proposed_to_the_chair_at_once(desk, group):
    builders.organisation("Green-Tech Cluster Latvia")
    request = asked(group, organisation_name="Green Tech Cluster Latvija")
    page = desk.get(f"{DESK}requests/{request.pk}/").text
    assert "Green-Tech Cluster Latvia (Belgium). Has nearly the same name." in page
    assert "None of these: it is new in the record" in page


def test_an_organisation_that_takes_part_already_gets_only_the_expert(desk, group, member):
    builders.participation(member, group)
    request = asked(group, organisation=member)
    desk.post(
        f"{DESK}requests/{request.pk}/",
        {
            "do": "accept",
            "organisation": "Baltic Code Union",
            "starts": "2026-12-01",
            "person": "Ilze P",
        },
    )
    request.refresh_from_db()
    assert request.state == "accepted"
    assert Participation.objects.get().experts.count() == 1


def test_a_decline_needs_its_reason_which_is_mailed(
    desk, group, django_capture_on_commit_callbacks
):
    request = asked(group)
    address = f"{DESK}requests/{request.pk}/"
    assert "Write the reason" in desk.post(address, {"do": "decline", "reason": ""}).text
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(address, {"do": "decline", "reason": "Full until spring."})
    request.refresh_from_db()
    assert (request.state, request.reason) == ("declined", "Full until spring.")
    assert "Full until spring." in mail.outbox[0].body
    assert not Participation.objects.exists()


def test_of_two_who_decide_one_is_told(desk, chair, group, secretary):
    request = asked(group)
    form = AcceptForm(
        {"organisation": "JOTNE", "organisation_is": "new", "starts": "2026"}, request=request
    )
    assert form.is_valid()
    request.state, request.decided_by, request.decided_at = "accepted", secretary, timezone.now()
    request.save()
    with pytest.raises(AlreadyDecided, match="Accepted by Sam Secretary"):
        accept(request.pk, form, by=chair)
    assert not Organisation.objects.filter(name="JOTNE").exists()
    page = desk.post(
        f"{DESK}requests/{request.pk}/", {"do": "decline", "reason": "No."}, follow=True
    )
    assert "Nothing was done: it is decided. Accepted by Sam Secretary" in page.text
    request.refresh_from_db()
    assert request.state == "accepted"


def test_two_requests_under_one_name_are_told_to_the_chair(desk, group):
    one = asked(group)
    asked(group)
    assert "Asked more than once" in desk.get(f"{DESK}requests/{one.pk}/").text


def test_a_request_of_another_group_is_not_there(desk, other_group):
    theirs = asked(other_group)
    assert desk.get(f"{DESK}requests/{theirs.pk}/").status_code == 404


def test_an_old_request_ages_visibly(desk, group):
    with recording():
        asked(group, asked_at=timezone.now() - timezone.timedelta(days=20))
    assert "Waits for 20 days." in desk.get(f"{DESK}requests/").text
    page = desk.get("/desk/").text
    assert "1 request to join waits. The oldest since 20 days." in page


@pytest.mark.parametrize("changes", [
    {"organisation_name": "\0"}, {"contact_email": "x\nBcc: y@example.org"}, {"website": "javascript:1"},
    {"message": "x" * 9000}, {"country": "ZZ"}, {"begun": "x"},
])  # fmt: skip
def test_nothing_that_is_sent_breaks_the_form(strict, group, changes):
    assert strict.post(JOIN, typed(**changes), headers=HERE).status_code == 422
