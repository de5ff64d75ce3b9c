"""Working groups: who leads them, who takes part, what they did, and each year's overview."""

import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Person
from publishing.addresses import Addressed
from publishing.models import SEARCH_CONFIG, Audience, Kind, Publication
from publishing.rich_text import RichTextField
from record.days import PartialDate, Precision
from record.history import Recorded
from record.periods import Period, no_overlap
from working_groups.querysets import (
    ActivityQuerySet,
    GuestAppearanceQuerySet,
    OverviewQuerySet,
    RoleQuerySet,
    WorkingGroupQuerySet,
)


class WorkingGroup(Addressed, Recorded):
    """A working group. What it may do is a fact of the group, not a rule in the code."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("active")
        DORMANT = "dormant", _("dormant")
        CLOSED = "closed", _("closed")

    name = models.CharField(_("name"), max_length=150, unique=True)
    short_code = models.CharField(_("short code"), max_length=20, unique=True)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    scope = RichTextField(_("scope"), blank=True)
    who_may_join = models.CharField(
        _("who may join"), max_length=300, blank=True,
        help_text=_("One sentence: members, invited experts, guests."),
    )  # fmt: skip
    status = models.CharField(_("status"), max_length=7, choices=Status, default=Status.ACTIVE)
    one_chair = models.BooleanField(
        _("one chair at a time"), default=True, help_text=_("Untick where two people may co-chair.")
    )
    deputies_may_publish = models.BooleanField(
        _("vice-chairs and secretaries may publish"), default=False,
        help_text=_("They may always write; publishing is the chair's unless this is ticked."),
    )  # fmt: skip
    search = models.GeneratedField(
        expression=SearchVector("name", "short_code", weight="A", config=SEARCH_CONFIG)
        + SearchVector("summary", weight="B", config=SEARCH_CONFIG)
        + SearchVector("scope", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = WorkingGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("working group")
        verbose_name_plural = _("working groups")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("working_groups:detail", args=[self.slug])

    def clean(self):
        """Say in a sentence what the exclusion constraint on chairs will refuse."""
        super().clean()
        if not (self.pk and self.one_chair):
            return
        chairs = list(self.roles.chairs().order_by("during__startswith"))
        for earlier, later in pairwise(chairs):
            if earlier.during.upper is None or later.starts_on < earlier.during.upper:
                raise ValidationError(
                    {"one_chair": _("Two chairs' periods overlap: end one of them first.")}
                )


class Strand(models.Model):
    """A strand of a group's work."""

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="strands")
    title = models.CharField(_("title"), max_length=150)
    description = models.CharField(_("description"), max_length=300, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("strand of work")
        verbose_name_plural = _("strands of work")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class Role(Period, Recorded):
    """A person's dated role in a group. Rights follow it and end with it."""

    class Name(models.TextChoices):
        CHAIR = "chair", _("chair")
        VICE_CHAIR = "vice_chair", _("vice-chair")
        SECRETARY = "secretary", _("secretary")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="roles"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="roles"
    )
    name = models.CharField(_("role"), max_length=10, choices=Name, default=Name.CHAIR)
    # Copied from the group and held equal to it by a composite foreign key (migration 0002), so
    # that the exclusion constraint on chairs can read it.
    group_has_one_chair = models.BooleanField(default=True, editable=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["group", "name", "-during"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "working_groups_one_chair_at_a_time",
                _("The group has another chair during part of that time, and it has one chair."),
                "group",
                condition=Q(name="chair", group_has_one_chair=True),
            ),
            no_overlap(
                "working_groups_role_once",
                _("This person has this role in the group already during part of that time."),
                "group",
                "person",
                "name",
            ),
        ]

    def __str__(self):
        return f"{self.get_name_display().capitalize()}: {self.person}, {self.period_in_words()}"

    def _copy_flag(self):
        if self.group_id:
            self.group_has_one_chair = self.group.one_chair

    def clean(self):
        super().clean()
        self._copy_flag()

    def save(self, *args, **kwargs):
        self._copy_flag()
        super().save(*args, **kwargs)


class Participation(Period, Recorded):
    """An organisation's dated place in a group; it need not be a member of the network."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT,
        related_name="participations",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="participations",
    )  # fmt: skip
    printed_as = models.CharField(
        _("printed as"), max_length=200, blank=True, help_text=_("Where a text names it otherwise.")
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        ordering = ["group", "organisation__sort_name", "-during"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "working_groups_participation_once",
                _("This organisation takes part in the group already during part of that time."),
                "group",
                "organisation",
            ),
        ]

    def __str__(self):
        return f"{self.organisation}, {self.period_in_words()}"


class Expert(Period, Recorded):
    """A person whom an organisation sends to a group."""

    participation = models.ForeignKey(
        Participation, verbose_name=_("participation"), on_delete=models.CASCADE,
        related_name="experts",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="expert_places"
    )
    expertise = models.CharField(_("expertise"), max_length=200, blank=True)

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("expert")
        verbose_name_plural = _("experts")
        ordering = ["participation", "person__sort_name"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "working_groups_expert_once",
                _("This person is an expert here already during part of that time."),
                "participation",
                "person",
            ),
        ]

    def __str__(self):
        return str(self.person)


class Activity(Addressed, Recorded):
    """A dated thing that a group, or the network itself, did or will do."""

    class Kind(models.TextChoices):
        MEETING = "meeting", _("meeting")
        ASSEMBLY = "assembly", _("General Assembly")
        MATCHMAKING = "matchmaking", _("matchmaking event")
        WORKSHOP = "workshop", _("workshop")
        CONSULTATION = "consultation", _("consultation talk")
        EVENT = "event", _("event")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="activities", help_text=_("Empty for an activity of the network itself."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.MEETING)
    title = models.CharField(_("title"), max_length=200)
    summary = models.CharField(_("summary"), max_length=300, blank=True)
    description = RichTextField(_("description"), blank=True)
    starts_on = models.DateField(_("first day"), editable=False)
    starts_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, editable=False
    )
    starts_qualifier = models.CharField(
        _("words before the day"), max_length=40, blank=True, help_text=_("As printed: 'early'.")
    )
    ends_on = models.DateField(
        _("last day"), null=True, blank=True, help_text=_("Only where it takes several days.")
    )
    start_time = models.TimeField(_("starts at"), null=True, blank=True)
    end_time = models.TimeField(
        _("ends at"), null=True, blank=True,
        help_text=_("On the last day; without a last day, and earlier than the start: after midnight."),
    )  # fmt: skip
    time_zone = models.CharField(
        _("time zone"), max_length=40, blank=True, help_text=_("Empty for the site's time zone.")
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    online_link = models.URLField(_("online link"), blank=True)
    in_person = models.BooleanField(_("in person"), default=False)
    audience = models.CharField(
        _("who may see it"), max_length=7, choices=Audience, default=Audience.PUBLIC
    )
    guests_complete = models.BooleanField(
        _("list of guests is complete"), default=True,
        help_text=_("Untick to print that there were others."),
    )  # fmt: skip
    minutes = RichTextField(_("minutes"), blank=True, help_text=_("For the group only."))
    helped_by = models.ManyToManyField(
        Organisation, verbose_name=_("who helped"), blank=True, related_name="activities_helped"
    )
    called_off = models.BooleanField(_("called off"), default=False)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("summary", "place", weight="B", config=SEARCH_CONFIG)
        + SearchVector("description", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_on", "-start_time", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="working_groups_activity_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day must not lie before the first."),
            ),
            models.CheckConstraint(
                name="working_groups_activity_time_needs_day",
                condition=Q(start_time=None, end_time=None)
                | Q(starts_precision=Precision.DAY, start_time__isnull=False),
                violation_error_message=_("A time needs an exact day, and an end needs a start."),
            ),
            models.CheckConstraint(
                name="working_groups_group_audience_needs_group",
                condition=~Q(audience=Audience.GROUP) | Q(group__isnull=False),
                violation_error_message=_("Say which group may see it."),
            ),
        ]
        indexes = [models.Index(fields=["starts_on"], name="working_groups_activity_day")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("activities:detail", args=[self.slug])

    def clean(self):
        super().clean()
        if self.time_zone:
            try:
                ZoneInfo(self.time_zone)
            except (KeyError, ValueError):
                raise ValidationError(
                    {"time_zone": _("Write a time zone as Europe/Brussels or Asia/Tbilisi.")}
                ) from None

    @property
    def day(self) -> PartialDate:
        return PartialDate(self.starts_on, Precision(self.starts_precision))

    @day.setter
    def day(self, value: PartialDate):
        self.starts_on, self.starts_precision = value.first_day, value.precision

    @property
    def zone(self) -> datetime.tzinfo:
        return ZoneInfo(self.time_zone) if self.time_zone else timezone.get_default_timezone()

    @property
    def last_day(self) -> datetime.date:
        return self.ends_on or self.day.last_day

    @property
    def starts_at(self) -> datetime.datetime | None:
        """The instant it starts, in its own time zone; None where no time is on record."""
        if self.start_time is None:
            return None
        return datetime.datetime.combine(self.starts_on, self.start_time, self.zone)

    @property
    def ends_at(self) -> datetime.datetime | None:
        if self.end_time is None:
            return None
        day = self.ends_on or self.starts_on
        if not self.ends_on and self.end_time <= self.start_time:
            day += datetime.timedelta(days=1)
        return datetime.datetime.combine(day, self.end_time, self.zone)

    def day_in_words(self) -> str:
        """Return 'early October 2021', '3 to 5 May 2026', '30 April to 2 May 2026' or '14 April 2022'."""
        start = f"{self.starts_qualifier} {self.day}".strip()
        if self.ends_on and self.ends_on != self.starts_on:
            if (self.ends_on.year, self.ends_on.month) == (
                self.starts_on.year,
                self.starts_on.month,
            ):
                start = f"{self.starts_qualifier} {self.starts_on.day}".strip()
            return str(
                _("%(start)s to %(end)s") % {"start": start, "end": PartialDate(self.ends_on)}
            )
        return start


class GuestAppearance(Recorded):
    """A guest of a group: a person, an organisation, or a person of one; at an activity or not."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="guests",
    )  # fmt: skip
    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="guests",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True,
        blank=True, related_name="guest_appearances",
    )  # fmt: skip
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="guest_appearances",
    )  # fmt: skip
    printed_as = models.CharField(_("printed as"), max_length=200, blank=True)
    day_on = models.DateField(_("day"), editable=False)
    day_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, editable=False
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = GuestAppearanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["day_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="working_groups_guest_is_somebody",
                condition=Q(organisation__isnull=False) | Q(person__isnull=False),
                violation_error_message=_("Say which organisation or person was the guest."),
            ),
            models.CheckConstraint(
                name="working_groups_guest_was_somewhere",
                condition=Q(group__isnull=False) | Q(activity__isnull=False),
                violation_error_message=_("Say of which group or activity this was a guest."),
            ),
        ]

    def __str__(self):
        return self.printed_as or str(self.organisation or self.person)

    @property
    def day(self) -> PartialDate:
        return PartialDate(self.day_on, Precision(self.day_precision))

    @day.setter
    def day(self, value: PartialDate):
        self.day_on, self.day_precision = value.first_day, value.precision


class Initiative(Period, Recorded):
    """A longer-running project or piece of work of a group."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="initiatives"
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True)
    website = models.URLField(_("website"), blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")
        ordering = ["-during", "pk"]
        constraints = [*Period.Meta.constraints]

    def __str__(self):
        return self.title


class Overview(Publication):
    """One group's account of one year, by its chair.

    `body` is the story. The record as shown is frozen with it when it is published or scheduled:
    structured data with a schema version, drawn by today's template.
    """

    KINDS = (Kind.OVERVIEW,)
    ADDRESS_NEEDS = ("overview", "overview__group")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="overviews"
    )
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1990), MaxValueValidator(2199)]
    )
    outlook = RichTextField(_("outlook"), blank=True)
    thanks = RichTextField(_("thanks"), blank=True)
    record_incomplete = models.JSONField(
        _("lists that are not complete"), default=list, blank=True,
        help_text=_("Which lists of the record say that there were others."),
    )  # fmt: skip
    frozen = models.JSONField(_("record as published"), null=True, blank=True, editable=False)
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True, editable=False)

    objects = OverviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("yearly overview")
        verbose_name_plural = _("yearly overviews")
        ordering = ["-year", "group__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "year"],
                name="working_groups_one_overview_a_year",
                violation_error_message=_("The group has an overview of that year already."),
            ),
            models.CheckConstraint(
                name="working_groups_overview_year_real",
                condition=Q(year__gte=1990, year__lt=2200),
                violation_error_message=_("Write a year between 1990 and 2199."),
            ),
            models.CheckConstraint(
                name="working_groups_frozen_has_a_day",
                condition=Q(frozen__isnull=True, frozen_at=None)
                | Q(frozen__isnull=False, frozen_at__isnull=False),
                violation_error_message=_("A frozen record has the time it was frozen."),
            ),
        ]

    def __str__(self):
        return self.title or str(_("Overview %(year)s") % {"year": self.year})

    def save(self, *args, **kwargs):
        self.kind = Kind.OVERVIEW
        self.slug = self.slug or f"{self.group.slug[:60]}-overview-{self.year}"
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("working_groups:overview", args=[self.group.slug, self.year])


class JoinRequest(Recorded):
    """A request to take part in a group, by a represented organisation or by form."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT,
        related_name="join_requests",
    )  # fmt: skip
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT, null=True,
        blank=True, related_name="join_requests",
    )  # fmt: skip
    organisation_name = models.CharField(_("name of the organisation"), max_length=200, blank=True)
    expert_name = models.CharField(_("expert"), max_length=150, blank=True)
    contact_name = models.CharField(_("name"), max_length=150)
    contact_email = models.EmailField(_("mail address"))
    message = models.TextField(_("message"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.SET_NULL,
        null=True, blank=True, editable=False,
    )  # fmt: skip
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                name="working_groups_request_names_somebody",
                condition=Q(organisation__isnull=False) | ~Q(organisation_name=""),
                violation_error_message=_("Say which organisation wants to join."),
            ),
            models.CheckConstraint(
                name="working_groups_decline_has_reason",
                condition=~Q(state="declined") | ~Q(reason=""),
                violation_error_message=_("A decline needs its reason."),
            ),
        ]

    def __str__(self):
        return str(self.organisation or self.organisation_name)
