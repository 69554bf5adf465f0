"""What comes back by itself: each window of each rule is one job, whoever writes it first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tasks import queue

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Window = Callable[[datetime], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """A kind of job, and the name of the window that a moment falls in (empty: nothing to do then)."""

    kind: str
    window: Window
    priority: int


RULES: dict[str, Rule] = {}
_planted: dict[str, str] = {}


def every(kind: str, window: Window, *, priority: int = queue.USUAL) -> None:
    """Register a rule: in each window, one job of this kind with ``{"window": name}``."""
    RULES[kind] = Rule(kind, window, priority)


def plant(*, now: datetime) -> None:
    """Write the job of the current window of each rule; what this process wrote already is not asked again."""
    for rule in RULES.values():
        window = rule.window(now)
        if not window or _planted.get(rule.kind) == window:
            continue
        key = f"{rule.kind}:{window}"
        queue.enqueue(kind=rule.kind, dedupe_key=key, args={"window": window}, now=now, priority=rule.priority)
        _planted[rule.kind] = window
