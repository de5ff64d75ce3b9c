"""Policy files and outputs: four documented ones of 2021, and invented ones on invented laws."""

from dataclasses import dataclass

from alliance_portal.demo.alliance import OVERVIEW_2021
from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED, Paper

TOPICS = (
    ("skills", "Skills"),
    ("security", "Security"),
    ("data", "Data"),
    ("public-buying", "Public buying"),
    ("sustainability", "Sustainability"),
    ("innovation-hubs", "Innovation hubs"),
    ("markets-and-platforms", "Markets and platforms"),
    ("funding", "Funding"),
    ("membership", "Membership"),
    ("standards", "Standards"),
)


@dataclass(frozen=True)
class File:
    slug: str
    name: str
    summary: str


FILES = (
    File(
        "digital-decade-targets", "Digital Decade targets for 2030",
        "Printed in the overview of 2021 as 'Digital Decades Targets'.",
    ),
    File("digital-markets-act", "Digital Markets Act", "An act about large platforms in markets."),
    File(
        "digital-services-act", "Digital Services Act",
        "Printed in the overview of 2021 as 'Digital Service Act'.",
    ),
    File("digital-sovereignty", "Digital sovereignty", "A subject of policy rather than one law."),
    File(
        "common-interfaces-act", "Common Interfaces Act",
        f"A law that would oblige sellers of programs to open their interfaces. {INVENTED}",
    ),
    File(
        "small-lots-directive", "Small Lots Directive",
        f"A law that would have public contracts cut into parts. {INVENTED}",
    ),
    File(
        "short-course-recognition", "Short Course Recognition Plan",
        f"A plan by which countries would recognise each other's short courses. {INVENTED}",
    ),
)  # fmt: skip


def positions(when: Calendar) -> list[Paper]:
    return [*documented(when), *invented(when)]


def documented(when: Calendar) -> list[Paper]:
    """The four outputs that the overview of 2021 names; their own dates and texts are not known."""
    known = (
        "<p>The alliance is on record as the author, and the working group on digitalisation as one "
        "that contributed in 2021. The paper itself, its day and its arguments are not part of this "
        f"record.</p><p>Source: {OVERVIEW_2021}. Its list of outputs is not complete.</p>"
    )
    return [
        Paper(
            slug=slug, title=title, lead=lead, body=extra + known, output=output,
            policy_file=file, undated=True, not_after=when.printed("2021-12-31").first_day,
            out=when.moment(when.printed("2021-12-31"), 12), topics=topics,
            contributed=("digitalisation",), year=2021,
        )
        for slug, title, output, file, topics, lead, extra in (
            (
                "response-digital-decade-targets",
                "Response to the consultation on the Digital Decade targets", "response",
                "digital-decade-targets", ("skills", "innovation-hubs"),
                "What the alliance answered when targets for 2030 were put up for consultation.",
                "",
            ),
            (
                "position-digital-markets-act", "Position on the Digital Markets Act", "paper",
                "digital-markets-act", ("markets-and-platforms",),
                "A position of the alliance on the act about markets with large platforms.", "",
            ),
            (
                "position-digital-services-act", "Position on the Digital Services Act", "paper",
                "digital-services-act", ("markets-and-platforms",),
                "A position of the alliance on the act about digital services.",
                "<p>The overview prints the act's name as ‘Digital Service Act’.</p>",
            ),
            (
                "white-paper-digital-sovereignty", "White paper on digital sovereignty",
                "white_paper", "digital-sovereignty", ("data", "markets-and-platforms"),
                "A white paper of the alliance on who decides about the digital tools of Europe.",
                "",
            ),
        )
    ]  # fmt: skip


def invented(when: Calendar) -> list[Paper]:
    return [
        Paper(
            slug="interfaces-that-open", title="Interfaces that open from both sides",
            lead="Sellers should open their interfaces to small firms under the same terms as to "
            "large ones, and say a year ahead when one closes.",
            body=f"""
<p>A small firm that builds on somebody else's program can lose its product overnight, when an
interface is closed or priced anew. This paper asks for three things.</p>
<ul>
<li>One list of open interfaces, kept by the seller and dated.</li>
<li>The same price for the first thousand calls, whoever makes them.</li>
<li>A year's notice before an interface closes.</li>
</ul>
<p>{INVENTED}</p>
""",
            output="paper", policy_file="common-interfaces-act", topics=("data", "standards"),
            printed=when.in_days(-24), out=when.moment(when.in_days(-24)),
            led_by=("data-and-interfaces",), contributed=("standards",),
        ),
        Paper(
            slug="lots-a-small-firm-can-carry", title="Lots that a small firm can carry",
            lead="Public buyers should cut contracts so that a firm of ten can win one and pay its "
            "people while it waits for the money.",
            body=f"""
<p>Of forty calls that members looked at, three could be answered by a firm of ten. The reasons were
always the same: guarantees as large as a yearly turnover, forms in five copies, payment after
ninety days.</p>
<p>This response says for each reason what to write into the law instead.</p>
<p>{INVENTED}</p>
""",
            output="response", policy_file="small-lots-directive", topics=("public-buying",),
            printed=when.in_days(-66), out=when.moment(when.in_days(-66), 12),
            led_by=("procurement",),
            answers="consultation-small-lots", adopted=when.in_days(-80),
            outcome=f"The second draft names a limit for guarantees. {INVENTED}",
            outcome_day=when.in_days(-20),
        ),
        Paper(
            slug="short-courses-across-borders", title="Short courses that count across borders",
            lead="A course of six weeks should be worth the same in each country that recognises it.",
            body=f"""
<p>Apprentices in the group's firms take short courses in one country and work in another. The paper
lists what an employer needs to know about a course in order to trust it: eleven facts, on half a
page.</p>
<p>{INVENTED}</p>
""",
            output="paper", policy_file="short-course-recognition", topics=("skills",),
            printed=when.in_days(-130), out=when.moment(when.in_days(-130)),
            led_by=("skills",), contributed=("standards",),
        ),
        Paper(
            slug="what-a-program-uses", title="What a program uses in a day",
            lead="A white paper on one way to measure the power that programs need.",
            body=f"""
<p>Measuring differs from firm to firm, so offers cannot be compared. The paper describes one way
that a firm of nine can follow with a meter and a spreadsheet.</p>
<p>{INVENTED}</p>
""",
            output="white_paper", topics=("sustainability", "standards"),
            printed=when.month(-1, 11), out=when.moment(when.day(-1, 11, 20)),
            led_by=("green-code",),
        ),
        Paper(
            slug="two-pages-a-rule", title="Two pages for every rule on security",
            lead="Whoever writes a rule on security should add two pages for firms of twelve.",
            body=f"""
<p>The paper has an example in its annex: a draft of a hundred and ten pages, and what of it a small
firm has to do, by when and at what cost.</p>
<p>{INVENTED}</p>
""",
            output="paper", topics=("security",), printed=when.day(-1, 10, 2),
            out=when.moment(when.day(-1, 10, 2), 11), led_by=("trust-and-security",),
        ),
    ]  # fmt: skip
