"""Requests to join the network."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.models.memberships import Category
from members.models.organisations import Organisation
from record.history import Recorded


class Application(Recorded):
    """A request to join, from the first form to the decision."""

    class State(models.TextChoices):
        BEGUN = "begun", _("begun")
        SENT = "sent", _("sent")
        ASKED_BACK = "asked_back", _("asked back")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    name = models.CharField(_("name of the organisation"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=Organisation.Kind)
    country = CountryField(_("country"))
    city = models.CharField(_("city"), max_length=100, blank=True)
    region = models.CharField(_("region"), max_length=100, blank=True)
    website = models.URLField(_("website"), blank=True)
    category = models.CharField(_("category asked for"), max_length=13, choices=Category)
    represents = models.PositiveIntegerField(_("companies represented"), null=True, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=150)
    contact_function = models.CharField(_("function"), max_length=150, blank=True)
    contact_email = models.EmailField(_("mail address"))
    motivation = models.TextField(_("why the organisation wants to join"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.BEGUN)
    begun_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.SET_NULL,
        null=True, blank=True, editable=False,
    )  # fmt: skip
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("For a decline: the reason and what to do next.")
    )
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation in the record"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="applications",
    )  # fmt: skip

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["-begun_at"]
        constraints = [
            models.CheckConstraint(
                name="members_decline_has_reason",
                condition=~Q(state="declined") | ~Q(reason=""),
                violation_error_message=_("A decline needs its reason."),
            ),
            models.CheckConstraint(
                name="members_accepted_is_in_record",
                condition=~Q(state="accepted") | Q(organisation__isnull=False),
                violation_error_message=_("An accepted application names its organisation."),
            ),
        ]

    def __str__(self):
        return self.name
