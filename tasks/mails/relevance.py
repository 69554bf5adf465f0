"""Why a mail no longer matters, read again just before it leaves: stable codes, kept in the row that is cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expertise.needs.models import Need
from expertise.needs.querysets import ACTIVE_STATES
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tasks.models import Message

    Obsolete = Callable[[Message, datetime], str]

PROPOSED = (PairingState.PROPOSED,)
OFFERED = (PairingState.OFFERED,)
HELPING = (PairingState.INTRODUCED, PairingState.UNDER_WAY)


def unless_pairing(*states: str) -> Obsolete:
    """The pairing has left these states, or was asked again in a later wave."""

    def obsolete(message: Message, now: datetime) -> str:
        context = message.context
        found = Pairing.objects.filter(pk=context["pairing_id"], state__in=states)
        if context.get("wave_id") is not None:
            found = found.filter(wave_id=context["wave_id"])
        return "" if found.exists() else "pairing_moved_on"

    return obsolete


def unless_need(*states: str) -> Obsolete:
    """The need has left these states."""

    def obsolete(message: Message, now: datetime) -> str:
        return "" if Need.objects.filter(pk=message.context["need_id"], state__in=states).exists() else "need_moved_on"

    return obsolete


unless_active = unless_need(*ACTIVE_STATES)
