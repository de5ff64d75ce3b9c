"""The vocabulary of profiles: what waits, what was asked, what a network's coordinator wrote."""

from django.db import models
from django.utils import timezone


class ProfileChangeQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state="waiting")

    def to_look_at(self):
        """Those that wait for the staff, and those that went live and nobody has looked at."""
        return self.filter(state__in=["waiting", "live"])

    def by_representatives(self):
        """Those of people who act for the organisation itself, not for the coordinator of a network."""
        return self.filter(for_network=None)

    def with_people(self):
        return self.select_related(
            "organisation", "proposed_by", "for_network", "agreed_by", "decided_by"
        )

    def oldest_first(self):
        return self.order_by("proposed_at", "pk")


class ConfirmationRequestQuerySet(models.QuerySet):
    def open(self):
        """Those whose link can still answer."""
        return self.filter(answered_at=None, expires_at__gt=timezone.now())

    def for_token(self, token: str):
        return self.filter(token_hash=self.model.hash(token))


class NetworkNoteQuerySet(models.QuerySet):
    def open(self):
        """Those that the office has not dealt with."""
        return self.filter(done_at=None)
