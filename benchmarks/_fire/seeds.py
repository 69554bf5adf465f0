"""Rows that campaigns start from, and counts of what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from benchmarks._fire import jobs as jobs_module
from maillage.core.models import AuditEntry
from members.enums import Rhythm
from members.models import Preference
from tasks.models import Job, Message, Suppression

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks._fire.sink import Mailbox

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


def poison(kind: str, count: int) -> None:
    """Jobs without arguments, due before everything else."""
    now = timezone.now()
    for number in range(count):
        Job.objects.create(kind=kind, dedupe_key=f"{kind}:{number}", due_at=now, created_at=now, priority=1)


def dead_with_reason() -> int:
    """Dead rows that say why."""
    return Job.objects.filter(state="dead").exclude(last_error="").count()


def messages(addresses: Sequence[str], *, kind: str = "fire_letter") -> None:
    """Mails that are due now, one to each address."""
    now = timezone.now()
    for number, address in enumerate(addresses):
        jobs_module.letter(number, address=address, key=f"fire:{kind}:{address}", now=now, kind=kind)


def states(domain: str) -> list[str]:
    """What became of each mail to a domain."""
    return list(Message.objects.filter(address__endswith=f"@{domain}").values_list("state", flat=True))


def suppressed() -> int:
    """Addresses closed."""
    return Suppression.objects.count()


def longest_lease_s() -> float:
    """For how long the oldest lease that runs has been held."""
    until = Message.objects.filter(state="leased").aggregate(first=Min("lease_until"))["first"]
    return 0.0 if until is None else settings.QUEUE_LEASE_S - (until - timezone.now()).total_seconds()


def weekly_addresses(count: int) -> list[str]:
    """People who chose one mail a week."""
    return [f"p{number}@week.example" for number in range(count)]


def weekly_people(count: int) -> None:
    """Their choice."""
    Preference.objects.bulk_create(
        [Preference(address=address, rhythm=Rhythm.WEEKLY) for address in weekly_addresses(count)], batch_size=BATCH
    )


def offers(people: int, window: int) -> None:
    """Two optional mails for each of them, due now."""
    now = timezone.now()
    for number, address in enumerate(weekly_addresses(people)):
        for rank in (1, 2):
            key = f"fire:offer:{window}:{rank}:{number}"
            jobs_module.letter(number, address=address, key=key, now=now, kind=jobs_module.OFFER.code)


def due() -> int:
    """Rows to be run now."""
    now = timezone.now()
    return int(Job.objects.due(now).count() + Message.objects.due(now).count() + _leased())


def _leased() -> int:
    return int(Job.objects.filter(state="leased").count() + Message.objects.filter(state="leased").count())


def gathered() -> int:
    """Mails that digests took."""
    return Message.objects.filter(last_error__startswith="gathered:").count()


def windows_done() -> int:
    """Windows whose job has ended."""
    return Job.objects.filter(kind="digest.window", state="done").count()


def lost_and_duplicated(box: Mailbox, need_ids: Sequence[int]) -> tuple[int, int]:
    """Needs whose group was told nothing plus mails said to be sent that never arrived; second copies."""
    told = {int(pk) for pk in Message.objects.filter(state="sent").values_list("context__need_id", flat=True) if pk}
    sent = set(Message.objects.filter(state="sent").values_list("message_id", flat=True))
    lost = len(set(need_ids) - told) + len(sent - set(box.by_id))
    return lost, sum(box.by_id.values()) - len(box.by_id)
