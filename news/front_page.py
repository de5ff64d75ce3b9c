"""The news of the home page, by weight: one lead story, two beside it, and the rest in brief."""

import datetime
from dataclasses import dataclass, field

from publishing.models import Kind, Prominence, Publication
from record.fetching import for_page

KINDS = (Kind.NEWS, Kind.ANNOUNCEMENT, Kind.REPORT, Kind.PRESS, Kind.OVERVIEW)
LEADS_FOR = datetime.timedelta(days=60)  # so that nobody has to take an old lead story down
BESIDE, IN_BRIEF = 2, 4


@dataclass(frozen=True)
class FrontPage:
    """What readers meet first. Without news `lead` is None and the lists are empty."""

    lead: Publication | None = None
    beside: list[Publication] = field(default_factory=list)
    in_brief: list[Publication] = field(default_factory=list)

    def __bool__(self):
        return self.lead is not None


def front_page(day: datetime.date) -> FrontPage:
    """Return the public news of a day by their weight; one query.

    The lead is the newest lead story whose sort day lies in the last 60 days, else the newest text
    that is more than a brief, else the newest. Each text stands once, newest first in its part.
    """
    public = Publication.objects.public().of_kind(*KINDS)
    newest = public.newest_first().values("pk")[: 1 + BESIDE + IN_BRIEF]
    leads = public.filter(prominence=Prominence.LEAD, sort_day__gt=day - LEADS_FOR)
    wanted = newest.union(leads.newest_first().values("pk")[:1])
    texts = list(for_page(Publication.objects.filter(pk__in=wanted).for_list()))
    if not texts:
        return FrontPage()
    lead = next(
        (
            one
            for one in texts
            if one.prominence == Prominence.LEAD and one.sort_day > day - LEADS_FOR
        ),
        next((one for one in texts if one.prominence != Prominence.BRIEF), texts[0]),
    )
    others = [one for one in texts if one is not lead]
    beside = [one for one in others if one.prominence != Prominence.BRIEF][:BESIDE]
    return FrontPage(lead, beside, [one for one in others if one not in beside][:IN_BRIEF])
