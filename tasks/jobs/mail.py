"""What follows from the end of a mail, and the weekly digests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks import digests
from tasks.kinds import MAIL_KINDS
from tasks.models import Message
from tasks.recurring import every
from tasks.registry import job

if TYPE_CHECKING:
    from datetime import datetime

every("digest.window", digests.window_of)


@job("mail.handed_over")
def handed_over(*, now: datetime, message_id: str) -> str | None:
    """A server took the mail: clocks start."""
    message = Message.objects.filter(message_id=message_id).first()
    if message is None:
        return "gone"
    follows = MAIL_KINDS[message.kind].on_handed_over
    if follows is not None:
        follows(message, message.ended_at or now)
    return None


@job("mail.undeliverable")
def undeliverable(*, now: datetime, message_id: str) -> str | None:
    """No server ever will: whoever waits for an answer is told."""
    message = Message.objects.filter(message_id=message_id).first()
    if message is None:
        return "gone"
    follows = MAIL_KINDS[message.kind].on_undeliverable
    if follows is not None:
        follows(message, now)
    return None


@job("digest.window")
def open_window(*, now: datetime, window: str) -> None:
    """The week's hour has come."""
    digests.open_window(window=window, now=now)


@job("digest.person", is_atomic=False)
def write_digest(*, now: datetime, window: str, preference_id: int) -> str | None:
    """One person's week."""
    return digests.write_digest(window=window, preference_id=preference_id, now=now)
