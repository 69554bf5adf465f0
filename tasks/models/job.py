"""A thing to do, written in the transaction of the fact that causes it."""

from __future__ import annotations

from django.db import models

from tasks.enums import JobState
from tasks.models.lease import Leasable, LeasableQuerySet


class JobQuerySet(LeasableQuerySet["Job"]):
    """Reads of jobs."""


class Job(Leasable):
    """One job. ``dedupe_key`` names an event of business, such as ``pairing:42:wave:7:proposed``."""

    kind = models.CharField(max_length=60)
    args = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.PENDING)

    objects = JobQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("priority", "due_at"),
                condition=models.Q(state__in=("pending", "retry", "leased")),
                name="job_due",
            ),
            models.Index(fields=("state", "ended_at"), name="job_state"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.dedupe_key} {self.state}"
