"""Spreadsheets that staff sent to be taken over: kept while they are looked at, then only named."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

KEPT = datetime.timedelta(days=1)


class SpreadsheetQuerySet(models.QuerySet):
    def waiting(self, user):
        """Those of this account that may still be taken over."""
        return self.filter(by=user, imported_at=None, sent_at__gt=timezone.now() - KEPT)

    def forget(self) -> int:
        """Delete those that nobody took over within a day; returns their number."""
        old = self.filter(imported_at=None, sent_at__lte=timezone.now() - KEPT)
        return old.delete()[0]


class Spreadsheet(models.Model):
    """A file with organisations and memberships. What it holds is gone once it is taken over."""

    name = models.CharField(_("name of the file"), max_length=200)
    content = models.BinaryField(_("content"))
    encoding = models.CharField(_("how letters are written"), max_length=20, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("sent by"), on_delete=models.SET_NULL, null=True,
        related_name="+",
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), default=timezone.now)
    imported_at = models.DateTimeField(_("taken over"), null=True)
    summary = models.CharField(_("what was done"), max_length=200, blank=True)

    objects = SpreadsheetQuerySet.as_manager()

    class Meta:
        verbose_name = _("spreadsheet")
        verbose_name_plural = _("spreadsheets")
        ordering = ["-sent_at", "-pk"]

    def __str__(self):
        return self.name
