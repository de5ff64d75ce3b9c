"""What the directory's index in memory is compared with."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class DirectoryMark(models.Model):
    """A mark that is another one after every edit of what the directory is filtered and sorted by.

    Triggers set it (migrations 0005 here, 0004 of working_groups), in the transaction of the edit. It is
    random, not a number, so that a mark of an edit that was taken back never comes again.
    """

    mark = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("mark of the directory")
        verbose_name_plural = _("marks of the directory")

    def __str__(self):
        return str(self.mark)
