"""What left, written beside the database as it leaves: a restored database learns from it what not to send again.

One line of JSON a mail in ``MAILLAGE_VAR/journal/<month>.jsonl``: no address, no content.
"""

from __future__ import annotations

import json
import os
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction

from tasks.enums import MessageState
from tasks.models import Message
from tasks.models.lease import LIVE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def write(message: Message, *, now: datetime) -> None:
    """Add one line in one write, which the system does not mix with another process's."""
    folder = settings.VAR / "journal"
    folder.mkdir(parents=True, exist_ok=True)
    line = {"at": now.isoformat(), "id": message.message_id, "key": message.dedupe_key, "kind": message.kind}
    handle = os.open(folder / f"{now:%Y-%m}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o640)
    try:
        os.write(handle, f"{json.dumps(line, ensure_ascii=False)}\n".encode())
    finally:
        os.close(handle)


def read(path: Path) -> Iterator[dict[str, str]]:
    """Lines of one file; a last line cut by a crash is left out."""
    for line in path.read_text(encoding="utf-8").splitlines():
        try:
            yield json.loads(line)
        except json.JSONDecodeError:
            continue


def replay(lines: Iterator[dict[str, str]]) -> tuple[int, int]:
    """Mark as sent, in a restored database, what the journal says has left.

    A mail that the database does not know (written after the backup) gets an empty row with its key, so that the job
    that writes it again changes nothing.

    Returns:
        How many rows were marked, and how many were added.
    """
    marked = added = 0
    for line in lines:
        at = datetime.fromisoformat(line["at"])
        with transaction.atomic():
            known = Message.objects.filter(message_id=line["id"])
            if known.exists():
                marked += known.filter(state__in=LIVE).update(
                    state=MessageState.SENT, ended_at=at, last_error="replayed", lease_token=""
                )
                continue
            Message.objects.create(
                message_id=line["id"],
                dedupe_key=line["key"],
                kind=line["kind"],
                mail_class="necessary",
                state=MessageState.SENT,
                address="",
                from_header="",
                subject="",
                last_error="replayed",
                due_at=at,
                created_at=at,
                ended_at=at,
                emptied_at=at,
            )
            added += 1
    return marked, added
