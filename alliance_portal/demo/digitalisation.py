"""The working group on digitalisation in 2021: the facts of its overview, and a text written for
this portal about them.
"""

from alliance_portal.demo.alliance import OVERVIEW_2021
from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import NOT_ON_RECORD, Group, Guest, Place, Seat, Span, Work, Year

JOINED = (
    # The organisation, and as what it is printed where that is another name.
    ("masit", "Macedonian Chamber of Information and Communication Technologies"),
    ("green-tech-cluster-latvia", "Latvian Green Tech Cluster"),
    ("digitalis-jolet", ""),
    ("bit-alliance", ""),
    ("infopark", ""),
    ("demokritos-ahedd-dih", "Demokritos/ahedd DIH"),
    ("industria", ""),
    ("alteredu", ""),
    ("estonian-ict-cluster", ""),
)
GUESTS = (
    ("joint-research-centre", "Joint Research Centre of the European Commission"),
    ("sunrise-valley-dih", "Sunrise Valley Digital Innovation Hub"),
    ("jotne", "JOTNE"),
)
STRANDS = (
    ("Consortia", "Help for members who look for partners in European projects."),
    ("Matchmaking", "Firms of different countries are brought to one table."),
    ("Hubs", "Support for the Digital Innovation Hubs where members are at home."),
    ("Policy talks", "Conversations with those who make European policy."),
)
BEGUN = (
    ("Help with consortia for EU projects", "Members find partners and form a consortium."),
    ("Matchmaking across borders", "Companies of different countries are put in touch."),
    ("Support for Digital Innovation Hubs", "For hubs in the regions of members."),
    ("Talks with EU policy makers", "The experience of members is taken to those who decide."),
)


def group(when: Calendar) -> Group:
    year = when.printed("2021")
    return Group(
        slug="digitalisation",
        name="Digitalisation",
        short_code="WG Digitalisation",
        summary="Brings small digital firms into European projects, and what they know into policy.",
        scope="""
<p>The group works on what small digital firms need in order to take part in Europe: partners for
projects, contacts across borders, hubs near them, and rules that were made with them in mind.</p>
<h2>About this record</h2>
<p>What is on record here comes from the group's overview of 2021. Whether a participant has left
since is not known, so no end is given. Who chaired the group before and after that year is not on
record.</p>
""",
        who_may_join="Organisations need not be members: several that joined in 2021 were none.",
        strands=STRANDS,
        seats=(
            Seat(
                "andrei-kelemen", Span(year, year, NOT_ON_RECORD, NOT_ON_RECORD),
                source=OVERVIEW_2021,
            ),
        ),
        places=tuple(
            Place(slug, Span(year), printed_as, OVERVIEW_2021) for slug, printed_as in JOINED
        ),
        guests=tuple(
            Guest(year, slug, printed_as=printed_as, source=OVERVIEW_2021)
            for slug, printed_as in GUESTS
        ),
        works=tuple(
            Work(title, Span(year), description, OVERVIEW_2021) for title, description in BEGUN
        ),
    )  # fmt: skip


STORY = """
<p><em>A demonstration text: it was written for this portal from public facts about the group, and
not by its chair.</em></p>
<h2>Four beginnings</h2>
<p>Four kinds of work began during the year. Members who looked for partners in European projects
got help in forming a consortium. Firms were matched across borders. Hubs in the regions where
members are at home found support, and people who prepare European policy heard from the group.</p>
<h2>More at the table</h2>
<p>Nine organisations are on record as new in the group: associations, clusters, a chamber, a hub and
others of which little is known here. None of them had to be a member of the alliance to take part.
A service of the European Commission, a hub from Vilnius and a company came as guests; there were
others.</p>
<h2>Words that reached Brussels</h2>
<p>Four outputs of the alliance carry a contribution of the group: the answer to the consultation on
the Digital Decade, the positions on two acts about digital markets and services, and a white paper
on digital sovereignty. The list is not complete.</p>
<h2>What did not happen</h2>
<p>Nobody met in one room. Every talk of the year took place at a distance.</p>
"""

OUTLOOK = """
<p>For 2022 the group planned to work on policy for sustainable digitalisation, to hold its
international matchmaking at regular intervals, and to let hubs compare how they are built, with the
calls for European Digital Innovation Hubs in view. Organisations that wanted to take part from 2022
on were invited to join.</p>
"""


def overview(when: Calendar) -> Year:
    return Year(
        slug="digitalisation-overview-2021",
        title="Four beginnings, and not one meeting in a room",
        lead="In 2021 nine organisations joined the group, four kinds of work began, and four "
        "outputs of the alliance carried its contribution. All of it was done at a distance.",
        body=STORY,
        outlook=OUTLOOK,
        undated=True,
        out=when.moment(when.printed("2021-12-31"), 18),
        group="digitalisation",
        year=2021,
        incomplete=("guests", "positions"),
    )
