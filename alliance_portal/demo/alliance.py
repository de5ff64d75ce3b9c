"""The alliance itself: its names, its figures, what it says on its site."""

import datetime

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import Body, Name, Number

SPONSORSHIP = "EU4Digital portal, news of 14 April 2022"
ANNOUNCEMENT = "Announcement of Cluj IT's full membership"
# Where no date stands beside the source.
ANNOUNCEMENT_UNDATED = f"{ANNOUNCEMENT}, not dated, not after 31 December 2022"
OVERVIEW_2021 = "Overview of 2021 of the group, by its chair"
NOT_AFTER = datetime.date(2022, 12, 31)

SETTINGS = {
    "name": "European DIGITAL SME Alliance",
    "tagline": "The associations behind Europe’s small digital firms",
    "introduction": (
        "National and regional associations of small and medium-sized digital firms, in one "
        "network. Here is who belongs to it, what it works on, and what it asks of Europe."
    ),
    "notice": (
        "Demonstration data. Real names only where public texts document them; "
        "everything else is invented."
    ),
    "address": "Rue Marie Thérèse 21\n1000 Brussels",
    "contact_email": "office@example.org",
}

DESCRIPTION = """
<p>The alliance brings together associations whose own members are small digital firms. It speaks
for them in Brussels, and its working groups turn what those firms know into positions.</p>
<h2>How it began</h2>
<p>Its statutes were signed on 3 December 2007, under the name PIN-SME, by associations from eight
countries: Austria, Bulgaria, Denmark, France, Germany, Italy, Spain and the United Kingdom. In 2013
it was among the founders of Small Business Standards, in 2016 of the European Cyber Security
Organisation, and in that same year it took the name it has now.</p>
"""


def alliance(when: Calendar) -> Body:
    return Body(
        slug="european-digital-sme-alliance",
        name="European DIGITAL SME Alliance",
        kind="other",
        country="BE",
        city="Brussels",
        founded=when.printed("2007-12-03"),
        summary="A network of national and regional associations of small digital firms.",
        description=DESCRIPTION,
        is_alliance=True,
        names=(
            Name("PIN-SME", "former"),
            Name("DIGITAL SME"),
            Name("DIGITAL SME Alliance"),
            Name("DIGITAL SME Association"),
        ),
        numbers=figures(when),
    )


def figures(when: Calendar) -> tuple[Number, ...]:
    """What has been said about the network's size, and when. It rises and falls."""
    founding, assembly, news = (when.printed(day) for day in ("2007-12", "2019-09", "2022-04-14"))
    begun, met = "itonews.eu, on the signing of the statutes", "digitalsme.eu, on the assembly"
    elected = "weltjournal.de, on the election of 2024"
    return (
        Number("companies", "50000", begun, "enterprises", true_on=founding),
        Number("employees", "200000", begun, "employees", true_on=founding),
        Number("countries", "8", begun, "countries", "of the founding bodies", true_on=founding),
        Number(
            "companies", "20000", "bitmi.de, on the assembly of September 2019", "SMEs",
            qualifier="more_than", true_on=assembly,
        ),
        Number(
            "countries", "19", "bitmi.de, on the assembly of September 2019", "countries",
            "with members", true_on=assembly,
        ),
        Number(
            "associations", "28", met, "associations and clusters",
            "represented at the General Assembly", true_on=assembly,
        ),
        Number(
            "companies", "45000", SPONSORSHIP, "ICT SMEs", "in EU states and neighbours",
            "more_than", news,
        ),
        Number("experts", "450", SPONSORSHIP, "experts", "in working groups", true_on=news),
        Number(
            "associations", "30", SPONSORSHIP, "associations",
            "national and regional, in EU states and neighbours", true_on=news,
        ),
        Number(
            "companies", "45000", ANNOUNCEMENT, "companies", "across the European Union",
            not_after=NOT_AFTER,
        ),
        Number(
            "companies", "45000", elected, "companies", qualifier="more_than",
            true_on=when.printed("2024"),
        ),
        Number("associations", "29", elected, "associations", true_on=when.printed("2024")),
    )  # fmt: skip
