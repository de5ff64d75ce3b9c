"""Pages of the site itself: staff write their text, the record fills in the rest.

Where staff have not written a page, its template has a built-in text that is true of any portal; what
the software stores, and for whom it is built, stands on the pages about that in any case.
"""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Prefetch
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from alliance_portal import contact, figures
from members import apply
from members.asof import day_asked
from members.models import BEGUN_DAYS, DECLINED_DAYS, Affiliation, Figure
from publishing.models import Page
from record.days import in_words
from record.fetching import for_page

TITLES = {
    "about": gettext_lazy("About the network"),
    "membership": gettext_lazy("Membership"),
    "privacy": gettext_lazy("Privacy"),
    "accessibility": gettext_lazy("Accessibility"),
}


def about(request):
    """Who leads the network and who did, and every figure that was stated of it: today or on a day."""
    asked = day_asked(request.GET)
    day = asked.day
    counted = figures.membership(day)
    parameters = QueryDict(mutable=True)
    parameters.update(asked.kept)
    return page_of_the_site(
        request,
        "about",
        asked=asked,
        parameters=parameters,
        members_url=f"{reverse('members:list')}?{parameters.urlencode()}",
        bodies=bodies(day),
        former=for_page(officers().ended(day).newest_first()),
        counted=figures.at_a_glance(counted, figures.declared(day) if asked.day_given else []),
        stated=stated_figures(day if asked.day_given else None),
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
    """Show a page of the site: its own template, with the text that staff wrote or without.

    Where it was `asked` for a day, the day stands in its title.
    """
    page = written(key)
    title = title_of(key, page)
    if "asked" in context and context["asked"].day_given:
        words = {"title": title, "day": in_words(context["asked"].day)}
        title = _("%(title)s on %(day)s") % words
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


def bodies(day: datetime.date | None = None) -> list[Body]:
    """Return board, secretariat and others as they stood on a day, with each person's own houses."""
    elsewhere = (
        Affiliation.objects.on(day)
        .filter(organisation__is_alliance=False)
        .select_related("organisation")
    )
    current = for_page(
        officers()
        .on(day)
        .prefetch_related(Prefetch("person__affiliations", elsewhere, to_attr="elsewhere"))
        .order_by("order", "person__sort_name", "pk")
    )
    by_body = {}
    for officer in current:
        by_body.setdefault(officer.body, []).append(officer)
    labels = dict(Affiliation.Body.choices) | {"": _("Others")}
    return [Body(labels[body], by_body[body]) for body in labels if body in by_body]


def stated_figures(day: datetime.date | None = None):
    """Return every figure stated of the alliance, newest first within its measure; of a day those
    that were true on it or before.
    """
    rows = Figure.objects.filter(about__is_alliance=True).with_speakers()
    return for_page(rows.filter(as_of__lte=day) if day else rows)
