"""The operator's hold: while its row is there, no optional mail leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class HoldManager(models.Manager["Hold"]):
    """The one row, if any."""

    def is_on(self) -> bool:
        """Whether optional mail is held, by the environment or by hand."""
        return bool(settings.OPTIONAL_MAIL_HELD) or self.exists()


class Hold(models.Model):
    """Who held optional mail, and since when."""

    singleton = models.BooleanField(default=True, unique=True, editable=False)
    since: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = HoldManager()

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d %H:%M}"
