"""Rich text: what may stand in it, and the field that cleans whatever comes in."""

import html
import re

import nh3
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.utils.html import strip_tags
from django_prose_editor.fields import ProseEditorField

from publishing.pasted import plain_marks
from publishing.widgets import AdminRichTextWidget, RichTextWidget

# What the editor offers; the allow list below is what the server keeps.
EXTENSIONS = {
    "Bold": True,
    "Italic": True,
    "HardBreak": True,
    "Heading": {"levels": [2, 3]},
    "BulletList": True,
    "OrderedList": True,
    "ListItem": True,
    "Blockquote": True,
    "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
    "History": True,
}
TAGS = {"p", "br", "strong", "em", "h2", "h3", "ul", "ol", "li", "blockquote", "a"}
# Words that mean the same in what people paste.
SAME = {"b": "strong", "i": "em", "h1": "h2", "h4": "h3", "h5": "h3", "h6": "h3", "div": "p"}
_END_OF_BLOCK = re.compile(r"</(?:p|h2|h3|li|blockquote)>|<br\s*/?>|\n\s*\n")
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href", "hreflang"}, "ol": {"start"}},
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    clean_content_tags={"script", "style", "iframe", "object", "template", "title"},
)


def clean(text: str) -> str:
    """Return HTML with nothing in it but paragraphs, headings, lists, links and quotations.

    Keeps the words of what it takes away, except of scripts and styles. Text without
    any tag becomes paragraphs. An editor's empty paragraph becomes an empty string.
    """
    if not re.search(r"</?[a-zA-Z]", text):
        text = "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in _paragraphs(text))
    text = plain_marks(text)
    # The cleaner drops a drawing or formula with all that an unclosed one seems to hold.
    text = re.sub(r"</?(?:svg|math)\b[^>]*>", "", text, flags=re.IGNORECASE)
    for tag, same in SAME.items():
        text = re.sub(rf"<(/?){tag}(?=[\s>])", rf"<\1{same}", text, flags=re.IGNORECASE)
    cleaned = re.sub(r"\u00a0|&nbsp;", " ", _CLEANER.clean(text)).strip()
    cleaned = re.sub(r"(</(?:p|h2|h3|ul|ol|blockquote)>)(?:\s*<br>)+", r"\1", cleaned)
    cleaned = re.sub(r"<p>\s*<p>", "<p>", cleaned)
    cleaned = re.sub(r"<(p|h2|h3|li|blockquote|ul|ol)>(\s|<br>)*</\1>", "", cleaned)
    return cleaned if plain(cleaned) else ""


def plain(text: str) -> str:
    """Return the words of rich text on one line, for summaries, feeds and search."""
    spaced = re.sub(r"<(/p|/h2|/h3|/li|br)[^>]*>", " ", text)
    return " ".join(html.unescape(strip_tags(spaced)).split())


def paragraphs(text: str) -> list[str]:
    """Return the words of a text, rich or plain, one string a paragraph, heading or item of a list."""
    is_rich = re.search(r"</?[a-zA-Z]", text)
    parts = (
        html.unescape(strip_tags(part)) if is_rich else part for part in _END_OF_BLOCK.split(text)
    )
    return [" ".join(part.split()) for part in parts if part.split()]


def _paragraphs(text: str) -> list[str]:
    return [" ".join(part.split()) for part in re.split(r"\n\s*\n", text) if part.strip()]


class RichTextField(ProseEditorField):
    """A text column that holds only what `clean` lets through, whichever way it is written."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", EXTENSIONS)
        kwargs["sanitize"] = clean
        super().__init__(*args, **kwargs)

    def formfield(self, **kwargs):
        """Offer our editor; in the admin, which asks for its own textarea, the admin's form of it."""
        if kwargs.get("widget") is AdminTextareaWidget:
            kwargs["widget"] = AdminRichTextWidget
        kwargs.setdefault("widget", RichTextWidget)
        return models.TextField.formfield(self, **kwargs)

    def pre_save(self, model_instance, add):
        value = clean(super().pre_save(model_instance, add) or "")
        setattr(model_instance, self.attname, value)
        return value
