"""News, policy positions, opportunities, and the ways in which they reach people."""

import secrets

from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members.models import Network, Organisation, Person
from news.querysets import OpportunityQuerySet
from publishing.addresses import Addressed
from publishing.models import SEARCH_CONFIG, Kind, Publication, Topic
from publishing.querysets import PublicationQuerySet
from record.days import today
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
    outcome = models.TextField(_("what came of it"), blank=True)
    groups = models.ManyToManyField(
        WorkingGroup, verbose_name=_("groups"), through="Contribution", related_name="positions"
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("position")
        verbose_name_plural = _("positions")

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

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def get_absolute_url(self):
        return reverse("news:detail", args=[self.slug])

    @property
    def in_brief(self) -> str:
        return self.lead or " ".join(self.points) or super().in_brief

    @property
    def points(self) -> list[str]:
        return [line.strip() for line in self.key_points.splitlines() if line.strip()]


class Opportunity(Addressed, Recorded):
    """A funding call or an open consultation with a deadline."""

    class Kind(models.TextChoices):
        CALL = "call", _("funding call")
        CONSULTATION = "consultation", _("open consultation")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    who_may_apply = models.CharField(_("who may apply"), max_length=300, blank=True)
    deadline = models.DateTimeField(_("deadline"))
    source_url = models.URLField(_("source"), blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)
    came_of_it = models.ManyToManyField(
        Publication, verbose_name=_("what came of it"), blank=True, related_name="opportunities"
    )
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("summary", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = OpportunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("opportunity")
        verbose_name_plural = _("opportunities")
        ordering = ["deadline", "pk"]

    def __str__(self):
        return self.title


class Subscription(models.Model):
    """A mail address that asked for the newsletter, twice: by form and by the mailed link."""

    email = models.EmailField(_("mail address"))
    token = models.CharField(
        max_length=64, unique=True, default=secrets.token_urlsafe, editable=False
    )
    asked_at = models.DateTimeField(_("asked"), default=timezone.now, editable=False)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=Q(ended_at=None),
                name="news_subscription_once",
                violation_error_message=_("This address is subscribed already."),
            )
        ]

    def __str__(self):
        return self.email


class NewsletterIssue(Recorded):
    """One issue of the newsletter: the publications of a period, in the editor's order."""

    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(_("lead"), blank=True)
    first_day = models.DateField(_("first day"), default=today)
    last_day = models.DateField(_("last day"), default=today)
    publications = models.ManyToManyField(
        Publication, verbose_name=_("publications"), blank=True, related_name="newsletter_issues"
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("newsletter issue")
        verbose_name_plural = _("newsletter issues")
        ordering = ["-last_day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="news_issue_days_in_order",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("The last day must not lie before the first."),
            )
        ]

    def __str__(self):
        return self.title
