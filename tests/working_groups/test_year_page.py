"""One year of all groups: their overviews side by side, with totals."""

import pytest

from members.models import ShowingBasis
from news.models import Contribution
from tests import builders
from tests.site.test_home import text_of
from working_groups.sitemaps import YearSitemap

pytestmark = pytest.mark.django_db
ADDRESS = "/working-groups/overviews/2025/"


@pytest.fixture
def year(group, other_group):
    """2025: both groups worked on one position; the one met twice, to the other came one organisation."""
    position = builders.position("Open interfaces", printed="2025-06")
    for one in (group, other_group):
        Contribution.objects.create(group=one, position=position)
    builders.activity("Spring", "2025-04-01", group=group)
    builders.activity("Autumn", "2025-10-01", group=group)
    builders.participation(builders.organisation("Bit Alliance"), other_group, "2025-02-01")
    builders.role(builders.person("Paula Chair"), group, starts="2024")
    return [
        builders.frozen(builders.overview(one, 2025, title, lead=f"{title} it was."))
        for one, title in ((group, "Short"), (other_group, "Long"))
    ]


def rows_of(page: str) -> list[str]:
    body = page.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    return [" ".join(row.split()) for row in body.split("</tr>") if row.strip()]


def test_every_group_stands_with_its_figures_and_its_words(client, year):
    page = text_of(client.get(ADDRESS))
    first, second = rows_of(page)
    for overview in year:
        assert f'<a href="{overview.get_absolute_url()}"' in page
        assert f"{overview.title} it was." in page
    assert "Paula Chair, Chair" in page
    by_name = sorted(year, key=lambda overview: overview.group.name)
    for row, overview in zip((first, second), by_name, strict=True):
        assert f">{overview.group.name}</a>" in row


def test_what_two_groups_did_together_counts_once(client, year):
    page = text_of(client.get(ADDRESS))
    together = page.split("Together</h2>")[1].split("Side by side</h2>")[0]
    assert "position contributed to</dt>" in together
    assert "organisation joined</dt>" in together
    assert "meetings</dt>" in together


def test_a_list_that_is_not_complete_makes_the_total_a_least(client, year):
    page = text_of(client.get(ADDRESS))
    assert "at least" not in page
    year[0].frozen = year[0].frozen | {
        "sections": [
            section | {"complete": section["key"] != "activities"}
            for section in year[0].frozen["sections"]
        ]
    }
    year[0].save()
    together = text_of(client.get(ADDRESS)).split("Together</h2>")[1].split("Side by side")[0]
    assert together.count("at least") == 1


def test_groups_that_worked_and_told_nothing_are_named(client, year):
    silent, idle = builders.group("Silent"), builders.group("Idle")
    builders.participation(builders.organisation(), silent, "2024")
    builders.participation(builders.organisation(), idle, "2026")
    builders.overview(silent, 2025, state="draft")
    told = text_of(client.get(ADDRESS)).split("No overview of this year is published of:")[1]
    told = told.split("</p>")[0]
    assert silent.get_absolute_url() in told
    assert "Idle" not in told


def test_a_year_without_public_overviews_has_no_page(client, year, group):
    builders.overview(group, 2023, state="draft")
    builders.overview(group, 2022, audience="group")
    for number in (2021, 2022, 2023, 99999):
        assert client.get(f"/working-groups/overviews/{number}/").status_code == 404
        assert client.get(f"/working-groups/overviews/{number}/card.png").status_code == 404


def test_what_happens_later_does_not_change_it(client, year, group):
    builders.activity("Forgotten", "2025-12-01", group=group)
    before = text_of(client.get(ADDRESS))
    assert "meetings</dt>" in before
    assert "3" not in before.split("meetings</dt>")[1].split("</dd>")[0]


def test_a_name_without_a_basis_leaves_it(client, year):
    ShowingBasis.objects.all().delete()
    assert "Paula Chair" not in text_of(client.get(ADDRESS))


def test_years_lead_to_each_other_and_the_list_of_groups_to_the_latest(client, year, group):
    builders.frozen(builders.overview(group, 2024, "Before"))
    page = text_of(client.get(ADDRESS))
    assert '<a href="/working-groups/overviews/2024/">2024</a>' in page
    assert '<a href="/working-groups/overviews/2025/" aria-current="page">2025</a>' in page
    assert f'href="{ADDRESS}"' in text_of(client.get("/working-groups/"))
    assert sorted(one.year for one in YearSitemap().items()) == [2024, 2025]


def test_an_overview_without_a_frozen_record_stands_without_figures(client, group):
    builders.overview(group, 2025, "Bare")
    page = text_of(client.get(ADDRESS))
    assert "Bare" in page
    assert "Together" not in page


def test_it_costs_the_same_for_many_groups(client, year, django_assert_num_queries):
    with django_assert_num_queries(6):
        client.get(ADDRESS)
    for number in range(4):
        another = builders.group(f"Group {number}")
        builders.role(builders.person(), another, starts="2024")
        builders.frozen(builders.overview(another, 2025))
        builders.participation(builders.organisation(), builders.group(), "2025")
    with django_assert_num_queries(6):
        client.get(ADDRESS)
