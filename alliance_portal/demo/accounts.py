"""The sign-ins of the demonstration. A visitor needs none."""

from alliance_portal.demo.shapes import Account

# The same for all: this is a demonstration, and the commands refuse to make it in production.
PASSWORD = "lighthouse demo"  # noqa: S105 printed for everybody who runs the demonstration

ACCOUNTS = (
    Account(
        "manager@example.org", "Sam Specimen", "Staff, manager",
        "/admin/: everything, accounts and settings too", ("Managers",), True, True,
    ),
    Account(
        "officer@example.org", "Clara Muster", "Staff, membership officer",
        "/admin/: end, renew or convert a membership; see what ends soon",
        ("Membership officers",), True,
    ),
    Account(
        "editor@example.org", "Émile Échantillon", "Staff, editor",
        "/admin/: write, schedule and publish news", ("Editors",), True,
    ),
    Account(
        "chair@example.org", "Inês Exemplo", "Chair of the group Green Code",
        "/desk/: finish this year's overview, a draft, and publish it",
    ),
    Account(
        "representative@example.org", "George Sampleton",
        "Representative of Heron Bridge Software Guild",
        "/desk/: your profile, what is missing in it, your badge; a change of yours waits",
    ),
    Account(
        "coordinator@example.org", "Sanna Esimerkki",
        "Representative of Seitsemän Majakkaa, which coordinates the Lighthouse Ring",
        "/desk/networks/lighthouse-ring/: contacts and gaps of its members; propose a change",
    ),
)  # fmt: skip
