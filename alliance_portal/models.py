"""Tables that no app on the left needs: messages to the office, settings of the site, generation."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from record.history import Recorded


class ContactMessage(models.Model):
    """What somebody wrote to the office by the contact form."""

    name = models.CharField(_("name"), max_length=150)
    email = models.EmailField(_("mail address"))
    subject = models.CharField(_("subject"), max_length=200)
    message = models.TextField(_("message"), max_length=10_000)
    sent_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)

    class Meta:
        verbose_name = _("contact message")
        verbose_name_plural = _("contact messages")
        ordering = ["-sent_at"]

    def __str__(self):
        return self.subject


class SiteSettings(Recorded):
    """What staff set for the whole site. One row."""

    name = models.CharField(_("name of the site"), max_length=100, default="Alliance Portal")
    tagline = models.CharField(_("tagline"), max_length=120, blank=True)
    introduction = models.CharField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("Under the tagline on the home page."),
    )
    notice = models.CharField(
        _("notice"), max_length=300, blank=True, help_text=_("One line above every page.")
    )
    address = models.TextField(_("postal address"), blank=True)
    data_licence = models.CharField(
        _("licence of the open data"), max_length=60, default="CC BY 4.0",
        help_text=_("Of the record as files, on the page Open data."),
    )  # fmt: skip
    data_licence_url = models.URLField(
        _("link to the licence"), default="https://creativecommons.org/licenses/by/4.0/"
    )
    contact_email = models.EmailField(
        _("mail address of the office"), blank=True,
        help_text=_("Messages of the contact form go there. Never shown."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("site settings")
        verbose_name_plural = _("site settings")
        constraints = [
            models.CheckConstraint(
                name="alliance_portal_one_settings_row",
                condition=Q(id=1),
                violation_error_message=_("There is one row of site settings."),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.pk = 1
        super().save(*args, **kwargs)

    @classmethod
    def load(cls) -> "SiteSettings":
        """Return the settings; defaults where none are saved yet."""
        return cls.objects.filter(pk=1).first() or cls()


class Generation(models.Model):
    """How often public content changed: raised by a trigger in the transaction of every edit."""

    number = models.PositiveBigIntegerField(default=0)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generations")

    def __str__(self):
        return str(self.number)
