"""Funding calls and open consultations, and who is told before the deadline."""

import datetime

from django.conf import settings
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.querysets import OpportunityQuerySet
from publishing.addresses import Addressed
from publishing.models import SEARCH_CONFIG, Publication, Topic
from record.days import NO_BREAK, moment_in_words
from record.history import Recorded


class Opportunity(Addressed, Recorded):
    """A funding call or an open consultation with a deadline."""

    class Kind(models.TextChoices):
        CALL = "call", _("funding call")
        CONSULTATION = "consultation", _("consultation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    who_may_apply = models.CharField(_("who may apply"), max_length=300, blank=True)
    deadline = models.DateTimeField(
        _("deadline"), db_index=True,
        help_text=_("In the site's time zone. The minute it passes, it leaves the list by itself."),
    )  # fmt: skip
    source = models.CharField(
        _("source"), max_length=200, blank=True, help_text=_("Who calls or consults.")
    )
    source_url = models.URLField(
        _("link to the source"), blank=True, validators=[URLValidator(["http", "https"])]
    )
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)
    came_of_it = models.ManyToManyField(
        Publication, verbose_name=_("what came of it"), blank=True, related_name="opportunities"
    )
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("summary", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["deadline", "pk"]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("opportunities:detail", args=[self.slug])

    def deadline_in_words(self) -> str:
        """Return '31 March 2027, 17:00 CEST', by the site's clocks on that day."""
        local = timezone.localtime(self.deadline, timezone.get_default_timezone())
        return f"{moment_in_words(self.deadline)}{NO_BREAK}{local:%Z}"

    def is_open(self, now: datetime.datetime | None = None) -> bool:
        return self.deadline >= (now or timezone.now())


class DeadlineWatch(models.Model):
    """Somebody asked to be reminded: of one opportunity, or of all of a topic."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="deadline_watches"
    )
    topic = models.ForeignKey(Topic, on_delete=models.CASCADE, null=True, blank=True)
    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, null=True, blank=True, related_name="watches"
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("reminder that was asked for")
        verbose_name_plural = _("reminders that were asked for")
        constraints = [
            models.CheckConstraint(
                name="news_watches_one_thing",
                condition=Q(topic=None, opportunity__isnull=False)
                | Q(topic__isnull=False, opportunity=None),
            ),
            models.UniqueConstraint(fields=["user", "topic"], name="news_watches_topic_once"),
            models.UniqueConstraint(
                fields=["user", "opportunity"], name="news_watches_opportunity_once"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.topic or self.opportunity}"


class DeadlineNotice(models.Model):
    """One recipient is told once that a deadline is near.

    `deadline` is part of what makes it one: where it is moved, the new one is told of as well.
    """

    opportunity = models.ForeignKey(
        Opportunity, verbose_name=_("opportunity"), on_delete=models.CASCADE,
        related_name="deadline_notices",
    )  # fmt: skip
    deadline = models.DateTimeField(_("deadline"))
    threshold = models.PositiveSmallIntegerField(_("days before the deadline, at most"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("recipient"), on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip
    noted_at = models.DateTimeField(_("due since"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    left_out = models.CharField(_("why it was not sent"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("reminder of a deadline")
        verbose_name_plural = _("reminders of deadlines")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["opportunity", "deadline", "threshold", "user"],
                name="news_reminded_once",
                violation_error_message=_("This was told already."),
            )
        ]

    def __str__(self):
        return f"{self.opportunity}: {self.user}"
