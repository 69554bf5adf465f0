"""What the group decides about its offers: one, several or none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from expertise.pairings.services.introducing import introduce, resume_if_no_offer
from expertise.pairings.services.locks import lock_need, lock_pairing
from expertise.pairings.services.transitions import NOT_CHOOSE, move

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.pairings.models import Pairing
    from members.models import User


@transaction.atomic
def choose(*, pairing: Pairing, now: datetime, actor: User | None = None) -> Pairing:
    """Choose an offer: both sides are introduced; when the places are full, the others are told.

    Raises:
        WrongPairingStateError: the offer was withdrawn, or is chosen already.
        NeedClosedError: the need takes no offers.
        PlacesTakenError: enough organizations help already.
        OrganizationFullError: the organization has reached its limit since it offered.
    """
    need = lock_need(pairing.need_id)
    # The availability comes before the pairing in the lock order; ``introduce`` takes it, and reads the pairing's state
    # again: every writer of that state holds the need.
    pairing.refresh_from_db()
    pairing.need = need
    return introduce(pairing=pairing, need=need, now=now, actor=actor)


@transaction.atomic
def set_aside(*, pairing: Pairing, now: datetime, actor: User | None = None) -> Pairing:
    """« Pas celle-ci »: the group thanks and goes on; the search resumes if it was the only offer.

    Raises:
        WrongPairingStateError: there is no offer that waits.
    """
    need = lock_need(pairing.need_id)
    lock_pairing(pairing, need)
    move(pairing=pairing, transition=NOT_CHOOSE, now=now, actor=actor)
    resume_if_no_offer(need=need, now=now, actor=actor)
    return pairing
