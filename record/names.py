"""Names as people search and sort them, and the words that cannot be part of an address."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.text import slugify as django_slugify
from django.utils.translation import gettext_lazy as _

# Letters that Unicode does not take apart into a letter and a mark.
LETTERS = str.maketrans({
    "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ß": "ss", "æ": "ae", "œ": "oe",
    "ħ": "h", "ı": "i", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "e",
})  # fmt: skip

RESERVED = frozenset(
    [
        "add",
        "admin",
        "all",
        "apply",
        "archive",
        "calendar",
        "changes",
        "chart",
        "csv",
        "delete",
        "edit",
        "export",
        "feed",
        "feeds",
        "former",
        "join",
        "json",
        "map",
        "me",
        "members",
        "networks",
        "new",
        "organisations",
        "overview",
        "overviews",
        "page",
        "pages",
        "people",
        "preview",
        "print",
        "search",
        "sponsors",
        "subscribe",
        "suggest",
        "table",
        "timeline",
        "today",
        "working-groups",
    ]
)


def normalise(text: str) -> str:
    """Return a name as it is searched and sorted: lower case, no accents, words and single spaces.

    >>> normalise("Vojvođanski IKT-klaster")
    'vojvodanski ikt klaster'
    """
    lowered = text.casefold().translate(LETTERS)
    letters = unicodedata.normalize("NFKD", lowered)
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(re.findall(r"\w+", bare.translate(LETTERS)))


def slug_from(name: str, taken=frozenset(), max_length: int = 80) -> str:
    """Return an address word for a name, with a number behind it where it is taken or reserved."""
    base = django_slugify(normalise(name))[: max_length - 4].strip("-") or "item"
    slug, number = base, 2
    while slug in taken or slug in RESERVED:
        slug, number = f"{base}-{number}", number + 1
    return slug


def not_reserved(slug: str) -> None:
    """Refuse a slug that is a word of the portal's own addresses."""
    if slug in RESERVED:
        raise ValidationError(
            _("'%(slug)s' is part of the portal's own addresses: choose another word."),
            params={"slug": slug},
            code="reserved",
        )


def initials(name: str) -> str:
    """Return up to two letters that stand for a name where there is no logo."""
    words = [word for word in re.findall(r"\w+", name) if word[0].isupper() or word[0].isdigit()]
    words = words or re.findall(r"\w+", name)
    return "".join(word[0] for word in words[:2]).upper()
