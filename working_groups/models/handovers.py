"""Who is proposed to take over the chair of a group."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record.history import Recorded
from working_groups.models.groups import WorkingGroup


class HandoverProposal(Recorded):
    """What a chair proposes: who follows, and from which day. The secretariat appoints."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")
        DECLINED = "declined", _("not done")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT,
        related_name="handover_proposals",
    )  # fmt: skip
    successor_name = models.CharField(_("who takes over"), max_length=150)
    successor_email = models.EmailField(_("mail address"), blank=True)
    first_day = models.DateField(_("first day"))
    remark = models.TextField(_("remark"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.OPEN)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposed by"), on_delete=models.SET_NULL,
        null=True, blank=True, editable=False,
    )  # fmt: skip
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("proposed hand-over")
        verbose_name_plural = _("proposed hand-overs")
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["group"],
                condition=models.Q(state="open"),
                name="working_groups_one_open_proposal",
                violation_error_message=_("A hand-over of this group is proposed already."),
            )
        ]

    def __str__(self):
        return f"{self.group}: {self.successor_name}"
