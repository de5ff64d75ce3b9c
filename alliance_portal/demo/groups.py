"""Further working groups, all invented: their chairs, who takes part, what they work on."""

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED, Group, Guest, Place, Seat, Span, Work


def groups(when: Calendar) -> list[Group]:
    return [
        skills(when), trust(when), green_code(when), procurement(when), data(when), standards(when),
        paperless(when),
    ]  # fmt: skip


def skills(when: Calendar) -> Group:
    return Group(
        slug="skills",
        name="Skills and Apprentices",
        short_code="WG Skills",
        summary="An invented group: how firms without a training department train people.",
        scope=f"<p>Apprentices, people who change their trade, and certificates that a firm of nine "
        f"can afford. The group compares, tries out and writes down what worked. {INVENTED}</p>",
        strands=(
            ("Apprentices", "Shared training between firms that are too small to train alone."),
            ("Certificates", "Short courses whose result another country recognises."),
            ("Second careers", "People who come to software from another trade."),
        ),
        seats=(
            Seat("jana-vzorova", Span(when.new_year(-3))),
            Seat("anna-przyklad", Span(when.new_year(-6), when.year_end(-4))),
            Seat("piet-voorbeeld", Span(when.day(-2, 3, 1)), "vice_chair"),
            Seat("maja-primer", Span(when.new_year(-2)), "secretary"),
        ),
        places=(
            Place("modra-kotva", Span(when.new_year(-6))),
            Place("zuraw-software-union", Span(when.new_year(-6))),
            Place("zeven-sluizen", Span(when.day(-4, 5, 1))),
            Place(
                "harom-hid", Span(when.new_year(-3)),
                experts=(("ilona-pelda", "Training in very small firms"),),
            ),
            Place("zeleni-most", Span(when.new_year(-2))),
            Place("argo-guild", Span(when.month(-2, 10))),
            Place("bjorkdunge-forum", Span(when.new_year(-5), when.year_end(-2))),
            Place("mare-alta-guild", Span(when.day(-1, 2, 15))),
            Place("sondre-fyr", Span(when.in_days(-80))),
        ),
        guests=(Guest(when.month(-1, 5), "quayside-institute", "mette-eksempel"),),
        works=(
            Work(
                "Swap a trainer", Span(when.day(-2, 9, 1)),
                f"Two firms exchange the person who trains, for a week. {INVENTED}",
            ),
            Work(
                "One page a skill", Span(when.new_year(-1)),
                f"A leaflet of one page for each skill that firms ask for. {INVENTED}",
            ),
        ),
    )  # fmt: skip


def trust(when: Calendar) -> Group:
    return Group(
        slug="trust-and-security",
        name="Trust and Security",
        short_code="WG Trust",
        summary="An invented group: security rules that a firm of twelve can follow.",
        scope=f"<p>The group reads every draft rule with one question: what would a firm of twelve "
        f"do on Monday? {INVENTED}</p>",
        deputies_may_publish=True,
        strands=(
            ("Plain rules", "What a rule asks for, on two pages."),
            ("Shared watch", "Small firms that look after each other's systems at night."),
        ),
        seats=(
            Seat("greta-exempel", Span(when.new_year(-5))),
            Seat("hidden-deputy", Span(when.new_year(-2)), "vice_chair"),
        ),
        places=(
            Place("bjorkdunge-forum", Span(when.new_year(-5))),
            Place(
                "grosser-baer", Span(when.new_year(-3)),
                experts=(("britta-musterfrau", "Incidents in networks of harbours"),),
            ),
            Place(
                "norre-klit", Span(when.first_of_month(-6)),
                experts=(("hidden-expert", "Tests of devices"),),
            ),
            Place("heron-bridge-guild", Span(when.day(-4, 11, 3))),
            Place("tri-veze", Span(when.month(-2, 4))),
            Place("alpenblick-softwarebund", Span(when.day(-1, 6, 20))),
            Place("argo-guild", Span(when.new_year(-4))),
        ),
        guests=(
            Guest(when.day(-1, 11, 12), "weathervane-systems", "niall-samplin"),
            Guest(when.month(-2, 6), "quayside-institute"),
        ),
        works=(
            Work(
                "Night watch", Span(when.month(-2, 2)),
                f"Eleven firms take turns to answer alarms. {INVENTED}",
            ),
        ),
    )  # fmt: skip


def green_code(when: Calendar) -> Group:
    """The chair handed over in the middle of last year; the new one has a draft to finish."""
    return Group(
        slug="green-code",
        name="Green Code",
        short_code="WG Green Code",
        summary="An invented group: software that needs less power and lasts longer.",
        scope=f"<p>Measuring comes first: the group collects what programs use, then says what to "
        f"change. {INVENTED}</p>",
        strands=(
            ("Measuring", "One way to say how much power a program needs."),
            ("Lasting", "Software that old machines can still run."),
        ),
        seats=(
            Seat("petra-primjer", Span(when.new_year(-4), when.day(-1, 6, 30))),
            Seat("ines-exemplo", Span(when.day(-1, 7, 1))),
            Seat("luis-ejemplo", Span(when.day(-1, 7, 1)), "vice_chair"),
        ),
        places=(
            Place("lada-digital-cluster", Span(when.new_year(-4))),
            Place("mare-alta-guild", Span(when.new_year(-3))),
            Place("faro-digital-iberico", Span(when.day(-2, 2, 1))),
            Place("bjorkdunge-forum", Span(when.new_year(-3))),
            Place(
                "rete-girasole", Span(when.day(-1, 4, 10)),
                experts=(("marco-esempio", "Power meters in server rooms"),),
            ),
            Place("thrir-vitar", Span(when.in_days(-100))),
            Place("luzzu-software-circle", Span(when.in_days(-30))),
        ),
        guests=(
            Guest(when.in_days(-120), "weathervane-systems", "niall-samplin"),
            Guest(when.day(-1, 9, 24), "quayside-institute", "mette-eksempel"),
        ),
        works=(
            Work(
                "A meter for programs", Span(when.day(-1, 3, 1)),
                f"A small tool that says what a program used in a day. {INVENTED}",
            ),
        ),
    )  # fmt: skip


def procurement(when: Calendar) -> Group:
    return Group(
        slug="procurement",
        name="Public Buying",
        short_code="WG Public Buying",
        summary="An invented group: public contracts that a small firm can win.",
        scope=f"<p>Calls that fit on few pages, lots of a size that a small firm can carry, and "
        f"payment within the month. {INVENTED}</p>",
        strands=(
            ("Small lots", "Contracts cut so that a small firm can carry one."),
            ("One form", "The same facts, asked for once."),
        ),
        seats=(Seat("tomas-priklad", Span(when.day(-3, 10, 1))),),
        places=(
            Place("tri-veze", Span(when.day(-3, 10, 1))),
            Place("modra-kotva", Span(when.day(-3, 10, 1))),
            Place(
                "gintaro-svyturys", Span(when.first_of_month(-5)),
                experts=(("jurgis-pavyzdys", "Calls for tenders in small towns"),),
            ),
            Place("heron-bridge-guild", Span(when.new_year(-2))),
            Place("faro-digital-iberico", Span(when.new_year(-2))),
        ),
    )  # fmt: skip


def data(when: Calendar) -> Group:
    """It has no chair today."""
    return Group(
        slug="data-and-interfaces",
        name="Data and Interfaces",
        short_code="WG Data",
        summary="An invented group: getting one's own data out of somebody else's program.",
        scope=f"<p>The group collects interfaces that work, and those that should exist. It looks "
        f"for a chair. {INVENTED}</p>",
        seats=(Seat("kari-eksempel", Span(when.first_of_month(-6), when.end_of_month(-4))),),
        places=(
            Place("zeven-sluizen", Span(when.new_year(-3))),
            Place(
                "alpenblick-softwarebund", Span(when.new_year(-3)),
                experts=(("moritz-beispiel", "Contracts on data"),),
            ),
            Place("tuletorn-code-union", Span(when.first_of_month(-6))),
        ),
    )  # fmt: skip


def standards(when: Calendar) -> Group:
    """Two people chair it together."""
    return Group(
        slug="standards",
        name="Standards Bench",
        short_code="WG Standards",
        summary="An invented group: a seat for small firms where standards are made.",
        scope=f"<p>Two members sit in committees and report back; the bench decides what they say "
        f"there. {INVENTED}</p>",
        one_chair=False,
        seats=(
            Seat("eleni-paradeigma", Span(when.new_year(-2))),
            Seat("piet-voorbeeld", Span(when.new_year(-2))),
        ),
        places=(
            Place("argo-guild", Span(when.new_year(-2))),
            Place("zeven-sluizen", Span(when.new_year(-2))),
            Place("seitseman-majakkaa", Span(when.first_of_month(-4))),
            Place("ura-e-gurte", Span(when.month(-1, 10))),
        ),
    )


def paperless(when: Calendar) -> Group:
    return Group(
        slug="paperless-office",
        name="Paperless Office",
        short_code="WG Paperless",
        summary="An invented group that did what it was set up for, and was closed.",
        scope=f"<p>It compared electronic invoices in nine countries, published a table and closed. "
        f"{INVENTED}</p>",
        status="closed",
        who_may_join="Closed: nobody can join any more.",
        seats=(Seat("anna-przyklad", Span(when.new_year(-8), when.year_end(-5))),),
        places=(
            Place("zuraw-software-union", Span(when.new_year(-8), when.year_end(-5))),
            Place("pont-rouge-numerique", Span(when.new_year(-8), when.year_end(-5))),
        ),
    )
