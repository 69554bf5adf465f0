"""The queue of record: rows written with the facts that cause them, claimed one at a time by whoever holds the lease.

Nothing here talks to a broker: ``tasks.sweep`` announces rows, ``tasks.worker`` and ``tasks.sending`` run them.
"""

from __future__ import annotations

import random
import secrets
import traceback
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import structlog
from django.conf import settings
from django.db import transaction

from tasks.enums import JobState, MessageState
from tasks.models import Job
from tasks.models.lease import LEASED, LIVE, Leasable, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import datetime

ERROR_MAX_CHARACTERS = 4000
USUAL = 5
log = structlog.get_logger(__name__)
_running: ContextVar[Leasable | None] = ContextVar("running", default=None)
_dice = random.SystemRandom()


class LeaseLostError(Exception):
    """Another worker has this row, or a human ended it: nothing more may be written about it."""


class WrongStateError(Exception):
    """The row is not in a state from which this can be done; ``code`` is its state."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@contextmanager
def running(row: Leasable) -> Iterator[None]:
    """While a worker runs ``row``; what is written meanwhile is announced as soon as it is committed."""
    token = _running.set(row)
    try:
        yield
    finally:
        _running.reset(token)


def current() -> Leasable | None:
    """The row that this process runs; None outside workers."""
    return _running.get()


def enqueue(
    *,
    kind: str,
    dedupe_key: str,
    now: datetime,
    args: Mapping[str, object] | None = None,
    due_at: datetime | None = None,
    priority: int = USUAL,
) -> None:
    """Write a job in the caller's transaction; a second one with the same key changes nothing.

    Args:
        kind: what ``@job`` registers.
        dedupe_key: the event of business, such as ``pairing:42:wave:7:proposed``; no personal data.
        args: JSON values, given to the handler by name: ids and codes.
        due_at: from when it may run; now unless said.
        priority: 0 goes first, in a lane of its own.
    """
    due = due_at or now
    row = Job(kind=kind, args=dict(args or {}), dedupe_key=dedupe_key, due_at=due, priority=priority, created_at=now)
    write_once(row, now=now)
    log.info("job_written", **{**ids_in(row.args), "written_kind": kind, "written_key": dedupe_key})


def ids_in(args: object) -> dict[str, object]:
    """The ids of domain objects among a row's arguments: they follow a need through web, job and mail in the logs."""
    return {name: args[name] for name in args if name.endswith("_id")} if isinstance(args, dict) else {}


def write_once(row: Leasable, *, now: datetime) -> None:
    """Insert a row unless its key is taken; inside a worker, announce it as soon as it is committed."""
    is_announced = current() is not None and row.due_at <= now
    if is_announced:
        row.announced_until = now + timedelta(seconds=settings.QUEUE_ANNOUNCED_S)
    type(row)._default_manager.bulk_create([row], ignore_conflicts=True)
    if is_announced:
        transaction.on_commit(lambda: _announce(row))


def claim(
    model: type[Row], pk: int, *, now: datetime, on_dead: Callable[[Row, datetime], None] | None = None
) -> Row | None:
    """Take one due row: attempts + 1, a lease, a token, committed before anything runs.

    Args:
        model: Job or Message.
        pk: the row.
        now: the moment.
        on_dead: called in the transaction that ends the row, if its attempts are used or it is stale.

    Returns:
        The row, or None when it is not due, is held by another worker, has used its attempts or is stale: in the last
        two cases it ends ``dead``, visible.
    """
    with transaction.atomic():
        due = model._default_manager.due(now)  # type: ignore[attr-defined]  # every Leasable has LeasableQuerySet
        row: Row | None = due.select_for_update(skip_locked=True).filter(pk=pk).first()
        if row is None:
            return None
        refusal = _refusal(row, now)
        if refusal:
            _write(row, state=JobState.DEAD.value, ended_at=now, last_error=_clip(refusal), lease_until=None)
            if on_dead is not None:
                on_dead(row, now)
            return None
        lease_until = now + timedelta(seconds=settings.QUEUE_LEASE_S)
        _write(row, state=LEASED, attempts=row.attempts + 1, lease_until=lease_until, lease_token=secrets.token_hex(16))
    return row


def finish(row: Leasable, state: JobState | MessageState, *, now: datetime, note: str = "", **changes: object) -> None:
    """End a claimed row, in the caller's transaction if there is one.

    Raises:
        LeaseLostError: the lease is no longer ours.
    """
    error = note or row.last_error
    _release(row, state=state.value, ended_at=now, last_error=_clip(error), **changes)


def fail(row: Leasable, error: Exception | str, *, now: datetime, backoff_s: Sequence[int]) -> None:
    """Try again later, with jitter; ``dead`` once the attempts are used.

    Raises:
        LeaseLostError: the lease is no longer ours.
    """
    text = _clip(describe(error))
    if row.attempts >= settings.QUEUE_MAX_ATTEMPTS:
        _release(row, state=JobState.DEAD.value, ended_at=now, last_error=text)
        return
    wait_s = backoff_s[min(row.attempts, len(backoff_s)) - 1] * _dice.uniform(0.75, 1.25)
    _release(row, state=JobState.RETRY.value, due_at=now + timedelta(seconds=wait_s), last_error=text)


def postpone(row: Leasable, *, due_at: datetime, reason: str) -> None:
    """Put a claimed row back for later without counting this attempt: nothing was tried.

    Raises:
        LeaseLostError: the lease is no longer ours.
    """
    _release(row, state=JobState.RETRY.value, due_at=due_at, attempts=row.attempts - 1, last_error=_clip(reason))


def retry_by_hand(row: Leasable, *, now: datetime) -> None:
    """Give a dead row five new attempts.

    Raises:
        WrongStateError: it is not dead.
    """
    changes = {"state": JobState.PENDING.value, "attempts": 0, "due_at": now, "created_at": min(row.created_at, now)}
    _by_hand(row, (JobState.DEAD.value,), announced_until=None, ended_at=None, **changes)


def cancel_by_hand(row: Leasable, *, now: datetime, reason: str) -> None:
    """End a row that has not ended, or a dead one; a worker that runs it meanwhile can no longer write.

    Raises:
        WrongStateError: it has ended otherwise.
    """
    state = JobState.CANCELLED.value
    _by_hand(row, (*LIVE, JobState.DEAD.value), state=state, lease_token="", ended_at=now, last_error=_clip(reason))


def describe(error: Exception | str) -> str:
    """What an operator needs to know of an error: what and where, the end of the trace last."""
    if isinstance(error, str):
        return error
    return f"{type(error).__name__}: {error}\n{''.join(traceback.format_exception(error)[-4:])}"


def _refusal(row: Leasable, now: datetime) -> str:
    if row.attempts >= settings.QUEUE_MAX_ATTEMPTS:
        return f"Worker lost {row.attempts} times while it ran this row. {row.last_error}"
    if row.due_at < now - timedelta(days=settings.QUEUE_STALE_DAYS):
        return f"Stale: due {row.due_at:%Y-%m-%d}, more than {settings.QUEUE_STALE_DAYS} days ago."
    return ""


def _announce(row: Leasable) -> None:
    from tasks import announcing  # noqa: PLC0415  only workers load the broker's library

    announcing.announce_written(row)


def _clip(text: str) -> str:
    return text[:ERROR_MAX_CHARACTERS].replace("\x00", "")


def _write(row: Leasable, **changes: Any) -> None:  # noqa: ANN401  fields' own types
    type(row)._default_manager.filter(pk=row.pk).update(**changes)
    for name, value in changes.items():
        setattr(row, name, value)


def _release(row: Leasable, **changes: Any) -> None:  # noqa: ANN401  fields' own types
    held = type(row)._default_manager.filter(pk=row.pk, state=LEASED, lease_token=row.lease_token)
    if not held.update(lease_until=None, lease_token="", announced_until=None, **changes):
        raise LeaseLostError(f"{type(row).__name__} {row.pk}")
    row.state = changes["state"]


def _by_hand(row: Leasable, states: Sequence[str], **changes: Any) -> None:  # noqa: ANN401  fields' own types
    if not type(row)._default_manager.filter(pk=row.pk, state__in=states).update(lease_until=None, **changes):
        raise WrongStateError(type(row)._default_manager.values_list("state", flat=True).get(pk=row.pk))
