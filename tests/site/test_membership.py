"""What membership brings and takes: staff's words, and what the record shows of the last twelve months."""

import datetime

import pytest
from django.utils import timezone

from members.models import Benefit, CategoryTerms
from news.models import Opportunity
from publishing.models import Resource, Topic
from record.days import PartialDate
from tests import builders
from tests.site.test_home import text_of
from working_groups.models import Initiative

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(on_day):
    on_day("2026-11-25")


def shown(visitor) -> str:
    return text_of(visitor.get("/membership/"))


def initiative(of, title: str, starts="2026-01") -> Initiative:
    row = Initiative(group=of, title=title)
    row.set_days(builders.days(starts), None)
    row.save()
    return row


def part(page: str, area: str, after: str) -> str:
    """Return what stands between the heading of an area and what comes after it."""
    return page.split(f">{area}</h3>")[1].split(after, maxsplit=1)[0]


def test_an_area_without_anything_on_record_says_so(visitor):
    assert shown(visitor).count("Nothing is on record for the last twelve months.") == 3


def test_each_area_shows_what_was_done_in_it(visitor):
    position = builders.position("Open interfaces", printed="2026-03")
    talk = builders.activity("Talk on the AI Act", "2026-02-01", kind="consultation")
    meeting = builders.activity("Meeting in Trieste", "2025-11-26")
    initiative(builders.group("Green Code"), "Cleaner builds")
    Opportunity.objects.create(
        kind="call",
        title="Small grants",
        slug="small-grants",
        deadline=timezone.now() - datetime.timedelta(days=3),
    )
    page = shown(visitor)
    policy = part(page, "Policy", ">Networking</h3>")
    assert "1 position<" in policy
    assert f'<a href="{position.get_absolute_url()}" lang="en">Open interfaces</a>' in policy
    assert "March 2026" in policy
    assert "1 consultation talk<" in policy
    assert talk.title in policy
    networking = part(page, "Networking", ">Funding</h3>")
    assert "1 activity<" in networking
    assert meeting.title in networking
    assert talk.title not in networking
    funding = part(page, "Funding", ">Categories</h2>")
    assert '<a href="/working-groups/green-code/">Cleaner builds</a>' in funding
    assert '<a href="/opportunities/?kind=call&amp;state=past">1 funding call</a>' in funding
    assert '<a href="/opportunities/small-grants/">Small grants</a>' in funding


def test_only_the_last_twelve_months_count(visitor):
    builders.activity("A year and a day ago", "2025-11-25")
    builders.activity("Tomorrow", "2026-11-26")
    builders.activity("Called off", "2026-10-01", called_off=True)
    builders.activity("For members", "2026-10-01", audience="members")
    builders.position("A draft", state="draft")
    page = shown(visitor)
    assert "26 November 2025 to 25 November 2026" in page
    for title in ("A year and a day ago", "Tomorrow", "Called off", "For members", "A draft"):
        assert title not in page


def test_the_newest_three_are_named_and_all_are_counted(visitor):
    for number in range(1, 6):
        builders.activity(f"Meeting {number}", f"2026-0{number}-01")
    networking = part(shown(visitor), "Networking", ">Funding</h3>")
    assert "5 activities" in networking
    assert [f"Meeting {number}" in networking for number in range(1, 6)] == [
        False, False, True, True, True,
    ]  # fmt: skip


def test_a_position_without_a_printed_date_gets_none_from_us(visitor):
    position = builders.position(
        "Old paper", printed=None, undated=True, printed_not_after=datetime.date(2026, 6, 30)
    )
    policy = part(shown(visitor), "Policy", ">Networking</h3>")
    assert f'<a href="{position.get_absolute_url()}" lang="en">Old paper</a></li>' in policy


def test_staff_write_benefits_in_their_order(visitor):
    Benefit.objects.create(area="policy", title="Second.", order=2)
    Benefit.objects.create(area="policy", title="First.", text="Early word.", order=1)
    Benefit.objects.create(area="funding", title="Calls that fit.")
    page = shown(visitor)
    policy = part(page, "Policy", ">Networking</h3>")
    assert policy.index("<strong>First.</strong> Early word.") < policy.index("Second.")
    assert "Calls that fit." in part(page, "Funding", ">Categories</h2>")


def test_categories_say_what_they_mean_and_take_and_how_many_there_are(visitor):
    builders.member(starts="2020")
    builders.member(starts="2027-01-01")
    CategoryTerms.objects.create(
        category="full", meaning="Our own words.", takes="<p>Statutes.</p><script>x</script>"
    )
    page = shown(visitor)
    assert "Our own words." in page
    assert "<p>Statutes.</p>" in page
    assert "A member with no end agreed." not in page
    assert "A member for one region of a country." in page
    assert '<a href="/members/?category=full">1 member today</a>' in page
    assert page.count("No member today") == 2


def test_documents_have_publisher_date_and_topic(visitor):
    guide = Resource(title="How to join", publisher="The office", url="https://example.org/guide")
    guide.published = PartialDate.parse("2024")
    guide.save()
    guide.topics.add(Topic.objects.create(name="Statutes", slug="statutes"))
    Resource.objects.create(title="Of unknown day", publisher="Somebody")
    page = shown(visitor)
    assert '<a href="https://example.org/guide">How to join</a>' in page
    assert "The office, 2024 · Statutes" in page
    assert page.index("How to join") < page.index("Of unknown day")


def test_it_costs_the_same_with_much_on_record(visitor, django_assert_num_queries):
    def more(number):
        for index in range(number):
            builders.position(printed="2026-03")
            builders.activity(day="2026-02-01")
            initiative(builders.group(), "Work")
            Benefit.objects.create(area="policy", title=f"Benefit {index}")
            resource = Resource.objects.create(title="Guide", publisher="Office")
            resource.topics.add(
                Topic.objects.create(name=f"T{index}{number}", slug=f"t{index}{number}")
            )
        builders.member()

    more(1)
    with django_assert_num_queries(9):
        visitor.get("/membership/")
    more(4)
    with django_assert_num_queries(9):
        visitor.get("/membership/")
