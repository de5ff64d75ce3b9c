"""What a mail that is sent once has in common with the others: who gets it, and what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Notice(models.Model):
    """Something that one recipient is to be told once. Noted first, then sent by a task."""

    recipient = models.EmailField(_("recipient"))
    noted_at = models.DateTimeField(_("due since"), auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    left_out = models.CharField(_("why it was not sent"), max_length=200, blank=True)

    class Meta:
        abstract = True
