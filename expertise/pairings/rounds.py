"""One round of a need: from its opening or its last reopening. What its clocks and its places count from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import timezone

from expertise.needs.enums import NeedState
from expertise.pairings.clocks import Pace, pace_of
from expertise.pairings.models import Pairing
from maillage.core.models import AuditEntry

TAKES_OFFERS = frozenset({NeedState.OPEN, NeedState.ANSWERED, NeedState.UNDER_WAY, NeedState.UNANSWERED})

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need


def began_at(need: Need) -> datetime:
    """When the need was opened, or reopened last; its creation while it is held."""
    about = AuditEntry.objects.filter(object_type=need._meta.label_lower, object_id=need.pk, verb="need.reopened")
    reopened = about.order_by("-at").values_list("at", flat=True).first()
    return max(moment for moment in (need.opened_at or need.created_at, reopened) if moment is not None)


def searching_since(need: Need) -> datetime:
    """When the group began to wait for a helper: the round's beginning, or the day on which a helper fell away.

    The days spent with a helper are not days without an offer: the contact's clock does not count them.
    """
    about = AuditEntry.objects.filter(object_type=need._meta.label_lower, object_id=need.pk, verb="need.resumed")
    resumed = about.filter(data__before=NeedState.UNDER_WAY).order_by("-at").values_list("at", flat=True).first()
    began = began_at(need)
    return began if resumed is None else max(began, resumed)


def pace(need: Need) -> Pace:
    """How fast the need's clocks run."""
    opened = need.opened_at or need.created_at
    return pace_of(when=need.when, opened_on=timezone.localdate(opened), needed_on=need.needed_on)


def free_places(need: Need) -> int:
    """Helpers still wanted in this round; exact only under the need's lock."""
    taken = Pairing.objects.filter(need_id=need.pk).taking_places(began_at(need)).count()
    return max(need.places - taken, 0)


def is_looking(need: Need) -> bool:
    """Whether another organization's help is still wanted."""
    return need.state in TAKES_OFFERS and free_places(need) > 0
