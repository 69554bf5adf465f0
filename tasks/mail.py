"""Django's e-mail backend that writes rows: every mail, also allauth's and Wagtail's, becomes a Message.

Headers that our rooms may set, read here and not sent: X-Maillage-Kind, X-Maillage-Language, X-Maillage-Key.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from tasks import outbox
from tasks.kinds import MAIL_KINDS, NEW_PASSWORD, PLAIN, SIGN_IN_CODE, MailKind
from tasks.rendering import Content, inlined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.core.mail import EmailMessage

log = structlog.get_logger(__name__)

KIND_HEADER = "X-Maillage-Kind"
LANGUAGE_HEADER = "X-Maillage-Language"
KEY_HEADER = "X-Maillage-Key"


class RowBackend(BaseEmailBackend):
    """``EMAIL_BACKEND``: a row for each recipient, in the caller's transaction; a broken one is visible, not raised."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the rows; returns how many mails were taken."""
        now = timezone.now()
        for mail in email_messages:
            _write(mail, now)
        return len(email_messages)


def _write(mail: EmailMessage, now: datetime) -> None:
    headers = {name: str(value) for name, value in mail.extra_headers.items()}
    kind = _kind(headers.pop(KIND_HEADER, PLAIN.code))
    lang = headers.pop(LANGUAGE_HEADER, "") or (translation.get_language() or "fr")[:2]
    key = headers.pop(KEY_HEADER, "") or uuid.uuid4().hex
    message_id = headers.pop("Message-ID", "")
    recipients = mail.recipients()
    for address in recipients:
        outbox.write_message(
            kind=kind.code,
            dedupe_key=f"{kind.code}:{key}:{outbox.address_code(address)}",
            # Each row is a mail of its own: a Message-ID given to several recipients is kept for a lone one only.
            message_id=message_id if len(recipients) == 1 else "",
            address=address,
            lang=lang,
            content=Content(subject=str(mail.subject), text=str(mail.body), html=_html(mail)),
            now=now,
            useless_after=_useless_after(kind, now),
            from_header=mail.from_email,
            reply_to=", ".join(mail.reply_to),
            headers=headers,
        )


def _kind(code: str) -> MailKind:
    """The kind that a room named; one that nobody registered leaves all the same, as plain mail, and is told of."""
    if code not in MAIL_KINDS:
        log.warning("unknown_mail_kind", kind=code)
    return MAIL_KINDS.get(code, PLAIN)


def _useless_after(kind: MailKind, now: datetime) -> datetime | None:
    """Until when the secret in the mail opens anything."""
    if kind is SIGN_IN_CODE:
        return now + timedelta(minutes=settings.SIGN_IN_CODE_MINUTES)
    if kind is NEW_PASSWORD:
        return now + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    return None


def _html(mail: EmailMessage) -> str:
    for content, mimetype in getattr(mail, "alternatives", []):
        if mimetype == "text/html":
            return inlined(str(content))
    return ""
