"""Who asks to take part in a group."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from members.models import Organisation
from record.history import Recorded
from working_groups.models.groups import WorkingGroup
from working_groups.models.participations import Participation
from working_groups.querysets import JoinRequestQuerySet


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
    website = models.URLField(_("website"), blank=True)
    country = CountryField(_("country"), blank=True)
    expert_name = models.CharField(_("expert"), max_length=150, blank=True)
    expertise = models.CharField(_("expertise"), max_length=200, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("asked by"), on_delete=models.SET_NULL,
        null=True, blank=True, editable=False, related_name="join_requests",
    )  # fmt: skip
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
    participation = models.ForeignKey(
        Participation, verbose_name=_("what came of it"), on_delete=models.SET_NULL,
        null=True, blank=True, editable=False, related_name="join_requests",
    )  # fmt: skip

    objects = JoinRequestQuerySet.as_manager()

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
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(state="open"),
                name="working_groups_one_open_request",
                violation_error_message=_("A request of this organisation waits already."),
            ),
            models.CheckConstraint(
                name="working_groups_decline_has_reason",
                condition=~Q(state="declined") | ~Q(reason=""),
                violation_error_message=_("A decline needs its reason."),
            ),
        ]

    def __str__(self):
        return str(self.organisation or self.organisation_name)

    @property
    def named(self) -> str:
        """The organisation as the record has it, or as it was written."""
        return str(self)

    @property
    def waits_days(self) -> int:
        """How many whole days it has been open."""
        return (timezone.now() - self.asked_at).days
