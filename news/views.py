"""The public pages of news and policy."""

from django.db.models import Prefetch
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from news import pages
from news.filters import NEWS_KINDS, NewsFilterSet, PolicyFilterSet
from news.models import Contribution, Position, Post
from publishing.addresses import absolute
from publishing.lists import page_of
from publishing.models import Publication
from publishing.reading import gone, readable, respond
from record.fetching import for_page


def news(request):
    """All that is told in public, newest first: posts and overviews, positions if asked for."""
    filters = NewsFilterSet(request.GET, Publication.objects.public())
    page, note = page_of(for_page(filters.qs.for_list()), request.GET.get("page"))
    return render(request, "news/list.html", _listing(filters, page, note, _("News")))


def policy(request):
    """All positions of the network, newest first."""
    filters = PolicyFilterSet(request.GET, Position.objects.public())
    rows = filters.qs.select_related("policy_file").prefetch_related(_contributions())
    rows = for_page(rows.defer("body", "search").newest_first())
    page, note = page_of(rows, request.GET.get("page"))
    return render(request, "news/policy.html", _listing(filters, page, note, _("Policy")))


def _listing(filters, page, note, title) -> dict:
    return {
        "filters": filters,
        "counts": filters.counts(),
        "page": page,
        "notes": filters.not_understood() + ([note] if note else []),
        "crumbs": [(title, None)],
    }


def _contributions() -> Prefetch:
    contributions = Contribution.objects.select_related("group").order_by("-led", "group__name")
    return Prefetch("contributions", for_page(contributions))


def post(request, slug):
    """One piece of news."""
    post = readable(request, pages.posts_for_page().filter(slug=slug))
    if post is None:
        return gone(request, Post.objects.filter(slug=slug))
    listed = Publication.objects.public().of_kind(*NEWS_KINDS)
    about = pages.about(post)
    axis, lanes = pages.memberships_about(post)
    older, newer = pages.neighbours(post, listed)
    context = {
        "crumbs": [(_("News"), reverse("news:list")), (post.get_kind_display(), None)],
        "post": post,
        "about": about,
        "axis": axis,
        "lanes": lanes,
        "attachments": list(post.attachments.all()),
        "quotations": pages.quotations(post),
        "translations": pages.translations(post),
        "older": older,
        "newer": newer,
        "address": absolute(post.get_absolute_url()),
    }
    return respond(request, "news/post.html", context, shows=post)


def position(request, slug):
    """One policy output of the network."""
    rows = pages.positions_for_page().prefetch_related(_contributions())
    position = readable(request, rows.filter(slug=slug))
    if position is None:
        return gone(request, Position.objects.filter(slug=slug))
    older, newer = pages.neighbours(position, Position.objects.public())
    announced_by = position.announced_by.public().defer("body", "search").newest_first()
    context = {
        "crumbs": [(_("Policy"), reverse("policy:list")), (position.get_output_display(), None)],
        "position": position,
        "topics": list(position.topics.all()),
        "announced_by": list(for_page(announced_by)),
        "attachments": list(position.attachments.all()),
        "quotations": pages.quotations(position),
        "translations": pages.translations(position),
        "older": older,
        "newer": newer,
        "address": absolute(position.get_absolute_url()),
    }
    return respond(request, "news/position.html", context, shows=position)
