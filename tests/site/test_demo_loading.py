"""Loading the demonstration: once, whole, on any day, and never over what people changed."""

import datetime
import io
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from alliance_portal.demo.load import load
from alliance_portal.models import SiteSettings
from members.models import Membership, Organisation
from news.models import Post
from publishing.models import Page, Publication
from record.days import today
from working_groups.models import Activity, Overview


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def demo(db, media):
    """The demonstration as it is loaded today."""
    load(today(), lambda _line: None)


def records() -> Counter:
    """Count the rows of every table, histories and versions too."""
    return Counter({
        model._meta.label: model._base_manager.count()
        for model in apps.get_models(include_auto_created=True)
    })  # fmt: skip


def test_what_people_changed_stays_changed(demo):
    ours = Organisation.objects.get(slug="lada-digital-cluster")
    ours.slug, ours.city = "lada", "Opatija"
    ours.save()
    ours.memberships.all().delete()
    SiteSettings.objects.update(name="Our own name")
    Page.objects.filter(key="about").update(title="Who we are")
    load(today(), lambda _line: None)
    assert not Organisation.objects.filter(slug="lada-digital-cluster").exists()
    ours.refresh_from_db()
    assert (ours.city, ours.memberships.count()) == ("Opatija", 0)
    assert SiteSettings.load().name == "Our own name"
    assert Page.objects.get(key="about").title == "Who we are"


def test_a_second_run_adds_nothing_and_leaves_no_history(demo):
    before = records()
    assert load(today(), lambda _line: None) == 0
    assert records() == before
    a_year_later = today() + datetime.timedelta(days=400)
    assert load(a_year_later, lambda _line: None) == 0
    assert records() == before


def test_if_empty_leaves_a_record_in_use_alone(db, media):
    Organisation.objects.create(name="Somebody", slug="somebody")
    out = io.StringIO()
    call_command("load_demo", "--if-empty", stdout=out)
    assert Organisation.objects.count() == 1
    assert "not loaded" in out.getvalue()


def test_all_or_nothing(db, media, monkeypatch):
    def fails(_loader):
        raise RuntimeError("halfway")

    monkeypatch.setattr("alliance_portal.demo.load.Loader.activities", fails)
    with pytest.raises(RuntimeError):
        load(today(), lambda _line: None)
    assert not Organisation.objects.exists()


def test_it_loads_beside_an_alliance_that_is_on_record(db, media):
    own = Organisation.objects.create(name="Our network", slug="our-network", is_alliance=True)
    load(today(), lambda _line: None)
    assert Organisation.objects.get(is_alliance=True) == own
    assert own.affiliations.filter(function="President").exists()


def test_production_refuses_it_unless_told(db, media, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="--yes-demo-in-production"):
        call_command("load_demo")
    assert not Organisation.objects.exists()
    with pytest.raises(CommandError, match="production"):
        call_command("demo_sign_ins")
    out = io.StringIO()
    call_command("load_demo", "--yes-demo-in-production", "--if-empty", stdout=out)
    assert "Organisations: " in out.getvalue()
    assert Organisation.objects.filter(is_alliance=True).count() == 1


@pytest.mark.parametrize("day", ["2027-01-01", "2027-02-28", "2028-02-29"])
def test_it_looks_alive_on_any_day(db, media, on_day, day):
    on_day(day)
    load(today(), lambda _line: None)
    members = Organisation.objects.members_on()
    assert 28 <= members.count() <= 34
    assert len(set(members.values_list("country", flat=True))) > 20
    assert Membership.objects.announced().filter(category="full").exists()
    soon = today() + datetime.timedelta(days=60)
    assert Activity.objects.public().coming().filter(starts_on__lte=soon).count() >= 5
    latest = Post.objects.public().newest_first().first()
    assert (today() - latest.printed_on).days < 8
    assert Publication.objects.scheduled().count() == 1
    ending = Membership.objects.get(
        organisation__slug="blue-lighthouse-ict-association", during__contains=today()
    )
    assert 40 <= (ending.ends_on - today()).days <= 80
    for overview in Overview.objects.published():
        assert overview.frozen["year"] == overview.year


def test_without_the_demo_there_are_none(db):
    out = io.StringIO()
    call_command("demo_sign_ins", stdout=out)
    assert "not loaded" in out.getvalue()
