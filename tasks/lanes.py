"""Two lanes: sign-in codes, for which someone waits in front of a screen, never stand behind the rest."""

from __future__ import annotations

FIRST = "first"
REST = "rest"
LANES = (FIRST, REST)
FIRST_PRIORITY = 0


def lane_of(priority: int) -> str:
    """The lane of a row's priority."""
    return FIRST if priority == FIRST_PRIORITY else REST
