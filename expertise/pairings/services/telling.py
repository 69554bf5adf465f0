"""What the mail learnt: an organization was told, cannot be reached, is reminded, stays silent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from expertise.pairings import rounds, signals
from expertise.pairings.clocks import lapse_due, wave_ends
from expertise.pairings.enums import PairingState as S
from expertise.pairings.models import Pairing
from expertise.pairings.services.locks import lock_need, lock_pairing
from expertise.pairings.services.transitions import LAPSE, MISS, move, write
from maillage.core import audit

if TYPE_CHECKING:
    from datetime import datetime


@transaction.atomic
def record_told(*, pairing_id: int, now: datetime) -> Pairing:
    """A proposal's mail was handed over: its clock starts. The first of several recipients counts."""
    pairing = _locked(pairing_id)
    if pairing.state != S.PROPOSED or pairing.told_at is not None:
        return pairing
    pace = rounds.pace(pairing.need)
    write(pairing, {"told_at": now, "lapses_at": lapse_due(told_at=now, pace=pace), "updated_at": now})
    ends_at = wave_ends(asked_at=now, pace=pace)
    if pairing.wave is not None and pairing.wave.ends_at < ends_at:
        # A mail that left late gives its organization the same time.
        pairing.wave.ends_at = ends_at
        pairing.wave.save(update_fields=["ends_at"])
    audit.record(verb="pairing.told", subject=pairing, now=now)
    signals.pairing_told.send(sender=Pairing, pk=pairing.pk, now=now)
    return pairing


@transaction.atomic
def mark_unreachable(*, pairing_id: int, now: datetime) -> Pairing:
    """No address of the organization can be written to: the next one is asked. Nothing happens to one that was told."""
    pairing = _locked(pairing_id)
    if pairing.state == S.PROPOSED and pairing.told_at is None:
        move(pairing=pairing, transition=MISS, now=now)
    return pairing


@transaction.atomic
def remind_pairing(*, pairing_id: int, now: datetime) -> bool:
    """Whether a reminder still matters: asked, told, silent, the need still looking, and not reminded before.

    The answer yes is kept in the row, so that a job that runs twice reminds once.
    """
    pairing = _locked(pairing_id)
    matters = (
        pairing.state == S.PROPOSED
        and pairing.told_at is not None
        and pairing.reminded_at is None
        and (pairing.lapses_at is None or now < pairing.lapses_at)
        and pairing.need.state in rounds.TAKES_OFFERS
    )
    if matters:
        write(pairing, {"reminded_at": now, "updated_at": now})
        audit.record(verb="pairing.reminded", subject=pairing, now=now)
    return matters


@transaction.atomic
def lapse_pairing(*, pairing_id: int, now: datetime) -> Pairing:
    """Silence until the end of its time counts as no answer; earlier, or after an answer, nothing happens."""
    pairing = _locked(pairing_id)
    if pairing.state == S.PROPOSED and pairing.lapses_at is not None and now >= pairing.lapses_at:
        move(pairing=pairing, transition=LAPSE, now=now)
    return pairing


def _locked(pairing_id: int) -> Pairing:
    pairing = Pairing.objects.select_related("wave").get(pk=pairing_id)
    need = lock_need(pairing.need_id)
    return lock_pairing(pairing, need)
