"""Sign-in codes: the code itself is derived, never stored, so that a second request can send the same one again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class SignInCode(models.Model):
    """One open attempt to sign in with one address; ``nonce`` is what the code is derived from."""

    address = models.EmailField(max_length=254)
    nonce = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    expires_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (models.Index(fields=("address", "expires_at"), name="sign_in_address"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.created_at:%Y-%m-%d %H:%M}"
