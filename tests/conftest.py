"""The cast that every test knows, and the day on which most stories play."""

import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings

from alliance_portal.demo.load import load
from record.days import today
from tests import builders
from working_groups.models import GuestAppearance

PASSWORD = "correct horse battery"


def pytest_collection_modifyitems(items):
    """Begin with what takes longest, so that no process waits for another at the end."""
    slow = ("server", "browser")
    items.sort(key=lambda item: not any(item.get_closest_marker(name) for name in slow))


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """The folder of uploaded files: each test's own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def alliance(db):
    return builders.organisation("The Alliance", is_alliance=True)


@pytest.fixture
def group(db):
    """The chair's group."""
    return builders.group("Digitalisation")


@pytest.fixture
def other_group(db):
    return builders.group("Skills")


@pytest.fixture
def member(db):
    """The representative's organisation: a full member since 1 January 2020."""
    return builders.member("Baltic Code Union", city="Riga", country="LV")


@pytest.fixture
def representative(member):
    user = builders.user("representative@example.org", name="Rita Representative")
    builders.representation(builders.person("Rita Representative", user=user), member)
    return user


@pytest.fixture
def other_representative(db):
    user = builders.user("other.representative@example.org", name="Otto Other")
    other = builders.member("Danube Software Houses", city="Budapest", country="HU")
    builders.representation(builders.person("Otto Other", user=user), other)
    return user


@pytest.fixture
def chair(group):
    """Chairs `group` since 1 January 2024."""
    user = builders.user("chair@example.org", name="Carla Chair")
    builders.role(builders.person("Carla Chair", user=user), group, starts="2024-01-01")
    return user


@pytest.fixture
def former_chair(group):
    """Chaired `group` from 2020 to the end of 2023."""
    user = builders.user("former.chair@example.org", name="Felix Former")
    person = builders.person("Felix Former", user=user)
    builders.role(person, group, starts="2020-01-01", ends="2023-12-31")
    return user


@pytest.fixture
def other_chair(other_group):
    user = builders.user("other.chair@example.org", name="Olga Otherchair")
    builders.role(builders.person("Olga Otherchair", user=user), other_group)
    return user


@pytest.fixture
def secretary(group):
    user = builders.user("secretary@example.org", name="Sam Secretary")
    builders.role(builders.person("Sam Secretary", user=user), group, "secretary")
    return user


@pytest.fixture
def editor(db):
    """Staff: writes and publishes news."""
    return builders.user("editor@example.org", "Editors", name="Edith Editor", is_staff=True)


@pytest.fixture
def membership_officer(db):
    """Staff: keeps the record of members."""
    return builders.user(
        "officer@example.org", "Membership officers", name="Milo Officer", is_staff=True
    )


@pytest.fixture
def manager(db):
    """Staff: everything, accounts and invitations too."""
    return builders.user("manager@example.org", "Managers", name="Mara Manager", is_staff=True)


@pytest.fixture
def superuser(db):
    return builders.user("root@example.org", is_staff=True, is_superuser=True)


@pytest.fixture
def visitor(db):
    """A client that nobody is signed in to."""
    return Client()


@pytest.fixture
def sign_in(db):
    """Return a function: account → a client that it is signed in to."""

    def signed_in(user) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return signed_in


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database; at the end nobody is left in it who would keep it from being dropped.

    A browser may give a request up, and the server's thread answers it all the same.
    """
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(scope="module")
def loaded_demo(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demonstration, loaded once for a file's tests; each that uses `db` is rolled back to it."""
    folder = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media"))
    with django_db_blocker.unblock(), folder, transaction.atomic():
        load(today(), lambda _line: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def on_day(time_machine):
    """Return a function that moves the clock to noon, site time, of a day written '2022-03-01'."""

    def move(day: str, hour: int = 12):
        moment = datetime.datetime.fromisoformat(day).replace(hour=hour)
        time_machine.move_to(moment.replace(tzinfo=ZoneInfo("Europe/Brussels")), tick=True)

    return move


@pytest.fixture
def told(group):
    """The group's year 2021: its chair had two affiliations, nine months later only one."""
    person = builders.person("Andrei Chair")
    builders.role(person, group, starts="2021-01-01", ends="2021-12-31")
    cluster, hub = builders.organisation("The Cluster"), builders.organisation("The Hub")
    builders.affiliation(person, cluster, "Executive Director", "2021-01-01", "2022-06-30")
    builders.affiliation(person, hub, "Head of Operations", "2021-01-01", "2022-06-30")
    builders.affiliation(person, cluster, "CEO", "2022-07-01")
    builders.participation(builders.organisation("Bit Alliance"), group, "2021")
    guest = GuestAppearance(group=group, organisation=builders.organisation("The Guest"))
    guest.day = builders.days("2021")
    guest.save()
    overview = builders.overview(
        group, 2021, "A year of first meetings", lead="It began.", body="<p>The story.</p>",
        outlook="<p>What comes.</p>", thanks="<p>To all.</p>",
    )  # fmt: skip
    return builders.frozen(overview)
