"""What differs between two texts, word by word: for people who decide whether it may."""

import re
from difflib import SequenceMatcher
from itertools import zip_longest

SAME, GONE, NEW = "same", "gone", "new"
MOST_WORDS = 2000  # of one paragraph that are compared; a longer one is replaced as a whole

Line = list[tuple[str, str]]


def difference(before: list[str], after: list[str]) -> list[Line]:
    """Return the paragraphs of both texts in reading order, each as parts (same, gone or new, text).

    >>> difference(["A cluster in Cluj."], ["A lively cluster in Cluj."])
    [[('same', 'A '), ('new', 'lively '), ('same', 'cluster in Cluj.')]]
    """
    lines: list[Line] = []
    compared = SequenceMatcher(None, before, after, autojunk=False)
    for what, first, last, other_first, other_last in compared.get_opcodes():
        if what == "equal":
            lines += [[(SAME, text)] for text in before[first:last]]
            continue
        pairs = zip_longest(before[first:last], after[other_first:other_last], fillvalue="")
        lines += [_within(old, new) for old, new in pairs]
    return lines


def _within(old: str, new: str) -> Line:
    """Return the parts of one paragraph."""
    before, after = (re.findall(r"\S+\s*", text) for text in (old, new))
    if not before or not after or max(len(before), len(after)) > MOST_WORDS:
        return _parts((GONE, old), (NEW, new))
    line: Line = []
    # Compared without the blanks behind them, so that the last word is the same as one in between.
    bare = [[word.rstrip() for word in words] for words in (before, after)]
    for what, first, last, other_first, other_last in SequenceMatcher(
        None, *bare, autojunk=False
    ).get_opcodes():
        if what == "equal":
            line += _parts((SAME, "".join(after[other_first:other_last])))
            continue
        line += _parts(
            (GONE, "".join(before[first:last])), (NEW, "".join(after[other_first:other_last]))
        )
    return line


def _parts(*parts: tuple[str, str]) -> Line:
    return [(kind, text) for kind, text in parts if text]
