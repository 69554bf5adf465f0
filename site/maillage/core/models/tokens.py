"""Links in mails: bound to one recipient, one object and one set of actions; only their hash is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


def derive(message_id: str, purpose: str) -> str:
    """The raw token of one link of one message: HMAC-SHA256 over both, 43 URL-safe characters.

    Deriving instead of drawing lets a retried mail carry the same bytes without storing any token.
    """
    digest = hmac.new(settings.SECRET_KEY.encode(), f"{message_id}\n{purpose}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def hash_of(token: str) -> str:
    """SHA-256 of a raw token, hexadecimal: what is stored and looked up."""
    return hashlib.sha256(token.encode()).hexdigest()


class ActionTokenQuerySet(models.QuerySet["ActionToken"]):
    """Reads of tokens."""

    def matching(self, raw: str) -> Self:
        """Rows of one raw token, whatever their age."""
        return self.filter(token_hash=hash_of(raw))

    def valid(self, now: datetime) -> Self:
        """Rows that still open something."""
        return self.filter(expires_at__gt=now, revoked_at=None)


class ActionToken(models.Model):
    """What one link of one mail may do. It never logs anyone in, and a GET through it changes nothing."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=40)
    address = models.EmailField(max_length=254)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    data = models.JSONField(default=dict, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ActionTokenQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("object_type", "object_id"), name="token_object"),)

    def __str__(self) -> str:
        return f"{self.purpose} {self.object_type}:{self.object_id}"
