"""Bounces and complaints that the mail provider tells later: they close addresses.

The provider must present MAIL_WEBHOOK_SECRET (``user:password``); anymail checks it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import structlog
from anymail.signals import EventType, tracking
from django.dispatch import receiver
from django.utils import timezone

from tasks import suppressions
from tasks.enums import MessageState
from tasks.models import Message
from tasks.models.suppression import SuppressionReason
from tasks.sending import tell

if TYPE_CHECKING:
    from datetime import datetime

log = structlog.get_logger(__name__)


@receiver(tracking, dispatch_uid="tasks.webhooks.track")
def track(*, event: Any, **_: Any) -> None:  # noqa: ANN401  anymail's event
    """Act on one event; anything else than a lasting failure changes nothing."""
    now = timezone.now()
    if event.event_type == EventType.COMPLAINED:
        suppressions.close(address=event.recipient, reason=SuppressionReason.COMPLAINT, now=now)
    elif event.event_type == EventType.BOUNCED:
        detail = str(event.mta_response or event.description or "")
        suppressions.close(address=event.recipient, reason=SuppressionReason.BOUNCE, detail=detail, now=now)
        _mark_bounced(str(event.message_id or ""), detail, now)
    else:
        log.info("mail_event", what=event.event_type)


def _mark_bounced(message_id: str, detail: str, now: datetime) -> None:
    """Providers that keep our Message-ID let us say which mail it was."""
    message = Message.objects.filter(message_id=message_id, state=MessageState.SENT).first() if message_id else None
    if message is None:
        return
    Message.objects.filter(pk=message.pk).update(state=MessageState.BOUNCED, last_error=detail[:500])
    tell(message, "mail.undeliverable", now)
