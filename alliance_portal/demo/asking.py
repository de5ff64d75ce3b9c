"""Who asks to join a group, a proposed hand-over, and papers of a group. All invented."""

from dataclasses import dataclass

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED


@dataclass(frozen=True)
class Asking:
    """A request to join. `days`: how many days ago it was asked; `reason`: declined, with it."""

    group: str
    contact_name: str
    contact_email: str
    days: int
    organisation: str = ""
    organisation_name: str = ""
    country: str = ""
    website: str = ""
    expert_name: str = ""
    expertise: str = ""
    message: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Paper:
    """A document of a group. Its file says only what it is."""

    group: str
    title: str
    audience: str
    activity: str = ""


REQUESTS = (
    Asking(
        "green-code", "George Sampleton", "representative@example.org", 3,
        organisation="heron-bridge-guild", expert_name="Wendy Specimen",
        expertise="What a rack uses at night", message=f"We have measured a year. {INVENTED}",
    ),
    Asking(
        "green-code", "Elina Näide", "elina@example.org", 16,
        organisation_name="Tuletorn Code Unoin", country="EE", expert_name="Elina Näide",
        message=f"The name is mistyped on purpose: the form asks who is meant. {INVENTED}",
    ),
    Asking(
        "green-code", "Ola Eksempel", "ola@example.org", 1, organisation_name="Nordlys Lab",
        country="NO", website="https://nordlys.example", message=f"We build meters. {INVENTED}",
    ),
    Asking(
        "green-code", "Pia Muster", "pia@example.org", 60, organisation_name="Muster Consulting",
        reason=f"The group takes in associations. Your association may send you. {INVENTED}",
    ),
)  # fmt: skip
PAPERS = (
    Paper("green-code", "How we measure, second edition", "public"),
    Paper("green-code", "Agenda of the measuring morning", "group", "green-code-measuring-morning"),
    Paper("green-code", "Numbers of the nine firms", "members", "green-code-old-machines"),
)
# Last year's joiners of this group are an open list: '... and others'.
OPEN_LISTS = (("green-code", -1, "joined"),)


def handover(when: Calendar) -> dict:
    """Return what the chair of Public Buying proposes."""
    return {
        "group": "procurement",
        "successor_name": "Luis Ejemplo",
        "successor_email": "luis@example.org",
        "first_day": when.new_year(1).first_day,
        "remark": f"We have talked about it. {INVENTED}",
    }


def paper_file(title: str) -> bytes:
    """Return a PDF of one line, as small as one can be: enough to be saved and opened."""
    line = title.encode("ascii", "replace").decode().replace("(", "").replace(")", "")
    text = f"BT /F 18 Tf 60 760 Td ({line}) Tj ET"
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
            "/Resources << /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
        ),
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    ]
    out, places = "%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{part}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    out += f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
    out += f"trailer << /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n"
    return (out + f"{out.index('xref')}\n%%EOF\n").encode("ascii")
