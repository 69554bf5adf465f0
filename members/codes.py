"""The codes of sign-in: derived from a nonce, so that the same one can be sent twice without being stored."""

from __future__ import annotations

import hmac
import re
import secrets
from hashlib import sha256

from django.conf import settings

from maillage.core.formats import NO_BREAK_SPACE

DIGITS = 6


def new_nonce() -> str:
    """43 random characters."""
    return secrets.token_urlsafe(32)


def code_of(*, nonce: str, address: str) -> str:
    """Six digits: HMAC-SHA256 of nonce and address, modulo a million (RFC 4226's idea without its truncation).

    The bias of the modulo over 2^256 is beyond measure.
    """
    message = f"members.sign_in\n{address}\n{nonce}".encode()
    digest = hmac.new(settings.SECRET_KEY.encode(), message, sha256).digest()
    return f"{int.from_bytes(digest) % 10**DIGITS:0{DIGITS}d}"


def shown(code: str) -> str:
    """« 482 913 »: read aloud and typed in two halves."""
    return f"{code[:3]}{NO_BREAK_SPACE}{code[3:]}"


def cleaned(typed: str) -> str:
    """What was typed, without the spaces, hyphens and dots that people and mail programs add."""
    return re.sub(r"[\s.\-\u2010-\u2015]", "", typed)


def is_same(left: str, right: str) -> bool:
    """Compared in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())
