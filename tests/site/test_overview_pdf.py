"""An overview on paper: what its page says, readable by machines and by screen readers."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from alliance_portal.overview_pdf import tree
from members.models import ShowingBasis
from tests import builders

pytestmark = pytest.mark.django_db


def read(response) -> PdfReader:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(BytesIO(response.content))


def words_of(pdf: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in pdf.pages).split())


def address_of(overview) -> str:
    return f"{overview.get_absolute_url()}overview.pdf"


def outline_of(pdf: PdfReader) -> list:
    def titles(items):
        return [titles(item) if isinstance(item, list) else item.title for item in items]

    return titles(pdf.outline)


def links_of(pdf: PdfReader) -> set[str]:
    found = [
        annotation.get_object().get("/A", {}).get("/URI")
        for page in pdf.pages
        for annotation in page.get("/Annots", [])
    ]
    return {str(uri) for uri in found if uri}


def test_it_says_what_the_page_says(client, told):
    words = words_of(read(client.get(address_of(told))))
    for part in (
        "2021", "A year of first meetings", "It began.", "The story.", "What comes.", "To all.",
        "Andrei Chair", "Executive Director, The Cluster", "Head of Operations, The Hub",
        "Bit Alliance", "The Guest", "at least", "and others", "Page 1 of",
    ):  # fmt: skip
        assert part in words
    assert "CEO" not in words


def test_its_page_links_to_it(client, told):
    page = client.get(told.get_absolute_url()).content.decode()
    assert f'href="{address_of(told)}"' in page


def test_it_is_tagged_named_and_has_bookmarks(client, told):
    told.body = "<h2>Spring</h2><p>Text.</p><h3>May</h3><p>Text.</p>"
    told.save()
    pdf = read(client.get(address_of(told)))
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"].value
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"].startswith("en")
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert pdf.metadata.title == "A year of first meetings – Digitalisation 2021"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()
    assert outline_of(pdf) == [
        "A year of first meetings",
        [
            "Spring", ["May"], "The year in figures", "The record", ["Joined the group", "Guests"],
            "Outlook", "Thanks", "Join the group",
        ],
    ]  # fmt: skip


def test_everything_on_record_leads_to_its_receipt(client, told, settings):
    settings.SITE_URL = "https://portal.example"
    assert {
        "https://portal.example/organisations/bit-alliance/",
        "https://portal.example/organisations/the-guest/",
        f"https://portal.example{told.get_absolute_url()}",
    } <= links_of(read(client.get(address_of(told))))


def test_the_record_stays_as_it_was_frozen_and_a_name_without_a_basis_leaves_it(
    client, told, group
):
    builders.participation(builders.organisation("Too late"), group, "2021")
    assert "Too late" not in words_of(read(client.get(address_of(told))))
    ShowingBasis.objects.all().delete()
    words = words_of(read(client.get(address_of(told))))
    assert "Andrei Chair" not in words
    assert "Executive Director, The Cluster" in words


def test_an_overview_without_record_or_lead_is_a_document_too(client, group):
    overview = builders.overview(group, 2025, "Bare")
    assert outline_of(read(client.get(address_of(overview)))) == ["Bare", ["Join the group"]]


def test_what_looks_like_the_typesetters_language_is_only_words(client, group):
    hostile = (
        '#panic("no") $x$ @ref <label> `code` */ // = title #include "/etc/passwd" \\ ~ _a_ *b*'
    )
    overview = builders.overview(
        group, 2025, hostile, lead=hostile,
        body=f"<h3>{hostile}</h3><p>{hostile}</p><ul><li>{hostile}</li></ul>",
    )  # fmt: skip
    words = words_of(read(client.get(address_of(overview))))
    assert words.count('#panic("no")') == 5  # the running title is no text of the page
    assert words.count("/etc/passwd") == 5


def test_lists_links_and_quotations_are_drawn(client, group):
    overview = builders.overview(
        group, 2025, "All",
        body="<p>One <strong>two</strong> <em>three</em><br>four</p><ul><li>five</li><li>six"
        '<ul><li>seven</li></ul></li></ul><ol start="4"><li>eight</li></ol>'
        '<blockquote><p>nine</p></blockquote><p><a href="https://example.org/">ten</a></p>',
    )  # fmt: skip
    pdf = read(client.get(address_of(overview)))
    words = words_of(pdf)
    for word in ("One two three", "four", "five", "six", "seven", "4. eight", "nine", "ten"):
        assert word in words
    assert "https://example.org/" in links_of(pdf)


@pytest.mark.parametrize(
    ("letters", "is_said"), [("Łódź Győr Ελλάς Україна İzmir Þórður", True), ("\U0001fae8", False)]
)
def test_a_letter_that_no_face_has_does_not_keep_the_document_back(client, group, letters, is_said):
    overview = builders.overview(group, 2025, f"Ours {letters}")
    pdf = read(client.get(address_of(overview)))
    assert "Ours" in words_of(pdf)
    if is_said:
        assert letters in words_of(pdf)


def test_it_is_as_public_as_its_overview(client, sign_in, chair, other_chair, group):
    draft = builders.overview(group, 2025, state="draft")
    assert client.get(address_of(draft)).status_code == 404
    own = builders.overview(group, 2024, audience="group")
    assert client.get(address_of(own)).status_code == 404
    response = sign_in(chair).get(address_of(own))
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert sign_in(other_chair).get(address_of(own)).status_code == 404


def test_of_a_withdrawn_overview_it_is_gone(client, group):
    overview = builders.overview(group, 2025)
    overview.state, overview.withdrawn_reason = "withdrawn", "Written twice."
    overview.save()
    assert client.get(address_of(overview)).status_code == 410


def test_who_has_it_already_is_not_sent_it_again(visitor, told):
    first = visitor.get(address_of(told))
    again = visitor.get(address_of(told), headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304


def test_rich_text_becomes_plain_values():
    assert tree('<p>A <strong>b</strong>&amp;c</p>\n<ol start="3"><li>d</li></ol>') == [
        {
            "tag": "p", "href": "", "start": 1,
            "children": ["A ", {"tag": "strong", "href": "", "start": 1, "children": ["b"]}, "&c"],
        },
        {
            "tag": "ol", "href": "", "start": 3,
            "children": [{"tag": "li", "href": "", "start": 1, "children": ["d"]}],
        },
    ]  # fmt: skip
