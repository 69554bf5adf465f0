"""Writing and reading the audit trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from maillage.core.models import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from django.contrib.auth.models import AnonymousUser
    from django.db.models import Model, QuerySet

    from members.models import User


def record(
    *, verb: str, subject: Model, now: datetime, actor: User | AnonymousUser | None = None, **data: object
) -> AuditEntry:
    """Write one entry about ``subject``, in the caller's transaction.

    Args:
        verb: stable code of the transition, such as ``need.opened``.
        data: JSON values: codes and ids only.
    """
    return AuditEntry.objects.create(
        verb=verb,
        object_type=subject._meta.label_lower,
        object_id=subject.pk,
        actor_id=actor.pk if actor is not None and actor.is_authenticated else None,
        data=data,
        at=now,
    )


def history(subject: Model) -> QuerySet[AuditEntry]:
    """Entries about one object, oldest first."""
    return AuditEntry.objects.filter(object_type=subject._meta.label_lower, object_id=subject.pk).order_by("at", "id")
