"""Reports that wait for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.enums import ReportReason, ReportState
from maillage.core.models import Report
from maillage.core.todo import Button, Row, Waiting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from django.db.models import Model


def find(_now: datetime, limit: int) -> Waiting:
    """Open reports, the oldest first; one query for each sort of thing reported."""
    reports = Report.objects.open().order_by("created_at", "pk")
    shown = list(reports[:limit])
    subjects = _subjects(shown)
    return Waiting(
        reports.count(), [_row(report, subjects.get((report.object_type, report.object_id))) for report in shown]
    )


def _subjects(reports: Sequence[Report]) -> dict[tuple[str, int], Model]:
    found: dict[tuple[str, int], Model] = {}
    for name in {report.object_type for report in reports}:
        ids = [report.object_id for report in reports if report.object_type == name]
        manager = apps.get_model(name)._default_manager
        found |= {(name, subject.pk): subject for subject in manager.filter(pk__in=ids)}
    return found


def _row(report: Report, subject: Model | None) -> Row:
    return Row(
        title=str(subject) if subject is not None else _("Ce qui était signalé n’existe plus"),
        url=reverse("pages:settle_report", args=[report.pk]),
        since=report.created_at,
        meta=[str(ReportReason(report.reason).label)],
        button=Button(
            reverse("pages:settle_report", args=[report.pk]), _("Sans suite"), {"state": ReportState.KEPT.value}
        ),
    )
