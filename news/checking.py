"""Compares a text with the record: figures, dates and categories of memberships, and names.

It finds what can be read with some certainty and is silent about the rest: a list of doubts that
nobody reads helps nobody. Every sentence of a text is looked at by itself.
"""

import re
from collections.abc import Iterator
from functools import cached_property

from django.db.models import Count
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Alias, Category, Figure, Membership, Organisation
from news.announcements import as_what
from news.models import Post
from news.words import Named, Names, agrees, dates, sentences
from publishing.checking import Finding
from publishing.rich_text import plain
from record.days import in_words, today
from working_groups.models import WorkingGroup

NUMBER = r"(?P<number>\d{1,3}(?:[,. \u00a0]\d{3})+|\d+)"
QUALIFIER = (
    r"(?P<qualifier>more than|well over|over|at least|about|around|some|nearly|almost|up to)?"
)
COUNTED = re.compile(
    rf"\b(?:{QUALIFIER}\s+)?\b{NUMBER}\+?\s+(?:[a-z-]+\s+){{0,2}}?"
    r"(?P<noun>associations|members|organisations|countries|working groups|companies|firms|"
    r"enterprises|businesses|SMEs|experts)\b",
    re.IGNORECASE,
)
US = re.compile(r"\b(network|alliance|we|our|us)\b", re.IGNORECASE)
OF_THE_NETWORK = re.compile(
    r"\b(network|alliance|we|our|us|members?|represents?|unites?|brings?|stands? for|speaks? for)\b",
    re.IGNORECASE,
)
MEMBERSHIP = re.compile(
    r"\b(members?|memberships?|joins?|joined|joining|admitted|admission)\b", re.IGNORECASE
)
CATEGORY = re.compile(
    r"\b(?P<category>full|sponsored|regional)[ -]+(?:members?|memberships?)\b", re.IGNORECASE
)
NEGATED = re.compile(
    r"\b(not|no longer|never|instead of|rather than|formerly|before)\b", re.IGNORECASE
)
NOW = re.compile(r"\b(is|are|remains?)\b", re.IGNORECASE)
ENDS = re.compile(r"\b(until|through|ends?|ended|expires?|expired|left)\b", re.IGNORECASE)
FOUNDED = re.compile(r"\b(founded|established|set up|created|founding)\b", re.IGNORECASE)
COMPANIES = {"companies", "firms", "enterprises", "businesses", "smes"}
# What is on record only so that it is found, never to be written.
WRONG_NAMES = {Alias.Kind.FORMER, Alias.Kind.MISSPELT, Alias.Kind.PRINTED}


def check(publication) -> list[Finding]:
    """Return what a publication says that the record does not, in the order of its text."""
    return list(Reading(publication).findings())


class Reading:
    """One text beside the record as it stands today."""

    def __init__(self, publication):
        parts = [publication.title, publication.lead, getattr(publication, "key_points", "")]
        body = re.sub(r"</(p|li|h2|h3|blockquote)>", r"</\1>\n", publication.body)
        parts += [plain(line) for line in body.split("\n")]
        self.text = "\n".join(part for part in parts if part).replace("\u00a0", " ")
        self.about = (
            list(publication.organisations.defer("description", "search"))
            if isinstance(publication, Post) and publication.pk
            else []
        )
        self.names = Names(self.text, self.about)

    def findings(self) -> Iterator[Finding]:
        for start, end, sentence in sentences(self.text):
            named = self.names.within(start, end)
            yield from self.figures(sentence, named)
            members = self.meant(named)
            yield from self.periods(sentence, members)
            yield from self.categories(sentence, members)
        yield from self.other_names()

    def meant(self, named: list[Named]) -> list[Organisation]:
        """Return the organisations a sentence is about: those it names, else the only one of all."""
        found = list(dict.fromkeys(one.organisation for one in named))
        found = [one for one in found if not one.is_alliance]
        if found or len(self.about) != 1:
            return found
        return self.about

    # -- figures ----------------------------------------------------------------------------------

    def figures(self, sentence: str, named: list[Named]) -> Iterator[Finding]:
        others = [one.organisation for one in named if not one.organisation.is_alliance]
        others = list(dict.fromkeys(others))
        for match in COUNTED.finditer(sentence):
            said = int(re.sub(r"\D", "", match["number"]))
            words = match.group().strip()
            around = f"{sentence[: match.start()]} {sentence[match.end() :]}"
            # Where a post is about one organisation, 'represents' without a name is that one.
            speaks = US if len(self.about) == 1 else OF_THE_NETWORK
            of_the_network = not others and speaks.search(around)
            alone = others or self.about
            if of_the_network:
                noun = match["noun"].lower()
                yield from self.of_the_network(words, noun, said, match["qualifier"])
            elif len(alone) == 1:
                yield from self.represented(alone[0], words, said, match["qualifier"])

    def represented(self, organisation, words, said, qualifier) -> Iterator[Finding]:
        """Compare with the numbers that are on record for one organisation, if there are any."""
        rows = [one for one in self.declared if one.about_id == organisation.pk]
        if not rows or any(_fits(said, one.number, qualifier) for one in rows):
            return
        told = _("%(name)s: %(figure)s, %(dated)s.") % {
            "name": organisation, "figure": rows[0].in_words(), "dated": rows[0].dated_in_words(),
        }  # fmt: skip
        yield Finding(words, told, _admin(organisation))

    def of_the_network(self, words, noun, said, qualifier) -> Iterator[Finding]:
        measure = {"experts": Figure.Measure.EXPERTS}.get(noun)
        if noun in COMPANIES:
            measure = Figure.Measure.COMPANIES
        if measure:
            rows = [
                one for one in self.declared if one.measure == measure and one.about.is_alliance
            ]
            # Figures may fall and earlier ones are kept: the latest is the one that is true today.
            if rows and not _fits(said, rows[0].number, qualifier):
                told = f"{capfirst(rows[0].in_words())}, {rows[0].dated_in_words()}."
                yield Finding(words, told, _admin(rows[0].about))
            return
        category = CATEGORY.search(words)
        key = category["category"].lower() if category else noun
        counted, told = self.counted(key)
        if counted is None or _fits(said, counted, qualifier) or said in self.told_here:
            return
        yield Finding(words, told, reverse("members:list"))

    def counted(self, noun: str) -> tuple[int | None, str]:
        """Return how many the record has today of what a noun names, and the sentence for it."""
        members, countries, by_category, groups = self.totals
        day = {"day": in_words(today())}
        if noun in by_category or noun in Category.values:
            number = by_category.get(noun, 0)
            what = as_what(noun, number if number != 1 else 1)
            return number, _("The record has %(number)s %(what)s today.") % {
                "number": number, "what": what.removeprefix("a "),
            }  # fmt: skip
        if noun in {"associations", "members", "organisations"}:
            told = ngettext("The record has %(n)s member on %(day)s.",
                            "The record has %(n)s members on %(day)s.", members)  # fmt: skip
            return members, told % {"n": members, **day}
        if noun == "countries":
            told = ngettext("The members are from %(n)s country on %(day)s.",
                            "The members are from %(n)s countries on %(day)s.", countries)  # fmt: skip
            return countries, told % {"n": countries, **day}
        if noun == "working groups":
            told = ngettext("The record has %(n)s working group that is not closed.",
                            "The record has %(n)s working groups that are not closed.", groups)  # fmt: skip
            return groups, told % {"n": groups}
        return None, ""

    @cached_property
    def totals(self) -> tuple[int, int, dict[str, int], int]:
        rows = Organisation.objects.members_on().values_list("country", flat=True)
        countries = list(rows)
        held = Membership.objects.on().filter(organisation__is_alliance=False)
        by_category = dict(held.order_by().values_list("category").annotate(Count("pk")))
        groups = WorkingGroup.objects.exclude(status=WorkingGroup.Status.CLOSED).count()
        return len(countries), len({code for code in countries if code}), by_category, groups

    @cached_property
    def told_here(self) -> set[int]:
        """Return how many organisations the text is about: '4 organisations join' counts these."""
        return {len(self.about)} if len(self.about) > 1 else set()

    @cached_property
    def declared(self) -> list[Figure]:
        """Return the figures of all whom the text names and of the alliance, the latest first."""
        keys = {one.organisation.pk for one in self.names.named} | {one.pk for one in self.about}
        alliance = Organisation.objects.filter(is_alliance=True).values_list("pk", flat=True)
        rows = Figure.objects.filter(about__in=keys | set(alliance)).select_related("about")
        rows = rows.defer("about__description", "about__search")
        return sorted(
            rows, key=lambda one: (one.as_of is not None, one.as_of or today()), reverse=True
        )

    # -- memberships ------------------------------------------------------------------------------

    @cached_property
    def memberships(self) -> dict[int, list[Membership]]:
        keys = {one.organisation.pk for one in self.names.named} | {one.pk for one in self.about}
        found: dict[int, list[Membership]] = {key: [] for key in keys}
        for row in Membership.objects.filter(organisation__in=keys).order_by("during"):
            found[row.organisation_id].append(row)
        return found

    def periods(self, sentence: str, organisations: list[Organisation]) -> Iterator[Finding]:
        """Compare the dates of a sentence about memberships, or about a founding."""
        said = dates(sentence)
        founding = FOUNDED.search(sentence)
        if not said or not (founding or MEMBERSHIP.search(sentence)):
            return
        for organisation in organisations:
            rows = self.memberships[organisation.pk]
            known = [(row.starts, row.ends) for row in rows]
            for words, date in said:
                before = sentence.partition(words)[0]
                if founding and not MEMBERSHIP.search(sentence):
                    if organisation.founded and not agrees(date, organisation.founded):
                        told = _("%(name)s was founded in %(when)s.") % {
                            "name": organisation, "when": organisation.founded,
                        }  # fmt: skip
                        yield Finding(words, told, _admin(organisation))
                    continue
                if not rows or (founding and agrees(date, organisation.founded)):
                    continue
                bounds = [end for _start, end in known if end] if _is_an_end(before) else []
                bounds = bounds or [start for start, _end in known]
                if not any(agrees(date, bound) for bound in bounds):
                    yield Finding(words, _memberships(organisation, rows), _admin(organisation))

    def categories(self, sentence: str, organisations: list[Organisation]) -> Iterator[Finding]:
        """Compare 'a full member' with the categories that an organisation has or had."""
        match = CATEGORY.search(sentence)
        if match is None or NEGATED.search(sentence) or COUNTED.search(match.group()):
            return
        said = match["category"].lower()
        for organisation in organisations:
            rows = self.memberships[organisation.pk]
            if NOW.search(sentence[: match.start()]) and not dates(sentence):
                rows = [row for row in rows if row.is_on()] or rows
            if rows and said not in {row.category for row in rows}:
                told = _memberships(organisation, self.memberships[organisation.pk])
                yield Finding(match.group(), told, _admin(organisation))

    # -- names ------------------------------------------------------------------------------------

    def other_names(self) -> Iterator[Finding]:
        """Name what is no longer, or never was, the name of an organisation."""
        for one in self.names.named:
            if one.alias and one.alias.kind in WRONG_NAMES:
                told = _("'%(alias)s' is on record as %(kind)s of %(name)s.") % {
                    "alias": one.words, "kind": _a(one.alias), "name": one.organisation,
                }  # fmt: skip
                yield Finding(one.words, told, _admin(one.organisation))
        for slip in self.names.slips():
            told = _("Nothing on record is called so; %(name)s is nearly the same.")
            yield Finding(slip.words, told % {"name": slip.name}, _admin(slip.organisation))


def _a(alias: Alias) -> str:
    return {
        Alias.Kind.FORMER: _("a former name"),
        Alias.Kind.MISSPELT: _("a misspelt name"),
        Alias.Kind.PRINTED: _("a name as printed elsewhere"),
    }[Alias.Kind(alias.kind)]


def _is_an_end(words_before: str) -> bool:
    """Whether the last word of time before a date speaks of an end."""
    return bool(ENDS.search(words_before[-24:]))


def _fits(said: int, known: float, qualifier: str | None) -> bool:
    """Whether a number can be said of what is on record, with its 'more than' or 'about'."""
    if said == known:
        return True
    match (qualifier or "").lower():
        case "more than" | "over" | "well over" | "at least":
            return known * 0.8 <= said <= known
        case "about" | "around" | "some":
            return abs(said - known) <= known * 0.1
        case "nearly" | "almost" | "up to":
            return known <= said <= known * 1.1
    return False


def _memberships(organisation: Organisation, rows: list[Membership]) -> str:
    told = "; ".join(f"{row.category_in_words()}, {row.period_in_words()}" for row in rows)
    return _("%(name)s on record: %(memberships)s.") % {"name": organisation, "memberships": told}


def _admin(organisation: Organisation) -> str:
    return reverse("admin:members_organisation_change", args=[organisation.pk])
