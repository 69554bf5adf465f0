"""Django's e-mail backend that writes rows: every mail, also allauth's and Wagtail's, becomes a Message.

Headers that our rooms may set, read here and not sent: X-Maillage-Kind, X-Maillage-Language, X-Maillage-Key.
"""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from tasks import outbox
from tasks.kinds import MAIL_KINDS, PLAIN
from tasks.rendering import Content, inlined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.core.mail import EmailMessage

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
    kind = MAIL_KINDS.get(headers.pop(KIND_HEADER, ""), PLAIN)
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
            useless_after=now + timedelta(minutes=settings.SIGN_IN_CODE_MINUTES) if kind.is_secret else None,
            from_header=mail.from_email,
            reply_to=", ".join(mail.reply_to),
            headers=headers,
        )


def _html(mail: EmailMessage) -> str:
    for content, mimetype in getattr(mail, "alternatives", []):
        if mimetype == "text/html":
            return inlined(str(content))
    return ""
