"""Which picture stands for which page: drawn on request, at an address below the page itself."""

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404
from django.urls import Resolver404, resolve
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from alliance_portal import figures, home, pages
from alliance_portal.cards import Card, Time, png
from alliance_portal.models import SiteSettings
from members.directory import numbers_on, telling_membership
from members.models import Network, Organisation
from members.networks import kind_of
from members.people import person_page
from members.profiles import kicker_of
from members.timelines import drawn_membership
from news.models import Opportunity, Position, Post
from publishing.addresses import OldAddress
from publishing.reading import withdrawal_of
from record.days import today
from record.drawings import PAGE, Axis, bars
from record.fetching import for_page
from working_groups.models import Activity, Overview, WorkingGroup

NAME = "card.png"


class WithdrawnError(Exception):
    """What the page showed was taken back."""


@require_safe
def card(_request, page: str):
    """Send the picture of a public page: 404 and 410 where the page itself answers so, and on to
    the new address where the page has moved.
    """
    path = f"/{page}"
    try:
        shown = card_of(path)
    except WithdrawnError:
        word = _("This text was withdrawn.")
        return HttpResponse(f"{word}\n", status=410, content_type="text/plain")
    except Http404:
        moved = OldAddress.objects.forward(path)
        if moved is None:
            raise
        return HttpResponsePermanentRedirect(f"{moved}{NAME}")
    return HttpResponse(png(shown), content_type="image/png")


def card_of(path: str) -> Card:
    """Return what stands on the card of the page at a path. Raises Http404 and WithdrawnError."""
    try:
        match = resolve(path)
    except Resolver404:
        raise Http404 from None
    if match.view_name not in CARDS:
        raise Http404
    facts = CARDS[match.view_name](**match.kwargs)
    return Card(site=SiteSettings.load().name, **facts)


# What stands on it, as the page itself says it


def front() -> dict:
    site = SiteSettings.load()
    return {"title": site.tagline or site.name, **_members_by_time()}


def directory() -> dict:
    return {"title": _("Members"), **_members_by_time()}


def _members_by_time() -> dict:
    """Return how many members there are in words, and where they are few enough a bar for each."""
    counted = figures.membership()
    if not counted.ever:
        return {}
    memberships = home.memberships_to_draw(counted)
    time = None
    if memberships:
        growth = home.growth_drawing(counted, memberships, home.spans_of(counted, memberships))
        time = Time.on(growth.axis, [row.bars for row in growth.rows])
    return {"foot": numbers_on(counted.day).in_words(counted.day), "time": time}


def organisation(slug: str) -> dict:
    """Return an organisation with its memberships as one row of bars."""
    rows = Organisation.objects.filter(is_alliance=False).defer("description", "search")
    found = get_object_or_404(for_page(rows), slug=slug)
    facts = {"title": found.name, "kicker": kicker_of(found)}
    memberships = list(for_page(found.memberships.newest_first()))
    if not memberships:
        return facts
    periods = [drawn_membership(membership) for membership in memberships]
    axis = Axis.spanning(periods, today())
    return facts | {
        "foot": telling_membership(memberships, today()).state_in_words(),
        "time": Time.on(axis, [bars(periods, axis, PAGE)]),
    }


def network(slug: str) -> dict:
    found = get_object_or_404(Network, slug=slug)
    return {"title": found.name, "kicker": kind_of(found)}


def sponsor(slug: str) -> dict:
    rows = Organisation.objects.sponsors().defer("description", "search")
    return {"title": get_object_or_404(rows, slug=slug).name, "kicker": _("Sponsor")}


def group(slug: str) -> dict:
    found = get_object_or_404(WorkingGroup.objects.defer("search"), slug=slug)
    return {"title": found.name, "kicker": _("Working group")}


def overview(slug: str, year: int) -> dict:
    found = _published(Overview.objects.filter(group__slug=slug, year=year).select_related("group"))
    kicker = _("%(group)s, yearly overview") % {"group": found.group.name}
    return {"title": found.title, "kicker": kicker, "year": str(found.year)}


def year_of_groups(year: int) -> dict:
    if not Overview.objects.public().filter(year=year).exists():
        raise Http404
    return {"title": _("The year in the working groups"), "year": str(year)}


def post(slug: str) -> dict:
    found = _published(Post.objects.filter(slug=slug))
    return _dated(found, str(found.get_kind_display()))


def position(slug: str) -> dict:
    found = _published(Position.objects.filter(slug=slug))
    return _dated(found, str(found.get_output_display()))


def activity(slug: str) -> dict:
    rows = Activity.objects.public().defer("description", "minutes", "search")
    found = get_object_or_404(rows, slug=slug)
    kicker = capfirst(found.get_kind_display())
    if found.called_off:
        kicker = _("%(kind)s, called off") % {"kind": kicker}
    foot = ", ".join(part for part in (capfirst(found.day_in_words()), found.place) if part)
    return {"title": found.title, "kicker": kicker, "foot": foot}


def opportunity(slug: str) -> dict:
    found = get_object_or_404(Opportunity.objects.defer("search"), slug=slug)
    word = _("Open until %(moment)s") if found.is_open() else _("Was open until %(moment)s")
    foot = word % {"moment": found.deadline_in_words()}
    return {"title": found.title, "kicker": capfirst(found.get_kind_display()), "foot": foot}


def _published(rows):
    """Return the one publication that anybody may read."""
    found = for_page(rows.public().defer("body", "search")).first()
    if found is None and withdrawal_of(rows):
        raise WithdrawnError
    if found is None:
        raise Http404
    return found


def _dated(publication, kicker: str) -> dict:
    day = str(publication.printed) if publication.printed else ""
    return {"title": publication.title, "kicker": kicker, "foot": day}


def titled(title):
    """Return the maker of a card with nothing but a title."""
    return lambda: {"title": str(title)}


def written(key: str):
    """Return the maker of the card of a page of the site, which staff may have given a title."""
    return lambda: {"title": pages.title_of(key, pages.written(key))}


# View → what stands on the card of its page. Every public page has one.
def person(slug: str) -> dict:
    """Return a person's name and functions; 404 without a basis, as the page itself."""
    shown = person_page(slug)
    return {"title": shown["person"].full_name, "foot": shown["lead"]}


CARDS = {
    "home": front,
    "about": written("about"),
    "membership": written("membership"),
    "apply": titled(gettext_lazy("Apply for membership")),
    "privacy": written("privacy"),
    "accessibility": written("accessibility"),
    "contact": titled(gettext_lazy("Contact")),
    "search": titled(gettext_lazy("Search")),
    "data": titled(gettext_lazy("Open data")),
    "members:list": directory,
    "members:changes": titled(gettext_lazy("What changed")),
    "members:timeline": titled(gettext_lazy("Year by year")),
    "members:networks": titled(gettext_lazy("Networks")),
    "members:sponsors": titled(gettext_lazy("Sponsors")),
    "members:detail": organisation,
    "members:network": network,
    "members:sponsor": sponsor,
    "organisations:detail": organisation,
    "people:detail": person,
    "working_groups:list": titled(gettext_lazy("Working groups")),
    "working_groups:detail": group,
    "working_groups:join": group,
    "working_groups:overview": overview,
    "working_groups:year": year_of_groups,
    "activities:list": titled(gettext_lazy("Activities")),
    "activities:detail": activity,
    "news:list": titled(gettext_lazy("News")),
    "news:detail": post,
    "policy:list": titled(gettext_lazy("Policy")),
    "policy:detail": position,
    "opportunities:list": titled(gettext_lazy("Opportunities")),
    "opportunities:detail": opportunity,
}
