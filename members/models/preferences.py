"""How one address wants to be written to; an address need not be an account (a shared one is nobody's login)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from maillage.core.enums import Language
from members.enums import Rhythm

if TYPE_CHECKING:
    from datetime import datetime


class PreferenceManager(models.Manager["Preference"]):
    """Preferences by address."""

    def of(self, address: str) -> Preference:
        """Stored preference of an address, or the unsaved default."""
        return self.filter(address=address.lower()).first() or Preference(address=address.lower())


class Preference(models.Model):
    """One address’s rhythm, language, pause, and the kinds of optional mail that it stopped."""

    address = models.EmailField(max_length=254, unique=True)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.AT_ONCE)
    lang = models.CharField(max_length=2, choices=Language.choices, blank=True)
    paused_until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    stopped_kinds = models.JSONField(default=list, blank=True)
    updated_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    objects = PreferenceManager()

    def __str__(self) -> str:
        return f"{self.rhythm} {self.pk}"
