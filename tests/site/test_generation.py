"""A page that a browser holds is asked about with one query, and is never stale."""

import datetime

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.http import HttpResponse
from django.utils import timezone

from alliance_portal import generation
from alliance_portal.models import ContactMessage
from members.models import Organisation
from tests import builders

pytestmark = pytest.mark.django_db


def held(client, address="/members/networks/") -> str:
    return client.get(address)["ETag"]


def asked_again(client, etag, address="/members/networks/"):
    return client.get(address, headers={"If-None-Match": etag})


def test_a_page_that_did_not_change_costs_one_query(visitor, django_assert_num_queries):
    etag = held(visitor)
    with django_assert_num_queries(1):
        response = asked_again(visitor, etag)
    assert response.status_code == 304
    assert response.content == b""
    assert response["ETag"] == etag


def test_it_costs_one_query_for_somebody_who_is_signed_in_too(
    sign_in, editor, visitor, django_assert_num_queries
):
    client = sign_in(editor)
    etag = held(visitor)
    with django_assert_num_queries(1):
        assert asked_again(client, etag).status_code == 304


def test_the_page_is_for_everybody_and_asked_about_each_time(visitor):
    response = visitor.get("/members/networks/")
    assert set(response["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert response["Vary"] == "Accept-Encoding"


def test_what_was_held_in_any_form_of_the_header_is_known(visitor):
    etag = held(visitor)
    for header in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        assert asked_again(visitor, header).status_code == 304, header
    for header in ('"other"', etag[:-3] + '"', "nonsense", ""):
        assert asked_again(visitor, header).status_code == 200, header


def test_head_answers_as_get_does(visitor):
    etag = held(visitor)
    response = visitor.head("/members/networks/")
    assert (response.status_code, response["ETag"], response.content) == (200, etag, b"")
    again = visitor.head("/members/networks/", headers={"If-None-Match": etag})
    assert again.status_code == 304


def test_a_compressed_page_is_held_as_well(visitor):
    response = visitor.get("/about/", headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert asked_again(visitor, response["ETag"], "/about/").status_code == 304


def test_addresses_and_hosts_do_not_share_what_is_held(visitor, settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    tags = {
        visitor.get(address, headers={"Host": host})["ETag"]
        for address in ("/about/", "/about/?x=1", "/privacy/")
        for host in ("a.example", "b.example")
    }
    assert len(tags) == 6


def by_orm():
    Organisation.objects.get(slug="kept").save()


def by_update():
    Organisation.objects.filter(slug="kept").update(city="Riga")


def by_bulk():
    Organisation.objects.bulk_create([Organisation(name="New", slug="new", sort_name="new")])


def by_deleting():
    Organisation.objects.filter(slug="kept").delete()


def by_raw_sql():
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_organisation SET city = 'Riga' WHERE slug = 'kept'")


def by_a_join_table():
    builders.post().organisations.add(Organisation.objects.get(slug="kept"))


@pytest.mark.parametrize(
    "edit", [by_orm, by_update, by_bulk, by_deleting, by_raw_sql, by_a_join_table]
)
def test_the_request_after_an_edit_shows_it_by_whatever_way_it_came(visitor, edit):
    Organisation.objects.create(name="Kept", slug="kept")
    etag = held(visitor)
    edit()
    assert asked_again(visitor, etag).status_code == 200


def test_an_edit_that_is_taken_back_changes_nothing(visitor):
    etag = held(visitor)
    with transaction.atomic():
        builders.organisation("Never")
        transaction.set_rollback(True)
    assert asked_again(visitor, etag).status_code == 304


def test_what_no_public_page_shows_changes_nothing(visitor, editor):
    etag = held(visitor)
    ContactMessage.objects.create(name="V", email="v@example.org", subject="S", message="M")
    editor.last_login = timezone.now()
    editor.save()
    assert asked_again(visitor, etag).status_code == 304


def test_a_scheduled_post_changes_pages_at_its_minute(visitor, time_machine):
    moment = datetime.datetime(2026, 11, 22, 9, 30, tzinfo=datetime.UTC)
    time_machine.move_to(moment - datetime.timedelta(minutes=5), tick=False)
    builders.post("On time", visible_from=moment)
    etag = held(visitor, "/news/")
    time_machine.move_to(moment - datetime.timedelta(seconds=1), tick=False)
    assert asked_again(visitor, etag, "/news/").status_code == 304
    time_machine.move_to(moment, tick=False)
    response = asked_again(visitor, etag, "/news/")
    assert response.status_code == 200
    assert "On time" in response.content.decode()


def test_pages_change_at_midnight_of_the_site_not_of_the_server(visitor, time_machine):
    midnight = datetime.datetime(2026, 11, 22, 23, 0, tzinfo=datetime.UTC)
    time_machine.move_to(midnight - datetime.timedelta(hours=2), tick=False)
    etag = held(visitor)
    time_machine.move_to(midnight - datetime.timedelta(seconds=1), tick=False)
    assert asked_again(visitor, etag).status_code == 304
    time_machine.move_to(midnight, tick=False)
    etag_of_the_day = asked_again(visitor, etag)
    assert etag_of_the_day.status_code == 200
    time_machine.move_to(midnight + datetime.timedelta(hours=1), tick=False)
    assert asked_again(visitor, etag_of_the_day["ETag"]).status_code == 304


@pytest.mark.parametrize(
    "address",
    ["/members/", "/members/?view=table", "/members/?view=map", "/members/members.json",
     "/members/sponsors/", "/members/sponsors/fund/", "/members/networks/ring/",
     "/members/changes/", "/members/changes/feed/", "/"],
)  # fmt: skip
def test_who_ends_is_gone_at_midnight_also_where_somebody_holds_the_page(
    visitor, time_machine, address
):
    midnight = datetime.datetime(2026, 12, 31, 23, 0, tzinfo=datetime.UTC)
    time_machine.move_to(midnight - datetime.timedelta(hours=12), tick=False)
    builders.organisation("The Alliance", is_alliance=True)
    fund = builders.organisation("Fund")
    builders.member("Stays", starts="2020-01-01", country="LV")
    ends = builders.organisation("Ends tonight", country="MT")
    builders.membership(ends, "2026-02-01", "2026-12-31", "sponsored", sponsor=fund)
    builders.place(builders.network("Ring"), ends, "2026-02-01", "2026-12-31")

    def shown(response):
        return b"".join(response).decode()

    first = visitor.get(address)
    assert first.status_code == 200
    page = shown(first)
    # Nothing may be shown without asking first: an edit could come at any moment, and so could midnight.
    assert "no-cache" in first["Cache-Control"]
    assert "max-age" not in first["Cache-Control"]
    time_machine.move_to(midnight - datetime.timedelta(seconds=1), tick=False)
    assert asked_again(visitor, first["ETag"], address).status_code == 304
    time_machine.move_to(midnight, tick=False)
    after = asked_again(visitor, first["ETag"], address)
    assert after.status_code == 200
    assert shown(after) != page


def test_who_ended_is_no_longer_in_the_directory_of_today(visitor, time_machine):
    midnight = datetime.datetime(2026, 12, 31, 23, 0, tzinfo=datetime.UTC)
    time_machine.move_to(midnight - datetime.timedelta(seconds=1), tick=False)
    builders.member("Ends tonight", starts="2020-01-01", ends="2026-12-31")
    builders.member("Begins tomorrow", starts="2027-01-01")
    names = [b"Ends tonight", b"Begins tomorrow"]
    held_page = visitor.get("/members/")
    assert [name in held_page.content for name in names] == [True, False]
    time_machine.move_to(midnight, tick=False)
    page = asked_again(visitor, held_page["ETag"], "/members/")
    assert [name in page.content for name in names] == [False, True]


def test_every_table_is_either_watched_or_private():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s AND tgenabled = 'O'",
            ["alliance_portal_generation"],
        )
        watched = {table for (table,) in cursor.fetchall()}
    ours = {
        model._meta.db_table: model._meta.label
        for app in generation.APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if not model._meta.object_name.startswith("Historical")
    }
    unwatched = {label for table, label in ours.items() if table not in watched}
    assert unwatched == generation.PRIVATE
    assert watched <= set(ours)


def test_migrating_again_leaves_the_triggers_as_they_are():
    call_command("migrate", verbosity=0)
    test_every_table_is_either_watched_or_private()


def a_private_page(request):
    return HttpResponse("for one", headers={"Cache-Control": "private"})


def a_page_with_a_cookie(request):
    response = HttpResponse("for one")
    response.set_cookie("seen", "yes")
    return response


def a_page_that_moved(request):
    return HttpResponse(status=302, headers={"Location": "/"})


@pytest.mark.parametrize("view", [a_private_page, a_page_with_a_cookie, a_page_that_moved])
def test_what_is_for_one_person_is_never_marked_public(rf, view):
    response = generation.public_page(view)(rf.get("/"))
    assert "ETag" not in response
    assert "public" not in response.get("Cache-Control", "")


def test_what_is_posted_is_not_answered_from_what_is_held(rf):
    etag = generation.public_page(lambda _request: HttpResponse())(rf.get("/"))["ETag"]
    request = rf.post("/", headers={"If-None-Match": etag})
    response = generation.public_page(lambda _request: HttpResponse("taken"))(request)
    assert response.content == b"taken"
    assert "ETag" not in response
