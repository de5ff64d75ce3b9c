"""News and policy positions: what is written, and what each speaks to."""

import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models import Membership, Network, Organisation, Person
from news.models.opportunities import Opportunity
from publishing.addresses import Addressed
from publishing.models import Kind, Publication
from publishing.querysets import PublicationQuerySet
from record.days import PartialDate, Precision, today
from record.history import Recorded
from working_groups.models import Activity, WorkingGroup


class PolicyFile(Addressed, Recorded):
    """A law or programme under discussion that positions speak to."""

    name = models.CharField(_("name"), max_length=200, unique=True)
    official_title = models.CharField(_("official title"), max_length=400, blank=True)
    reference = models.CharField(_("reference"), max_length=100, blank=True)
    summary = models.TextField(_("summary"), blank=True)

    class Meta:
        verbose_name = _("policy file")
        verbose_name_plural = _("policy files")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('policy:list')}?file={self.slug}"


class Position(Publication):
    """A policy output of the network, to which groups contributed."""

    KINDS = (Kind.POSITION,)
    ADDRESS_NEEDS = ("position",)

    class Output(models.TextChoices):
        PAPER = "paper", _("Position paper")
        RESPONSE = "response", _("Consultation response")
        WHITE_PAPER = "white_paper", _("White paper")

    output = models.CharField(
        _("type of output"), max_length=11, choices=Output, default=Output.PAPER
    )
    policy_file = models.ForeignKey(
        PolicyFile, verbose_name=_("policy file"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="positions",
    )  # fmt: skip
    answers = models.ForeignKey(
        Opportunity, verbose_name=_("answers the consultation"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="answers",
    )  # fmt: skip
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True, editable=False)
    adopted_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, editable=False
    )
    outcome = models.TextField(_("what came of it"), blank=True)
    outcome_on = models.DateField(_("when that was"), null=True, blank=True, editable=False)
    outcome_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, editable=False
    )
    groups = models.ManyToManyField(
        WorkingGroup, verbose_name=_("groups"), through="Contribution", related_name="positions"
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")
        constraints = [
            models.CheckConstraint(
                name="news_outcome_day_has_an_outcome",
                condition=models.Q(outcome_on=None) | ~models.Q(outcome=""),
                violation_error_message=_("Say what came of it, or leave out when that was."),
            )
        ]

    def clean(self):
        super().clean()
        if self.answers and self.answers.kind != Opportunity.Kind.CONSULTATION:
            raise ValidationError({"answers": _("A funding call is not answered by a position.")})

    @property
    def adopted(self) -> PartialDate | None:
        """When the network adopted it, as precise as known."""
        if self.adopted_on is None:
            return None
        return PartialDate(self.adopted_on, Precision(self.adopted_precision))

    @adopted.setter
    def adopted(self, value: PartialDate | None):
        self.adopted_on = value.first_day if value else None
        self.adopted_precision = value.precision if value else Precision.DAY

    @property
    def outcome_day(self) -> PartialDate | None:
        """When it came of it, as precise as known."""
        if self.outcome_on is None:
            return None
        return PartialDate(self.outcome_on, Precision(self.outcome_precision))

    @outcome_day.setter
    def outcome_day(self, value: PartialDate | None):
        self.outcome_on = value.first_day if value else None
        self.outcome_precision = value.precision if value else Precision.DAY

    def save(self, *args, **kwargs):
        self.kind = Kind.POSITION
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("policy:detail", args=[self.slug])


class Contribution(Recorded):
    """A group's part in a position: it led it, or contributed."""

    position = models.ForeignKey(Position, on_delete=models.CASCADE, related_name="contributions")
    group = models.ForeignKey(
        WorkingGroup, verbose_name=_("group"), on_delete=models.PROTECT,
        related_name="contributions",
    )  # fmt: skip
    led = models.BooleanField(_("led"), default=False, help_text=_("Otherwise it contributed."))
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True,
        help_text=_("Where the group's part falls in another year than the position's date."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ["-led", "group__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "group"],
                name="news_contribution_once",
                violation_error_message=_("This group's contribution is on record already."),
            )
        ]

    def __str__(self):
        return str(_("%(group)s led") if self.led else _("%(group)s contributed")) % {
            "group": self.group
        }


class Post(Publication):
    """A piece of news: news, member announcement, event report or press release."""

    KINDS = (Kind.NEWS, Kind.ANNOUNCEMENT, Kind.REPORT, Kind.PRESS)
    ADDRESS_NEEDS = ("post",)

    key_points = models.TextField(
        _("key points"),
        blank=True,
        help_text=_("One a line, three at the most, instead of a lead."),
    )
    announces = models.ForeignKey(
        Position, verbose_name=_("announces the position"), on_delete=models.SET_NULL, null=True,
        blank=True, related_name="announced_by",
    )  # fmt: skip
    contact = models.ForeignKey(
        Person, verbose_name=_("contact person"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="contact_for",
    )  # fmt: skip
    contact_function = models.CharField(
        _("function of the contact person"), max_length=150, blank=True, help_text=_("As printed.")
    )
    organisations = models.ManyToManyField(
        Organisation, verbose_name=_("about these organisations"), blank=True, related_name="posts"
    )
    networks = models.ManyToManyField(
        Network, verbose_name=_("about these networks"), blank=True, related_name="posts"
    )
    groups = models.ManyToManyField(
        WorkingGroup, verbose_name=_("about these groups"), blank=True, related_name="posts"
    )
    activities = models.ManyToManyField(
        Activity, verbose_name=_("about these activities"), blank=True, related_name="posts"
    )
    audience_group = models.ForeignKey(
        WorkingGroup, verbose_name=_("which group may read it"), on_delete=models.PROTECT,
        null=True, blank=True, related_name="+",
    )  # fmt: skip

    memberships = models.ManyToManyField(
        Membership, verbose_name=_("announces these memberships"), blank=True,
        related_name="announced_by",
    )  # fmt: skip
    # Sentences that lead the text, each as before and from a day on (news/announcements.py).
    sentences = models.JSONField(default=list, blank=True, editable=False)
    # Title, key points and text as the record last gave them: what nobody touched follows it.
    from_record = models.JSONField(default=dict, blank=True, editable=False)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def get_absolute_url(self):
        return reverse("news:detail", args=[self.slug])

    @property
    def in_brief(self) -> str:
        return self.lead_now or " ".join(self.points) or super().in_brief

    @property
    def lead_now(self) -> str:
        return " ".join(part for part in (self.lead_from_record(), self.lead) if part)

    def lead_from_record(self, day: datetime.date | None = None) -> str:
        """Return what the record says first: 'will join' before the day, 'joined' from it on."""
        now = (day or today()).isoformat()
        return " ".join(
            one["before"] if now < one["on"] else one["after"] for one in self.sentences
        )

    @property
    def points(self) -> list[str]:
        return [line.strip() for line in self.key_points.splitlines() if line.strip()]


class QuoteBox(models.Model):
    """Words that a draft waits for: who is to say them. Filled in, it becomes a Quotation."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="quote_boxes")
    speaker = models.ForeignKey(
        Person, verbose_name=_("speaker"), on_delete=models.CASCADE, null=True, blank=True,
        related_name="+",
    )  # fmt: skip
    function = models.CharField(_("function that day"), max_length=150, blank=True)
    organisation = models.ForeignKey(
        Organisation, verbose_name=_("organisation that day"), on_delete=models.CASCADE,
        related_name="+",
    )  # fmt: skip

    class Meta:
        verbose_name = _("empty quote box")
        verbose_name_plural = _("empty quote boxes")
        ordering = ["pk"]

    def __str__(self):
        who = str(self.speaker) if self.speaker else self.function
        return f"{who}, {self.organisation}" if who else str(self.organisation)
