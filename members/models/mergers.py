"""What staff decided about two organisations that look alike: they were one, or they are two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Organisation


class Merger(models.Model):
    """Two organisations of the record that were one. The one that went has its key here for good.

    `rows` says which record took the place of one that was joined with it, by model and key: what was
    frozen with a key is found by it.
    """

    kept = models.ForeignKey(
        Organisation, verbose_name=_("organisation that stayed"), on_delete=models.PROTECT,
        related_name="mergers",
    )  # fmt: skip
    gone_key = models.PositiveBigIntegerField(_("key of the one that went"), unique=True)
    gone_name = models.CharField(_("name of the one that went"), max_length=200)
    gone_slug = models.SlugField(_("address of the one that went"), max_length=80)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("merged by"), on_delete=models.SET_NULL,
        null=True, blank=True, related_name="+",
    )  # fmt: skip
    why = models.CharField(_("why"), max_length=500, blank=True)
    at = models.DateTimeField(_("merged"), default=timezone.now)
    rows = models.JSONField(_("records that were joined"), default=dict)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.gone_name} → {self.kept}"


class TwoQuerySet(models.QuerySet):
    def about(self, key: int):
        """What was said of this organisation and another one."""
        return self.filter(Q(one=key) | Q(other=key))

    def say(self, one: int, other: int, *, by=None) -> None:
        """Remember that two organisations, by their keys, are two; saying it twice changes nothing."""
        first, second = sorted((one, other))
        self.get_or_create(one_id=first, other_id=second, defaults={"by": by})


class AreTwo(models.Model):
    """Two organisations that look alike and are not the same: not to be proposed again."""

    one = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    at = models.DateTimeField(default=timezone.now)

    objects = TwoQuerySet.as_manager()

    class Meta:
        verbose_name = _("two that look alike")
        verbose_name_plural = _("two that look alike")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="members_two_said_once"),
            models.CheckConstraint(name="members_two_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self):
        return f"{self.one} ≠ {self.other}"
