"""What a row that a worker can claim has, whatever it carries."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from datetime import datetime

WAITING = ("pending", "retry")
LEASED = "leased"
LIVE = (*WAITING, LEASED)
FIRST_LANE = 0
Row = TypeVar("Row", bound="Leasable")


class LeasableQuerySet(models.QuerySet[Row]):
    """Reads that the sweep, the workers and the operator's page share."""

    def due(self, now: datetime) -> Self:
        """Rows to be run: waiting ones whose time has come, and leased ones whose worker was lost.

        A lease longer than any that we give was written before the clock jumped back: it counts as lost.
        """
        horizon = now + timedelta(seconds=settings.QUEUE_LEASE_S)
        waiting = Q(state__in=WAITING, due_at__lte=now)
        return self.filter(waiting | Q(state=LEASED) & (Q(lease_until__lte=now) | Q(lease_until__gt=horizon)))

    def unannounced(self, now: datetime) -> Self:
        """Rows that no announcement is under way for; one beyond our horizon was written before the clock jumped."""
        horizon = now + timedelta(seconds=settings.QUEUE_ANNOUNCED_S)
        return self.filter(Q(announced_until=None) | Q(announced_until__lte=now) | Q(announced_until__gt=horizon))

    def announced(self, now: datetime) -> Self:
        """Due rows that an announcement is under way for."""
        horizon = now + timedelta(seconds=settings.QUEUE_ANNOUNCED_S)
        return self.due(now).filter(announced_until__gt=now, announced_until__lte=horizon)

    def live(self) -> Self:
        """Rows that have not ended."""
        return self.filter(state__in=LIVE)

    def ended(self) -> Self:
        """Rows that have ended, however."""
        return self.exclude(state__in=LIVE)


class Leasable(models.Model):
    """Announced by the sweep, claimed by one worker at a time, counted at the claim; ``dedupe_key`` is written once."""

    dedupe_key = models.CharField(max_length=240, unique=True)
    state = models.CharField(max_length=10, default="pending")
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    priority = models.PositiveSmallIntegerField(default=5)
    announced_until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True, blank=True
    )
    lease_until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    lease_token = models.CharField(max_length=32, blank=True)
    last_error = models.TextField(blank=True)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
