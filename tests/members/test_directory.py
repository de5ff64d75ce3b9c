"""Visitors browse members: the directory, its filters, its days."""

import re

import pytest
from django.http import QueryDict

from members.asof import day_asked
from tests import builders
from tests.members.pages import (
    MOST_QUERIES,
    links_in,
    many_members,
    names_in,
    queries_of,
    text_of,
)

pytestmark = pytest.mark.django_db


def listed(visitor, query="") -> list[str]:
    response = visitor.get(f"/members/{query}")
    assert response.status_code == 200
    return names_in(response)


@pytest.fixture
def cluster(on_day):
    """Founded in the spring, announced in December, a member from 1 January 2023 to end of 2025."""
    on_day("2022-12-31")
    return builders.member("Cluj IT Cluster", "2023-01-01", "2025-12-31", country="RO")


# The state on a day


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2022-12-31", "announced"),
        ("2023-01-01", "member"),
        ("2025-12-31", "member"),
        ("2026-01-01", "former"),
    ],
)
def test_the_state_changes_with_the_day_and_with_nothing_else(visitor, cluster, on_day, day, state):
    on_day(day)
    assert (cluster.name in listed(visitor)) is (state == "member")
    for asked in ("member", "announced", "former"):
        assert (cluster.name in listed(visitor, f"?state={asked}")) is (asked == state)


@pytest.mark.parametrize(
    ("day", "listed_then"),
    [("2022-12-31", False), ("2023-01-01", True), ("2025-12-31", True), ("2026-01-01", False)],
)
def test_any_day_can_be_asked_for(visitor, cluster, on_day, day, listed_then):
    on_day("2026-11-22")
    assert (cluster.name in listed(visitor, f"?on={day}")) is listed_then


def test_midnight_is_that_of_the_site(visitor, cluster, time_machine):
    time_machine.move_to("2022-12-31T23:30:00+00:00")  # half past midnight in Brussels
    assert cluster.name in listed(visitor)


def test_the_day_asked_for_stands_in_the_title(visitor, cluster):
    page = visitor.get("/members/?on=2023-04-14")
    assert "<title>Members on 14\xa0April 2023" in page.content.decode()
    assert "Members on 14 April 2023" in text_of(page)


@pytest.mark.parametrize(
    ("typed", "day", "said"),
    [
        ("2022-04-14", "2022-04-14", "14\u00a0April 2022 was a Thursday."),
        ("14 April 2022", "2022-04-14", "14\u00a0April 2022 was a Thursday."),
        ("14.4.2022", "2022-04-14", "14\u00a0April 2022 was a Thursday."),
        ("14.04.2022", "2022-04-14", "14\u00a0April 2022 was a Thursday."),
        (" 14\u00a0April 2022 ", "2022-04-14", "14\u00a0April 2022 was a Thursday."),
        (
            "March 2022",
            "2022-03-01",
            "March 2022 stands for its first day, 1\u00a0March 2022, a Tuesday.",
        ),
        (
            "2022-03",
            "2022-03-01",
            "March 2022 stands for its first day, 1\u00a0March 2022, a Tuesday.",
        ),
        (
            "2022",
            "2022-01-01",
            "2022 stands for its first day, 1\u00a0January 2022, a Saturday.",
        ),
        ("22.11.2026", "2026-11-22", "22\u00a0November 2026 is today, a Sunday."),
        (
            "2027-01-01",
            "2027-01-01",
            "1\u00a0January 2027 will be a Friday: what is announced so far is counted.",
        ),
    ],
)
def test_a_day_is_read_as_people_type_it_and_read_back(visitor, on_day, typed, day, said):
    on_day("2026-11-22")
    query = QueryDict(mutable=True)
    query["on"] = typed
    asked = day_asked(query)
    assert (asked.day.isoformat(), asked.day_given, asked.said) == (day, True, said)
    for address in ("/members/", "/members/networks/"):
        page = visitor.get(address, {"on": typed})
        assert f'id="asof-said">{said}</p>' in page.content.decode()


@pytest.mark.parametrize("typed", ["2022-13-45", "tomorrow", "0000", "9" * 5000, "\0", "2500"])
def test_a_day_that_is_none_is_said_at_the_field_and_today_is_shown(visitor, member, typed):
    page = visitor.get("/members/", {"on": typed})
    assert page.status_code == 200
    assert names_in(page) == [member.name]
    if typed != "\0":
        assert "is not a day. Write 14 April 2022" in text_of(page)
        field = re.search(r'<input id="asof"[^>]*>', page.content.decode()).group()
        assert f'value="{typed[:40]}' in field  # what was typed stays
        assert 'aria-invalid="true" aria-describedby="asof-said"' in field
        assert '<p class="field__error asof__line" id="asof-said">' in page.content.decode()


def test_a_month_stays_a_month_in_every_link_of_the_page(visitor, member):
    page = visitor.get("/members/?on=March+2022")
    kept = {QueryDict(url.partition("?")[2]).get("on") for url in links_in(page) if "view=" in url}
    assert kept == {"2022-03"}


def test_a_day_before_the_first_on_record_leads_to_the_first(visitor, on_day, member):
    on_day("2026-11-22")
    page = visitor.get("/members/?on=1999-01-01")
    assert "Nobody was a member yet. The record begins on 1 January 2020." in text_of(page)
    [(_label, first)] = page.context["empty"]["links"]
    assert listed(visitor, first) == [member.name]


# Filters


@pytest.fixture
def some(db):
    """Six organisations that differ in everything the directory can be filtered by."""
    sponsor = builders.organisation("Facility", kind="public_body")
    made = {
        "baltic": builders.member("Baltic Code", country="LV", kind="national_association"),
        "danube": builders.member("Danube Houses", country="HU", kind="cluster"),
        "adria": builders.member("Adria Link", category="regional", country="HR", region="Split"),
        "former": builders.member("Former Forum", "2010-01-01", "2015-12-31", country="LV"),
        "later": builders.member("Later Union", "2190-01-01", country="PT"),
    }
    made["atic"] = builders.organisation("ATIC", country="MD")
    builders.membership(made["atic"], "2020", "2190", "sponsored", sponsor=sponsor)
    network = builders.network("Eastern network")
    builders.place(network, made["atic"])
    builders.place(network, made["danube"], "2010", "2015")
    skills, standards = builders.group("Skills"), builders.group("Standards")
    builders.participation(made["baltic"], skills)
    builders.participation(made["danube"], skills, "2010", "2012")
    builders.participation(made["danube"], standards)
    return made


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", "Adria Link, ATIC, Baltic Code, Danube Houses"),
        ("?state=former", "Former Forum"),
        ("?state=announced", "Later Union"),
        ("?state=former&state=announced", "Former Forum, Later Union"),
        ("?category=regional", "Adria Link"),
        ("?category=regional&category=sponsored", "Adria Link, ATIC"),
        ("?country=LV", "Baltic Code"),
        ("?country=LV&country=HR", "Adria Link, Baltic Code"),
        ("?country=LV&state=member&state=former", "Baltic Code, Former Forum"),
        ("?network=eastern-network", "ATIC"),
        ("?network=eastern-network&on=2012-05-05&state=announced", "Danube Houses"),
        ("?group=skills", "Baltic Code"),
        ("?group=skills&group=standards", "Baltic Code, Danube Houses"),
        ("?kind=cluster", "Danube Houses"),
        ("?sponsor=facility", "ATIC"),
        ("?q=danub", "Danube Houses"),
        ("?q=danub&country=LV", ""),
        ("?on=2012-05-05", "Former Forum"),
    ],
)
def test_filters_let_through_what_they_say(visitor, some, query, names):
    assert ", ".join(listed(visitor, query)) == names


# The number beside each choice


def counts_in(page) -> dict[str, int]:
    counts = page.context["counts"]
    return {f"{name} {value}": n for name, one in counts.items() for value, n in one.items()}


def test_beside_each_choice_stands_how_many_it_would_show(visitor, some):
    counts = counts_in(visitor.get("/members/"))
    assert {name: n for name, n in counts.items() if n} == {
        "state member": 4, "state announced": 1, "state former": 1,
        "category full": 2, "category regional": 1, "category sponsored": 1,
        "country LV": 1, "country HU": 1, "country HR": 1, "country MD": 1,
        "network eastern-network": 1, "group skills": 1, "group standards": 1,
        "kind national_association": 1, "kind cluster": 1, "kind other": 2,
        "sponsor facility": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    "query",
    ["", "?state=former&state=member", "?country=LV&state=former", "?group=skills", "?q=code",
     "?network=eastern-network&category=sponsored", "?on=2012-05-05", "?kind=cluster&country=HU"],
)  # fmt: skip
def test_a_count_is_what_choosing_shows(visitor, some, query):
    page = visitor.get(f"/members/{query}")
    for name, numbers in page.context["counts"].items():
        for value, number in numbers.items():
            asked = page.wsgi_request.GET.copy()
            asked.setlist(name, [value])
            assert len(listed(visitor, f"?{asked.urlencode()}")) == number, (name, value)


def test_what_is_chosen_stays_offered_when_it_shows_nothing(visitor, some):
    page = visitor.get("/members/?country=LV&q=danube")
    assert counts_in(page)["country LV"] == 0
    assert '<input type="checkbox" name="country" value="LV" checked>' in page.content.decode()


def test_a_chip_takes_one_choice_off_and_keeps_the_others(visitor, some):
    page = visitor.get("/members/?country=LV&country=HR&group=skills&on=2024-05-01&sort=longest")
    chips = dict(page.context["chips"])
    assert list(chips) == ["Latvia", "Croatia", "Skills", "On 1\xa0May 2024"]
    left = QueryDict(chips["Latvia"].removeprefix("?"))
    assert left.getlist("country") == ["HR"]
    assert left["group"] == "skills"
    assert left["on"] == "2024-05-01"
    assert left["sort"] == "longest"
    assert "on" not in QueryDict(chips["On 1\xa0May 2024"].removeprefix("?"))


@pytest.mark.parametrize("query", ["country=LV", "state=member&country=LV", "q=&country=LV"])
def test_the_default_state_is_no_chip_and_in_no_address(visitor, some, query):
    page = visitor.get(f"/members/?{query}")
    assert [label for label, _url in page.context["chips"]] == ["Latvia"]
    assert "state=" not in page.context["today_url"]


def test_filters_survive_paging(visitor):
    for number in range(30):
        builders.member(f"Alpha {number:02}", country="LV")
        builders.member(f"Beta {number:02}", country="EE")
    page = visitor.get("/members/?country=LV&sort=longest&on=2024-05-01")
    assert len(names_in(page)) == 24
    [following] = {url for url in links_in(page) if "page=2" in url}
    second = visitor.get(f"/members/{following}")
    assert len(names_in(second)) == 6
    assert all(name.startswith("Alpha") for name in names_in(second))
    assert not set(names_in(page)) & set(names_in(second))
    assert second.context["asked"].sort == "longest"


# Order


def test_longest_first_counts_days_and_not_gaps(visitor, on_day):
    on_day("2026-01-01")
    builders.member("Since 2015", "2015-01-01")
    broken = builders.member("With a gap", "2000-01-01", "2004-12-31")
    builders.membership(broken, "2024-01-01")
    builders.member("Since 2010", "2010-01-01")
    builders.member("Since 2025", "2025-01-01")
    assert listed(visitor, "?sort=longest") == [
        "Since 2010",
        "Since 2015",
        "With a gap",
        "Since 2025",
    ]
    assert listed(visitor) == ["Since 2010", "Since 2015", "Since 2025", "With a gap"]


def test_the_day_asked_for_decides_how_long(visitor, on_day):
    on_day("2026-01-01")
    builders.member("Old and left", "2000-01-01", "2004-12-31")
    builders.member("New and lasting", "2004-01-01")
    both = "?state=member&state=former&sort=longest"
    assert listed(visitor, both) == ["New and lasting", "Old and left"]
    assert listed(visitor, f"{both}&on=2005-06-01") == ["Old and left", "New and lasting"]


# What nobody may see, and what nobody understands


def test_the_alliance_is_in_no_list_and_no_count(visitor, alliance, member):
    page = visitor.get("/members/")
    assert names_in(page) == [member.name]
    assert text_of(page).startswith("Home Members Members 1 member in 1 country.")
    assert counts_in(page)["state member"] == 1
    assert listed(visitor, "?q=alliance&state=member&state=former&state=announced") == []


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?country=xx", "Country: nothing here is called 'xx', so it was left out."),
        ("?state=bogus", "State: nothing here is called 'bogus', so it was left out."),
        ("?group=nobody", "nothing here is called 'nobody'"),
        ("?network=%00", "nothing here is called"),
        ("?page=abc", "'abc' is not the number of a page: this is the first one."),
        ("?page=99", "There is no page 99: this is the last one."),
        ("?page=-3", "this is the first one."),
        ("?sort=size", "The list cannot be sorted by 'size'."),
        ("?q=" + "x" * 5000, "It has more than 100 characters."),
        ("?colour=blue", "There is no filter called 'colour'."),
        ("?q=a%00b", "Name, place or acronym: this was left out."),
        ("?on=2022-13-45&country=LV", "'2022-13-45' is not a day."),
    ],
)
def test_what_is_not_understood_is_said_and_the_rest_counts(visitor, some, query, sentence):
    page = visitor.get(f"/members/{query}")
    assert page.status_code == 200
    assert sentence in text_of(page)
    assert "Baltic Code" in names_in(page)


def test_a_known_choice_counts_beside_an_unknown_one(visitor, some):
    assert listed(visitor, "?country=xx&country=LV") == ["Baltic Code"]


def test_nothing_found_says_what_to_try(visitor, some):
    page = visitor.get("/members/?q=former")
    assert "No organisation fits all of this." in text_of(page)
    [(_label, wider), _all] = page.context["empty"]["links"]
    assert listed(visitor, wider) == ["Former Forum"]


def test_an_empty_record_says_so(visitor, alliance):
    page = visitor.get("/members/")
    assert "The record has no members yet." in text_of(page)


# What a row says


def test_a_row_says_name_place_state_and_the_whole_history(visitor, on_day):
    on_day("2026-11-22")
    forum = builders.member(
        "Hellenic Forum", "2011-01-01", "2015-12-31", city="Athens", country="GR"
    )
    builders.membership(forum, "2018-01-01")
    page = visitor.get("/members/")
    assert "Hellenic Forum Athens, Greece Full member since 1 January 2018" in text_of(page)
    said = (
        "Full member, 1\xa0January 2011 to 31\xa0December 2015; Full member since 1\xa0January 2018"
    )
    assert f'aria-label="{said}"' in page.content.decode()


def test_an_unknown_start_is_said(visitor):
    row = builders.membership(
        builders.organisation("BITMi"), "2019-09-11", category="not_on_record"
    )
    row.start_basis = "not_on_record"
    row.save()
    assert "Member, category not on record since when is not on record" in text_of(
        visitor.get("/members/")
    )


def test_a_member_of_no_known_category_counts_in_the_total_only(visitor):
    builders.member("Somebody", category="not_on_record")
    counts = counts_in(visitor.get("/members/"))
    assert counts["state member"] == 1
    assert counts["category full"] == counts["category regional"] == 0


# What it costs


@pytest.mark.parametrize(
    "query",
    ["", "?q=assoc&country=LV&group=skills&network=east&state=former&state=member",
     "?on=2021-05-05&sort=longest&category=full&kind=cluster", "?page=2"],
)  # fmt: skip
def test_the_directory_costs_the_same_at_30_and_at_300(query):
    group, network = builders.group("Skills"), builders.network("East")
    sponsor = builders.organisation("Facility")

    facts = {"in_group": group, "in_network": network, "sponsor": sponsor}
    many_members(30, **facts)
    few = queries_of(f"/members/{query}")
    many_members(270, **facts)
    assert queries_of(f"/members/{query}") == few <= MOST_QUERIES


def test_a_filter_without_any_choice_is_not_drawn(visitor, member, group):
    def drawn():
        return "<legend>Working group</legend>" in visitor.get("/members/").content.decode()

    assert not drawn()
    builders.participation(member, group)
    assert drawn()
