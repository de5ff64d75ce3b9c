"""What the page of a post or of a position is made of, each part one query."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, Value

from members.models import Membership, Network, Organisation, Person
from news.models import Position, Post
from publishing.lists import in_one_query
from publishing.models import Publication, Topic
from record import drawings
from record.days import today
from record.fetching import for_page
from record.names import normalise
from record.periods import Basis
from working_groups.models import Activity, WorkingGroup

# Organisations whose memberships are drawn beside a post; a post about more names them only.
MOST_LANES = 12


@dataclass(frozen=True)
class Link:
    label: str
    url: str
    summary: str = ""


def posts_for_page():
    """Posts with what stands in their own row; of the contact only what may be shown."""
    return for_page(
        Post.objects.select_related("picture", "contact", "announces")
        .annotate(
            names_contact=Exists(Person.objects.may_be_shown().filter(pk=OuterRef("contact"))),
            announces_public=Exists(Position.objects.public().filter(pk=OuterRef("announces"))),
        )
        .defer("search", "announces__search", "announces__body", "contact__biography")
    )


def positions_for_page():
    return for_page(
        Position.objects.select_related("picture", "policy_file", "answers").defer(
            "search", "answers__search"
        )
    )


def about(post: Post) -> dict[str, list[Link]]:
    """Return what a post is about: organisations, networks, groups, activities, topics."""
    parts = {
        "organisations": (Organisation, post.organisations.filter(is_alliance=False)),
        "networks": (Network, post.networks.all()),
        "groups": (WorkingGroup, post.groups.all()),
        "activities": (Activity, post.activities.public()),
        "topics": (Topic, post.topics.all()),
    }
    found = in_one_query((part, _columns(model, rows)) for part, (model, rows) in parts.items())
    return {
        part: sorted((_link(parts[part][0], row) for row in rows), key=_by_label)
        for part, rows in found.items()
    }


def _columns(model, rows):
    label = "title" if model is Activity else "name"
    summary = Value("") if model is Topic else "summary"
    flag = "has_membership" if model is Organisation else Value(value=False)
    return rows.order_by().values_list("slug", label, summary, flag)


def _link(model, row) -> Link:
    slug, label, summary, flag = row
    facts = {"has_membership": flag} if model is Organisation else {}
    return Link(label, model(slug=slug, **facts).get_absolute_url(), summary)


def _by_label(link: Link) -> str:
    return normalise(link.label)


def quotations(publication: Publication) -> list:
    """Return the words used in a text, of those who agreed, with the speaker's name while it may."""
    return list(for_page(publication.quotations.for_readers()))


def translations(publication: Publication) -> list[Publication]:
    """Return the same text in other languages, as far as it is public."""
    original = publication.translates_id or publication.pk
    return list(
        for_page(
            Publication.objects.public()
            .filter(Q(pk=original) | Q(translates=original))
            .exclude(pk=publication.pk)
            .with_specific()
            .defer("body", "search")
            .order_by("language")
        )
    )


def neighbours(publication: Publication, among) -> tuple[Publication | None, Publication | None]:
    """Return the next older and the next newer one in a public list, None at its ends."""
    day, pk = publication.sort_day, publication.pk
    # The bound by day alone is what an index can begin at.
    older = among.filter(sort_day__lte=day).filter(Q(sort_day__lt=day) | Q(pk__lt=pk))
    newer = among.filter(sort_day__gte=day).filter(Q(sort_day__gt=day) | Q(pk__gt=pk))
    nearest = older.order_by("-sort_day", "-pk").values("pk")[:1]
    nearest = nearest.union(newer.order_by("sort_day", "pk").values("pk")[:1])
    rows = Publication.objects.filter(pk__in=nearest).with_specific().defer("body", "search")
    found = {(row.sort_day, row.pk) > (day, pk): row for row in for_page(rows)}
    return found.get(False), found.get(True)


@dataclass(frozen=True)
class Lane:
    """An organisation's memberships as a row of bars, and in words."""

    name: str
    url: str
    text: str
    bars: list


def memberships_about(post: Post) -> tuple[drawings.Axis | None, list[Lane]]:
    """Return the axis and a lane for each organisation of the post that was ever a member.

    None where there are too many to draw.
    """
    rows = for_page(
        Membership.objects.filter(organisation__posts=post)
        .select_related("organisation")
        .order_by("organisation__sort_name", "organisation_id", "during")[: MOST_LANES * 4]
    )
    by_organisation: dict = {}
    for row in rows:
        by_organisation.setdefault(row.organisation, []).append(row)
    if not 0 < len(by_organisation) <= MOST_LANES:
        return None, []
    periods = {key: [_period(row) for row in own] for key, own in by_organisation.items()}
    axis = drawings.Axis.spanning([p for own in periods.values() for p in own], today())
    lanes = [
        Lane(
            organisation.name,
            organisation.get_absolute_url(),
            drawings.words(own),
            drawings.bars(own, axis, thickness=drawings.PAGE),
        )
        for organisation, own in periods.items()
    ]
    return axis, lanes


def _period(membership: Membership) -> drawings.Period:
    kind = membership.category
    return drawings.Period(
        first_day=membership.starts_on,
        after_last_day=membership.during.upper,
        kind=kind if kind in {"full", "regional", "sponsored"} else "full",
        label=membership.state_in_words(),
        start_known=membership.start_basis != Basis.NOT_ON_RECORD,
        end_known=membership.end_basis != Basis.NOT_ON_RECORD,
    )
