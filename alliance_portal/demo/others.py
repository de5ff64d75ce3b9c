"""Real organisations that the record names without a membership: founding bodies, participants of a
group, guests, a sponsor and for whom it acts, and where the officers work.
"""

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import Body, Name, Number

FOUNDING = """
<p>Public texts name it among the founding bodies of PIN-SME, as the alliance was called in 2007.
They show no membership today, so none is on record here.</p>
"""
TOOK_PART = """
<p>It joined the working group on digitalisation in 2021. A place in a group is no membership of the
alliance, and none is on record.</p>
"""
LITTLE_KNOWN = "<p>Nothing else about it was found in public texts, so its fields are empty.</p>"


def organisations(when: Calendar) -> list[Body]:
    return [*founders(when), *participants(when), *guests(), *parties()]


def founders(when: Calendar) -> list[Body]:
    line = "A founding body of PIN-SME in 2007; no membership today is on record."
    return [
        Body(
            slug="basscom", name="BASSCOM", kind="national_association", country="BG",
            founded=when.printed("2001"), website="https://basscom.org/", summary=line,
            description=FOUNDING + "<p>It provided a vice-president then.</p>",
            names=(Name("Bulgarian Association of Software Companies"),),
        ),
        Body(
            slug="ukita", name="UKITA", kind="national_association", country="GB", summary=line,
            description=FOUNDING, names=(Name("UK IT Association"),),
        ),
        Body(
            slug="ubit", name="UBIT", kind="other", country="AT", summary=line,
            description=FOUNDING,
        ),
        Body(
            slug="cna-comunicazione", name="CNA Comunicazione e Terziario Avanzato", kind="other",
            country="IT", summary=line, description=FOUNDING,
        ),
        Body(
            slug="it-forum", name="IT-Forum", kind="other", country="DK", summary=line,
            description=FOUNDING + "<p>It provided a vice-president then.</p>",
        ),
    ]  # fmt: skip


def participants(when: Calendar) -> list[Body]:
    """The nine that joined the group on digitalisation in 2021."""
    return [
        Body(
            slug="masit", name="MASIT", kind="chamber", country="MK", city="Skopje",
            founded=when.printed("2000-02-26"), website="https://masit.org.mk/",
            summary="The chamber for information and communication technologies in Skopje.",
            description=TOOK_PART
            + "<p>Public pages differ on the year in which it became a chamber: 2007 or 2008.</p>",
            names=(
                Name("ICT Chamber of Commerce"),
                Name("Macedonian Chamber of Information and Communication Technologies"),
            ),
        ),
        Body(
            slug="bit-alliance", name="Bit Alliance", kind="national_association", country="BA",
            founded=when.printed("2014"), website="https://bit-alliance.ba/",
            summary="An association of IT companies in Bosnia and Herzegovina.",
            description=TOOK_PART, names=(Name("Bit Alijansa", "native", "bs"),),
            numbers=(
                Number(
                    "represented", "58", "Public pages of 2019 (bit-alliance.ba, aubih.edu)",
                    "firms", true_on=when.printed("2019"),
                ),
            ),
        ),
        Body(
            slug="green-tech-cluster-latvia", name="Green-Tech Cluster Latvia", kind="cluster",
            country="LV", website="https://greentechlatvia.eu/",
            summary="A Latvian cluster for green technology.", description=TOOK_PART,
            names=(Name("Latvian Green Tech Cluster"),),
        ),
        Body(
            slug="estonian-ict-cluster", name="Estonian ICT Cluster", kind="cluster", country="EE",
            website="https://itl.ee/", summary="An Estonian cluster, shown together with ITL.",
            description=TOOK_PART
            + "<p>AFA, set up on 19 May 1993, came before the association ITL.</p>",
        ),
        Body(
            slug="demokritos-ahedd-dih", name="Demokritos/ahedd DIH", kind="innovation_hub",
            country="GR", summary="A digital innovation hub within the research centre Demokritos.",
            description=TOOK_PART
            + "<p>The name is printed as that of the centre and of the hub together. The centre "
            "itself is Greek and works in many fields; on the hub no public page was found.</p>",
        ),
        *(
            Body(
                slug=slug, name=name, kind="other",
                summary="Joined the working group on digitalisation in 2021.",
                description=TOOK_PART + LITTLE_KNOWN,
            )
            for slug, name in (
                ("digitalis-jolet", "Digitális Jólét"),
                ("infopark", "Infopark"),
                ("industria", "Industria"),
                ("alteredu", "Alteredu"),
            )
        ),
    ]  # fmt: skip


def guests() -> list[Body]:
    was = "<p>It was a guest of the working group on digitalisation in 2021.</p>"
    return [
        Body(
            slug="joint-research-centre", name="Joint Research Centre", kind="public_body",
            summary="A service of the European Commission.", names=(Name("JRC", "acronym"),),
            description=was + "<p>It coordinates AI Watch. The alliance set up a focus group of "
            "SMEs with it, of nearly 40 specialists.</p>",
        ),
        Body(
            slug="sunrise-valley-dih", name="Sunrise Valley DIH", kind="innovation_hub",
            country="LT", city="Vilnius", summary="A digital innovation hub in Vilnius.",
            description=was + "<p>Sunrise Valley park acts as the hub. The body that founded it "
            "was itself set up in May 2003.</p>",
            names=(Name("Sunrise Valley Digital Innovation Hub"),),
        ),
        Body(
            slug="jotne", name="JOTNE", kind="company", description=was + LITTLE_KNOWN,
            summary="A company that was a guest of the working group on digitalisation in 2021.",
        ),
    ]  # fmt: skip


def parties() -> list[Body]:
    return [
        Body(
            slug="eu4digital-facility", name="EU4Digital Facility", kind="other",
            summary="Sponsored the year in the alliance of associations from Eastern partners.",
            description="<p>The facility paid for one year of membership on behalf of the European "
            "Commission, held consultations with those who joined and published a guide. It looked "
            "for candidates together with the alliance: bodies active in ICT, or in support of "
            "digital SMEs, in the whole of their country.</p>",
            names=(Name("EU4Digital"),),
        ),
        Body(
            slug="european-commission", name="European Commission", kind="public_body",
            summary="The body on whose behalf the EU4Digital Facility sponsored memberships.",
            description="<p>It stands in this record as the one for whom a sponsor acted.</p>",
        ),
        Body(
            slug="dih4society", name="DIH4Society", kind="innovation_hub",
            summary="A European digital innovation hub around Cluj IT Cluster.",
            description="<p>The group's chair of 2021 signed for it too. It held a conference to "
            "start its work on 25 May 2023 in Cluj-Napoca, under the name eDIH4Society.</p>",
            names=(Name("eDIH4Society"),),
        ),
        Body(
            slug="grun-software-ag", name="GRÜN Software AG", kind="company",
            summary="The company that the president of the alliance founded and leads.",
            description="<p>It stands in this record as an affiliation of the president.</p>",
        ),
    ]  # fmt: skip
