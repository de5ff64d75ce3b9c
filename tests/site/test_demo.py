"""The demonstration as it is loaded: complete, and honest about real bodies and persons."""

import datetime
import io
import re
from collections import Counter

import pytest
from django.apps import apps
from django.core.management import call_command

from accounts.models import User
from alliance_portal.demo.accounts import ACCOUNTS, PASSWORD
from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.documented import members as documented_members
from alliance_portal.demo.others import organisations as documented_others
from members.models import (
    Alias,
    Figure,
    Membership,
    Network,
    Organisation,
    Person,
    Quotation,
    ShowingBasis,
)
from members.models.memberships import Outcome
from news.models import Position, Post
from publishing.models import Page, Publication, Version
from publishing.rich_text import clean, plain
from record.days import today
from working_groups.models import Activity, Overview, WorkingGroup

REAL_PEOPLE = {"Oliver Grün", "Andrei Kelemen"}
# Real bodies with no documented tie to the network: they must not appear anywhere.
WITHOUT_TIE = (
    "GAIA", "AEI Ciberseguridad", "CyberLur", "Latvian IT Cluster", "Latvijas IT klasteris",
    "LIKTA", "INFOBALT", "IVSZ", "SzSzVSz", "UATE", "UITE", "Georgian ICT Cluster",
    "ICT Association of Georgia", "IT Ukraine", "ICT Cortex", "STIKK", "TICE.PT", "CITEA", "SEPE",
    "ITAS", "ICT UNIE", "SPIS", "APVTS", "IT-Branchen", "it@cork", "Assintel", "CISEx",
    "Wielkopolska ICT", "West Pomeranian", "Interizon", "YASAD", "AITA", "Transilvania IT",
)  # fmt: skip


@pytest.fixture
def demo(loaded_demo, db):
    """The demonstration as it is loaded today."""


def slugs(bodies) -> list[str]:
    return [body.slug for body in bodies]


def words_of_the_demo() -> list[str]:
    """Every text that a record of the demonstration holds."""
    texts = []
    for app in ("publishing", "members", "working_groups", "news", "alliance_portal"):
        for model in apps.get_app_config(app).get_models():
            if "Historical" in model.__name__ or model is Version:
                continue
            columns = [
                field.attname
                for field in model._meta.concrete_fields
                if field.get_internal_type() in {"CharField", "TextField"}
                and not field.choices
                and field.name not in {"search_names", "sort_name", "normalised"}
            ]
            for row in model._base_manager.values_list(*columns) if columns else []:
                texts += [value for value in row if value]
    return texts


# --- Real bodies and persons ---


def test_bodies_without_a_tie_appear_nowhere(demo):
    text = "\n".join(words_of_the_demo())
    found = [name for name in WITHOUT_TIE if re.search(rf"\b{re.escape(name)}\b", text)]
    assert found == []


def test_real_members_are_members_as_documented(demo):
    cluj = Organisation.objects.get(slug="cluj-it-cluster")
    assert str(cluj.founded) == "October 2012"
    assert cluj.memberships.get().state_in_words() == "Full member since 1\u00a0January 2023"
    assert set(cluj.aliases.values_list("name", flat=True)) == {"Asociatia CLUJ IT", "CLUJ IT"}
    undated = Membership.objects.filter(category="not_on_record", organisation__in=_documented())
    assert {str(row.organisation) for row in undated} == {
        "Agoria", "Bundesverband IT-Mittelstand", "DIGITAL SME France",
        "Italian DIGITAL SME Alliance", "Skillnet Ireland", "Vojvodina ICT Cluster",
    }  # fmt: skip
    assert {row.start_basis for row in undated} == {"not_on_record"}


def test_atic_was_sponsored_for_one_year_and_the_rest_is_not_known(demo):
    atic = Organisation.objects.get(slug="atic")
    year = atic.memberships.get()
    assert year.period_in_words() == "March 2022 to February 2023 (end derived)"
    assert (year.sponsor.name, year.on_behalf_of.name) == (
        "EU4Digital Facility", "European Commission",
    )  # fmt: skip
    assert [helper.name for helper in year.helped_by.all()] == ["EU4Digital Facility"]
    assert year.outcome(None) == Outcome.NOT_ON_RECORD
    network = Network.objects.get(slug="eastern-partnership")
    assert (network.formal, network.list_complete) == (False, False)
    assert network.coordinations.get().organisation == atic
    assert [place.organisation for place in network.places.all()] == [atic]


def test_founders_participants_and_guests_are_no_members(demo):
    others = Organisation.objects.filter(slug__in=slugs(documented_others(Calendar(today()))))
    assert others.count() > 20
    assert not Membership.objects.filter(organisation__in=others).exists()


def test_everything_about_real_bodies_has_a_source(demo):
    real = _documented()
    for row in Membership.objects.filter(organisation__in=real):
        assert row.source
        assert "nvented" not in row.source
    for row in Figure.objects.filter(about__in=real):
        assert row.source
    for organisation in real:
        assert plain(organisation.description), organisation
    for person in Person.objects.filter(name__in=REAL_PEOPLE):
        assert all(row.source for row in person.affiliations.all())
        assert all(row.source for row in person.roles.all())


def test_no_invented_body_is_tied_to_a_real_sponsor_or_network(demo):
    real = _documented() | Organisation.objects.filter(is_alliance=True)
    invented = Organisation.objects.exclude(pk__in=real.values("pk"))
    assert not Membership.objects.filter(organisation__in=invented, sponsor__in=real).exists()
    assert not Membership.objects.filter(organisation__in=real, sponsor__in=invented).exists()
    assert not Network.objects.filter(
        slug="eastern-partnership", places__organisation__in=invented
    ).exists()


def test_what_is_invented_says_so(demo):
    real = _documented() | Organisation.objects.filter(is_alliance=True)
    for organisation in Organisation.objects.exclude(pk__in=real.values("pk")):
        assert "nvented" in organisation.summary, organisation
        assert "Invented for the demonstration." in organisation.description, organisation
    real_texts = {
        "cluj-it-becomes-a-full-member", "eastern-partnership-associations-join",
        "digitalisation-overview-2021",
        *Position.objects.filter(contributions__group__slug="digitalisation").values_list(
            "slug", flat=True
        ),
    }  # fmt: skip
    for publication in Publication.objects.exclude(slug__in=real_texts):
        assert "Invented for the demonstration." in publication.body, publication


def test_no_real_person_beyond_the_two_and_none_is_quoted(demo):
    public_role = Person.objects.filter(bases__kind="public_role")
    assert set(public_role.values_list("name", flat=True)) == REAL_PEOPLE
    assert not Quotation.objects.filter(speaker__in=public_role).exists()
    text = "\n".join(words_of_the_demo())
    for family in ("Toffaletti", "Steszgal", "Brad", "Brashnarov", "Pancorbo", "Massimo", "Jordan"):
        assert not re.search(rf"\b{family}\b", text)
    real = Publication.objects.filter(slug="digitalisation-overview-2021").get()
    assert "written for this portal" in real.body
    assert not re.search(r"\b(I|we|our|my)\b", plain(real.body) + plain(real.specific.outlook))


def test_people_without_a_basis_are_not_shown(demo, visitor):
    hidden = Person.objects.exclude(pk__in=Person.objects.may_be_shown())
    assert hidden.count() == 4
    assert ShowingBasis.objects.filter(proof="").count() == 0
    pages = ("/about/", "/working-groups/trust-and-security/", "/members/argo-guild/")
    for path in pages:
        page = visitor.get(path).content.decode()
        assert not [person.name for person in hidden if person.name in page], path


def test_the_chair_of_2021_is_on_record_for_that_year_only(demo):
    role = WorkingGroup.objects.get(slug="digitalisation").roles.get()
    assert role.person.name == "Andrei Kelemen"
    assert role.period_in_words() == "on record for 2021; first and last day are not"
    assert {row.function for row in role.person.affiliations.in_year(2021)} == {
        "Executive Director", "Head of Operations and Internationalisation",
    }  # fmt: skip


def test_mail_addresses_are_of_the_reserved_domain(demo):
    for address in re.findall(r"[\w.+-]+@[\w.-]+\w", "\n".join(words_of_the_demo())):
        assert address.endswith("@example.org"), address
    for email in User.objects.values_list("email", flat=True):
        assert email.endswith("@example.org")


# --- What is in it ---


def test_the_network_is_varied(demo):
    outcomes = set()
    for membership in Membership.objects.sponsored():
        following = membership.organisation.memberships.announced(
            membership.starts_on
        ).oldest_first()
        outcomes.add(membership.outcome(following.first()))
    assert outcomes == set(Outcome)
    assert {row.category for row in Membership.objects.on()} == {
        "full", "sponsored", "regional", "not_on_record",
    }  # fmt: skip
    names = list(Organisation.objects.values_list("name", flat=True))
    assert max(len(name) for name in names) == 80
    for letter in "łøßđ":
        everything = "".join([*names, *Alias.objects.values_list("name", flat=True)])
        assert letter in everything.lower()
    ring = Network.objects.get(slug="lighthouse-ring")
    assert ring.places.count() == 6
    assert len({place.starts_on for place in ring.places.all()}) == 1
    first = {place.organisation.memberships.oldest_first().first() for place in ring.places.all()}
    assert len({(row.sponsor.slug, row.starts_on) for row in first}) == 1


def test_the_overview_of_2021_has_its_record(demo):
    overview = Overview.objects.public().get(group__slug="digitalisation")
    assert (overview.year, overview.printed_in_words()) == (2021, "not dated")
    sections = {row["key"]: row for row in overview.frozen["sections"]}
    assert len(sections["joined"]["items"]) == 9
    assert "Demokritos/ahedd DIH" in [item["text"] for item in sections["joined"]["items"]]
    assert len(sections["guests"]["items"]) == 3
    assert not sections["guests"]["complete"]
    assert len(sections["positions"]["items"]) == 4
    assert not sections["positions"]["complete"]
    assert len(sections["initiatives"]["items"]) == 4
    assert [line["name"] for line in overview.frozen["byline"]] == ["Andrei Kelemen"]


def test_groups_activities_and_texts(demo):
    groups = WorkingGroup.objects.exclude(slug="digitalisation")
    assert groups.count() >= 6
    assert groups.filter(status="closed").count() == 1
    assert Overview.objects.drafts().get().year == today().year
    assert Publication.objects.count() >= 24
    kinds = set(Publication.objects.public().values_list("kind", flat=True))
    assert kinds == {"news", "announcement", "report", "press", "position", "overview"}
    assert set(Publication.objects.values_list("audience", flat=True)) == {
        "public", "members", "group",
    }  # fmt: skip
    assembly = Activity.objects.get(slug="general-assembly-september-2019")
    assert assembly.day_in_words() == "11\u00a0September 2019"
    event = Activity.objects.get(slug="eastern-partnership-promotion-event")
    assert event.day_in_words() == "early October 2021"
    announcement = Post.objects.get(slug="cluj-it-becomes-a-full-member")
    assert announcement.printed_in_words() == "not dated"
    assert announcement.printed_not_after == datetime.date(2022, 12, 31)
    assert len(announcement.points) == 3


def test_figures_rise_and_fall_each_with_its_day(demo):
    about = Figure.objects.filter(about__is_alliance=True)
    assert [int(row.value) for row in about.filter(measure="companies", as_of__isnull=False)] == [
        45000, 45000, 20000, 50000,
    ]  # fmt: skip
    shown = [
        (row.in_words(), row.dated_in_words())
        for row in about.filter(as_of=datetime.date(2022, 4, 14)).order_by("measure")
    ]
    assert ("more than 45,000 ICT SMEs", "as stated on 14\u00a0April 2022") in shown
    cluj = Figure.objects.get(measure="share")
    assert (cluj.in_words(), cluj.said_by.name, cluj.said_as) == (
        "more than 10 %", "Andrei Kelemen", "CEO",
    )  # fmt: skip


def test_every_text_is_clean_plain_and_told_once(demo):
    for model in (Publication, Page):
        for text in model.objects.values_list("body", flat=True):
            assert text
            assert clean(text) == text
    sentences = Counter()
    for publication in Publication.objects.exclude(kind="position"):
        found = re.split(r"(?<=[.?!])\s+", f"{publication.lead} {plain(publication.body)}")
        sentences.update({line for line in found if len(line.split()) > 4})
    repeated = {line for line, number in sentences.items() if number > 1}
    assert repeated <= {"Invented for the demonstration."}
    text = "\n".join(words_of_the_demo())
    assert "!" not in text
    assert not re.search(r"\b(please|oops)\b", text, re.IGNORECASE)


def test_pictures_have_words(demo):
    picture = apps.get_model("publishing", "Picture")
    assert picture.objects.count() >= 12
    assert not picture.objects.filter(alternative="").exists()
    assert not Organisation.objects.filter(logo__isnull=False, pk__in=_documented()).exists()


def test_its_pages_answer(demo, visitor):
    paths = [
        "/", "/about/", "/members/", "/members/cluj-it-cluster/", "/members/balta-kaija/",
        "/members/networks/lighthouse-ring/", "/members/networks/eastern-partnership/",
        "/members/sponsors/polaris-fund/", "/organisations/masit/",
        "/working-groups/digitalisation/overviews/2021/", "/working-groups/green-code/",
        "/policy/interfaces-that-open/", "/news/cluj-it-becomes-a-full-member/", "/activities/",
        "/privacy/", "/membership/", "/accessibility/",
    ]  # fmt: skip
    for path in paths:
        response = visitor.get(path)
        assert response.status_code == 200, path
        assert "Demonstration data." in response.content.decode(), path


# --- Sign-ins ---


def test_sign_ins_are_printed_as_they_are(demo):
    changed = User.objects.get(email="editor@example.org")
    changed.set_password("something else")
    changed.save()
    out = io.StringIO()
    call_command("demo_sign_ins", stdout=out)
    lines = {account.email: line for account in ACCOUNTS for line in out.getvalue().splitlines()
             if account.email in line}  # fmt: skip
    assert set(lines) == {account.email for account in ACCOUNTS}
    assert PASSWORD in lines["manager@example.org"]
    assert PASSWORD not in lines["editor@example.org"]
    assert "was changed" in lines["editor@example.org"]


def test_each_sign_in_opens_what_is_promised(demo, client):
    for account in ACCOUNTS:
        client.logout()
        answer = client.post("/accounts/login/", {"login": account.email, "password": PASSWORD})
        assert answer.status_code == 302, account
        door = "/admin/" if account.is_staff else "/desk/"
        assert client.get(door).status_code == 200, account
    chair = User.objects.get(email="chair@example.org")
    draft = Overview.objects.drafts().get()
    assert list(WorkingGroup.objects.chaired_by(chair)) == [draft.group]
    representative = User.objects.get(email="representative@example.org")
    assert Organisation.objects.represented_by(representative).get().slug == "heron-bridge-guild"


def _documented():
    when = Calendar(today())
    real = slugs(documented_members(when)) + slugs(documented_others(when))
    return Organisation.objects.filter(slug__in=real)
