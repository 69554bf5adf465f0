"""An account: one person, known by an e-mail address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from maillage.core.enums import Language
from maillage.core.permissions import EDITORS_GROUP

if TYPE_CHECKING:
    from datetime import datetime


class UserManager(BaseUserManager["User"]):
    """Accounts are found and made by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of an address."""
        return self.get(email__iexact=username or "")

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A member; without a password they sign in by a code."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """An administrator."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """One person. Seats in organizations say what they may do there; ``is_staff`` opens the admin."""

    email = models.EmailField(_("courriel"), max_length=254, unique=True)
    name = models.CharField(_("nom"), max_length=120, blank=True)
    telephone = models.CharField(_("téléphone"), max_length=40, blank=True)
    lang = models.CharField(_("langue"), max_length=2, choices=Language.choices, default=Language.FRENCH)
    is_name_shown = models.BooleanField(_("mon nom peut être montré"), default=False)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []  # noqa: RUF012  Django's own signature

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

    @cached_property
    def is_editor(self) -> bool:
        """Member of the editors’ group; read once a request."""
        return self.groups.filter(name=EDITORS_GROUP).exists()
