"""One search over everything that is public, grouped by what was found.

Each kind is one query: a bounded number of matches is ranked and counted, and only the rows that
are shown have their matching words cut out.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, Window
from django.db.models.functions import Concat, JSONObject, Round
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliance_portal.forms import SearchForm
from members.models import Affiliation, Alias, Network, Organisation, Person
from members.querysets import ANNOUNCED, FORMER, MEMBER
from news.models import Opportunity
from publishing.lists import as_typed
from publishing.models import SEARCH_CONFIG, Page, Publication
from publishing.rich_text import plain
from record.fetching import for_page
from record.names import normalise
from working_groups.models import Activity, Role, WorkingGroup

RANKED = 1000  # matches of one kind that are ranked and counted; there may be more
SHOWN, SHOWN_ALONE = 5, 100  # rows of one kind: beside the others, and by itself
LONGEST_LEAD = 300  # characters
OPEN, CLOSE = "\ue000", "\ue001"  # around a found word until the text is escaped
MARKED = re.compile(f"{OPEN}([^{OPEN}{CLOSE}]+){CLOSE}")


@dataclass(frozen=True)
class Hit:
    title: str
    url: str
    about: str = ""
    excerpt: str = ""
    language: str = ""


@dataclass(frozen=True)
class Kind:
    """Something that can be found: `find` gives the ranked rows, `show` what a row prints."""

    key: str
    label: str
    find: Callable[[str], QuerySet]
    show: Callable[[object], Hit]


@dataclass(frozen=True)
class Results:
    kind: Kind
    hits: list[Hit]
    total: int

    @property
    def more(self) -> bool:
        return self.total > len(self.hits)

    @property
    def is_bounded(self) -> bool:
        """Whether there may be more matches than were counted."""
        return self.total >= RANKED


def search(request):
    """Show what the words find, a few rows of each kind or many of one."""
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    asked = request.GET.get("kind", "")
    kinds = [kind for kind in KINDS if kind.key == asked]
    notes = [error for errors in form.errors.values() for error in errors]
    if asked and not kinds:
        note = _("There is no kind '%(kind)s' to search in: all kinds are shown.")
        notes.append(note % {"kind": as_typed(asked)})
    context = {
        "crumbs": [(_("Search"), None)],
        "words": words,
        "notes": notes,
        "alone": kinds[0] if kinds else None,
        "results": find(words, kinds or KINDS, SHOWN_ALONE if kinds else SHOWN) if words else [],
    }
    return render(request, "site/search.html", context)


def find(words: str, kinds, most: int) -> list[Results]:
    """Return what was found, one entry for each kind with a match; one query a kind."""
    results = []
    for kind in kinds:
        rows = list(for_page(kind.find(words))[:most])
        if rows:
            results.append(Results(kind, [kind.show(row) for row in rows], rows[0].total))
    return results


def marked(excerpt: str, lead: str) -> SafeString:
    """Return an excerpt as HTML: words only, escaped, with those that were found marked.

    An excerpt that begins or ends within a sentence says so by three dots. Where the words were
    found in the title only, the lead stands there instead.
    """
    words = plain(excerpt)
    if OPEN not in words:
        words = Truncator(lead).chars(LONGEST_LEAD)
    else:
        before = "… " if words.lstrip(OPEN)[:1].islower() else ""
        after = "" if words.rstrip(CLOSE)[-1:] in ".!?…" else " …"
        words = f"{before}{words}{after}"
    safe = MARKED.sub(r"<mark>\1</mark>", escape(words))
    return mark_safe(safe.replace(OPEN, "").replace(CLOSE, ""))  # noqa: S308 escaped above


def full_text(among: QuerySet, words: str, *texts: str, order: tuple[str, ...]) -> QuerySet:
    """Rank the first matches in that order, roughly: where two are about as good, it decides.

    `among` has a `search` column; `texts` are what the excerpt is cut from.
    """
    query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
    matches = among.filter(search=query).order_by(*order).values("pk")[:RANKED]
    return (
        among.filter(pk__in=matches)
        .annotate(
            rank=Round(SearchRank(F("search"), query), precision=1),
            total=Window(Count("pk")),
            excerpt=headline(query, *texts),
        )
        .order_by("-rank", *order)
    )


def headline(query: SearchQuery, *texts: str) -> SearchHeadline:
    parts = [part for text in texts for part in (F(text), Value(" "))]
    return SearchHeadline(
        Concat(*parts, output_field=TextField()),
        query,
        config=SEARCH_CONFIG,
        start_sel=OPEN,
        stop_sel=CLOSE,
        fragment_delimiter=" … ",
        max_fragments=2,
        min_words=8,
        max_words=20,
    )


# Organisations: by any name, with typos; those without a membership too.


def find_organisations(words: str) -> QuerySet:
    among = Organisation.objects.filter(is_alliance=False)
    name = normalise(words)
    called_so = Alias.objects.filter(normalised=name).values("organisation")
    matches = among.search_for(words).order_by().values("pk")[:RANKED]
    query = SearchQuery(words, config=SEARCH_CONFIG, search_type="websearch")
    return (
        among.filter(Q(pk__in=matches) | Q(pk__in=called_so) | Q(sort_name=name))
        .search_for(words)
        .with_state()
        .annotate(total=Window(Count("pk")), excerpt=headline(query, "summary"))
        .defer("description", "search", "search_names")
        .best_first()
    )


def show_organisation(row: Organisation) -> Hit:
    states = {MEMBER: _("member"), ANNOUNCED: _("announced member"), FORMER: _("former member")}
    about = [states.get(row.state, ""), row.get_kind_display(), row.place]
    return Hit(row.name, row.get_absolute_url(), _list(about), marked(row.excerpt, row.summary))


# People: only with a basis for being shown. They lead to where they stand today.


def find_people(words: str) -> QuerySet:
    people = Person.objects.may_be_shown()
    terms = normalise(words).split()
    if not terms:
        people = people.none()
    for term in terms:
        people = people.filter(Q(sort_name__startswith=term) | Q(sort_name__contains=f" {term}"))
    affiliations = Affiliation.objects.on().filter(person=OuterRef("pk")).order_by("order", "pk")
    roles = Role.objects.on().filter(person=OuterRef("pk")).order_by("name", "pk")
    house = JSONObject(
        function="function",
        name="organisation__name",
        slug="organisation__slug",
        has_membership="organisation__has_membership",
        is_alliance="organisation__is_alliance",
    )
    group = JSONObject(function="name", name="group__name", slug="group__slug")
    return (
        people.filter(pk__in=people.order_by("sort_name").values("pk")[:RANKED])
        .annotate(
            house=Subquery(affiliations.values_list(house)[:1]),
            group=Subquery(roles.values_list(group)[:1]),
            total=Window(Count("pk")),
        )
        .defer("biography")
        .order_by("sort_name", "pk")
    )


def show_person(row: Person) -> Hit:
    url, about = "", []
    if row.group:
        url = reverse("working_groups:detail", args=[row.group["slug"]])
        about.append(f"{Role.Name(row.group['function']).label}, {row.group['name']}")
    if row.house:
        place = Organisation(slug=row.house["slug"], has_membership=row.house["has_membership"])
        url = reverse("about") if row.house["is_alliance"] else place.get_absolute_url()
        about.insert(0, f"{row.house['function']}, {row.house['name']}")
    return Hit(row.full_name, url, "; ".join(about))


# What has a text of its own.


def find_groups(words: str) -> QuerySet:
    among = WorkingGroup.objects.defer("scope", "search")
    return full_text(among, words, "summary", "scope", order=("name", "pk"))


def find_publications(words: str) -> QuerySet:
    among = Publication.objects.public().with_specific().defer("body", "search")
    return full_text(among, words, "lead", "body", order=("-sort_day", "-pk"))


def show_publication(row: Publication) -> Hit:
    about = _list([row.get_kind_display(), row.printed_in_words()])
    language = "" if row.language == "en" else row.language
    return Hit(
        row.title, row.get_absolute_url(), about, marked(row.excerpt, row.lead_now), language
    )


def find_activities(words: str) -> QuerySet:
    among = Activity.objects.public().for_list()
    return full_text(among, words, "summary", "place", "description", order=("-starts_on", "-pk"))


def show_activity(row: Activity) -> Hit:
    group = row.group.name if row.group else ""
    about = _list([row.get_kind_display(), row.day_in_words(), row.place, group])
    return Hit(row.title, row.get_absolute_url(), about, marked(row.excerpt, row.summary))


def find_opportunities(words: str) -> QuerySet:
    among = Opportunity.objects.defer("search")
    return full_text(among, words, "summary", order=("-deadline", "-pk"))


def show_opportunity(row: Opportunity) -> Hit:
    word = _("open until %(moment)s") if row.is_open() else _("was open until %(moment)s")
    about = _list([row.get_kind_display(), word % {"moment": row.deadline_in_words()}])
    return Hit(row.title, row.get_absolute_url(), about, marked(row.excerpt, row.summary))


def find_networks(words: str) -> QuerySet:
    texts = ("name", "summary", "description")
    among = Network.objects.annotate(search=SearchVector(*texts, config=SEARCH_CONFIG))
    return full_text(among, words, "summary", "description", order=("name", "pk"))


def find_pages(words: str) -> QuerySet:
    among = Page.objects.defer("body", "search")
    return full_text(among, words, "lead", "body", order=("title", "pk"))


def show_named(row: WorkingGroup | Network) -> Hit:
    return Hit(row.name, row.get_absolute_url(), "", marked(row.excerpt, row.summary))


def show_page(row: Page) -> Hit:
    return Hit(row.title, row.get_absolute_url(), "", marked(row.excerpt, row.lead))


def _list(parts) -> str:
    return capfirst(", ".join(str(part) for part in parts if part))


KINDS = [
    Kind("organisations", gettext_lazy("Organisations"), find_organisations, show_organisation),
    Kind("people", gettext_lazy("People"), find_people, show_person),
    Kind("groups", gettext_lazy("Working groups"), find_groups, show_named),
    Kind("publications", gettext_lazy("News and policy"), find_publications, show_publication),
    Kind("activities", gettext_lazy("Activities"), find_activities, show_activity),
    Kind("opportunities", gettext_lazy("Opportunities"), find_opportunities, show_opportunity),
    Kind("networks", gettext_lazy("Networks"), find_networks, show_named),
    Kind("pages", gettext_lazy("Pages"), find_pages, show_page),
]
