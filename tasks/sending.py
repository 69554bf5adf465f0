"""Sending one mail: claim, commit; read everything again; hand over; commit.

At least once, with at most one more copy for each crash between the server's answer and our commit, and that copy has
the same Message-ID.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tasks import gate, journal, posting, queue, suppressions
from tasks.enums import MessageState
from tasks.kinds import MAIL_KINDS
from tasks.mime import problem_with
from tasks.models import Message
from tasks.models.suppression import SuppressionReason

if TYPE_CHECKING:
    from datetime import datetime

log = structlog.get_logger(__name__)
UNDELIVERABLE = {MessageState.BOUNCED, MessageState.SUPPRESSED, MessageState.DEAD}


def send_message(pk: int) -> None:
    """Claim and send one mail; whatever happens to it is written in its row."""
    message = queue.claim(Message, pk, now=timezone.now(), on_dead=_tell_undeliverable)
    if message is None:
        return
    names = {**queue.ids_in(message.context), "mail_id": pk, "message": _code(message), "kind": message.kind}
    with structlog.contextvars.bound_contextvars(**names):
        try:
            _send(message)
            log.info("mail_ended", state=message.state, attempts=message.attempts)
        except queue.LeaseLostError:
            log.warning("lease_lost")
        except Exception as error:  # noqa: BLE001  the boundary: every failure becomes the row's state
            _fail(message, error)


def _code(message: Message) -> str:
    """The Message-ID without its domain, which logs would mask as an address."""
    return message.message_id.strip("<>").partition("@")[0]


def _send(message: Message) -> None:
    found = gate.verdict(message, now=timezone.now())
    if isinstance(found, gate.End):
        _end(message, found.state, note=found.reason)
        return
    if isinstance(found, gate.Wait):
        queue.postpone(message, due_at=found.until, reason=found.reason)
        return
    problem = problem_with(message)
    if problem:
        _end(message, MessageState.DEAD, note=problem)
        return
    try:
        posting.post(message)
    except posting.BouncedError as error:
        _bounce(message, error)
    except posting.ServerDownError as error:
        due_at = timezone.now() + timedelta(seconds=settings.MAIL_SERVER_DOWN_S)
        queue.postpone(message, due_at=due_at, reason=f"mail_server: {error}")
    else:
        _note(message)
        _end(message, MessageState.SENT)


def _note(message: Message) -> None:
    """The journal serves restored databases only: a mail that has left must not leave again because a disk is full."""
    try:
        journal.write(message, now=timezone.now())
    except OSError as error:
        log.error("journal_failed", error=str(error))  # noqa: TRY400  the trace says nothing more


def _end(message: Message, state: MessageState, *, note: str = "") -> None:
    """Write the end of a mail and, in the same transaction, what follows from it."""
    now = timezone.now()
    kind = MAIL_KINDS.get(message.kind)
    emptied: dict[str, object] = {}
    if kind is not None and kind.is_secret:
        emptied = {"body_text": "", "body_html": "", "emptied_at": now}
    with transaction.atomic():
        if state == MessageState.SENT:
            tell(message, "mail.handed_over", now)
        elif state in UNDELIVERABLE:
            _tell_undeliverable(message, now)
        queue.finish(message, state, now=now, note=note, **emptied)


def _bounce(message: Message, error: posting.BouncedError) -> None:
    if error.is_address_dead:
        suppressions.close(
            address=message.address, reason=SuppressionReason.BOUNCE, detail=str(error), now=timezone.now()
        )
    _end(message, MessageState.BOUNCED, note=str(error))


def _fail(message: Message, error: Exception) -> None:
    """Later, with the same bytes; once the attempts are used, whoever waits for this mail is told."""
    is_known = isinstance(error, posting.PostingError)
    text = str(error) if is_known else queue.describe(error)
    log.warning("mail_failed", attempts=message.attempts, error=text, exc_info=None if is_known else error)
    now = timezone.now()
    try:
        with transaction.atomic():
            queue.fail(message, text, now=now, backoff_s=settings.MAIL_BACKOFF_S)
            if message.state == MessageState.DEAD:
                _tell_undeliverable(message, now)
    except queue.LeaseLostError:
        log.warning("lease_lost")


def _tell_undeliverable(message: Message, now: datetime) -> None:
    tell(message, "mail.undeliverable", now)


def tell(message: Message, event: str, now: datetime) -> None:
    """Write the job that follows from the end of a mail, for it and for those gathered in it, if their kind has one."""
    gathered = Message.objects.filter(message_id__in=message.context.get("gathered", []))
    for mail in (message, *gathered):
        kind = MAIL_KINDS.get(mail.kind)
        follows = kind and (kind.on_handed_over if event == "mail.handed_over" else kind.on_undeliverable)
        if follows:
            args = {"message_id": mail.message_id}
            queue.enqueue(kind=event, dedupe_key=f"{event}:{mail.message_id}", args=args, now=now)
