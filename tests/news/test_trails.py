"""The trail of a policy file: consultation, position with its groups and documents, outcome."""

import datetime

import pytest

from news.models import Contribution, PolicyFile
from publishing.models import Attachment
from tests import builders
from tests.admin.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(group, other_group):
    """A response of 2026 on a law, to which one group led and another contributed in 2025."""
    law = PolicyFile.objects.create(name="Small Lots Directive", slug="lots", reference="COM(1)")
    asked = builders.opportunity("Asked", -200, kind="consultation")
    response = builders.position(
        "Lots to carry", "2026-03-05", policy_file=law, answers=asked, output="response",
        outcome="The limit is in the draft.", outcome_on=datetime.date(2026, 10, 1),
        adopted_on=datetime.date(2026, 3, 1),
    )  # fmt: skip
    Contribution.objects.create(position=response, group=group, led=True)
    Contribution.objects.create(position=response, group=other_group, year=2025)
    for title, language in (("The response", "en"), ("La r\u00e9ponse", "fr")):
        Attachment.objects.create(
            publication=response, title=title, file=f"a/{language}.pdf", language=language
        )
    builders.position("On something else", "2026-11-01")
    return response


def test_each_step_of_the_trail_stands_in_its_file(client, trail):
    page = client.get("/policy/")
    [law, other] = page.context["files"]
    assert (law.file.name, [one.title for one in law.positions]) == (
        "Small Lots Directive", ["Lots to carry"],
    )  # fmt: skip
    assert other.file is None
    text = " ".join(text_of(page).replace("\u00a0", " ").split())
    steps = [
        "By policy file", "Small Lots Directive", "2025", "Consultation", "Asked", "Lots to carry",
        "Consultation response", "adopted 1 March 2026", "Digitalisation led",
        "Skills contributed", "2025", "The response", "La r\u00e9ponse", "What came of it",
        "1 October 2026", "The limit is in the draft.", "No single policy file",
    ]  # fmt: skip
    for step in steps:
        assert step in text
        text = text.partition(step)[2]


def test_the_same_trail_is_seen_from_a_group_and_from_a_year(client, trail):
    for query in ("group=skills", "group=digitalisation", "year=2025", "year=2026&file=lots"):
        assert [one.title for one in client.get(f"/policy/?{query}").context["page"]] == [
            "Lots to carry"
        ], query
    assert client.get("/policy/").context["counts"]["year"] == {"2026": 2, "2025": 1}


def test_newest_first_is_one_step_away_and_keeps_the_filters(client, trail):
    page = client.get("/policy/?view=list")
    assert [one.title for one in page.context["page"]] == ["On something else", "Lots to carry"]
    assert (
        'href="?view=list&amp;group=skills"' in client.get("/policy/?group=skills").content.decode()
    )


def test_the_page_of_a_position_and_of_its_consultation_lead_to_each_other(client, trail):
    page = client.get(trail.get_absolute_url()).content.decode()
    assert '<a href="/opportunities/asked/">Asked</a>' in page
    assert "1\u00a0October 2026" in page
    assert trail.get_absolute_url() in client.get("/opportunities/asked/").content.decode()


def test_staff_type_the_days_of_the_trail_as_they_are_known(sign_in, editor, trail):
    client = sign_in(editor)
    address = f"/admin/news/position/{trail.pk}/change/"
    assert "1 October 2026" in client.get(address).content.decode()
    form = client.get(address).context["adminform"].form
    data = {bound.html_name: bound.value() or "" for bound in form}
    data |= {"adopted": "February 2026", "outcome": "", "outcome_day": "2026"}
    data |= {f"{prefix}-{word}_FORMS": 0 for prefix in ("contributions", "attachments")
             for word in ("TOTAL", "INITIAL")}  # fmt: skip
    answer = client.post(address, data)
    assert "Say what came of it, or leave out when that was." in answer.content.decode()
