"""Beat: a process of its own that sweeps every two seconds and sends nothing else.

Sweeping here rather than in a worker keeps announcements coming while every worker is busy, and leaves nothing to pile
up in the broker while none is there.
"""

from __future__ import annotations

import structlog
from celery.beat import Scheduler
from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from tasks.sweep import sweep

log = structlog.get_logger(__name__)


class SweepScheduler(Scheduler):
    """Celery's beat, whose only entry is the sweep."""

    def setup_schedule(self) -> None:
        """Nothing to load: rules that wait are rows."""

    def tick(self, *_: object, **__: object) -> float:
        """Sweep once; whatever goes wrong is told and tried again at the next tick."""
        close_old_connections()
        try:
            sweep(now=timezone.now())
        except Exception:
            log.exception("sweep_failed")
        return float(settings.QUEUE_SWEEP_S)
