"""Running the queue of record in one process, without Celery: due rows through its own claim and run functions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from typing import TYPE_CHECKING

import time_machine
from django.conf import settings

from tasks.enums import JobState, MessageState
from tasks.models import Job, Message
from tasks.sending import send_message
from tasks.worker import run_job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path

ROWS_MAX = 500


@dataclass
class Mail:
    """One mail as it was handed over."""

    parsed: EmailMessage
    row: Message

    @property
    def text(self) -> str:
        """Its text."""
        return str(self.parsed.get_body(("plain",)).get_content())

    @property
    def html(self) -> str:
        """Its HTML."""
        return str(self.parsed.get_body(("html",)).get_content())

    def link(self, path: str) -> str:
        """The one address in the text that holds ``path``, without the host."""
        found = {word for word in self.text.split() if word.startswith("http") and path in word}
        assert len(found) == 1, (path, found, self.text)
        return found.pop().removeprefix(settings.SITE_URL)


class Clock:
    """Moves time from one due row to the next."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def drive(self, *, until: datetime | None = None, jobs_only: bool = False) -> None:
        """Run every row that falls due up to a moment, each at its time; now unless said."""
        until = until or self.now
        for _ in range(ROWS_MAX):
            row = self._next(until, jobs_only=jobs_only)
            if row is None:
                self.now = max(self.now, until)
                return
            self.now = max(self.now, row.due_at)
            with time_machine.travel(self.now, tick=False):
                run_job(row.pk) if isinstance(row, Job) else send_message(row.pk)
            self._check(row)
        raise AssertionError(f"More than {ROWS_MAX} rows: {row}")

    def pass_by(self, **span: float) -> None:
        """Let time pass, rows running as they fall due."""
        self.drive(until=self.now + timedelta(**span))

    def _next(self, until: datetime, *, jobs_only: bool) -> Job | Message | None:
        models = (Job,) if jobs_only else (Job, Message)
        due = [
            row
            for model in models
            for row in model.objects.live().filter(due_at__lte=until).order_by("due_at", "priority", "pk")[:1]
        ]
        return min(due, key=lambda row: (max(row.due_at, self.now), row.priority, row.pk), default=None)

    @staticmethod
    def _check(row: Job | Message) -> None:
        row.refresh_from_db()
        assert row.state not in (JobState.DEAD, JobState.RETRY) or "weekly" in row.last_error, row.last_error
        assert row.state != JobState.LEASED, row


def mails(folder: Path) -> list[Mail]:
    """What left, in the order of writing."""
    return sorted(_read(folder), key=lambda mail: mail.row.pk)


def _read(folder: Path) -> Iterator[Mail]:
    for path in folder.glob("*.eml"):
        parsed = message_from_bytes(path.read_bytes(), policy=policy.default)
        yield Mail(parsed, Message.objects.get(message_id=parsed["Message-ID"], state=MessageState.SENT))
