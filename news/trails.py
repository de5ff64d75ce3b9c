"""From consultation to position to outcome: the trail of a policy file, of a group and of a year."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import Case, IntegerField, Max, Prefetch, QuerySet, Value, When, Window

from news.models import Contribution, PolicyFile, Position
from publishing.models import Attachment
from record.fetching import for_page


@dataclass(frozen=True)
class FileTrail:
    """A policy file with its positions on a page; `file` is None for those that speak to none."""

    file: PolicyFile | None
    positions: list[Position]

    @property
    def years(self) -> str:
        """Return the years behind these positions: '2021', '2021 to 2026', '' for none."""
        years = sorted({year for position in self.positions for year in years_of(position)})
        return " \u2013 ".join(str(year) for year in dict.fromkeys([*years[:1], *years[-1:]]))


def by_file(positions: QuerySet) -> QuerySet:
    """Order positions by their policy file: the file of the newest first, those without at the end."""
    return positions.annotate(
        without_file=Case(
            When(policy_file=None, then=Value(1)), default=Value(0), output_field=IntegerField()
        ),
        newest_of_file=Window(Max("sort_day"), partition_by="policy_file"),
    ).order_by("without_file", "-newest_of_file", "policy_file", "-sort_day", "-pk")


def with_steps(positions: QuerySet) -> QuerySet:
    """Load with positions the consultation, the groups and the documents of their trail."""
    documents = Attachment.objects.order_by("order", "pk")
    return for_page(
        positions.select_related("policy_file", "answers")
        .prefetch_related(contributions(), Prefetch("attachments", for_page(documents)))
        .defer("body", "search", "answers__search")
    )


def contributions() -> Prefetch:
    rows = Contribution.objects.select_related("group").defer("group__scope", "group__search")
    return Prefetch("contributions", for_page(rows.order_by("-led", "group__name")))


def files_of(page) -> list[FileTrail]:
    """Return the positions of a page in the order of `by_file`, put together by their file."""
    return [
        FileTrail(rows[0].policy_file, rows)
        for rows in (list(rows) for _key, rows in groupby(page, lambda one: one.policy_file_id))
    ]


def years_of(position: Position) -> set[int]:
    """Return the years in which something of a position's trail happened."""
    days = [
        position.answers and position.answers.deadline,
        position.adopted_on,
        position.sort_day,
        position.outcome_on,
    ]
    parts = {part.year for part in position.contributions.all() if part.year}
    return parts | {day.year for day in days if day}
