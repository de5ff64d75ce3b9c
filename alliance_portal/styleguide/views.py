"""The pages of the styleguide.

For those who build pages: in development for everybody, elsewhere for staff. A specimen is a file
in `templates/styleguide/`, named like its template and its stylesheet, that calls the real tags.
What it shows is made up in `samples.py`, for each scheme with ids of its own.
"""

import inspect
from dataclasses import dataclass
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from alliance_portal.styleguide.mails import SAMPLES
from alliance_portal.styleguide.samples import Side
from alliance_portal.templatetags import components

# Tags that share another's template.
DRAWN_BY = {"switch": "tabs", "europe_map": "map", "text_difference": "difference"}
# What is a class and no template: one element, or a frame whose parts each page writes.
CLASSES = {
    "button": "one element",
    "mark": "one element, made by the search",
    "head": "a frame for the title of a page",
    "facts": "terms and what is said of them",
    "piece": "rows of long lists, written out where they stand",
    "rich": "a text that somebody wrote, and its editor",
    "editor": "a frame of the desk",
    "tasks": "a frame of the desk",
    "suggestions": "made by static/js/suggest.js",
}


@dataclass(frozen=True)
class Tag:
    """A template tag of `components` with what its function says of it."""

    name: str
    function: object

    @property
    def template(self) -> str:
        return f"templates/components/{DRAWN_BY.get(self.name, self.name)}.html"

    @property
    def inputs(self) -> str:
        return ", ".join(
            name if each.default is each.empty else f"{name}={each.default!r}"
            for name, each in inspect.signature(self.function).parameters.items()
        )

    @property
    def about(self) -> str:
        return inspect.getdoc(self.function)


@dataclass(frozen=True)
class Specimen:
    """One component. `wide` ones stand below each other, as they need the page's width."""

    name: str
    title: str
    tags: tuple[str, ...] = ()
    wide: bool = False

    @property
    def template(self) -> str:
        return f"styleguide/{self.name}.html"

    @property
    def stylesheet(self) -> str:
        return f"static/css/components/{self.name}.css"

    @property
    def is_class(self) -> str:
        return CLASSES.get(self.name, "")

    @property
    def parts(self) -> list[Tag]:
        functions = {"field": components.form_field}
        return [Tag(name, functions.get(name) or getattr(components, name)) for name in self.tags]


# The frame of every page is seen around this one.
ON_EVERY_PAGE = {"site_header", "site_footer"}
SPECIMENS = [
    Specimen("head", "Page head"),
    Specimen("section_head", "Section with its name in the margin", ("section_head",), wide=True),
    Specimen("breadcrumbs", "Breadcrumbs", ("breadcrumbs",)),
    Specimen("tabs", "Tabs and switch", ("tabs", "switch")),
    Specimen("figure", "Figures", ("figure",), wide=True),
    Specimen("front_page", "News by weight", ("front_page",), wide=True),
    Specimen("piece", "Dated lists", wide=True),
    Specimen("card", "Cards", ("card",)),
    Specimen("rows", "Directory rows", ("rows",), wide=True),
    Specimen("filter_panel", "Filter panel", ("filter_panel",)),
    Specimen("suggestions", "Suggestions while typing"),
    Specimen("chips", "Chips", ("chips",)),
    Specimen("mark", "Found words"),
    Specimen("asof", "Day asked for", ("asof",)),
    Specimen("between", "Two days asked for", ("between",)),
    Specimen("pagination", "Pagination", ("pagination",)),
    Specimen("table", "Table", ("table",)),
    Specimen("time_bar", "Time bars", ("time_bar",), wide=True),
    Specimen("time_axis", "Axis of a drawing", ("time_axis",)),
    Specimen("time_key", "Key of the bars", ("time_key",)),
    Specimen("lanes", "What lasted, on one axis", ("lanes",), wide=True),
    Specimen("year_of_dots", "Year of dots", ("year_of_dots",), wide=True),
    Specimen("growth_chart", "Growth chart", ("growth_chart",), wide=True),
    Specimen("step_line", "Step line", ("step_line",)),
    Specimen("turnover", "Year by year", ("turnover",), wide=True),
    Specimen("map", "Map of Europe", ("europe_map",), wide=True),
    Specimen("years", "The map in another year", ("europe_map",), wide=True),
    Specimen("map_drawing", "The map alone", ("map_drawing",)),
    Specimen("places", "Map of the directory", ("places",), wide=True),
    Specimen("byline", "Byline", ("byline",)),
    Specimen("quote", "Quotation and key points", ("quote",)),
    Specimen("facts", "Facts and people"),
    Specimen("receipts", "Receipts", ("receipts",)),
    Specimen("difference", "Difference", ("difference", "text_difference")),
    Specimen("monogram", "Monograms and logos", ("monogram",)),
    Specimen("tag", "Tags", ("tag",)),
    Specimen("callout", "Callouts", ("callout",)),
    Specimen("toast", "Toasts", ("toast",)),
    Specimen("empty_state", "Nothing found, page not found", ("empty_state",)),
    Specimen("share", "Share", ("share",)),
    Specimen("neighbours", "What came before and after", ("neighbours",)),
    Specimen("button", "Buttons"),
    Specimen("field", "Form fields", ("field",)),
    Specimen("error_summary", "Error summary", ("error_summary",)),
    Specimen("rich", "Rich text"),
    Specimen("editor", "Editor and publish bar", wide=True),
    Specimen("tasks", "Desk: what waits, and what is saved"),
    Specimen("scheme_switch", "Switch of light and dark", ("scheme_switch",)),
]


def for_builders(view):
    """A page for those who build pages: 404 for everybody but staff outside development."""

    @wraps(view)
    def opened(request, **what):
        in_development = settings.PORTAL_ENV == "development"
        if not in_development and not (request.user.is_active and request.user.is_staff):
            raise Http404
        return view(request, **what)

    return never_cache(opened)


@for_builders
def styleguide(request):
    """Show every component, and lead to every mail."""
    context = {
        "specimens": SPECIMENS,
        "sides": [Side("light"), Side("dark")],
        "colours": "text text-quiet accent edge rule paper-deep time-ended error success warning",
        "mails": SAMPLES,
        "crumbs": [(_("Components"), None)],
    }
    context["colours"] = context["colours"].split()
    return render(request, "styleguide/index.html", context)


@for_builders
@csp_override({"default-src": [CSP.NONE], "style-src": [CSP.UNSAFE_INLINE], "sandbox": True})
def mail_page(request, name):  # noqa: ARG001 a view
    """Show the HTML of a mail as it is sent, with its styles in line; nothing in it can run."""
    return HttpResponse(_sample(name).mail().alternatives[0].content)


@for_builders
def mail_text(request, name):  # noqa: ARG001 a view
    """Show the head and the plain text of a mail."""
    mail = _sample(name).mail()
    head = "".join(f"{each}: {value}\n" for each, value in _headers(mail))
    return HttpResponse(f"{head}\n{mail.body}", content_type="text/plain; charset=utf-8")


def _headers(mail):
    yield "From", mail.from_email
    yield "To", ", ".join(mail.to)
    if mail.reply_to:
        yield "Reply-To", ", ".join(mail.reply_to)
    yield "Subject", mail.subject
    yield from mail.extra_headers.items()


def _sample(name):
    for sample in SAMPLES:
        if sample.name == name:
            return sample
    raise Http404
