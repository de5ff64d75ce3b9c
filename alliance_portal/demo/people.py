"""People: two real ones by their public roles, everybody else invented.

The invented ones are called 'example' or 'sample' in the language of their country.
"""

from alliance_portal.demo.alliance import ANNOUNCEMENT_UNDATED, OVERVIEW_2021
from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED, NOT_ON_RECORD, Human, Post, Span

ALLIANCE = "european-digital-sme-alliance"
# Bodies of the alliance say in the function itself that the person is invented.
NOT_REAL = "(invented person)"


def people(when: Calendar) -> list[Human]:
    return [*officers(when), *secretariat(when), *leaders(when), *experts(when), *not_shown(when)]


def officers(when: Calendar) -> list[Human]:
    """The two real persons, with what the texts say."""
    seen_2021 = _on_record(when, "2021")
    seen_2024 = Span(when.printed("2024"), start_basis=NOT_ON_RECORD)
    elected = "weltjournal.de, on the election of 2024"
    return [
        Human(
            "oliver-grun", "Oliver Grün", title="Dr", basis="public_role",
            since=when.printed("2015-06"),
            proof="Elected office: public pages of BITMi and weltjournal.de",
            posts=(
                Post(
                    ALLIANCE, "President", Span(when.printed("2015-06")), "board", 1,
                    "bitmi.de; elected again on 11 September 2019 and in 2024 (weltjournal.de)",
                ),
                Post("bitmi", "President", seen_2024, source="bitmi.de; weltjournal.de"),
                Post(
                    "grun-software-ag", "Founder and CEO", seen_2024,
                    source="bitmi.de; weltjournal.de",
                ),
            ),
        ),
        Human(
            "andrei-kelemen", "Andrei Kelemen", basis="public_role",
            since=when.printed("2021"),
            proof="Elected office and public functions: the texts named with each function",
            posts=(
                Post(
                    ALLIANCE, "Vice-president", Span(when.printed("2024")), "board", 2, elected,
                ),
                Post(
                    "cluj-it-cluster", "Executive Director", seen_2021, order=1,
                    source=OVERVIEW_2021,
                ),
                Post(
                    "cluj-it-cluster", "CEO", _on_record(when, "2022"), order=2,
                    source=ANNOUNCEMENT_UNDATED,
                ),
                Post(
                    "dih4society", "Head of Operations and Internationalisation", seen_2021,
                    order=3, source=OVERVIEW_2021,
                ),
            ),
        ),
    ]  # fmt: skip


def _on_record(when: Calendar, year: str) -> Span:
    """On record for that year; first and last day are not."""
    return Span(when.printed(year), when.printed(year), NOT_ON_RECORD, NOT_ON_RECORD)


def secretariat(when: Calendar) -> list[Human]:
    return [
        Human(
            slug,
            name,
            since=since,
            family_name=name.partition(" ")[2],
            posts=(Post(ALLIANCE, f"{function} {NOT_REAL}", Span(since), "secretariat", order),),
        )
        for order, (slug, name, function, since) in enumerate(
            (
                ("sam-specimen", "Sam Specimen", "Head of office", when.new_year(-6)),
                ("clara-muster", "Clara Muster", "Membership officer", when.day(-4, 9, 1)),
                ("emile-echantillon", "Émile Échantillon", "News editor", when.month(-3, 2)),
                ("vera-voorbeeld", "Vera Voorbeeld", "Policy officer", when.day(-2, 5, 15)),
            ),
            start=1,
        )
    ]


def leaders(when: Calendar) -> list[Human]:
    """Who leads and has led the invented groups, at members that do not exist either."""

    def lead(slug, name, at, function, years, biography="", **facts):  # noqa: PLR0917  a row of a table
        span = Span(when.new_year(years))
        return Human(
            slug, name, (Post(at, function, span),), since=span.starts,
            biography=f"<p>{biography} {INVENTED}</p>" if biography else "",
            email=f"{slug}@example.org", **facts,
        )  # fmt: skip

    return [
        lead(
            "jana-vzorova",
            "Jana Vzorová",
            "modra-kotva",
            "Director",
            -7,
            "Jana Vzorová taught mathematics before she ran a software firm of eight.",
        ),
        lead(
            "piet-voorbeeld",
            "Piet Voorbeeld",
            "zeven-sluizen",
            "Chair of the board",
            -6,
            "Piet Voorbeeld repairs programs that are older than the people who use them.",
        ),
        lead("nora-naide", "Nora Näide", "tuletorn-code-union", "Managing director", -3),
        lead(
            "ines-exemplo",
            "Inês Exemplo",
            "mare-alta-guild",
            "Secretary General",
            -5,
            "Inês Exemplo has led the guild in Porto since it left its first rooms.",
            account="chair@example.org",
            portrait="#2f5d50",
        ),
        lead(
            "anna-przyklad",
            "Anna Przykład",
            "zuraw-software-union",
            "President",
            -8,
            represents=("zuraw-software-union",),
        ),
        lead("greta-exempel", "Greta Exempel", "bjorkdunge-forum", "Director", -9),
        lead("kari-eksempel", "Kari Eksempel", "sondre-fyr", "Director", -4),
        lead(
            "george-sampleton",
            "George Sampleton",
            "heron-bridge-guild",
            "Chair",
            -7,
            account="representative@example.org",
            represents=("heron-bridge-guild",),
        ),
        lead(
            "wendy-sampleton",
            "Wendy Sampleton",
            "heron-bridge-guild",
            "Secretary",
            -3,
            represents=("heron-bridge-guild",),
        ),
        lead("petra-primjer", "Petra Primjer", "lada-digital-cluster", "Cluster manager", -5),
        lead("eleni-paradeigma", "Eleni Paradeigma", "argo-guild", "Secretary General", -9),
        lead("liga-paraugs", "Līga Paraugs", "balta-kaija", "Chair", -3),
        lead("luis-ejemplo", "Luis Ejemplo", "faro-digital-iberico", "Director", -5),
        lead(
            "sanna-esimerkki",
            "Sanna Esimerkki",
            "seitseman-majakkaa",
            "Director",
            -4,
            account="coordinator@example.org",
            represents=("seitseman-majakkaa",),
        ),
        lead("tomas-priklad", "Tomáš Príklad", "tri-veze", "Chair", -6),
        lead("maja-primer", "Maja Primer", "zeleni-most", "Director", -4),
    ]


def experts(when: Calendar) -> list[Human]:
    """People whom organisations send to groups."""
    return [
        Human(slug, name, (Post(at, function, Span(when.new_year(-3))),), since=when.new_year(-3))
        for slug, name, at, function in (
            ("moritz-beispiel", "Moritz Beispiel", "alpenblick-softwarebund", "Legal adviser"),
            ("ilona-pelda", "Ilona Példa", "harom-hid", "Head of training"),
            ("marco-esempio", "Marco Esempio", "rete-girasole", "Engineer"),
            ("britta-musterfrau", "Britta Musterfrau", "grosser-baer", "Security engineer"),
            ("jurgis-pavyzdys", "Jurgis Pavyzdys", "gintaro-svyturys", "Procurement adviser"),
            ("mette-eksempel", "Mette Eksempel", "quayside-institute", "Researcher"),
            ("niall-samplin", "Niall Samplin", "weathervane-systems", "Founder"),
        )
    ]


def not_shown(when: Calendar) -> list[Human]:
    """People without a basis, and one who withdrew: the record has them, no page may name them."""
    since = when.new_year(-2)
    return [
        Human(
            "hidden-specimen", "Viggo Unshown", basis="",
            posts=(
                Post(ALLIANCE, f"Assistant {NOT_REAL}", Span(since), "secretariat", 9),
            ),
        ),
        Human(
            "hidden-deputy", "Odile Unnamed", basis="",
            posts=(Post("argo-guild", "Deputy director", Span(since)),),
        ),
        Human(
            "hidden-expert", "Rasmus Unlisted", basis="",
            posts=(Post("norre-klit", "Engineer", Span(since)),),
        ),
        Human(
            "withdrawn-expert", "Wilma Withdrawn", since=since, withdrawn=when.in_days(-40),
            posts=(Post("luzzu-software-circle", "Adviser", Span(since)),),
        ),
    ]  # fmt: skip
