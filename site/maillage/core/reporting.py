"""« Signaler »: what can be reported, and what becomes of a report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from django.dispatch import Signal
from django.http import Http404

from maillage.core.audit import record
from maillage.core.enums import ReportReason, ReportState
from maillage.core.models import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from django.db.models import Model
    from django.utils.functional import Promise

    from maillage.core.permissions import Actor
    from members.models import User

# ``send(sender=Report, pk=…, now=…)`` inside the transaction.
report_opened = Signal()
report_settled = Signal()


@dataclass(frozen=True, slots=True)
class Remedy:
    """Where an editor acts on what was reported, and how that is called."""

    label: str | Promise
    url: Callable[[Any], str]


@dataclass(frozen=True, slots=True)
class Reportable:
    """How objects of one model are reported; ``related`` is what their titles read."""

    model: type[Model]
    title: Callable[[Any], str]
    page: Callable[[Any], str]
    remedy: Remedy | None
    related: tuple[str, ...]


_REPORTABLE: dict[str, Reportable] = {}


class ReportSettledError(Exception):
    """The report was already settled."""


def _own_page(subject: Any) -> str:  # noqa: ANN401  any model with a page
    path: str = subject.get_absolute_url()
    return path


def reportable(
    name: str,
    model: type[Model],
    *,
    title: Callable[[Any], str] = str,
    page: Callable[[Any], str] = _own_page,
    remedy: Remedy | None = None,
    related: Iterable[str] = (),
) -> None:
    """Let a model be reported under ``/signaler/<name>/<id>/``; its manager has ``visible_to``. Called at start.

    Args:
        name: in the address.
        model: what is reported.
        title: what one object is called.
        page: path of the page that shows it.
        remedy: where an editor acts on it.
        related: relations that ``title`` reads.
    """
    _REPORTABLE[name] = Reportable(model, title, page, remedy, tuple(related))


def is_reportable(name: str) -> bool:
    """Whether something can be reported under this name."""
    return name in _REPORTABLE


def subject_of(name: str, pk: int, actor: Actor) -> Model:
    """The object to report, if the actor may see it.

    Raises:
        Http404: no such kind, no such object, or not visible.
    """
    kind = _REPORTABLE.get(name)
    found = kind.model._default_manager.all().visible_to(actor).filter(pk=pk).first() if kind else None  # type: ignore[attr-defined]
    if found is None:
        raise Http404(f"{name} {pk}")
    return found


def title_of(subject: Model) -> str:
    """What something that can be reported is called."""
    return _kind_of(subject).title(subject)


def page_of(subject: Model) -> str:
    """Path of the page of something that can be reported."""
    return _kind_of(subject).page(subject)


def remedy_of(subject: Model) -> Remedy | None:
    """Where an editor acts on it."""
    return _kind_of(subject).remedy


def subjects_of(reports: Iterable[Report]) -> dict[tuple[str, int], Model]:
    """What reports are about, by type and id, without what is gone; one query for each type."""
    found: dict[tuple[str, int], Model] = {}
    ids: dict[str, set[int]] = {}
    for report in reports:
        ids.setdefault(report.object_type, set()).add(report.object_id)
    for object_type, wanted in ids.items():
        model = apps.get_model(object_type)
        related = next((kind.related for kind in _REPORTABLE.values() if kind.model is model), ())
        rows = model._default_manager.filter(pk__in=wanted)
        found |= {(object_type, row.pk): row for row in (rows.select_related(*related) if related else rows)}
    return found


def _kind_of(subject: Model) -> Reportable:
    return next(kind for kind in _REPORTABLE.values() if isinstance(subject, kind.model))


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
