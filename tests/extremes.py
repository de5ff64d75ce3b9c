"""Portals that are empty, tiny or huge, with the addresses that show it: what every page must bear.

Each function makes its portal in the database and returns addresses.
"""

from tests import builders, crowd

LISTS = [
    "/", "/about/", "/membership/", "/members/", "/members/?view=cards", "/members/?view=table",
    "/members/?view=map", "/members/networks/", "/members/sponsors/", "/working-groups/",
    "/activities/", "/news/", "/policy/", "/search/", "/search/?q=nothing", "/contact/",
]  # fmt: skip
WITHOUT_SPACES = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"


def nothing() -> list[str]:
    """A portal on its first day."""
    return LISTS


def one_member() -> list[str]:
    """One member, without logo, town and text; one group without chair; one text of each kind."""
    member = builders.member("Only One", country="LV")
    group = builders.group("Alone")
    overview = builders.overview(group, 2025, "A year without a record")
    post = builders.post("The first post", undated=True, printed=None)
    position = builders.position("The first position")
    activity = builders.activity("The first meeting", "2025")
    shown = (member, group, overview, post, position, activity)
    return [*LISTS, *(one.get_absolute_url() for one in shown)]


def many() -> list[str]:
    """500 members, and names, titles and texts that do not break."""
    made = crowd.network_of(500)
    member = builders.member(WITHOUT_SPACES, city=WITHOUT_SPACES[:80], summary=WITHOUT_SPACES)
    builders.participation(member, made["group"])
    builders.place(made["network"], member)
    person = builders.person(WITHOUT_SPACES)
    builders.affiliation(person, member, WITHOUT_SPACES)
    builders.role(person, made["group"], "vice_chair")
    post = builders.post(WITHOUT_SPACES, lead=WITHOUT_SPACES, prominence="lead", language="de")
    post.organisations.add(member)
    builders.post(f"Two {WITHOUT_SPACES}", prominence="brief")
    position = builders.position(f"Three {WITHOUT_SPACES}", lead=WITHOUT_SPACES)
    activity = builders.activity(WITHOUT_SPACES, "2199-05-05", place=WITHOUT_SPACES)
    countries = "&".join(f"country={code}" for code in (*crowd.COUNTRIES, "AT", "BG", "CY", "CZ"))
    groups = "&".join(f"group=group-{number:03}" for number in range(8))
    shown = (member, post, position, activity, made["group"], made["network"], made["overview"])
    return [
        *LISTS,
        "/members/?page=21",
        f"/members/?{countries}&{groups}",  # 24 filters
        f"/members/?q={WITHOUT_SPACES}",
        f"/search/?q={WITHOUT_SPACES[:60]}",
        *(one.get_absolute_url() for one in shown),
    ]


PORTALS = [nothing, one_member, many]
