"""Real members of the alliance, former ones too: what public texts say of them, and no more."""

from alliance_portal.demo.alliance import ANNOUNCEMENT, ANNOUNCEMENT_UNDATED, NOT_AFTER, SPONSORSHIP
from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import DERIVED, NOT_ON_RECORD, Body, Name, Number, Span, Term

WELCOMED = (
    "digitalsme.eu: the General Assembly of 11 September 2019 welcomed it; "
    "the first day of the membership is not given"
)
RECORD_OF_WELCOME = """
<p>The General Assembly of 11 September 2019 welcomed it. Whether its membership began on that day,
and in which category, is not on record.</p>
"""


def members(when: Calendar) -> list[Body]:
    return [cluj_it(when), atic(when), bitmi(when), voict(when), agoria(when), *welcomed(when)]


def cluj_it(when: Calendar) -> Body:
    return Body(
        slug="cluj-it-cluster",
        name="Cluj IT Cluster",
        kind="cluster",
        country="RO",
        city="Cluj-Napoca",
        founded=when.printed("2012-10"),
        website="https://clujit.ro/",
        summary="An innovative cluster of IT companies, universities and research institutes.",
        description="""
<p>The cluster links companies, universities and institutes for research and innovation, and works
with public bodies. It wants a stronger local IT industry, Romanian IT that is better known, and a
town that others look to for digital innovation.</p>
<h2>About this record</h2>
<p>The announcement of the full membership carries no date; it was written before the first day of
that membership. A page of another publisher, not dated either and from when the cluster was
smaller, calls it a member already. In which category that was, and since when, is not on record.
</p>
""",
        names=(
            Name("Asociatia CLUJ IT"),
            Name("CLUJ IT"),
        ),
        numbers=(
            Number(
                "represented", "30", "Public page from the early years of the cluster",
                "companies",
            ),
            Number(
                "represented", "4", "Public page from the early years of the cluster",
                "institutions",
            ),
            Number(
                "represented", "80", "Later public page (talkb2b.net)", "members",
                qualifier="over",
            ),
            Number(
                "represented", "90", ANNOUNCEMENT, "members",
                "IT companies, universities, research and innovation institutes", "well_over",
                not_after=NOT_AFTER,
            ),
            Number(
                "share", "10", ANNOUNCEMENT, "%", "active workforce of the town, in IT",
                "more_than", not_after=NOT_AFTER, said_by="andrei-kelemen", said_as="CEO",
            ),
        ),
        terms=(Term(Span(when.printed("2023-01-01")), source=ANNOUNCEMENT_UNDATED),),
    )  # fmt: skip


def atic(when: Calendar) -> Body:
    return Body(
        slug="atic",
        name="ATIC",
        kind="national_association",
        country="MD",
        summary="Moldovan association of companies in information and communication technology.",
        description="""
<p>ATIC coordinates the non-formal network of associations of digital SMEs from the Eastern
Partnership, which entered the alliance for one sponsored year.</p>
<h2>About this record</h2>
<p>The text of 14 April 2022 speaks of one year from March 2022, so the last month here is worked
out from that length. What came after the year is not on record.</p>
""",
        names=(
            Name("Moldovan Association of ICT Companies"),
            Name("Moldovan Association of Information and Communications Technology Companies"),
        ),
        terms=(
            Term(
                Span(when.printed("2022-03"), when.printed("2023-02"), end_basis=DERIVED),
                "sponsored",
                sponsor="eu4digital-facility",
                on_behalf_of="european-commission",
                helped_by=("eu4digital-facility",),
                source=SPONSORSHIP,
            ),
        ),
    )


def bitmi(when: Calendar) -> Body:
    return Body(
        slug="bitmi",
        name="Bundesverband IT-Mittelstand",
        kind="national_association",
        country="DE",
        city="Aachen",
        website="https://bitmi.de/",
        summary="A German association of medium-sized IT companies.",
        description="""
<p>BITMi was known as VDEB Verband IT-Mittelstand before. Its president presides over the alliance
too.</p>
<h2>About this record</h2>
<p>Public pages show it as a member. The first day and the category are not on record; the earliest
dated page used here is from September 2019.</p>
""",
        names=(Name("BITMi", "acronym"), Name("VDEB Verband IT-Mittelstand", "former", "de")),
        numbers=(
            Number(
                "represented", "2500", "Public pages on BITMi (weltjournal.de, bitmi.de)",
                qualifier="more_than", true_on=when.printed("2024"),
            ),
        ),
        terms=(
            Term(
                Span(when.printed("2019-09"), start_basis=NOT_ON_RECORD),
                "not_on_record",
                source="bitmi.de, pressebox.com; weltjournal.de (2024)",
            ),
        ),
    )  # fmt: skip


def voict(when: Calendar) -> Body:
    return Body(
        slug="vojvodina-ict-cluster",
        name="Vojvodina ICT Cluster",
        kind="cluster",
        country="RS",
        city="Novi Sad",
        founded=when.printed("2010-06-19"),
        website="https://vojvodinaictcluster.org/",
        summary="A cluster of ICT companies and partners in Novi Sad.",
        description="""
<h2>About this record</h2>
<p>Its profile in a European directory of clusters names the alliance. The profile has no date; it
was read in 2026, and the membership is shown from then. Another text reports a founding meeting in
September 2009, the profile has the day in 2010 that stands here.</p>
""",
        names=(Name("VOICT", "acronym"), Name("Vojvođanski IKT klaster", "native", "sr-Latn")),
        terms=(
            Term(
                Span(when.printed("2026"), start_basis=NOT_ON_RECORD),
                "not_on_record",
                source="Profile in the European Cluster Collaboration Platform, not dated",
            ),
        ),
    )


def agoria(when: Calendar) -> Body:
    return Body(
        slug="agoria",
        name="Agoria",
        kind="national_association",
        country="BE",
        founded=when.printed("1946"),
        website="https://agoria.be/",
        summary="A Belgian federation that was called Fabrimétal before.",
        description="""
<p>It goes back to 1946, with a predecessor from 1906, and has its present name since
9 November 2000.</p>
"""
        + RECORD_OF_WELCOME,
        names=(Name("Fabrimétal", "former", "fr"),),
        terms=_welcome(when),
    )


def welcomed(when: Calendar) -> list[Body]:
    """The other three whom the General Assembly of 2019 welcomed; little else is documented."""
    return [
        Body(
            slug=slug,
            name=name,
            kind=kind,
            country=country,
            summary=summary,
            description=RECORD_OF_WELCOME,
            terms=_welcome(when),
        )
        for slug, name, kind, country, summary in (
            (
                "digital-sme-france", "DIGITAL SME France", "national_association", "FR",
                "The member from France, welcomed in September 2019.",
            ),
            (
                "italian-digital-sme-alliance", "Italian DIGITAL SME Alliance",
                "national_association", "IT", "The member from Italy, welcomed in September 2019.",
            ),
            (
                "skillnet-ireland", "Skillnet Ireland", "other", "IE",
                "The member from Ireland, welcomed in September 2019.",
            ),
        )
    ]  # fmt: skip


def _welcome(when: Calendar) -> tuple[Term, ...]:
    seen = Span(when.printed("2019-09-11"), start_basis=NOT_ON_RECORD)
    return (Term(seen, "not_on_record", source=WELCOMED),)
