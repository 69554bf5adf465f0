"""Running one job: claim, commit, run, commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tasks import queue
from tasks.enums import JobState
from tasks.models import Job
from tasks.registry import KINDS, Kind

if TYPE_CHECKING:
    from datetime import datetime

log = structlog.get_logger(__name__)


def run_job(pk: int) -> None:
    """Claim and run one job; whatever happens to it is written in its row."""
    job = queue.claim(Job, pk, now=timezone.now())
    if job is None:
        return
    names = {**queue.ids_in(job.args), "job_id": pk, "kind": job.kind}
    with structlog.contextvars.bound_contextvars(**names):
        try:
            with queue.running(job):
                _run(job, now=timezone.now())
            log.info("job_ended", state=job.state, attempts=job.attempts)
        except queue.LeaseLostError:
            log.warning("lease_lost")
        except Exception as error:  # noqa: BLE001  the boundary: every failure becomes the row's state
            _fail(job, error)


def _run(job: Job, *, now: datetime) -> None:
    kind = KINDS.get(job.kind)
    if kind is None:
        queue.finish(job, JobState.DEAD, now=now, note=f"Nobody handles the kind {job.kind!r}.")
        return
    if not kind.accepts(job.args):
        queue.finish(job, JobState.DEAD, now=now, note=f"Arguments do not fit {job.kind}: {job.args!r}")
        return
    if kind.is_atomic:
        with transaction.atomic():
            _call(kind, job, now=now)
    else:
        _call(kind, job, now=now)


def _call(kind: Kind, job: Job, *, now: datetime) -> None:
    """Run the handler, then mark the job unless a signal of the domain did."""
    reason = kind.handler(now=now, **job.args)
    if job.state != JobState.LEASED:
        return
    ended_at = timezone.now()
    if reason:
        queue.finish(job, JobState.CANCELLED, now=ended_at, note=reason)
    else:
        queue.finish(job, JobState.DONE, now=ended_at)


def _fail(job: Job, error: Exception) -> None:
    log.warning("job_failed", attempts=job.attempts, exc_info=error)
    try:
        queue.fail(job, error, now=timezone.now(), backoff_s=settings.QUEUE_BACKOFF_S)
    except queue.LeaseLostError:
        log.warning("lease_lost")
