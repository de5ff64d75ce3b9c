"""Yearly overviews of three invented groups, for the last two years, and one draft of this year."""

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED, Year


def overviews(when: Calendar) -> list[Year]:
    last, before, this = when.today.year - 1, when.today.year - 2, when.today.year
    return [
        Year(
            slug="skills-last-year",
            group="skills",
            year=last,
            title="What one page can teach",
            lead="Eleven leaflets of one page each, two workshops and a first exchange of trainers: "
            "the group made things small enough to be used.",
            body=f"""
<p>The year began with a question from Utrecht: why does nobody read our guides? The answer was their
length. Since then the group writes one page a skill, with the person who needs it at the table.</p>
<h2>Trainers who travel</h2>
<p>Two firms sent each other the person who trains their apprentices, for a week. Both asked to do it
again. The cost was two train tickets and one bed.</p>
<h2>What was hard</h2>
<p>Certificates. Three countries recognise each other's short courses now, the others wait for their
ministries. The group no longer promises dates.</p>
<p>{INVENTED}</p>
""",
            outlook="<p>Next year the leaflets will be tried in firms that took no part so far, and "
            "the exchange of trainers gets a calendar of its own.</p>",
            thanks="<p>Thanks go to the firms that lent us their people for a week.</p>",
            incomplete=("guests",),
            out=when.moment(when.day(-1, 12, 15), 10),
        ),
        Year(
            slug="skills-year-before",
            group="skills",
            year=before,
            title="A school with nine classrooms",
            lead="Nine member firms opened their training to apprentices of others. Sixty young "
            "people learned at two places instead of one.",
            body=f"""
<p>No firm in the group has a training department. Together they have one: whoever teaches databases
in Brno now teaches the apprentices of a firm in Łódź as well.</p>
<h2>What it took</h2>
<p>An agreement of two pages, a shared timetable, and patience with four kinds of insurance.</p>
<h2>What we would do otherwise</h2>
<p>Start with two firms and not with nine. The first month went into mails.</p>
<p>{INVENTED}</p>
""",
            outlook="<p>The timetable stays. The guides will become shorter.</p>",
            out=when.moment(when.day(-2, 12, 18), 11),
        ),
        Year(
            slug="trust-last-year",
            group="trust-and-security",
            year=last,
            title="Somebody is awake",
            lead="Eleven firms now watch each other's systems at night. The group also turned three "
            "draft rules into texts of two pages.",
            body=f"""
<p>A firm of twelve cannot pay three people to sit beside an alarm. Eleven firms together can take
turns, and since the spring they do.</p>
<h2>The first alarm</h2>
<p>It rang in March, at twenty past three, because of a cleaner and a plug. Everybody who was called
answered within nine minutes.</p>
<h2>Rules, on two pages</h2>
<p>For each draft the group wrote what a small firm would have to do, by when, and what it would
cost. Two of the three texts were passed on to those who write the rules.</p>
<p>{INVENTED}</p>
""",
            outlook="<p>More firms want to join the watch than it can take. A second one is being set "
            "up in another time zone.</p>",
            out=when.moment(when.day(-1, 12, 10), 16),
        ),
        Year(
            slug="trust-year-before",
            group="trust-and-security",
            year=before,
            title="Reading so that others need not",
            lead="The group read nine hundred pages of drafts and kept eighteen of them.",
            body=f"""
<p>Most of what a small firm must know about a rule fits on two pages. Finding those two pages took
the group a year, five meetings and a lot of coffee.</p>
<h2>How we read</h2>
<p>Each draft went to one firm that would like it and one that would not. What both understood alike
went into the summary.</p>
<p>{INVENTED}</p>
""",
            outlook="<p>Next year the group will try whether small firms can watch over each other's "
            "systems at night.</p>",
            out=when.moment(when.day(-2, 12, 20), 9),
        ),
        Year(
            slug="green-code-last-year",
            group="green-code",
            year=last,
            title="We have a number now",
            lead="After three years of talk the group can say how much power a program uses in a day. "
            "In July the chair went from Rijeka to Porto.",
            body=f"""
<p>Until last spring every firm measured in its own way, and every firm was best. The group agreed on
one way, and on one small tool that does it.</p>
<h2>A change of hands</h2>
<p>In the middle of the year the chair was handed over. Both chairs wrote this text: one the first
half, the other the second.</p>
<h2>What the number says</h2>
<p>Of the forty programs that were measured, six used more power at night than by day. Four of them
were repaired in a week.</p>
<p>{INVENTED}</p>
""",
            outlook="<p>The tool will be tried with programs that run on old machines, and a way is "
            "looked for to print the number on an offer.</p>",
            out=when.moment(when.day(-1, 12, 19), 14),
        ),
        Year(
            slug="green-code-this-year",
            group="green-code",
            year=this,
            title="Old machines, new numbers",
            lead="The tool ran on machines that are ten years old.",
            body="<p>What we learned about old machines goes here: the three cases from Valencia, "
            "and the one from Valletta.</p>"
            f"<p>{INVENTED}</p>",
            state="draft",
            author="chair@example.org",
        ),
    ]
