"""What the lists of news and of positions can be filtered by, with the number beside each choice."""

import datetime

from django.db.models import CharField, Count, Max, Min, Q, QuerySet
from django.db.models.functions import Cast, ExtractMonth, ExtractYear
from django.utils.dates import MONTHS
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from members.models import Organisation
from news.models import Contribution, PolicyFile, Position, Post
from publishing.lists import (
    ChoicesFilter,
    ListFilterSet,
    WordsFilter,
    counted_by,
    in_years,
    year_of,
)
from publishing.models import Kind, Publication, Topic
from working_groups.models import Overview, WorkingGroup

# What stands below /news/ unless a position is asked for by its kind.
NEWS_KINDS = (Kind.NEWS, Kind.ANNOUNCEMENT, Kind.REPORT, Kind.PRESS, Kind.OVERVIEW)
TOP_ORGANISATIONS = 12
MONTHS_OFFERED = [(str(number), name) for number, name in MONTHS.items()]
MOST_COUNTED = 20_000  # rows; above that the choices stand without numbers beside them


def _of_groups(slugs: list[str]) -> Q:
    """Publications that a group wrote, contributed to, or is spoken of in."""
    return (
        Q(pk__in=Post.groups.through.objects.filter(workinggroup__slug__in=slugs).values("post"))
        | Q(pk__in=Overview.objects.filter(group__slug__in=slugs).values("pk"))
        | Q(pk__in=Contribution.objects.filter(group__slug__in=slugs).values("position"))
    )


def _years_between(first: datetime.date | None, last: datetime.date | None) -> range:
    return range(first.year, last.year + 1) if first and last else range(0)


class PublicationFilterSet(ListFilterSet):
    """What news and positions have in common: words, topic, year, group."""

    topic = ChoicesFilter(label=_("Topic"), method="of_topic")
    year = ChoicesFilter(label=_("Year"), method="of_year")
    group = ChoicesFilter(label=_("Working group"), method="of_group")

    class Meta:
        model = Publication
        fields = []

    def of_topic(self, queryset, _name, slugs):
        about = Publication.topics.through.objects.filter(topic__slug__in=slugs)
        return queryset.filter(pk__in=about.values("publication"))

    def of_year(self, queryset, _name, years):
        return queryset.filter(in_years("sort_day", years))

    def of_group(self, queryset, _name, slugs):
        return queryset.filter(_of_groups(slugs))

    def offers(self) -> list[tuple[str, QuerySet]]:
        return [
            ("topic", Topic.objects.all().order_by().values_list("slug", "name")),
            ("group", WorkingGroup.objects.all().order_by().values_list("slug", "name")),
        ]

    def offer(self):
        """Offer every year from the first to the last: their bounds cost no look at all rows."""
        bounds = self.queryset.aggregate(first=Min("sort_day"), last=Max("sort_day"))
        years = [str(year) for year in _years_between(bounds["first"], bounds["last"])]
        offered = super().offer()
        years = sorted({*years, *(year for year, _label in offered.get("year", []))}, reverse=True)
        return offered | {"year": [(year, year) for year in years]}

    def numbers(self) -> list[tuple[str, QuerySet]]:
        in_groups = self.filtered(without="group").order_by().values("pk")
        topics = Publication.topics.through.objects.filter(
            publication__in=self.filtered(without="topic").order_by().values("pk")
        )
        posts = Post.groups.through.objects.filter(post__in=in_groups)
        overviews = Overview.objects.filter(pk__in=in_groups)
        contributions = Contribution.objects.filter(position__in=in_groups)
        years = (
            self.filtered(without="year")
            .exclude(sort_day=None)
            .annotate(printed=year_of("sort_day"))
        )
        return [
            ("topic", counted_by(topics, "topic__slug")),
            ("group", counted_by(posts, "workinggroup__slug")),
            ("group", counted_by(overviews, "group__slug")),
            ("group", counted_by(contributions, "group__slug")),
            ("year", counted_by(years, "printed")),
        ]


class NewsFilterSet(PublicationFilterSet):
    """Of /news/ and its feed. Positions come only where their kind is asked for."""

    q = WordsFilter()
    kind = ChoicesFilter(label=_("Kind"), method="of_kind", choices=Kind.choices)
    month = ChoicesFilter(label=_("Month"), method="of_month", choices=MONTHS_OFFERED)
    organisation = ChoicesFilter(label=_("About"), method="about_organisation")

    order = ("q", "kind", "topic", "year", "month", "group", "organisation")

    def __init__(self, data, queryset, **kwargs):
        super().__init__(data, queryset, **kwargs)
        if len(self.chosen_years) != 1:  # a month is one of a year
            del self.filters["month"]

    @cached_property
    def chosen_years(self) -> list[str]:
        return list(dict.fromkeys(self.data.getlist("year")))

    def of_month(self, queryset, _name, months):
        return queryset.filter(sort_day__month__in=[int(month) for month in months])

    def of_kind(self, queryset, _name, kinds):
        return queryset.filter(kind__in=kinds)

    def about_organisation(self, queryset, _name, slugs):
        about = Post.organisations.through.objects.filter(organisation__slug__in=slugs)
        return queryset.filter(pk__in=about.values("post"))

    def filtered(self, *, without=""):
        queryset = super().filtered(without=without)
        if without != "kind" and not self.chosen().get("kind"):
            return queryset.filter(kind__in=NEWS_KINDS)
        return queryset

    def offers(self):
        """Offer the organisations most written about, and those asked for."""
        about = Post.organisations.through.objects.filter(
            post__in=self.queryset.order_by().values("pk")
        )
        most = (
            about.order_by()
            .values_list("organisation")
            .annotate(posts=Count("pk"))
            .order_by("-posts", "organisation")
            .values("organisation")[:TOP_ORGANISATIONS]
        )
        asked = [slug for slug in self.data.getlist("organisation")[:20] if "\0" not in slug]
        named = Organisation.objects.filter(Q(pk__in=most) | Q(slug__in=asked), is_alliance=False)
        return [
            *super().offers(),
            ("organisation", named.order_by().values_list("slug", "name")),
        ]

    def numbers(self):
        about = Post.organisations.through.objects.filter(
            post__in=self.filtered(without="organisation").order_by().values("pk")
        )
        offered = self.filters.get("organisation")
        slugs = [slug for slug, _label in offered.extra["choices"]] if offered else []
        return [
            *super().numbers(),
            ("kind", counted_by(self.filtered(without="kind"), "kind")),
            *self._months(),
            (
                "organisation",
                counted_by(about.filter(organisation__slug__in=slugs), "organisation__slug"),
            ),
        ]

    def _months(self) -> list[tuple[str, QuerySet]]:
        if "month" not in self.filters:
            return []
        month = Cast(ExtractMonth("sort_day"), CharField())
        rows = self.filtered(without="month").annotate(printed=month)
        return [("month", counted_by(rows, "printed"))]


class PolicyFilterSet(PublicationFilterSet):
    """Of /policy/ and its feed."""

    q = WordsFilter()
    file = ChoicesFilter(label=_("Policy file"), method="of_file")
    kind = ChoicesFilter(
        label=_("Type of output"), method="of_output", choices=Position.Output.choices
    )

    order = ("q", "kind", "file", "topic", "year", "group")

    def of_file(self, queryset, _name, slugs):
        return queryset.filter(policy_file__slug__in=slugs)

    def of_year(self, queryset, _name, years):
        """A position stands in the year of its day, and in those of its groups' parts."""
        parts = Contribution.objects.filter(year__in=[int(year) for year in years])
        return queryset.filter(in_years("sort_day", years) | Q(pk__in=parts.values("position")))

    def of_output(self, queryset, _name, outputs):
        return queryset.filter(output__in=outputs)

    def offers(self):
        years = Contribution.objects.exclude(year=None).annotate(one=Cast("year", CharField()))
        return [
            *super().offers(),
            ("year", years.order_by().values_list("one", "one").distinct()),
            ("file", PolicyFile.objects.all().order_by().values_list("slug", "name")),
        ]

    def numbers(self):
        files = self.filtered(without="file").exclude(policy_file=None)
        in_years = self.filtered(without="year").order_by().values("pk")
        # Those of another year than their position's day, which is counted already.
        parts = (
            Contribution.objects.filter(position__in=in_years)
            .exclude(year=None)
            .exclude(year=ExtractYear("position__sort_day"))
        )
        parts = parts.annotate(one=Cast("year", CharField())).order_by().values("one")
        parts = parts.annotate(number=Count("position", distinct=True))
        return [
            *super().numbers(),
            ("year", parts.values_list("one", "number")),
            ("file", counted_by(files, "policy_file__slug")),
            ("kind", counted_by(self.filtered(without="kind"), "output")),
        ]
