"""Feeds of news and of policy, as Atom and as JSON Feed, with the full text, by the filters of their
lists. Addresses are the site's public ones, under whatever host a feed was asked for.
"""

import datetime
import json
import re
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed, rfc3339_date
from django.utils.translation import gettext as _

from members.models import Organisation, Quotation
from news.filters import NewsFilterSet, PolicyFilterSet
from news.models import Position
from publishing.addresses import absolute
from publishing.models import Publication
from record.days import start_of, today
from record.fetching import for_page

ENTRIES = 30
# What XML 1.0 forbids and a text pasted from elsewhere may hold.
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class AtomWithText(Atom1Feed):
    """Atom with each entry's language, its lead as plain summary and its text as content."""

    def item_attributes(self, item):
        return {"xml:lang": item["language"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["lead"]:
            handler.addQuickElement("summary", item["lead"], {"type": "text"})
        # Addresses inside the text may be relative to its page.
        attributes = {"type": "html", "xml:base": item["link"]}
        handler.addQuickElement("content", item["text"], attributes)


class JsonFeed(SyndicationFeed):
    """JSON Feed 1.1 (jsonfeed.org) of the same entries."""

    content_type = "application/feed+json; charset=utf-8"

    def write(self, outfile, encoding):
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.feed["title"],
            "home_page_url": self.feed["link"],
            "feed_url": self.feed["feed_url"],
            "language": self.feed["language"],
            "authors": [{"name": self.feed["author_name"]}],
            "items": [_as_json(item) for item in self.items],
        }
        outfile.write(json.dumps(feed, ensure_ascii=False).encode(encoding))


def _as_json(item: dict) -> dict:
    return {
        "id": item["unique_id"],
        "url": item["link"],
        "title": item["title"],
        "summary": item["lead"],
        "content_html": item["text"],
        "date_published": rfc3339_date(item["pubdate"]),
        "date_modified": rfc3339_date(item["updateddate"]),
        "tags": [str(tag) for tag in item["categories"]],
        "language": item["language"],
    }


class PublicationFeed(Feed):
    """The newest of a list, by the moment at which they became visible. Only what is public."""

    feed_type = AtomWithText
    list_name: str
    feed_name: str

    def get_object(self, request):
        return self.filters(request)

    def link(self, filters):
        return _with_query(absolute(reverse(self.list_name)), filters)

    def feed_url(self, filters):
        return _with_query(absolute(reverse(self.feed_name)), filters)

    def feed_guid(self, filters):
        return self.link(filters)

    def item_link(self, item):
        return absolute(item.get_absolute_url())

    def title(self, filters):
        chosen = ", ".join(str(label) for label, _address in filters.chips())
        return _clean(f"{self.name()}: {chosen}" if chosen else self.name())

    def author_name(self, _filters):
        """Return the alliance's name: who publishes. Atom asks for an author."""
        name = Organisation.objects.filter(is_alliance=True).values_list("name", flat=True).first()
        return name or urlsplit(settings.SITE_URL).hostname

    def items(self, filters):
        quotations = Quotation.objects.for_readers()
        rows = filters.qs.defer("search").order_by("-visible_from", "-pk")
        return for_page(
            rows.prefetch_related("topics", Prefetch("quotations", for_page(quotations)))
        )[:ENTRIES]

    def item_title(self, item):
        return _clean(str(item))

    def item_description(self, _item):
        return None

    def item_guid(self, item):
        """Return an id that stays when the address or the title changes."""
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{item.created_at:%Y-%m-%d}:publication/{item.pk}"

    def item_pubdate(self, item):
        return item.visible_from

    def item_updateddate(self, item):
        """Return when a reader should look again: it was saved, came out, or a name was taken off."""
        taken_off = [
            start_of(one.withdrawn_on) for one in item.quotations.all() if not one.is_named()
        ]
        return max(item.updated_at, item.visible_from, *taken_off, *_turned(item.specific))

    def item_categories(self, item):
        return [item.get_kind_display(), *(topic.name for topic in item.topics.all())]

    def item_extra_kwargs(self, item):
        text = render_to_string("news/feed_entry.html", {"item": item, "specific": item.specific})
        # Readers show the text far from its page: an address within the site needs its host.
        text = _clean(text).strip().replace('href="/', f'href="{settings.SITE_URL}/')
        return {"language": item.language, "lead": _clean(item.lead_now), "text": text}


class NewsFeed(PublicationFeed):
    list_name, feed_name = "news:list", "news:feed"

    def name(self):
        return _("News")

    def filters(self, request):
        return NewsFilterSet(request.GET, Publication.objects.public().with_specific())


class NewsJsonFeed(NewsFeed):
    feed_type, feed_name = JsonFeed, "news:json"


class PolicyFeed(PublicationFeed):
    list_name, feed_name = "policy:list", "policy:feed"

    def name(self):
        return _("Policy")

    def filters(self, request):
        return PolicyFilterSet(request.GET, Position.objects.public())


class PolicyJsonFeed(PolicyFeed):
    feed_type, feed_name = JsonFeed, "policy:json"


def _turned(specific) -> list[datetime.datetime]:
    """Return when sentences from the record turned from 'will join' to 'joined', as far as they did."""
    days = [datetime.date.fromisoformat(one["on"]) for one in getattr(specific, "sentences", [])]
    return [start_of(day) for day in days if day <= today()]


def _with_query(path: str, filters) -> str:
    query = filters.query()
    return f"{path}?{query}" if query else path


def _clean(text: str) -> str:
    return NOT_IN_XML.sub("", text)
