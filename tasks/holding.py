"""Holding optional mail, and letting it leave again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from maillage.core.audit import record
from tasks.models import Hold

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.core.permissions import Actor


@transaction.atomic
def hold_optional_mail(*, actor: Actor, now: datetime) -> None:
    """No optional mail leaves until ``release_optional_mail``; held already: nothing changes."""
    row, is_new = Hold.objects.get_or_create(singleton=True, defaults={"since": now, "held_by_id": actor.pk})
    if is_new:
        record(verb="hold.began", subject=row, now=now, actor=actor)


@transaction.atomic
def release_optional_mail(*, actor: Actor, now: datetime) -> None:
    """Optional mail leaves again, as caps and preferences allow."""
    for row in Hold.objects.all():
        record(verb="hold.ended", subject=row, now=now, actor=actor)
        row.delete()
