"""Once a day: what « À faire » promises to do by itself when no editor acts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from expertise.organizations.services import ask_overdue
from tasks.recurring import every
from tasks.registry import job

if TYPE_CHECKING:
    from datetime import datetime


def day_of(now: datetime) -> str:
    """The local date."""
    return timezone.localtime(now).date().isoformat()


every("ask_confirmations", day_of, priority=9)


@job("ask_confirmations", is_atomic=False)
def ask_confirmations(*, now: datetime, window: str) -> None:
    """Ask organizations that have not said for a year that all is right, and whom no editor asked."""
    ask_overdue(now=now)
