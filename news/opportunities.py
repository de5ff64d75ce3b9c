"""The public pages of funding calls and open consultations: a list with filters, one page each."""

from django.db.models import Case, CharField, Q, Value, When
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.models import Opportunity, Position
from publishing.lists import ChoicesFilter, ListFilterSet, WordsFilter, counted_by, page_of
from publishing.models import Publication, Topic
from record.fetching import for_page

OPEN, PAST = "open", "past"
STATES = [(OPEN, gettext_lazy("Open")), (PAST, gettext_lazy("Past"))]
STATE_NAMED = Case(  # of a row that says whether it `is_past`
    When(is_past=True, then=Value(PAST)), default=Value(OPEN), output_field=CharField()
)
KINDS = [(value, capfirst(label)) for value, label in Opportunity.Kind.choices]


class OpportunityFilterSet(ListFilterSet):
    """Of /opportunities/ and its calendar. Past ones come only where they are asked for."""

    q = WordsFilter()
    state = ChoicesFilter(label=gettext_lazy("Deadline"), method="of_state", choices=STATES)
    kind = ChoicesFilter(label=gettext_lazy("Kind"), method="of_kind", choices=KINDS)
    topic = ChoicesFilter(label=gettext_lazy("Topic"), method="of_topic")

    order = ("q", "state", "kind", "topic")

    class Meta:
        model = Opportunity
        fields = []

    def __init__(self, *args, **kwargs):
        self.now = timezone.now()
        super().__init__(*args, **kwargs)

    def of_state(self, queryset, _name, states):
        wanted = Q()
        if OPEN in states:
            wanted |= Q(deadline__gte=self.now)
        if PAST in states:
            wanted |= Q(deadline__lt=self.now)
        return queryset.filter(wanted)

    def of_kind(self, queryset, _name, kinds):
        return queryset.filter(kind__in=kinds)

    def of_topic(self, queryset, _name, slugs):
        about = Opportunity.topics.through.objects.filter(topic__slug__in=slugs)
        return queryset.filter(pk__in=about.values("opportunity"))

    def filtered(self, *, without=""):
        queryset = super().filtered(without=without)
        if without != "state" and not self.chosen().get("state"):
            return self.of_state(queryset, "state", [OPEN])
        return queryset

    def offers(self):
        return [("topic", Topic.objects.order_by().values_list("slug", "name"))]

    def numbers(self):
        states = self.filtered(without="state").nearest_first(self.now)
        topics = Opportunity.topics.through.objects.filter(
            opportunity__in=self.filtered(without="topic").order_by().values("pk")
        )
        return [
            ("state", counted_by(states.annotate(named=STATE_NAMED), "named")),
            ("kind", counted_by(self.filtered(without="kind"), "kind")),
            ("topic", counted_by(topics, "topic__slug")),
        ]


def opportunities(request):
    """What one can apply for or answer, nearest deadline first; past ones only if asked for."""
    filters = OpportunityFilterSet(request.GET, Opportunity.objects.all())
    counts = filters.counts()
    rows = filters.qs.nearest_first(filters.now).defer("search").prefetch_related("topics")
    page, note = page_of(for_page(rows), request.GET.get("page"))
    context = {
        "filters": filters,
        "counts": counts,
        "page": page,
        "notes": filters.not_understood() + ([note] if note else []),
        "past": counts.get("state", {}).get(PAST, 0),
        "only_open": PAST not in filters.chosen().get("state", []),
        "crumbs": [(_("Opportunities"), None)],
    }
    return render(request, "news/opportunities.html", context)


def opportunity(request, slug):
    """One call or consultation: until when, for whom, and what came of it."""
    rows = Opportunity.objects.defer("search").prefetch_related("topics")
    opportunity = get_object_or_404(for_page(rows), slug=slug)
    context = {
        "opportunity": opportunity,
        "is_open": opportunity.is_open(),
        "came_of_it": came_of(opportunity),
        "crumbs": [
            (_("Opportunities"), reverse("opportunities:list")),
            (capfirst(opportunity.get_kind_display()), None),
        ],
    }
    return render(request, "news/opportunity.html", context)


def came_of(opportunity: Opportunity) -> list[Publication]:
    """Return the public texts that came of it: positions that answer it, and what staff linked."""
    answers = Position.objects.filter(answers=opportunity).values("pk")
    linked = opportunity.came_of_it.through.objects.filter(opportunity=opportunity)
    came = Q(pk__in=answers) | Q(pk__in=linked.values("publication"))
    return list(for_page(Publication.objects.public().filter(came).for_list()))
