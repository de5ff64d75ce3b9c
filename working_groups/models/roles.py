"""Who leads a group, from when to when."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from members.models import Person
from record.history import Recorded
from record.periods import Period, no_overlap
from working_groups.models.groups import WorkingGroup
from working_groups.querysets import RoleQuerySet


class Role(Period, Recorded):
    """A person's dated role in a group. Rights follow it and end with it."""

    class Name(models.TextChoices):
        CHAIR = "chair", _("chair")
        VICE_CHAIR = "vice_chair", _("vice-chair")
        SECRETARY = "secretary", _("secretary")

    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT, related_name="roles"
    )
    person = models.ForeignKey(
        Person, verbose_name=_("person"), on_delete=models.PROTECT, related_name="roles"
    )
    name = models.CharField(_("role"), max_length=10, choices=Name, default=Name.CHAIR)
    # Copied from the group and held equal to it by a composite foreign key (migration 0002), so
    # that the exclusion constraint on chairs can read it.
    group_has_one_chair = models.BooleanField(default=True, editable=False)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = RoleQuerySet.as_manager()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["group", "name", "-during"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "working_groups_one_chair_at_a_time",
                _("The group has another chair during part of that time, and it has one chair."),
                "group",
                condition=Q(name="chair", group_has_one_chair=True),
            ),
            no_overlap(
                "working_groups_role_once",
                _("This person has this role in the group already during part of that time."),
                "group",
                "person",
                "name",
            ),
        ]

    def __str__(self):
        return f"{self.get_name_display().capitalize()}: {self.person}, {self.period_in_words()}"

    def _copy_flag(self):
        if self.group_id:
            self.group_has_one_chair = self.group.one_chair

    def clean(self):
        super().clean()
        self._copy_flag()

    def save(self, *args, **kwargs):
        self._copy_flag()
        super().save(*args, **kwargs)
