"""Invented applications in several states, so that staff see what there is to decide."""

import datetime
from dataclasses import dataclass
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image, ImageDraw

from alliance_portal.demo.pictures import PAPER
from alliance_portal.demo.shapes import INVENTED

DECIDES = "officer@example.org"


@dataclass(frozen=True)
class Said:
    """A question of the office or an answer, so many days ago."""

    from_office: bool
    text: str
    days_ago: int


@dataclass(frozen=True)
class Request:
    """An application; days count back from today. The first of `people` is the main contact."""

    facts: dict
    people: tuple[tuple[str, str, str], ...] = ()
    documents: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    state: str = "sent"
    begun: int = 20
    sent: int | None = None
    decided: int | None = None
    reason: str = ""
    organisation: str = ""
    waits: int | None = None


APPLICATIONS = (
    Request(
        {
            "name": "Semafor Digital Association", "native_name": "Digitalno udruženje Semafor",
            "acronym": "SDA", "kind": "national_association", "country": "BA", "city": "Mostar",
            "website": "https://semafor.example.org", "represents": 64, "category": "full",
            "email": "amra.semafor@example.org",
            "motivation": "Our sixty-four firms sell to three neighbouring countries, and each has "
            "rules of its own. We want to work on the answers to consultations and bring what we "
            f"know of small cross-border trade.\n\n{INVENTED}",
        },
        people=(
            ("Amra Primjer", "Managing director", "amra.semafor@example.org"),
            ("Lejla Uzorak", "Policy officer", "lejla.semafor@example.org"),
        ),
        documents=("Statutes", "List of members"),
        begun=14, sent=12,
    ),
    Request(
        {
            "name": "Ura e Gurte ICT Forum", "kind": "national_association", "country": "AL",
            "city": "Shkodër", "website": "https://uraegurte.example.org", "category": "full",
            "email": "office.uraegurte@example.org",
            "motivation": "We were a sponsored member once and come back with a budget of our own. "
            f"{INVENTED}",
        },
        people=(("Arta Shembull", "President", "arta.uraegurte@example.org"),),
        begun=5, sent=4,
    ),
    Request(
        {
            "name": "Tre Broar Cluster", "kind": "cluster", "country": "SE", "city": "Luleå",
            "region": "Norrbotten", "represents": 27, "category": "regional",
            "email": "kontakt.trebroar@example.org",
            "motivation": f"Three towns, one river, twenty-seven firms. {INVENTED}",
        },
        people=(("Ebba Exempel", "Coordinator", "ebba.trebroar@example.org"),),
        documents=("Annual report",),
        said=(Said(True, "Which towns do your firms come from, and do all of them pay a fee?", 6),),
        state="asked_back", begun=12, sent=9, waits=6,
    ),
    Request(
        {
            "name": "Fyrtårn Software Guild", "kind": "national_association", "country": "DK",
            "city": "Aarhus", "represents": 110, "category": "full",
            "email": "post.fyrtaarn@example.org",
            "motivation": f"We speak for workshops of fewer than ten people. {INVENTED}",
        },
        people=(("Ida Eksempel", "Director", "ida.fyrtaarn@example.org"),),
        said=(
            Said(True, "Are you a member of another European association?", 8),
            Said(False, "No, this is the first that we apply to.", 2),
        ),
        begun=16, sent=11, waits=2,
    ),
    Request(
        {
            "name": "Sextant Apps", "kind": "company", "country": "IE", "city": "Galway",
            "website": "https://sextant.example.org", "category": "full",
            "email": "hello.sextant@example.org",
            "motivation": f"Six people who make charts for sailors. {INVENTED}",
        },
        people=(("Niamh Placeholder", "Founder", "hello.sextant@example.org"),),
        state="declined", begun=40, sent=39, decided=33,
        reason="Members are associations that speak for companies. A single company joins the "
        "association of its own country, and that is the way for you too. Write to us if you do "
        "not find it.",
    ),
    Request(
        {
            "name": "Baltā Kaija ICT Association", "kind": "national_association",
            "country": "LV", "city": "Liepāja", "represents": 52, "category": "full",
            "email": "birojs.baltakaija@example.org",
            "motivation": f"Fifty-two firms along the coast. {INVENTED}",
        },
        people=(("Zane Paraugs", "Director", "zane.baltakaija@example.org"),),
        state="accepted", begun=70, sent=68, decided=60, organisation="balta-kaija",
    ),
    Request(
        {
            "name": "Wasserturm Verein", "kind": "regional_association", "country": "AT",
            "city": "Linz", "email": "verein.wasserturm@example.org",
        },
        state="begun", begun=3,
    ),
)  # fmt: skip


def moment(today: datetime.date, days_ago: int) -> datetime.datetime:
    """Return half past ten, so many days ago."""
    day = today - datetime.timedelta(days=days_ago)
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time(10, 30)))


def document(title: str, name: str) -> ContentFile:
    """Return a PDF of one page that says what it is."""
    page = Image.new("RGB", (595, 842), PAPER)
    pen = ImageDraw.Draw(page)
    pen.text((60, 90), f"{title}\n{INVENTED}", fill="#1b1b1b")
    out = BytesIO()
    page.save(out, "PDF")
    return ContentFile(out.getvalue(), name=name)
