"""Rows that campaigns start from, and counts of what became of them."""

from __future__ import annotations

from django.utils import timezone

from maillage.core.models import AuditEntry
from tasks.models import Job, Message

BATCH = 1000


def jobs(kind: str, count: int, *, first: int = 0, **args: object) -> None:
    """``count`` due jobs of one kind, numbered."""
    now = timezone.now()
    Job.objects.bulk_create(
        [
            Job(
                kind=kind,
                args={"number": number, **args},
                dedupe_key=f"{kind}:{args.get('domain', '')}:{number}",
                due_at=now,
                created_at=now,
            )
            for number in range(first, first + count)
        ],
        batch_size=BATCH,
    )


def letter_jobs(count: int) -> None:
    """Jobs that write one mail each."""
    jobs("fire.letter", count)


def live() -> int:
    """Rows that have not ended."""
    return int(Job.objects.live().count() + Message.objects.live().count())


def count(state: str) -> int:
    """Rows in a state."""
    return int(Job.objects.filter(state=state).count() + Message.objects.filter(state=state).count())


def facts(verb: str) -> int:
    """Entries that campaigns' jobs wrote."""
    return AuditEntry.objects.filter(verb=verb).count()
