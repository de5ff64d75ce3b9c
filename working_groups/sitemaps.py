"""The pages of groups, overviews and activities, for search engines. Only what is public."""

from django.contrib.sitemaps import Sitemap
from django.db.models import F
from django.db.models.functions import Greatest

from working_groups.models import Activity, Overview, WorkingGroup


class GroupSitemap(Sitemap):
    def items(self):
        return WorkingGroup.objects.order_by("pk").only("slug")


class OverviewSitemap(Sitemap):
    def items(self):
        changed = Greatest("updated_at", "visible_from")
        rows = Overview.objects.public().select_related("group").order_by("pk")
        return rows.only("year", "group__slug").annotate(changed=changed)

    def lastmod(self, overview):
        return overview.changed


class ActivitySitemap(Sitemap):
    def items(self):
        return (
            Activity.objects.public().order_by("pk").only("slug").annotate(changed=F("updated_at"))
        )

    def lastmod(self, activity):
        return activity.changed
