"""Addresses that are not to be written to, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from datetime import datetime


class SuppressionReason(models.TextChoices):
    """Why an address is closed."""

    BOUNCE = "bounce", _("l’adresse n’existe pas")
    COMPLAINT = "complaint", _("la personne s’est plainte")
    BY_HAND = "by_hand", _("retirée par une personne du réseau")


class Suppression(models.Model):
    """One closed address; deleting the row opens it again."""

    address = models.EmailField(max_length=254, unique=True)
    reason = models.CharField(max_length=10, choices=SuppressionReason.choices)
    detail = models.CharField(max_length=500, blank=True)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"
