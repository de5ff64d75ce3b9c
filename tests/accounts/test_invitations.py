"""An invitation: mailed, accepted once, expiring, and bound to what it is for."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import ValidationError

from accounts import actions
from accounts.models import Invitation, User
from tests import builders
from tests.conftest import PASSWORD

NEW = {"name": "Nina New", "password": "words put together", "again": "words put together"}


@pytest.fixture
def role(group):
    """The chair of a person who has no account yet."""
    return builders.role(builders.person("Nina New"), group, starts="2024-01-01")


@pytest.fixture
def invite(manager, django_capture_on_commit_callbacks):
    """Return a function that invites and returns the mailed link's path."""

    def invited(email="nina@example.org", **what) -> str:
        with django_capture_on_commit_callbacks(execute=True):
            actions.invite(email=email, by=manager, **what)
        return re.search(r"http://\S+?(/accounts/invitations/\S+)", mail.outbox[-1].body).group(1)

    return invited


def test_the_mail_goes_out_once_the_transaction_is_through(manager, role, mailoutbox):
    actions.invite(email="nina@example.org", grant=role, by=manager)
    assert mailoutbox == []


def test_the_mail_says_what_it_is_for_and_holds_the_only_copy_of_the_token(role, invite):
    path = invite(grant=role)
    [message] = mail.outbox
    assert message.to == ["nina@example.org"]
    assert "chair of Digitalisation" in message.body
    token = path.rstrip("/").rpartition("/")[2]
    invitation = Invitation.objects.get()
    assert invitation.token_hash == Invitation.hash(token)
    assert token not in str(Invitation.objects.values().get())


def test_a_new_account_is_made_and_is_the_person_of_the_role(role, invite, visitor, group):
    page = visitor.get(invite(grant=role), follow=True)
    assert page.redirect_chain == [("/accounts/invitations/", 302)]
    assert "nina@example.org" in page.text
    assert "chair of Digitalisation" in page.text
    answer = visitor.post("/accounts/invitations/", NEW)
    assert answer.url == "/desk/"
    user = User.objects.get(email="nina@example.org")
    assert user.person == role.person
    assert "Digitalisation" in visitor.get("/desk/").text
    assert Invitation.objects.get().accepted_by == user
    assert role.person.history.latest().history_user == user


def test_the_token_stands_in_no_address_after_the_first(role, invite, visitor):
    token = invite(grant=role).rstrip("/").rpartition("/")[2]
    page = visitor.get(f"/accounts/invitations/{token}/", follow=True)
    assert token not in page.request["PATH_INFO"]
    assert token not in page.text


def test_a_link_works_once(role, invite, visitor, client):
    path = invite(grant=role)
    visitor.get(path)
    visitor.post("/accounts/invitations/", NEW)
    again = client.get(path, follow=True)
    assert again.status_code == 410
    assert "accepted already" in again.text
    assert client.post("/accounts/invitations/", NEW).status_code == 410


def test_a_link_expires(role, invite, visitor, on_day):
    on_day("2026-11-01")
    path = invite(grant=role)
    on_day("2026-11-14")
    assert visitor.get(path, follow=True).status_code == 200
    on_day("2026-11-16")
    late = visitor.get(path, follow=True)
    assert late.status_code == 410
    assert "has expired" in late.text
    assert visitor.post("/accounts/invitations/", NEW).status_code == 410
    assert not User.objects.filter(email="nina@example.org").exists()


def test_a_withdrawn_link_is_useless(role, invite, visitor):
    path = invite(grant=role)
    actions.withdraw(Invitation.objects.get())
    page = visitor.get(path, follow=True)
    assert page.status_code == 410
    assert "was withdrawn" in page.text


def test_an_accepted_invitation_cannot_be_withdrawn(role, invite, visitor):
    visitor.get(invite(grant=role))
    visitor.post("/accounts/invitations/", NEW)
    with pytest.raises(actions.InvitationError):
        actions.withdraw(Invitation.objects.get())


def test_a_second_invitation_for_the_same_replaces_the_first(role, invite, visitor):
    first, second = invite(grant=role), invite(grant=role)
    assert "was withdrawn" in visitor.get(first, follow=True).text
    assert visitor.get(second, follow=True).status_code == 200


@pytest.mark.parametrize("path", ["/accounts/invitations/", "/accounts/invitations/nonsense/"])
def test_a_link_that_leads_nowhere_says_so(db, visitor, path):
    page = visitor.get(path, follow=True)
    assert page.status_code == 410
    assert "leads to no invitation" in page.text


def test_a_grant_that_has_ended_meanwhile_is_said(role, invite, visitor, on_day):
    on_day("2026-11-01")
    path = invite(grant=role)
    role.set_days(datetime.date(2024, 1, 1), datetime.date(2026, 11, 2))
    role.save()
    on_day("2026-11-03")
    page = visitor.get(path, follow=True)
    assert page.status_code == 410
    assert "has ended" in page.text


def test_a_grant_that_is_gone_is_said(role, invite, visitor):
    path = invite(grant=role)
    role.delete()
    page = visitor.get(path, follow=True)
    assert page.status_code == 410
    assert "no longer on record" in page.text


def test_nobody_is_invited_to_what_has_ended(manager, group):
    ended = builders.role(builders.person(), group, starts="2020-01-01", ends="2021-12-31")
    with pytest.raises(actions.InvitationError):
        actions.invite(email="nina@example.org", grant=ended, by=manager)


def test_an_invitation_is_for_one_thing(manager, role):
    with pytest.raises(ValidationError, match="one role"):
        actions.invite(email="nina@example.org", by=manager)
    staff = Group.objects.get_or_create(name="Editors")[0]
    with pytest.raises(ValidationError, match="one role"):
        actions.invite(email="nina@example.org", grant=role, staff_group=staff, by=manager)


def test_who_has_an_account_signs_in_and_accepts(role, invite, visitor):
    nina = builders.user("Nina@example.org", name="Nina New")
    page = visitor.get(invite(grant=role), follow=True)
    assert "You have an account already" in page.text
    assert visitor.post("/accounts/invitations/", NEW).status_code == 200
    assert User.objects.filter(email__iexact="nina@example.org").count() == 1
    facts = {"login": "nina@example.org", "password": PASSWORD, "next": "/accounts/invitations/"}
    assert visitor.post("/accounts/login/", facts).url == "/accounts/invitations/"
    assert "Accept" in visitor.get("/accounts/invitations/").text
    assert visitor.post("/accounts/invitations/").url == "/desk/"
    role.person.refresh_from_db()
    assert role.person.user == nina


def test_somebody_else_who_is_signed_in_cannot_accept(role, invite, sign_in, other_chair):
    client = sign_in(other_chair)
    page = client.get(invite(grant=role), follow=True)
    assert "The invitation is for nina@example.org" in page.text
    client.post("/accounts/invitations/")
    assert Invitation.objects.get().accepted_at is None
    role.person.refresh_from_db()
    assert role.person.user is None


def test_somebody_else_goes_on_as_the_invited_without_opening_the_mail_again(
    role, invite, sign_in, other_chair
):
    client = sign_in(other_chair)
    page = client.get(invite(grant=role), follow=True)
    assert "Go on as nina@example.org" in page.text
    page = client.post("/accounts/invitations/", follow=True)
    assert "You will sign in with nina@example.org" in page.text
    assert client.post("/accounts/invitations/", NEW).url == "/desk/"
    role.person.refresh_from_db()
    assert role.person.user.email == "nina@example.org"


def test_the_account_of_another_person_is_not_given_away(role, invite, sign_in):
    nina = builders.user("nina@example.org")
    builders.person("Another Nina", user=nina)
    client = sign_in(nina)
    client.get(invite(grant=role))
    answer = client.post("/accounts/invitations/")
    assert answer.status_code == 409
    assert "Your account belongs to Another Nina" in answer.text
    assert Invitation.objects.get().accepted_at is None


def test_a_representative_is_invited_for_an_organisation(member, invite, visitor):
    acts = builders.representation(builders.person("Rita New"), member)
    path = invite(grant=acts)
    assert "act for Baltic Code Union" in mail.outbox[-1].body
    visitor.get(path)
    visitor.post("/accounts/invitations/", NEW)
    assert "Baltic Code Union" in visitor.get("/desk/").text


def test_staff_are_invited_into_their_group(invite, visitor):
    editors = Group.objects.get_or_create(name="Editors")[0]
    visitor.get(invite(staff_group=editors))
    visitor.post("/accounts/invitations/", NEW)
    user = User.objects.get(email="nina@example.org")
    assert user.is_staff
    assert list(user.groups.all()) == [editors]
    assert not user.is_superuser


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"again": "something else"}, "The two passwords differ."),
        ({"password": "short", "again": "short"}, "too short"),
        ({"password": "nina@example.org", "again": "nina@example.org"}, "too similar"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_a_mistake_in_the_form_is_said_and_makes_nothing(role, invite, visitor, facts, sentence):
    visitor.get(invite(grant=role))
    page = visitor.post("/accounts/invitations/", NEW | facts)
    assert page.status_code == 200
    assert sentence in page.text
    assert not User.objects.filter(email="nina@example.org").exists()


def test_only_managers_invite(manager, editor, membership_officer, chair, superuser):
    assert manager.has_perm("accounts.invite")
    assert superuser.has_perm("accounts.invite")
    for user in (editor, membership_officer, chair):
        assert not user.has_perm("accounts.invite")
