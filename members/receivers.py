"""What follows, in this room, from what other libraries announce."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import F
from django.db.models.signals import m2m_changed
from django.dispatch import receiver

from members.models import User

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.contrib.auth.models import Group

CHANGES = frozenset({"post_add", "post_remove", "pre_clear"})


@receiver(m2m_changed, sender=User.groups.through)
@receiver(m2m_changed, sender=User.user_permissions.through)
def _end_sessions(
    instance: User | Group, action: str, *, reverse: bool, pk_set: Iterable[int] | None, **_facts: object
) -> None:
    """Rights changed: sessions opened before, perhaps by a code alone, end."""
    if action not in CHANGES:
        return
    if isinstance(instance, User):
        instance.session_version += 1
        instance.save(update_fields=["session_version"])
        return
    changed = User.objects.filter(pk__in=pk_set) if pk_set is not None else instance.user_set.all()
    changed.update(session_version=F("session_version") + 1)
