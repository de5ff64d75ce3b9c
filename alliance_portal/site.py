"""What every page says about the site: name, notice, address, navigation. Nothing of the visitor."""

from dataclasses import dataclass, field
from functools import cached_property

from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from alliance_portal.models import SiteSettings
from record.days import today


@dataclass
class Site:
    settings: SiteSettings
    today: object = field(default_factory=today)

    @property
    def name(self) -> str:
        return self.settings.name

    @property
    def notice(self) -> str:
        return self.settings.notice

    @property
    def address_lines(self) -> list[str]:
        return [line.strip() for line in self.settings.address.splitlines() if line.strip()]

    @cached_property
    def navigation(self) -> list[tuple[str, str]]:
        return [
            (_("Members"), reverse("members:list")),
            (_("Working groups"), reverse("working_groups:list")),
            (_("Policy"), reverse("policy:list")),
            (_("News"), reverse("news:list")),
            (_("Activities"), reverse("activities:list")),
            (_("About"), reverse("about")),
            (_("Search"), reverse("search")),
        ]

    @cached_property
    def footer(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (
                _("The record"),
                [
                    (_("Members"), reverse("members:list")),
                    (_("Networks"), reverse("members:networks")),
                    (_("Sponsors"), reverse("members:sponsors")),
                    (_("What changed"), reverse("members:changes")),
                    (_("Open data"), reverse("data")),
                    (_("Opportunities"), reverse("opportunities:list")),
                ],
            ),
            (
                _("Follow"),
                [(_("News feed"), reverse("news:feed")), (_("Contact"), reverse("contact"))],
            ),
            (
                _("This site"),
                [
                    (_("Membership"), reverse("membership")),
                    (_("Accessibility"), reverse("accessibility")),
                    (_("Privacy"), reverse("privacy")),
                    (_("Sign in"), reverse("account_login")),
                ],
            ),
        ]


def site(request) -> dict:
    """Give every template `site` (loaded once, when first asked) and `section`, the part we are in."""
    lazy = SimpleLazyObject(lambda: Site(SiteSettings.load()))
    first = request.path.split("/")[1] if request.path.count("/") > 1 else ""
    return {"site": lazy, "section": f"/{first}/" if first else ""}
