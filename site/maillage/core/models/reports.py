"""« Signaler »: a reader says that something is wrong with an object, whatever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from maillage.core.enums import ReportReason, ReportState

if TYPE_CHECKING:
    from django.db.models import Model


class ReportQuerySet(models.QuerySet["Report"]):
    """Reads of reports."""

    def open(self) -> Self:
        """Reports that no editor has settled."""
        return self.filter(state=ReportState.OPEN)

    def about(self, subject: Model) -> Self:
        """Reports about one object."""
        return self.filter(object_type=subject._meta.label_lower, object_id=subject.pk)


class Report(models.Model):
    """One report; the author may be anonymous."""

    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    reason = models.CharField(max_length=20, choices=ReportReason.choices)
    word = models.TextField(max_length=1000, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports"
    )
    state = models.CharField(max_length=20, choices=ReportState.choices, default=ReportState.OPEN)
    created_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="reports_settled"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        indexes = (models.Index(fields=("state", "created_at"), name="report_open"),)

    def __str__(self) -> str:
        return f"{self.reason} {self.object_type}:{self.object_id}"
