"""Running one job."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
import time_machine
from django.db import transaction
from django.dispatch import Signal

from maillage.core.models import Network
from tasks import queue, registry
from tasks.enums import JobState
from tasks.models import Job
from tasks.worker import run_job
from tests.tasks.rows import make_job

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

pytestmark = pytest.mark.django_db
KIND = "test.handler"
happened = Signal()


@pytest.fixture(autouse=True)
def _clean_registry(now: datetime) -> Iterator[None]:
    with time_machine.travel(now, tick=False):
        yield
    registry.KINDS.pop(KIND, None)


def test_done_job_runs_once(now: datetime) -> None:
    calls: list[int] = []
    registry.job(KIND)(lambda *, now, number: calls.append(number))
    job = make_job(now, kind=KIND, args={"number": 3})
    run_job(job.pk)
    run_job(job.pk)
    assert calls == [3]
    assert Job.objects.get().state == JobState.DONE


def test_reason_given_by_the_handler_cancels(now: datetime) -> None:
    registry.job(KIND)(lambda *, now: "already_answered")
    run_job(make_job(now, kind=KIND).pk)
    stored = Job.objects.get()
    assert (stored.state, stored.last_error) == (JobState.CANCELLED, "already_answered")


def test_unknown_kind_is_dead_at_once(now: datetime) -> None:
    run_job(make_job(now, kind="nobody.knows").pk)
    stored = Job.objects.get()
    assert stored.state == JobState.DEAD
    assert "nobody.knows" in stored.last_error


@pytest.mark.parametrize("args", [{"wrong": 1}, {}, [], "text", None, 3])
def test_arguments_that_do_not_fit_are_dead_at_once(now: datetime, args: object) -> None:
    registry.job(KIND)(lambda *, now, number: None)
    run_job(make_job(now, kind=KIND, args=args if args is not None else "null").pk)
    stored = Job.objects.get()
    assert stored.state == JobState.DEAD
    assert "do not fit" in stored.last_error


def test_failure_undoes_the_handlers_writes_and_is_tried_again(now: datetime) -> None:
    def write_then_fail(*, now: datetime) -> None:
        Network.objects.create(name="half")
        raise RuntimeError("no")

    registry.job(KIND)(write_then_fail)
    run_job(make_job(now, kind=KIND).pk)
    assert not Network.objects.exists()
    stored = Job.objects.get()
    assert stored.state == JobState.RETRY
    assert "RuntimeError: no" in stored.last_error


def test_worker_whose_lease_was_taken_over_leaves_no_trace(now: datetime) -> None:
    def lose(*, now: datetime) -> None:
        Network.objects.create(name="late")
        Job.objects.update(lease_token="another")

    registry.job(KIND)(lose)
    run_job(make_job(now, kind=KIND).pk)
    assert not Network.objects.exists()
    assert Job.objects.get().state == JobState.LEASED


def test_done_on_marks_the_job_in_the_services_own_transaction(now: datetime) -> None:
    seen: list[str] = []

    def serve(*, now: datetime) -> None:
        with transaction.atomic():
            happened.send(sender=Network, pk=1, now=now)
            seen.append(Job.objects.get().state)
        raise RuntimeError("after the commit")

    registry.job(KIND, done_on=happened)(serve)
    run_job(make_job(now, kind=KIND).pk)
    assert seen == [JobState.DONE]
    assert Job.objects.get().state == JobState.DONE


def test_signal_outside_its_job_marks_nothing(now: datetime) -> None:
    registry.job(KIND, done_on=happened)(lambda *, now: None)
    job = make_job(now, kind=KIND)
    happened.send(sender=Network, pk=1, now=now)
    job.refresh_from_db()
    assert job.state == JobState.PENDING


def test_two_handlers_of_one_kind_are_a_mistake() -> None:
    registry.job(KIND)(lambda *, now: None)
    with pytest.raises(ValueError, match=KIND):
        registry.job(KIND)(lambda *, now: None)


@pytest.mark.django_db(transaction=True)
def test_non_atomic_handler_holds_no_transaction(now: datetime) -> None:
    held: list[bool] = []
    registry.job(KIND, is_atomic=False)(lambda *, now: held.append(transaction.get_connection().in_atomic_block))
    run_job(make_job(now, kind=KIND).pk)
    assert held == [False]


@pytest.mark.django_db(transaction=True)
def test_worker_announces_what_its_job_wrote_once_committed(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    announced: list[str] = []
    monkeypatch.setattr("tasks.announcing.announce", lambda rows: announced.extend(row.dedupe_key for row in rows))

    def write(*, now: datetime) -> None:
        queue.enqueue(kind=KIND, dedupe_key="child", now=now)
        queue.enqueue(kind=KIND, dedupe_key="tomorrow", now=now, due_at=now + timedelta(days=1))
        assert announced == []

    registry.job(KIND)(write)
    run_job(make_job(now, kind=KIND).pk)
    assert announced == ["child"]
    assert Job.objects.get(dedupe_key="child").announced_until is not None
    assert Job.objects.get(dedupe_key="tomorrow").announced_until is None


@pytest.mark.django_db(transaction=True)
def test_request_never_talks_to_the_broker(now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("the broker was called")

    monkeypatch.setattr("tasks.announcing.announce", refuse)
    monkeypatch.setattr("tasks.announcing.backlog", refuse)
    with transaction.atomic():
        queue.enqueue(kind=KIND, dedupe_key="from:a:view", now=now)
    assert Job.objects.get().announced_until is None
