"""What groups and the network did and will do. Two things are documented, the others invented."""

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED, Guest, Happening


def activities(when: Calendar) -> list[Happening]:
    return [*documented(when), *coming(when), *this_year(when), *last_years(when)]


def documented(when: Calendar) -> list[Happening]:
    return [
        Happening(
            slug="general-assembly-september-2019",
            title="General Assembly 2019",
            kind="assembly",
            day=when.printed("2019-09-11"),
            summary="Four new bodies were welcomed, and the president was elected again.",
            description="<p>The assembly welcomed DIGITAL SME France, the Italian DIGITAL SME "
            "Alliance, Agoria and Skillnet Ireland, and elected its president for another term. "
            "Representatives of 28 associations and clusters took part. Where it met is not on "
            "record.</p><p>Sources: digitalsme.eu and bitmi.de.</p>",
        ),
        Happening(
            slug="eastern-partnership-promotion-event",
            title="Event for associations from Eastern partner countries",
            kind="event",
            day=when.printed("2021-10"),
            qualifier="early",
            summary="EU4Digital presented membership in European networks to associations.",
            description="<p>The event came before the sponsored year of associations from Eastern "
            "partner countries. The text that mentions it, of 14 April 2022, gives no day and no "
            "place.</p>",
            helped_by=("eu4digital-facility",),
        ),
    ]


def coming(when: Calendar) -> list[Happening]:
    return [
        Happening(
            "green-code-measuring-morning", "A morning of measuring", "workshop", when.workday(5),
            "Bring a program, leave with its number.",
            f"<p>Participants measure one of their own programs with the group's tool. {INVENTED}"
            "</p>",
            "green-code", hours=(10, 12), online_link="https://example.org/measuring",
        ),
        Happening(
            "small-lots-talk", "Talk on small lots in public contracts", "consultation",
            when.workday(12), "What a call looks like that a firm of ten can answer.",
            f"<p>Members show three calls that worked and three that did not. {INVENTED}</p>",
            "procurement", hours=(14, 16), place="Rue Marie Thérèse 21, Brussels", in_person=True,
            guests=(Guest(when.workday(12), "quayside-institute", "mette-eksempel"),),
            guests_complete=False,
        ),
        Happening(
            "trust-winter-meeting", "Meeting of the group Trust and Security", "meeting",
            when.workday(19), "The second night watch, and one draft rule.",
            f"<p>On the table: who joins the second watch, and a summary to agree on. {INVENTED}</p>",
            "trust-and-security", hours=(9, 11), online_link="https://example.org/trust",
        ),
        Happening(
            "ring-on-the-island", "The Lighthouse Ring meets on an island", "meeting",
            when.workday(26), "Six associations, two days, one ferry.",
            f"<p>The ring looks back on its first months and plans the second half. {INVENTED}</p>",
            last_day=when.workday(26).after_last_day, place="Hailuoto, near Oulu", in_person=True,
            time_zone="Europe/Helsinki", hours=(13, 12),
        ),
        Happening(
            "skills-trainer-exchange", "Matching firms that swap trainers", "matchmaking",
            when.workday(33), "Ten firms look for a partner.",
            f"<p>Each firm has five minutes, then everybody talks to everybody. {INVENTED}</p>",
            "skills", hours=(13, 17), place="Brno", in_person=True,
        ),
        Happening(
            "data-call-for-a-chair", "Who chairs the group on data?", "meeting", when.workday(40),
            "For those who take part in the group.",
            f"<p>Candidates say in three minutes what they would do first. {INVENTED}</p>",
            "data-and-interfaces", hours=(11, 12), audience="group",
            online_link="https://example.org/data",
        ),
        Happening(
            "standards-reading-day", "Reading day at the Standards Bench", "workshop",
            when.workday(47), "One draft standard, read aloud.",
            f"<p>Called off: the draft is late. A new day will be named. {INVENTED}</p>",
            "standards", hours=(9, 16), place="Thessaloniki", in_person=True, called_off=True,
        ),
        Happening(
            "general-assembly-coming", "General Assembly", "assembly", when.workday(56),
            "Members elect, hear the groups and admit new members.",
            f"<p>The office sends the papers to members some weeks before. {INVENTED}</p>",
            hours=(10, 17), place="Brussels", in_person=True, audience="public",
        ),
    ]  # fmt: skip


def this_year(when: Calendar) -> list[Happening]:
    """Shortly past, told from today."""
    return [
        Happening(
            "green-code-old-machines", "Old machines on the bench", "workshop", when.workday(-9),
            "The tool ran on laptops that are ten years old.",
            f"<p>Three cases from Valencia and one from Valletta were measured. {INVENTED}</p>",
            "green-code", hours=(10, 15), place="Porto", in_person=True,
            guests=(
                Guest(when.workday(-9), "weathervane-systems", "niall-samplin"),
                Guest(when.workday(-9), "quayside-institute"),
            ),
            minutes=f"<p>Agreed: print the number on one offer each until the next meeting. "
            f"{INVENTED}</p>",
        ),
        Happening(
            "matchmaking-in-trieste", "Matchmaking in Trieste", "matchmaking", when.workday(-17),
            "Firms from nine countries looked for partners.",
            f"<p>Forty-four firms had a hundred and six short talks. {INVENTED}</p>",
            hours=(9, 17), place="Trieste", in_person=True,
            guests=(
                Guest(when.workday(-17), "quayside-institute"),
                Guest(when.workday(-17), "ura-e-gurte"),
            ),
            guests_complete=False,
        ),
        Happening(
            "public-buying-autumn", "Meeting of the group Public Buying", "meeting",
            when.workday(-31), "The one form, second draft.", f"<p>{INVENTED}</p>", "procurement",
            hours=(10, 12), online_link="https://example.org/buying",
        ),
        Happening(
            "skills-leaflet-day", "A day for leaflets", "workshop", when.workday(-45),
            "Four leaflets were written and tried in one day.", f"<p>{INVENTED}</p>", "skills",
            hours=(9, 16), place="Utrecht", in_person=True,
            guests=(Guest(when.workday(-45), "quayside-institute", "mette-eksempel"),),
        ),
    ]  # fmt: skip


def last_years(when: Calendar) -> list[Happening]:
    """Months of the two years that have an overview."""

    def past(slug, title, kind, group, day, place, summary, *guests):  # noqa: PLR0917  a row of a table
        return Happening(
            slug, title, kind, day, summary, f"<p>{INVENTED}</p>", group,
            hours=(10, 16), place=place, in_person=bool(place),
            guests=tuple(Guest(day, name) for name in guests),
        )  # fmt: skip

    return [
        past(
            "skills-workshop-szeged", "One page a skill, first try", "workshop", "skills",
            when.day(-1, 3, 18), "Szeged", "Eleven drafts, nine of them too long.",
            "quayside-institute",
        ),
        past(
            "skills-workshop-porto", "One page a skill, second try", "workshop", "skills",
            when.day(-1, 10, 7), "Porto", "The same leaflets, read by apprentices.",
        ),
        past(
            "skills-first-timetable", "The shared timetable", "meeting", "skills",
            when.day(-2, 4, 9), "Brno", "Nine firms agreed on one timetable.",
            "weathervane-systems",
        ),
        past(
            "trust-night-watch-start", "The night watch begins", "meeting", "trust-and-security",
            when.day(-1, 3, 3), "", "Eleven firms agreed on who is called first.",
        ),
        past(
            "trust-two-pages", "Three drafts on two pages", "workshop", "trust-and-security",
            when.day(-1, 9, 16), "Umeå", "What each draft asks of a firm of twelve.",
            "weathervane-systems",
        ),
        past(
            "trust-reading-week", "Reading week", "workshop", "trust-and-security",
            when.day(-2, 5, 20), "Leeds", "Five firms read three hundred pages.",
        ),
        past(
            "green-code-first-number", "The first number", "meeting", "green-code",
            when.day(-1, 5, 13), "Rijeka", "The group agreed on how to measure.",
            "quayside-institute",
        ),
        past(
            "green-code-handover", "A chair is handed over", "meeting", "green-code",
            when.day(-1, 7, 1), "", "From Rijeka to Porto.",
        ),
    ]  # fmt: skip
