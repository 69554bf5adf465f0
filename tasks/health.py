"""Whether all is well, in numbers and in stable codes: for load balancers, for Prometheus, for the operator's page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Min

from tasks.enums import JobState, MessageState
from tasks.gate import WEEK
from tasks.models import Hold, Job, Message

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

# A row that has been due for so long is not being worked on: a healthy queue takes seconds.
LATE_S = 300
INDEX_KIND_PREFIXES = ("search", "index", "background")


@dataclass(frozen=True, slots=True)
class Health:
    """What the queue looks like at one moment; ages in seconds, 0 when nothing is due."""

    jobs: Mapping[str, int]
    messages: Mapping[str, int]
    oldest_job_s: float
    oldest_message_s: float
    index_lag_s: float
    waiting_for_server: int
    sent_in_a_week: int
    is_held: bool

    @property
    def dead(self) -> int:
        """Rows that need a human."""
        return self.jobs.get(JobState.DEAD, 0) + self.messages.get(MessageState.DEAD, 0)

    @property
    def problems(self) -> list[str]:
        """What is not as it should be, the worst first; empty when all is well."""
        found = {
            "jobs_late": self.oldest_job_s > LATE_S,
            "mails_late": self.oldest_message_s > LATE_S,
            "mail_server": self.waiting_for_server > 0,
            "index_late": self.index_lag_s > LATE_S,
            "dead_rows": self.dead > 0,
        }
        return [code for code, is_true in found.items() if is_true]

    @property
    def is_ready(self) -> bool:
        """Whether this network does its work: dead rows wait for a human, but stop nothing."""
        return not {"jobs_late", "mails_late"} & set(self.problems)


def look(*, now: datetime) -> Health:
    """Look at the queue of record."""
    due_jobs, due_messages = Job.objects.due(now), Message.objects.due(now)
    is_held = Hold.objects.is_on()
    if is_held:
        due_messages = due_messages.exclude(mail_class="optional")
    index_kinds = [kind for kind in _due_kinds(now) if kind.startswith(INDEX_KIND_PREFIXES)]
    sent = Message.objects.filter(state=MessageState.SENT, ended_at__gt=now - WEEK)
    trouble = Message.objects.filter(state=MessageState.RETRY, last_error__startswith="mail_server:")
    return Health(
        jobs=dict(Job.objects.values_list("state").annotate(count=Count("pk")).order_by()),
        messages=dict(Message.objects.values_list("state").annotate(count=Count("pk")).order_by()),
        oldest_job_s=_age(due_jobs.aggregate(first=Min("due_at"))["first"], now),
        oldest_message_s=_age(due_messages.aggregate(first=Min("due_at"))["first"], now),
        index_lag_s=_age(due_jobs.filter(kind__in=index_kinds).aggregate(first=Min("due_at"))["first"], now),
        waiting_for_server=trouble.count(),
        sent_in_a_week=sent.count(),
        is_held=is_held,
    )


def _due_kinds(now: datetime) -> set[str]:
    return set(Job.objects.due(now).order_by().values_list("kind", flat=True).distinct())


def _age(moment: datetime | None, now: datetime) -> float:
    return (now - moment).total_seconds() if moment is not None else 0.0
