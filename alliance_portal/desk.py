"""/desk/: where somebody who signs in lands, with what waits for them and nothing else."""

from dataclasses import dataclass, field

from django.db.models import Count, Prefetch, Q
from django.http import JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.door import desk_page
from accounts.permissions import may_enter_admin
from members.completeness import confirmed_in_words, is_to_be_confirmed, missing
from members.models import Network, Organisation, ProfileChange
from news.models import Contribution
from publishing.admin import admin_address
from publishing.models import Kind, Publication, State
from record.days import today, year_bounds
from record.fetching import for_page
from record.forms import read_back
from working_groups.models import Activity, Overview, Participation, Role, WorkingGroup
from working_groups.querysets import LEADING, groups_of
from working_groups.waiting import Gap, standing_of


@desk_page
def desk(request):
    """Show my groups, the overviews that I may write, my organisations and my drafts."""
    groups, organisations = my_groups(request.user), my_organisations(request.user)
    context = {
        "greeting": greeting(request.user),
        "groups": groups,
        "belongs_to": belongs_to(request.user, groups),
        "tasks": [task for one in groups for task in one.tasks],
        "organisations": organisations,
        "proposed": any(one.proposed for one in organisations),
        "to_be_confirmed": any(one.to_be_confirmed for one in organisations),
        "networks": for_page(Network.objects.coordinated_by(request.user).order_by("name")),
        "drafts": my_drafts(request.user),
        "may_enter_admin": may_enter_admin(request.user),
        "office": [(_("Write to the office"), reverse("contact"))],
    }
    return render(request, "desk/start.html", context)


@desk_page
def read_date(request):
    """Answer `?typed=…` with how the forms understand it: '' where the text says it already."""
    return JsonResponse({"read": read_back(request.GET.get("typed", "")[:40])})


def greeting(user) -> str:
    """Return 'Good morning, Carla' by the site's clock."""
    hour = timezone.localtime(timezone=timezone.get_default_timezone()).hour
    name = user.get_short_name() if user.name else ""
    if hour < 12:
        return _("Good morning, %(name)s") % {"name": name} if name else _("Good morning")
    if hour < 18:
        return _("Good afternoon, %(name)s") % {"name": name} if name else _("Good afternoon")
    return _("Good evening, %(name)s") % {"name": name} if name else _("Good evening")


@dataclass(frozen=True)
class Task:
    """An overview that waits to be written: of a group, for a year; is something on record for it?"""

    group: WorkingGroup
    year: int
    overview: Overview | None
    has_facts: bool = False


@dataclass
class MyGroup:
    """A group on somebody's desk: what they are in it, and what it did this year."""

    group: WorkingGroup
    roles: list[Role]
    leads: bool
    year: int
    overview: Overview | None = None
    joined: int = 0
    activities: int = 0
    contributions: int = 0
    gaps: list[Gap] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)


def my_groups(user) -> list[MyGroup]:
    """Return the groups that this account leads, and those it chaired with a year to finish.

    Nine queries, whatever their number.
    """
    groups = list(for_page(WorkingGroup.objects.for_desk(user)))
    roles = _by_group(
        for_page(
            Role.objects.filter(person__user=user, name__in=LEADING, group__in=groups)
            .filter(during__startswith__lte=today())
            .oldest_first()
        )
    )
    overviews = {
        (one.group_id, one.year): one
        for one in for_page(
            Overview.objects.filter(group__in=groups)
            .with_written()
            .select_related("group")
            .defer("body", "outlook", "thanks", "frozen", "search")
        )
    }
    counts = _counts(groups, today().year)
    standing = standing_of(groups)
    found = []
    for group in groups:
        mine = roles.get(group.pk, [])
        row = MyGroup(group, mine, any(role.is_on() for role in mine), today().year)
        row.overview = overviews.get((group.pk, row.year))
        row.joined, row.activities, row.contributions = counts[group.pk]
        row.tasks = _tasks(row, overviews)
        row.gaps = standing[group.pk].gaps if row.leads else []
        if row.leads or row.tasks:
            found.append(row)
    return found


def _tasks(row, overviews) -> list[Task]:
    """Return the overviews that wait: who leads writes of this and the last year, who chaired once
    of each year in which they did.
    """
    years = {row.year, row.year - 1} if row.leads else set()
    if row.leads:
        years = {year for year in years if any(_served(role, year) for role in row.roles)}
    for role in row.roles:
        if role.name == Role.Name.CHAIR and role.has_ended():
            years |= set(range(role.starts_on.year, role.ends_on.year + 1))
    waiting = []
    for year in sorted(years, reverse=True):
        overview = overviews.get((row.group.pk, year))
        done = overview and (overview.is_out() or overview.state == State.WITHDRAWN)
        if not done:
            has_facts = year == row.year and any((row.joined, row.activities, row.contributions))
            waiting.append(Task(row.group, year, overview, has_facts))
    return waiting


def _served(role, year) -> bool:
    first, after = year_bounds(year)
    return role.during.lower < after and (role.during.upper is None or role.during.upper > first)


def _counts(groups, year) -> dict[int, tuple[int, int, int]]:
    """Return for each group how many joined, what it did and what it contributed to this year."""
    first, after = year_bounds(year)
    in_year = Q(year=year) | Q(
        year=None, position__sort_day__gte=first, position__sort_day__lt=after
    )
    out = Q(position__in=Publication.objects.public().of_kind(Kind.POSITION))
    questions = [
        Participation.objects.starting_in(year).filter(during__startswith__lte=today()),
        Activity.objects.public().in_year(year).filter(starts_on__lte=today(), called_off=False),
        Contribution.objects.filter(in_year & out),
    ]
    answers = [
        dict(
            rows.filter(group__in=groups)
            .order_by()
            .values_list("group")
            .annotate(number=Count("pk"))
        )
        for rows in questions
    ]
    return {group.pk: tuple(answer.get(group.pk, 0) for answer in answers) for group in groups}


def _by_group(roles) -> dict[int, list[Role]]:
    found: dict[int, list[Role]] = {}
    for role in roles:
        found.setdefault(role.group_id, []).append(role)
    return found


def belongs_to(user, led: list[MyGroup]):
    """Return the groups that this account is of without leading them: it reads what they read."""
    others = groups_of(user).exclude(pk__in=[row.group.pk for row in led if row.leads])
    return for_page(others.defer("scope", "search").order_by("name"))


@dataclass(frozen=True)
class MyOrganisation:
    """An organisation on somebody's desk: what its profile lacks, and what waits for a word."""

    organisation: Organisation
    missing: list[str]
    confirmed: str
    to_be_confirmed: bool
    proposed: list[ProfileChange]  # by the coordinator of a network: agree or decline
    waiting: list[ProfileChange]  # its own, for the office


def my_organisations(user) -> list[MyOrganisation]:
    """Return the organisations that this account acts for; three queries, whatever their number."""
    rows = Organisation.objects.represented_by(user).with_memberships().with_missing()
    changes = ProfileChange.objects.waiting().select_related("for_network").oldest_first()
    rows = rows.prefetch_related(Prefetch("profile_changes", changes, to_attr="changes_waiting"))
    found = []
    for one in for_page(rows.defer("search").order_by("sort_name")):
        waiting = one.changes_waiting
        proposed = [row for row in waiting if row.for_network_id and not row.agreed_by_id]
        found.append(
            MyOrganisation(
                one,
                missing(one),
                confirmed_in_words(one),
                is_to_be_confirmed(one),
                proposed,
                [row for row in waiting if row not in proposed],
            )
        )
    return found


def my_drafts(user) -> list[tuple[Publication, str]]:
    """Return what this account is writing besides overviews, with where it goes on; staff only."""
    if not may_enter_admin(user):
        return []
    drafts = Publication.objects.drafts().filter(author=user).exclude(kind=Kind.OVERVIEW)
    rows = for_page(drafts.defer("body", "search").order_by("-updated_at")[:12])
    return [(draft, admin_address(draft)) for draft in rows]
