"""Memberships: dated periods in which an organisation is a member, each in one category."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from members.models.organisations import Organisation
from members.querysets import CONVERSION_DAYS, MembershipQuerySet
from record.days import today
from record.history import Recorded
from record.periods import Basis, Period, no_overlap


class Category(models.TextChoices):
    FULL = "full", _("full")
    SPONSORED = "sponsored", _("sponsored")
    REGIONAL = "regional", _("regional")
    NOT_ON_RECORD = "not_on_record", _("not on record")


class Outcome(models.TextChoices):
    """What came of a sponsored membership; worked out, never stored."""

    ANNOUNCED = "announced", _("announced")
    RUNNING = "running", _("running")
    CONTINUES = "continues", _("announced to continue")
    RENEWED = "renewed", _("renewed")
    CONVERTED = "converted", _("converted")
    LAPSED = "lapsed", _("lapsed")
    NOT_ON_RECORD = "not_on_record", _("not on record")


class Membership(Period, Recorded):
    """A period in which an organisation is a member. One organisation's never overlap.

    The category is what was agreed, never derived from kind or place.
    """

    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation"), on_delete=models.PROTECT,
        related_name="memberships",
    )  # fmt: skip
    category = models.CharField(_("category"), max_length=13, choices=Category)
    sponsor = models.ForeignKey(
        Organisation, verbose_name=_("sponsor"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="sponsored_memberships", help_text=_("Who pays. Sponsored memberships only."),
    )  # fmt: skip
    on_behalf_of = models.ForeignKey(
        Organisation, verbose_name=_("on behalf of"), on_delete=models.PROTECT, null=True,
        blank=True, related_name="memberships_on_behalf", help_text=_("For whom the sponsor acts."),
    )  # fmt: skip
    helped_by = models.ManyToManyField(
        Organisation, verbose_name=_("who helped"), blank=True, related_name="memberships_helped"
    )
    not_continued = models.BooleanField(
        _("not continued"), default=False,
        help_text=_("Tick when it is known that a sponsored membership was not continued."),
    )  # fmt: skip
    end_reason = models.CharField(_("why it ended"), max_length=200, blank=True)
    source = models.CharField(
        _("source"), max_length=300, blank=True, help_text=_("The text or page that states it.")
    )

    # Who helped is a part of the record, and of its history.
    _history_m2m_fields = ("helped_by",)

    objects = MembershipQuerySet.as_manager()

    class Meta(Period.Meta):
        abstract = False
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["organisation", "-during"]
        constraints = [
            *Period.Meta.constraints,
            no_overlap(
                "members_membership_one_at_a_time",
                _("This organisation is a member already during part of that time."),
                "organisation",
            ),
            models.CheckConstraint(
                name="members_sponsored_has_sponsor",
                condition=~Q(category=Category.SPONSORED) | Q(sponsor__isnull=False),
                violation_error_message=_("A sponsored membership needs its sponsor."),
            ),
            models.CheckConstraint(
                name="members_sponsored_has_end",
                condition=~Q(category=Category.SPONSORED) | Q(during__upper_inf=False),
                violation_error_message=_("A sponsored membership needs a last day."),
            ),
            models.CheckConstraint(
                name="members_sponsor_only_if_sponsored",
                condition=Q(category=Category.SPONSORED)
                | Q(sponsor=None, on_behalf_of=None, not_continued=False),
                violation_error_message=_(
                    "Only a sponsored membership has a sponsor, acts on somebody's behalf "
                    "or is marked as not continued."
                ),
            ),
            models.CheckConstraint(
                name="members_not_own_sponsor",
                condition=Q(sponsor=None) | ~Q(sponsor=F("organisation")),
                violation_error_message=_("An organisation does not sponsor itself."),
            ),
        ]

    def __str__(self):
        return f"{self.category_in_words()}, {self.period_in_words()}"

    def clean(self):
        super().clean()
        if not self.organisation_id:
            return
        if self.organisation.is_alliance:
            raise ValidationError(_("The alliance is not a member of itself."))
        if self.category == Category.REGIONAL and not self.organisation.region:
            raise ValidationError(
                {
                    "category": _(
                        "Fill in the organisation's region first: a regional member has one."
                    )
                }
            )

    def category_in_words(self) -> str:
        """Return 'Full member', 'Sponsored member' … or 'Member, category not on record'."""
        return {
            Category.FULL: _("Full member"),
            Category.SPONSORED: _("Sponsored member"),
            Category.REGIONAL: _("Regional member"),
            Category.NOT_ON_RECORD: _("Member, category not on record"),
        }[Category(self.category)].__str__()

    def time_in_words(self, day=None) -> str:
        """Return when it lasts, as seen from that day: 'since 1 January 2023', 'until 2026'."""
        if self.has_ended(day):
            return self.period_in_words()
        if self.is_announced(day):
            return str(_("from %(start)s") % {"start": self.starts})
        if self.ends:
            return str(_("until %(end)s") % {"end": self.ends})
        if self.start_basis == Basis.NOT_ON_RECORD:
            return str(_("since when is not on record"))
        return str(_("since %(start)s") % {"start": self.start_in_words()})

    def state_in_words(self, day=None) -> str:
        """Return one line for a list: 'Full member since 1 January 2023'."""
        words = {"category": self.category_in_words(), "time": self.time_in_words(day)}
        if self.is_announced(day):
            return str(_("Announced: %(category)s %(time)s") % words)
        if self.has_ended(day):
            return str(_("%(category)s, %(time)s") % words)
        if not self.ends and self.start_basis == Basis.NOT_ON_RECORD:
            return str(_("%(category)s; %(time)s") % words)
        return f"{words['category']} {words['time']}"

    def outcome(self, following: "Membership | None", day=None) -> Outcome | None:
        """Return what came of a sponsored membership, given the next one of its organisation.

        One that has not started yet is announced, whatever follows it. None for other categories.
        The words are product.md's.
        """
        day = day or today()
        if self.category != Category.SPONSORED:
            return None
        if self.is_announced(day):
            return Outcome.ANNOUNCED
        if following and self._is_followed_by(following):
            if following.is_announced(day):
                return Outcome.CONTINUES
            return (
                Outcome.RENEWED if following.category == Category.SPONSORED else Outcome.CONVERTED
            )
        if not self.has_ended(day):
            return Outcome.RUNNING
        return Outcome.LAPSED if self.not_continued else Outcome.NOT_ON_RECORD

    def _is_followed_by(self, following: "Membership") -> bool:
        """Whether a later membership counts as what came of this one."""
        gap = (following.starts_on - self.during.upper).days
        return following.category == Category.SPONSORED or gap <= CONVERSION_DAYS
