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
    """One thing to do about a row, by POST; ``hidden`` goes along. A link leads to a page where more must be said."""

    url: str
    label: str
    hidden: dict[str, str] = field(default_factory=dict)
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that waits.

    ``since`` is when its harm began, ``button`` the one thing to do, ``second`` another way. ``fallback`` says what
    happens if nobody acts, with its day when a clock runs.
    """

    title: str
    url: str
    since: datetime
    meta: Sequence[str] = ()
    button: Button | None = None
    second: Button | None = None
    fallback: str = ""
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """What one panel found: how many wait in all, and the oldest of them."""

    count: int
    rows: list[Row]

    @property
    def others(self) -> int:
        """How many wait beyond the rows."""
        return self.count - len(self.rows)


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel of the page, with what waits in it. ``is_upkeep``: nobody is harmed today by what waits there."""

    code: str
    title: str
    waiting: Waiting
    is_upkeep: bool = False


@dataclass(frozen=True, slots=True)
class _Registered:
    order: int
    title: str | Promise
    find: Callable[[datetime, int], Waiting]
    is_upkeep: bool


_PANELS: dict[str, _Registered] = {}


def register_panel(
    code: str,
    *,
    order: int,
    title: str | Promise,
    find: Callable[[datetime, int], Waiting],
    is_upkeep: bool = False,
) -> None:
    """Add a panel to « À faire ». Called at start.

    Args:
        code: stable, and part of the page's anchors.
        order: of the panels on the page.
        title: what waits there, in the plural.
        find: ``find(now, limit)`` gives at most ``limit`` rows, the oldest harm first.
        is_upkeep: True keeps its rows out of the oldest harms, and from the deputy: they wait without hurting anyone.
    """
    _PANELS[code] = _Registered(order, title, find, is_upkeep)


def panels(now: datetime) -> list[Panel]:
    """Every panel in which something waits, in their order."""
    ordered = sorted(_PANELS.items(), key=lambda item: (item[1].order, item[0]))
    found = [Panel(code, str(one.title), one.find(now, SHOWN), one.is_upkeep) for code, one in ordered]
    return [panel for panel in found if panel.waiting.count]


def first_of(found: Sequence[Panel]) -> list[Row]:
    """The oldest harms of all panels, upkeep aside."""
    rows = (row for panel in found if not panel.is_upkeep for row in panel.waiting.rows)
    return sorted(rows, key=lambda row: row.since)[:FIRST]
