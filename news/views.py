"""The public pages of news and policy."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from news import pages, trails
from news.filters import MOST_COUNTED, NEWS_KINDS, NewsFilterSet, PolicyFilterSet
from news.models import Position, Post
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
    """All positions of the network with their trail, by policy file; or as one list, newest first."""
    filters = PolicyFilterSet(request.GET, Position.objects.public())
    as_list = request.GET.get("view") == "list"
    rows = filters.qs.newest_first() if as_list else trails.by_file(filters.qs)
    page, note = page_of(trails.with_steps(rows), request.GET.get("page"))
    context = _listing(filters, page, note, _("Policy"))
    query = f"&{filters.query()}" if filters.query() else ""
    context |= {
        "as_list": as_list,
        "views": [
            (_("By policy file"), f"?{filters.query()}", not as_list),
            (_("Newest first"), f"?view=list{query}", as_list),
        ],
        "files": [] if as_list else trails.files_of(page),
    }
    return render(request, "news/policy.html", context)


def _listing(filters, page, note, title) -> dict:
    return {
        "filters": filters,
        "counts": filters.counts() if page.paginator.count <= MOST_COUNTED else {},
        "page": page,
        "notes": filters.not_understood() + ([note] if note else []),
        "crumbs": [(title, None)],
    }


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
    rows = pages.positions_for_page().prefetch_related(trails.contributions())
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
