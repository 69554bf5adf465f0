"""Personal data of the queue of record: whom mails went to, and what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.dispatch import receiver

from members.personal_data import Erase, declare, declare_impersonal, rows
from members.signals import person_erased
from tasks.enums import MessageState
from tasks.models import Job, Message, Suppression

if TYPE_CHECKING:
    from datetime import datetime

NOT_TOLD_TWICE = "the row proves that a mail left, so that it leaves once"

rows(Message, lambda person: Q(address=person.email))
declare(
    Message,
    "address",
    purpose="send the mail",
    retention="MESSAGES_KEPT_DAYS",
    erase=Erase.REPLACE,
    replacement=lambda message: f"erased-{message.pk}@erased.invalid",
)
for name in ("subject", "body_text", "body_html"):
    declare(Message, name, purpose="send the mail, and show what was sent", retention="MESSAGE_BODY_KEPT_DAYS")
declare(
    Message,
    "reply_to",
    purpose="answers reach a human",
    retention="MESSAGES_KEPT_DAYS",
    export=False,
    because="the other side's address",
)
declare(
    Message,
    "last_error",
    purpose="see why a mail did not leave",
    retention="MESSAGES_KEPT_DAYS",
    export=False,
    mask=False,
    because="a mail server's words",
)
declare_impersonal(
    Message,
    *("dedupe_key", "lease_token", "message_id", "kind", "mail_class", "state", "lang", "from_header", "headers"),
    "context",
    because=NOT_TOLD_TWICE,
)
declare_impersonal(Job, "dedupe_key", "lease_token", "last_error", "kind", "args", "state", because="codes and ids")
rows(Suppression, lambda person: Q(address=person.email))
for name in ("address", "detail"):
    declare(
        Suppression,
        name,
        purpose="never write again to an address that is closed",
        retention="until the address is opened again",
        erase=Erase.KEEP,
        because="without it we would write again to somebody who does not want it",
    )
declare_impersonal(Suppression, "reason")


@receiver(person_erased)
def _cancel_waiting_mail(address: str, now: datetime, **_facts: object) -> None:
    """Nothing leaves any more for a person who left."""
    waiting = Message.objects.filter(address=address, state__in=(MessageState.PENDING, MessageState.RETRY))
    waiting.update(state=MessageState.CANCELLED, ended_at=now)
