"""Pages of the demonstration as trees, for tests that look at every one of them."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tinyhtml5.parser import HTMLParser

# What is not read as text of the page, or cannot say its language.
SILENT = {"script", "style", "title", "head"}


def parse(html: str) -> tuple[Element, list[str]]:
    """Return the page's root and what a strict parser says against it, with line and column."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(html)
    return root, [f"{line}:{column} {code} {data}" for (line, column), code, data in parser.errors]


def texts(element: Element, language: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of an element with the language that it is said to be in."""
    language = element.get("lang", language)
    if element.tag in SILENT or not isinstance(element.tag, str):
        return
    if element.text and element.text.strip():
        yield " ".join(element.text.split()), language
    for child in element:
        yield from texts(child, language)
        if child.tail and child.tail.strip():
            yield " ".join(child.tail.split()), language
