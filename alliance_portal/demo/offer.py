"""What the page on membership says in the demonstration: benefits by area, and the terms of each category.

The three areas and what stands in the first lines of each are documented; the terms are invented.
"""

from members.models import Benefit, Category

POLICY, NETWORKING, FUNDING = Benefit.Area

# Area, title, text; in the order of the page.
BENEFITS = (
    (
        POLICY,
        "Laws while they are written.",
        "Word of what is under discussion in Brussels, early enough to answer.",
    ),
    (
        POLICY,
        "A say in what we say.",
        "Working groups draft the positions; every member may put experts into them.",
    ),
    (
        POLICY,
        "Standards.",
        "News of technical standards, and seats for experts where they are made.",
    ),
    (
        NETWORKING,
        "Meetings.",
        "Invitations to events, workshops and training, and to the General Assembly.",
    ),
    (
        NETWORKING,
        "Peers in other countries.",
        "Associations with the same questions, with a name to write to.",
    ),
    (FUNDING, "Calls that fit.", "A choice of funding calls, in plain words, with who may apply."),
    (
        FUNDING,
        "Partners for a consortium.",
        "Groups bring members together who look for the same call.",
    ),
)

# Category → what it means, and what it takes.
TERMS = {
    Category.FULL: (
        (
            "A member without an agreed end, with a vote in the General Assembly. Regional bodies may be "
            "full members too."
        ),
        """
<ul><li>You speak for small digital firms, and firms choose who leads you.</li>
<li>Your statutes, and how many firms you stand for and since when.</li>
<li>The board decides at its next meeting; this takes two months at the most.</li></ul>
""",
    ),
    Category.SPONSORED: (
        (
            "A member for a set time, one year as a rule, paid for by a sponsor who is named. It may go on "
            "as full membership."
        ),
        """
<ul><li>The same as for a full member.</li>
<li>A sponsor; if you have none, say so and we look for one with you.</li></ul>
""",
    ),
    Category.REGIONAL: (
        "A member for one region of a country. The region stands beside its name.",
        "<ul><li>The same as for a full member, for your region.</li></ul>",
    ),
}
