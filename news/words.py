"""What a text names: organisations by any of their names, near-misses of names, and dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.db.models import Q

from members.models import Alias, Organisation
from record.days import PartialDate
from record.names import normalise

LONGEST_NAME = 8  # words
MOST_WORDS = 5000  # of a text that is compared
ALIKE = 0.84  # how much alike two names are of which one is taken for a slip of the other
SHORTEST_SLIP = 5  # letters
WORD = re.compile(r"[^\W_]+(?:['\u2019.&-][^\W_]+)*")
# A sentence ends before a space and a capital, not within '1. January' or 'e.V.'; what stands after a
# semicolon is one of its own.
SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.!?])\s+(?=[^\W\d_a-z])|(?<=\d[.!?])\s+(?=[A-Z])|;\s+|\n+")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{MONTHS})\s+\d{{4}}\b"
    rf"|\b(?:{MONTHS})\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}\b"
    rf"|\b(?:{MONTHS})\s+\d{{4}}\b"
    r"|\b\d{1,2}\.\d{1,2}\.\d{4}\b|\b\d{4}-\d{2}-\d{2}\b"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th)?(?:\s+of)?\s+(?:{MONTHS})\b"
    r"|(?<=\bin )(?:18|19|20)\d\d\b|(?<=\bsince )(?:18|19|20)\d\d\b"
    r"|(?<=\bfrom )(?:18|19|20)\d\d\b|(?<=\buntil )(?:18|19|20)\d\d\b"
)


@dataclass(frozen=True)
class Named:
    """An organisation that a text names: with which words, where, and by which other name if so."""

    organisation: Organisation
    words: str
    start: int
    end: int
    alias: Alias | None = None


@dataclass(frozen=True)
class Slip:
    """Words of a text that are nearly a name."""

    words: str
    organisation: Organisation
    name: str


def sentences(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield each sentence of a text with where it begins and ends."""
    begin = 0
    for gap in SENTENCE.finditer(text):
        yield begin, gap.start(), text[begin : gap.start()]
        begin = gap.end()
    yield begin, len(text), text[begin:]


def dates(sentence: str) -> list[tuple[str, PartialDate | tuple[int, int]]]:
    """Return the dates of a sentence with its words: a PartialDate, or (day, month) without a year."""
    found = []
    for match in DATE.finditer(sentence):
        words = match.group()
        typed = words.replace(" of ", " ")
        try:
            found.append((words, PartialDate.parse(typed)))
        except ValueError:
            try:
                day = PartialDate.parse(f"{typed} 2024").first_day
            except ValueError:
                continue
            found.append((words, (day.day, day.month)))
    return found


def agrees(said: PartialDate | tuple[int, int], known: PartialDate | None) -> bool:
    """Whether a date in a text can be that of the record, as precisely as both are known."""
    if known is None:
        return False
    if isinstance(said, tuple):
        day = known.first_day
        return known.precision != "day" or said == (day.day, day.month)
    return said.first_day <= known.last_day and known.first_day <= said.last_day


class Names:
    """The names in a text. Two queries find those that are right, two more those that nearly are."""

    def __init__(self, text: str, about: list[Organisation] = ()):
        self.text, self.about = text, list(about)
        self._words = list(WORD.finditer(text))[:MOST_WORDS]
        self.named = list(self._find())

    def within(self, start: int, end: int) -> list[Named]:
        return [one for one in self.named if start <= one.start < end]

    def _runs(self) -> Iterator[tuple[int, int, str]]:
        """Yield runs of words that may be a name: they begin with a capital or a digit."""
        for first, word in enumerate(self._words):
            if not any(letter.isupper() or letter.isdigit() for letter in word.group()):
                continue
            for last in self._words[first : first + LONGEST_NAME]:
                yield word.start(), last.end(), self.text[word.start() : last.end()]

    def _find(self) -> Iterator[Named]:
        runs = [(start, end, words, normalise(words)) for start, end, words in self._runs()]
        wanted = {key for *_place, key in runs if key}
        known: dict[str, tuple[Organisation, Alias | None]] = {}
        rows = Alias.objects.filter(normalised__in=wanted).select_related("organisation")
        for alias in rows.defer("organisation__description", "organisation__search"):
            known[alias.normalised] = (alias.organisation, alias)
        names = Organisation.objects.filter(sort_name__in=wanted).defer("description", "search")
        for one in names:
            known[one.sort_name] = (one, None)
        taken = 0
        # The longest name that begins at a place is the one that is meant.
        for start, end, words, key in sorted(runs, key=lambda run: (run[0], -run[1])):
            if start >= taken and key in known and _written_as_a_name(words):
                organisation, alias = known[key]
                yield Named(organisation, words, start, end, alias)
                taken = end

    def slips(self) -> list[Slip]:
        """Return words that are no name on record, but nearly one."""
        names = [(one.start, one.end) for one in self.named if one.alias is None]
        # 'Cluj IT' is right, but in 'Cluj IT Clutser' it is a part of a name that is not.
        aliases = [(one.start, one.end) for one in self.named if one.alias]
        runs = {}
        for start, end, words in self._runs():
            inside = any(start < last and first < end for first, last in names) or any(
                start < last and first < end and not (start <= first and last < end)
                for first, last in aliases
            )
            key = normalise(words)
            if not inside and len(key) >= SHORTEST_SLIP and words[-1:].isalnum():
                runs.setdefault(key, words)
        if not runs:
            return []
        found: dict[int, tuple[float, Slip]] = {}
        for name, organisation in self._candidates(set(runs)):
            target = normalise(name)
            for key, words in runs.items():
                alike = _alike(key, target)
                best = found.get(organisation.pk, (0, None))[0]
                if alike > max(best, ALIKE):
                    found[organisation.pk] = (alike, Slip(words, organisation, name))
        return [slip for _alike, slip in found.values()]

    def _candidates(self, keys: set[str]) -> Iterator[tuple[str, Organisation]]:
        """Yield names to compare with: those that begin alike, and all of whom the text is about."""
        begin = {key[:3] for key in keys}
        starts = Q()
        for letters in sorted(begin)[:200]:
            starts |= Q(sort_name__startswith=letters)
        about = [one.pk for one in self.about]
        rows = Organisation.objects.filter(starts | Q(pk__in=about) | Q(is_alliance=True))
        for one in rows.defer("description", "search").order_by("pk")[:2000]:
            yield one.name, one


def _written_as_a_name(words: str) -> bool:
    """Whether words are written with a capital, so that 'bit' is not taken for 'BIT'."""
    return words[0].isupper() or words[0].isdigit() or any(letter.isupper() for letter in words)


def _alike(one: str, other: str) -> float:
    """Return how much alike two normalised names are; 0 where no slip leads from one to the other."""
    if one == other or (one[:1] != other[:1] and one[-3:] != other[-3:]):
        return 0
    if abs(len(one) - len(other)) > 3 or len(other) < SHORTEST_SLIP:
        return 0
    # A name in the plural, the genitive or with another number is no slip.
    if one.rstrip("s") == other.rstrip("s") or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return 0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
