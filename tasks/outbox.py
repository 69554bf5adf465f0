"""Writing mails as rows, in the transaction of the fact that they tell."""

from __future__ import annotations

import hashlib
from email.utils import parseaddr
from typing import TYPE_CHECKING

import structlog
from django.conf import settings

from maillage.core import tokens
from maillage.core.models import Network
from maillage.core.tokens import LinkSpec
from tasks import links, queue
from tasks.enums import MessageState
from tasks.kinds import MAIL_KINDS
from tasks.mime import problem_with
from tasks.models import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tasks.rendering import Content

log = structlog.get_logger(__name__)
SUBJECT_MAX_CHARACTERS = 255
ADDRESS_MAX_CHARACTERS = 254


def message_id_of(dedupe_key: str) -> str:
    """The Message-ID of a key, the same for ever: a mail that leaves twice is one mail to whoever receives it."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    return f"<{hashlib.sha256(dedupe_key.encode()).hexdigest()[:40]}@{domain}>"


def address_code(address: str) -> str:
    """A short code of an address, for keys, which must not hold personal data."""
    return hashlib.sha256(address.strip().lower().encode()).hexdigest()[:16]


def write_message(
    *,
    kind: str,
    dedupe_key: str,
    address: str,
    lang: str,
    content: Content,
    now: datetime,
    context: Mapping[str, object] | None = None,
    link_specs: Sequence[LinkSpec] = (),
    due_at: datetime | None = None,
    useless_after: datetime | None = None,
    from_header: str = "",
    reply_to: str = "",
    headers: Mapping[str, str] | None = None,
    message_id: str = "",
    summary: Mapping[str, str] | None = None,
) -> None:
    """Write one mail to one address in the caller's transaction; a second one with the same key changes nothing.

    A row that could never leave (an address that is not one, a line break in a header, a body that is too big) is
    written ``dead`` with the reason, so that it is seen and holds nothing else up.

    Args:
        kind: a registered ``MailKind``.
        dedupe_key: the event of business and the recipient (``address_code``); no personal data.
        address: the one recipient; kept in lower case, as everywhere in the house.
        lang: of the content.
        content: from ``rendering.render``, called before the transaction.
        now: the moment.
        context: ids that ``MailKind``'s functions need, such as ``{"need_id": 42}``; also bound to the logs.
        link_specs: tokens of the placeholders in the content; issued here.
        due_at: from when it may leave; now unless said.
        useless_after: it is cancelled, not sent, after this moment.
        from_header: sender; the network's own unless said.
        reply_to: where answers go.
        headers: further headers.
        message_id: kept if the mail has one already.
        summary: ``{"title", "text", "url"}``, what a weekly digest shows of it.
    """
    known = MAIL_KINDS[kind]
    specs = [*link_specs, *([_unsubscribe(kind)] if known.is_optional else [])]
    row = Message(
        message_id=message_id or message_id_of(dedupe_key),
        dedupe_key=dedupe_key,
        kind=kind,
        mail_class=known.mail_class,
        priority=known.priority,
        address=address.strip().lower()[:ADDRESS_MAX_CHARACTERS],
        lang=lang,
        from_header=from_header or settings.DEFAULT_FROM_EMAIL,
        reply_to=reply_to,
        subject=content.subject[:SUBJECT_MAX_CHARACTERS],
        body_text=content.text,
        body_html=content.html,
        headers={**(headers or {}), **(_unsubscribe_headers(lang) if known.is_optional else {})},
        context=_context(context, specs, useless_after, summary),
        due_at=due_at or now,
        created_at=now,
    )
    problem = "The address is too long." if len(address) > ADDRESS_MAX_CHARACTERS else problem_with(row)
    if problem:
        _end_at_birth(row, problem, now)
    else:
        for spec in specs:
            tokens.issue(message_id=row.message_id, link=spec, address=row.address, now=now)
    queue.write_once(row, now=now)
    log.info("mail_written", **{**queue.ids_in(row.context), "written_kind": kind})
    if problem and known.on_undeliverable is not None:
        args = {"message_id": row.message_id}
        queue.enqueue(kind="mail.undeliverable", dedupe_key=f"mail.undeliverable:{row.message_id}", args=args, now=now)


def _context(
    context: Mapping[str, object] | None,
    specs: Sequence[LinkSpec],
    useless_after: datetime | None,
    summary: Mapping[str, str] | None,
) -> dict[str, object]:
    built: dict[str, object] = {**(context or {}), "purposes": [spec.purpose for spec in specs]}
    if useless_after is not None:
        built["useless_after"] = useless_after.isoformat()
    if summary is not None:
        built["summary"] = dict(summary)
    return built


def _unsubscribe(kind: str) -> LinkSpec:
    network = Network.objects.current()
    return LinkSpec(purpose="unsubscribe", subject=network if network.pk else Network(pk=1), data={"kind": kind})


def _unsubscribe_headers(lang: str) -> dict[str, str]:
    """RFC 2369 and RFC 8058: mail programs show « se désabonner », and it takes one click."""
    address = links.token_url("members:unsubscribe", "unsubscribe", lang=lang)
    return {"List-Unsubscribe": f"<{address}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}


def _end_at_birth(row: Message, problem: str, now: datetime) -> None:
    row.state, row.ended_at, row.last_error = MessageState.DEAD, now, problem
    row.body_text = row.body_html = ""
    row.emptied_at = now
