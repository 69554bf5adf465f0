"""The queue of record: written once, claimed by one, finished by who holds the lease."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from tasks import queue
from tasks.enums import JobState
from tasks.models import Job
from tests.tasks.rows import make_job

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = pytest.mark.django_db
BACKOFF = (10, 20, 30, 40)


def test_same_event_is_written_once(now: datetime) -> None:
    for number in (1, 2):
        queue.enqueue(kind="test.job", dedupe_key="need:1:opened", args={"number": number}, now=now)
    assert Job.objects.get().args == {"number": 1}


def test_claim_counts_the_attempt_and_gives_a_lease(now: datetime) -> None:
    claimed = queue.claim(Job, make_job(now).pk, now=now)
    stored = Job.objects.get()
    assert claimed is not None
    assert (stored.state, stored.attempts, stored.lease_token) == (JobState.LEASED, 1, claimed.lease_token)
    assert stored.lease_until == now + timedelta(seconds=settings.QUEUE_LEASE_S)


def test_row_is_claimed_by_one_worker(now: datetime) -> None:
    job = make_job(now)
    assert queue.claim(Job, job.pk, now=now) is not None
    assert queue.claim(Job, job.pk, now=now) is None


@pytest.mark.parametrize("state", ["done", "dead", "cancelled"])
def test_ended_row_is_not_claimed(now: datetime, state: str) -> None:
    assert queue.claim(Job, make_job(now, state=state).pk, now=now) is None


def test_row_is_not_claimed_before_it_is_due(now: datetime) -> None:
    job = make_job(now, due_at=now + timedelta(seconds=1))
    assert queue.claim(Job, job.pk, now=now) is None
    assert queue.claim(Job, job.pk, now=now + timedelta(seconds=1)) is not None


def test_lost_lease_is_taken_over_and_the_first_worker_can_no_longer_write(now: datetime) -> None:
    job = make_job(now)
    first = queue.claim(Job, job.pk, now=now)
    later = now + timedelta(seconds=settings.QUEUE_LEASE_S)
    second = queue.claim(Job, job.pk, now=later)
    assert first is not None
    assert second is not None
    with pytest.raises(queue.LeaseLostError):
        queue.finish(first, JobState.DONE, now=later)
    with pytest.raises(queue.LeaseLostError):
        queue.fail(first, "late", now=later, backoff_s=BACKOFF)
    queue.finish(second, JobState.DONE, now=later)
    assert Job.objects.get().state == JobState.DONE


def test_failure_waits_with_jitter_then_ends_dead_with_its_error(now: datetime) -> None:
    job = make_job(now)
    for attempt in range(1, settings.QUEUE_MAX_ATTEMPTS + 1):
        claimed = queue.claim(Job, job.pk, now=now)
        assert claimed is not None
        queue.fail(claimed, ValueError(f"no {attempt}"), now=now, backoff_s=BACKOFF)
        job.refresh_from_db()
        if attempt < settings.QUEUE_MAX_ATTEMPTS:
            wait_s = (job.due_at - now).total_seconds()
            assert 0.75 * BACKOFF[attempt - 1] <= wait_s <= 1.25 * BACKOFF[attempt - 1]
            now = job.due_at
    assert job.state == JobState.DEAD
    assert "ValueError: no 5" in job.last_error


def test_row_whose_workers_were_lost_ends_dead_at_the_next_claim(now: datetime) -> None:
    job = make_job(now)
    told: list[int] = []
    for _ in range(settings.QUEUE_MAX_ATTEMPTS):
        assert queue.claim(Job, job.pk, now=now) is not None
        now += timedelta(seconds=settings.QUEUE_LEASE_S)
    assert queue.claim(Job, job.pk, now=now, on_dead=lambda row, _: told.append(row.pk)) is None
    job.refresh_from_db()
    assert (job.state, job.attempts, told) == (JobState.DEAD, settings.QUEUE_MAX_ATTEMPTS, [job.pk])
    assert "Worker lost" in job.last_error


def test_postponed_row_keeps_its_attempts(now: datetime) -> None:
    claimed = queue.claim(Job, make_job(now).pk, now=now)
    assert claimed is not None
    queue.postpone(claimed, due_at=now + timedelta(hours=1), reason="held")
    stored = Job.objects.get()
    assert (stored.state, stored.attempts, stored.last_error) == (JobState.RETRY, 0, "held")


def test_row_of_last_year_ends_dead_instead_of_running(now: datetime) -> None:
    job = make_job(now, due_at=now - timedelta(days=365))
    assert queue.claim(Job, job.pk, now=now) is None
    job.refresh_from_db()
    assert job.state == JobState.DEAD
    assert "Stale" in job.last_error


def test_row_of_yesterday_runs(now: datetime) -> None:
    assert queue.claim(Job, make_job(now, due_at=now - timedelta(days=1)).pk, now=now) is not None


def test_lease_written_before_the_clock_jumped_back_counts_as_lost(now: datetime) -> None:
    job = make_job(now, state="leased", lease_until=now + timedelta(days=2), lease_token="x")
    assert queue.claim(Job, job.pk, now=now) is not None


def test_dead_row_is_given_new_attempts_by_hand(now: datetime) -> None:
    job = make_job(now, state="dead", attempts=5, ended_at=now, last_error="no")
    queue.retry_by_hand(job, now=now)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.ended_at) == (JobState.PENDING, 0, None)
    with pytest.raises(queue.WrongStateError):
        queue.retry_by_hand(job, now=now)


def test_cancelled_row_cannot_be_finished_by_its_worker(now: datetime) -> None:
    claimed = queue.claim(Job, make_job(now).pk, now=now)
    assert claimed is not None
    queue.cancel_by_hand(claimed, now=now, reason="by_hand")
    with pytest.raises(queue.LeaseLostError):
        queue.finish(claimed, JobState.DONE, now=now)
    with pytest.raises(queue.WrongStateError) as refused:
        queue.cancel_by_hand(claimed, now=now, reason="by_hand")
    assert refused.value.code == "cancelled"


def test_very_long_error_is_cut(now: datetime) -> None:
    claimed = queue.claim(Job, make_job(now).pk, now=now)
    assert claimed is not None
    queue.fail(claimed, "x" * 100_000, now=now, backoff_s=BACKOFF)
    assert len(Job.objects.get().last_error) == queue.ERROR_MAX_CHARACTERS
