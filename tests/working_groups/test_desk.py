"""The desk: what a person finds there, and what it costs."""

import pytest

from tests import builders


@pytest.fixture(autouse=True)
def november(on_day, db):
    on_day("2026-11-22")


def test_a_chair_finds_the_group_and_the_overview_that_waits(chair, group, sign_in):
    builders.participation(builders.organisation(), group, "2026-09-01")
    page = sign_in(chair).get("/desk/")
    assert "Digitalisation" in page.text
    assert "/desk/groups/digitalisation/overviews/2026/" in page.text
    assert "/desk/groups/digitalisation/overviews/2025/" in page.text
    assert "1 joined" in page.text


def test_a_published_overview_no_longer_waits(chair, group, sign_in):
    builders.overview(group, 2025)
    builders.overview(group, 2026)
    page = sign_in(chair).get("/desk/")
    assert "Nothing waits." in page.text
    assert "/overviews/2026/" not in page.text


def test_a_former_chair_finds_the_years_to_finish_and_nothing_else(former_chair, group, sign_in):
    for year in (2020, 2021, 2022):
        builders.overview(group, year)
    page = sign_in(former_chair).get("/desk/")
    assert "/desk/groups/digitalisation/overviews/2023/" in page.text
    assert "/desk/groups/digitalisation/overviews/2022/" not in page.text
    assert 'href="/desk/groups/digitalisation/"' not in page.text


def test_a_former_chair_with_nothing_to_finish_has_an_empty_desk(former_chair, group, sign_in):
    for year in (2020, 2021, 2022, 2023):
        builders.overview(group, year)
    page = sign_in(former_chair).get("/desk/")
    assert "You have no role on record today" in page.text
    assert "Digitalisation" not in page.text


def test_who_has_no_role_is_told_so(sign_in):
    page = sign_in(builders.user()).get("/desk/")
    assert "You have no role on record today" in page.text
    assert "/admin/" not in page.text


def test_a_representative_finds_the_own_organisation(representative, other_representative, sign_in):
    page = sign_in(representative).get("/desk/")
    assert "Baltic Code Union" in page.text
    assert "Full member since" in page.text
    assert "Danube Software Houses" not in page.text


def test_staff_find_the_administration_and_their_drafts(editor, manager, sign_in):
    builders.post("My unfinished text", state="draft", author=editor)
    builders.post("Somebody else's text", state="draft", author=manager)
    page = sign_in(editor).get("/desk/")
    assert 'href="/admin/"' in page.text
    assert "My unfinished text" in page.text
    assert "Somebody else" not in page.text


def test_the_desk_costs_the_same_with_one_group_and_with_six(
    chair, group, sign_in, django_assert_max_num_queries
):
    client = sign_in(chair)
    builders.representation(chair.person, builders.member())
    client.get("/desk/")
    with django_assert_max_num_queries(18) as one:
        client.get("/desk/")
    for _number in range(5):
        another = builders.group()
        builders.role(chair.person, another)
        builders.overview(another, 2024)
        builders.participation(builders.organisation(), another, "2026-01-01")
        builders.representation(chair.person, builders.member())
    with django_assert_max_num_queries(len(one)):
        client.get("/desk/")


def test_a_groups_desk_shows_its_record_and_its_overviews_by_year(chair, group, sign_in):
    builders.participation(builders.organisation("Wisła Cyfrowa"), group, "2026-09-01")
    builders.overview(group, 2024, "A good year")
    builders.overview(group, 2025, state="draft")
    page = sign_in(chair).get("/desk/groups/digitalisation/")
    assert "Wisła Cyfrowa" in page.text
    assert "Write the 2026 overview" in page.text
    assert "A good year" in page.text
    assert "since 1\u00a0January 2024" in page.text
    assert page.text.count("<tr>") == 4  # the head, and 2024 to 2026


def test_a_groups_desk_costs_the_same_with_more_rows(
    chair, group, sign_in, django_assert_max_num_queries
):
    client = sign_in(chair)
    address = "/desk/groups/digitalisation/"
    builders.participation(builders.organisation(), group, "2026-02-01")
    client.get(address)
    with django_assert_max_num_queries(25) as one:
        client.get(address)
    for number in range(5):
        builders.overview(group, 2020 + number)
        builders.participation(builders.organisation(), group, "2026-02-01")
        builders.role(builders.person(), group, "secretary")
    with django_assert_max_num_queries(len(one)):
        client.get(address)


def test_no_cache_keeps_a_desk_page(chair, group, sign_in):
    page = sign_in(chair).get("/desk/groups/digitalisation/")
    assert "no-store" in page["Cache-Control"]
    assert "private" in page["Cache-Control"]


PATHS = {
    "/desk/": "everybody",
    "/desk/groups/digitalisation/": "public group",
    "/desk/groups/digitalisation/overviews/2023/": "draft",
    "/desk/groups/digitalisation/overviews/2023/preview/": "draft",
    "/desk/groups/digitalisation/overviews/2023/publish/": "draft",
    "/desk/groups/digitalisation/overviews/2023/versions/1/": "draft",
    "/desk/groups/digitalisation/overviews/2022/": "not begun",
    "/desk/groups/digitalisation/overviews/2025/": "published",
}
LEADERS = {"chair", "secretary", "editor", "manager", "superuser"}
# Who, besides those who lead the group and edit the site, may open it, and what the others get.
MAY = {
    "everybody": (None, 200),
    "public group": (set(), 403),
    "draft": ({"former_chair"}, 404),
    "not begun": ({"former_chair"}, 404),
    "published": (set(), 403),
}
CAST = (
    "chair", "secretary", "former_chair", "other_chair", "representative", "other_representative",
    "editor", "membership_officer", "manager", "superuser",
)  # fmt: skip


@pytest.fixture
def years(group, former_chair):
    """2023 is a draft with one version, 2025 is published, 2022 is not begun."""
    draft = builders.overview(group, 2023, state="draft")
    draft.versions.create(number=1, content={"title": "The year"})
    builders.overview(group, 2025)


@pytest.mark.parametrize("who", CAST)
@pytest.mark.parametrize("path", PATHS)
def test_who_may_open_what(years, sign_in, request, path, who):
    user = request.getfixturevalue(who)
    besides, otherwise = MAY[PATHS[path]]
    expected = 200 if besides is None or who in LEADERS | besides else otherwise
    if who == "secretary" and path.endswith("/publish/"):
        expected = 403  # who writes it may know of it, and the chair publishes it
    assert sign_in(user).get(path).status_code == expected


@pytest.mark.parametrize("path", PATHS)
def test_a_visitor_is_led_to_the_sign_in(years, visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 302
    assert answer.url == f"/accounts/login/?next={path}"


WRITES = [path for path in PATHS if "overviews" in path and "preview" not in path] + [
    "/desk/groups/digitalisation/overviews/2023/unschedule/"
]


@pytest.mark.parametrize("who", ["other_chair", "representative", "membership_officer"])
@pytest.mark.parametrize("path", WRITES)
def test_others_change_nothing(years, group, sign_in, request, path, who):
    before = list(group.overviews.order_by("year").values())
    facts = {"do": "save", "title": "Taken over", "edit_number": "0", "when": "now"}
    answer = sign_in(request.getfixturevalue(who)).post(path, facts)
    assert answer.status_code in {403, 404}
    assert list(group.overviews.order_by("year").values()) == before


@pytest.mark.parametrize("path", WRITES)
def test_a_visitor_changes_nothing(years, group, visitor, path):
    before = list(group.overviews.order_by("year").values())
    assert visitor.post(path, {"title": "Taken over"}).status_code == 302
    assert list(group.overviews.order_by("year").values()) == before


def test_a_group_that_does_not_exist(chair, sign_in):
    client = sign_in(chair)
    assert client.get("/desk/groups/nowhere/").status_code == 404
    assert client.get("/desk/groups/nowhere/overviews/2026/").status_code == 404


@pytest.mark.parametrize("year", ["0", "1", "2027", "9999", "99999999999999999999"])
def test_a_year_that_cannot_have_one_is_said_to_those_who_lead(chair, group, sign_in, year):
    page = sign_in(chair).get(f"/desk/groups/digitalisation/overviews/{year}/")
    assert page.status_code == 404
    assert "There can be no overview of that year" in page.text


@pytest.mark.parametrize("year", ["1990", "2027", "99999999999999999999"])
def test_a_year_that_cannot_have_one_is_nothing_to_others(other_chair, group, sign_in, year):
    page = sign_in(other_chair).get(f"/desk/groups/digitalisation/overviews/{year}/")
    assert page.status_code == 404
    assert "There can be no overview" not in page.text


def test_facts_are_promised_only_where_there_are_any(chair, group, sign_in):
    client = sign_in(chair)
    builders.overview(group, 2025)
    assert "The 2026 overview of Digitalisation waits." in client.get("/desk/").text
    assert "The facts of the year are in it already." not in client.get("/desk/").text
    builders.participation(builders.organisation(), group, "2026-09-01")
    assert "The facts of the year are in it already." in client.get("/desk/").text


def test_the_year_is_drawn_from_what_is_known_to_the_day_and_the_rest_is_counted(
    chair, group, sign_in
):
    builders.participation(builders.organisation("To the day"), group, "2026-09-01")
    builders.participation(builders.organisation("To the month"), group, "2026-03")
    page = sign_in(chair).get("/desk/groups/digitalisation/")
    (lane,) = page.context["dots"].lanes
    assert lane.text == "2, 1 of them without a day"
    assert [dot.title for dot in lane.dots] == ["To the day"]


def test_a_year_without_a_record_has_no_drawing(chair, group, sign_in):
    page = sign_in(chair).get("/desk/groups/digitalisation/")
    assert page.context["dots"] is None
    assert "Nothing is on record for this year yet" in page.text
