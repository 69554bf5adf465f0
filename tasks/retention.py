"""What is kept, and for how long: bodies, then rows, which are archived without personal data before they go."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from expertise.needs.services import forget_old_drafts
from members.services import forget_old_codes, forget_past_limits
from tasks.models import Job, Message

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from tasks.models.lease import Leasable

BATCH = 500
ARCHIVED = ("dedupe_key", "kind", "state", "attempts", "created_at", "due_at", "ended_at")


def tidy(*, now: datetime) -> None:
    """Empty old bodies; archive and delete old rows, dead ones excepted: they wait for a human.

    Forget old codes, past limits, and drafts that nobody came back to.
    """
    empty_bodies(now=now)
    _archive(Job, now - timedelta(days=settings.JOBS_KEPT_DAYS))
    _archive(Message, now - timedelta(days=settings.MESSAGES_KEPT_DAYS))
    forget_old_codes(now=now)
    forget_past_limits(now=now)
    forget_old_drafts(now=now)


def empty_bodies(*, now: datetime) -> int:
    """Empty the bodies of mails that ended long ago; returns how many."""
    limit = now - timedelta(days=settings.MESSAGE_BODY_KEPT_DAYS)
    old = Message.objects.ended().filter(ended_at__lt=limit, emptied_at=None)
    return old.update(body_text="", body_html="", emptied_at=now)


def _archive(model: type[Job | Message], limit: datetime) -> None:
    """Batch by batch: written to the archive first, deleted after; a batch cut by a crash is written twice."""
    old: QuerySet[Job | Message] = model._default_manager.exclude(state__in=("pending", "retry", "leased", "dead"))
    old = old.filter(ended_at__lt=limit).order_by("pk").defer(*_BODIES if model is Message else ())
    while rows := list(old[:BATCH]):
        folder = settings.VAR / "archive"
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{model._meta.model_name}-{timezone.localtime(limit):%Y-%m}.jsonl").open("a") as file:
            file.writelines(f"{_line(row)}\n" for row in rows)
        with transaction.atomic():
            model._default_manager.filter(pk__in=[row.pk for row in rows]).delete()


_BODIES = ("body_text", "body_html")


def _line(row: Leasable) -> str:
    return json.dumps({name: _shown(getattr(row, name)) for name in ARCHIVED}, ensure_ascii=False)


def _shown(value: object) -> object:
    return value if isinstance(value, str | int | None) else str(value)
