"""The vocabulary of the members side. Every question in time takes a day; today is the default."""

import datetime

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchQuery, SearchRank, TrigramWordSimilarity
from django.db import models
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    OuterRef,
    Prefetch,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, JSONObject

from publishing.models import NAMES_CONFIG, SEARCH_CONFIG
from record.days import add_months, today
from record.names import normalise
from record.periods import PeriodQuerySet

SEARCHED = 200  # characters of what is typed that a search looks at
SHORT = 2  # letters
# How long after a sponsored period a full one may start and still be its conversion (product.md).
CONVERSION_DAYS = 92
SILENT_DAYS = 60  # without an answer, then it is a task for the staff
MEMBER, ANNOUNCED, FORMER, NONE = "member", "announced", "former", "none"


def _others():
    """The memberships of the same organisation, asked from one of them."""
    return apps.get_model("members", "Membership").objects.filter(
        organisation=OuterRef("organisation")
    )


def _membership():
    return apps.get_model("members", "Membership").objects.filter(organisation=OuterRef("pk"))


def _telling(day: datetime.date | None, column: str) -> Subquery:
    """Ask a column of the membership in force on a day, else of the next, else of the last one."""
    day = day or today()
    chosen = (
        _membership()
        .annotate(
            nearness=Case(
                When(during__contains=day, then=Value(0)),
                When(during__startswith__gt=day, then=Value(1)),
                default=Value(2),
            )
        )
        .order_by(
            "nearness",
            Case(When(nearness=1, then=F("during__startswith"))),
            "-during__startswith",
        )
    )
    return Subquery(chosen.values(column)[:1])


class OrganisationQuerySet(models.QuerySet):
    def in_directory(self):
        """Those with any membership, announced and former ones too; never the alliance."""
        return self.filter(is_alliance=False, has_membership=True)

    def others(self):
        """Those that the record names without a membership: participants, guests, sponsors."""
        return self.filter(is_alliance=False, has_membership=False)

    def members_on(self, day: datetime.date | None = None):
        """Those that are members on that day: the network as it stood."""
        return self.filter(Exists(_membership().on(day)), is_alliance=False)

    def with_state(self, day: datetime.date | None = None):
        """Annotate `state`: member, announced, former or none on that day."""
        day = day or today()
        return self.annotate(
            state=Case(
                When(Exists(_membership().on(day)), then=Value(MEMBER)),
                When(Exists(_membership().announced(day)), then=Value(ANNOUNCED)),
                When(Exists(_membership().ended(day)), then=Value(FORMER)),
                default=Value(NONE),
                output_field=models.CharField(),
            )
        )

    def with_category(self, day: datetime.date | None = None):
        """Annotate `category` of the membership in force, else the next, else the last one."""
        return self.annotate(category=_telling(day, "category"))

    def with_memberships(self):
        """Load memberships with their sponsors, newest first."""
        memberships = apps.get_model("members", "Membership").objects
        return self.prefetch_related(
            Prefetch(
                "memberships",
                memberships.select_related("sponsor", "on_behalf_of").newest_first(),
            )
        )

    def for_directory(self, day: datetime.date | None = None):
        """The whole fetch of a directory page, in order of name."""
        return self.in_directory().with_state(day).for_rows().by_name()

    def for_rows(self):
        """Load what a row of a list shows: memberships and logo, no long text."""
        return (
            self.with_memberships()
            .select_related("logo")
            .defer("description", "search", "search_names")
        )

    def with_other_names(self):
        """Annotate `other_names`: name and language of each alias, except misspelt ones."""
        names = apps.get_model("members", "Alias").objects.filter(organisation=OuterRef("pk"))
        return self.annotate(
            other_names=ArraySubquery(
                names.exclude(kind="misspelt")
                .order_by("kind", "name")
                .values(json=JSONObject(name="name", language="language"))
            )
        )

    def for_profile(self):
        """Load what the head of an organisation's own page shows, other names included."""
        sponsored = apps.get_model("members", "Membership").objects.filter(sponsor=OuterRef("pk"))
        return (
            self.select_related("logo")
            .defer("search", "search_names")
            .with_other_names()
            .annotate(is_sponsor=Exists(sponsored))
        )

    def by_name(self):
        return self.order_by("sort_name", "pk")

    def best_first(self):
        """In order of `rank`, which search_for gives."""
        return self.order_by("-rank", "sort_name", "pk")

    def sponsors(self):
        """Those that ever sponsored a membership, with how many organisations they sponsored."""
        return (
            self.filter(sponsored_memberships__isnull=False)
            .annotate(sponsored=Count("sponsored_memberships__organisation", distinct=True))
            .order_by("sort_name", "pk")
        )

    def represented_by(self, user, day: datetime.date | None = None):
        """Those that this account may act for on that day."""
        representation = apps.get_model("members", "Representation").objects.of(user, day)
        return self.filter(Exists(representation.filter(organisation=OuterRef("pk"))))

    def to_be_confirmed(self, day: datetime.date | None = None):
        """Members of that day whose profile nobody has confirmed in the year before it."""
        year_ago = add_months(day or today(), -12)
        return self.members_on(day).filter(Q(confirmed_on=None) | Q(confirmed_on__lte=year_ago))

    def not_asked_since(self, day: datetime.date):
        """Those that were not asked after that day whether their profile is right."""
        asked = apps.get_model("members", "ConfirmationRequest").objects.filter(
            organisation=OuterRef("pk"), asked_on__gt=day
        )
        return self.filter(~Exists(asked))

    def silent(self, day: datetime.date | None = None):
        """Members of that day that were asked 60 days before it, and have not answered since.

        Who proposed a change that still waits has answered. Annotates `asked_first`: the day of the
        oldest question without an answer.
        """
        day = day or today()
        asked = (
            apps.get_model("members", "ConfirmationRequest")
            .objects.filter(organisation=OuterRef("pk"), sent_at__isnull=False)
            .filter(
                Q(organisation__confirmed_on=None) | Q(organisation__confirmed_on__lt=F("asked_on"))
            )
            .order_by("asked_on")
        )
        changes = apps.get_model("members", "ProfileChange").objects.by_representatives()
        waiting = changes.waiting().filter(organisation=OuterRef("pk"))
        latest = day - datetime.timedelta(days=SILENT_DAYS)
        return (
            self.members_on(day)
            .annotate(asked_first=Subquery(asked.values("asked_on")[:1]))
            .filter(~Exists(waiting), asked_first__lte=latest)
        )

    def nobody_to_ask(self, day: datetime.date | None = None):
        """Members of that day whose profile is to be confirmed and for whom nobody acts."""
        acting = apps.get_model("members", "Representation").objects.on(day).reachable()
        return self.to_be_confirmed(day).filter(~Exists(acting.filter(organisation=OuterRef("pk"))))

    def with_missing(self, day: datetime.date | None = None):
        """Annotate what members/completeness.py asks about: is a number of members represented on
        record (`has_number`), and does somebody with an account act for it (`has_acting`)?
        """
        figures = apps.get_model("members", "Figure").objects.filter(
            about=OuterRef("pk"), measure="represented"
        )
        acting = apps.get_model("members", "Representation").objects.on(day).with_account()
        return self.annotate(
            has_number=Exists(figures),
            has_acting=Exists(acting.filter(organisation=OuterRef("pk"))),
        )

    def search_for(self, text: str, *, near: bool = True):
        """Find by any name, city or description: without accents, by word beginnings, with typos.

        Ranked in `rank`: an exact name or acronym first, then names that begin so, then names with
        words that begin so, places and descriptions, and near misses last. An empty text finds all.
        Without `near`, no near misses, and how alike names with such words are is not compared: of
        50,000 names that is most of the time.
        """
        words = normalise(text[:SEARCHED])
        if not words:
            return self.annotate(rank=Value(0.0))
        in_names, anywhere = (_beginnings(words, weight) for weight in ("A", ""))
        whole = SearchQuery(words, config=NAMES_CONFIG)
        stems = SearchQuery(words, config=SEARCH_CONFIG)
        likeness = TrigramWordSimilarity(words, "search_names")
        return self.annotate(
            rank=Case(
                When(Exists(_alias_is(words)) | Q(sort_name=words), then=Value(6.0)),
                When(sort_name__startswith=f"{words} ", then=Value(5.0)),
                When(sort_name__startswith=words, then=Value(4.0)),
                *([] if near else [When(search=whole, then=Value(3.0))]),
                When(search=in_names, then=likeness + Value(2.0) if near else Value(2.0)),
                When(
                    Q(search=anywhere) | Q(search=stems),
                    then=SearchRank(F("search"), anywhere) + Value(1.0),
                ),
                default=likeness,
                output_field=models.FloatField(),
            ),
        ).filter(
            Q(search=anywhere)
            | Q(search=stems)
            | (Q(search_names__trigram_word_similar=words) if near else Q())
            # 'verband' finds 'Bundesverband'; two letters would find half of all names.
            | (Q(search_names__contains=words) if len(words) > SHORT else Q())
        )

    def with_found_name(self, text: str):
        """Annotate `found_as`: the other name that the words stand in, where its own has them not."""
        words = normalise(text[:SEARCHED])
        others = apps.get_model("members", "Alias").objects.filter(organisation=OuterRef("pk"))
        found = (
            others.filter(_has_word("normalised", words))
            .exclude(kind="misspelt")
            .order_by("normalised")
        )
        return self.annotate(
            found_as=Case(
                When(_has_word("sort_name", words), then=Value("")),
                default=Coalesce(Subquery(found.values("name")[:1]), Value("")),
            )
        )


def _has_word(column: str, words: str) -> Q:
    """Whether words begin so within a normalised name."""
    return Q(**{f"{column}__startswith": words}) | Q(**{f"{column}__contains": f" {words}"})


def _beginnings(words: str, weight: str) -> SearchQuery:
    """Ask for words that begin so; weight A: within names only."""
    terms = " & ".join(f"{word}:*{weight}" for word in words.split())
    return SearchQuery(terms, search_type="raw", config=NAMES_CONFIG)


def _alias_is(words: str):
    alias = apps.get_model("members", "Alias")
    return alias.objects.filter(organisation=OuterRef("pk"), normalised=words)


class MembershipQuerySet(PeriodQuerySet):
    def of_category(self, *categories: str):
        return self.filter(category__in=categories)

    def sponsored(self):
        return self.filter(category="sponsored")

    def with_parties(self):
        return self.select_related("organisation", "sponsor", "on_behalf_of")

    def ending_within(self, number: int, day: datetime.date | None = None):
        """Those in force on that day that end on it or at the latest so many days later."""
        day = day or today()
        return self.on(day).ending_between(day, day + datetime.timedelta(days=number))

    def with_goes_on(self):
        """Annotate `goes_on`: another membership of the organisation follows without a gap."""
        follows = _others().filter(during__startswith=OuterRef("during__endswith"))
        return self.annotate(goes_on=Exists(follows))

    def beginnings(self):
        """Those with which an organisation joins: no other of its memberships runs into them."""
        before = _others().filter(during__endswith=OuterRef("during__startswith"))
        return self.filter(~Exists(before))

    def turnings(self):
        """Those in another category than the membership before, in `previous`, after a gap or not."""
        before = (
            _others()
            .filter(during__startswith__lt=OuterRef("during__startswith"))
            .order_by("-during__startswith")
        )
        return self.annotate(
            previous=Subquery(before.values("category")[:1]),
            previous_end=Subquery(before.values("during__endswith")[:1]),
        ).exclude(Q(previous=None) | Q(previous=F("category")))

    def with_helpers(self):
        """Annotate `helpers`: name, slug and has_membership of each organisation that helped."""
        helper = apps.get_model("members", "Organisation").objects.filter(
            memberships_helped=OuterRef("pk")
        )
        return self.annotate(
            helpers=ArraySubquery(
                helper.order_by("sort_name").values(
                    json=JSONObject(name="name", slug="slug", has_membership="has_membership")
                )
            )
        )


class NetworkQuerySet(models.QuerySet):
    def with_number(self, day: datetime.date | None = None):
        """Annotate `number`: how many organisations are in it on that day."""
        places = Q(places__during__contains=day or today())
        return self.annotate(number=Count("places", filter=places))

    def coordinated_by(self, user, day: datetime.date | None = None):
        """Those whose coordinator this person represents on that day."""
        if not user.is_authenticated:
            return self.none()
        coordination = apps.get_model("members", "NetworkCoordination").objects.on(day)
        represented = apps.get_model("members", "Organisation").objects.represented_by(user, day)
        return self.filter(
            Exists(coordination.filter(network=OuterRef("pk"), organisation__in=represented))
        )

    def as_coordinated(self, user, organisation, day: datetime.date | None = None):
        """Those coordinated by this person that the organisation is in on that day."""
        places = apps.get_model("members", "NetworkMember").objects.on(day)
        return self.coordinated_by(user, day).filter(
            Exists(places.filter(network=OuterRef("pk"), organisation=organisation))
        )


class PersonQuerySet(models.QuerySet):
    def may_be_shown(self, what: str = "name", day: datetime.date | None = None):
        """Those of whom `what` (name, biography, portrait) may be shown on that day."""
        return self.filter(Exists(_basis(OuterRef("pk"), what, day)))

    def with_showing(self, day: datetime.date | None = None):
        """Annotate shows_name, shows_biography and shows_portrait."""
        return self.annotate(
            **{
                f"shows_{what}": Exists(_basis(OuterRef("pk"), what, day))
                for what in ("name", "biography", "portrait")
            }
        )


def _basis(person, what: str, day: datetime.date | None):
    day = day or today()
    bases = apps.get_model("members", "ShowingBasis").objects
    return bases.filter(person=person, what=what, since__lte=day).filter(
        Q(until=None) | Q(until__gt=day)
    )


class AffiliationQuerySet(PeriodQuerySet):
    def shown(self, day: datetime.date | None = None):
        """Those of people whose name may be shown."""
        return self.filter(Exists(_basis(OuterRef("person"), "name", day)))

    def of_the_alliance(self):
        return self.filter(organisation__is_alliance=True)


class RepresentationQuerySet(PeriodQuerySet):
    def of(self, user, day: datetime.date | None = None):
        """Those in force on that day that this account holds."""
        if not user.is_authenticated:
            return self.none()
        return self.on(day).filter(person__user=user)

    def with_account(self):
        """Those of people who can sign in."""
        return self.filter(person__user__is_active=True)

    def reachable(self):
        """Those of people whom a mail reaches."""
        return self.filter(Q(person__user__is_active=True) | ~Q(person__email=""))


class QuotationQuerySet(models.QuerySet):
    def for_readers(self, day: datetime.date | None = None):
        """Those that their speakers agreed to by that day, with what stands beside the words.

        Whether the name stands there too is each row's `is_named`: a consent that is withdrawn
        leaves the function.
        """
        agreed = self.filter(consented_on__lte=day or today())
        return agreed.select_related("speaker", "organisation").order_by("pk")


class FigureQuerySet(models.QuerySet):
    def with_speakers(self, day: datetime.date | None = None):
        """Load who said it; `names_speaker` says whether the name may be shown on that day."""
        return self.select_related("said_by").annotate(
            names_speaker=Exists(_basis(OuterRef("said_by"), "name", day))
        )

    def latest(self, measure: str):
        """Return the latest dated value of a measure, or None."""
        return self.filter(measure=measure, as_of__isnull=False).order_by("-as_of", "-pk").first()

    def latest_of_each(self):
        """The latest dated value of every measure and organisation."""
        return (
            self.filter(as_of__isnull=False)
            .order_by("about_id", "measure", "-as_of", "-pk")
            .distinct("about_id", "measure")
        )
