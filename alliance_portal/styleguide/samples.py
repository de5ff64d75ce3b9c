"""What the specimens of the styleguide show: made up here, once for each scheme."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict

from alliance_portal.figures import Membership
from alliance_portal.years import Span, year_by_year
from members.asof import Asked
from members.change_pages import asked_of as between_of
from members.places import Country, Place, Places
from news.front_page import FrontPage
from record import drawings
from record.days import PartialDate
from record.differences import difference
from record.drawings import PAGE, ROW, Axis, Period
from record.map import Seat, europe

TODAY = date(2026, 11, 22)
AXIS = Axis(date(2008, 1, 1), date(2027, 11, 22), TODAY)
LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"


@dataclass(frozen=True)
class _Text:
    """What lists show of a publication."""

    title: str
    get_kind_display: str
    lead: str = ""

    language = "en"
    get_absolute_url = "#top"
    printed = PartialDate(TODAY)

    @property
    def lead_now(self):
        return self.lead


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
        self.wrong_once = ExampleForm(
            {"name": "Baltic Code Union", "first_day": "soon", "how_sure": "day"},
            auto_id=f"id_%s_{scheme}_wrong",
        )

    axis = AXIS
    long = LONG
    long_sentence = f"Nina New of the {LONG} was invited to act for it from 1 January 2027 on."
    lines = ("Executive Director, Baltic Code Union", "Council member, Danube Software Houses")
    days = ((date(2008, 1, 1), "#top"), (date(2022, 4, 14), "#top"), (date(2027, 1, 1), "#top"))
    days_asked = (
        ("Today", "today", Asked()),
        ("A day", "day", Asked(PartialDate(date(2022, 4, 14)))),
        ("A month", "month", Asked(PartialDate(date(2022, 3, 1), "month"))),
        ("Announced", "ahead", Asked(PartialDate(date(2190, 1, 1)))),
        ("Not understood", "wrong", Asked(typed="some day", error="'some day' is not a day.")),
    )
    days_between = (
        ("The last twelve months", "usual", between_of(QueryDict(""))),
        ("Not understood", "odd", between_of(QueryDict("from=some day&to=March 2022"))),
    )
    years_between = tuple((year, "#top") for year in range(2026, 2016, -1))
    links = (("Show all members", "#top"), ("Search everything", "#top"))
    crumbs = (("Members", "#top"), ("Networks", "#top"), (LONG, None))
    chosen = (("Latvia", "#top"), ("Full members", "#top"), (LONG, "#top"))
    many = tuple((f"Country {number}", "#top") for number in range(1, 25))
    tabs = (("Profile", "#top", True), ("History", "#top", False), ("People", "#top", False))
    logo = SimpleNamespace(url="/icon.svg")
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
        texts = self.texts
        return [
            ("A lead story, two beside it, the rest in brief", FrontPage(texts[0], texts[1:3], texts[3:])),
            ("A name without spaces, and nothing beside it", FrontPage(texts[5], [], texts[3:5])),
            ("The first text", FrontPage(texts[1])),
        ]  # fmt: skip

    @property
    def texts(self):
        return [
            _Text("Small systems ask for a year's notice", "Press release", "What a law asks of a "
                  "firm of twelve should fit on two pages, says a paper of three groups."),
            _Text("Melita Small Systems joins on 1 January", "Member announcement",
                  "The first association from Malta becomes a full member."),
            _Text("Two days in Riga", "Event report", "Nine associations compared their hubs."),
            _Text("A chair is wanted", "News"),
            _Text("The ring changes its coordinator", "News"),
            _Text(LONG, "News"),
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

    @property
    def lanes(self):
        """Every kind of bar on one axis, as the page of an organisation has them."""
        names = ("Membership", "Regional", "", "Membership", "", "", "", "", "", "", "")
        return [
            SimpleNamespace(name=name, text=words, bars=bars, url="#top" if name == "Regional" else "")
            for name, (words, bars, _row) in zip(names, self.histories, strict=True)
        ]  # fmt: skip

    @property
    def rows(self):
        """Rows of a directory: a logo, a former member, a name without spaces, no town."""
        rows = []
        for number, (words, _page, bars) in enumerate(self.histories, 1):
            organisation = SimpleNamespace(
                name=LONG if number == 4 else f"Association {number}",
                logo=SimpleNamespace(file=self.logo) if number == 2 else None,
                place="" if number == 5 else "Riga, Latvia",
                get_absolute_url="#top",
            )
            rows.append(
                SimpleNamespace(
                    organisation=organisation, state=words, time="", words=words, bars=bars,
                    in_force=number != 7,
                )
            )  # fmt: skip
        return rows

    @property
    def difference(self):
        return difference(
            ["A cluster of software firms in Riga.", "Founded by eight people."],
            ["A lively cluster of software and hardware firms in Riga.", "It has 90 members."],
        )

    def receipts(self):
        return [
            (4, {"text": "Bit Alliance", "detail": "cluster", "url": "#top"}),
            (5, {"text": "Baltic Code Union", "detail": "", "url": ""}),
            (6, {"text": LONG, "detail": "national association", "url": "#top"}),
        ]

    none = ()

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
    def turnovers(self):
        """Years by their number: a few with their numbers, and many."""
        return [
            (
                f"{number} years",
                drawings.turnover(
                    [
                        drawings.Turn(
                            year=2028 - number + index,
                            joined=(index * 5) % 7,
                            left=(index * 3) % 4,
                            converted=index % 3 == 2 and 2,
                            title=f"{2028 - number + index}",
                        )
                        for index in range(number)
                    ],
                    TODAY.year,
                ),
            )
            for number in (8, 40)
        ]

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

    @property
    def years(self):
        spans = [
            Span(first_day=date(year, 1, 1), country=country)
            for year, country in ((2010, "FR"), (2012, "FR"), (2015, "IT"), (2020, "AT"))
        ]
        return year_by_year(spans, Membership(TODAY, Counter({"FR": 2, "IT": 1, "AT": 1})))

    @property
    def map_of_years(self):
        return europe({"FR": 2, "IT": 1, "AT": 1}, at=self.years.at)

    tally_of_years = ((2, [Country("FR")]), (1, [Country("AT"), Country("IT")]))
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
