"""Putting in contact, and what it means for everyone else who was asked. Inside a locked transaction only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expertise.needs import services as needs
from expertise.needs.enums import NeedState
from expertise.pairings import rounds
from expertise.pairings.enums import PairingState as S
from expertise.pairings.services.errors import NeedClosedError, PlacesTakenError
from expertise.pairings.services.locks import check_capacity, lock_pairings
from expertise.pairings.services.transitions import INTRODUCE, NOT_CHOOSE, SUPERSEDE, check, move

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.pairings.models import Pairing
    from maillage.core.permissions import Actor


def check_takes_offers(need: Need) -> None:
    """Whether a locked need still looks for help.

    Raises:
        NeedClosedError: held, withdrawn, settled or closed.
        PlacesTakenError: enough organizations help already.
    """
    if need.state not in rounds.TAKES_OFFERS:
        raise NeedClosedError(need.state)
    if rounds.free_places(need) < 1:
        raise PlacesTakenError


def introduce(*, pairing: Pairing, need: Need, now: datetime, actor: Actor | None) -> Pairing:
    """Introduce an offer; when the last place is taken, everyone else is told.

    Raises:
        NeedClosedError: the need takes no offers.
        PlacesTakenError: enough organizations help already.
        OrganizationFullError: the organization helps as many groups as it can.
        WrongPairingStateError: there is no offer to choose.
    """
    check(pairing, INTRODUCE)
    check_takes_offers(need)
    check_capacity(pairing.organization_id)
    move(pairing=pairing, transition=INTRODUCE, now=now, actor=actor, changes={"introduced_at": now})
    if need.state != NeedState.UNDER_WAY:
        needs.mark_under_way(need=need, now=now, actor=actor)
    if rounds.free_places(need) < 1:
        close_others(need=need, now=now)
    return pairing


def close_others(*, need: Need, now: datetime) -> None:
    """The places are full: offers were not chosen, unanswered proposals are no longer necessary."""
    for other in lock_pairings(need):
        if other.state == S.OFFERED:
            move(pairing=other, transition=NOT_CHOOSE, now=now)
        elif other.state == S.PROPOSED:
            move(pairing=other, transition=SUPERSEDE, now=now)


def supersede_all(*, need: Need, now: datetime) -> None:
    """The need ended another way: whoever was asked or has offered is told that nothing more is needed."""
    for other in lock_pairings(need):
        if other.state in SUPERSEDE.sources:
            move(pairing=other, transition=SUPERSEDE, now=now)


def resume_if_no_offer(*, need: Need, now: datetime, actor: Actor | None = None) -> None:
    """An offer fell away: an answered need without another one is open again."""
    if need.state == NeedState.ANSWERED and not need.pairings.filter(state=S.OFFERED).exists():
        needs.mark_open(need=need, now=now, actor=actor)
