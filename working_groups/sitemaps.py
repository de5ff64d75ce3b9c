"""The pages of groups, overviews and activities, for search engines. Only what is public."""

from django.contrib.sitemaps import Sitemap
from django.db.models import F, Min
from django.db.models.functions import Greatest
from django.urls import reverse

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


class YearSitemap(Sitemap):
    """The pages of all groups' years, each by one of its overviews."""

    def items(self):
        firsts = Overview.objects.public().order_by().values("year").annotate(first=Min("pk"))
        return Overview.objects.filter(pk__in=firsts.values("first")).order_by("pk").only("year")

    def location(self, overview):
        return reverse("working_groups:year", args=[overview.year])


class ActivitySitemap(Sitemap):
    def items(self):
        return (
            Activity.objects.public().order_by("pk").only("slug").annotate(changed=F("updated_at"))
        )

    def lastmod(self, activity):
        return activity.changed
