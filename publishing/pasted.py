"""What word processors and mail programs put on the clipboard, with plain marks in place of their own.

Word writes lists as paragraphs that carry their bullet as text; Google Docs wraps all of it in a `<b>`
that is not bold, and says by a style what is. `static/js/paste.js` does the same for the editor, where
one sees what one gets; this is for whatever comes another way. `rich_text.clean` does the rest.
"""

import re
from html import escape
from html.parser import HTMLParser

# Text without these signs is left as it is; what the editor writes has none of them.
_SIGNS = re.compile(
    r"mso-|<o:p|docs-internal-guid|<!(?:--)?\[if|font-(?:weight|style)", re.IGNORECASE
)
_ITEM = re.compile(
    r"<(p|div|h[1-6])\b[^>]*mso-list:\s*\w+\s+level(\d)[^>]*>(.*?)</\1>", re.IGNORECASE | re.DOTALL
)
_BULLET = re.compile(
    r"<!(?:--)?\[if !supportLists\](?:--)?>(.*?)<!(?:--)?\[endif\](?:--)?>",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"\s*(?:\d+|[a-z]|[ivxlc]+)[.)]", re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->|<!\[(?:if|endif)[^>]*>|</?o:p[^>]*>", re.IGNORECASE | re.DOTALL)
# Not Word's own mso-bidi-font-weight, which is of Arabic and Hebrew letters.
_WEIGHT = re.compile(r"(?:^|;)\s*font-weight:\s*(\w+)", re.IGNORECASE)
_SLANT = re.compile(r"(?:^|;)\s*font-style:\s*(\w+)", re.IGNORECASE)
BOLD = {"bold", "bolder", "600", "700", "800", "900"}
ITALIC = {"italic", "oblique"}
MOST_LEVELS = 4


def plain_marks(text: str) -> str:
    """Return HTML in which lists are lists and emphasis is an element; other text as it came."""
    if not _SIGNS.search(text):
        return text
    reader = _Emphasis()
    reader.feed(_COMMENT.sub("", _lists(text)))
    reader.close()
    return "".join(reader.out)


def _lists(text: str) -> str:
    """Turn Word's paragraphs that are items of a list into lists."""
    out, position, kinds = [], 0, []
    for found in _ITEM.finditer(text):
        between = text[position : found.start()]
        if _COMMENT.sub("", between).strip():
            out += [_closed(kinds, 0), between]
        bullet = _BULLET.search(found[3])
        words = re.sub(r"<[^>]*>|&nbsp;", "", bullet[1]) if bullet else ""
        kind = "ol" if _NUMBER.match(words) else "ul"
        level = max(1, min(int(found[2]), MOST_LEVELS))
        out += [_closed(kinds, level), _opened(kinds, level, kind), _BULLET.sub("", found[3])]
        position = found.end()
    return "".join([*out, _closed(kinds, 0), text[position:]])


def _closed(kinds: list[str], level: int) -> str:
    """Close lists until at most so many are open."""
    out = ""
    while len(kinds) > level:
        out += f"</li></{kinds.pop()}>"
    return out


def _opened(kinds: list[str], level: int, kind: str) -> str:
    """Open an item of a list of that kind at that level."""
    if len(kinds) == level and kinds[-1] == kind:
        return "</li><li>"
    out = _closed(kinds, level - 1) if len(kinds) == level else ""
    while len(kinds) < level:
        kinds.append(kind)
        out += f"<{kind}><li>"
    return out


class _Emphasis(HTMLParser):
    """Writes anew what it reads, with elements for what a style says of weight and slant."""

    NAMED = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[tuple[str, str]] = []  # tag as read, what closes it

    def handle_starttag(self, tag, attrs):
        if tag not in {*self.NAMED, "span"}:
            self.out.append(self.get_starttag_text())
            return
        style = dict(attrs).get("style") or ""
        named, weight, slant = self.NAMED.get(tag), _WEIGHT.search(style), _SLANT.search(style)
        bold = weight[1].lower() in BOLD if weight else named == "strong"
        italic = slant[1].lower() in ITALIC if slant else named == "em"
        marks = ["strong"] * bold + ["em"] * italic
        self.out += [f"<{mark}>" for mark in marks]
        self.open.append((tag, "".join(f"</{mark}>" for mark in reversed(marks))))

    def handle_startendtag(self, tag, attrs):  # noqa: ARG002  the parser's signature
        """Write `<br/>` once: as an end of its own it would be a second break."""
        if tag not in {*self.NAMED, "span"}:
            self.out.append(self.get_starttag_text())

    def handle_endtag(self, tag):
        if tag not in {*self.NAMED, "span"}:
            self.out.append(f"</{tag}>")
        elif self.open and self.open[-1][0] == tag:
            self.out.append(self.open.pop()[1])

    def handle_data(self, data):
        # What is within a script or a style is taken away later, with its tag.
        raw = self.cdata_elem is not None
        self.out.append(data if raw else escape(data, quote=False))
