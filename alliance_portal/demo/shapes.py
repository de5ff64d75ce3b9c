"""The shapes in which the demonstration's records are written down."""

import datetime
from dataclasses import dataclass

from record.days import PartialDate
from record.periods import Basis

STATED, DERIVED, NOT_ON_RECORD = Basis.STATED, Basis.DERIVED, Basis.NOT_ON_RECORD

# The reason in the history of everything that the demonstration makes.
WHY = "Demonstration data"
# What stands at the end of every invented text, and as the proof of every invented consent.
INVENTED = "Invented for the demonstration."


@dataclass(frozen=True)
class Span:
    """A period: first and last day included; no `ends` where no end is known."""

    starts: PartialDate
    ends: PartialDate | None = None
    start_basis: str = STATED
    end_basis: str = STATED
    start_qualifier: str = ""


@dataclass(frozen=True)
class Term:
    """A membership. Organisations are named by their slugs here and below."""

    span: Span
    category: str = "full"
    sponsor: str = ""
    on_behalf_of: str = ""
    helped_by: tuple[str, ...] = ()
    not_continued: bool = False
    end_reason: str = ""
    source: str = INVENTED


@dataclass(frozen=True)
class Name:
    name: str
    kind: str = "printed"
    language: str = ""


@dataclass(frozen=True)
class Number:
    """A declared figure, with its source."""

    measure: str
    value: str
    source: str
    unit: str = ""
    definition: str = ""
    qualifier: str = ""
    true_on: PartialDate | None = None
    not_after: datetime.date | None = None
    said_by: str = ""
    said_as: str = ""


@dataclass(frozen=True)
class Body:
    """An organisation with what hangs on it. `colour`: a monogram is drawn in it as the logo."""

    slug: str
    name: str
    kind: str
    summary: str
    description: str
    country: str = ""
    city: str = ""
    region: str = ""
    founded: PartialDate | None = None
    website: str = ""
    colour: str = ""
    names: tuple[Name, ...] = ()
    numbers: tuple[Number, ...] = ()
    terms: tuple[Term, ...] = ()
    is_alliance: bool = False


@dataclass(frozen=True)
class Post:
    """A function held at an organisation, as printed."""

    at: str
    function: str
    span: Span
    body: str = ""
    order: int = 0
    source: str = INVENTED


@dataclass(frozen=True)
class Human:
    """A person. `basis`: consent, public_role or nothing; with nothing no page may show the name."""

    slug: str
    name: str
    posts: tuple[Post, ...] = ()
    basis: str = "consent"
    proof: str = f"Consent form in the demonstration's files. {INVENTED}"
    since: PartialDate | None = None
    withdrawn: PartialDate | None = None
    title: str = ""
    family_name: str = ""
    biography: str = ""
    portrait: str = ""  # a colour: initials on it stand for the photograph
    email: str = ""
    account: str = ""
    represents: tuple[str, ...] = ()


@dataclass(frozen=True)
class Seat:
    """A role in a working group."""

    person: str
    span: Span
    name: str = "chair"
    source: str = INVENTED


@dataclass(frozen=True)
class Place:
    """An organisation's place in a working group, with its experts and what they know."""

    organisation: str
    span: Span
    printed_as: str = ""
    source: str = INVENTED
    experts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Guest:
    day: PartialDate
    organisation: str = ""
    person: str = ""
    printed_as: str = ""
    source: str = INVENTED


@dataclass(frozen=True)
class Work:
    """An initiative of a group."""

    title: str
    span: Span
    description: str
    source: str = INVENTED


@dataclass(frozen=True)
class Group:
    slug: str
    name: str
    short_code: str
    summary: str
    scope: str
    who_may_join: str = "Members may join; experts of other bodies come as guests."
    status: str = "active"
    one_chair: bool = True
    deputies_may_publish: bool = False
    strands: tuple[tuple[str, str], ...] = ()
    seats: tuple[Seat, ...] = ()
    places: tuple[Place, ...] = ()
    guests: tuple[Guest, ...] = ()
    works: tuple[Work, ...] = ()


@dataclass(frozen=True)
class Happening:
    """An activity of a group, or of the network itself."""

    slug: str
    title: str
    kind: str
    day: PartialDate
    summary: str
    description: str = ""
    group: str = ""
    qualifier: str = ""
    last_day: datetime.date | None = None
    hours: tuple[int, int] | None = None
    place: str = ""
    online_link: str = ""
    in_person: bool = False
    audience: str = "public"
    time_zone: str = ""
    guests: tuple[Guest, ...] = ()
    guests_complete: bool = True
    minutes: str = ""
    helped_by: tuple[str, ...] = ()
    called_off: bool = False


@dataclass(frozen=True)
class Text:
    """What every publication has. `out`: the instant from which it is read; none for a draft."""

    slug: str
    title: str
    lead: str
    body: str
    out: datetime.datetime | None = None
    printed: PartialDate | None = None
    undated: bool = False
    not_after: datetime.date | None = None
    state: str = "published"
    audience: str = "public"
    prominence: str = "ordinary"
    topics: tuple[str, ...] = ()


@dataclass(frozen=True)
class News(Text):
    kind: str = "news"
    key_points: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    networks: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    announces: str = ""
    contact: str = ""
    contact_function: str = ""
    audience_group: str = ""
    quotations: tuple[str, ...] = ()
    colour: str = ""


@dataclass(frozen=True)
class Paper(Text):
    output: str = "paper"
    policy_file: str = ""
    answers: str = ""
    adopted: PartialDate | None = None
    outcome: str = ""
    outcome_day: PartialDate | None = None
    led_by: tuple[str, ...] = ()
    contributed: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True)
class Year(Text):
    """A group's overview of a year; its address follows from both, so the slug here is a name only."""

    group: str = ""
    year: int = 0
    outlook: str = ""
    thanks: str = ""
    incomplete: tuple[str, ...] = ()
    author: str = ""


@dataclass(frozen=True)
class Account:
    """A sign-in of the demonstration."""

    email: str
    name: str
    job: str
    try_this: str
    groups: tuple[str, ...] = ()
    is_staff: bool = False
    is_superuser: bool = False
