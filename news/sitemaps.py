"""The pages of news and policy, for search engines. Only what is public."""

from django.contrib.sitemaps import Sitemap
from django.db.models import F
from django.db.models.functions import Greatest

from news.models import Opportunity, Position, Post


class _PublicationSitemap(Sitemap):
    def items(self):
        changed = Greatest("updated_at", "visible_from")
        return self.model.objects.public().order_by("pk").only("slug").annotate(changed=changed)

    def lastmod(self, item):
        return item.changed


class PostSitemap(_PublicationSitemap):
    model = Post


class PositionSitemap(_PublicationSitemap):
    model = Position


class OpportunitySitemap(Sitemap):
    def items(self):
        rows = Opportunity.objects.order_by("pk").only("slug")
        return rows.annotate(changed=F("updated_at"))

    def lastmod(self, item):
        return item.changed
