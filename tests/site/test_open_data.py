"""/data/: the record as files, and how they are described."""

import csv
import io
import json

import pytest

from alliance_portal import open_data
from members.models import Alias
from tests import builders
from tests.members.pages import MOST_QUERIES, queries_of, text_of

pytestmark = pytest.mark.django_db
NAMES = list(open_data.FILES)


def rows_of(visitor, name, ending="json", query=""):
    response = visitor.get(f"/data/{name}.{ending}{query}")
    assert response.status_code == 200
    text = response.content.decode()
    if ending == "json":
        return json.loads(text)[name]
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def test_the_page_names_licence_citation_and_every_column(visitor):
    page = text_of(visitor.get("/data/"))
    assert "CC BY 4.0" in page
    assert "Cite it" in page
    for file in open_data.FILES.values():
        for column in file.columns:
            assert column.name in page
            assert str(column.about) in page


def test_first_and_last_day_are_both_included_with_their_precision(visitor):
    of = builders.organisation("Cluj IT", slug="cluj-it")
    builders.membership(of, "2022-03", "2023-02", category="full")
    (row,) = rows_of(visitor, "memberships")
    assert (row["first_day"], row["first_day_precision"]) == ("2022-03-01", "month")
    assert (row["last_day"], row["last_day_precision"]) == ("2023-02-28", "month")
    assert row["member"] == "cluj-it"
    assert row["announced"] is False


def test_what_is_announced_is_there_and_marked(visitor, on_day):
    on_day("2022-12-31")
    builders.member("Cluj IT", "2023-01-01")
    assert rows_of(visitor, "memberships")[0]["announced"] is True
    assert rows_of(visitor, "memberships", "csv")[0]["announced"] == "true"
    assert rows_of(visitor, "members")[0]["state"] == "announced"
    on_day("2023-01-01")
    assert rows_of(visitor, "memberships")[0]["announced"] is False
    assert rows_of(visitor, "members")[0]["state"] == "member"


def test_both_forms_say_the_same(visitor, group):
    of = builders.member("Vojvođanski IKT-klaster", country="RS")
    Alias.objects.create(organisation=of, name="VOICT", kind="acronym")
    builders.participation(of, group)
    builders.position("A paper")
    for name in NAMES:
        (one,), (other,) = rows_of(visitor, name), rows_of(visitor, name, "csv")
        assert one.keys() == other.keys()
        for column, value in one.items():
            text = "; ".join(value) if isinstance(value, list) else value
            text = str(text).lower() if isinstance(value, bool) else text
            assert other[column] == ("" if text is None else str(text)), column


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_every_row_is_on_one_page_and_the_next_page_is_named(
    visitor, monkeypatch, ending, settings
):
    monkeypatch.setattr(open_data, "PAGE_SIZE", 2)
    made = {builders.member(f"Member {number}").slug for number in range(5)}
    address, found, pages = f"/data/members.{ending}", [], 0
    while address:
        query = address.partition("?")[2]
        found += [row["id"] for row in rows_of(visitor, "members", ending, query and f"?{query}")]
        link = visitor.get(address).get("Link", "")
        address = link.partition(">")[0].removeprefix(f"<{settings.SITE_URL}")
        pages += 1
    assert pages == 3
    assert len(found) == 5
    assert set(found) == made


def test_nothing_is_in_them_that_is_not_public(visitor, alliance, group):
    builders.role(builders.person("Hidden Chair", shown=False), group)
    builders.position("A draft", state="draft")
    builders.position("For members", audience="members")
    builders.organisation("A mere guest")
    everything = "".join(
        visitor.get(f"/data/{name}.{ending}").content.decode()
        for name in NAMES
        for ending in ("csv", "json")
    )
    for secret in ("Hidden Chair", "A draft", "For members", "A mere guest", alliance.name):
        assert secret not in everything.replace(f'"source": "{alliance.name}"', "")


def test_a_cell_is_no_formula(visitor):
    builders.member('=HYPERLINK("http://example.org")')
    assert rows_of(visitor, "members", "csv")[0]["name"].startswith("'=")


@pytest.mark.parametrize("name", NAMES)
def test_any_site_may_read_them_and_ask_with_a_condition(visitor, name):
    first = visitor.get(f"/data/{name}.json")
    again = visitor.get(f"/data/{name}.json", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    for response in (first, again):
        assert response["Access-Control-Allow-Origin"] == "*"
    asked = visitor.options(f"/data/{name}.json")
    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Headers"] == "If-None-Match"
    assert "Access-Control-Allow-Origin" not in visitor.get("/data/")


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30, "１"])
def test_a_page_that_means_nothing_is_answered_with_a_sentence(visitor, after):
    response = visitor.get(f"/data/members.json?after={after}")
    assert response.status_code == 400
    assert "next page" in response.content.decode()


def test_there_are_no_other_files(visitor):
    assert visitor.get("/data/people.json").status_code == 404


@pytest.mark.parametrize("name", NAMES)
def test_a_file_costs_the_same_with_one_row_and_with_many(name, group):
    def make():
        of = builders.organisation()
        builders.membership(
            of, "2020-01-01", "2030-01-01", "sponsored", sponsor=builders.organisation()
        )
        builders.participation(of, group)
        builders.position(policy_file=None)

    make()
    few = queries_of(f"/data/{name}.json")
    for _number in range(3):
        make()
    assert queries_of(f"/data/{name}.json") == few <= MOST_QUERIES
