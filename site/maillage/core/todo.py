"""« À faire »: each room registers what waits for editors; the page joins them (seam 4 of the design)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from django.utils.functional import Promise

SHOWN = 20
FIRST = 5


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to do about a row, by POST; ``hidden`` goes along."""

    url: str
    label: str
    hidden: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits: ``since`` is when its harm began, ``fallback`` what happens if nobody acts, if anything."""

    title: str
    url: str
    since: datetime
    meta: Sequence[str] = ()
    button: Button | None = None
    fallback: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one panel found: how many wait in all, and the oldest of them."""

    count: int
    rows: list[Row]


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of the page, with what waits in it."""

    code: str
    title: str
    waiting: Waiting


_PANELS: dict[str, tuple[int, str | Promise, Callable[[datetime, int], Waiting]]] = {}


def register_panel(code: str, *, order: int, title: str | Promise, find: Callable[[datetime, int], Waiting]) -> None:
    """Add a panel; ``find(now, limit)`` gives at most ``limit`` rows, the oldest harm first. Called at start."""
    _PANELS[code] = (order, title, find)


def panels(now: datetime) -> list[Panel]:
    """Every panel in which something waits, in their order."""
    ordered = sorted(_PANELS.items(), key=lambda item: (item[1][0], item[0]))
    found = [Panel(code, str(title), find(now, SHOWN)) for code, (_order, title, find) in ordered]
    return [panel for panel in found if panel.waiting.count]


def first_of(found: Sequence[Panel]) -> list[Row]:
    """The oldest harms of all panels; nothing when the panels themselves are that short."""
    rows = sorted((row for panel in found for row in panel.waiting.rows), key=lambda row: row.since)
    return rows[:FIRST] if len(rows) > FIRST else []
