"""What people write and publish: one table of publications, and what belongs to one."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator, validate_image_file_extension
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from publishing.addresses import Addressed, OldAddress  # noqa: F401  found here by Django
from publishing.presence import OpenEditor  # noqa: F401  found here by Django
from publishing.previews import PreviewLink  # noqa: F401  found here by Django
from publishing.querysets import PublicationQuerySet
from publishing.rich_text import RichTextField, plain
from record.days import PartialDate, Precision
from record.history import Recorded

# Both sides of every full-text search name this configuration: English stems, accents forgiven.
SEARCH_CONFIG = "portal"
# Names are searched without stems: they stand normalised on both sides.
NAMES_CONFIG = "simple"
BEGINNING = 300  # characters of a text that stand for one without a lead


class Kind(models.TextChoices):
    NEWS = "news", _("News")
    ANNOUNCEMENT = "announcement", _("Member announcement")
    REPORT = "report", _("Event report")
    PRESS = "press", _("Press release")
    POSITION = "position", _("Position")
    OVERVIEW = "overview", _("Yearly overview")


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Audience(models.TextChoices):
    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("members")
    GROUP = "group", _("one working group")


class Prominence(models.TextChoices):
    LEAD = "lead", _("lead story")
    ORDINARY = "ordinary", _("ordinary")
    BRIEF = "brief", _("in brief")


class UTCDay(Func):
    """The day of an instant in UTC: immutable, so a generated column may use it."""

    template = "(%(expressions)s AT TIME ZONE 'UTC')::date"
    output_field = models.DateField()


class Topic(Addressed):
    name = models.CharField(_("name"), max_length=80, unique=True)

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["name"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return f"{reverse('news:list')}?topic={self.slug}"


class Picture(Recorded):
    """A picture that is shown with a text: logo, portrait, illustration."""

    file = models.ImageField(
        _("file"), upload_to="pictures/%Y/", width_field="width", height_field="height",
        validators=[validate_image_file_extension],
    )  # fmt: skip
    width = models.PositiveIntegerField(editable=False, default=0)
    height = models.PositiveIntegerField(editable=False, default=0)
    alternative = models.CharField(
        _("alternative text"), max_length=200, blank=True,
        help_text=_("What the picture shows, for those who cannot see it."),
    )  # fmt: skip
    credit = models.CharField(_("credit"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")

    def __str__(self):
        return self.alternative or self.file.name


class Publication(Addressed, Recorded):
    """Everything that is written and published. Post, Position and Overview extend it.

    Two dates: the printed date, shown and sorted by its earliest day, and `visible_from`, the
    instant from which readers see it. Whether it is scheduled or out is worked out when read.
    """

    # What a kind must load with the row to know its own address.
    ADDRESS_NEEDS: tuple[str, ...] = ()
    KINDS: tuple[str, ...] = ()

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    lead = models.TextField(
        _("lead"), blank=True,
        help_text=_("Two or three sentences that say what happened. Shown in lists and feeds."),
    )  # fmt: skip
    body = RichTextField(_("text"), blank=True)
    language = models.CharField(
        _("language"), max_length=10, default="en", help_text=_("Code, for example en, fr or ka.")
    )
    translates = models.ForeignKey(
        "self", verbose_name=_("translates"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="translations",
    )  # fmt: skip
    audience = models.CharField(
        _("who may read it"), max_length=7, choices=Audience, default=Audience.PUBLIC
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.PROTECT, null=True,
        blank=True, related_name="publications",
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=9, choices=State, default=State.DRAFT, editable=False
    )
    visible_from = models.DateTimeField(
        _("visible from"), null=True, blank=True, editable=False,
        help_text=_("In the site's time zone."),
    )  # fmt: skip
    withdrawn_reason = models.CharField(
        _("why it was withdrawn"), max_length=300, blank=True, editable=False
    )
    printed_on = models.DateField(_("printed date"), null=True, blank=True, editable=False)
    printed_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, editable=False
    )
    printed_not_after = models.DateField(
        _("not after"), null=True, blank=True,
        help_text=_("For a text that is not dated: the latest day it can be from."),
    )  # fmt: skip
    undated = models.BooleanField(
        _("not dated"), default=False, help_text=_("The printed text carries no date.")
    )
    sort_day = models.GeneratedField(
        expression=Coalesce(F("printed_on"), F("printed_not_after"), UTCDay(F("visible_from"))),
        output_field=models.DateField(null=True),
        db_persist=True,
    )
    corrected_on = models.DateField(_("corrected on"), null=True, blank=True, editable=False)
    correction = models.TextField(
        _("what was corrected"), blank=True, editable=False,
        help_text=_("Shown under the text with its day."),
    )  # fmt: skip
    prominence = models.CharField(
        _("place on the home page"), max_length=8, choices=Prominence, default=Prominence.ORDINARY,
        help_text=_(
            "The newest lead story of the last 60 days stands first and large. "
            "What is in brief has its title only."
        ),
    )  # fmt: skip
    topics = models.ManyToManyField(
        Topic, verbose_name=_("topics"), blank=True, related_name="publications"
    )
    picture = models.ForeignKey(
        Picture, verbose_name=_("picture"), on_delete=models.SET_NULL, null=True, blank=True,
        related_name="publications",
    )  # fmt: skip
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    edit_number = models.PositiveIntegerField(
        default=0, editable=False, help_text=_("Counts saves, so that a stale form is told.")
    )
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("lead", weight="B", config=SEARCH_CONFIG)
        + SearchVector("body", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        constraints = [
            models.CheckConstraint(
                name="publishing_published_has_a_time",
                condition=~Q(state=State.PUBLISHED) | Q(visible_from__isnull=False),
                violation_error_message=_("What is published needs the time it is visible from."),
            ),
            models.CheckConstraint(
                name="publishing_withdrawn_has_a_reason",
                condition=~Q(state=State.WITHDRAWN) | ~Q(withdrawn_reason=""),
                violation_error_message=_("Say why it was withdrawn."),
            ),
            models.CheckConstraint(
                name="publishing_dated_or_undated",
                condition=Q(printed_on=None) | Q(undated=False),
                violation_error_message=_("Either it has a printed date, or it is not dated."),
            ),
            models.CheckConstraint(
                name="publishing_not_after_if_undated",
                condition=Q(printed_not_after=None) | Q(undated=True),
                violation_error_message=_("'Not after' is for texts that are not dated."),
            ),
            models.CheckConstraint(
                name="publishing_correction_has_a_day",
                condition=Q(correction="", corrected_on=None)
                | (~Q(correction="") & Q(corrected_on__isnull=False)),
                violation_error_message=_("A correction has its day and says what was corrected."),
            ),
            models.CheckConstraint(
                name="publishing_translates_another",
                condition=Q(translates=None) | ~Q(translates=F("id")),
                violation_error_message=_("A text does not translate itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["-sort_day", "-id"], name="publishing_newest_first"),
            models.Index(fields=["kind", "-sort_day", "-id"], name="publishing_kind_newest"),
            models.Index(fields=["visible_from"], name="publishing_visible_from"),
            # Counts and pages of what is public are found in this index alone.
            models.Index(
                fields=["-sort_day", "-id"],
                include=["kind", "visible_from"],
                condition=Q(state="published", audience="public"),
                name="publishing_public",
            ),
            models.Index(
                fields=["-sort_day", "-id"],
                condition=Q(prominence="lead"),
                name="publishing_lead_stories",
            ),
            GinIndex(fields=["search"], name="publishing_search"),
        ]

    def __str__(self):
        return self.title

    @classmethod
    def kind_models(cls) -> list[type["Publication"]]:
        """Return the models that extend Publication, one a kind of table."""
        return Publication.__subclasses__()

    @property
    def specific(self) -> "Publication":
        """Return the Post, Position or Overview that this publication is."""
        if type(self) is not Publication:
            return self
        for model in self.kind_models():
            if self.kind in model.KINDS:
                return getattr(self, model._meta.model_name)
        raise ValueError(f"No model for a publication of kind {self.kind!r}.")

    def get_absolute_url(self):
        return self.specific.get_absolute_url()

    def clean(self):
        super().clean()
        if self.KINDS and self.kind not in self.KINDS:
            raise ValidationError({"kind": _("This kind has a form of its own.")})

    def is_out(self, now=None) -> bool:
        return self.state == State.PUBLISHED and self.visible_from <= (now or timezone.now())

    def is_scheduled(self, now=None) -> bool:
        return self.state == State.PUBLISHED and self.visible_from > (now or timezone.now())

    def state_in_words(self) -> str:
        if self.is_scheduled():
            return str(pgettext_lazy("state of a publication", "scheduled"))
        return str(self.get_state_display())

    @property
    def printed(self) -> PartialDate | None:
        """The printed date as known, or None where there is none."""
        return (
            PartialDate(self.printed_on, Precision(self.printed_precision))
            if self.printed_on
            else None
        )

    @printed.setter
    def printed(self, value: PartialDate | None):
        self.printed_on = value.first_day if value else None
        self.printed_precision = value.precision if value else Precision.DAY

    @property
    def lead_now(self) -> str:
        """The lead as readers see it today; a kind may put a sentence from the record before it."""
        return self.lead if type(self) is not Publication else self.specific.lead_now

    @property
    def in_brief(self) -> str:
        """Return what it says in short, for search engines: the lead, else how the text begins."""
        return self.lead or plain(self.body)[:BEGINNING]

    def printed_in_words(self) -> str:
        """Return '14 April 2022', '2021' or 'not dated'."""
        if self.printed:
            return str(self.printed)
        return str(_("not dated"))


class Saving(models.TextChoices):
    HAND = "hand", _("saved by hand")
    AUTOMATIC = "automatic", _("saved automatically")
    REFUSED = "refused", _("came too late, kept beside")


class Version(models.Model):
    """A publication as somebody saved it: every saved state can be read and restored."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    content = models.JSONField(_("content"))
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("saved by"), on_delete=models.SET_NULL, null=True
    )
    saved_at = models.DateTimeField(_("saved"), default=timezone.now)
    how = models.CharField(_("how"), max_length=9, choices=Saving, default=Saving.HAND)
    # Which open editor saved it by itself: a random word that the page made.
    session = models.CharField(_("open editor"), max_length=36, blank=True)

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "number"], name="publishing_version_once"
            )
        ]

    def __str__(self):
        return f"{self.number}"


class Comment(models.Model):
    """What author and reviewer say to each other about a publication; never public."""

    publication = models.ForeignKey(Publication, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("author"), on_delete=models.SET_NULL, null=True
    )
    text = models.TextField(_("comment"))
    written_at = models.DateTimeField(_("written"), default=timezone.now)

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["written_at"]

    def __str__(self):
        return self.text[:60]


ATTACHMENT_TYPES = ["pdf", "odt", "ods", "odp", "docx", "xlsx", "pptx"]


class Attachment(Recorded):
    """A document to take away from a publication."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="attachments"
    )
    title = models.CharField(_("title"), max_length=200)
    file = models.FileField(
        _("file"),
        upload_to="attachments/%Y/",
        validators=[FileExtensionValidator(ATTACHMENT_TYPES)],
    )
    language = models.CharField(_("language"), max_length=10, default="en")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["order", "pk"]

    def __str__(self):
        return self.title


class Page(Recorded):
    """A page of the site itself that staff edit: about, membership, privacy, accessibility."""

    key = models.SlugField(_("page"), unique=True, help_text=_("The address of the page."))
    title = models.CharField(_("title"), max_length=120)
    lead = models.TextField(_("lead"), blank=True)
    body = RichTextField(_("text"), blank=True)
    updated_at = models.DateTimeField(_("last saved"), auto_now=True)
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config=SEARCH_CONFIG)
        + SearchVector("lead", weight="B", config=SEARCH_CONFIG)
        + SearchVector("body", weight="C", config=SEARCH_CONFIG),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["title"]
        indexes = [GinIndex(fields=["search"], name="publishing_page_search")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return f"/{self.key}/"


class Resource(Recorded):
    """A guide or document, by us or by another publisher."""

    title = models.CharField(_("title"), max_length=200)
    publisher = models.CharField(_("publisher"), max_length=200)
    published_on = models.DateField(_("published"), null=True, blank=True, editable=False)
    published_precision = models.CharField(
        max_length=5, choices=Precision, default=Precision.DAY, editable=False
    )
    url = models.URLField(_("link"), blank=True)
    file = models.FileField(
        _("file"), upload_to="resources/", blank=True,
        validators=[FileExtensionValidator(ATTACHMENT_TYPES)],
    )  # fmt: skip
    summary = models.TextField(_("summary"), blank=True)
    topics = models.ManyToManyField(Topic, verbose_name=_("topics"), blank=True)

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["title"]

    def __str__(self):
        return self.title

    @property
    def published(self) -> PartialDate | None:
        if self.published_on is None:
            return None
        return PartialDate(self.published_on, Precision(self.published_precision))

    @published.setter
    def published(self, value: PartialDate | None):
        self.published_on = value.first_day if value else None
        self.published_precision = value.precision if value else Precision.DAY
