"""News. Two posts retell documented announcements in words of our own; the others are invented."""

from dataclasses import dataclass

from alliance_portal.demo.alliance import NOT_AFTER
from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED, News
from record.days import PartialDate


def posts(when: Calendar) -> list[News]:
    return [*documented(when), *recent(when), *older(when), *not_public(when)]


def documented(when: Calendar) -> list[News]:
    return [
        News(
            slug="cluj-it-becomes-a-full-member",
            title="Cluj IT Cluster becomes a full member",
            kind="announcement",
            lead="The cluster from Cluj-Napoca will be a full member of the alliance as of "
            "1 January 2023.",
            key_points=(
                "Full member as of 1 January 2023",
                "An innovative cluster in Cluj-Napoca, Romania, founded in October 2012",
                "Well over 90 members, universities and research institutes among them",
            ),
            body="""
<p>Ten years after it was founded, the Romanian cluster will enter the network as a full member. Its
own members are IT companies, universities, and institutes for research and innovation; public bodies
are among its partners.</p>
<h2>What the cluster is for</h2>
<p>It wants the local IT industry to compete better, Romanian IT to be seen, and the town to stand
for digital innovation.</p>
<h2>About this text</h2>
<p>The announcement that stands behind it carries no date, and was written before the membership
began. It has two quotations, by the president of the alliance and by the head of the cluster, which
are not repeated here. The figure of members is the one it gives.</p>
""",
            undated=True,
            not_after=NOT_AFTER,
            out=when.moment(when.printed("2022-12-31"), 9),
            organisations=("cluj-it-cluster",),
            contact="andrei-kelemen",
            contact_function="CEO",
            topics=("membership",),
        ),
        News(
            slug="eastern-partnership-associations-join",
            title="Associations from Eastern partner countries join for a sponsored year",
            lead="Since March 2022 bodies that stand for small digital firms in Eastern partner "
            "countries have been members of the alliance, for one year and with a sponsor.",
            body="""
<p>The EU4Digital Facility pays for the year, on behalf of the European Commission, and advised the
associations on their way in. An event early in October 2021 had made the offer known. Candidates
were chosen together with the alliance, from bodies that work for ICT or for digital SMEs in a whole
country.</p>
<h2>One network, without statutes</h2>
<p>Towards the alliance the associations form one non-formal network. Its coordinator is ATIC, from
Moldova; the text behind this news names none of the others.</p>
<h2>What they can expect</h2>
<p>Policy, networking and funding are the three areas. Members hear of laws while these are under
discussion, of ICT standards and of calls, and they are invited to events, workshops and training.
</p>
<h2>About this text</h2>
<p>It retells a news item that the EU4Digital portal published on 14 April 2022. A Georgian version of
that item exists, dated a day later; it is not kept here.</p>
""",
            printed=when.printed("2022-04-14"),
            out=when.moment(when.printed("2022-04-14"), 10),
            organisations=("atic", "eu4digital-facility"),
            networks=("eastern-partnership",),
            activities=("eastern-partnership-promotion-event",),
            topics=("membership", "funding"),
        ),
    ]


def recent(when: Calendar) -> list[News]:
    return [
        News(
            slug="green-code-old-machines-report", title="Ten years old, and still quick",
            kind="report",
            lead="In Porto the group Green Code measured what its programs do to old machines.",
            body=f"""
<p>Fourteen laptops stood on the table, none younger than ten years. The group's tool ran on all but
two of them.</p>
<p>Three firms from Valencia and one from Valletta had brought programs. The one that everybody had
called slow used the least power of all.</p>
<p>{INVENTED}</p>
""",
            printed=when.in_days(-4), out=when.moment(when.in_days(-4)),
            groups=("green-code",), activities=("green-code-old-machines",),
            topics=("sustainability",), colour="#2f6b2f",
        ),
        News(
            slug="balta-kaija-joins-at-new-year", title="Baltā Kaija joins at the new year",
            kind="announcement",
            lead="An association of fifty-two firms on the Latvian coast becomes a full member on "
            "1 January.",
            key_points=(
                "Full member from 1 January next",
                "Fifty-two firms along the coast around Liepāja",
                "Its experts will join the groups on skills and on public buying",
            ),
            body=f"""
<p>The membership is agreed. Until its first day the association is shown as announced, and counts in
no figure.</p>
<p>{INVENTED}</p>
""",
            printed=when.in_days(-8), out=when.moment(when.in_days(-8), 11),
            organisations=("balta-kaija",), contact="liga-paraugs", contact_function="Chair",
            topics=("membership",), quotations=("liga-on-joining", "sam-on-joining"),
        ),
        News(
            slug="trieste-in-a-hundred-talks", title="Trieste in a hundred and six talks",
            kind="report",
            lead="Firms from nine countries met in Trieste. Twelve pairs have agreed to meet again.",
            body=f"""
<p>Short talks of twelve minutes, a bell, and the next table: that was the whole method. Twelve pairs
of firms have named a day on which they will talk again.</p>
<p>What firms looked for most were people who know public calls in another country.</p>
<p>{INVENTED}</p>
""",
            printed=when.in_days(-14), out=when.moment(when.in_days(-14)),
            organisations=("rete-girasole",), activities=("matchmaking-in-trieste",),
            topics=("funding",),
        ),
        News(
            slug="interfaces-paper-is-out", title="Small firms ask for a year’s notice",
            prominence="lead",
            kind="press",
            lead="Interfaces should not close overnight, says a new paper on the invented Common "
            "Interfaces Act.",
            body=f"""
<p>The paper asks for one dated list of open interfaces, one price for everybody's first thousand
calls, and a year's notice. Two groups wrote it together.</p>
<p>{INVENTED}</p>
""",
            printed=when.in_days(-23), out=when.moment(when.in_days(-23), 12),
            announces="interfaces-that-open", groups=("data-and-interfaces", "standards"),
            contact="vera-voorbeeld", contact_function="Policy officer", topics=("data",),
        ),
        News(
            slug="chair-wanted-for-data", title="Wanted: a chair for the group on data",
            prominence="brief",
            lead="The group Data and Interfaces has worked without a chair for some months. Whoever "
            "takes part can stand.",
            body=f"""
<p>The work is a few hours a month: two meetings, one text at the end of the year, and an open ear.
The portal keeps the record, the chair tells the story.</p>
<p>{INVENTED}</p>
""",
            printed=when.in_days(-36), out=when.moment(when.in_days(-36)),
            groups=("data-and-interfaces",), topics=("data",),
        ),
        News(
            slug="ring-hands-over", title="The Lighthouse Ring changes its coordinator",
            prominence="brief",
            lead="From Bergen to Oulu: the coordination of the six associations was handed over.",
            body=f"""
<p>The statutes of the ring foresee a change within the first year. Nothing else changes: one
calendar, one translator, and every second meeting on an island.</p>
<p>{INVENTED}</p>
""",
            printed=when.in_days(-52), out=when.moment(when.in_days(-52)),
            organisations=("sondre-fyr", "seitseman-majakkaa"), networks=("lighthouse-ring",),
        ),
        News(
            slug="lots-response-sent", title="What would let small firms bid",
            lead="The response to the consultation on the invented Small Lots Directive is out.",
            body=f"<p>Forty calls were read for it, and the three good ones are in its annex. "
            f"{INVENTED}</p>",
            printed=when.in_days(-65), out=when.moment(when.in_days(-65)),
            announces="lots-a-small-firm-can-carry", groups=("procurement",),
            topics=("public-buying",),
        ),
    ]  # fmt: skip


def older(when: Calendar) -> list[News]:
    joined = when.first_of_month(-7)
    return [
        News(
            slug="six-associations-join", title="Six northern associations join on one day",
            kind="announcement",
            lead="The Lighthouse Ring enters with all its six members, sponsored for one year.",
            key_points=(
                "Six associations from six countries",
                "The Polaris Fund pays for the Office of the Seven Ports",
                "One network, one coordinator, one calendar",
            ),
            body=f"""
<p>Iceland, Norway, Denmark, Finland, Estonia and Lithuania: each association is a member of its own,
and together they form a network with statutes.</p>
<p>The sponsored year ends for all six on the same day. What follows is for each of them to decide.
</p>
<p>{INVENTED}</p>
""",
            printed=joined, out=when.moment(joined, 10),
            organisations=(
                "thrir-vitar", "sondre-fyr", "norre-klit", "seitseman-majakkaa",
                "tuletorn-code-union", "gintaro-svyturys",
            ),
            networks=("lighthouse-ring",), topics=("membership", "funding"),
        ),
        News(
            slug="three-groups-report", title="Three groups tell of their year",
            lead="Skills, trust and green code have published their overviews.",
            body=f"""
<p>Each overview has two parts: what the record holds of the year, and what the chair makes of it.
The record is frozen on the day of publication.</p>
<p>{INVENTED}</p>
""",
            printed=when.day(-1, 12, 22), out=when.moment(when.day(-1, 12, 22)),
            groups=("skills", "trust-and-security", "green-code"),
        ),
        News(
            slug="first-alarm-answered", title="An alarm, a cleaner and a plug",
            lead="The night watch of eleven firms has had its first call.",
            body=f"<p>A cleaner had pulled the wrong plug; the first firm was awake in nine minutes. The "
            f"plug has a label now. {INVENTED}</p>",
            printed=when.month(-1, 3), out=when.moment(when.day(-1, 3, 28)),
            groups=("trust-and-security",), topics=("security",),
        ),
        News(
            slug="zeleni-most-stays", title="Zeleni Most stays as a full member",
            kind="announcement",
            lead="After a sponsored year the circle from Maribor continues as a full member.",
            body=f"""
<p>The sponsor paid for twelve months, the circle pays from now on. It has named two experts for
working groups already.</p>
<p>{INVENTED}</p>
""",
            printed=when.day(-2, 1, 8), out=when.moment(when.day(-2, 1, 8)),
            organisations=("zeleni-most", "polaris-fund"), topics=("membership",),
            quotations=("maja-on-staying",),
        ),
        News(
            slug="faro-returns", title="Faro Digital Ibérico is back",
            lead="The association from Valencia returns, with new statutes and twice as many firms.",
            body=f"<p>It left when its statutes changed. The gap stays visible in its record. "
            f"{INVENTED}</p>",
            printed=when.day(-5, 1, 15), out=when.moment(when.day(-5, 1, 15)),
            organisations=("faro-digital-iberico",), topics=("membership",),
        ),
    ]  # fmt: skip


def not_public(when: Calendar) -> list[News]:
    """Scheduled, draft, in review, withdrawn, for members, for one group."""
    return [
        News(
            slug="assembly-papers", title="The papers of the General Assembly are ready",
            lead="Agenda, accounts and candidates, in good time.",
            body=f"<p>The papers go to members by mail on the same day. {INVENTED}</p>",
            out=when.moment(when.in_days(9)), printed=when.in_days(9),
            activities=("general-assembly-coming",),
        ),
        News(
            slug="second-night-watch", title="A second night watch",
            lead="Firms in another time zone want to take turns too.",
            body=f"<p>To be filled in after the meeting of the group. {INVENTED}</p>",
            state="draft", groups=("trust-and-security",),
        ),
        News(
            slug="five-leaflets-more", title="Five leaflets more",
            lead="The group on skills has written five further leaflets of one page.",
            body=f"<p>Written by the group, waiting for the news editor. {INVENTED}</p>",
            state="in_review", groups=("skills",), topics=("skills",),
        ),
        News(
            slug="fees-next-year", title="Fees of next year",
            lead="For members: what the board proposes to the assembly.",
            body=f"<p>The board proposes to leave all fees as they are. {INVENTED}</p>",
            out=when.moment(when.in_days(-11)), printed=when.in_days(-11), audience="members",
            topics=("membership",),
        ),
        News(
            slug="green-code-test-machines", title="Who has the test machines",
            prominence="brief",
            lead="For the group: where the fourteen laptops are until the next workshop.",
            body=f"<p>Six in Porto, five in Valencia, three in Rijeka. {INVENTED}</p>",
            out=when.moment(when.in_days(-6)), printed=when.in_days(-6), audience="group",
            audience_group="green-code", groups=("green-code",),
        ),
        News(
            slug="wrong-date-of-assembly", title="The General Assembly has a day",
            lead="This news named a wrong day and was taken back.",
            body=f"<p>{INVENTED}</p>", state="withdrawn",
            out=when.moment(when.in_days(-70)), printed=when.in_days(-70),
        ),
    ]  # fmt: skip


@dataclass(frozen=True)
class Said:
    """Words of an invented person."""

    words: str
    speaker: str
    function: str
    organisation: str
    said_on: PartialDate


def quotations(when: Calendar) -> dict[str, Said]:
    """Return what invented people said on invented matters; posts name them by their key."""
    return {
        "liga-on-joining": Said(
            "We have waited for a network in which fifty-two small firms count as much as one "
            "large one.",
            "liga-paraugs", "Chair", "balta-kaija", when.in_days(-9),
        ),
        "sam-on-joining": Said(
            "The coast has been missing on our map. Now we learn how its firms work.",
            "sam-specimen", "Head of office", "european-digital-sme-alliance", when.in_days(-9),
        ),
        "maja-on-staying": Said(
            "The first year was a gift. The second one is a decision.",
            "maja-primer", "Director", "zeleni-most", when.day(-2, 1, 7),
        ),
    }  # fmt: skip


WITHDRAWN_BECAUSE = "The day of the assembly was wrong; a new text follows."
RESOURCE = {
    "title": "How to join EU networks and platforms for ICT innovation",
    "publisher": "EU4Digital",
    "summary": "A guide for associations and firms in Eastern partner countries. Neither its day nor "
    "its printed title is on record; the title here says what it is about.",
}
