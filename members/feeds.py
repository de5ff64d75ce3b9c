"""What changed in the network, as an Atom feed."""

import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from members.change_pages import Asked, Entry, asked_of, entries_of
from members.models import Membership, Organisation
from record.days import today

ENTRIES = 60


class AtomOfDays(Atom1Feed):
    """Atom that is the same all day long, also where nothing changed."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else _start_of(today())


class ChangesFeed(Feed):
    """The latest changes between two days, those of the last twelve months where none are given.

    An entry is dated by the day on which the change took effect, and updated when it was written into
    the record, if that was later.
    """

    feed_type = AtomOfDays

    def get_object(self, request):
        return asked_of(request.GET)

    def link(self, asked: Asked):
        return _with_query(reverse("members:changes"), asked)

    def feed_url(self, asked: Asked):
        return _with_query(reverse("members:changes_feed"), asked)

    def feed_guid(self, asked: Asked):
        return settings.SITE_URL + self.link(asked)

    def title(self, _asked: Asked):
        return _("What changed in the network")

    def author_name(self, _asked: Asked):
        """Return the alliance's name: who publishes. Atom asks for an author."""
        name = Organisation.objects.filter(is_alliance=True).values_list("name", flat=True).first()
        return name or urlsplit(settings.SITE_URL).hostname

    def items(self, asked: Asked) -> list[tuple[Entry, datetime.datetime | None]]:
        entries = entries_of(asked.between.changes()[:ENTRIES])
        keys = {entry.membership for entry in entries if entry.membership}
        rows = Membership.history.filter(id__in=keys).order_by().values_list("id")
        recorded = dict(rows.annotate(first=Min("history_date")))
        return [(entry, recorded.get(entry.membership)) for entry in entries]

    def item_title(self, item):
        return f"{item[0].title}: {item[0].text}"

    def item_description(self, item):
        return f"{item[0].shown}. {item[0].text}."

    def item_link(self, item):
        return item[0].url

    def item_guid(self, item):
        host = urlsplit(settings.SITE_URL).hostname
        return f"tag:{host},{item[0].day}:changes/{item[0].key}"

    def item_pubdate(self, item):
        return _start_of(min(item[0].day, today()))

    def item_updateddate(self, item):
        _entry, recorded = item
        return max(self.item_pubdate(item), recorded) if recorded else self.item_pubdate(item)


def _start_of(day: datetime.date) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.min, tzinfo=timezone.get_default_timezone())


def _with_query(path: str, asked: Asked) -> str:
    return f"{path}?{urlencode(asked.kept)}" if asked.kept else path
