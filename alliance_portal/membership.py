"""What membership is: what it brings, with what the record shows of it, and what each category takes."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, Q, Value, When, Window
from django.db.models.functions import TruncDate
from django.urls import reverse, reverse_lazy
from django.utils.translation import ngettext_lazy

from alliance_portal.pages import page_of_the_site
from members.models import Benefit, CategoryTerms, Membership
from news import opportunities
from news.models import Opportunity, Position
from publishing.models import Publication, Resource
from record.days import PartialDate, Precision, add_months, next_day, today
from record.fetching import for_page
from working_groups.models import Activity, Initiative

MONTHS = 12
NEWEST = 3  # of each kind of thing that the record shows
COLUMNS = ("what", "title", "tongue", "slug", "day", "precision", "total")


@dataclass(frozen=True)
class Kind:
    """A kind of thing that the record can show: in how many words, where all are, where one is."""

    counted: str
    list_url: str = ""
    page: str = ""


KINDS = {
    "position": Kind(
        ngettext_lazy("%(number)d position", "%(number)d positions", "number"),
        reverse_lazy("policy:list"),
        "policy:detail",
    ),
    "talk": Kind(
        ngettext_lazy("%(number)d consultation talk", "%(number)d consultation talks", "number"),
        reverse_lazy("activities:list", query={"kind": Activity.Kind.CONSULTATION}),
        "activities:detail",
    ),
    "activity": Kind(
        ngettext_lazy("%(number)d activity", "%(number)d activities", "number"),
        reverse_lazy("activities:list"),
        "activities:detail",
    ),
    "initiative": Kind(
        ngettext_lazy("%(number)d initiative begun", "%(number)d initiatives begun", "number"),
        reverse_lazy("working_groups:list"),
        "working_groups:detail",
    ),
    "call": Kind(
        ngettext_lazy("%(number)d funding call", "%(number)d funding calls", "number"),
        reverse_lazy(
            "opportunities:list",
            query={"kind": Opportunity.Kind.CALL, "state": opportunities.PAST},
        ),
        "opportunities:detail",
    ),
}
# What is shown for each area of benefits.
SHOWN = {
    Benefit.Area.POLICY: ("position", "talk"),
    Benefit.Area.NETWORKING: ("activity",),
    Benefit.Area.FUNDING: ("initiative", "call"),
}


@dataclass(frozen=True)
class Thing:
    """One thing on record, with its address where it has a page, and its day as printed."""

    title: str
    language: str  # empty where it is that of the interface
    url: str
    day: PartialDate | None


@dataclass
class Evidence:
    """What the record shows of one kind: how many, the newest of them, and where all are."""

    kind: Kind
    total: int
    newest: list[Thing] = field(default_factory=list)

    @property
    def counted(self) -> str:
        return self.kind.counted % {"number": self.total}


@dataclass(frozen=True)
class AreaShown:
    """An area of benefits: what staff say of it, and what the record shows."""

    name: str
    benefits: list[Benefit]
    evidence: list[Evidence]


@dataclass(frozen=True)
class CategoryShown:
    """A category that can be asked for; `terms` is None where staff wrote none."""

    key: str
    name: str
    terms: CategoryTerms | None
    members: int


def membership(request):
    """Show what membership is; see the first line of this module."""
    day = today()
    return page_of_the_site(
        request,
        "membership",
        areas=areas(day),
        first_day=first_day(day),
        day=day,
        categories=categories(day),
        resources=for_page(
            Resource.objects.prefetch_related("topics").order_by(
                F("published_on").desc(nulls_last=True), "title"
            )
        ),
    )


def areas(day: datetime.date) -> list[AreaShown]:
    """Return every area with its benefits and what is on record of the twelve months up to a day."""
    found = on_record(day)
    benefits = list(Benefit.objects.all())
    return [
        AreaShown(
            area.label,
            [benefit for benefit in benefits if benefit.area == area],
            [found[kind] for kind in SHOWN[area] if kind in found],
        )
        for area in Benefit.Area
    ]


def categories(day: datetime.date) -> list[CategoryShown]:
    """Return every category that can be asked for, with how many members it has on that day."""
    written = {terms.category: terms for terms in CategoryTerms.objects.all()}
    held = Membership.objects.on(day).filter(organisation__is_alliance=False)
    counted = dict(held.order_by().values_list("category").annotate(Count("pk")))
    return [
        CategoryShown(key, name, written.get(key), counted.get(key, 0))
        for key, name in CategoryTerms.CATEGORIES
    ]


def first_day(day: datetime.date) -> datetime.date:
    """Return the first of the twelve months whose last day is given."""
    return next_day(add_months(day, -MONTHS))


def on_record(day: datetime.date) -> dict[str, Evidence]:
    """Return kind → what was done in the twelve months up to a day; one query."""
    window = Q(day__gte=first_day(day), day__lte=day)
    first, *others = [
        rows.annotate(what=Value(kind, CharField()), tongue=_language_of(rows.model))
        .filter(window)
        .annotate(total=Window(Count("pk")))
        .order_by("-day", "-pk")
        .values_list(*COLUMNS)[:NEWEST]
        for kind, rows in _dated().items()
    ]
    found = {}
    for kind, title, language, slug, held_on, precision, total in first.union(
        *others, all=True
    ).order_by("what", "-day", "title"):
        evidence = found.setdefault(kind, Evidence(KINDS[kind], total))
        page = KINDS[kind].page
        evidence.newest.append(
            Thing(
                title,
                language,
                reverse(page, args=[slug]) if page else "",
                PartialDate(held_on, Precision(precision)) if precision else None,
            )
        )
    return found


def _language_of(model):
    """Return the language of a title as a column; only of what is published is it on record."""
    return F("language") if issubclass(model, Publication) else Value("", CharField())


def _dated() -> dict:
    """Return kind → rows with a day, how precisely it is printed ('' for not at all), and a slug."""
    activities = (
        Activity.objects.public()
        .filter(called_off=False)
        .annotate(day=F("starts_on"), precision=F("starts_precision"))
    )
    talks = Q(kind=Activity.Kind.CONSULTATION)
    printed = When(printed_on__isnull=False, then=F("printed_precision"))
    return {
        "position": Position.objects.public().annotate(
            day=F("sort_day"), precision=Case(printed, default=Value(""))
        ),
        "talk": activities.filter(talks),
        "activity": activities.exclude(talks),
        "initiative": Initiative.objects.annotate(
            day=F("during__startswith"), precision=F("start_precision"), slug=F("group__slug")
        ),
        "call": Opportunity.objects.filter(kind=Opportunity.Kind.CALL).annotate(
            day=TruncDate("deadline"), precision=Value("day")
        ),
    }
