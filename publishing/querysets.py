"""The vocabulary of what is published: asked by pages, feeds, search, sitemap and desk alike."""

import datetime
from collections.abc import Callable

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from django.utils import timezone

from record.days import year_bounds

# Each app to the right adds what its readers may see beyond the public: user -> Q on publications.
AUDIENCE_RULES: list[Callable[..., Q]] = []


class PublicationQuerySet(models.QuerySet):
    def published(self, now: datetime.datetime | None = None):
        """Those that are out at that moment, whoever may read them."""
        return self.filter(state="published", visible_from__lte=now or timezone.now())

    def public(self, now: datetime.datetime | None = None):
        """Those that anybody may read: what every public page, feed, search and sitemap starts from."""
        return self.published(now).filter(audience="public")

    def scheduled(self, now: datetime.datetime | None = None):
        return self.filter(state="published", visible_from__gt=now or timezone.now())

    def drafts(self):
        return self.filter(state__in=["draft", "in_review"])

    def visible_to(self, user):
        """Those that this person may read: the public ones, and what a rule of an app adds."""
        if not user.is_authenticated:
            return self.public()
        wider = Q(audience="public")
        for rule in AUDIENCE_RULES:
            wider |= rule(user)
        return self.published().filter(wider)

    def of_kind(self, *kinds: str):
        return self.filter(kind__in=kinds)

    def printed_in(self, year: int):
        first, after = year_bounds(year)
        return self.filter(sort_day__gte=first, sort_day__lt=after)

    def with_written(self):
        """Add when the text that stands was saved and its title: what only those who write it see."""
        versions = apps.get_model("publishing", "Version").objects.order_by("-number")
        newest = versions.filter(publication=OuterRef("pk")).exclude(how="refused")
        return self.annotate(
            written_at=Subquery(newest.values("saved_at")[:1]),
            written_title=Subquery(newest.values(title=KT("content__title"))[:1]),
        )

    def newest_first(self):
        return self.order_by("-sort_day", "-pk")

    def with_specific(self):
        """Load with each publication the row of its kind, and what its address is made of."""
        related = []
        for kind in self.model.kind_models():
            related += kind.ADDRESS_NEEDS
        return self.select_related(*related) if related else self

    def for_list(self):
        """The whole fetch of a list of publications of any kind: no body, newest first."""
        return self.with_specific().defer("body", "search").newest_first()
