"""What differs between two texts, word by word, for people to read."""

import html
import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from django.utils.html import strip_tags

SAME, GONE, NEW = "same", "gone", "new"
# Two paragraphs whose words make more pairs than this are shown whole, one after the other.
MOST_PAIRS = 2_000_000
_END_OF_BLOCK = re.compile(r"</(?:p|h2|h3|li|blockquote)>|<br\s*/?>|\n\s*\n")


@dataclass(frozen=True)
class Piece:
    """Words that stand in both texts, only in the first (gone) or only in the second (new)."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[list[Piece]]:
    """Return the paragraphs of two texts, rich or plain, each as pieces. Markup is left out."""
    old, new = paragraphs(before), paragraphs(after)
    found = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if what == "equal":
            found += [[Piece(SAME, text)] for text in old[from_old:to_old]]
        else:
            pairs = zip_longest(old[from_old:to_old], new[from_new:to_new], fillvalue="")
            found += [_words(one, other) for one, other in pairs]
    return found


def paragraphs(text: str) -> list[str]:
    """Return the words of a text, one string a paragraph, heading or item of a list."""
    is_rich = re.search(r"</?[a-zA-Z]", text)
    parts = (
        (html.unescape(strip_tags(part)) if is_rich else part) for part in _END_OF_BLOCK.split(text)
    )
    return [" ".join(part.split()) for part in parts if part.strip() and part.split()]


def _words(old: str, new: str) -> list[Piece]:
    before, after = old.split(), new.split()
    if len(before) * len(after) > MOST_PAIRS:
        return [Piece(GONE, old), Piece(NEW, new)]
    pieces = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for what, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece(SAME, " ".join(after[from_new:to_new])))
            continue
        if to_old > from_old:
            pieces.append(Piece(GONE, " ".join(before[from_old:to_old])))
        if to_new > from_new:
            pieces.append(Piece(NEW, " ".join(after[from_new:to_new])))
    return pieces
