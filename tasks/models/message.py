"""An outgoing mail: rendered when its row is written, its links' tokens derived when it leaves."""

from __future__ import annotations

from django.db import models

from maillage.core.enums import Language
from tasks.enums import MessageClass, MessageState
from tasks.models.lease import Leasable, LeasableQuerySet


class MessageQuerySet(LeasableQuerySet["Message"]):
    """Reads of mails."""


class Message(Leasable):
    """One mail to one address. ``context`` names the need, pairing or person whose state is read again at sending."""

    message_id = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    mail_class = models.CharField(max_length=10, choices=MessageClass.choices)
    state = models.CharField(max_length=10, choices=MessageState.choices, default=MessageState.PENDING)
    address = models.EmailField(max_length=254)
    lang = models.CharField(max_length=2, choices=Language.choices, default=Language.FRENCH)
    from_header = models.CharField(max_length=320)
    reply_to = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=255)
    body_text = models.TextField(blank=True)
    body_html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    context = models.JSONField(default=dict, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("priority", "due_at"),
                condition=models.Q(state__in=("pending", "retry", "leased")),
                name="message_due",
            ),
            models.Index(fields=("address", "mail_class", "state", "ended_at"), name="message_address"),
            models.Index(fields=("state", "ended_at"), name="message_state"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.message_id} {self.state}"
