"""A file that an editor uploaded and has not confirmed yet: kept in the database, so that any machine can go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

if TYPE_CHECKING:
    from datetime import datetime


class ImportFile(models.Model):
    """Holds personal data for a day at most; it goes when the import is confirmed or given up."""

    name = models.CharField(max_length=255)
    source = models.CharField(max_length=60)
    content = models.BinaryField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
