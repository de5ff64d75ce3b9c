"""The pages of news and policy, for search engines. Only what is public."""

from django.contrib.sitemaps import Sitemap

from news.models import Position, Post


class _PublicationSitemap(Sitemap):
    def items(self):
        return self.model.objects.public().order_by("pk").only("slug", "updated_at")

    def lastmod(self, item):
        return item.updated_at


class PostSitemap(_PublicationSitemap):
    model = Post


class PositionSitemap(_PublicationSitemap):
    model = Position
