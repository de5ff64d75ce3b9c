"""Who was told that a membership ends, when, and why somebody was not."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.models.memberships import Membership
from members.models.notices import Notice


class EndingNotice(Notice):
    """One recipient is told once that a membership ends within 90, 60 or 30 days.

    `last_day` is part of what makes it one: where the end is moved, the new one is told of as well.
    """

    membership = models.ForeignKey(
        Membership, verbose_name=_("membership"), on_delete=models.CASCADE,
        related_name="ending_notices",
    )  # fmt: skip
    last_day = models.DateField(_("last day"))
    threshold = models.PositiveSmallIntegerField(_("days before the end, at most"))
    to_staff = models.BooleanField(_("to the staff"), default=False)

    class Meta:
        verbose_name = _("notice of an end")
        verbose_name_plural = _("notices of ends")
        ordering = ["-noted_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["membership", "last_day", "threshold", "recipient"],
                name="members_told_once",
                violation_error_message=_("This was told already."),
            )
        ]

    def __str__(self):
        return f"{self.membership}: {self.recipient}"
