"""Who has a text open for writing just now. Known for as long as the page says so, then forgotten."""

import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from record.days import clock_in_words

# An editor speaks every 30 seconds; after three times silence it is closed.
SILENT_AFTER = datetime.timedelta(seconds=90)


class OpenEditor(models.Model):
    """One tab in which somebody who may write a publication has it open."""

    publication = models.ForeignKey(
        "publishing.Publication", on_delete=models.CASCADE, related_name="open_editors"
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    tab = models.CharField(gettext_lazy("tab"), max_length=36)
    opened_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = gettext_lazy("open editor")
        verbose_name_plural = gettext_lazy("open editors")
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "user", "tab"], name="publishing_open_editor_once"
            )
        ]

    def __str__(self):
        return f"{self.publication_id} {self.user_id}"


def seen(publication, user, tab: str) -> list[str]:
    """Note that an editor is open, forget those that fell silent; return a sentence for each other."""
    now = timezone.now()
    rows = OpenEditor.objects.filter(publication=publication.pk)
    rows.filter(seen_at__lt=now - SILENT_AFTER).delete()
    OpenEditor.objects.update_or_create(
        publication_id=publication.pk, user=user, tab=tab, defaults={"seen_at": now}
    )
    others = rows.exclude(user=user, tab=tab).select_related("user").order_by("opened_at")
    return list(dict.fromkeys(_sentence(one, user) for one in others))


def _sentence(one: OpenEditor, user) -> str:
    since = clock_in_words(one.opened_at)
    if one.user_id == user.pk:
        return _("You have it open in another tab too, since %(since)s.") % {"since": since}
    return _("%(who)s has it open too, since %(since)s.") % {"who": one.user, "since": since}
