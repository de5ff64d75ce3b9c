"""Names out of a sentence or a column that somebody pastes: separators, holes, and 'and others'."""

import re
from dataclasses import dataclass, field

from record.names import normalise
from working_groups.named import Meant, certainly_meant, organisations_meant

LONGEST = 6000  # letters that are read
MOST = 60  # names that are looked up at once
OTHERS = re.compile(
    r"^(?:and\s+|&\s*)?(?:many\s+|several\s+|some\s+)?(?:others?|more|etc|et\s+al|so\s+on|…|\.{3})"
    r"(?:\s+(?:organisations?|guests?|members?))?$|^(?:among|amongst)\s+others$",
    re.IGNORECASE,
)
OTHERS_AT_END = re.compile(
    r"[,;]?\s*(?:\band\s+(?:many\s+|several\s+|some\s+)?others?|\band\s+more|\betc\b\.?|…|\.{3}|"
    r"\b(?:among|amongst)\s+others)\s*\.?\s*$",
    re.IGNORECASE,
)
LEAD_IN = re.compile(
    r"^(?:[^,;\n]{0,120}?:|(?:including|such as|namely|for example|e\.g\.))\s+", re.IGNORECASE
)
MARKS = re.compile(r"^(?:[-–—•*·]\s*|\d{1,3}[.)]\s+)+")
AND = re.compile(r"\s+and\s+", re.IGNORECASE)


@dataclass
class Pasted:
    """What a text holds: the names in order, and what was left out of it and why."""

    names: list[str] = field(default_factory=list)
    blanks: int = 0
    twice: list[str] = field(default_factory=list)
    complete: bool = True
    cut: bool = False


@dataclass(frozen=True)
class Proposal:
    """One name of a pasted text and whom it means."""

    number: int
    meant: Meant


def read(text: str) -> Pasted:
    """Return the names in a text. Names of the record that hold a comma or an 'and' stay whole.

    One name a line, or names between semicolons or commas, the last after an 'and'. Bullets, numbers
    and the words before a colon are no part of a name. Two queries.
    """
    pasted = Pasted(cut=len(text) > LONGEST)
    pieces, holes = _pieces(text[:LONGEST], pasted)
    known = certainly_meant(name for piece in pieces for name in _readings(piece))
    names: list[str] = []
    for piece in pieces:
        names += _split(piece, known, pasted)
    pasted.blanks += holes
    seen: set[str] = set()
    for name in names:
        words = normalise(name)
        if words in seen:
            pasted.twice.append(name)
        elif len(pasted.names) < MOST:
            seen.add(words)
            pasted.names.append(name)
        else:
            pasted.cut = True
    return pasted


def proposals(names: list[str]) -> list[Proposal]:
    """Return whom each name means; nothing is made."""
    meant = organisations_meant(names)
    return [Proposal(number, meant[name]) for number, name in enumerate(names, 1)]


def _pieces(text: str, pasted: Pasted) -> tuple[list[str], int]:
    """Cut a text where nothing but names can end: at lines and semicolons; count the empty ones."""
    pieces, holes = [], 0
    lines = text.replace("\r", "\n").strip().split("\n")
    for line in lines:
        bare = MARKS.sub("", line.strip())
        if OTHERS_AT_END.search(bare):
            pasted.complete = False
            bare = OTHERS_AT_END.sub("", bare)
            if not bare.strip(" ,;."):
                continue
        bare = LEAD_IN.sub("", bare, count=1)
        parts = bare.split(";")
        for part in parts:
            if _trimmed(part):
                pieces.append(part)
            elif len(parts) > 1 or len(lines) > 1:
                holes += bool(line.strip()) or len(lines) > 1
    return pieces, holes


def _readings(piece: str) -> list[str]:
    """Return every name that a piece may hold, whole or cut, so that one query tells which are known."""
    parts = piece.split(",")
    found = [piece]
    found += [
        ",".join(parts[first:last])
        for first in range(len(parts))
        for last in range(first + 1, min(first + 4, len(parts) + 1))
    ]
    for one in list(found):
        cuts = list(AND.finditer(one))
        for cut in cuts:
            found += [one[: cut.start()], one[cut.end() :]]
    return [_trimmed(one) for one in found if _trimmed(one)]


def _split(piece: str, known: dict, pasted: Pasted) -> list[str]:
    """Cut a piece at commas and at the 'and' before its last name, but never through a known name."""
    parts = piece.split(",")
    names, at = [], 0
    while at < len(parts):
        for length in range(min(3, len(parts) - at), 0, -1):
            whole = _trimmed(",".join(parts[at : at + length]))
            if length == 1 or normalise(whole) in known:
                break
        last = at + length == len(parts)
        at += length
        if not whole:
            pasted.blanks += 1
        elif OTHERS.match(whole):
            pasted.complete = False
        else:
            names += _split_at_and(whole, known, listed=last and len(parts) > 1)
    return names


def _split_at_and(text: str, known: dict, *, listed: bool) -> list[str]:
    """Cut at an 'and' where one side is a known name, or where it ends a list; else it is a name's own.

    'Chamber of Information and Technologies' stays one name.
    """
    text = re.sub(r"^and\s+", "", text, flags=re.IGNORECASE)
    if normalise(text) in known:
        return [text]
    cuts = [
        (_trimmed(text[: cut.start()]), _trimmed(text[cut.end() :]))
        for cut in reversed(list(AND.finditer(text)))
    ]
    for before, after in cuts:
        if before and after and (normalise(before) in known or normalise(after) in known):
            return [
                *_split_at_and(before, known, listed=False),
                *_split_at_and(after, known, listed=False),
            ]
    for before, after in cuts if listed else ():
        if before and len(before.split()) <= 3 and after[:1].isupper():
            return [before, after]
    return [text]


def _trimmed(text: str) -> str:
    text = MARKS.sub("", " ".join(text.split()))
    return text.strip(" \t.,;:\"'“”„‘’").strip()[:200]
