"""Who gets into the admin, and what each staff group may do there."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import Invitation, User
from accounts.staff_groups import update_staff_groups
from members.models import Organisation
from tests import builders
from tests.admin.pages import form_on, text_of


def changelist(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def may(user, model, action) -> bool:
    return user.has_perm(f"{model._meta.app_label}.{action}_{model._meta.model_name}")


def test_a_visitor_is_led_to_the_sign_in_page(visitor):
    response = visitor.get("/admin/members/organisation/")
    assert response.status_code == 302
    assert response.url == "/accounts/login/?next=/admin/members/organisation/"


@pytest.mark.parametrize("who", ["representative", "chair", "former_chair", "secretary"])
def test_who_is_no_staff_is_not_let_in(who, request, sign_in):
    client = sign_in(request.getfixturevalue(who))
    assert client.get("/admin/").status_code == 403
    assert client.get("/admin/members/organisation/").status_code == 403


def test_staff_whose_account_is_taken_away_is_out(sign_in, editor):
    client = sign_in(editor)
    User.objects.update(is_active=False)
    assert client.get("/admin/").status_code == 302


def test_where_the_second_factor_is_asked_the_admin_opens_only_with_it(sign_in, editor, settings):
    settings.STAFF_SECOND_FACTOR = True
    response = sign_in(editor).get("/admin/")
    assert response.status_code == 302
    assert response.url == reverse("mfa_activate_totp")


def test_the_admin_has_no_sign_in_of_its_own(visitor):
    assert visitor.get("/admin/login/").url.startswith("/accounts/login/")


def test_an_address_with_characters_that_no_text_has_is_refused(sign_in, manager):
    client = sign_in(manager)
    for address in ("/admin/members/organisation/?country=%00", "/admin/autocomplete/?term=%00"):
        assert client.get(address).status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "?on=2022-13-45",
        "?state=x&category=y&country=zz&network=9",
        "?p=999999",
        "?o=9.9.9",
        "?q=" + "a" * 5000,
        "?q=%25%27%3B",
        "?e=1",
        "?nothing=1",
    ],
)
def test_parameters_that_mean_nothing_give_a_page(sign_in, manager, query):
    builders.member("Baltic Code Union")
    response = sign_in(manager).get("/admin/members/organisation/" + query, follow=True)
    assert response.status_code == 200


# -- staff groups ---------------------------------------------------------------------------------

APPS = {
    "officer": {"members"},
    "editor": {"news"},
    "manager": {"members", "news", "publishing", "working_groups"},
}


def test_membership_officers_keep_the_members_app_and_nothing_else(membership_officer):
    for model in admin.site._registry:
        in_members = model._meta.app_label == "members" or model._meta.label == "publishing.Picture"
        assert may(membership_officer, model, "change") == (
            in_members or model._meta.label == "alliance_portal.ContactMessage"
        ), model
        assert may(membership_officer, model, "add") == in_members, model
        assert not may(membership_officer, model, "delete"), model


def test_editors_keep_publishing_news_and_the_texts_of_groups(editor):
    texts = {"Activity", "GuestAppearance", "Initiative", "Overview", "WorkingGroup"}
    for model in admin.site._registry:
        label, name = model._meta.app_label, model._meta.object_name
        expected = (
            label in {"publishing", "news"}
            or (label == "working_groups" and name in texts)
            or name in {"Quotation", "ContactMessage"}
        )
        assert may(editor, model, "change") == expected, model
        assert not may(editor, model, "delete"), model


def test_editors_do_not_see_applications_requests_and_accounts(editor, sign_in):
    client = sign_in(editor)
    for name in (
        "members_application",
        "members_representation",
        "working_groups_joinrequest",
        "accounts_user",
        "accounts_invitation",
    ):
        assert client.get(reverse(f"admin:{name}_changelist")).status_code == 403


def test_managers_keep_everything_accounts_and_invitations_too(manager):
    for model in admin.site._registry:
        assert may(manager, model, "view"), model
        assert may(manager, model, "change"), model
    assert may(manager, Organisation, "delete")
    assert not may(manager, User, "delete")


def test_an_editor_reads_an_organisation_and_cannot_change_it(editor, sign_in, member):
    client = sign_in(editor)
    url = reverse("admin:members_organisation_change", args=[member.pk])
    page = client.get(url)
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert client.post(url, {"name": "Other"}).status_code == 403


def test_rights_are_put_right_again_after_each_migrate(editor):
    group = Group.objects.get(name="Editors")
    group.permissions.clear()
    update_staff_groups()
    assert group.permissions.filter(codename="change_post").exists()


def test_every_staff_group_opens_every_list_that_its_start_page_names(
    sign_in, editor, membership_officer, manager
):
    for user in (editor, membership_officer, manager):
        client = sign_in(user)
        start = client.get("/admin/")
        assert start.status_code == 200
        for app in start.context["app_list"]:
            for model in app["models"]:
                assert client.get(model["admin_url"]).status_code in {200, 302}, model["admin_url"]


def test_the_start_page_says_what_waits(sign_in, manager, on_day):
    on_day("2022-11-22")
    ending = builders.organisation("Ends soon")
    builders.membership(ending, "2022", "2022")
    builders.membership(builders.organisation("Ends later"), "2022", "2023")
    builders.membership(builders.organisation("Comes"), "1 January 2023")
    builders.post("Waits for review", state="in_review")

    words = text_of(sign_in(manager).get("/admin/"))

    assert "Ends soon Full member until 2022" in words
    assert "Comes Announced: Full member from 1\u00a0January 2023".replace("\u00a0", " ") in words
    assert "Waits for review News" in words
    assert "Ends later" not in words


def test_an_editor_s_start_page_names_nothing_that_editors_may_not_see(sign_in, editor):
    words = text_of(sign_in(editor).get("/admin/"))
    assert "Drafts in review" in words
    assert "Applications" not in words


# -- accounts and invitations ---------------------------------------------------------------------


def test_a_manager_invites_into_the_secretariat(
    sign_in, manager, mailoutbox, django_capture_on_commit_callbacks
):
    group = Group.objects.get(name="Editors")
    client = sign_in(manager)
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(
            reverse("admin:accounts_invitation_add"),
            {"email": "new@example.org", "name": "New", "staff_group": group.pk},
        )
    assert response.status_code == 302
    assert Invitation.objects.get().invited_by == manager
    assert [mail.to for mail in mailoutbox] == [["new@example.org"]]


def test_an_invitation_can_be_withdrawn(sign_in, manager, django_capture_on_commit_callbacks):
    client = sign_in(manager)
    client.post(
        reverse("admin:accounts_invitation_add"),
        {"email": "new@example.org", "staff_group": Group.objects.get(name="Editors").pk},
    )
    invitation = Invitation.objects.get()
    client.post(
        changelist(Invitation),
        {"action": "withdraw_invitations", "index": 0, "_selected_action": invitation.pk},
    )
    assert not Invitation.objects.open().exists()


@pytest.mark.parametrize("what", ["role", "representation"])
def test_a_chair_and_a_representative_are_invited_from_their_record(
    sign_in, manager, mailoutbox, django_capture_on_commit_callbacks, what
):
    person = builders.person("Carla", email="carla@example.org")
    grant = (
        builders.role(person, builders.group())
        if what == "role"
        else builders.representation(person, builders.organisation())
    )
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(manager).post(
            changelist(type(grant)),
            {"action": "invite_person", "index": 0, "_selected_action": grant.pk},
        )
    assert Invitation.objects.get().grant == grant
    assert [mail.to for mail in mailoutbox] == [["carla@example.org"]]


def test_who_has_no_mail_address_cannot_be_invited_and_it_is_said(sign_in, manager):
    grant = builders.role(builders.person("Carla"), builders.group())
    response = sign_in(manager).post(
        changelist(type(grant)),
        {"action": "invite_person", "index": 0, "_selected_action": grant.pk},
        follow=True,
    )
    assert "Carla has no mail address on record" in text_of(response)
    assert not Invitation.objects.exists()


def test_membership_officers_do_not_invite(sign_in, membership_officer):
    grant = builders.representation(
        builders.person("Carla", email="carla@example.org"), builders.organisation()
    )
    client = sign_in(membership_officer)
    client.post(
        changelist(type(grant)),
        {"action": "invite_person", "index": 0, "_selected_action": grant.pk},
    )
    assert not Invitation.objects.exists()


def test_a_manager_makes_nobody_a_superuser_and_touches_none(sign_in, manager, superuser):
    client = sign_in(manager)
    own = reverse("admin:accounts_user_change", args=[manager.pk])
    fields = form_on(client.get(own), "user_form")
    fields["is_superuser"] = ["on"]
    client.post(own, fields)
    manager.refresh_from_db()
    assert not manager.is_superuser
    theirs = reverse("admin:accounts_user_change", args=[superuser.pk])
    assert client.post(theirs, {"email": "mine@example.org"}).status_code == 403
