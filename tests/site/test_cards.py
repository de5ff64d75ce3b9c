"""The pictures of pages: there for every public page, whatever it is called, and for nothing else."""

import datetime
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver
from PIL import Image

from alliance_portal import cards, typesetting
from alliance_portal.brand import as_hex, palette
from alliance_portal.cards import Card, Time
from alliance_portal.models import SiteSettings
from alliance_portal.share_cards import CARDS, card_of
from alliance_portal.urls import public
from publishing.actions import publish, withdraw
from publishing.models import Page, Picture
from record.drawings import Axis, Period, bars
from tests import builders
from tests.browser.addresses import MACHINES
from tests.colours import Scheme, tokens
from tests.site.test_sharing import HERE, head_of, site, world  # noqa: F401  fixtures

pytestmark = pytest.mark.django_db
LARGEST = 40 * 1024  # bytes
DAY = datetime.date(2026, 11, 22)
NAMES = {
    "80 letters without a space": "Bundesverband" * 6 + "xx",
    "200 letters": ("The parliament votes on a rule that small companies can read. " * 4)[:200],
    "200 letters without a space": "M" * 200,
    "Greek": "Σύνδεσμος Επιχειρήσεων Πληροφορικής και Επικοινωνιών Ελλάδας",
    "Cyrillic": "Българска асоциация на софтуерните компании и Ђорђе Ћирић",
    "Central European": "Stowarzyszenie Łódź, Győr, Șerban, İzmir, Þórður, Ærø, ß",
    "both quotes": "‘Cluj’ “IT”: a – b — c…",
}


def pictured(client, address: str) -> Image.Image:
    response = client.get(address)
    assert response.status_code == 200, address
    assert response["Content-Type"] == "image/png"
    assert len(response.content) < LARGEST, address
    picture = Image.open(BytesIO(response.content))
    picture.load()
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    return picture


def test_every_page_names_a_picture_that_is_there(visitor, world):  # noqa: F811  a fixture
    for address in world:
        head = head_of(visitor, address)
        assert head.one("og:image") == f"{HERE}{address}card.png"
        assert head.one("og:image:width") == "1200"
        assert head.one("og:image:height") == "630"
        assert head.one("og:image:alt") == head.one("og:title")
        pictured(visitor, f"{address}card.png")


def names(patterns, before="") -> set[str]:
    found = set()
    for each in patterns:
        if isinstance(each, URLPattern):
            found.add(before + each.name)
        elif isinstance(each, URLResolver):
            found |= names(each.url_patterns, f"{each.namespace}:")
    return found


def test_no_public_page_is_without_one():
    assert names(public) - MACHINES == set(CARDS)


def test_pages_of_a_list_share_the_picture_of_the_list(visitor):
    for _number in range(25):
        builders.post()
    for address in ("/news/?page=2", "/news/?year=2026"):
        assert head_of(visitor, address).one("og:image") == f"{HERE}/news/card.png"


def test_a_text_is_shared_with_its_own_picture_if_that_is_large_enough(visitor):
    def picture(width, height):
        file = BytesIO()
        Image.new("RGB", (width, height)).save(file, "PNG")
        upload = SimpleUploadedFile("hall.png", file.getvalue(), "image/png")
        return Picture.objects.create(file=upload, alternative="A hall")

    builders.post("With a large one", slug="large", picture=picture(900, 600))
    builders.post("With a small one", slug="small", picture=picture(200, 100))
    head = head_of(visitor, "/news/large/")
    own = head.one("og:image")
    assert own.startswith(f"{HERE}/media/pictures/")
    assert (head.one("og:image:width"), head.one("og:image:height")) == ("900", "600")
    assert head.one("og:image:alt") == "A hall"
    sent = visitor.get(own.removeprefix(HERE))
    assert Image.open(BytesIO(b"".join(sent))).size == (900, 600)
    assert head.graph["NewsArticle"]["image"] == own
    small = head_of(visitor, "/news/small/")
    assert small.one("og:image") == f"{HERE}/news/small/card.png"


def test_what_nobody_may_read_has_no_picture(visitor, sign_in, editor, group, alliance):
    builders.post("Draft", state="draft", lead="A lead.")
    builders.post("For members", audience="members")
    builders.position("Draft position", state="draft")
    builders.overview(group, 2025, state="draft")
    builders.activity("Inside", audience="members")
    client = sign_in(editor)
    for page in (
        "/news/draft/", "/news/for-members/", "/policy/draft-position/", "/activities/inside/",
        "/working-groups/digitalisation/overviews/2025/", f"/organisations/{alliance.slug}/",
        "/desk/", "/admin/", "/accounts/login/", "/styleguide/", "/nowhere/", "/news/feed/",
        "/healthz", "/news/x/card.png/",
    ):  # fmt: skip
        for reader in (visitor, client):
            assert reader.get(f"{page.rstrip('/')}/card.png").status_code == 404, page


def test_what_was_withdrawn_is_gone_with_its_picture(visitor, editor):
    post = builders.post("Wrong", state="draft", lead="A lead.")
    publish(post, by=editor)
    pictured(visitor, "/news/wrong/card.png")
    withdraw(post, reason="The day was wrong.", by=editor)
    assert visitor.get("/news/wrong/card.png").status_code == 410


def test_the_picture_of_a_page_that_moved_is_found(visitor):
    post = builders.post("Old name")
    post.slug = "new-name"
    post.save()
    response = visitor.get("/news/old-name/card.png")
    assert response.status_code == 301
    assert response["Location"] == "/news/new-name/card.png"


def test_a_picture_that_somebody_holds_is_sent_again_only_after_a_change(visitor, member):
    address = f"/members/{member.slug}/card.png"
    first = visitor.get(address)
    held = {"If-None-Match": first["ETag"]}
    assert visitor.get(address, headers=held).status_code == 304
    member.name = "Another name"
    member.save()
    second = visitor.get(address, headers=held)
    assert second.status_code == 200
    assert second.content != first.content


def test_a_card_costs_few_queries_and_equal_ones_are_drawn_once(
    visitor, world, django_assert_max_num_queries  # noqa: F811  a fixture
):  # fmt: skip
    for address in world:
        with django_assert_max_num_queries(8):
            visitor.get(f"{address}card.png")
    drawn = cards.png.cache_info().misses
    visitor.get("/news/a-post/card.png?again")
    assert cards.png.cache_info().misses == drawn


def test_it_says_what_the_page_says(visitor, group, on_day):
    on_day("2026-11-22")
    SiteSettings.objects.update(name="The Alliance")
    member = builders.member("Cluj IT", kind="cluster", city="Cluj-Napoca", country="RO")
    overview = builders.overview(group, 2025, title="A year")
    activity = builders.activity("A talk", "2026-05-05", place="Brussels", called_off=True)
    position = builders.position("Ours", "2022-03", output="response")
    Page.objects.create(key="privacy", title="Your data")
    card = card_of(member.get_absolute_url())
    assert (card.site, card.title, card.kicker, card.foot) == (
        "The Alliance", "Cluj IT", "Cluster in Cluj-Napoca, Romania",
        "Full member since 1\N{NO-BREAK SPACE}January 2020",
    )  # fmt: skip
    assert [[bar.kind for bar in row] for row in card.time.rows] == [["full"]]
    card = card_of(overview.get_absolute_url())
    assert (card.kicker, card.year) == ("Digitalisation, yearly overview", "2025")
    card = card_of(activity.get_absolute_url())
    assert card.kicker == "Meeting, called off"
    assert card.foot == "5\N{NO-BREAK SPACE}May 2026, Brussels"
    card = card_of(position.get_absolute_url())
    assert (card.kicker, card.foot) == ("Consultation response", "March 2022")
    assert card_of("/privacy/").title == "Your data"
    assert card_of("/members/").foot == "1 member in 1 country."


# The drawing itself


def boxes() -> list[tuple[str, int]]:
    """Return for each kind of card how high the box of its title is, in pixels."""
    top = cards.TITLE_TOP + 50
    return [
        ("year", cards.YEAR_TOP - 40 - top),
        ("growth", cards.GROWTH_TOP - 14 - cards.TITLE_TOP),
        ("other", cards.FOOT_LINE - 44 - top),
    ]


@pytest.mark.parametrize("title", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(("_kind", "height"), boxes())
def test_a_title_stays_in_its_box(title, _kind, height):
    style, lines = cards.title_in(Card(site="S", title=title), height)
    assert all(typesetting.width_of(line, style) <= cards.INNER for line in lines)
    assert style.size * (1 + (len(lines) - 1) * cards.LEADING) <= height
    joined = "".join(lines).replace(" ", "")
    if len(title) <= 80:
        assert joined == title.replace(" ", "")
    else:
        assert joined.rstrip("…") == title.replace(" ", "")[: len(joined.rstrip("…"))]


def test_a_title_of_200_letters_stands_there_whole():
    title = ("Whether rules are short enough for those who must follow them " * 4)[:200].strip()
    for kind, height in boxes():
        if kind != "growth":  # nobody's title, but a tagline of at most 120 letters
            assert " ".join(cards.title_in(Card(site="S", title=title), height)[1]) == title


@pytest.mark.parametrize("title", NAMES.values(), ids=NAMES)
def test_no_text_runs_over_the_edge_of_the_picture(title):
    axis = Axis(datetime.date(2020, 1, 1), datetime.date(2027, 1, 1), DAY)
    row = bars([Period(first_day=datetime.date(2021, 1, 1))], axis)
    for more in (
        {"kicker": title, "foot": title},
        {"kicker": title, "year": "2025"},
        {"kicker": title, "foot": title, "time": Time.on(axis, [row])},
        {"foot": title, "time": Time.on(axis, [row] * 80)},
    ):
        drawn = cards.draw(Card(site=title, title=title, **more))
        paper = palette().paper
        for edge in ((0, 0, 60, 630), (0, 0, 1200, 40), (1140, 0, 1200, 490)):
            if "time" in more and edge[0] and len(more["time"].rows) > 1:
                continue  # what is announced lies beyond the margin
            colours = drawn.crop(edge).getcolors()
            assert [colour for _count, colour in colours] == [paper], (more, edge)


def test_a_title_in_a_script_that_the_faces_lack_gives_way_to_the_network():
    _style, lines = cards.title_in(Card(site="The Alliance", title="საქართველო"), 200)
    assert lines == ["The Alliance"]
    assert typesetting.settable("ATIC საქართველო (Georgia)\u2028\x00") == "ATIC (Georgia)"


def test_every_letter_that_the_stylesheet_promises_is_in_its_file():
    for family, path, ranges in typesetting.files():
        face = typesetting.font(path, 40, 400)
        missing = face.getmask("\uffff").getbbox(), face.getlength("\uffff")
        for letter in "AzőșςΩЩђ€–“":
            if any(ord(letter) in each for each in ranges):
                found = face.getmask(letter).getbbox(), face.getlength(letter)
                assert found != missing, (family, letter)


@pytest.mark.parametrize("name", ["paper", "ink", "quiet", "rule", "accent", "ended"])
def test_the_colours_are_those_of_the_stylesheet(name):
    token = {
        "ink": "--text", "quiet": "--text-quiet", "ended": "--time-ended"
    }.get(name, f"--{name}")  # fmt: skip
    drawn = as_hex(getattr(palette(), name))
    scheme = Scheme(tokens())
    assert scheme.luminance(drawn) == pytest.approx(scheme.luminance(token), abs=0.004)
    assert scheme.contrast(drawn, token) < 1.02


@pytest.mark.parametrize("kind", ["full", "regional", "sponsored", "ended_sponsored", "announced",
                                  "unknown", "ended_unknown", "ended"])  # fmt: skip
def test_each_state_of_a_bar_looks_different(kind):
    seen = set()
    for each in ("full", "regional", "sponsored", "announced", "unknown", "ended", kind):
        bar = bars([Period(first_day=datetime.date(2021, 1, 1))], axis_of_ten_years())[0]
        bar = type(bar)(bar.x, bar.width, each)
        time = Time(((bar,),), (), 60.0)
        seen.add(cards.draw(Card(site="S", title="T", time=time)).tobytes())
    assert len(seen) == len(
        {"full", "regional", "sponsored", "announced", "unknown", "ended", kind}
    )


def axis_of_ten_years() -> Axis:
    return Axis(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1), DAY)


# Icons


def test_browsers_and_phones_find_the_mark(visitor):
    links = head_of(visitor, "/").links
    icons = {link["href"]: link for link in links if "icon" in link.get("rel", "")}
    assert set(icons) == {"/favicon.ico", "/icon.svg", "/apple-touch-icon.png"}
    sizes = {}
    for address in icons:
        response = visitor.get(address)
        assert response.status_code == 200
        assert response["Cache-Control"] == "public, max-age=86400"
        assert "Set-Cookie" not in response
        assert len(response.content) < 4096
        if address != "/icon.svg":
            sizes[address] = Image.open(BytesIO(response.content)).size
    assert sizes == {"/favicon.ico": (48, 48), "/apple-touch-icon.png": (180, 180)}
    svg = visitor.get("/icon.svg").content.decode()
    assert as_hex(palette().accent) in svg
    assert as_hex(palette().accent_at_night) in svg


def test_the_bars_of_a_browser_take_the_colour_of_the_paper(visitor):
    page = visitor.get("/").content.decode()
    for scheme, colour in (("light", palette().paper), ("dark", palette().night)):
        assert (
            f'<meta name="theme-color" media="(prefers-color-scheme: {scheme})"'
            f' content="{as_hex(colour)}" data-scheme="{scheme}">'
        ) in page
