"""Accounts: who signs in, and how they came to an account."""

import datetime
import hashlib
import secrets

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import Group, PermissionsMixin
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """Make an account; without a password it can only be entered by a reset link."""
        if not email:
            raise ValueError("An account needs a mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. The mail address is the name they sign in with."""

    email = models.EmailField(
        _("mail address"), unique=True,
        error_messages={"unique": _("There is an account with this mail address already.")},
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=150, blank=True)
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May enter the admin."))
    is_active = models.BooleanField(
        _("active"), default=True,
        help_text=_("Take this away instead of deleting an account."),
    )  # fmt: skip
    date_joined = models.DateTimeField(_("account since"), default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        ordering = ["email"]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_one_per_email",
                violation_error_message=_("There is an account with this mail address already."),
            )
        ]

    def __str__(self):
        return self.name or self.email

    def save(self, *args, **kwargs):
        # Allauth looks for the address in small letters: with others nobody could sign in.
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_full_name(self):
        return self.name or self.email

    def get_short_name(self):
        return self.name.partition(" ")[0] or self.email


def display_name(user: User) -> str:
    return str(user)


class Secret(models.Model):
    """Something that a secret address opens. Only the hash of its token is kept: the mail or the page
    that made the token has the only copy.
    """

    token_hash = models.CharField(max_length=64, unique=True, editable=False)

    class Meta:
        abstract = True

    @staticmethod
    def hash(token: str) -> str:
        return hashlib.sha256(token.encode(errors="replace")).hexdigest()

    @staticmethod
    def new_token() -> str:
        return secrets.token_urlsafe(32)

    def renew(self) -> str:
        """Give it a new token, not saved yet, and return it: every earlier link is dead."""
        token = self.new_token()
        self.token_hash = self.hash(token)
        return token


class InvitationQuerySet(models.QuerySet):
    def open(self, now: datetime.datetime | None = None):
        """Those that can still be accepted."""
        return self.filter(
            accepted_at=None, withdrawn_at=None, expires_at__gt=now or timezone.now()
        )

    def for_token(self, token: str):
        return self.filter(token_hash=Invitation.hash(token))


class Invitation(Secret):
    """A mailed, single-use, expiring way to an account, bound to what it is for.

    `grant` is a dated record about a person (a role in a group, a representation of an
    organisation): accepting links that person to the account. `staff_group` makes an account of
    the secretariat instead. Only the token's hash is kept: the mail has the only copy.
    """

    email = models.EmailField(_("mail address"))
    name = models.CharField(_("name"), max_length=150, blank=True)
    grant_type = models.ForeignKey(
        ContentType, on_delete=models.CASCADE, null=True, blank=True, editable=False
    )
    grant_id = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    grant = GenericForeignKey("grant_type", "grant_id")
    staff_group = models.ForeignKey(
        Group, verbose_name=_("staff group"), on_delete=models.CASCADE, null=True, blank=True
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invited by"), on_delete=models.SET_NULL,
        null=True, related_name="invitations_sent", editable=False,
    )  # fmt: skip
    created_at = models.DateTimeField(_("sent"), default=timezone.now, editable=False)
    expires_at = models.DateTimeField(_("can be accepted until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("accepted by"), on_delete=models.SET_NULL,
        null=True, blank=True, related_name="invitations_accepted", editable=False,
    )  # fmt: skip
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True, editable=False)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="accounts_invitation_for_one_thing",
                condition=Q(grant_type=None, grant_id=None, staff_group__isnull=False)
                | Q(grant_type__isnull=False, grant_id__isnull=False, staff_group=None),
                violation_error_message=_(
                    "An invitation is for one role in a group or organisation, or for a staff group."
                ),
            )
        ]

    def __str__(self):
        return self.email

    def is_open(self, now: datetime.datetime | None = None) -> bool:
        return (
            self.accepted_at is None
            and self.withdrawn_at is None
            and self.expires_at > (now or timezone.now())
        )
