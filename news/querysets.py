"""The vocabulary of the news side; publications themselves are asked in publishing/querysets.py."""

import datetime

from django.db import models
from django.db.models import BooleanField, Case, F, Q, Value, When
from django.db.models.functions import Extract
from django.utils import timezone


class OpportunityQuerySet(models.QuerySet):
    def open(self, now: datetime.datetime | None = None):
        """Those whose deadline lies ahead, nearest first."""
        return self.filter(deadline__gte=now or timezone.now()).order_by("deadline", "pk")

    def closed(self, now: datetime.datetime | None = None):
        """Those whose deadline has passed, the latest first."""
        return self.filter(deadline__lt=now or timezone.now()).order_by("-deadline", "-pk")

    def nearest_first(self, now: datetime.datetime | None = None):
        """Open ones first, the nearest deadline on top; then past ones, the latest on top.

        Each row says whether it `is_past`.
        """
        past = Q(deadline__lt=now or timezone.now())
        second = Extract("deadline", "epoch")
        return self.annotate(
            is_past=Case(
                When(past, then=Value(value=True)),
                default=Value(value=False),
                output_field=BooleanField(),
            )
        ).order_by("is_past", Case(When(past, then=-second), default=second), F("pk"))
