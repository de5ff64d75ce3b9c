"""A yearly overview as a PDF to hand out: what its page says, on A4, tagged and with bookmarks.

The text is data for `templates/working_groups/overview.typ`: nothing that somebody wrote is read as
Typst's language. What may be read, and by whom, is asked as the page asks it.
"""

import json
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

import typst
from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alliance_portal.brand import palette
from alliance_portal.models import SiteSettings
from publishing.addresses import absolute
from publishing.models import Audience
from publishing.reading import gone, readable
from record.days import in_words
from record.fetching import for_page
from working_groups.models import Overview
from working_groups.templatetags.working_groups import in_columns
from working_groups.views import overview_context

TEMPLATE = settings.BASE_DIR / "templates" / "working_groups" / "overview.typ"
KEPT = 32  # documents in the process's memory, some 60 KB each
EMPTY = {"br"}  # tags without an end
BLOCKS = {"text", "ul", "ol", "blockquote"}  # in which a blank between elements means nothing


@require_safe
def overview(request, slug: str, year: int):
    """Send the PDF of an overview that this reader may read; 404 and 410 as its page answers."""
    rows = Overview.objects.filter(group__slug=slug, year=year)
    found = readable(
        request, for_page(rows.select_related("group").defer("search", "group__search"))
    )
    if found is None:
        return gone(request, rows)
    response = HttpResponse(pdf(json.dumps(document(found))), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{slug}-{year}.pdf"'
    if found.audience != Audience.PUBLIC:
        patch_cache_control(response, private=True, no_store=True)
    return response


@lru_cache(maxsize=KEPT)
def pdf(data: str) -> bytes:
    """Return a document as a PDF: A4, tagged, PDF/UA-1. `data` is what `document` returns, as JSON.

    A letter that neither Typst's own fonts nor the system's have is printed as a box, and the PDF does
    not claim to be PDF/UA then. Equal documents are set once in each process.
    """
    try:
        return _set(data, pdf_standards=["ua-1"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        return _set(data)


def _set(data: str, **options) -> bytes:
    return typst.compile(TEMPLATE, sys_inputs={"data": data}, **options)


def document(overview: Overview) -> dict:
    """Return all that the PDF prints, as plain values; as its page says it."""
    context = overview_context(overview)
    site = SiteSettings.load()
    record = context["record"]
    return {
        "language": primary(overview.language),
        "interface": primary(get_language()),
        "site": site.name,
        "address": [line.strip() for line in site.address.splitlines() if line.strip()],
        "url": absolute(overview.get_absolute_url()),
        "group": overview.group.name,
        "year": str(overview.year),
        "title": overview.title,
        "lead": overview.lead,
        "byline": context["byline"],
        "published": capfirst(str(overview.printed or overview.printed_in_words())),
        "story": outlined(tree(overview.body)),
        "outlook": tree(overview.outlook),
        "thanks": tree(overview.thanks),
        "figures": record["figures"] if record else [],
        "sections": columns(record) if record else [],
        "correction": overview.correction,
        "join": overview.group.who_may_join,
        "colours": colours(),
        "words": words(overview, context["record_day"]),
    }


def primary(language: str) -> str:
    """Return the first part of a language tag: 'pt' of 'pt-br'. Typst takes no more."""
    return language.partition("-")[0].lower()


def columns(record: dict) -> list[list[dict]]:
    """Return the lists of a record in two columns, as its page has them, each thing with its receipt."""
    return [
        [
            {
                "title": section["title"],
                "complete": section["complete"],
                "items": [
                    {"text": item["text"], "detail": item["detail"], "url": _whole(item["url"])}
                    for _number, item in section["lines"]
                ],
            }
            for section in column
        ]
        for column in in_columns(record)
    ]


def _whole(url: str) -> str:
    return absolute(url) if url.startswith("/") else url


def colours() -> dict[str, str]:
    brand = palette()
    return {
        name: "#{:02x}{:02x}{:02x}".format(*getattr(brand, name))
        for name in ("ink", "quiet", "rule", "accent")
    }


def words(overview: Overview, record_day) -> dict[str, str]:
    """Return the interface's own words, in the language of the interface."""
    return {
        "kicker": _("%(group)s, yearly overview") % {"group": overview.group.name},
        "figures": _("The year in figures"),
        "record": _("The record"),
        "frozen": _("As it stood on %(day)s.") % {"day": in_words(record_day)}
        if record_day
        else "",
        "outlook": _("Outlook"),
        "thanks": _("Thanks"),
        "join": _("Join the group"),
        "online": _("This overview, with a link to every record:"),
        "others": _("and others"),
        "corrected": _("Corrected on %(day)s") % {"day": in_words(overview.corrected_on)}
        if overview.corrected_on
        else "",
        "published": _("Published"),
        "page": _("Page"),
        "of": _("of"),
    }


# Rich text as data


@dataclass
class Node:
    """An element of a text with what stands in it: words and other elements."""

    tag: str
    href: str = ""
    start: int = 1
    children: list = field(default_factory=list)

    def as_data(self) -> dict:
        return {
            "tag": self.tag,
            "href": self.href,
            "start": self.start,
            "children": [
                child if isinstance(child, str) else child.as_data() for child in self.children
            ],
        }


class _Builder(HTMLParser):
    """Makes nodes of the rich text that `publishing.rich_text.clean` has let through."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open = [Node("text")]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        start = given.get("start") or "1"
        node = Node(tag, given.get("href") or "", int(start) if start.isdecimal() else 1)
        self.open[-1].children.append(node)
        if tag not in EMPTY:
            self.open.append(node)

    def handle_endtag(self, tag):
        if len(self.open) > 1 and self.open[-1].tag == tag:
            self.open.pop()

    def handle_data(self, data):
        if data.strip() or self.open[-1].tag not in BLOCKS:
            self.open[-1].children.append(data)


def tree(rich_text: str) -> list:
    """Return clean rich text as a tree of plain values; see `Node`."""
    builder = _Builder()
    builder.feed(rich_text)
    builder.close()
    return builder.open[0].as_data()["children"]


def outlined(nodes: list) -> list:
    """Return a tree whose first heading is of the higher level: an outline may not skip one."""
    for node in nodes:
        if isinstance(node, dict) and node["tag"] == "h2":
            break
        if isinstance(node, dict) and node["tag"] == "h3":
            node["tag"] = "h2"
    return nodes
