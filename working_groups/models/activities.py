"""What a group or the network did or will do, and who were its guests."""

import datetime
from zoneinfo import ZoneInfo

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Organisation, Person
from publishing.addresses import Addressed
from publishing.models import SEARCH_CONFIG, Audience
from publishing.rich_text import RichTextField
from record.days import PartialDate, Precision
from record.history import Recorded
from working_groups.models.groups import WorkingGroup
from working_groups.querysets import ActivityQuerySet, GuestAppearanceQuerySet


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
    minutes = RichTextField(_("minutes"), blank=True)
    minutes_audience = models.CharField(
        _("who may read the minutes"), max_length=7, choices=Audience, default=Audience.GROUP,
        help_text=_("Never more people than may see the activity itself."),
    )  # fmt: skip
    helped_by = models.ManyToManyField(
        Organisation, verbose_name=_("who helped"), blank=True, related_name="activities_helped"
    )
    called_off = models.BooleanField(_("called off"), default=False)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    # How often what a calendar shows was changed: calendars take the higher number.
    calendar_version = models.PositiveIntegerField(default=0, editable=False)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("summary", "place", weight="B", config=SEARCH_CONFIG)
        + SearchVector("description", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ActivityQuerySet.as_manager()

    IN_CALENDARS = (
        "title", "summary", "starts_on", "starts_precision", "ends_on", "start_time", "end_time",
        "time_zone", "place", "online_link", "called_off", "slug", "audience",
    )  # fmt: skip

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
            models.CheckConstraint(
                name="working_groups_group_minutes_need_group",
                condition=Q(minutes="")
                | ~Q(minutes_audience=Audience.GROUP)
                | Q(group__isnull=False),
                violation_error_message=_("Say who may read the minutes: it has no group."),
            ),
        ]
        indexes = [models.Index(fields=["starts_on"], name="working_groups_activity_day")]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        if self.pk and (
            before := Activity.objects.filter(pk=self.pk).values(*self.IN_CALENDARS).first()
        ):
            self.calendar_version += any(
                getattr(self, name) != value for name, value in before.items()
            )
        super().save(*args, **kwargs)

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
