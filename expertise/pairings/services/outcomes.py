"""After an introduction: have they spoken, was it of help, and what becomes of the need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from expertise.needs import services as needs
from expertise.needs.enums import NeedState
from expertise.pairings import rounds
from expertise.pairings.clocks import closes_unknown
from expertise.pairings.enums import ContactTaskReason, Outcome, PairingState as S, Side
from expertise.pairings.querysets import LOADING_STATES, OPEN_STATES
from expertise.pairings.services.calls import open_call
from expertise.pairings.services.errors import WrongPairingStateError
from expertise.pairings.services.locks import lock_need, lock_pairing, lock_pairings
from expertise.pairings.services.transitions import BEGIN, FAIL, HELP, move, write
from maillage.core import audit

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.pairings.models import Pairing
    from members.models import User

TOLD_STATES = (S.INTRODUCED, S.UNDER_WAY, S.HELPED, S.NOT_HELPED)


@transaction.atomic
def record_spoken(
    *, pairing: Pairing, side: str, has_spoken: bool, now: datetime, actor: User | None = None
) -> Pairing:
    """« Vous êtes-vous parlé? »: the first yes of either side counts; a no is noted and changes nothing.

    Raises:
        ValueError: ``side`` is not a ``Side``.
        WrongPairingStateError: the two were not introduced, or it has ended.
    """
    need = lock_need(pairing.need_id)
    lock_pairing(pairing, need)
    if pairing.state not in LOADING_STATES:
        raise WrongPairingStateError(state=pairing.state, verb="pairing.spoken")
    if not has_spoken:
        audit.record(verb="pairing.not_spoken", subject=pairing, now=now, actor=actor, side=str(Side(side)))
    elif pairing.state == S.INTRODUCED:
        move(pairing=pairing, transition=BEGIN, now=now, actor=actor, changes={"spoken_at": now}, side=str(Side(side)))
    return pairing


@transaction.atomic
def record_outcome(*, pairing: Pairing, side: str, outcome: str, now: datetime, actor: User | None = None) -> Pairing:
    """How it ended, as one side tells it.

    The group decides; an organization that could not help is believed at once, one that says it helped when the group
    agrees or stays silent. A word that comes later is kept beside the first and changes nothing.

    Raises:
        ValueError: ``side`` or ``outcome`` is unknown.
        WrongPairingStateError: the two were not introduced.
    """
    side, outcome = Side(side), Outcome(outcome)
    need = lock_need(pairing.need_id)
    lock_pairing(pairing, need)
    if pairing.state not in TOLD_STATES:
        raise WrongPairingStateError(state=pairing.state, verb="pairing.outcome")
    write(pairing, {f"{side}_outcome": outcome, "updated_at": now})
    audit.record(verb="pairing.told_outcome", subject=pairing, now=now, actor=actor, side=side, outcome=outcome)
    if pairing.state not in LOADING_STATES:
        return pairing
    if outcome == Outcome.NOT_HELPED:
        _fail(pairing, need, now, actor)
    elif outcome == Outcome.HELPED and side == Side.GROUP:
        move(pairing=pairing, transition=HELP, now=now, actor=actor)
        _settle(need, now, actor)
    elif pairing.state == S.INTRODUCED and pairing.ended_at is None:
        move(pairing=pairing, transition=BEGIN, now=now, actor=actor)
    return pairing


@transaction.atomic
def close_unknown(*, need_id: int, now: datetime) -> datetime | None:
    """Close what nobody gave news of; an organization that says it helped, undisputed, is believed.

    Returns:
        When to look again: someone said that it goes on, or was introduced later. None: nothing is left to close.
    """
    need = lock_need(need_id)
    if need.state != NeedState.UNDER_WAY:
        return None
    pace, later = rounds.pace(need), []
    for pairing in lock_pairings(need):
        if pairing.state not in LOADING_STATES or pairing.ended_at is not None or pairing.introduced_at is None:
            continue
        is_ongoing = Outcome.ONGOING in (pairing.group_outcome, pairing.organization_outcome)
        quiet_since = pairing.updated_at if is_ongoing else pairing.introduced_at
        due = closes_unknown(introduced_at=quiet_since, pace=pace)
        if now < due:
            later.append(due)
        elif pairing.organization_outcome == Outcome.HELPED:
            move(pairing=pairing, transition=HELP, now=now)
        else:
            write(pairing, {"ended_at": now, "updated_at": now})
            audit.record(verb="pairing.closed_unknown", subject=pairing, now=now)
    if later:
        return min(later)
    if _has_helped(need):
        needs.mark_fulfilled(need=need, now=now)
    else:
        needs.mark_closed_unknown(need=need, now=now)
    return None


def _fail(pairing: Pairing, need: Need, now: datetime, actor: User | None) -> None:
    move(pairing=pairing, transition=FAIL, now=now, actor=actor)
    if need.state != NeedState.UNDER_WAY or need.pairings.loading().exists():
        return
    if _has_helped(need):
        _settle(need, now, actor)
        return
    needs.mark_open(need=need, now=now, actor=actor)
    if need.pairings.offered().exists():
        needs.mark_answered(need=need, now=now)
    open_call(need=need, reason=ContactTaskReason.NOT_HELPED, now=now)


def _settle(need: Need, now: datetime, actor: User | None) -> None:
    """The need is settled when nobody is at work on it, and nobody more is wanted or on the way."""
    if need.state not in (NeedState.UNDER_WAY, NeedState.CLOSED_UNKNOWN) or need.pairings.loading().exists():
        return
    is_wanting = rounds.free_places(need) > 0 and need.pairings.filter(state__in=OPEN_STATES).exists()
    if need.state == NeedState.CLOSED_UNKNOWN or not is_wanting:
        needs.mark_fulfilled(need=need, now=now, actor=actor)


def _has_helped(need: Need) -> bool:
    return need.pairings.filter(state=S.HELPED, introduced_at__gte=rounds.began_at(need)).exists()
