"""Profiles that their own people keep: what waits for the office, who confirmed, who does not answer."""

from dataclasses import dataclass

HERON, RING = "heron-bridge-guild", "lighthouse-ring"

# Invented bodies whose people have confirmed the profile, and how many days ago.
CONFIRMED = (
    (HERON, 402), ("seitseman-majakkaa", 40), ("mare-alta-guild", 120), ("tuletorn-code-union", 75),
)  # fmt: skip
# Asked so many days ago, and no answer since.
SILENT = (("zuraw-software-union", "anna-przyklad@example.org", 74),)


@dataclass(frozen=True)
class Proposal:
    """A change of a profile that waits: by whom, how many days ago, what it says."""

    organisation: str
    by: str
    days_ago: int
    values: dict
    network: str = ""


PROPOSALS = (
    Proposal(
        HERON, "representative@example.org", 2,
        {
            "summary": "An invented guild of software firms on both banks of a river, and of two "
            "schools that teach their apprentices.",
            "city": "Sheffield",
            "acronym": ["HBSG"],
        },
    ),
    Proposal(
        "gintaro-svyturys", "coordinator@example.org", 5,
        {"website": "https://gintaro.example.org/", "acronym": ["GŠDU"]},
        RING,
    ),
)  # fmt: skip
NOTE = (
    RING, "coordinator@example.org", 3,
    "Two more guilds ask how to enter the ring. May they write to you directly?",
)  # fmt: skip
