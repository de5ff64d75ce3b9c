"""What those who act for an organisation want its profile to say, and whether it is still right."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Secret
from members.models.networks import Network
from members.models.notices import Notice
from members.models.organisations import Organisation
from members.profile_querysets import (
    ConfirmationRequestQuerySet,
    NetworkNoteQuerySet,
    ProfileChangeQuerySet,
)
from record.history import Recorded


class ProfileRules(Recorded):
    """What staff set for the profiles of all organisations. One row."""

    at_once = models.BooleanField(
        _("what representatives change goes live at once"), default=False,
        help_text=_(
            "Otherwise it waits until the office has approved it. Either way the office sees what "
            "was changed, and can take it back. What a coordinator proposes always waits."
        ),
    )  # fmt: skip

    class Meta:
        verbose_name = _("rules for profiles")
        verbose_name_plural = _("rules for profiles")
        constraints = [
            models.CheckConstraint(
                name="members_one_row_of_profile_rules",
                condition=Q(id=1),
                violation_error_message=_("There is one row of rules for profiles."),
            )
        ]

    def __str__(self):
        return str(_("Rules for profiles"))

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "ProfileRules":
        """Return the rules; the defaults where none are saved yet."""
        return cls.objects.filter(pk=1).first() or cls()


class ProfileChange(models.Model):
    """What somebody wants changed in a profile: by field what stood there, and what shall.

    `before` and `after` have the same keys (members/profile_fields.py); a change that was applied
    is in the organisation's own history as well.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for approval")
        LIVE = "live", _("went live at once")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        TAKEN_BACK = "taken_back", _("taken back")

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE,
        related_name="profile_changes",
    )  # fmt: skip
    before = models.JSONField(_("what stood there"), default=dict)
    after = models.JSONField(_("what is proposed"), default=dict)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), on_delete=models.SET_NULL,
        null=True, related_name="profile_changes_proposed",
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    for_network = models.ForeignKey(
        Network, verbose_name=_("proposed as coordinator of"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="profile_changes",
    )  # fmt: skip
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("agreed to by"), on_delete=models.SET_NULL,
        null=True, blank=True, related_name="profile_changes_agreed",
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("decided by"), on_delete=models.SET_NULL,
        null=True, blank=True, related_name="profile_changes_decided",
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=500, blank=True)

    objects = ProfileChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of a profile")
        verbose_name_plural = _("changes of profiles")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="members_profile_change_changes_something",
                condition=~Q(after={}),
                violation_error_message=_("A change changes something."),
            ),
            models.CheckConstraint(
                name="members_profile_change_waits_or_is_decided",
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                violation_error_message=_("What waits is not decided; what does not, is."),
            ),
            models.CheckConstraint(
                name="members_profile_change_declined_with_reason",
                condition=~Q(state__in=["declined", "taken_back"]) | ~Q(reason=""),
                violation_error_message=_("Say why: whoever proposed it is told."),
            ),
        ]

    def __str__(self):
        return str(self.organisation)

    @property
    def is_waiting(self) -> bool:
        return self.state == self.State.WAITING

    @property
    def is_on_page(self) -> bool:
        """Whether it was applied: readers see it, or saw it until somebody changed it again."""
        return self.state in {self.State.LIVE, self.State.APPROVED}


class ConfirmationRequest(Notice, Secret):
    """The yearly question to one who acts for an organisation: is its profile still right?

    The link in the mail answers it. Only the hash of its secret is kept.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.CASCADE,
        related_name="confirmation_requests",
    )  # fmt: skip
    asked_on = models.DateField(_("asked on"))
    expires_at = models.DateTimeField(_("can be answered until"))
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    objects = ConfirmationRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("question whether a profile is right")
        verbose_name_plural = _("questions whether profiles are right")
        ordering = ["-asked_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "recipient", "asked_on"],
                name="members_asked_once",
                violation_error_message=_("This was asked already."),
            ),
            models.CheckConstraint(
                name="members_question_answered_after_sent",
                condition=Q(answered_at=None)
                | Q(sent_at__isnull=False, answered_at__gte=F("sent_at")),
                violation_error_message=_("A question is answered after it was sent."),
            ),
        ]

    def __str__(self):
        return f"{self.organisation}: {self.recipient}"


class NetworkNote(models.Model):
    """What the coordinator of a network tells the office about it: who joined, who is missing."""

    network = models.ForeignKey(
        Network, verbose_name=_("network"), on_delete=models.CASCADE, related_name="notes"
    )
    text = models.TextField(_("note"), max_length=4000)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("written by"), on_delete=models.SET_NULL,
        null=True, related_name="network_notes",
    )  # fmt: skip
    written_at = models.DateTimeField(_("written"), default=timezone.now)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)

    objects = NetworkNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on a network")
        verbose_name_plural = _("notes on networks")
        ordering = ["-written_at", "-pk"]

    def __str__(self):
        return f"{self.network}: {self.text[:60]}"
