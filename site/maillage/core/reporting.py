"""« Signaler »: what can be reported, and what becomes of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal
from django.http import Http404

from maillage.core.audit import record
from maillage.core.enums import ReportReason, ReportState
from maillage.core.models import Report

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model

    from maillage.core.permissions import Actor
    from members.models import User

# ``send(sender=Report, pk=…, now=…)`` inside the transaction.
report_opened = Signal()
report_settled = Signal()

_REPORTABLE: dict[str, type[Model]] = {}


class ReportSettledError(Exception):
    """The report was already settled."""


def reportable(name: str, model: type[Model]) -> None:
    """Let a model be reported under ``/signaler/<name>/<id>/``; its manager has ``visible_to``. Called at start."""
    _REPORTABLE[name] = model


def name_of(subject: Model) -> str:
    """The name under which an object's model can be reported.

    Raises:
        KeyError: it cannot.
    """
    return next(name for name, model in _REPORTABLE.items() if isinstance(subject, model))


def subject_of(name: str, pk: int, actor: Actor) -> Model:
    """The object to report, if the actor may see it.

    Raises:
        Http404: no such kind, no such object, or not visible.
    """
    model = _REPORTABLE.get(name)
    found = model._default_manager.all().visible_to(actor).filter(pk=pk).first() if model else None  # type: ignore[attr-defined]
    if found is None:
        raise Http404(f"{name} {pk}")
    return found


def page_of(subject: Model) -> str:
    """Path of the page of something that can be reported."""
    path: str = subject.get_absolute_url()  # type: ignore[attr-defined]  # every reportable model has one
    return path


def about(report: Report) -> Model | None:
    """What a report is about; None when it is gone."""
    return apps.get_model(report.object_type)._default_manager.filter(pk=report.object_id).first()


def open_report(*, subject: Model, reason: ReportReason, word: str, actor: Actor, now: datetime) -> Report:
    """Write a report down; the same person reporting the same thing twice adds nothing."""
    author = actor if actor.is_authenticated else None
    with transaction.atomic():
        if author is not None:
            before = Report.objects.open().about(subject).filter(author_id=author.pk).order_by("pk").first()
            if before is not None:
                return before
        report = Report.objects.create(
            object_type=subject._meta.label_lower,
            object_id=subject.pk,
            reason=reason,
            word=word,
            author_id=author.pk if author else None,
            created_at=now,
        )
        record(verb="report.opened", subject=report, now=now, actor=actor, about=f"{report.object_type}:{subject.pk}")
        report_opened.send(sender=Report, pk=report.pk, now=now)
    return report


def settle_report(*, report: Report, state: ReportState, actor: User, now: datetime) -> None:
    """An editor's decision.

    Raises:
        ReportSettledError: somebody decided before.
    """
    with transaction.atomic():
        locked = Report.objects.select_for_update().get(pk=report.pk)
        if locked.state != ReportState.OPEN:
            raise ReportSettledError(locked.state)
        locked.state = state
        locked.settled_at = now
        locked.settled_by = actor
        locked.save(update_fields=["state", "settled_at", "settled_by"])
        record(verb="report.settled", subject=locked, now=now, actor=actor, state=str(state))
        report_settled.send(sender=Report, pk=locked.pk, now=now)
