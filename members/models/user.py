"""An account: one person, known by an e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group, Permission, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from maillage.core.enums import Language
from maillage.core.permissions import EDITORS_GROUP

if TYPE_CHECKING:
    from datetime import datetime


class UserQuerySet(models.QuerySet["User"]):
    """Reads of accounts."""

    def with_rights(self) -> Self:
        """Accounts that may change what is not theirs: administrators, editors, whoever may open the admin.

        They sign in with a password and a second factor, never by a code alone. One query, whoever is looked up.
        """
        opens_admin = models.Q(codename="access_admin", content_type__app_label="wagtailadmin")
        permissions = Permission.objects.filter(opens_admin)
        groups = Group.objects.filter(models.Q(name=EDITORS_GROUP) | models.Q(permissions__in=permissions))
        return self.filter(
            models.Q(is_staff=True)
            | models.Q(is_superuser=True)
            | models.Exists(groups.filter(user=models.OuterRef("pk")))
            | models.Exists(permissions.filter(user=models.OuterRef("pk")))
        )


class UserManager(BaseUserManager["User"]):
    """Accounts are found and made by address, whatever its case."""

    def get_queryset(self) -> UserQuerySet:
        """With our own reads."""
        return UserQuerySet(self.model, using=self._db)

    def with_rights(self) -> UserQuerySet:
        """Accounts that may change what is not theirs."""
        return self.get_queryset().with_rights()

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of an address."""
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:  # noqa: ANN401
        """A member; without a password they sign in by a code."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:  # noqa: ANN401
        """An administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # untyped
    """One person. Seats in organizations say what they may do there; ``is_staff`` opens the admin.

    Raising ``session_version`` ends every session: done when rights change and when the person asks for it.
    """

    email = models.EmailField(_("courriel"), max_length=254, unique=True)
    name = models.CharField(_("nom"), max_length=120, blank=True)
    telephone = models.CharField(_("téléphone"), max_length=40, blank=True)
    lang = models.CharField(_("langue"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    is_name_shown = models.BooleanField(_("mon nom peut être montré"), default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    session_version = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="user_email_any_case"),)

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """What Wagtail shows."""
        return str(self)

    def get_short_name(self) -> str:
        """What Wagtail greets with."""
        return str(self)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session was opened with: the password, the rights and the version of that day."""
        value = f"{self.password}\n{self.session_version}\n{self.is_staff:d}{self.is_superuser:d}"
        return salted_hmac("members.models.User.session", value, secret=secret, algorithm="sha256").hexdigest()

    @cached_property
    def is_editor(self) -> bool:
        """Member of the editors’ group; read once a request."""
        return self.groups.filter(name=EDITORS_GROUP).exists()
