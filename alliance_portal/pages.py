"""Pages of the site itself: staff write their text, the record fills in the rest.

Where staff have not written a page, its template has a built-in text that is true of any portal; what
the software stores, and for whom it is built, stands on the pages about that in any case.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance_portal import contact, figures
from members import apply
from members.models import BEGUN_DAYS, DECLINED_DAYS, Affiliation, Figure
from publishing.models import Page
from record.fetching import for_page

TITLES = {
    "about": gettext_lazy("About the network"),
    "membership": gettext_lazy("Membership"),
    "privacy": gettext_lazy("Privacy"),
    "accessibility": gettext_lazy("Accessibility"),
}


def about(request):
    """Who leads the network and who did, and every figure that was stated of it."""
    counted = figures.membership()
    return page_of_the_site(
        request,
        "about",
        bodies=bodies(),
        former=for_page(officers().ended().newest_first()),
        counted=figures.at_a_glance(counted, []),
        stated=stated_figures(),
    )


def privacy(request):
    """What is stored of whom; the cookies are those of the settings, by their names and times."""
    return page_of_the_site(
        request,
        "privacy",
        cookies=cookies(),
        contact_limit=contact.MOST_AN_HOUR,
        apply_limit=apply.MOST_AN_HOUR,
        begun_days=BEGUN_DAYS,
        declined_days=DECLINED_DAYS,
    )


@dataclass(frozen=True)
class Cookie:
    name: str
    purpose: str
    lasts: str


def cookies() -> list[Cookie]:
    """Return the cookies that somebody gets who signs in; a visitor gets none."""
    days = settings.SESSION_COOKIE_AGE // (24 * 3600)
    session = ngettext(
        "you sign out, or close the browser; if you ask to be remembered, for %(days)d day",
        "you sign out, or close the browser; if you ask to be remembered, for %(days)d days",
        days,
    )
    return [
        Cookie(settings.CSRF_COOKIE_NAME, _("protects forms against other sites"), _("a year")),
        Cookie(settings.SESSION_COOKIE_NAME, _("keeps you signed in"), session % {"days": days}),
        Cookie("messages", _("tells you on the next page what was done"), _("you have seen it")),
    ]


def accessibility(request):
    return page_of_the_site(request, "accessibility")


def written(key: str) -> Page | None:
    """Return what staff wrote of a page of the site, or None."""
    return Page.objects.filter(key=key).defer("search").first()


def title_of(key: str, page: Page | None) -> str:
    return page.title if page else str(TITLES[key])


def page_of_the_site(request, key: str, **context):
    """Show a page of the site: its own template, with the text that staff wrote or without."""
    page = written(key)
    title = title_of(key, page)
    context |= {"page": page, "title": title, "crumbs": [(title, None)]}
    return render(request, f"site/{key}.html", context)


@dataclass
class Body:
    """A part of the network's leadership with those who are in it today."""

    name: str
    officers: list


def officers():
    """Return the functions that people hold at the alliance itself, of those who may be shown."""
    return Affiliation.objects.of_the_alliance().shown().select_related("person")


def bodies() -> list[Body]:
    """Return board, secretariat and others as they stand today, with each person's own houses."""
    elsewhere = (
        Affiliation.objects.on()
        .filter(organisation__is_alliance=False)
        .select_related("organisation")
    )
    current = for_page(
        officers()
        .on()
        .prefetch_related(Prefetch("person__affiliations", elsewhere, to_attr="elsewhere"))
        .order_by("order", "person__sort_name", "pk")
    )
    by_body = {}
    for officer in current:
        by_body.setdefault(officer.body, []).append(officer)
    labels = dict(Affiliation.Body.choices) | {"": _("Others")}
    return [Body(labels[body], by_body[body]) for body in labels if body in by_body]


def stated_figures():
    """Return every figure stated of the alliance, newest first within its measure."""
    return for_page(Figure.objects.filter(about__is_alliance=True).with_speakers())
