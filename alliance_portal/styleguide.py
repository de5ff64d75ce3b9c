"""Every component in every state, light and dark beside each other: /styleguide/.

For those who build pages: in development for everybody, elsewhere for staff. A specimen is a file
in `templates/styleguide/`, named like its stylesheet in `static/css/components/`, that calls the
real tags. What it shows is made up here, for each scheme with ids of its own.
"""

import inspect
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from alliance_portal.figures import Country
from alliance_portal.templatetags import components
from members.asof import Asked
from members.places import Place, Places
from news.front_page import FrontPage
from record import drawings
from record.days import PartialDate
from record.drawings import PAGE, ROW, Axis, Period
from record.map import Seat, europe

TODAY = date(2026, 11, 22)
AXIS = Axis(date(2008, 1, 1), date(2027, 11, 22), TODAY)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


# Tags that share another's template.
DRAWN_BY = {"switch": "tabs", "europe_map": "map"}


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
    def parts(self) -> list[Tag]:
        functions = {"field": components.form_field}
        return [Tag(name, functions.get(name) or getattr(components, name)) for name in self.tags]


# The frame of every page is seen around this one.
ON_EVERY_PAGE = {"site_header", "site_footer"}
SPECIMENS = [
    Specimen("head", "Page head, section head", ("section_head",), wide=True),
    Specimen("breadcrumbs", "Breadcrumbs", ("breadcrumbs",)),
    Specimen("tabs", "Tabs and switch", ("tabs", "switch")),
    Specimen("figure", "Figures", ("figure",), wide=True),
    Specimen("front_page", "News by weight", ("front_page",), wide=True),
    Specimen("piece", "Dated lists", wide=True),
    Specimen("card", "Cards"),
    Specimen("rows", "Directory rows", wide=True),
    Specimen("filter_panel", "Filter panel", ("filter_panel",)),
    Specimen("suggestions", "Suggestions while typing"),
    Specimen("chips", "Chips", ("chips",)),
    Specimen("mark", "Found words"),
    Specimen("asof", "Day asked for", ("asof",), wide=True),
    Specimen("pagination", "Pagination", ("pagination",)),
    Specimen("table", "Table"),
    Specimen("time_bar", "Time bars", ("time_bar", "time_axis"), wide=True),
    Specimen("lanes", "Lanes and year of dots", ("year_of_dots",), wide=True),
    Specimen("time_key", "Key of the bars", ("time_key",)),
    Specimen("growth_chart", "Growth chart", ("growth_chart",), wide=True),
    Specimen("step_line", "Step line", ("step_line",)),
    Specimen("map", "Map of Europe", ("europe_map", "map_drawing"), wide=True),
    Specimen("places", "Map of the directory", wide=True),
    Specimen("byline", "Byline", ("byline",)),
    Specimen("quote", "Quotation and key points"),
    Specimen("record", "Facts, people, receipts"),
    Specimen("monogram", "Monograms and logos", ("monogram",)),
    Specimen("tag", "Tags", ("tag",)),
    Specimen("callout", "Callouts", ("callout",)),
    Specimen("empty_state", "Nothing found, page not found", ("empty_state",)),
    Specimen("share", "Share, and what came before and after"),
    Specimen("button", "Buttons"),
    Specimen("field", "Form fields and error summary", ("field", "error_summary")),
    Specimen("rich", "Rich text"),
    Specimen("editor", "Editor and publish bar", wide=True),
    Specimen("tasks", "Desk: what waits, and what is saved"),
    Specimen("scheme_switch", "Switch of light and dark", ("scheme_switch",)),
]


@dataclass(frozen=True)
class _Text:
    """What lists show of a publication."""

    title: str
    get_kind_display: str
    lead: str = ""

    language = "en"
    get_absolute_url = "#top"
    printed = PartialDate(TODAY)


@never_cache
def styleguide(request):
    """Show every component; 404 for visitors outside development."""
    in_development = settings.PORTAL_ENV == "development"
    if not in_development and not (request.user.is_active and request.user.is_staff):
        raise Http404
    context = {
        "specimens": SPECIMENS,
        "sides": [Side("light"), Side("dark")],
        "colours": "text text-quiet accent edge rule paper-deep time-ended error success warning",
        "crumbs": [(_("Components"), None)],
    }
    context["colours"] = context["colours"].split()
    return render(request, "styleguide/index.html", context)


class ExampleForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As it stands in the statutes.")
    country = forms.ChoiceField(
        label="Country", required=False, choices=[("", "Any"), ("LV", "Latvia")]
    )
    first_day = forms.DateField(label="First day")
    profile = forms.CharField(label="Profile", widget=forms.Textarea, required=False)
    how_sure = forms.ChoiceField(
        label="How sure is the date?",
        choices=[("day", "To the day"), ("month", "To the month")],
        widget=forms.RadioSelect,
        initial="day",
    )
    incomplete = forms.BooleanField(label="The list is not complete", required=False)
    sponsor = forms.CharField(
        label="Sponsor",
        disabled=True,
        required=False,
        help_text="Only sponsored memberships have one.",
    )


class Side:
    """What the specimens show, in one scheme. Ids end in the scheme's name, to be on the page once."""

    def __init__(self, scheme: str):
        self.scheme = scheme
        self.filled = ExampleForm(
            auto_id=f"id_%s_{scheme}", initial={"name": "Baltic Code Union", "first_day": TODAY}
        )
        self.wrong = ExampleForm({"name": "", "first_day": "soon"}, auto_id=f"id_%s_{scheme}_wrong")

    axis = AXIS
    long = LONG
    lines = ("Executive Director, Baltic Code Union", "Council member, Danube Software Houses")
    days = ((date(2008, 1, 1), "#top"), (date(2022, 4, 14), "#top"), (date(2027, 1, 1), "#top"))
    days_asked = (
        ("Today", "today", Asked()),
        ("A day", "day", Asked(PartialDate(date(2022, 4, 14)))),
        ("A month", "month", Asked(PartialDate(date(2022, 3, 1), "month"))),
        ("Announced", "ahead", Asked(PartialDate(date(2190, 1, 1)))),
        ("Not understood", "wrong", Asked(typed="some day", error="'some day' is not a day.")),
    )
    links = (("Show all members", "#top"), ("Search everything", "#top"))
    crumbs = (("Members", "#top"), ("Networks", "#top"), (LONG, None))
    chosen = (("Latvia", "#top"), ("Full members", "#top"), (LONG, "#top"))
    many = tuple((f"Country {number}", "#top") for number in range(1, 25))
    tabs = (("Profile", "#top", True), ("History", "#top", False), ("People", "#top", False))
    logo = SimpleNamespace(url="/static/images/icon.svg")
    first_page = Paginator(range(240), 24).page(1)
    middle_page = Paginator(range(2400), 24).page(50)

    @property
    def groups(self):
        countries = [
            (f"c{number}", f"Country {number}", number, number == 3) for number in range(1, 29)
        ]
        states = [("", "Any", 39, True), ("member", "Member", 36, False)]
        return [
            {"legend": "Name, town or acronym", "name": f"q_{self.scheme}", "kind": "search"},
            {
                "legend": "State",
                "name": f"state_{self.scheme}",
                "kind": "radio",
                "choices": states,
            },
            {"legend": "Country", "name": f"country_{self.scheme}", "choices": countries},
            {
                "legend": "Since",
                "name": f"since_{self.scheme}",
                "kind": "text",
                "value": "31 June 2026",
                "help": "For example 14 April 2022 or March 2022.",
                "errors": ["There is no 31 June."],
            },
        ]

    @property
    def fronts(self):
        """The news of a full day, of a day with one long title, and of a first day."""
        texts = [
            _Text("Small systems ask for a year's notice", "Press release", "What a law asks of a "
                  "firm of twelve should fit on two pages, says a paper of three groups."),
            _Text("Melita Small Systems joins on 1 January", "Member announcement",
                  "The first association from Malta becomes a full member."),
            _Text("Two days in Riga", "Event report", "Nine associations compared their hubs."),
            _Text("A chair is wanted", "News"),
            _Text("The ring changes its coordinator", "News"),
            _Text(LONG, "News"),
        ]  # fmt: skip
        return [
            ("A lead story, two beside it, the rest in brief", FrontPage(texts[0], texts[1:3], texts[3:])),
            ("A name without spaces, and nothing beside it", FrontPage(texts[5], [], texts[3:5])),
            ("The first text", FrontPage(texts[1])),
        ]  # fmt: skip

    @property
    def histories(self):
        """Each way in which a bar is drawn: `(words, bars)`."""
        full, regional, sponsored = "full", "regional", "sponsored"
        years = {year: date(year, 1, 1) for year in range(2008, 2029)}
        told = [
            [Period(first_day=years[2023], kind=full, label="Full member since 1 January 2023")],
            [Period(first_day=date(2018, 4, 1), kind=regional, label="Regional member since 2018")],
            [
                Period(
                    first_day=date(2025, 11, 1),
                    after_last_day=years[2027],
                    kind=sponsored,
                    label="Sponsored member until 31 December 2026",
                )
            ],
            [
                Period(first_day=years[2022], after_last_day=years[2023], kind=sponsored),
                Period(first_day=years[2023], label="Full member since 2023; sponsored before"),
            ],
            [
                Period(
                    first_day=years[2022],
                    after_last_day=years[2023],
                    kind=sponsored,
                    label="Sponsored in 2022, not continued",
                )
            ],
            [Period(first_day=years[2027], label="Announced, full member from 1 January 2027")],
            [
                Period(
                    first_day=years[2010],
                    after_last_day=years[2021],
                    label="Full member until 31 December 2020",
                )
            ],
            [
                Period(
                    first_day=years[2014],
                    start_known=False,
                    label="Full member; since when is not on record",
                )
            ],
            [
                Period(first_day=years[2009], after_last_day=years[2015]),
                Period(first_day=years[2019], label="Left in 2014, full member again since 2019"),
            ],
            [Period(first_day=date(2026, 11, 20), label="Full member since the day before last")],
            [Period(first_day=years[2012], kind="life", label="Founded in 2012")],
        ]
        return [
            (drawings.words(each), drawings.bars(each, AXIS, PAGE), drawings.bars(each, AXIS, ROW))
            for each in told
        ]

    @staticmethod
    def _members(number: int) -> list[Period]:
        return [
            Period(
                first_day=date(2009 + index * 17 // number, 1 + index % 12, 1),
                after_last_day=date(2020, 1, 1) if index % 9 == 4 and index < number // 2 else None,
                kind=("full", "full", "regional")[index % 3],
                member=f"Member {index + 1}",
            )
            for index in range(number)
        ]

    @property
    def growths(self):
        """Growth charts from one member to five hundred: `(id, title, drawing)`."""
        return [
            (
                f"growth-{number}-{self.scheme}",
                f"{number} members" if number > 1 else "One member",
                drawings.growth(self._members(number), AXIS),
            )
            for number in (1, 36, 500)
        ]

    @property
    def steps(self):
        return drawings.steps(self._members(36), AXIS, [date(2016, 1, 1), date(2022, 4, 14)])

    @property
    def map(self):
        members = {"IT": 3, "DE": 2, "RO": 2, "FR": 5, "AT": 1, "IS": 1, "CY": 1, "UA": 1, "": 1}
        seats = [
            Seat("AT", "Graz"), Seat("RO", "Cluj-Napoca"), Seat("MT", "Valletta", announced=True),
        ]  # fmt: skip
        return europe(members, ["MT"], seats, ["MD"])

    @property
    def places(self):
        known = [("France", 5, "3"), ("Italy", 3, "3"), ("Germany", 2, "2"), ("Austria", 1, "1")]
        rows = [Place(name, number, style, url="#top") for name, number, style in known]
        rows += [
            Place("Malta", 1, "announced", "announced", "#top"),
            Place("Moldova", 1, "former", "former", "#top"),
            Place("Country not on record", 1, "none"),
        ]
        return Places(self.map, rows, True, 14)

    tally = tuple(
        (number, [Country(code) for code in codes.split()])
        for number, codes in ((5, "FR"), (3, "IT"), (2, "DE RO"), (1, "AT CY IS UA"))
    )
    announced = (Country("MT"),)

    @property
    def dots(self):
        meetings = [date(2026, 2, 11), date(2026, 5, 5), (date(2026, 12, 10), "Last of the year")]
        joined = [date(2026, 3, 1), date(2026, 3, 1), date(2026, 3, 1)]
        lanes = [("Meetings", "3, 1 planned", meetings), ("Joined", "3", joined)]
        return drawings.year_of_dots(2026, lanes, TODAY)
