"""Sign-in codes: the code itself is derived, never stored, so that a second request can send the same one again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class SignInCodeQuerySet(models.QuerySet["SignInCode"]):
    """Reads of codes."""

    def usable(self, now: datetime) -> Self:
        """Codes that would still open a session."""
        return self.filter(used_at=None, expires_at__gt=now, tries__lt=settings.SIGN_IN_CODE_TRIES)

    def past(self, moment: datetime) -> Self:
        """Codes that ended before a moment, and may be forgotten."""
        return self.filter(expires_at__lt=moment)


class SignInCode(models.Model):
    """The one attempt to sign in with an address; ``nonce`` is what the code is derived from.

    The row is reused: a used, expired or exhausted one gets a new nonce. ``next_path`` leads on, whichever device the
    code is entered on.
    """

    address = models.EmailField(max_length=254, unique=True)
    nonce = models.CharField(max_length=64)
    next_path = models.CharField(max_length=500, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    expires_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    objects = SignInCodeQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("expires_at",), name="sign_in_expires"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.created_at:%Y-%m-%d %H:%M}"
