"""Once a day: what has been kept long enough goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from tasks import retention
from tasks.recurring import every
from tasks.registry import job

if TYPE_CHECKING:
    from datetime import datetime


def day_of(now: datetime) -> str:
    """The local date."""
    return timezone.localtime(now).date().isoformat()


every("retention", day_of, priority=9)


@job("retention", is_atomic=False)
def tidy(*, now: datetime, window: str) -> None:
    """Empty, archive, delete."""
    retention.tidy(now=now)
