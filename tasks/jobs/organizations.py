"""What follows from an editor's decision about an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from tasks import queue
from tasks.models import Message
from tasks.registry import job

if TYPE_CHECKING:
    from datetime import datetime


# What tells the others that they have nothing more to do is still told.
CLOSINGS = ("offer_closed", "proposal_closed", "offer_withdrawn")


@job("undo_organization")
def undo_organization(*, organization_id: int, now: datetime) -> None:
    """Cancel the mails that an organization still has in the queue, those about its needs and those to its team.

    Jobs about it end by themselves: each reads the state of what it names.
    """
    about = Q(context__organization_id=organization_id) | Q(context__group_id=organization_id)
    for message in Message.objects.live().filter(about).exclude(kind__in=CLOSINGS).order_by("pk"):
        try:
            queue.cancel_by_hand(message, now=now, reason=f"organization_undone:{organization_id}")
        except queue.WrongStateError:
            continue  # it left in this very moment
