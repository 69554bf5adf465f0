"""What a row that a worker can claim has, whatever it carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class Leasable(models.Model):
    """Announced by the sweep, claimed by one worker at a time, counted at the claim."""

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
