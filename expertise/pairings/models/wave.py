"""One round of organizations asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from expertise.needs.models import Need
from expertise.pairings.enums import Origin, Reach

if TYPE_CHECKING:
    from datetime import datetime


class Wave(models.Model):
    """Number ``number`` of one need, counted from 1 over its whole life; a reopened need goes on counting.

    ``origin`` says how its organizations were found: only matched waves widen the search. ``ends_at`` is when the next
    one is due if nobody offers.
    """

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="waves")
    number = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=12, choices=Origin.choices, default=Origin.MATCHED)
    reach = models.CharField(max_length=12, choices=Reach.choices)
    proposed_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    ends_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        ordering = ("need", "number")
        constraints = (models.UniqueConstraint(fields=("need", "number"), name="wave_once"),)

    def __str__(self) -> str:
        return f"{self.need_id}/{self.number}"
