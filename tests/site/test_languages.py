"""Dates and numbers follow the reader's language; what is in another language says so."""

import re

import pytest
from django.utils import translation

from members.models import Alias, Quotation
from news.models import Post
from publishing.models import Publication
from publishing.rich_text import plain
from tests.browser import addresses
from tests.site.pages import parse, texts
from working_groups.models import Overview

pytestmark = pytest.mark.django_db

NATIVE = Alias.objects.filter(kind=Alias.Kind.NATIVE)
SOME = [
    "/",
    "/members/",
    "/members/?on=2022-04-14",
    "/members/cluj-it-cluster/",
    "/news/",
    "/news/cluj-it-becomes-a-full-member/",
    "/working-groups/digitalisation/",
    "/working-groups/digitalisation/overviews/2021/",
    "/activities/",
]
ENGLISH_DATE = re.compile(r"(January|February|March|May|June|July|October|December) \d{4}\b")
# A number in a drawing: SVG knows the decimal point only.
WITH_COMMA = re.compile(
    r"""\s(?:x|y|x1|x2|y1|y2|cx|cy|r|width|height|d|points|transform|viewBox)="[^"]*\d,\d[^"]*\""""
)


@pytest.mark.parametrize(
    ("language", "day", "number"),
    [("de", "1.\xa0Januar 2023", "45.000"), ("fr", "1\xa0janvier 2023", "45\xa0000")],
)
def test_dates_and_numbers_follow_the_language(
    loaded_demo, client, settings, language, day, number
):
    settings.LANGUAGE_CODE = language
    with translation.override(language):
        pages = {path: client.get(path).content.decode() for path in SOME}
    assert day in pages["/members/cluj-it-cluster/"]
    assert number in pages["/"]
    for path, page in pages.items():
        assert not WITH_COMMA.search(page), path
        for text, said in texts(parse(page)[0]):
            if said == language and not text.startswith("Source:"):  # as staff wrote it
                assert not ENGLISH_DATE.search(text), path


def test_what_the_record_knows_to_be_in_another_language_says_so(loaded_demo, client):
    """As if everything that is published had been written in Georgian."""
    for written in (Publication.objects, Quotation.objects, NATIVE):
        written.update(language="ka")
    originals = {
        " ".join(text.split())
        for values in (
            Publication.objects.values_list("title", "lead"),
            Quotation.objects.values_list("words"),
            NATIVE.values_list("name"),
        )
        for row in values
        for text in row
    } - {""}
    found = []
    # What an overview froze said that day's language: tests/working_groups/test_year_record.py.
    for path in [*addresses.public_pages(), *addresses.STATES]:
        if "/overviews/" in path:
            continue
        root = parse(client.get(path).content.decode())[0]
        found += [
            f"{path}: {text} ({said})"
            for text, said in texts(root)
            if said != "ka" and text.strip("‘’“”") in originals
        ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "path",
    [
        "/news/cluj-it-becomes-a-full-member/",
        "/policy/response-digital-decade-targets/",
        "/working-groups/digitalisation/overviews/2021/",
    ],
)
def test_what_the_portal_says_around_a_text_stays_in_its_own_language(loaded_demo, client, path):
    """Its headings, dates and links are not said to be in the language of the text beside them."""
    Publication.objects.update(language="ka")
    titles, leads, bodies = zip(
        *Publication.objects.values_list("title", "lead", "body"), strict=True
    )
    points, ends = (
        Post.objects.values_list("key_points", flat=True),
        Overview.objects.values_list("outlook", flat=True),
    )
    written = " ".join(plain(text) for text in (*titles, *leads, *bodies, *points, *ends))
    root = parse(client.get(path).content.decode())[0]
    assert [text for text, said in texts(root) if said == "ka" and text not in written] == []
