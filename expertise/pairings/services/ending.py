"""What ends with a need, or with an organization that the network sends away. Inside the transaction of that fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from expertise.pairings.enums import PairingState as S
from expertise.pairings.models import Pairing
from expertise.pairings.querysets import LOADING_STATES, OPEN_STATES
from expertise.pairings.services import calls
from expertise.pairings.services.introducing import resume_if_no_offer, supersede_all
from expertise.pairings.services.locks import lock_need, lock_pairing, lock_pairings
from expertise.pairings.services.transitions import SUPERSEDE, WITHDRAW, move, write
from maillage.core import audit

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need


@transaction.atomic
def end_with_need(*, need: Need, now: datetime) -> None:
    """Supersede what is open, free the capacity of who was introduced, end the calls; the need is locked."""
    supersede_all(need=need, now=now)
    for pairing in lock_pairings(need):
        if pairing.state in LOADING_STATES and pairing.ended_at is None:
            write(pairing, {"ended_at": now, "updated_at": now})
            audit.record(verb="pairing.ended_with_need", subject=pairing, now=now)
    calls.cancel_calls(need_id=need.pk, now=now)


@transaction.atomic
def end_with_organization(*, organization_id: int, now: datetime) -> None:
    """Undo what an organization was asked and what it offered; introductions are left to people."""
    open_ones = Pairing.objects.filter(organization_id=organization_id, state__in=OPEN_STATES)
    for pairing in open_ones.order_by("need_id"):
        need = lock_need(pairing.need_id)
        lock_pairing(pairing, need)
        if pairing.state == S.OFFERED:
            move(pairing=pairing, transition=WITHDRAW, now=now, by="network")
            resume_if_no_offer(need=need, now=now)
        elif pairing.state == S.PROPOSED:
            move(pairing=pairing, transition=SUPERSEDE, now=now, by="network")
