"""The pages of organisations, networks and sponsors, for search engines."""

from django.contrib.sitemaps import Sitemap
from django.db.models import Exists, OuterRef
from django.urls import reverse

from members.models import Membership, Network, Organisation


class MemberSitemap(Sitemap):
    def items(self):
        return Organisation.objects.in_directory().order_by("pk").only("slug", "has_membership")


class OrganisationSitemap(Sitemap):
    def items(self):
        return Organisation.objects.others().order_by("pk").only("slug", "has_membership")


class NetworkSitemap(Sitemap):
    def items(self):
        return Network.objects.order_by("pk").only("slug")


class SponsorSitemap(Sitemap):
    def items(self):
        sponsored = Membership.objects.filter(sponsor=OuterRef("pk"))
        return Organisation.objects.filter(Exists(sponsored)).order_by("pk").only("slug")

    def location(self, sponsor):
        return reverse("members:sponsor", args=[sponsor.slug])
