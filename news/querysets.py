"""The vocabulary of the news side; publications themselves are asked in publishing/querysets.py."""

import datetime

from django.db import models
from django.utils import timezone


class OpportunityQuerySet(models.QuerySet):
    def open(self, now: datetime.datetime | None = None):
        """Those whose deadline lies ahead, nearest first."""
        return self.filter(deadline__gte=now or timezone.now()).order_by("deadline", "pk")

    def closed(self, now: datetime.datetime | None = None):
        return self.filter(deadline__lt=now or timezone.now()).order_by("-deadline", "-pk")
