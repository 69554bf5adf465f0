"""« Je peux aider » on a need that one may see, without having been asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from expertise.organizations.models import Organization
from expertise.organizations.querysets import ASKED_STATES
from expertise.pairings.candidates import off_limits
from expertise.pairings.enums import Origin, PairingState
from expertise.pairings.models import Pairing
from expertise.pairings.services.answering import offer_locked
from expertise.pairings.services.asking import BLANK
from expertise.pairings.services.errors import NotAskableError
from expertise.pairings.services.locks import lock_need
from expertise.pairings.services.transitions import OFFER, VOLUNTEER

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.pairings.services.facts import AnswerFacts, OfferFacts
    from members.models import User


@transaction.atomic
def volunteer(
    *, need: Need, organization: Organization, facts: OfferFacts, answer: AnswerFacts, actor: User, now: datetime
) -> Pairing:
    """Offer without having been asked; an organization that was asked answers its proposal.

    Args:
        need: one that the actor may see.
        organization: one where the actor holds a seat.
        facts: what is offered.
        answer: who answers.
        actor: the signed-in person.
        now: the moment.

    Raises:
        NotAskableError: own group, blocked, unticked, refused for good, or the organization is not active.
        AlreadyAnsweredError, NeedClosedError, PlacesTakenError, OrganizationFullError: as ``offer``.
    """
    locked = lock_need(need.pk)
    if organization.pk in off_limits(locked):
        raise NotAskableError
    if not Organization.objects.filter(pk=organization.pk, state__in=ASKED_STATES).exists():
        raise NotAskableError
    row = Pairing.objects.filter(need_id=locked.pk, organization_id=organization.pk).first()
    if row is not None and row.state == PairingState.PROPOSED:
        return offer_locked(
            pairing=row, need=locked, transition=OFFER, facts=facts, answer=answer, now=now, actor=actor
        )
    if row is None:
        # A row of its own that nobody was told of: it waits for nothing, so it begins as one no longer asked.
        row = Pairing(need=locked, organization=organization, origin=Origin.VOLUNTEERED, updated_at=now)
        row.state = PairingState.SUPERSEDED
        row.save()
    anew = {**BLANK, "origin": Origin.VOLUNTEERED, "wave": None, "reasons": [], "score": 0.0}
    return offer_locked(
        pairing=row, need=locked, transition=VOLUNTEER, facts=facts, answer=answer, now=now, actor=actor, anew=anew
    )
