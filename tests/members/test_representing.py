"""Several act for an organisation: one invites the next, and the last cannot go without the office."""

import threading
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse

from accounts.models import Invitation
from members import representing
from members.models import Organisation, Person, Representation
from tests import builders
from tests.admin.pages import text_of

pytestmark = pytest.mark.django_db

HERE = reverse("organisation_desk:organisation", args=["baltic-code-union"])
INVITE = reverse("organisation_desk:invite", args=["baltic-code-union"])


@pytest.fixture(autouse=True)
def the_day(on_day):
    on_day("2026-10-01")


@pytest.fixture
def desk(sign_in, representative):
    return sign_in(representative)


@pytest.fixture
def second(member):
    """A second account that acts for the member."""
    user = builders.user("second@example.org", name="Sofia Second")
    builders.representation(builders.person("Sofia Second", user=user), member)
    return user


def right_of(user) -> Representation:
    return Representation.objects.get(person__user=user)


def end(user):
    return reverse("organisation_desk:end", args=["baltic-code-union", right_of(user).pk])


def test_one_invites_the_next_who_accepts_and_lands_on_the_desk(
    desk, member, visitor, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(INVITE, {"name": "Nina Next", "email": " Nina@Example.org "})
    assert answer.url == HERE
    assert "Invited, not accepted yet. The invitation holds until" in text_of(desk.get(HERE))
    [message] = mail.outbox
    assert message.to == ["nina@example.org"]
    assert "to act for Baltic Code Union" in message.body
    link = next(word for word in message.body.split() if "/accounts/invitations/" in word)
    visitor.get(urlsplit(link).path)
    answer = visitor.post(
        "/accounts/invitations/",
        {"name": "Nina Next", "password": "words put together", "again": "words put together"},
        follow=True,
    )
    assert "Baltic Code Union" in text_of(answer)
    person = Person.objects.get(email="nina@example.org")
    assert person.user.email == "nina@example.org"
    assert not person.bases.exists()
    assert "Invited, not accepted" not in text_of(desk.get(HERE))


def test_who_has_not_accepted_can_be_invited_again_and_the_first_link_is_dead(desk, member):
    for _time in range(2):
        desk.post(INVITE, {"name": "Nina Next", "email": "nina@example.org"})
    assert member.representations.on().count() == 2
    assert Invitation.objects.open().count() == 1
    assert Person.objects.filter(email="nina@example.org").count() == 1


def test_who_is_on_record_is_not_made_a_second_time(desk, member):
    known = builders.person("Nina Next", email="nina@example.org")
    desk.post(INVITE, {"name": "N. Next", "email": "NINA@example.org"})
    assert member.representations.on().filter(person=known).exists()


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"name": "", "email": "nina@example.org"}, "Write the person's name"),
        ({"name": "Nina", "email": ""}, "Write where the invitation shall go"),
        ({"name": "Nina", "email": "nina"}, "Enter a valid email address"),
        ({"name": "Rita", "email": "representative@example.org"}, "acts for it already"),
        ({"name": "x" * 151, "email": "nina@example.org"}, "at most 150 characters"),
    ],
)
def test_an_invitation_that_cannot_be_sent_is_a_sentence_and_keeps_what_was_typed(
    desk, member, typed, sentence
):
    answer = desk.post(INVITE, typed)
    assert answer.status_code == 422
    assert sentence in text_of(answer)
    if typed["email"]:
        assert typed["email"] in answer.content.decode()
    assert not Invitation.objects.exists()


def test_whose_right_begins_later_is_not_invited_a_second_time(desk, member):
    known = builders.person("Nina Next", email="nina@example.org")
    builders.representation(known, member, starts="2026-11-01")
    answer = desk.post(INVITE, {"name": "Nina Next", "email": "nina@example.org"})
    assert answer.status_code == 422
    assert "Nina Next will act for it from 1 November 2026 on." in text_of(answer)


def test_one_ends_anothers_right_at_once(
    desk, member, second, sign_in, django_capture_on_commit_callbacks
):
    theirs, address = sign_in(second), end(second)
    assert "End the right of Sofia Second" in text_of(desk.get(address))
    assert theirs.get(HERE).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert desk.post(address).url == HERE
    assert theirs.get(HERE).status_code == 403
    row = right_of(second)
    assert str(row.ends_on) == "2026-09-30"
    [message] = mail.outbox
    assert message.to == ["second@example.org"]
    assert "Rita Representative ended your right" in message.body
    assert desk.post(address).status_code == 404


def test_one_may_end_ones_own_right(desk, member, second, representative):
    assert "End your own right" in text_of(desk.get(end(representative)))
    assert desk.post(end(representative)).url == reverse("desk")
    assert desk.get(HERE).status_code == 403


def test_a_right_that_began_today_goes_without_a_day(desk, member, representative):
    desk.post(INVITE, {"name": "Nina Next", "email": "nina@example.org"})
    row = Representation.objects.get(person__email="nina@example.org")
    desk.post(reverse("organisation_desk:end", args=[member.slug, row.pk]))
    assert not Representation.objects.filter(pk=row.pk).exists()
    assert not Invitation.objects.open().exists()
    assert Representation.history.filter(id=row.pk, history_type="-").exists()


@pytest.mark.parametrize("invited", [False, True])
def test_the_last_who_can_sign_in_cannot_be_removed_without_the_office(
    desk, member, representative, invited
):
    if invited:
        desk.post(INVITE, {"name": "Nina Next", "email": "nina@example.org"})
    answer = desk.post(end(representative))
    assert answer.status_code == 409
    assert "Nobody else could sign in for this organisation then. Invite somebody first" in text_of(
        answer
    )
    assert desk.get(HERE).status_code == 200


def test_somebody_whose_account_is_closed_does_not_count(desk, member, second, representative):
    second.is_active = False
    second.save()
    assert desk.post(end(representative)).status_code == 409


@pytest.mark.django_db(transaction=True)
def test_two_who_end_each_others_right_at_once_do_not_both_succeed(member, representative, second):
    told, gate = [], threading.Barrier(2)

    def act(by, other):
        row = right_of(other)
        gate.wait()
        try:
            representing.end(row, by=by)
        except representing.CannotBeDone as error:
            told.append(str(error))
        finally:
            connection.close()

    threads = [
        threading.Thread(target=act, args=pair)
        for pair in ((representative, second), (second, representative))
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(told) == 1
    assert Representation.objects.on().filter(organisation=member).count() == 1


def test_the_desk_closes_after_the_last_day_of_the_right(sign_in, member, representative, on_day):
    row = right_of(representative)
    row.set_days(row.starts, row.starts.__class__.parse("31 October 2026")).save()
    for day, status in {"2026-10-31": 200, "2026-11-01": 403}.items():
        on_day(day)
        assert sign_in(representative).get(HERE).status_code == status, day


def test_the_list_of_those_who_act_costs_the_same_for_three_and_for_thirty(
    desk, member, django_assert_max_num_queries
):
    for number in range(30):
        builders.representation(builders.person(f"Person {number}"), member)
    with django_assert_max_num_queries(14):
        desk.get(HERE)
    assert Organisation.objects.get(pk=member.pk).representations.on().count() == 31
