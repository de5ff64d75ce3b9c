"""Before it is published a text is compared with the record; what differs is listed, nothing changed."""

import datetime

import pytest

from members.models import Alias, Figure
from news import announcements
from publishing.checking import findings_of
from tests import builders
from tests.admin.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def record(alliance, on_day):
    """A network of 31 members in four countries on 10 December 2026, with figures and names."""
    on_day("2026-12-10")
    sponsor = builders.organisation("Polaris Fund")
    cluster = builders.organisation(
        "Cluj IT Cluster", country="RO", city="Cluj-Napoca",
        founded_on=datetime.date(2012, 10, 1), founded_precision="month",
    )  # fmt: skip
    builders.membership(cluster, "2026-01-01", "2026-12-31", "sponsored", sponsor=sponsor)
    builders.membership(cluster, "2027-01-01")
    Alias.objects.create(organisation=cluster, name="Cluj IT", kind="acronym", normalised="cluj it")
    Alias.objects.create(
        organisation=cluster, name="Kluj Cluster", kind="misspelt", normalised="kluj cluster"
    )
    hub = builders.member("Vojvodina ICT Hub", "2022-03", country="RS")
    Alias.objects.create(
        organisation=hub, name="Novi Sad Web Guild", kind="former", normalised="novi sad web guild"
    )
    builders.member("Baltic Code Union", "2020-01-01", country="LV")
    builders.organisation("Region Body", region="Flanders")
    for number in range(28):
        builders.member(f"House {number:02}", country="BE")
    builders.group("Skills")
    for about, measure, value, unit, as_of in (
        (alliance, "companies", 45000, "companies", "2026-01-01"),
        (alliance, "companies", 20000, "companies", "2019-01-01"),
        (alliance, "experts", 450, "experts", "2026-01-01"),
        (cluster, "represented", 90, "members", "2026-01-01"),
    ):
        Figure.objects.create(
            about=about, measure=measure, value=value, unit=unit, source="Site",
            qualifier="more_than", as_of=datetime.date.fromisoformat(as_of),
        )  # fmt: skip
    return cluster


PLANTED = [
    ("Our network brings 30 associations together.", "30 associations", "31 members"),
    (
        "Cluj IT Cluster is a full member as of 1 February 2027.",
        "1 February 2027",
        "1 January 2027",
    ),
    ("Baltic Code Union has been a member since March 2019.", "March 2019", "1 January 2020"),
    ("Vojvodina ICT Hub joined as a sponsored member.", "sponsored member", "Full member"),
    ("We met Novi Sad Web Guild in Trieste.", "Novi Sad Web Guild", "Vojvodina ICT Hub"),
    ("We welcome the Cluj IT Clutser.", "Cluj IT Clutser", "Cluj IT Cluster"),
    ("The alliance stands for more than 20,000 companies.", "20,000", "45,000"),
    ("Cluj IT Cluster was founded in 2014.", "2014", "October 2012"),
    ("Cluj IT Cluster speaks for 120 firms.", "120 firms", "90 members"),
    ("Our members are from 9 countries.", "9 countries", "4 countries"),
]
RIGHT = [
    "Our network brings 31 associations together.",
    "Cluj IT Cluster becomes a full member on 1 January 2027.",
    "Baltic Code Union has been a member since 2020.",
    "Vojvodina ICT Hub is a full member since March 2022.",
    "Cluj IT, founded in October 2012, speaks for more than 90 firms.",
    "The sponsored membership of Cluj IT Cluster ends on 31 December 2026.",
    "The alliance stands for more than 45,000 companies and some 450 experts.",
    "On 5 May 2026 we met Baltic Code Union in Trieste, with 60 people in the room.",
    "The 12 firms of House 07 asked for 3 changes to the law of 2019.",
    "Skills is one of our working groups; the Baltic countries have three others.",
]


def draft(sentence: str, **facts):
    facts.setdefault("slug", f"a-post-{next(builders.numbers)}")
    return builders.post(
        "A post", state="draft", lead="A lead.", body=f"<p>{sentence}</p>", **facts
    )


@pytest.mark.parametrize(("sentence", "quoted", "on_record"), PLANTED)
def test_each_planted_contradiction_is_found_with_what_is_on_record(sentence, quoted, on_record):
    found = findings_of(draft(sentence))
    assert len(found) == 1, found
    assert quoted in found[0].quoted
    assert on_record in found[0].on_record.replace("\u00a0", " ")


def test_ten_right_sentences_give_at_most_one_false_alarm():
    alarms = [(sentence, findings_of(draft(sentence))) for sentence in RIGHT]
    alarms = [one for one in alarms if one[1]]
    assert len(alarms) <= 1, alarms


def test_all_at_once_in_one_text_are_all_found_and_the_right_ones_are_left_alone():
    body = "</p><p>".join([sentence for sentence, *_rest in PLANTED] + RIGHT)
    found = findings_of(draft(body))
    for _sentence, quoted, _on_record in PLANTED:
        assert any(quoted in one.quoted for one in found), quoted
    assert len(found) <= len(PLANTED) + 1, found


def test_a_sentence_that_names_nobody_is_about_the_only_organisation_of_the_post(record):
    post = draft("The membership starts on 1 February.")
    post.organisations.add(record)
    [found] = findings_of(post)
    assert found.quoted == "1 February"
    post.body = "<p>The membership starts on 1 January.</p>"
    assert findings_of(post) == []


def test_a_draft_from_the_record_agrees_with_it(record, editor):
    other = builders.membership(builders.organisation("Skerry Guild"), "2027-01-01", "2027-12-31",
                                "sponsored", sponsor=builders.organisation("Fund"))  # fmt: skip
    assert findings_of(announcements.draft([record.memberships.newest_first()[0]], by=editor)) == []
    both = announcements.draft([*record.memberships.newest_first()[:1], other], by=editor)
    assert findings_of(both) == []


def test_a_number_without_a_name_is_that_of_the_only_organisation_of_the_post(record):
    post = draft("More than 90 members, universities among them.")
    post.organisations.add(record)
    assert findings_of(post) == []
    post.body = "<p>More than 140 members, universities among them.</p>"
    [found] = findings_of(post)
    assert "90 members" in found.on_record


def test_the_title_the_lead_and_the_key_points_are_read_too(record):
    post = builders.post(
        "Cluj IT Cluster joins on 3 March 2025", state="draft", lead="We are 12 associations.",
        key_points="A regional member: Cluj IT Cluster",
    )  # fmt: skip
    assert {one.quoted for one in findings_of(post)} == {
        "3 March 2025", "12 associations", "regional member",
    }  # fmt: skip


def test_staff_see_it_beside_the_text_before_they_publish_and_nothing_is_changed(
    sign_in, editor, record
):
    post = draft("Our network brings 30 associations together. We met the Kluj Cluster.")
    before = post.updated_at
    page = sign_in(editor).get(f"/admin/news/post/{post.pk}/publishing/")
    text = text_of(page)
    assert "2 things differ" in text
    assert "The record has 31 members on 10 December 2026." in text.replace("\u00a0", " ")
    assert "'Kluj Cluster' is on record as a misspelt name of Cluj IT Cluster." in text
    post.refresh_from_db()
    assert post.updated_at == before
    assert "Publish now" in text


def test_a_text_that_agrees_says_so(sign_in, editor):
    post = draft("Our network brings 31 associations together.")
    page = sign_in(editor).get(f"/admin/news/post/{post.pk}/publishing/")
    assert "No difference was found." in text_of(page)


def test_it_costs_the_same_however_much_the_text_names(django_assert_num_queries):
    short, long = draft("We met House 01."), draft(" ".join(RIGHT) * 20)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as few:
        findings_of(short)
    with CaptureQueriesContext(connection) as many:
        findings_of(long)
    assert len(many) <= 12
    assert len(few) <= len(many)


@pytest.mark.parametrize(
    "text", ["", "12 members " * 400, "\u0130 1 January", "A" * 5000, "0 of 0"]
)
def test_no_text_breaks_it(text):
    findings_of(draft(text))
