"""Documents of a group: agendas, slides, papers, with who may read them."""

from django.core.validators import FileExtensionValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.models import ATTACHMENT_TYPES, Audience
from record.history import Recorded
from working_groups.models.activities import Activity
from working_groups.models.groups import WorkingGroup
from working_groups.querysets import DocumentQuerySet


class Document(Recorded):
    """A file of a group, of one activity or of the group as such."""

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="documents",
    )  # fmt: skip
    activity = models.ForeignKey(
        Activity, verbose_name=_("activity"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="documents",
    )  # fmt: skip
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"), upload_to="documents/%Y/", validators=[FileExtensionValidator(ATTACHMENT_TYPES)]
    )
    audience = models.CharField(
        _("who may read it"), max_length=7, choices=Audience, default=Audience.GROUP
    )
    added_at = models.DateTimeField(_("added"), default=timezone.now, editable=False)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-added_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="working_groups_document_belongs",
                condition=Q(group__isnull=False)
                | (Q(activity__isnull=False) & ~Q(audience=Audience.GROUP)),
                violation_error_message=_("Say to which group or activity it belongs."),
            ),
        ]

    def __str__(self):
        return self.title
