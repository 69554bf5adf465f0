"""What an organization answers: it can help, not this time, or it knows someone. The first answer stands."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction

from expertise.needs import services as needs
from expertise.needs.enums import NeedState
from expertise.pairings.candidates import Asked
from expertise.pairings.enums import ContactTaskReason, DeclineReason, Origin
from expertise.pairings.services.asking import check_askable, open_wave
from expertise.pairings.services.calls import open_call
from expertise.pairings.services.errors import PairingError
from expertise.pairings.services.introducing import check_takes_offers, introduce, resume_if_no_offer
from expertise.pairings.services.locks import check_capacity, lock_need, lock_pairing
from expertise.pairings.services.transitions import DECLINE, OFFER, REFER, WITHDRAW, Transition, check, move

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.organizations.models import Organization
    from expertise.pairings.models import Pairing
    from expertise.pairings.services.facts import AnswerFacts, OfferFacts
    from members.models import User


@transaction.atomic
def offer(
    *, pairing: Pairing, facts: OfferFacts, answer: AnswerFacts, now: datetime, actor: User | None = None
) -> Pairing:
    """« Je peux aider ». A group that wants the first answer is introduced at once while places remain.

    Args:
        pairing: the organization's row, updated in place.
        facts: what is offered.
        answer: who answers.
        now: the moment.
        actor: a signed-in person; None: a mail's link.

    Raises:
        AlreadyAnsweredError: a colleague, or a first press of the same button, answered before.
        WrongPairingStateError: the proposal no longer stands.
        NeedClosedError: the need takes no offers.
        PlacesTakenError: enough organizations help already.
        OrganizationFullError: the organization helps as many groups as it can.
    """
    need = lock_need(pairing.need_id)
    return offer_locked(pairing=pairing, need=need, transition=OFFER, facts=facts, answer=answer, now=now, actor=actor)


def offer_locked(
    *,
    pairing: Pairing,
    need: Need,
    transition: Transition,
    facts: OfferFacts,
    answer: AnswerFacts,
    now: datetime,
    actor: User | None,
    anew: Mapping[str, object] | None = None,
) -> Pairing:
    """Write an offer under the need's lock; ``transition`` is OFFER or VOLUNTEER, ``anew`` what the row begins with.

    Raises: as ``offer``.
    """
    # The answer that stands is said before anything else: a colleague wants to read it, not « enough already ».
    pairing.refresh_from_db()
    check(pairing, transition)
    check_takes_offers(need)
    check_capacity(pairing.organization_id)
    lock_pairing(pairing, need)
    changes = {**(anew or {}), **_answered(answer, now, actor), **asdict(facts), "word": facts.word.strip()}
    changes["decline_reason"] = ""
    move(pairing=pairing, transition=transition, now=now, actor=actor, changes=changes)
    if need.state in (NeedState.OPEN, NeedState.UNANSWERED):
        needs.mark_answered(need=need, now=now)
    if need.is_first_answer:
        introduce(pairing=pairing, need=need, now=now, actor=actor)
    elif need.entered_by_id is not None:
        # The group has only a telephone: someone must read it the offer.
        open_call(need=need, reason=ContactTaskReason.BY_TELEPHONE, now=now)
    return pairing


@transaction.atomic
def decline(*, pairing: Pairing, reason: str, answer: AnswerFacts, now: datetime, actor: User | None = None) -> Pairing:
    """« Pas cette fois », with a reason; « pas notre métier » and « pas notre territoire » close the pair for good.

    Raises:
        ValueError: the reason is not a ``DeclineReason``.
        AlreadyAnsweredError: a colleague answered before.
        WrongPairingStateError: the proposal no longer stands.
    """
    need = lock_need(pairing.need_id)
    lock_pairing(pairing, need)
    changes = {**_answered(answer, now, actor), "decline_reason": DeclineReason(reason)}
    return move(pairing=pairing, transition=DECLINE, now=now, actor=actor, changes=changes, reason=str(reason))


@transaction.atomic
def refer(
    *,
    pairing: Pairing,
    organization: Organization | None,
    word: str,
    answer: AnswerFacts,
    now: datetime,
    actor: User | None = None,
) -> Pairing:
    """« Je connais quelqu’un »: an organization of the network is asked next, and knows by whom it is recommended.

    Someone outside the network, or who cannot be asked, is kept in ``word`` for the contact and the group.

    Raises:
        AlreadyAnsweredError: a colleague answered before.
        WrongPairingStateError: the proposal no longer stands.
    """
    need = lock_need(pairing.need_id)
    is_asked = organization is not None and _is_askable(need, organization)
    lock_pairing(pairing, need)
    changes = {**_answered(answer, now, actor), "referred_to": organization, "referred_word": word.strip()}
    move(
        pairing=pairing, transition=REFER, now=now, actor=actor, changes=changes,
        to=organization.pk if organization else None,
    )  # fmt: skip
    if organization is not None and is_asked:
        open_wave(
            need=need, asked=[Asked(organization.pk)], origin=Origin.REFERRED, now=now, facts={"referred_by": pairing}
        )
    return pairing


@transaction.atomic
def withdraw_offer(*, pairing: Pairing, now: datetime, actor: User | None = None) -> Pairing:
    """The organization takes its offer back before it was chosen; the search goes on if it was the only one.

    Raises:
        WrongPairingStateError: there is no offer that waits.
    """
    need = lock_need(pairing.need_id)
    lock_pairing(pairing, need)
    move(pairing=pairing, transition=WITHDRAW, now=now, actor=actor)
    resume_if_no_offer(need=need, now=now, actor=actor)
    return pairing


def _is_askable(need: Need, organization: Organization) -> bool:
    try:
        check_askable(need=need, organization=organization)
    except PairingError:
        return False
    return True


def _answered(answer: AnswerFacts, now: datetime, actor: User | None) -> Mapping[str, object]:
    return {
        "answered_at": now,
        "answered_by": actor,
        "answered_address": answer.address,
        "answered_name": answer.name.strip(),
        "answered_telephone": answer.telephone.strip(),
        "is_answerer_shown": answer.is_shown,
    }
