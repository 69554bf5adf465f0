"""What matching built from the database follows it: the changes of some seconds are one job, nobody waits for it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from django.dispatch import receiver

from expertise.organizations import signals as organizations
from expertise.pairings import signals as pairings
from expertise.pairings.known import index
from expertise.skills import signals as skills
from tasks import queue
from tasks.recurring import every
from tasks.registry import job
from wiki import signals as wiki

if TYPE_CHECKING:
    from datetime import datetime

KIND: Final = "index_matching"
GATHERED_S: Final = 10
"""A batch of changes is read once. A need posted within these seconds finds the new profiles itself, a second later."""


def hour_of(now: datetime) -> str:
    """Each hour, and so whenever a site starts: an import, or a file that went, tells nobody."""
    return f"{now:%Y%m%dT%H}"


every(KIND, hour_of, priority=queue.USUAL)


@job(KIND, is_atomic=False)
def index_matching(*, window: str, now: datetime) -> None:
    """Bring the vocabulary and the index of matching to what the database is now, and write them for all processes."""
    index(now=now)


@receiver(
    (
        *organizations.ORGANIZATION_SHOWN_ANEW,
        organizations.organizations_imported,
        skills.skill_changed,
        skills.skill_accepted,
        skills.skill_merged,
        skills.skills_imported,
        wiki.guide_published,
        wiki.guide_unpublished,
        pairings.pairing_helped,
    ),
    dispatch_uid="tasks.index_matching",
)
def on_change(now: datetime, **_: Any) -> None:  # noqa: ANN401  a receiver's arguments
    """What organizations know, or the words for it, changed."""
    window = int(now.timestamp()) // GATHERED_S + 1
    due_at = now + timedelta(seconds=window * GATHERED_S - now.timestamp())
    queue.enqueue(
        kind=KIND, dedupe_key=f"{KIND}:changed:{window}", args={"window": str(window)}, now=now, due_at=due_at
    )
