"""Which function runs which kind of job: ``@job("kind")`` above a handler in ``tasks/jobs/``."""

from __future__ import annotations

import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tasks import queue
from tasks.enums import JobState
from tasks.models import Job

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from django.dispatch import Signal

    Handler = Callable[..., str | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of job. ``is_atomic``: its writes and the mark « done » are one transaction, which the runner opens."""

    code: str
    handler: Handler
    is_atomic: bool

    def accepts(self, args: object) -> bool:
        """Whether stored arguments fit the handler."""
        if not isinstance(args, dict):
            return False
        try:
            inspect.signature(self.handler).bind(now=None, **args)
        except TypeError:
            return False
        return True


KINDS: dict[str, Kind] = {}


def job(code: str, *, is_atomic: bool = True, done_on: Signal | None = None) -> Callable[[Handler], Handler]:
    """Register a handler ``(*, now, **args)``; what it returns, if anything, is why it no longer mattered.

    Args:
        code: the kind.
        is_atomic: False for what ranks, renders or talks: it must not hold a transaction meanwhile, opens its own, and
            must be safe to repeat.
        done_on: a domain signal sent inside the service's own transaction: the job is marked done in it, so that a
            killed worker never repeats what was committed. Implies ``is_atomic=False``.
    """

    def register(handler: Handler) -> Handler:
        if code in KINDS:
            raise ValueError(f"Two handlers for {code}")
        KINDS[code] = Kind(code=code, handler=handler, is_atomic=is_atomic and done_on is None)
        if done_on is not None:
            done_on.connect(_finisher(code), weak=False, dispatch_uid=f"tasks.done.{code}")
        return handler

    return register


def _finisher(code: str) -> Callable[..., None]:
    def mark_done(*, now: datetime, **_: Any) -> None:  # noqa: ANN401  a receiver's arguments
        row = queue.current()
        if isinstance(row, Job) and row.kind == code and row.state == JobState.LEASED:
            queue.finish(row, JobState.DONE, now=now)

    return mark_done
