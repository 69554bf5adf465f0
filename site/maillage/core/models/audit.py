"""What happened, to what, by whom: one entry for each transition, never changed afterwards."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class AuditEntry(models.Model):
    """One fact of the past. ``data`` holds codes and ids, never personal data or prose."""

    verb = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="audit_entries"
    )
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        indexes = (
            models.Index(fields=("object_type", "object_id", "at"), name="audit_object"),
            models.Index(fields=("verb", "at"), name="audit_verb"),
        )

    def __str__(self) -> str:
        return f"{self.verb} {self.object_type}:{self.object_id}"
