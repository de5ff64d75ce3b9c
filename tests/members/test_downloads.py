"""What a page of the directory shows can be downloaded: the same organisations in the same order."""

import csv
import io
import json
import re

import pytest

from members.models import Alias
from tests import builders
from tests.members.pages import MOST_QUERIES, links_in, many_members, names_in, queries_of

pytestmark = pytest.mark.django_db


def body(response) -> str:
    assert response.status_code == 200
    return b"".join(response).decode("utf-8")


def rows_in(response, delimiter=",") -> list[dict[str, str]]:
    text = body(response).removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter))


def csv_of(visitor, query="") -> list[dict[str, str]]:
    return rows_in(visitor.get(f"/members/members.csv{query}"))


def json_of(visitor, query="") -> dict:
    return json.loads(body(visitor.get(f"/members/members.json{query}")))


@pytest.fixture
def some(on_day):
    on_day("2026-11-22")
    facility, commission = builders.organisation("Facility"), builders.organisation("Commission")
    atic = builders.organisation(
        "ATIC", country="MD", city="Chișinău", kind="national_association",
        website="https://atic.example.org/", summary="Of Moldova.",
    )  # fmt: skip
    atic.founded = builders.days("2006-05")
    atic.save()
    builders.membership(
        atic, "2022-03", "2023-02", "sponsored", sponsor=facility, on_behalf_of=commission
    )
    Alias.objects.create(organisation=atic, name="Moldovan Association of ICT", kind="native")
    Alias.objects.create(organisation=atic, name="Attic", kind="misspelt")
    builders.member("Baltic Code", "2012-01-01", country="LV", kind="cluster")
    builders.member("Later Guild", "2027", country="PT")
    builders.organisation("Only a guest")
    builders.organisation("The Alliance", is_alliance=True)


ALL = "state=member&state=announced&state=former"


def all_pages(visitor, query) -> list[str]:
    """Return every name that the pages of the directory show, from the first page to the last."""
    page = visitor.get(f"/members/?{query}")
    number = page.context["page"].paginator.num_pages
    return [
        name
        for n in range(1, number + 1)
        for name in names_in(visitor.get(f"/members/?{query}&page={n}"))
    ]


@pytest.mark.parametrize(
    "query",
    ["", ALL, "sort=-name", f"{ALL}&sort=-since", "country=LV&country=EE&sort=longest",
     "q=association+1", "on=2021", "on=nonsense", "kind=cluster", "view=table&sort=country",
     "view=map", "page=2"],
)  # fmt: skip
def test_a_file_holds_exactly_what_all_pages_show_in_their_order(visitor, some, query):
    many_members(60)
    shown = all_pages(visitor, re.sub("view=\\w+|page=2", "", query))
    assert shown
    assert [row["Organisation"] for row in csv_of(visitor, f"?{query}")] == shown
    data = json_of(visitor, f"?{query}")
    assert [one["name"] for one in data["organisations"]] == shown
    assert data["number"] == len(shown)


def test_the_page_links_to_the_files_of_what_it_shows(visitor, some):
    page = visitor.get("/members/?view=cards&country=MD&state=former&on=March+2025&sort=-name")
    files = [url for url in links_in(page) if url.startswith("/members/members.")]
    assert len(files) == 3
    for url in files[:2]:
        delimiter = ";" if "semicolon" in url else ","
        assert [row["Organisation"] for row in rows_in(visitor.get(url), delimiter)] == ["ATIC"]
    data = json.loads(body(visitor.get(files[2])))
    assert data["on"] == "2025-03-01"
    assert data["page"].endswith("/members/?state=former&country=MD&on=2025-03&sort=-name")


def test_nothing_shown_is_a_file_with_headers_only(visitor, some):
    assert csv_of(visitor, "?q=zzzzzz") == []
    assert json_of(visitor, "?q=zzzzzz")["organisations"] == []
    assert not [url for url in links_in(visitor.get("/members/?q=zzzzzz")) if ".csv" in url]


def test_a_line_has_the_words_of_the_record_with_dates_as_precise_as_they_are_known(visitor, some):
    [line] = csv_of(visitor, "?state=former")
    assert line == {
        "Organisation": "ATIC",
        "Other names": "Moldovan Association of ICT",
        "Kind": "National association",
        "Country code": "MD",
        "Country": "Moldova",
        "City": "Chișinău",
        "Region": "",
        "Founded": "2006-05",
        "Website": "https://atic.example.org/",
        "State on 2026-11-22": "Former member",
        "Category": "Sponsored",
        "First day": "2022-03",
        "First day is": "Stated",
        "Last day": "2023-02",
        "Last day is": "Stated",
        "Sponsor": "Facility",
        "On behalf of": "Commission",
        "Page": line["Page"],
    }
    assert line["Page"].endswith("/members/atic/")
    assert line["Page"].startswith("http")


def test_an_open_end_and_a_year_are_not_made_up_into_days(visitor, some):
    assert [
        (line["First day"], line["Last day"], line["Last day is"])
        for line in csv_of(visitor, "?state=member&state=announced")
    ] == [("2012-01-01", "", "Open, no end"), ("2027", "", "Open, no end")]


def test_json_has_the_whole_history_of_each(visitor, some):
    [atic] = json_of(visitor, "?state=former")["organisations"]
    assert atic["memberships"] == [
        {
            "category": "sponsored",
            "first_day": "2022-03",
            "first_day_is": "stated",
            "last_day": "2023-02",
            "last_day_is": "stated",
            "sponsor": "Facility",
            "on_behalf_of": "Commission",
        }
    ]
    assert atic["other_names"] == [{"name": "Moldovan Association of ICT", "language": ""}]
    assert (atic["state"], atic["category"], atic["founded"]) == ("former", "sponsored", "2006-05")


def test_json_says_what_of_the_address_was_not_understood(visitor, some):
    notes = json_of(visitor, "?on=some+day&colour=blue&country=xx")["notes"]
    assert [note.partition(":")[0][:22] for note in notes] == [
        "'some day' is not a da",
        "There is no filter cal",
        "Country",
    ]


@pytest.mark.parametrize("name", ["=1+1", "+49 Bund", "-Verband", "@home", "\tTab", "\rReturn"])
def test_no_name_becomes_a_formula(visitor, name):
    builders.member(name, slug="odd-name", city="=cmd|' /C calc'!A0")
    [line] = csv_of(visitor)
    assert line["Organisation"] == f"'{name}"
    assert line["City"].startswith("'=")


def test_a_file_opens_right_where_the_comma_is_a_decimal_point_and_where_it_is_not(visitor, some):
    assert visitor.get("/members/members.csv").getvalue().startswith(b"\xef\xbb\xbf")
    lines = rows_in(visitor.get("/members/members.csv?delimiter=semicolon&state=former"), ";")
    assert lines[0]["City"] == "Chișinău"


@pytest.mark.parametrize(
    ("ending", "kind"), [("csv", "text/csv; charset=utf-8"), ("json", "application/json")]
)
def test_a_file_is_named_after_the_day_and_held_as_pages_are(visitor, some, ending, kind):
    address = f"/members/members.{ending}?on=2022-04-14"
    answer = visitor.get(address)
    assert answer["Content-Type"] == kind
    assert answer["Content-Disposition"] == f'attachment; filename="members-2022-04-14.{ending}"'
    assert set(answer["Cache-Control"].split(", ")) == {"public", "no-cache"}
    assert not answer.cookies
    assert answer.streaming
    held = {"If-None-Match": answer["ETag"]}
    assert visitor.get(address, headers=held).status_code == 304
    builders.member("Newcomer")
    assert visitor.get(address, headers=held).status_code == 200


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_file_costs_the_same_at_30_and_at_300(ending):
    sponsor = builders.organisation("Facility")

    def queries():
        return queries_of(f"/members/members.{ending}?{ALL}&sort=-since&q=assoc")

    many_members(30, sponsor=sponsor)
    few = queries()
    many_members(270, sponsor=sponsor)
    assert queries() == few <= MOST_QUERIES
