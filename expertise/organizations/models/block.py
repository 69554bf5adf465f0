"""Two organizations that are never to be paired, because one of them, or an editor, said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from expertise.organizations.models.organization import Organization

if TYPE_CHECKING:
    from datetime import datetime


class Block(models.Model):
    """``organization`` does not want to be paired with ``blocked``; it holds both ways."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="blocks")
    blocked = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="blocked_by")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organization", "blocked"), name="block_once"),
            models.CheckConstraint(condition=~models.Q(organization=models.F("blocked")), name="block_not_self"),
        )

    def __str__(self) -> str:
        return f"{self.organization_id} × {self.blocked_id}"
