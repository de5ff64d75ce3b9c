"""What somebody chooses for themselves: mails of a group, and the address of their own calendar."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.translation import gettext_lazy as _

from working_groups.models.groups import WorkingGroup
from working_groups.querysets import CalendarAddressQuerySet, MailChoiceQuerySet

SALT = "working_groups.calendar"


class MailChoice(models.Model):
    """Whether somebody wants one kind of mail from one group. No row: as the kind has it."""

    class What(models.TextChoices):
        REQUESTS = "requests", _("somebody asks to join")
        ACTIVITIES = "activities", _("an activity is planned, moved or called off")
        OVERVIEWS = "overviews", _("a yearly overview is published")

    # Who leads a group must not miss a request; everything else is asked for.
    UNASKED = frozenset({What.REQUESTS})

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_choices"
    )
    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="mail_choices")
    what = models.CharField(_("mail"), max_length=10, choices=What)
    wanted = models.BooleanField(_("wanted"))

    objects = MailChoiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("choice of mails")
        verbose_name_plural = _("choices of mails")
        ordering = ["user", "group", "what"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "group", "what"], name="working_groups_mail_choice_once"
            )
        ]

    def __str__(self):
        return f"{self.user}, {self.group}: {self.get_what_display()}"


class CalendarAddress(models.Model):
    """Somebody's calendar feed. Its secret is worked out and stands nowhere in the database."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_address"
    )
    seed = models.CharField(max_length=32, editable=False)
    made_at = models.DateTimeField(_("made"), default=timezone.now, editable=False)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")

    def __str__(self):
        return str(self.user)

    @property
    def token(self) -> str:
        """The secret part of the address: of the installation's key, whose it is, and the seed."""
        text = f"{self.user_id}:{self.seed}"
        digest = salted_hmac(SALT, text, algorithm="sha256").hexdigest()
        return f"{self.user_id}-{digest[:48]}"

    def is_token(self, token: str) -> bool:
        return constant_time_compare(token, self.token)

    def renew(self):
        """Take a new seed: from the moment it is saved the old address leads nowhere."""
        self.seed, self.made_at = get_random_string(32), timezone.now()
        return self
