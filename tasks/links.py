"""Links of mails: absolute, in the reader's language, with a placeholder where the token will be.

A stored body holds ``[[token:PURPOSE]]``; ``fill`` puts the derived tokens in as the mail leaves. Only purposes issued
with the row itself are filled, so that a placeholder typed into someone's text opens nothing that is not the reader's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from maillage.core.models.tokens import derive

if TYPE_CHECKING:
    from tasks.models import Message

PLACEHOLDER = re.compile(r"\[\[token:([a-z_]+)(?:@(<[^<>\s\]]+>))?\]\]")
_STAND_IN = "0token0"


def url(view: str, *args: object, lang: str) -> str:
    """Absolute address of a page in one language."""
    with translation.override(lang):
        return f"{settings.SITE_URL}{reverse(view, args=args)}"


def token_url(view: str, purpose: str, *, lang: str) -> str:
    """Absolute address of a page whose one argument is the token of ``purpose``."""
    return url(view, _STAND_IN, lang=lang).replace(_STAND_IN, f"[[token:{purpose}]]")


def fill(text: str, message: Message) -> str:
    """Put the tokens of this message, and of those gathered in it, in the place of their placeholders."""
    issued: dict[str, list[str]] = {
        message.message_id: message.context.get("purposes", []),
        **message.context.get("origins", {}),
    }

    def token(found: re.Match[str]) -> str:
        purpose, origin = found[1], found[2] or message.message_id
        return derive(origin, purpose) if purpose in issued.get(origin, ()) else found[0]

    return PLACEHOLDER.sub(token, text)


def address_from(text: str, message: Message) -> str:
    """The same text with placeholders that say which message they come from: for what gathers several."""
    return PLACEHOLDER.sub(lambda found: f"[[token:{found[1]}@{found[2] or message.message_id}]]", text)


__all__ = ["PLACEHOLDER", "address_from", "fill", "token_url", "url"]
