"""« Toujours exact »: somebody read a published guide again and found it right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from maillage.core.audit import record
from wiki import signals
from wiki.models import GuidePage
from wiki.services.errors import GuideStateError

if TYPE_CHECKING:
    from datetime import datetime

    from members.models import User


def check_guide(*, guide: GuidePage, actor: User, now: datetime) -> None:
    """Write down that a guide is right today; what readers see changes by that date alone.

    The latest revision says it too, without a new one: whoever is writing now is not told that they are late.

    Raises:
        GuideStateError: readers do not see it.
    """
    day = timezone.localdate(now)
    with transaction.atomic():
        locked = GuidePage.objects.select_for_update(of=("self",)).get(pk=guide.pk)
        if not locked.live:
            raise GuideStateError(locked.review_state)
        GuidePage.objects.filter(pk=locked.pk).update(checked_on=day)
        revision = locked.latest_revision
        if revision is not None:
            revision.content["checked_on"] = day.isoformat()
            revision.save(update_fields=["content"])
        record(verb="guide.checked", subject=locked, now=now, actor=actor)
        signals.guide_checked.send(sender=GuidePage, pk=locked.pk, now=now)
