"""Invented members with varied histories. None of them exists; their names say what they depict
(lighthouses, bridges, ships) in the language of their country.
"""

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED, NOT_ON_RECORD, Body, Name, Number, Span, Term

FUND = "polaris-fund"


def sponsors() -> list[Body]:
    return [
        Body(
            slug=FUND, name="Polaris Fund for Small Firms", kind="other", country="SE",
            summary="An invented sponsor: it pays first years of membership.",
            description=f"<p>The fund pays the first year, now and then a second one, for "
            f"associations that could not join otherwise. {INVENTED}</p>",
        ),
        Body(
            slug="office-of-seven-ports", name="Office of the Seven Ports", kind="public_body",
            country="NO", summary="An invented public office for which the Polaris Fund acts.",
            description=f"<p>It looks after trade between seven small ports. {INVENTED}</p>",
        ),
        Body(
            slug="quayside-institute", name="Quayside Institute", kind="other", country="DK",
            summary="An invented institute that helps associations to join, and speaks as a guest.",
            description=f"<p>Its staff advise new associations on statutes and staff. {INVENTED}"
            "</p>",
        ),
        Body(
            slug="weathervane-systems", name="Weathervane Systems", kind="company", country="IE",
            summary="An invented company of nine people; a guest of working groups.",
            description=f"<p>It makes software for harbour masters. {INVENTED}</p>",
        ),
    ]  # fmt: skip


def _full(when: Calendar, years: int, **facts) -> tuple[Term, ...]:
    return (Term(Span(when.new_year(years)), **facts),)


def west_and_south(when: Calendar) -> list[Body]:
    return [
        Body(
            slug="alpenblick-softwarebund", name="Alpenblick Softwarebund",
            kind="national_association", country="AT", city="Graz", founded=when.year(-21),
            website="https://alpenblick.example.org/", colour="#205072",
            summary="An invented association of Austrian software firms with fewer than fifty staff.",
            description="<p>Its firms write planning software for valleys and villages. They meet "
            f"twice a year, always at a place that can be reached by train. {INVENTED}</p>",
            names=(Name("Alpine View Software League"),),
            numbers=(
                Number(
                    "represented", "214", f"Yearly letter to the alliance. {INVENTED}",
                    "companies", true_on=when.year_end(-1),
                ),
            ),
            terms=_full(when, -18),
        ),
        Body(
            slug="faro-digital-iberico", name="Faro Digital Ibérico", kind="national_association",
            country="ES", city="Valencia", founded=when.month(-17, 5), colour="#8a3b12",
            summary="An invented Spanish association that left once, and came back.",
            description="<p>The association began with eleven firms in one harbour street. It left "
            "the alliance when its own statutes changed, and returned two and a half years later. "
            f"{INVENTED}</p>",
            terms=(
                Term(
                    Span(when.new_year(-14), when.day(-8, 6, 30)),
                    end_reason="The association wrote new statutes first.",
                ),
                Term(Span(when.new_year(-5))),
            ),
        ),
        Body(
            slug="mare-alta-guild", name="Maré Alta Software Guild", kind="national_association",
            country="PT", city="Porto", founded=when.day(-12, 10, 5),
            website="https://marealta.example.org/", colour="#0b6e8a",
            summary="An invented Portuguese guild of software houses by the sea.",
            description="<p>Members of the guild share one legal adviser and one trade stand. The "
            f"guild trains forty apprentices a year. {INVENTED}</p>",
            names=(Name("Grémio Maré Alta", "native", "pt"), Name("Mare Alta Guild", "misspelt")),
            terms=_full(when, -10),
        ),
        Body(
            slug="zeven-sluizen", name="Zeven Sluizen Digital Guild", kind="national_association",
            country="NL", city="Utrecht", founded=when.year(-19), colour="#b0461e",
            summary="An invented Dutch guild of small firms that build on open standards.",
            description="<p>Seven locks gave the guild its name, and seven firms founded it. It now "
            f"speaks for several hundred. {INVENTED}</p>",
            numbers=(
                Number(
                    "represented", "600", f"Assembly of the guild. {INVENTED}", "firms",
                    qualifier="more_than", true_on=when.year(-1),
                ),
            ),
            terms=_full(when, -16),
        ),
        Body(
            slug="heron-bridge-guild", name="Heron Bridge Software Guild", kind="national_association",
            country="GB", city="Leeds", founded=when.year(-9), colour="#3d5a3c",
            summary="An invented guild of British software workshops.",
            description="<p>Workshops of two to thirty people, most of them in towns without a "
            f"university. The guild answers every public call on software contracts. {INVENTED}</p>",
            terms=(Term(Span(when.day(-7, 4, 1))),),
        ),
        Body(
            slug="luzzu-software-circle", name="Luzzu Software Circle", kind="national_association",
            country="MT", city="Valletta", founded=when.year(-6),
            summary="An invented circle of Maltese software firms.",
            description="<p>Twenty-six firms on an island, and one shared office that they take "
            f"turns to run. {INVENTED}</p>",
            terms=(Term(Span(when.month(-4, 9))),),
        ),
        Body(
            slug="halcyon-digital-forum", name="Halcyon Digital Forum", kind="national_association",
            country="CY", city="Limassol", founded=when.year(-11),
            summary="An invented forum of Cypriot firms in shipping software.",
            description="<p>Whoever writes software for ships on the island can join. The first day "
            f"of its membership was lost with an old mailbox. {INVENTED}</p>",
            terms=(
                Term(Span(when.year(-8), start_basis=NOT_ON_RECORD), "not_on_record"),
            ),
        ),
        Body(
            slug="argo-guild", name="Argo Guild of Digital Workshops", kind="national_association",
            country="GR", city="Thessaloniki", founded=when.day(-16, 3, 21), colour="#5b2a86",
            website="https://argo.example.org/",
            summary="An invented guild of Greek workshops, named after a ship.",
            description="<p>The guild lends its members a lawyer, an accountant and, twice a year, a "
            f"hall. {INVENTED}</p>",
            names=(Name("Συντεχνία Αργώ", "native", "el"),),
            terms=_full(when, -13),
        ),
        Body(
            slug="rete-girasole", name="Rete Girasole", kind="regional_association", country="IT",
            city="Trieste", region="Friuli Venezia Giulia", founded=when.year(-7),
            summary="An invented regional association of software firms around Trieste.",
            description="<p>Its firms work in two languages and across one border, and write about "
            f"both in a monthly letter. {INVENTED}</p>",
            terms=(Term(Span(when.day(-5, 3, 1)), "regional"),),
        ),
    ]  # fmt: skip


def middle_and_east(when: Calendar) -> list[Body]:
    return [
        Body(
            slug="zuraw-software-union", name="Żuraw Software Union", kind="national_association",
            country="PL", city="Łódź", founded=when.month(-13, 2), colour="#9b1c31",
            website="https://zuraw.example.org/",
            summary="An invented union of Polish software firms.",
            description="<p>The crane in its name is the bird and the machine. The union keeps a "
            f"register of who can repair whose old programs. {INVENTED}</p>",
            names=(
                Name("Związek Małych Firm Programistycznych Żuraw", "native", "pl"),
                Name("Zurav Software Union", "misspelt"),
            ),
            terms=_full(when, -12),
        ),
        Body(
            slug="modra-kotva", name="Modrá Kotva IT League", kind="national_association",
            country="CZ", city="Brno", founded=when.year(-18), colour="#17406d",
            summary="An invented Czech league with a blue anchor, far from any sea.",
            description="<p>The league holds a school for managers of firms with fewer than ten "
            f"people. {INVENTED}</p>",
            terms=_full(when, -9),
        ),
        Body(
            slug="harom-hid",
            name="Három Híd National Federation of Independent Software Workshops and Data Studios",
            kind="national_association", country="HU", city="Szeged", founded=when.year(-22),
            summary="An invented Hungarian federation with a long name.",
            description="<p>Three associations merged and none wanted to give up its word, so the "
            f"federation has a name of eighty characters. {INVENTED}</p>",
            names=(
                Name("Három Híd", "printed", "hu"),
                Name("HHSZ", "acronym"),
                Name(
                    "Három Híd Független Szoftverműhelyek Országos Szövetsége", "native", "hu"
                ),
            ),
            terms=_full(when, -17),
        ),
        Body(
            slug="grosser-baer", name="Großer Bär IT-Verbund", kind="regional_association",
            country="DE", city="Kiel", region="Schleswig-Holstein", founded=when.month(-8, 11),
            colour="#4a4e69", summary="An invented association of software firms between two seas.",
            description="<p>It stands for firms of the north that sell to harbours, ferries and "
            f"wind parks. {INVENTED}</p>",
            names=(Name("Great Bear IT Union"),),
            terms=(Term(Span(when.new_year(-4)), "regional"),),
        ),
        Body(
            slug="lada-digital-cluster", name="Lađa Digital Cluster", kind="cluster",
            country="HR", city="Rijeka", founded=when.year(-10), colour="#1d6f6a",
            summary="An invented Croatian cluster of firms, two schools and a shipyard.",
            description="<p>The cluster pairs each new firm with an old one for its first eighteen "
            f"months. {INVENTED}</p>",
            names=(Name("Digitalni klaster Lađa", "native", "hr"),),
            terms=(
                Term(Span(when.new_year(-8), when.year_end(-6)), "not_on_record"),
                Term(Span(when.new_year(-5))),
            ),
        ),
        Body(
            slug="zeleni-most", name="Zeleni Most ICT Circle", kind="national_association",
            country="SI", city="Maribor", founded=when.year(-5),
            summary="An invented Slovene circle whose sponsored year led to full membership.",
            description="<p>Green bridges for deer gave the circle its name. It entered on a "
            f"sponsored year and stayed. {INVENTED}</p>",
            terms=(
                Term(
                    Span(when.new_year(-3), when.year_end(-3)), "sponsored", sponsor=FUND,
                    helped_by=("quayside-institute",),
                ),
                Term(Span(when.new_year(-2))),
            ),
        ),
        Body(
            slug="tri-veze", name="Tri Veže Software Forum", kind="national_association",
            country="SK", city="Košice", founded=when.month(-14, 6),
            summary="An invented Slovak forum of software firms.",
            description="<p>Members of the forum publish what they pay and what they charge, once a "
            f"year and without names. {INVENTED}</p>",
            terms=(Term(Span(when.day(-6, 7, 1))),),
        ),
        blue_lighthouse(when),
        Body(
            slug="bjorkdunge-forum", name="Björkdunge Software Forum", kind="national_association",
            country="SE", city="Umeå", founded=when.year(-15), colour="#2f6b2f",
            website="https://bjorkdunge.example.org/",
            summary="An invented Swedish forum that cares about software that lasts.",
            description="<p>The forum asks of its members that what they sell can still be repaired "
            f"after ten years. {INVENTED}</p>",
            terms=_full(when, -14),
        ),
    ]  # fmt: skip


def blue_lighthouse(when: Calendar) -> Body:
    """Sponsored for the second time; that year ends in about sixty days."""
    last_day = when.month_end_in(60)
    second = when.a_year_before(last_day)
    first_end = when.in_days((second.first_day - when.today).days - 1)
    return Body(
        slug="blue-lighthouse-ict-association", name="Blue Lighthouse ICT Association",
        kind="national_association", country="BG", city="Varna", founded=when.year(-4),
        colour="#0a4d8c", summary="An invented Bulgarian association in its second sponsored year.",
        description="<p>Its first sponsored year was renewed. What follows the second one is not "
        f"decided. {INVENTED}</p>",
        names=(Name("Сдружение Син фар", "native", "bg"),),
        terms=(
            Term(Span(when.a_year_before(first_end), first_end), "sponsored", sponsor=FUND),
            Term(Span(second, last_day), "sponsored", sponsor=FUND),
        ),
    )  # fmt: skip


def not_members_today(when: Calendar) -> list[Body]:
    """Announced, ended, lapsed, and one of which the outcome is not on record."""
    return [
        Body(
            slug="balta-kaija", name="Baltā Kaija ICT Association", kind="national_association",
            country="LV", city="Liepāja", founded=when.year(-3), colour="#6d3b47",
            summary="An invented Latvian association that joins at the next new year.",
            description="<p>Fifty-two firms along the coast. Their membership is agreed and begins on "
            f"the first day of next year. {INVENTED}</p>",
            names=(Name("White Gull ICT Association"),),
            terms=(Term(Span(when.new_year(1))),),
        ),
        Body(
            slug="quellgrund", name="Quellgrund Digitalverein", kind="national_association",
            country="LI", city="Vaduz", founded=when.year(-2), colour="#3c5a14",
            summary="An invented Liechtenstein association, announced for a sponsored year.",
            description=f"<p>Its first year is agreed and paid for. {INVENTED}</p>",
            terms=(
                Term(
                    Span(when.new_year(1), when.year_end(1)), "sponsored", sponsor=FUND,
                    on_behalf_of="office-of-seven-ports",
                ),
            ),
        ),
        Body(
            slug="pont-rouge-numerique", name="Pont Rouge Numérique", kind="national_association",
            country="LU", city="Luxembourg", founded=when.year(-20),
            summary="An invented association that was a full member and dissolved itself.",
            description="<p>It handed its files to the national archive and its members to two "
            f"other associations. {INVENTED}</p>",
            terms=(
                Term(
                    Span(when.new_year(-16), when.year_end(-4)),
                    end_reason="The association dissolved itself.",
                ),
            ),
        ),
        Body(
            slug="ura-e-gurte", name="Ura e Gurtë ICT Forum", kind="national_association",
            country="AL", city="Shkodër", founded=when.year(-4),
            summary="An invented Albanian forum whose sponsored year was not continued.",
            description="<p>The forum found the year useful and the fee too high. It still sends "
            f"guests to the working groups. {INVENTED}</p>",
            terms=(
                Term(
                    Span(when.new_year(-3), when.year_end(-3)), "sponsored", sponsor=FUND,
                    not_continued=True, end_reason="No budget for a fee of its own.",
                ),
            ),
        ),
        Body(
            slug="kamena-vrata", name="Kamena Vrata Digital Circle", kind="national_association",
            country="ME", city="Kotor", founded=when.year(-5),
            summary="An invented circle; what came after its sponsored year is not on record.",
            description="<p>The text that announced the year gave its length, so the last month is "
            f"worked out. {INVENTED}</p>",
            terms=(
                Term(
                    Span(when.month(-3, 4), when.month(-2, 3), end_basis="derived"), "sponsored",
                    sponsor=FUND,
                ),
            ),
        ),
    ]  # fmt: skip
