"""Reports that wait for an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from maillage.core import reporting
from maillage.core.enums import ReportReason, ReportState
from maillage.core.models import Report
from maillage.core.todo import Button, Row, Waiting

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

WORD_CHARACTERS = 120


def find(_now: datetime, limit: int) -> Waiting:
    """Open reports, the oldest first; one query for each sort of thing reported."""
    reports = Report.objects.open().order_by("created_at", "pk")
    shown = list(reports[:limit])
    subjects = reporting.subjects_of(shown)
    return Waiting(
        reports.count(), [_row(report, subjects.get((report.object_type, report.object_id))) for report in shown]
    )


def _row(report: Report, subject: Model | None) -> Row:
    url = reverse("pages:settle_report", args=[report.pk])
    word = Truncator(" ".join(report.word.split())).chars(WORD_CHARACTERS)
    if subject is None:
        title, fallback = _("Ce qui était signalé n’existe plus"), ""
    else:
        title, fallback = reporting.title_of(subject), _("Sans geste, tout reste visible.")
    return Row(
        title=title,
        url=url,
        since=report.created_at,
        meta=[str(ReportReason(report.reason).label), *([f"«\u00a0{word}\u00a0»"] if word else [])],
        button=Button(url, _("Lire et régler"), is_link=True),
        second=Button(url, _("Sans suite"), {"state": ReportState.KEPT.value}),
        fallback=fallback,
    )
