"""The two networks: a real one of which one member is known, and an invented one that is complete."""

from dataclasses import dataclass

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.invented import FUND
from alliance_portal.demo.shapes import INVENTED, NOT_ON_RECORD, Body, Name, Span, Term


@dataclass(frozen=True)
class Circle:
    """A network with who is in it since when, and who coordinates it."""

    slug: str
    name: str
    summary: str
    description: str
    formal: bool
    list_complete: bool
    places: tuple[tuple[str, Span], ...]
    coordinations: tuple[tuple[str, Span], ...] = ()


def networks(when: Calendar) -> list[Circle]:
    return [eastern_partnership(when), lighthouse_ring(when)]


def eastern_partnership(when: Calendar) -> Circle:
    shown = Span(when.printed("2022-03"), start_basis=NOT_ON_RECORD)
    return Circle(
        slug="eastern-partnership",
        name="Eastern Partnership network of digital SME associations",
        summary="Associations from Eastern partner countries that entered as one, without statutes.",
        description="""
<p>Each association is a member for itself; towards the alliance they act as one non-formal network,
which one of them coordinates. Apart from the coordinator, the text of 14 April 2022 names none of
them.</p>
<h2>About this record</h2>
<p>When the network itself began is not on record: it is shown from the month in which its sponsored
year started. No end is known.</p>
""",
        formal=False,
        list_complete=False,
        places=(("atic", shown),),
        coordinations=(("atic", shown),),
    )


def joined_on(when: Calendar):
    """The first day of the six: the first of the month, seven months ago."""
    return when.first_of_month(-7)


def lighthouse_ring(when: Calendar) -> Circle:
    since = joined_on(when)
    handed_over = when.first_of_month(-2)
    before = when.end_of_month(-3)
    return Circle(
        slug="lighthouse-ring",
        name="Lighthouse Ring",
        summary="An invented network of six associations on northern coasts.",
        description=f"""
<p>Six associations from six northern coasts joined on one day, with a sponsor for their first year.
They share a calendar, a translator and a rule: every second meeting is held on an island.</p>
<p>After five months the first coordinator handed over to the second. {INVENTED}</p>
""",
        formal=True,
        list_complete=True,
        places=tuple((body.slug, Span(since)) for body in six(when)),
        coordinations=(
            ("sondre-fyr", Span(since, before)),
            ("seitseman-majakkaa", Span(handed_over)),
        ),
    )


def six(when: Calendar) -> list[Body]:
    """The members of the ring. One of them is announced to continue as a full member."""
    since = joined_on(when)
    until = when.end_of_month(4)
    year = Term(
        Span(since, until), "sponsored", sponsor=FUND, on_behalf_of="office-of-seven-ports",
        helped_by=("quayside-institute",),
    )  # fmt: skip
    then_full = Term(Span(when.first_of_month(5)))
    return [
        Body(
            slug="thrir-vitar", name="Þrír Vitar Digital Guild", kind="national_association",
            country="IS", city="Akureyri", founded=when.year(-6), terms=(year,),
            summary="An invented Icelandic guild of thirty firms.",
            description=f"<p>Three lighthouses, thirty firms, one shared bookkeeper. {INVENTED}</p>",
        ),
        Body(
            slug="sondre-fyr", name="Søndre Fyr IT Guild", kind="national_association",
            country="NO", city="Bergen", founded=when.month(-9, 8), terms=(year, then_full),
            colour="#23395b",
            summary="An invented Norwegian guild; it becomes a full member after its first year.",
            description="<p>The guild coordinated the Lighthouse Ring in its first months. Its full "
            f"membership is agreed and follows the sponsored year at once. {INVENTED}</p>",
        ),
        Body(
            slug="norre-klit", name="Nørre Klit Software Circle", kind="national_association",
            country="DK", city="Aalborg", founded=when.year(-12), terms=(year,),
            summary="An invented Danish circle of software firms behind the dunes.",
            description="<p>Firms that sell to farms and fisheries, and test on both. "
            f"{INVENTED}</p>",
        ),
        Body(
            slug="seitseman-majakkaa", name="Seitsemän Majakkaa Software Guild",
            kind="national_association", country="FI", city="Oulu", founded=when.year(-8),
            terms=(year,), colour="#1b4965",
            summary="An invented Finnish guild that coordinates the Lighthouse Ring.",
            description="<p>Its office answers for the ring since the coordination was handed over. "
            f"{INVENTED}</p>",
            names=(Name("Seven Lighthouses Guild"),),
        ),
        Body(
            slug="tuletorn-code-union", name="Tuletorn Code Union", kind="national_association",
            country="EE", city="Pärnu", founded=when.day(-5, 2, 24), terms=(year,),
            summary="An invented Estonian union of firms that build public services.",
            description=f"<p>All its firms publish the code of what the state pays for. {INVENTED}"
            "</p>",
        ),
        Body(
            slug="gintaro-svyturys", name="Gintaro Švyturys Digital Union",
            kind="national_association", country="LT", city="Klaipėda", founded=when.year(-7),
            terms=(year,), summary="An invented Lithuanian union of software firms by the lagoon.",
            description="<p>It runs a winter school in which firms learn to answer calls for "
            f"tenders. {INVENTED}</p>",
        ),
    ]  # fmt: skip
