"""What the head of a page tells search engines, and those who pass the page on."""

import json
from html.parser import HTMLParser

import pytest
from django.utils import timezone

from alliance_portal.models import SiteSettings
from alliance_portal.sharing import described
from members.models import Alias
from publishing.actions import publish, withdraw
from publishing.models import Page
from tests import builders

pytestmark = pytest.mark.django_db
HERE = "https://example.org"
HOSTILE = 'A </script><b>"B"\u2028&amp; <!-- C'


class Head(HTMLParser):
    """The head of a page, taken apart as a reader of it would."""

    def __init__(self, markup: str):
        super().__init__()
        self.titles, self.scripts, self.links, self.meta = [], [], [], {}
        self._inside = ""
        self.feed(markup.partition("</head>")[0])
        self.close()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        self._inside = tag
        if tag == "title":
            self.titles.append("")
        elif tag == "script" and attributes.get("type") == "application/ld+json":
            self._inside = "linked data"
            self.scripts.append("")
        elif tag == "link":
            self.links.append(attributes)
        elif tag == "meta":
            name = attributes.get("name") or attributes.get("property")
            self.meta.setdefault(name, []).append(attributes.get("content"))

    def handle_endtag(self, _tag):
        self._inside = ""

    def handle_data(self, data):
        if self._inside == "title":
            self.titles[-1] += data
        elif self._inside == "linked data":
            self.scripts[-1] += data

    def one(self, name: str) -> str | None:
        """Return what a meta element says; there is one of each name at the most."""
        values = self.meta.get(name, [])
        assert len(values) <= 1, name
        return values[0] if values else None

    @property
    def canonical(self) -> str | None:
        found = [link["href"] for link in self.links if link.get("rel") == "canonical"]
        assert len(found) <= 1
        return found[0] if found else None

    @property
    def graph(self) -> dict[str, dict]:
        """Return what the linked data says, by type."""
        if not self.scripts:
            return {}
        (script,) = self.scripts
        document = json.loads(script)
        assert document["@context"] == "https://schema.org"
        return {part["@type"]: part for part in document["@graph"]}


def head_of(client, address: str, status: int = 200) -> Head:
    response = client.get(address)
    assert response.status_code == status, address
    return Head(response.content.decode())


@pytest.fixture(autouse=True)
def site(settings, alliance):
    settings.SITE_URL = HERE
    return SiteSettings.objects.create(
        name="The Alliance", tagline="All of us", introduction="What we are, in one sentence.",
        address="Rue 1\n1000 Brussels",
    )  # fmt: skip


@pytest.fixture
def world(group):
    """One page of each kind, with as little on record as it can have."""
    sponsor = builders.organisation("Sponsor")
    builders.membership(
        builders.organisation("Sponsored"), "2022-03", "2023-02", "sponsored", sponsor=sponsor
    )
    builders.network("Eastern network")
    builders.overview(group, 2025)
    builders.post("A post")
    builders.position("A position")
    builders.activity("A meeting")
    return [
        "/", "/about/", "/membership/", "/members/", "/members/sponsored/", "/members/networks/",
        "/members/networks/eastern-network/", "/members/sponsors/", "/members/sponsors/sponsor/",
        "/organisations/sponsor/", "/working-groups/", "/working-groups/digitalisation/",
        "/working-groups/digitalisation/overviews/2025/", "/activities/", "/activities/a-meeting/",
        "/news/", "/news/a-post/", "/policy/", "/policy/a-position/", "/search/", "/contact/",
        "/privacy/", "/accessibility/",
    ]  # fmt: skip


def test_every_page_has_a_title_and_a_description_of_its_own(visitor, world):
    heads = [head_of(visitor, address) for address in world]
    titles = [head.titles for head in heads]
    descriptions = [head.one("description") for head in heads]
    assert [len(each) for each in titles] == [1] * len(world)
    assert len({title for (title,) in titles}) == len(world)
    assert len(set(descriptions)) == len(world)
    assert [text for text in descriptions if not 50 <= len(text) <= 200] == []


def test_every_page_names_its_one_address_and_what_a_shared_link_shows(visitor, world):
    for address in world:
        head = head_of(visitor, address)
        assert head.canonical == HERE + address
        assert head.one("og:url") == HERE + address
        assert head.one("og:title") + " – The Alliance" == head.titles[0]
        assert head.one("og:description") == head.one("description")
        assert head.one("og:site_name") == "The Alliance"
        assert head.one("og:locale") == "en_GB"
        assert head.one("og:type") in {"website", "article"}
        assert head.one("twitter:card") == "summary_large_image"
        assert head.one("robots") is None


def test_every_page_says_in_linked_data_whose_it_is_and_where_it_stands(visitor, world):
    for address in world:
        graph = head_of(visitor, address).graph
        assert graph["Organization"]["name"], address
        if address == "/":
            assert graph["WebSite"]["url"] == f"{HERE}/"
            continue
        steps = graph["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == f"{HERE}/"
        assert steps[-1]["item"] == HERE + address
        assert all(step["name"] for step in steps)


def test_the_network_stands_there_as_the_foot_of_the_page_names_it(visitor):
    network = head_of(visitor, "/").graph["Organization"]
    assert network == {
        "@type": "Organization",
        "@id": f"{HERE}/#network",
        "name": "The Alliance",
        "url": f"{HERE}/",
        "address": "Rue 1, 1000 Brussels",
        "logo": f"{HERE}/apple-touch-icon.png",
    }


@pytest.mark.parametrize(
    ("address", "known_as"),
    [
        ("/news/?page=1", "/news/"),
        ("/news/?page=99", "/news/?page=2"),
        ("/news/?page=2", "/news/?page=2"),
        ("/news/?topic=nothing-is-called-so", "/news/"),
        ("/news/?utm_source=letter", "/news/"),
        ("/members/?view=whatever", "/members/"),
        ("/members/?on=2022-13-45", "/members/"),
        ("/contact/?sent=1", "/contact/"),
    ],
)
def test_an_address_that_asks_for_nothing_else_is_known_as_the_plain_one(
    visitor, address, known_as
):
    for _number in range(25):
        builders.post()
    head = head_of(visitor, address)
    assert head.canonical == head.one("og:url") == HERE + known_as
    assert head.one("robots") is None


@pytest.mark.parametrize(
    ("address", "shared_as"),
    [
        ("/members/?country=BE", "/members/?country=BE"),
        ("/members/?on=2022-04-14&view=table", "/members/?on=2022-04-14&view=table"),
        ("/members/?sort=longest", "/members/?sort=longest"),
        ("/members/networks/?on=2022-04-14", "/members/networks/?on=2022-04-14"),
        ("/news/?year=2026&page=2", "/news/?year=2026"),
        ("/activities/?q=meeting", "/activities/?q=meeting"),
        ("/policy/?q=a+b%26c", "/policy/?q=a+b%26c"),
        ("/search/?q=cluj", "/search/?q=cluj"),
    ],
)
def test_a_narrowed_list_is_left_out_of_search_engines_and_shared_as_it_is(
    visitor, member, address, shared_as
):
    for _number in range(25):
        builders.post()
    builders.activity()
    builders.position()
    head = head_of(visitor, address)
    assert head.one("robots") == "noindex, follow"
    assert head.canonical is None
    assert head.graph == {}
    assert head.one("og:url") == HERE + shared_as


def test_another_view_of_a_list_is_the_same_page_and_shared_as_it_is(visitor, member):
    head = head_of(visitor, "/members/?view=table")
    assert head.canonical == f"{HERE}/members/"
    assert head.one("robots") is None
    assert head.one("og:url") == f"{HERE}/members/?view=table"


def test_a_further_page_of_a_list_says_its_number_in_its_title(visitor):
    for _number in range(25):
        builders.post()
    assert head_of(visitor, "/news/?page=2").titles == ["News, page 2 – The Alliance"]


def is_silent(head: Head) -> bool:
    return (
        head.one("robots") == "noindex"
        and head.canonical is None
        and not head.scripts
        and not any(str(name).startswith(("og:", "article:", "twitter:")) for name in head.meta)
    )


def test_a_page_that_is_not_for_everybody_says_nothing(visitor, sign_in, chair, group):
    builders.overview(group, 2025, state="draft", lead="A lead.", edit_number=1)
    builders.post("For members", audience="members")
    overview = builders.overview(group, 2024, audience="group")
    builders.activity("Inside", audience="group", group=group)
    signed_in = sign_in(chair)
    for address in (
        "/desk/",
        "/desk/groups/digitalisation/",
        "/desk/groups/digitalisation/overviews/2025/preview/",
        overview.get_absolute_url(),
        "/activities/inside/",
    ):
        assert is_silent(head_of(signed_in, address)), address
    assert is_silent(head_of(visitor, "/accounts/login/"))


def test_a_page_that_is_not_there_says_nothing(visitor, editor):
    post = builders.post("Wrong day", state="draft", lead="A lead.")
    publish(post, by=editor)
    withdraw(post, reason="The day was wrong.", by=editor)
    assert is_silent(head_of(visitor, "/news/wrong-day/", 410))
    assert is_silent(head_of(visitor, "/news/never/", 404))
    assert is_silent(head_of(visitor, "/nowhere/", 404))


def test_a_member_is_an_organisation_with_dated_memberships(visitor):
    member = builders.organisation(
        "Cluj IT", slug="cluj-it", city="Cluj-Napoca", country="RO", website="https://cluj.example/"
    )
    member.founded = builders.days("2012-10")
    member.save()
    Alias.objects.create(organisation=member, name="Klaster", kind="native")
    Alias.objects.create(organisation=member, name="Kluj", kind="misspelt")
    sponsor = builders.organisation("Sponsor")
    builders.membership(member, "2022-03", "2023-02", "sponsored", sponsor=sponsor)
    builders.membership(member, "2023-03-01", None, "full")
    graph = head_of(visitor, "/members/cluj-it/").graph["Organization"]
    assert graph["name"] == "Cluj IT"
    assert graph["alternateName"] == ["Klaster"]
    assert graph["url"] == "https://cluj.example/"
    assert graph["foundingDate"] == "2012-10"
    assert graph["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Cluj-Napoca",
        "addressCountry": "RO",
    }
    assert [
        (role["roleName"], role["startDate"], role.get("endDate")) for role in graph["memberOf"]
    ] == [("Full member", "2023-03-01", None), ("Sponsored member", "2022-03", "2023-02")]


def test_a_day_that_is_not_on_record_is_not_said(visitor):
    member = builders.organisation("Old hand", slug="old-hand")
    row = builders.membership(member, "2015")
    row.start_basis = "not_on_record"
    row.save()
    (role,) = head_of(visitor, "/members/old-hand/").graph["Organization"]["memberOf"]
    assert "startDate" not in role
    assert "endDate" not in role


def test_a_text_is_an_article_with_its_printed_date(visitor):
    builders.post("Dated to the month", "2022-03", lead="The lead.", language="fr")
    builders.post("Not dated", None, undated=True)
    article = head_of(visitor, "/news/dated-to-the-month/").graph["NewsArticle"]
    assert article["headline"] == "Dated to the month"
    assert article["datePublished"] == article["dateModified"] == "2022-03"
    assert article["inLanguage"] == "fr"
    assert article["author"] == [{"@id": f"{HERE}/#network"}]
    assert article["publisher"] == {"@id": f"{HERE}/#network"}
    assert article["mainEntityOfPage"] == f"{HERE}/news/dated-to-the-month/"
    head = head_of(visitor, "/news/not-dated/")
    assert "datePublished" not in head.graph["NewsArticle"]
    assert head.one("article:published_time") is None


def test_a_correction_is_the_day_of_the_last_change(visitor):
    builders.post("Wrong", "2022-03-01", correction="The month.", corrected_on="2022-04-01")
    article = head_of(visitor, "/news/wrong/").graph["NewsArticle"]
    assert article["datePublished"] == "2022-03-01"
    assert article["dateModified"] == "2022-04-01"


def test_an_overview_is_by_its_chair_while_the_chair_may_be_named(visitor, chair, group):
    house = builders.organisation("Code House")
    builders.affiliation(chair.person, house, "Director")
    draft = builders.overview(group, 2025, state="draft", lead="A lead.")
    publish(draft, by=chair)
    address = draft.get_absolute_url()
    assert head_of(visitor, address).graph["NewsArticle"]["author"] == [
        {
            "@type": "Person",
            "name": "Carla Chair",
            "jobTitle": "Chair",
            "affiliation": [{"@type": "Organization", "name": "Code House"}],
        }
    ]
    chair.person.bases.update(until=timezone.localdate())
    page = visitor.get(address).content.decode()
    assert "Carla" not in page
    assert Head(page).graph["NewsArticle"]["author"] == [
        {
            "@type": "Organization",
            "name": "Digitalisation",
            "url": f"{HERE}/working-groups/digitalisation/",
        }
    ]


def test_an_activity_is_an_event(visitor, group, on_day):
    on_day("2026-05-01")
    builders.activity("Short", "2026-05-05", place="Brussels", group=group, in_person=True,
                      start_time="09:30", end_time="12:00")  # fmt: skip
    builders.activity("Long", "2026-06", online_link="https://meet.example/1")
    builders.activity("Off", "2026-06-01", called_off=True, online_link="https://meet.example/2")
    event = head_of(visitor, "/activities/short/").graph["Event"]
    assert event["startDate"] == "2026-05-05T09:30:00+02:00"
    assert event["endDate"] == "2026-05-05T12:00:00+02:00"
    assert event["location"] == [{"@type": "Place", "name": "Brussels", "address": "Brussels"}]
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["organizer"]["name"] == "Digitalisation"
    event = head_of(visitor, "/activities/long/").graph["Event"]
    assert event["startDate"] == "2026-06"
    assert event["location"] == [{"@type": "VirtualLocation", "url": "https://meet.example/1"}]
    event = head_of(visitor, "/activities/off/").graph["Event"]
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert "location" not in event
    on_day("2026-08-01")
    assert "meet.example" not in visitor.get("/activities/long/").content.decode()


def test_names_cannot_break_out_of_the_head(visitor, site, group):
    site.name = site.tagline = site.introduction = HOSTILE
    site.save()
    for row, kind, name in (
        (builders.member(HOSTILE, summary=HOSTILE), "Organization", "name"),
        (builders.post(HOSTILE, lead=HOSTILE), "NewsArticle", "headline"),
        (builders.activity(HOSTILE, place=HOSTILE), "Event", "name"),
    ):
        page = visitor.get(row.get_absolute_url()).content.decode()
        head = Head(page)
        assert head.graph[kind][name] == HOSTILE
        assert "<b>" not in page.partition("</head>")[0]
        assert "<!--" not in page.partition("</head>")[0]
        assert head.one("og:title").startswith('A </script><b>"B"')


@pytest.mark.parametrize("text", ["", "Short.", "x" * 60, "x" * 400, "word " * 80, "é" * 201])
def test_a_description_has_50_to_200_characters(text):
    for title in ("T", "t" * 200):
        assert 50 <= len(described(text, title, "S")) <= 200


def test_a_long_description_ends_between_two_words():
    assert described("word " * 80, "Title", "Site").endswith("word…")


def test_a_short_description_says_what_it_is_about_once():
    text = described("News of Cluj IT", "Cluj IT", "The Alliance")
    assert text == "News of Cluj IT. From the record of The Alliance, a network of associations."


def test_what_staff_wrote_of_a_page_stands_in_its_description(visitor):
    Page.objects.create(key="about", title="About us", lead="What <we> are & do. " * 4)
    head = head_of(visitor, "/about/")
    assert head.one("description") == ("What <we> are & do. " * 4).strip()
