"""Announcements of memberships, drafted from the record, which they follow until they are published.

Sentences that lead the text say 'will join' before the day and 'joined' from it on: both are kept
with the day between them, so that the page turns by itself. Title, key points and text are the
author's: what nobody touched follows the record, what somebody wrote stays.
"""

from collections.abc import Iterable
from functools import partial
from itertools import groupby

from django.db import transaction
from django.db.models import F
from django.utils.html import format_html
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from members.models import Affiliation, Category, Figure, Membership, Organisation
from news.models import Post, QuoteBox
from publishing import actions
from publishing.models import Kind, Publication
from publishing.rich_text import clean
from record.days import PartialDate, Precision
from record.names import slug_from
from record.periods import Basis

JOINS, BECOMES, RENEWS = "joins", "becomes", "renews"
MOST_NAMES = 3  # in a title
LONGEST = 200  # characters of a title
FROM_RECORD = ("title", "key_points", "body")


def draft(memberships: Iterable[Membership], *, by) -> Post:
    """Make the draft of an announcement of memberships; returns it, saved and complete."""
    memberships = on_record(memberships)
    with transaction.atomic():
        post = Post(kind=Kind.ANNOUNCEMENT, author=by)
        write(post, memberships)
        taken = Publication.objects.values_list("slug", flat=True)
        wished = slug_from(post.title)
        post.slug = slug_from(post.title, frozenset(taken.filter(slug__startswith=wished)))
        logos = [one.organisation.logo for one in memberships if one.organisation.logo]
        post.picture = logos[0] if logos else None
        actions.save_draft(post, by=by, why=_("Drafted from the record"))
        post.memberships.set(memberships)
        post.organisations.set({one.organisation for one in memberships})
        QuoteBox.objects.bulk_create(_boxes(post, memberships))
    return post


def on_record(memberships: Iterable[Membership]) -> list[Membership]:
    """Return memberships as they stand, with all that an announcement says of them."""
    rows = Membership.objects.filter(pk__in=[one.pk for one in memberships])
    rows = rows.select_related("organisation__logo", "sponsor", "on_behalf_of")
    return list(rows.order_by("organisation__sort_name", "during"))


def write(post: Post, memberships: list[Membership]) -> None:
    """Write into a post what the record says of memberships; nothing is saved.

    A part that somebody changed since the record last gave it stays as it is.
    """
    texts = texts_of(memberships) if memberships else dict(post.from_record)
    for name in FROM_RECORD:
        if name in texts and getattr(post, name) == post.from_record.get(name, ""):
            setattr(post, name, texts[name])
    post.from_record = texts
    post.sentences = sentences_of(memberships)


def on_publishing(post: Post, moment) -> None:
    """Take over a last time what the record says, as the post is published or scheduled."""
    if moment is not None:
        follow(post)


def record_changed(instance, **_signal) -> None:
    """Let drafts follow, once what was changed in the record is through."""
    key = {Membership: "organisation_id", Figure: "about_id", Organisation: "pk"}[type(instance)]
    transaction.on_commit(partial(follow_organisation, getattr(instance, key)))


def follow(post: Post) -> bool:
    """Let a draft say what the record says now, unsaved; returns whether something changed."""
    if post.pk is None or not (post.from_record or post.memberships.exists()):
        return False
    before = [*(getattr(post, name) for name in FROM_RECORD), post.sentences]
    write(post, on_record(post.memberships.all()))
    return before != [*(getattr(post, name) for name in FROM_RECORD), post.sentences]


def follow_organisation(key: int) -> None:
    """Let all drafts that announce memberships of an organisation follow the record."""
    drafts = Post.objects.drafts().filter(organisations=key, from_record__has_key="title")
    for post in drafts.distinct():
        if follow(post):
            actions.save_draft(post, by=None, why=_("It follows the record"))


# -- what the record says -------------------------------------------------------------------------


def step_of(membership: Membership) -> str:
    """Return what a membership is to its organisation: it joins, becomes another kind, or renews."""
    earlier = Membership.objects.filter(
        organisation=membership.organisation_id, during__fully_lt=membership.during
    )
    before = earlier.order_by("-during").first()
    if before is None or (membership.starts_on - before.during.upper).days > 92:
        return JOINS
    return RENEWS if before.category == membership.category else BECOMES


def _alike(memberships):
    """Return groups of memberships of which one sentence can tell."""

    def key(one):
        return (step_of(one), one.category, one.starts_on, one.start_precision,
                one.start_basis, one.ends_on or one.starts_on, one.end_basis,
                one.sponsor_id or 0, one.on_behalf_of_id or 0)  # fmt: skip

    keyed = sorted(((key(one), one) for one in memberships), key=lambda pair: pair[0])
    return [
        (found[0], [one for _key, one in rows])
        for found, rows in groupby(keyed, key=lambda pair: pair[0])
    ]


def sentences_of(memberships: list[Membership]) -> list[dict[str, str]]:
    """Return the leading sentences: each `before`, `after`, and the day `on` which it turns."""
    return [_sentence(step, rows) for step, rows in _alike(memberships)]


def _sentence(step: str, rows: list[Membership]) -> dict[str, str]:
    first, number = rows[0], len(rows)
    network = Organisation.objects.filter(is_alliance=True).values_list("name", flat=True).first()
    words = {
        "names": _names(rows),
        "network": network or _("the network"),
        "what": as_what(first.category, number),
        "when": when(first.starts),
        "more": _sponsored(first),
    }
    if first.start_basis == Basis.NOT_ON_RECORD:
        one = ngettext(
            "%(names)s is %(what)s of %(network)s%(more)s; since when is not on record.",
            "%(names)s are %(what)s of %(network)s%(more)s; since when is not on record.",
            number,
        )
        return {"before": one % words, "after": one % words, "on": first.starts_on.isoformat()}
    templates = {
        JOINS: (
            _("%(names)s will join %(network)s as %(what)s %(when)s%(more)s."),
            _("%(names)s joined %(network)s as %(what)s %(when)s%(more)s."),
        ),
        BECOMES: (
            _("%(names)s will become %(what)s of %(network)s %(when)s%(more)s."),
            _("%(names)s became %(what)s of %(network)s %(when)s%(more)s."),
        ),
        RENEWS: (
            _("%(names)s will go on as %(what)s of %(network)s %(when)s%(more)s."),
            _("%(names)s went on as %(what)s of %(network)s %(when)s%(more)s."),
        ),
    }
    before, after = templates[step]
    return {
        "before": before % words,
        "after": after % words,
        "on": first.starts_on.isoformat(),
    }


def when(date: PartialDate) -> str:
    """Return 'on 1 January 2023', 'in March 2022' or 'in 2022'."""
    word = _("on %(date)s") if date.precision == Precision.DAY else _("in %(date)s")
    return word % {"date": date}


def as_what(category: str, number: int = 1) -> str:
    """Return 'a full member', for several 'full members'."""
    return {
        Category.FULL: ngettext("a full member", "full members", number),
        Category.SPONSORED: ngettext("a sponsored member", "sponsored members", number),
        Category.REGIONAL: ngettext("a regional member", "regional members", number),
        Category.NOT_ON_RECORD: ngettext("a member", "members", number),
    }[Category(category)]


def _sponsored(one: Membership) -> str:
    if one.category != Category.SPONSORED:
        return ""
    words = {"sponsor": one.sponsor.name, "end": one.ends}
    if one.on_behalf_of:
        words["other"] = one.on_behalf_of.name
        return _(", sponsored until %(end)s by %(sponsor)s on behalf of %(other)s") % words
    return _(", sponsored until %(end)s by %(sponsor)s") % words


def _names(rows: list[Membership]) -> str:
    return get_text_list([one.organisation.name for one in rows], _("and"))


def texts_of(memberships: list[Membership]) -> dict[str, str]:
    """Return title, key points and text as the record gives them."""
    represented = _represented({one.organisation_id for one in memberships})
    points = [_point(one, represented.get(one.organisation_id)) for one in memberships]
    if len(memberships) == 1:
        points = _points(memberships[0], represented.get(memberships[0].organisation_id))
    organisations = list(dict.fromkeys(one.organisation for one in memberships))
    return {
        "title": title_of(memberships),
        "key_points": "\n".join(point for point in points if point),
        "body": clean("".join(_about(one) for one in organisations)),
    }


def title_of(memberships: list[Membership]) -> str:
    """Return a title that is right before the day and after it."""
    parts = [_title(key[0], rows) for key, rows in _by_step(memberships)]
    title = "; ".join(parts)
    if len(title) <= LONGEST:
        return title
    number = len(memberships)
    word = ngettext("%(number)d membership begins", "%(number)d memberships begin", number)
    return word % {"number": number}


def _by_step(memberships):
    found: dict[tuple, list[Membership]] = {}
    for one in memberships:
        found.setdefault((step_of(one), one.category), []).append(one)
    return found.items()


def _title(step: str, rows: list[Membership]) -> str:
    number = len(rows)
    names = _names(rows)
    if number > MOST_NAMES:
        names = _("%(number)d organisations") % {"number": number}
    words = {"names": names, "what": as_what(rows[0].category, number)}
    template = {
        JOINS: ngettext("%(names)s joins as %(what)s", "%(names)s join as %(what)s", number),
        BECOMES: ngettext("%(names)s becomes %(what)s", "%(names)s become %(what)s", number),
        RENEWS: ngettext("%(names)s goes on as %(what)s", "%(names)s go on as %(what)s", number),
    }[step]
    return template % words


def _points(one: Membership, figure: Figure | None) -> list[str]:
    """Return the key points of a single membership: since when, where, represents how many."""
    since = f"{one.category_in_words()}, {one.period_in_words()}"
    if one.sponsor:
        since = _("%(since)s, sponsored by %(sponsor)s") % {"since": since, "sponsor": one.sponsor}
    place = one.organisation.place
    founded = one.organisation.founded
    if place and founded:
        place = _("%(place)s, founded %(when)s") % {"place": place, "when": when(founded)}
    return [since, place, _says(figure)]


def _point(one: Membership, figure: Figure | None) -> str:
    """Return the key point of one membership among several."""
    name = one.organisation.name
    told = ", ".join(part for part in (name, one.organisation.place) if part)
    says = _says(figure)
    return f"{told}: {says[:1].lower()}{says[1:]}" if says else told


def _says(figure: Figure | None) -> str:
    if figure is None:
        return ""
    words = {"number": figure.in_words(), "dated": figure.dated_in_words()}
    return _("Represents %(number)s (%(dated)s)") % words


def _represented(organisations: set[int]) -> dict[int, Figure]:
    """Return for each organisation the latest figure of how many it stands for."""
    figures = Figure.objects.filter(
        about__in=organisations, measure=Figure.Measure.REPRESENTED
    ).order_by(F("as_of").asc(nulls_first=True), "pk")
    return {figure.about_id: figure for figure in figures}


def _about(organisation: Organisation) -> str:
    """Return the profile of an organisation as a part of a text."""
    parts = []
    if organisation.summary:
        parts.append(format_html("<p>{}</p>", organisation.summary))
    parts.append(organisation.description)
    if organisation.website:
        parts.append(format_html('<p><a href="{0}">{0}</a></p>', organisation.website))
    text = "".join(parts)
    heading = _("About %(name)s") % {"name": organisation.name}
    return format_html("<h2>{}</h2>", heading) + text if text else ""


def _boxes(post: Post, memberships: list[Membership]) -> list[QuoteBox]:
    """Return an empty quote box for the president and one for each new member."""
    alliance = Organisation.objects.filter(is_alliance=True).first()
    members = list(dict.fromkeys(one.organisation for one in memberships))
    houses = [*([alliance] if alliance else []), *members]
    offices: dict[int, list[Affiliation]] = {}
    for office in Affiliation.objects.on().filter(organisation__in=houses).order_by("order", "pk"):
        offices.setdefault(office.organisation_id, []).append(office)
    boxes = []
    for house in houses:
        held = offices.get(house.pk, [])
        presides = [one for one in held if one.function.casefold().startswith("president")]
        office = next(iter(presides or held), None)
        function = office.function if office else (_("President") if house.is_alliance else "")
        boxes.append(
            QuoteBox(
                post=post,
                organisation=house,
                speaker_id=office.person_id if office else None,
                function=function,
            )
        )
    return boxes
