"""The page of a post and of a position."""

import datetime
import re

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.models import Quotation
from news.models import Contribution, PolicyFile
from publishing.models import Attachment, Picture, Topic
from tests import builders

pytestmark = pytest.mark.django_db
D = datetime.date


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def text_of(client, thing) -> str:
    response = client.get(thing.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def quotation(in_text, speaker, at, **facts) -> Quotation:
    facts = {"words": "We compare hubs.", "function": "President", **facts}
    made = Quotation.objects.create(
        speaker=speaker, organisation=at, consented_on=D(2022, 1, 1), consent_proof="mail", **facts
    )
    made.used_in.add(in_text)
    return made


def test_a_post_shows_what_it_is_about(client, group, member):
    position = builders.position("What we ask for")
    post = builders.post("A day in Riga", announces=position, kind="report", body="<p>Told.</p>",
                         key_points="First point.\nSecond point.")  # fmt: skip
    network = builders.network("Northern Network")
    activity = builders.activity("A visit")
    secret = builders.activity("A secret visit", audience="members")
    post.organisations.add(member)
    post.networks.add(network)
    post.groups.add(group)
    post.activities.set([activity, secret])
    post.topics.add(Topic.objects.create(name="Hubs", slug="hubs"))
    page = text_of(client, post)
    for thing in (member, network, group, activity, position):
        assert f'href="{thing.get_absolute_url()}"' in page
    assert 'href="/news/?topic=hubs"' in page
    assert "Event report" in page
    assert "<li>First point.</li>" in page
    assert "A secret visit" not in page
    assert "Full member since 1\u00a0January 2020" in page


def test_quotations_keep_their_function_and_lose_a_withdrawn_name(client, member):
    post = builders.post()
    named, gone = builders.person("Nora Named"), builders.person("Gina Gone")
    quotation(post, named, member, words="Words of one.")
    quotation(post, gone, member, words="Words of two.", function="Director",
              withdrawn_on=D(2023, 1, 1))  # fmt: skip
    quotation(post, named, member, words="Not agreed yet.")
    Quotation.objects.filter(words="Not agreed yet.").update(consented_on=D(2999, 1, 1))
    page = text_of(client, post)
    feed = client.get("/news/feed/").content.decode()
    for text in (page, feed):
        assert "Words of one." in text
        assert "Nora Named" in text
        assert "Words of two." in text
        assert "Gina Gone" not in text
        assert "Director, Baltic Code Union" in text
        assert "Not agreed yet." not in text


@pytest.mark.parametrize("shown", [True, False])
def test_the_contact_is_named_only_with_a_basis(client, shown):
    contact = builders.person("Clara Contact", shown=shown, email="clara@example.org")
    post = builders.post(contact=contact, contact_function="CEO")
    page = text_of(client, post)
    assert ("Clara Contact" in page) is shown
    assert "CEO" in page
    assert "clara@example.org" not in page


def test_picture_documents_correction_and_share_links(client, settings):
    settings.SITE_URL = "https://example.org"
    picture = Picture(alternative="A hall", credit="Photo: the office")
    picture.file.name, picture.width, picture.height = "pictures/hall.png", 1200, 800
    Picture.objects.bulk_create([picture])
    post = builders.post("Two words", picture=Picture.objects.get(), correction="The month.",
                         corrected_on=D(2026, 2, 3))  # fmt: skip
    Attachment.objects.create(
        publication=post, title="The guide", file=ContentFile(b"%PDF", "a.pdf")
    )
    page = text_of(client, post)
    assert 'alt="A hall"' in page
    assert "Photo: the office" in page
    assert "The guide" in page
    assert "Corrected on 3\u00a0February 2026" in page
    assert (
        "mailto:?subject=Two%20words&amp;body=https%3A%2F%2Fexample.org%2Fnews%2Ftwo-words%2F"
        in page
    )
    assert all(
        "//testserver" in src or src.startswith("/") for src in re.findall('src="(.*?)"', page)
    )


def test_translations_link_to_each_other(client):
    post = builders.post("In English")
    georgian = builders.post("ქართულად", slug="kartulad", language="ka", translates=post)
    for one, other, language in ((post, georgian, "ka"), (georgian, post, "en")):
        page = text_of(client, one)
        assert f'href="{other.get_absolute_url()}" lang="{language}" hreflang="{language}"' in page
    assert '<h1 lang="ka">' in text_of(client, georgian)


def test_an_undated_post_says_the_latest_day(client):
    post = builders.post(printed=None, undated=True, printed_not_after=D(2022, 12, 31))
    assert "Not dated, not after 31\u00a0December 2022" in text_of(client, post)


def test_a_position_shows_file_groups_documents_outcome_and_who_announced_it(client, group):
    file = PolicyFile.objects.create(name="Digital Markets Act", slug="dma", reference="2020/842")
    position = builders.position(
        "Fair markets", printed="2021", output="response", policy_file=file, body="<p>Ask.</p>",
        outcome="Small firms are named.",
    )  # fmt: skip
    Contribution.objects.create(position=position, group=group, led=True)
    Contribution.objects.create(position=position, group=builders.group("Skills"))
    Attachment.objects.create(
        publication=position, title="As sent", file=ContentFile(b"%", "b.pdf")
    )
    builders.post("It is out", announces=position)
    builders.post("Not yet told", announces=position, state="draft")
    page = text_of(client, position)
    for words in ("Consultation response", "Digital Markets Act", "2020/842", "As sent", "Ask.",
                  "Small firms are named.", "It is out", "2021"):  # fmt: skip
        assert words in page
    assert 'Digitalisation</a> <span class="small">led' in page
    assert 'Skills</a> <span class="small">contributed' in page
    assert "Not yet told" not in page


def around(post, position, member, group, number):
    """Hang so many of everything on a post and on a position."""
    for index in range(number):
        name = f"{number}-{index}"
        post.organisations.add(builders.member(f"Member {name}"))
        post.groups.add(builders.group(f"Group {name}"))
        post.networks.add(builders.network(f"Network {name}"))
        post.activities.add(builders.activity(f"Activity {name}"))
        topic = Topic.objects.create(name=f"Topic {name}", slug=f"topic-{name}")
        Contribution.objects.create(position=position, group=builders.group(f"Other {name}"))
        builders.post(announces=position)
        for text in (post, position):
            text.topics.add(topic)
            quotation(text, builders.person(), member)
            Attachment.objects.create(publication=text, title=name, file=f"attachments/{name}.pdf")
            make = builders.post if text is post else builders.position
            make(language=f"x{index}", translates=text)


def test_a_page_costs_the_same_with_3_and_33_of_everything(client, member, group):
    post, position = builders.post(), builders.position()

    def queries(thing) -> int:
        with CaptureQueriesContext(connection) as captured:
            text_of(client, thing)
        return len(captured)

    around(post, position, member, group, 3)
    few = queries(post), queries(position)
    around(post, position, member, group, 30)
    assert (queries(post), queries(position)) == few
    assert max(few) <= 10
