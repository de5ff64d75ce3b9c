"""The badge that a member may show on its own site: always what the record says on that day."""

from textwrap import wrap

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from alliance_portal.brand import as_hex, palette
from alliance_portal.models import SiteSettings
from members.directory import telling_membership
from members.models import Category, Organisation
from record.days import today
from record.fetching import for_page

WIDTH, HEIGHT = 300, 88
TEXT_WIDTH = 208  # pixels beside the mark
LETTER = 0.56  # of its size that a letter is wide, with room for wider faces than ours
LARGEST, SMALLEST = 18, 7


def badge(_request, slug):
    """Draw the badge of an organisation. Neutral, the alliance's name alone, on a day without
    membership; who never had one has no badge.
    """
    found = get_object_or_404(for_page(Organisation.objects.in_directory().for_rows()), slug=slug)
    drawing = draw(found, SiteSettings.load().name)
    response = HttpResponse(drawing, content_type="image/svg+xml")
    # Made to be shown on other sites, also on those that ask every picture for leave.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def draw(organisation: Organisation, site: str) -> str:
    """Return the badge as SVG: 'Member of <site>', category and year, or the site's name alone."""
    membership = telling_membership(list(organisation.memberships.all()), today())
    holds = membership is not None and membership.is_on()
    kind = _("Member") if not holds or membership.category == Category.NOT_ON_RECORD else (
        membership.category_in_words()
    )  # fmt: skip
    state = f"{kind} · {today().year}" if holds else ""
    words = {"site": site, "organisation": organisation.name, "state": state}
    colours = palette()
    context = {
        "title": _("Member of %(site)s: %(state)s") % words if holds else site,
        "description": _("%(organisation)s is a member of %(site)s.") % words
        if holds
        else _("%(organisation)s is not a member of %(site)s on this day.") % words,
        "above": _("Member of") if holds else "",
        "lines": lines_of(site, in_the_middle=not holds),
        "state": state,
        "holds": holds,
        "width": WIDTH,
        "height": HEIGHT,
        "light": {
            "paper": as_hex(colours.paper),
            "ink": as_hex(colours.ink),
            "quiet": as_hex(colours.quiet),
            "rule": as_hex(colours.rule),
            "mark": as_hex(colours.accent if holds else colours.quiet),
        },
        "dark": {
            "paper": as_hex(colours.night),
            "ink": as_hex(colours.paper),
            "quiet": as_hex(colours.rule),
            "rule": as_hex(colours.quiet),
            "mark": as_hex(colours.accent_at_night if holds else colours.rule),
        },
    }
    return render_to_string("members/badge.svg", context)


def lines_of(name: str, *, in_the_middle: bool) -> list[tuple[str, float, float]]:
    """Return the name in one line or two, each with its baseline and the size in which it fits."""
    longest = int(TEXT_WIDTH / (LETTER * LARGEST))
    lines = [name] if len(name) <= longest else wrap(name, -(-len(name) // 2) + 3, max_lines=2)
    size = min(LARGEST, TEXT_WIDTH / (LETTER * max(len(line) for line in lines)))
    size = max(SMALLEST, round(size if len(lines) == 1 else min(size, 15), 1))
    middle = (HEIGHT / 2 if in_the_middle else HEIGHT / 2 + 1) + size * 0.35
    first = middle - (len(lines) - 1) * size * 0.6
    return [(line, round(first + at * size * 1.2, 1), size) for at, line in enumerate(lines)]
