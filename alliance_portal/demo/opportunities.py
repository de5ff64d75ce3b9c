"""Funding calls and consultations, all invented: two near, one later, two past with what came of them."""

import datetime
from dataclasses import dataclass

from alliance_portal.demo.calendar import Calendar
from alliance_portal.demo.shapes import INVENTED


@dataclass(frozen=True)
class Call:
    slug: str
    kind: str
    title: str
    summary: str
    who: str
    source: str
    deadline: datetime.datetime
    topics: tuple[str, ...]
    came_of_it: tuple[str, ...] = ()


def opportunities(when: Calendar) -> list[Call]:
    return [
        Call(
            slug="export-vouchers", kind="call", title="Vouchers for a first export",
            summary=f"Up to 4,000 euros for a small firm that sells to another country for the first "
            f"time. {INVENTED}",
            who="Firms of up to 50 people, through their association", source="Polaris Fund",
            deadline=when.moment(when.workday(12), 17), topics=("funding", "markets-and-platforms"),
        ),
        Call(
            slug="consultation-open-interfaces", kind="consultation",
            title="How long must an interface stay open?",
            summary=f"Questions on the notice that sellers of programs give before they close one. "
            f"{INVENTED}",
            who="Everybody; associations for their members", source="Office for Fair Interfaces",
            deadline=when.moment(when.workday(33), 12), topics=("data", "standards"),
        ),
        Call(
            slug="hubs-that-teach", kind="call", title="Hubs that teach their neighbours",
            summary=f"Money for two years in which an innovation hub shows three others how it works. "
            f"{INVENTED}",
            who="Innovation hubs and clusters, three from two countries at least",
            source="Lighthouse Programme", deadline=when.moment(when.workday(75), 17),
            topics=("funding", "innovation-hubs"),
        ),
        Call(
            slug="consultation-small-lots", kind="consultation",
            title="Consultation on the Small Lots Directive",
            summary=f"Whether public contracts should be cut into parts, and how large a guarantee may "
            f"be. {INVENTED}",
            who="Everybody", source="Directorate for Public Buying",
            deadline=when.moment(when.workday(-64), 23), topics=("public-buying",),
        ),
        Call(
            slug="meters-for-programs", kind="call", title="Meters for programs",
            summary=f"A prize for a way to measure the power that a program needs. {INVENTED}",
            who="Teams of two firms or more", source="Green Code Prize",
            deadline=when.moment(when.workday(-140), 17), topics=("sustainability", "funding"),
            came_of_it=("what-a-program-uses",),
        ),
    ]  # fmt: skip
