"""Things with an address of their own, and the addresses they had before."""

from django.conf import settings
from django.db import models, transaction
from django.utils.encoding import iri_to_uri
from django.utils.translation import gettext_lazy as _

from record.names import not_reserved


def absolute(path: str) -> str:
    """Return the public address of a path of this site, under whatever host it was asked for."""
    return settings.SITE_URL + iri_to_uri(path)


class OldAddressQuerySet(models.QuerySet):
    def moved(self, old_path: str, new_path: str) -> None:
        """Remember that a page moved; whatever led to its old address leads to the new one now."""
        if old_path == new_path:
            return
        self.filter(old_path=new_path).delete()
        self.filter(new_path=old_path).update(new_path=new_path)
        self.update_or_create(old_path=old_path, defaults={"new_path": new_path})

    def forward(self, path: str) -> str | None:
        """Return where the page that had this address is now, or None."""
        return self.filter(old_path=path).values_list("new_path", flat=True).first()


class OldAddress(models.Model):
    """An address that a page once had. Asked only where nothing else answers."""

    old_path = models.CharField(_("old address"), max_length=300, unique=True)
    new_path = models.CharField(_("new address"), max_length=300, db_index=True)
    moved_at = models.DateTimeField(_("moved"), auto_now=True)

    objects = OldAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["-moved_at"]

    def __str__(self):
        return f"{self.old_path} → {self.new_path}"


class Addressed(models.Model):
    """A model with a slug. Changing the slug leaves a forwarding address behind."""

    slug = models.SlugField(
        _("address"), max_length=80, unique=True, validators=[not_reserved],
        help_text=_("The last part of the page's address. The old one goes on working."),
    )  # fmt: skip

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        with transaction.atomic():
            before = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
            super().save(*args, **kwargs)
            if before and before.slug != self.slug:
                OldAddress.objects.moved(before.get_absolute_url(), self.get_absolute_url())
