"""The way of a need, driven by rows: waves, clocks, contacts.

Each handler makes one domain call, which reads again what must still hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from expertise.pairings import services
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing
from expertise.pairings.signals import wave_proposed
from tasks import queue
from tasks.registry import job

if TYPE_CHECKING:
    from datetime import datetime


@job("propose_wave", done_on=wave_proposed)
def propose_wave(*, need_id: int, now: datetime) -> str | None:
    """Ask the next organizations."""
    return None if services.propose_wave(need_id=need_id, now=now) is not None else "nobody_to_ask"


@job("continue_search", is_atomic=False)
def continue_search(*, need_id: int, now: datetime) -> None:
    """The next wave, the contact, or nothing yet: then it is looked at again when the service says."""
    again = services.continue_search(need_id=need_id, now=now)
    if again is not None and again > now:
        key = f"continue_search:need:{need_id}:{again:%Y%m%dT%H%M%S%f}"
        queue.enqueue(kind="continue_search", dedupe_key=key, args={"need_id": need_id}, due_at=again, now=now)


@job("miss_pairing")
def miss_pairing(*, pairing_id: int, wave_id: int, now: datetime) -> str | None:
    """At the end of its wave: an organization whose mail never left (held, capped, paused) counts as unreachable."""
    pairing = Pairing.objects.get(pk=pairing_id)
    if pairing.wave_id != wave_id or pairing.told_at is not None or pairing.state != PairingState.PROPOSED:
        return "not_missed"
    services.mark_unreachable(pairing_id=pairing_id, now=now)
    return None


@job("remind_pairing")
def remind_pairing(*, pairing_id: int, wave_id: int, now: datetime) -> str | None:
    """One reminder, if it still matters; written in the same transaction as the fact.

    An organization that was asked again since has a clock of its own for it.
    """
    if not Pairing.objects.filter(pk=pairing_id, wave_id=wave_id).exists():
        return "asked_again"
    if not services.remind_pairing(pairing_id=pairing_id, now=now):
        return "no_longer_matters"
    key = f"compose:proposal_reminder:wave:{wave_id}:pairing:{pairing_id}"
    args = {"pairing_id": pairing_id, "wave_id": wave_id}
    queue.enqueue(kind="compose:proposal_reminder", dedupe_key=key, args=args, now=now)
    return None


@job("lapse_pairing")
def lapse_pairing(*, pairing_id: int, now: datetime) -> str | None:
    """Silence counts as no, if it lasted."""
    pairing = services.lapse_pairing(pairing_id=pairing_id, now=now)
    return None if pairing.state == PairingState.LAPSED else "answered_meanwhile"


@job("close_unknown")
def close_unknown(*, need_id: int, now: datetime) -> None:
    """Close what nobody gave news of, or look again when the service says."""
    again = services.close_unknown(need_id=need_id, now=now)
    if again is not None and again > now:
        key = f"close_unknown:need:{need_id}:{again:%Y%m%dT%H%M%S%f}"
        queue.enqueue(kind="close_unknown", dedupe_key=key, args={"need_id": need_id}, due_at=again, now=now)


@job("pass_on")
def pass_on(*, task_id: int, now: datetime) -> str | None:
    """A call that was not made goes to the next in turn."""
    return None if services.pass_on(task_id=task_id, now=now) is not None else "no_longer_matters"
