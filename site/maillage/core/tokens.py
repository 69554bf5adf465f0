"""Issuing and opening the links of mails."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from maillage.core.models.tokens import ActionToken, derive, hash_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model


MAX_RAW_CHARACTERS = 64


class TokenRefusedError(Exception):
    """A link that opens nothing: ``reason`` is ``unknown``, ``expired`` or ``revoked``."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """A link that a mail will carry: what it is for and the object that it opens.

    ``address`` is whose choices it changes when that is not the reader's own: an owner's for a shared address.
    """

    purpose: str
    subject: Model
    data: dict[str, object]
    days: int = 0
    address: str = ""


def issue(*, message_id: str, link: LinkSpec, address: str, now: datetime) -> ActionToken:
    """Store the hash of the token that will be derived when the mail is sent; safe to repeat."""
    raw = derive(message_id, link.purpose)
    token, _ = ActionToken.objects.get_or_create(
        token_hash=hash_of(raw),
        defaults={
            "purpose": link.purpose,
            "address": link.address or address,
            "object_type": link.subject._meta.label_lower,
            "object_id": link.subject.pk,
            "data": link.data,
            "expires_at": now + timedelta(days=link.days or settings.ACTION_TOKEN_DAYS),
        },
    )
    return token


def open_token(*, raw: str, purpose: str, now: datetime) -> ActionToken:
    """The row behind a link.

    Raises:
        TokenRefusedError: the token is unknown, meant for something else, expired or revoked.
    """
    token = ActionToken.objects.matching(raw).first() if len(raw) <= MAX_RAW_CHARACTERS else None
    if token is None or token.purpose != purpose:
        raise TokenRefusedError("unknown")
    if token.revoked_at is not None:
        raise TokenRefusedError("revoked")
    if token.expires_at <= now:
        raise TokenRefusedError("expired")
    return token
