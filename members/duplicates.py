"""Which organisations of the record one that is about to be added, or is there, may be already.

The database finds the few that come into question by indexes; here it is said why each of them is
shown. Never more than a hint: two bodies of one town may well have names alike.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib.postgres.search import TrigramSimilarity
from django.db import connection
from django.db.models import F, Q
from django.utils.translation import gettext as _

from members.models import Alias, AreTwo, Organisation
from record.names import normalise

MOST = 5  # matches that are shown
LOOKED_AT = 20  # candidates that are compared letter by letter
LONGEST = 400  # letters of what is asked that are looked at
SHORT = 3  # letters of a part of a name that may stand for the whole
# How alike two names must be, from 0 to 1, in the way PostgreSQL compares them: by their groups of
# three letters. Bodies of two countries share words like 'ICT cluster' without being the same.
ALIKE, ALIKE_IN_ONE_COUNTRY, ALIKE_ABROAD = 0.6, 0.5, 0.75


@dataclass(frozen=True)
class Match:
    """An organisation that may be the one asked about, and the sentence that says why."""

    organisation: Organisation
    why: str
    likeness: float  # 1 and more: a name or the website is the same


def possible_duplicates(
    name: str, website: str = "", country: str = "", exclude_pk: int | None = None
) -> list[Match]:
    """Return the organisations of the record that this one may be, the likeliest first.

    Takes a name as it was written ('ATIC (Moldovan Association …)' is looked for under both names),
    an address of a site and an ISO country code; `exclude_pk` is the one that is asked about, where
    it is on record: neither it nor what was said to be another one is a match. Four queries, whatever the size of the record; five
    matches at the most.
    """
    asked = _Asked(name, website, country)
    keys = [*asked.same(), *asked.nearly()]
    rows = Organisation.objects.filter(pk__in=keys).exclude(pk=exclude_pk)
    if exclude_pk is not None:
        rows = rows.exclude(_said_to_be_two(exclude_pk))
    rows = rows.defer("description", "search").prefetch_related("aliases")
    matches = [match for row in rows if (match := asked.match(row))]
    matches.sort(key=lambda one: (-one.likeness, one.organisation.sort_name))
    return matches[:MOST]


def _said_to_be_two(key: int) -> Q:
    said = AreTwo.objects
    return Q(pk__in=said.filter(one=key).values("other")) | Q(
        pk__in=said.filter(other=key).values("one")
    )


class _Asked:
    """What is asked about, in the forms in which it is compared."""

    def __init__(self, name: str, website: str, country: str):
        self.written = name.strip()[:LONGEST]
        self.names = names_within(name)
        self.host, self.path = site_of(website)
        self.country = country

    def same(self) -> list[int]:
        """Return the keys of those with the same name, also run together, alone or as a part of
        theirs ('MASIT (Macedonian Chamber …)'), or on the same host.
        """
        lines = dict.fromkeys(form for one in self.names for form in (one, run_together(one)))
        wanted = Q(pk__in=[])
        if lines:
            names = "|".join(re.escape(line) for line in lines)
            wanted |= Q(search_names__regex=rf"(^|\n)({names})(\n|$)")
            part = rf"(^|[(,;/|]\s*){re.escape(self.written)}\s*([(),;/|]|$)"
            wanted |= Q(search_names__contains=self.names[0], name__iregex=part)
        if self.host:
            wanted |= Q(
                website__iregex=rf"^https?://(www\.)?{re.escape(self.host)}(:\d+)?(/|\?|#|$)"
            )
        rows = Organisation.objects.filter(wanted).order_by("pk")
        return list(rows.values_list("pk", flat=True)[:LOOKED_AT])

    def nearly(self) -> list[int]:
        """Return the keys of those with a name that is likest to one of these."""
        if not self.names:
            return []
        whole = self.names[0]
        own = (
            Organisation.objects.filter(sort_name__trigram_similar=whole)
            .order_by()
            .values(key=F("pk"), likeness=TrigramSimilarity("sort_name", whole))
        )
        others = (
            Alias.objects.filter(normalised__trigram_similar=whole)
            .order_by()
            .values(key=F("organisation"), likeness=TrigramSimilarity("normalised", whole))
        )
        rows = own.union(others, all=True).order_by("-likeness", "key")
        return list(dict.fromkeys(row["key"] for row in rows[:LOOKED_AT]))

    def match(self, row: Organisation) -> Match | None:
        """Return why a candidate may be the one, the strongest reason only; None where it is not."""
        if found := self._same_name(row):
            return found
        if self._same_site(row):
            return Match(row, _("Has the same website: %(site)s.") % {"site": row.website}, 2.0)
        return self._alike(row)

    def _same_name(self, row: Organisation) -> Match | None:
        wanted = {run_together(one) for one in self.names}
        if run_together(row.sort_name) in wanted:
            return Match(row, _("Has the same name."), 3.0)
        for alias in row.aliases.all():
            if run_together(alias.normalised) in wanted:
                why = _("Has '%(name)s' on record as another name.") % {"name": alias.name}
                return Match(row, why, 2.5)
        parts = names_within(row.name)[1:]
        part = next((one for one in parts if run_together(one) in wanted), None)
        return part and Match(row, _("Has this name as a part of its own."), 1.5)

    def _same_site(self, row: Organisation) -> bool:
        host, path = site_of(row.website)
        # Pages of two bodies on one social network or one portal are no common site.
        return bool(host) and host == self.host and (path == self.path or not (path and self.path))

    def _alike(self, row: Organisation) -> Match | None:
        names = [row.sort_name, *(alias.normalised for alias in row.aliases.all())]
        scores = [(likeness(mine, name), name) for mine in self.names for name in names]
        if not scores:
            return None
        score, name = max(scores)
        if score < self._alike_enough(row):
            return None
        if name == row.sort_name:
            return Match(row, _("Has nearly the same name."), score)
        alias = next(one.name for one in row.aliases.all() if one.normalised == name)
        return Match(row, _("Has nearly this name on record: '%(name)s'.") % {"name": alias}, score)

    def _alike_enough(self, row: Organisation) -> float:
        if not self.country or not row.country:
            return ALIKE
        return ALIKE_IN_ONE_COUNTRY if row.country == self.country else ALIKE_ABROAD


# -- names and sites, as they are compared --------------------------------------------------------


def names_within(text: str) -> list[str]:
    """Return the normalised names that a printed one holds, the whole first.

    >>> names_within("MASIT (Macedonian Chamber of ICT)")
    ['masit macedonian chamber of ict', 'masit', 'macedonian chamber of ict']
    """
    text = text[:LONGEST]
    parts = [text, *re.split(r"[(),;/|]|\s[–—-]\s", text)]
    names = [normalise(part) for part in parts]
    kept = [name for name in names[1:] if len(name) >= SHORT]
    return list(dict.fromkeys(name for name in [names[0], *kept] if name))


def run_together(name: str) -> str:
    return name.replace(" ", "")


def site_of(address: str) -> tuple[str, str]:
    """Return host and path of a site as they are compared: without www, the end's / and case.

    >>> site_of("https://www.ClujIT.ro/")
    ('clujit.ro', '')
    """
    text = address.strip()
    try:
        parts = urlsplit(text if "://" in text else f"https://{text}")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return "", ""
    return (host, parts.path.strip("/").casefold()) if "." in host else ("", "")


def likeness(one: str, other: str) -> float:
    """Return how alike two normalised names are, from 0 to 1, as PostgreSQL's similarity has it.

    0 where they differ in a number: 'Forum 2020' and 'Forum 2021' are two.
    """
    if _numbers(one) != _numbers(other):
        return 0.0
    first, second = _trigrams(one), _trigrams(other)
    return len(first & second) / (len(first | second) or 1)


def _numbers(name: str) -> set[str]:
    return {word for word in name.split() if word.isdecimal()}


def _trigrams(name: str) -> set[str]:
    padded = [f"  {word} " for word in name.split()]
    return {word[at : at + 3] for word in padded for at in range(len(word) - 2)}


# -- the whole record -----------------------------------------------------------------------------

PAIRS = 200  # that are shown
# Every name against every other takes the square of their number: above this, only names that are
# the same and sites are compared.
NEAR_UP_TO = 3000

NAMES = """
    SELECT id AS organisation, sort_name AS name FROM members_organisation
    UNION ALL SELECT organisation_id, normalised FROM members_alias
"""
PAIRS_BY_NAME = f"""
    WITH names AS MATERIALIZED ({NAMES})
    SELECT DISTINCT a.organisation, b.organisation FROM names a JOIN names b
    ON replace(a.name, ' ', '') = replace(b.name, ' ', '') AND a.organisation < b.organisation
    WHERE a.name <> '' LIMIT %(most)s
"""  # noqa: S608  nothing of it comes from outside
PAIRS_BY_LIKENESS = f"""
    WITH names AS MATERIALIZED ({NAMES})
    SELECT DISTINCT a.organisation, b.organisation FROM names a JOIN names b
    ON a.organisation < b.organisation AND similarity(a.name, b.name) >= %(alike)s
    LIMIT %(most)s
"""  # noqa: S608  nothing of it comes from outside
PAIRS_BY_SITE = r"""
    WITH sites AS MATERIALIZED (
        SELECT id, lower(substring(website FROM '^https?://(?:www\.)?([^/:?#]+)')) AS host
        FROM members_organisation WHERE website <> ''
    )
    SELECT a.id, b.id FROM sites a JOIN sites b ON a.host = b.host AND a.id < b.id LIMIT %(most)s
"""


@dataclass(frozen=True)
class Pair:
    """Two organisations that look alike, and why; the one with memberships first, else the older."""

    one: Organisation
    other: Organisation
    why: str
    likeness: float


@dataclass(frozen=True)
class Pairs:
    rows: list[Pair]
    only_same: bool  # the record is so large that names alike were not looked for
    limited: bool  # there are more


def pairs() -> Pairs:
    """Return what looks alike in the whole record, the likeliest first, without what was said to be
    two. Six queries at the most, and 200 pairs.
    """
    only_same = Organisation.objects.count() > NEAR_UP_TO
    queries = [PAIRS_BY_NAME, PAIRS_BY_SITE, *([] if only_same else [PAIRS_BY_LIKENESS])]
    keys: dict[tuple[int, int], None] = {}
    limited = False
    for query in queries:
        with connection.cursor() as cursor:
            cursor.execute(query, {"most": PAIRS * 2, "alike": ALIKE_IN_ONE_COUNTRY})
            found = cursor.fetchall()
        limited |= len(found) == PAIRS * 2
        keys |= dict.fromkeys(found)
    for two in AreTwo.objects.values_list("one_id", "other_id"):
        keys.pop(two, None)
    rows = Organisation.objects.filter(is_alliance=False).defer("description", "search")
    known = rows.prefetch_related("aliases").in_bulk({key for pair in keys for key in pair})
    made = [_pair(known[one], known[other]) for one, other in keys if {one, other} <= known.keys()]
    shown = sorted((one for one in made if one), key=lambda one: (-one.likeness, one.one.sort_name))
    return Pairs(shown[:PAIRS], only_same, limited or len(shown) > PAIRS)


def _pair(one: Organisation, other: Organisation) -> Pair | None:
    names = [one.name, *(alias.name for alias in one.aliases.all())]
    sites = [one.website, *([""] * (len(names) - 1))]
    asked = [_Asked(name, site, str(one.country)) for name, site in zip(names, sites, strict=True)]
    matches = [match for each in asked if (match := each.match(other))]
    if not matches:
        return None
    best = max(matches, key=lambda match: match.likeness)
    first, second = sorted((one, other), key=lambda each: (not each.has_membership, each.pk))
    return Pair(first, second, best.why, best.likeness)
