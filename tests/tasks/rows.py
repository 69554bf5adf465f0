"""Rows of the queue for tests, and the registered kinds that they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.enums import MessageClass
from tasks.kinds import MAIL_KINDS, MailKind
from tasks.models import Job, Message
from tasks.outbox import write_message
from tasks.rendering import Content

if TYPE_CHECKING:
    from datetime import datetime

NEWS = MailKind("test_news", label="news", mail_class=MessageClass.OPTIONAL)
LETTER = MailKind("test_letter", label="letter")
for _kind in (NEWS, LETTER):
    MAIL_KINDS.setdefault(_kind.code, _kind)


def make_job(now: datetime, *, kind: str = "test.job", key: str = "job:1", **fields: object) -> Job:
    """A due job."""
    defaults: dict[str, object] = {"kind": kind, "dedupe_key": key, "due_at": now, "created_at": now}
    return Job.objects.create(**{**defaults, **fields})  # type: ignore[arg-type]


def make_message(
    now: datetime, *, address: str = "ana@example.org", kind: str = LETTER.code, key: str = "letter:1", **more: object
) -> Message:
    """A due mail, written the way the house writes them."""
    fields: dict[str, object] = {
        "kind": kind,
        "dedupe_key": key,
        "address": address,
        "lang": "fr",
        "content": Content("Objet", "Bonjour,\n\nvoilà.\n", "<p>Bonjour, voilà.</p>"),
        "now": now,
    }
    write_message(**{**fields, **more})  # type: ignore[arg-type]
    return Message.objects.get(dedupe_key=key)
