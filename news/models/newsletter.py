"""The newsletter: who reads it, and its issues."""

import secrets

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import Publication
from record.days import today
from record.history import Recorded


class Subscription(models.Model):
    """A mail address that asked for the newsletter, twice: by form and by the mailed link."""

    email = models.EmailField(_("mail address"))
    token = models.CharField(
        max_length=64, unique=True, default=secrets.token_urlsafe, editable=False
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(ended_at=None),
                name="news_subscription_once",
                violation_error_message=_("This address is subscribed already."),
            )
        ]

    def __str__(self):
        return self.email


class NewsletterIssue(Recorded):
    """One issue of the newsletter: the publications of a period, in the editor's order."""

    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("lead"), blank=True)
    first_day = models.DateField(_("first day"), default=today)
    last_day = models.DateField(_("last day"), default=today)
    publications = models.ManyToManyField(
        Publication, verbose_name=_("publications"), blank=True, related_name="newsletter_issues"
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="news_issue_days_in_order",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day must not lie before the first."),
            )
        ]

    def __str__(self):
        return self.title
