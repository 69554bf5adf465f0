"""The search's documents follow their objects: each change is a row in the transaction of the fact."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.dispatch import receiver

from expertise.organizations import signals as organizations
from expertise.organizations.models import OrganizationSkill
from expertise.skills import signals as skills
from expertise.skills.models import Skill
from search.enums import DocumentKind
from search.services import index_object
from tasks import queue
from tasks.registry import job
from wiki import signals as wiki
from wiki.models import GuideSkill

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

# Behind what people wait for: mails and waves.
PRIORITY = 8


@job("index_document")
def index_document(*, object_kind: str, object_id: int, now: datetime) -> None:
    """Write or remove one document from what its object is now."""
    index_object(kind=DocumentKind(object_kind), object_id=object_id)


@job("index_documents", is_atomic=False)
def index_documents(*, object_kind: str, object_ids: list[int], now: datetime) -> None:
    """The same for a batch, each in its own transaction: done twice, it is done once."""
    for object_id in object_ids:
        index_object(kind=DocumentKind(object_kind), object_id=object_id)


def _index(kind: DocumentKind, pks: Iterable[int], now: datetime) -> None:
    """One row for each change: a later change of the same moment must not rest on the row of an earlier one."""
    for pk in pks:
        queue.enqueue(
            kind="index_document",
            dedupe_key=f"index:{kind}:{pk}:{uuid.uuid4().hex}",
            args={"object_kind": kind.value, "object_id": pk},
            now=now,
            priority=PRIORITY,
        )


@receiver(organizations.ORGANIZATION_SHOWN_ANEW, dispatch_uid="tasks.index_organization")
def on_organization(pk: int, now: datetime, **_: Any) -> None:  # noqa: ANN401  a receiver's arguments
    """An organization came, changed or went."""
    _index(DocumentKind.ORGANIZATION, [pk], now)


@receiver(organizations.organizations_imported, dispatch_uid="tasks.index_imported")
def on_imported(pks: Iterable[int], now: datetime, **_: Any) -> None:  # noqa: ANN401
    """A batch of a list: one row, not one for each of them."""
    ids = sorted(pks)
    queue.enqueue(
        kind="index_documents",
        dedupe_key=f"index:imported:{ids[0]}-{ids[-1]}:{now:%Y%m%dT%H%M%S%f}",
        args={"object_kind": DocumentKind.ORGANIZATION.value, "object_ids": ids},
        now=now,
        priority=PRIORITY,
    )


@receiver((wiki.guide_published, wiki.guide_unpublished), dispatch_uid="tasks.index_guide")
def on_guide(pk: int, now: datetime, **_: Any) -> None:  # noqa: ANN401
    """Readers see it, or no longer."""
    _index(DocumentKind.GUIDE, [pk], now)


@receiver((skills.skill_changed, skills.skill_accepted, skills.skill_merged), dispatch_uid="tasks.index_skill")
def on_skill(pk: int, now: datetime, **_: Any) -> None:  # noqa: ANN401
    """Other names: whatever holds the skill, or the one that stands for it, is found by them."""
    ids = [pk, *Skill.objects.filter(pk=pk, merged_into__isnull=False).values_list("merged_into", flat=True)]
    held = OrganizationSkill.objects.filter(tag__in=ids).values_list("content_object", flat=True)
    _index(DocumentKind.ORGANIZATION, held.distinct(), now)
    taught = GuideSkill.objects.filter(tag__in=ids).values_list("content_object", flat=True)
    _index(DocumentKind.GUIDE, taught.distinct(), now)
