"""How often something was done from one place in one window: what limits are counted in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class Allowance(models.Model):
    """A count; ``key`` is a keyed hash of who and what, so that the table names nobody.

    In the database, because the default cache is each process's own and would multiply every limit.
    """

    key = models.CharField(max_length=64, unique=True)
    window_ends_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    used = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = (models.Index(fields=("window_ends_at",), name="allowance_ends"),)

    def __str__(self) -> str:
        return f"{self.key[:8]} {self.used}"
