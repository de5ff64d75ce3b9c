"""The vocabulary of the working groups. Every question in time takes a day."""

import datetime

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Case, Exists, ExpressionWrapper, F, OuterRef, Q, When
from django.utils import timezone

from publishing.querysets import PublicationQuerySet
from record.days import today, year_bounds
from record.periods import PeriodQuerySet

LEADING = ("chair", "vice_chair", "secretary")


def _roles(user, *names: str):
    return apps.get_model("working_groups", "Role").objects.filter(
        group=OuterRef("pk"), person__user=user, name__in=names or LEADING
    )


class WorkingGroupQuerySet(models.QuerySet):
    def open(self):
        return self.exclude(status="closed")

    def joinable(self):
        """Those that take in who asks: the active ones."""
        return self.filter(status="active")

    def chaired_by(self, user, day: datetime.date | None = None):
        """Those whose chair this account is on that day."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Exists(_roles(user, "chair").on(day)))

    def led_by(self, user, day: datetime.date | None = None):
        """Those in which this account is chair, vice-chair or secretary on that day."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Exists(_roles(user).on(day)))

    def chaired_in_year_by(self, user, year: int):
        """Those whose chair this account has been on any day of the year, also if no longer."""
        if not user.is_authenticated:
            return self.none()
        served = _roles(user, "chair").filter(during__startswith__lte=today())
        return self.filter(Exists(served.in_year(year)))

    def for_desk(self, user):
        """Those that this account leads today or ever chaired: what the desk lists."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Exists(_roles(user).on()) | Exists(_roles(user, "chair"))).order_by(
            "name"
        )


class RoleQuerySet(PeriodQuerySet):
    def chairs(self):
        return self.filter(name="chair")

    def with_people(self):
        return self.select_related("person", "group")


class ActivityQuerySet(models.QuerySet):
    def public(self):
        """Those that anybody may see: what every public page, feed and search starts from."""
        return self.filter(audience="public")

    def visible_to(self, user):
        """The public ones; those for members and groups, to people of a member and of the group."""
        if not user.is_authenticated:
            return self.public()
        return self.filter(_readable_by(user))

    def with_minutes_for(self, user):
        """Annotate `shows_minutes`: there are some, and this account may read them."""
        readable = ~Q(minutes="") & _readable_by(user, "minutes_audience")
        return self.annotate(
            shows_minutes=ExpressionWrapper(readable, output_field=models.BooleanField())
        )

    def with_last_day(self):
        """Annotate `until`: the last day as known; of a month or a year it is its last day."""
        return self.annotate(
            until=Case(
                When(ends_on__isnull=False, then=F("ends_on")),
                When(starts_precision="month", then=_last_day_of(F("starts_on"), "1 month")),
                When(starts_precision="year", then=_last_day_of(F("starts_on"), "1 year")),
                default=F("starts_on"),
            )
        )

    def coming(self, day: datetime.date | None = None):
        """Those not over on that day, next first."""
        return (
            self.with_last_day()
            .filter(until__gte=day or today())
            .order_by("starts_on", "start_time", "pk")
        )

    def past(self, day: datetime.date | None = None):
        return (
            self.with_last_day()
            .filter(until__lt=day or today())
            .order_by("-starts_on", "-start_time", "-pk")
        )

    def in_year(self, year: int):
        """Those that begin in the year, by the site's calendar."""
        first, after = year_bounds(year)
        return self.filter(starts_on__gte=first, starts_on__lt=after)

    def for_list(self):
        return self.select_related("group").defer("description", "minutes", "search")

    def for_calendar_of(self, user):
        """What somebody's own calendar shows: all that is public or for their eyes, of their groups
        and of the network itself.
        """
        return self.visible_to(user).filter(Q(group=None) | Q(group__in=groups_of(user)))

    def on_calendars(self):
        """Those that a calendar can show: whose day or month is known."""
        return self.exclude(starts_precision="year")


class DocumentQuerySet(models.QuerySet):
    def public(self):
        """Those that anybody may read; what belongs to an activity is never seen by more than it."""
        return self.filter(audience="public").filter(
            Q(activity=None) | Q(activity__audience="public")
        )

    def visible_to(self, user):
        """The public ones, those for members and groups, and of these only what goes with an
        activity that this account may see.
        """
        if not user.is_authenticated:
            return self.public()
        activities = apps.get_model("working_groups", "Activity").objects.visible_to(user)
        return self.filter(_readable_by(user)).filter(Q(activity=None) | Q(activity__in=activities))


class JoinRequestQuerySet(models.QuerySet):
    def open(self):
        """Those that wait for a decision, the oldest first."""
        return self.filter(state="open").order_by("asked_at", "pk")


class MailChoiceQuerySet(models.QuerySet):
    def of(self, user):
        return self.filter(user=user)

    def recipients(self, group, what: str, day: datetime.date | None = None):
        """Return the accounts that get a kind of mail from a group: who leads it gets its requests
        unless they said no; everybody of the group gets the others if they said yes.
        """
        mine = self.filter(group=group, what=what, user=OuterRef("pk"))
        if what in self.model.UNASKED:
            return leaders_of(group, day).filter(~Exists(mine.filter(wanted=False)))
        return people_of(group, day).filter(Exists(mine.filter(wanted=True)))


class CalendarAddressQuerySet(models.QuerySet):
    def of_token(self, token: str):
        """Return the address that a secret belongs to, or None: unknown, renewed, or nobody's now."""
        number = token.partition("-")[0]
        if not (number.isascii() and number.isdecimal() and len(number) < 18):
            return None
        found = self.filter(user=int(number), user__is_active=True).select_related("user").first()
        return found if found and found.is_token(token) else None


class GuestAppearanceQuerySet(models.QuerySet):
    def in_year(self, year: int):
        first, after = year_bounds(year)
        return self.filter(day_on__gte=first, day_on__lt=after)

    def of_group(self, group):
        return self.filter(Q(group=group) | Q(activity__group=group))


class OverviewQuerySet(PublicationQuerySet):
    def for_page(self):
        return self.select_related("group", "author")

    def writable_by(self, user, day: datetime.date | None = None):
        """Those that this account may edit on that day; see permissions.py for the rule in words."""
        if not user.is_authenticated:
            return self.none()
        role = apps.get_model("working_groups", "Role").objects
        leading = role.filter(group=OuterRef("group"), person__user=user, name__in=LEADING).on(day)
        served = role.filter(
            group=OuterRef("group"),
            person__user=user,
            name="chair",
            during__startswith__lte=day or today(),
            during__startswith__lt=_new_year_after(OuterRef("year")),
        ).filter(Q(during__upper_inf=True) | Q(during__endswith__gt=_new_year(OuterRef("year"))))
        unpublished = ~Q(state="published") | Q(visible_from__gt=timezone.now())
        return self.filter(Exists(leading) | (Exists(served) & unpublished & ~Q(state="withdrawn")))


def _last_day_of(first_day, length: str):
    """The last day of what begins on a day and lasts so long: '1 month'."""
    return models.Func(
        first_day,
        template=f"(%(expressions)s + interval '{length}' - interval '1 day')::date",
        output_field=models.DateField(),
    )


def _new_year(year):
    return models.Func(year, 1, 1, function="make_date", output_field=models.DateField())


def _new_year_after(year):
    return models.Func(
        models.ExpressionWrapper(year + 1, models.IntegerField()),
        1,
        1,
        function="make_date",
        output_field=models.DateField(),
    )


def groups_of(user, day: datetime.date | None = None):
    """Groups whose own pages this account may see: it leads them, is an expert, or represents one."""
    group = apps.get_model("working_groups", "WorkingGroup").objects
    participation = apps.get_model("working_groups", "Participation").objects
    expert = apps.get_model("working_groups", "Expert").objects
    represented = apps.get_model("members", "Organisation").objects.represented_by(user, day)
    return group.filter(
        Exists(_roles(user).on(day))
        | Exists(participation.on(day).filter(group=OuterRef("pk"), organisation__in=represented))
        | Exists(expert.on(day).filter(participation__group=OuterRef("pk"), person__user=user))
    )


def _readable_by(user, audience: str = "audience") -> Q:
    """Whether the audience of a row of a group (in that column) takes this account in."""
    if not user.is_authenticated:
        return Q(**{audience: "public"})
    return (
        Q(**{audience: "public"})
        | (Q(**{audience: "members"}) & _is_of_a_member(user))
        | Q(**{audience: "group", "group__in": groups_of(user)})
    )


def _is_of_a_member(user, day: datetime.date | None = None) -> Q:
    organisations = apps.get_model("members", "Organisation").objects
    members = organisations.members_on(day).represented_by(user, day)
    return Q(Exists(members)) | Q(Exists(groups_of(user, day)))


def people_of(group, day: datetime.date | None = None):
    """Accounts of those who lead a group, are sent to it or act for who takes part, on that day."""
    user = get_user_model().objects
    role = apps.get_model("working_groups", "Role").objects
    expert = apps.get_model("working_groups", "Expert").objects
    participation = apps.get_model("working_groups", "Participation").objects
    representation = apps.get_model("members", "Representation").objects
    in_group = participation.on(day).filter(group=group).values("organisation")
    return user.filter(is_active=True).filter(
        Exists(role.on(day).filter(group=group, person__user=OuterRef("pk"), name__in=LEADING))
        | Exists(expert.on(day).filter(participation__group=group, person__user=OuterRef("pk")))
        | Exists(
            representation.on(day).filter(person__user=OuterRef("pk"), organisation__in=in_group)
        )
    )


def leaders_of(group, day: datetime.date | None = None):
    """Accounts of those who are chair, vice-chair or secretary of a group on that day."""
    role = apps.get_model("working_groups", "Role").objects.on(day)
    return get_user_model().objects.filter(
        Exists(role.filter(group=group, person__user=OuterRef("pk"), name__in=LEADING)),
        is_active=True,
    )
