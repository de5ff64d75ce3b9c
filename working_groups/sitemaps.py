"""The pages of groups, overviews and activities, for search engines. Only what is public."""

from django.contrib.sitemaps import Sitemap

from working_groups.models import Activity, Overview, WorkingGroup


class GroupSitemap(Sitemap):
    def items(self):
        return WorkingGroup.objects.order_by("pk").only("slug")


class OverviewSitemap(Sitemap):
    def items(self):
        rows = Overview.objects.public().select_related("group").order_by("pk")
        return rows.only("year", "updated_at", "group__slug")

    def lastmod(self, overview):
        return overview.updated_at


class ActivitySitemap(Sitemap):
    def items(self):
        return Activity.objects.public().order_by("pk").only("slug", "updated_at")

    def lastmod(self, activity):
        return activity.updated_at
