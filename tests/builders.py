"""Small builders for tests: each makes one real thing with sensible facts, saved and valid."""

import datetime
from itertools import count

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.models import User
from members.models import (
    Affiliation,
    Membership,
    Network,
    NetworkCoordination,
    NetworkMember,
    Organisation,
    Person,
    Representation,
    ShowingBasis,
)
from news.models import Opportunity, Position, Post
from record.days import PartialDate
from record.names import slug_from
from working_groups import year_record
from working_groups.models import Activity, Overview, Participation, Role, WorkingGroup

numbers = count(1)


def days(text: str | None) -> PartialDate | None:
    """'2022-03' → March 2022; the builders take dates as people write them."""
    return PartialDate.parse(text) if text else None


def organisation(name: str = "", **facts) -> Organisation:
    name = name or f"Association {next(numbers)}"
    facts.setdefault("slug", slug_from(name))
    facts.setdefault("country", "BE")
    return Organisation.objects.create(name=name, **facts)


def membership(of=None, starts="2020-01-01", ends=None, category="full", **facts) -> Membership:
    row = Membership(organisation=of or organisation(), category=category, **facts)
    row.set_days(days(starts), days(ends))
    row.save()
    row.organisation.refresh_from_db()
    return row


def member(
    name: str = "", starts="2020-01-01", ends=None, category="full", **facts
) -> Organisation:
    """An organisation with one membership."""
    return membership(organisation(name, **facts), starts, ends, category).organisation


def network(name: str = "", **facts) -> Network:
    name = name or f"Network {next(numbers)}"
    return Network.objects.create(name=name, slug=slug_from(name), **facts)


def place(in_network, of, starts="2020-01-01", ends=None) -> NetworkMember:
    row = NetworkMember(network=in_network, organisation=of).set_days(days(starts), days(ends))
    row.save()
    return row


def coordination(in_network, of, starts="2020-01-01", ends=None) -> NetworkCoordination:
    row = NetworkCoordination(network=in_network, organisation=of)
    row.set_days(days(starts), days(ends)).save()
    return row


def person(name: str = "", *, shown: bool = True, user=None, **facts) -> Person:
    name = name or f"Person {next(numbers)}"
    made = Person.objects.create(name=name, slug=slug_from(name), user=user, **facts)
    if shown:
        ShowingBasis.objects.create(
            person=made, kind="public_role", since=datetime.date(2020, 1, 1), proof="test"
        )
    return made


def affiliation(of, at, function="Director", starts="2020-01-01", ends=None, **facts):
    row = Affiliation(person=of, organisation=at, function=function, **facts)
    row.set_days(days(starts), days(ends)).save()
    return row


def representation(of, acts_for, starts="2020-01-01", ends=None) -> Representation:
    row = Representation(person=of, organisation=acts_for)
    row.set_days(days(starts), days(ends)).save()
    return row


def user(email: str = "", *groups: str, password: str = "correct horse battery", **facts) -> User:
    made = User.objects.create_user(email or f"user{next(numbers)}@example.org", password, **facts)
    made.groups.set([Group.objects.get_or_create(name=name)[0] for name in groups])
    return made


def group(name: str = "", **facts) -> WorkingGroup:
    name = name or f"Group {next(numbers)}"
    facts.setdefault("short_code", f"WG {name}"[:20])
    return WorkingGroup.objects.create(name=name, slug=slug_from(name), **facts)


def role(of, in_group, name="chair", starts="2020-01-01", ends=None) -> Role:
    row = Role(person=of, group=in_group, name=name).set_days(days(starts), days(ends))
    row.save()
    return row


def participation(of, in_group, starts="2021-01-01", ends=None, **facts) -> Participation:
    row = Participation(organisation=of, group=in_group, **facts)
    row.set_days(days(starts), days(ends)).save()
    return row


def activity(title: str = "", day="2026-05-05", **facts) -> Activity:
    title = title or f"Activity {next(numbers)}"
    row = Activity(title=title, slug=slug_from(title), **facts)
    row.day = days(day)
    row.save()
    return row


def _published(facts: dict) -> dict:
    facts.setdefault("state", "published")
    if facts["state"] == "published":
        facts.setdefault("visible_from", timezone.now() - datetime.timedelta(days=1))
    return facts


def post(title: str = "", printed="2026-05-05", **facts) -> Post:
    """A published post, unless `state` or `visible_from` says otherwise."""
    title = title or f"Post {next(numbers)}"
    facts.setdefault("kind", "news")
    facts.setdefault("slug", slug_from(title))
    row = Post(title=title, **_published(facts))
    row.printed = days(printed)
    row.save()
    return row


def position(title: str = "", printed="2026-05-05", **facts) -> Position:
    title = title or f"Position {next(numbers)}"
    facts.setdefault("slug", slug_from(title))
    row = Position(title=title, **_published(facts))
    row.printed = days(printed)
    row.save()
    return row


def overview(of, year=2025, title: str = "", **facts) -> Overview:
    row = Overview(group=of, year=year, title=title or f"The year {year}", **_published(facts))
    row.save()
    return row


def frozen(row: Overview) -> Overview:
    """Freeze the record of an overview as it stands; its list of guests says that there were others."""
    row.frozen = year_record.assemble(row.group, row.year, ["guests"])
    row.frozen_at = timezone.now()
    row.save()
    return row


def opportunity(title: str = "", in_days: float = 30, **facts) -> Opportunity:
    """A funding call whose deadline is so many days from now, unless `deadline` says when."""
    title = title or f"Call {next(numbers)}"
    facts.setdefault("kind", "call")
    facts.setdefault("slug", slug_from(title))
    facts.setdefault("deadline", timezone.now() + datetime.timedelta(days=in_days))
    return Opportunity.objects.create(title=title, **facts)
