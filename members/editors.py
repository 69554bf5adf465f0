"""Who edits: the people of the editors' group, and to whom their week's mail goes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.db.models.functions import Lower

from maillage.core.editors_week import passes_on_at
from maillage.core.models import Network
from maillage.core.permissions import EDITORS_GROUP
from members.models import Preference, User

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


@dataclass(frozen=True, slots=True)
class Duty:
    """``readers`` get the week’s mail; ``deputy`` too, once something waited for a second one, if anyone is named."""

    readers: list[User]
    deputy: User | None


def active() -> QuerySet[User]:
    """Everyone who edits, in the order of their accounts."""
    return User.objects.filter(groups__name=EDITORS_GROUP, is_active=True, erased_at=None).order_by("pk")


def present(now: datetime) -> list[User]:
    """Editors who have not paused their mails."""
    paused = Preference.objects.filter(address=Lower(OuterRef("email")), paused_until__gt=now)
    return list(active().exclude(Exists(paused)))


def duty(now: datetime) -> Duty:
    """The named editor; in their absence their deputy; when neither is there, or nobody is named, every editor."""
    network, found = Network.objects.current(), present(now)
    by_id = {user.pk: user for user in found}
    editor, deputy = by_id.get(network.editor_id or 0), by_id.get(network.deputy_id or 0)
    first = editor or deputy
    readers = [first] if first is not None else found
    return Duty(readers=readers, deputy=deputy if editor is not None and deputy != editor else None)


def readers_of_week(now: datetime, oldest: datetime | None) -> list[User]:
    """Who gets this week's mail; ``oldest`` is when the oldest harm began. Empty when every editor is away."""
    found = duty(now)
    if found.deputy is None or oldest is None:
        return found.readers
    is_late = passes_on_at(oldest, Network.objects.current().editors_weekday) <= now
    return [*found.readers, found.deputy] if is_late else found.readers
