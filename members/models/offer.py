"""What membership brings and what it takes, as staff write it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models.memberships import Category
from publishing.rich_text import RichTextField
from record.history import Recorded


class Benefit(Recorded):
    """One thing that a member gets, in one of the three areas."""

    class Area(models.TextChoices):
        POLICY = "policy", _("policy")
        NETWORKING = "networking", _("networking")
        FUNDING = "funding", _("funding")

    area = models.CharField(_("area"), max_length=10, choices=Area)
    title = models.CharField(_("title"), max_length=120)
    text = models.TextField(_("text"), blank=True, help_text=_("One or two sentences."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("benefit of membership")
        verbose_name_plural = _("benefits of membership")
        ordering = ["area", "order", "pk"]

    def __str__(self):
        return self.title


class CategoryTerms(Recorded):
    """What one category of membership means, and what it takes to be accepted in it.

    A category without a row is described by `templates/site/membership.html`.
    """

    CATEGORIES = [pair for pair in Category.choices if pair[0] != Category.NOT_ON_RECORD]

    category = models.CharField(_("category"), max_length=13, unique=True, choices=CATEGORIES)
    meaning = models.TextField(_("what it means"), help_text=_("Two or three sentences."))
    takes = RichTextField(
        _("what it takes"), blank=True, help_text=_("Conditions, papers, how long it takes.")
    )

    class Meta:
        verbose_name = _("terms of a category")
        verbose_name_plural = _("terms of the categories")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="members_terms_of_a_category",
                condition=~Q(category=Category.NOT_ON_RECORD),
                violation_error_message=_("Nobody can ask for 'not on record'."),
            )
        ]

    def __str__(self):
        return self.get_category_display().capitalize()
