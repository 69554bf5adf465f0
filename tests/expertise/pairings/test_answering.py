"""Offers, refusals, recommendations, choices: what each means for the need and for everyone else."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs import services as needs
from expertise.needs.enums import NeedState
from expertise.needs.models import NeedExclusion
from expertise.organizations.models import Block
from expertise.pairings import services
from expertise.pairings.enums import ContactTaskReason, DeclineReason, Origin, PairingState as S
from expertise.pairings.models import Pairing
from tests.expertise.pairings.builders import ANSWER, OFFER, heard, pairing_in, states_of
from tests.factories import NeedFactory, OrganizationFactory, PairingFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]


def give(pairing: Pairing, now: datetime) -> Pairing:
    return services.offer(pairing=pairing, facts=OFFER, answer=ANSWER, now=now)


def test_offer_answers_the_need_and_is_not_a_claim(now: datetime) -> None:
    need = NeedFactory()
    first, second = PairingFactory.create_batch(2, need=need)
    give(first, now)
    need.refresh_from_db()
    assert need.state == NeedState.ANSWERED
    assert states_of(need) == {S.OFFERED: 1, S.PROPOSED: 1}
    give(second, now)
    assert states_of(need) == {S.OFFERED: 2}


def test_second_press_and_a_colleague_change_nothing(now: datetime) -> None:
    pairing = PairingFactory()
    give(pairing, now)
    for answer in (
        lambda: give(pairing, now + timedelta(minutes=1)),
        lambda: services.decline(pairing=pairing, reason=DeclineReason.NO_ROOM, answer=ANSWER, now=now),
        lambda: services.refer(pairing=pairing, organization=None, word="", answer=ANSWER, now=now),
    ):
        with heard() as signals, pytest.raises(services.AlreadyAnsweredError):
            answer()
        assert not signals
    pairing.refresh_from_db()
    assert pairing.answered_at == now
    assert Pairing.objects.count() == 1


def test_first_answer_introduces_at_once_and_tells_the_others(now: datetime) -> None:
    need = NeedFactory(is_first_answer=True)
    first, second = PairingFactory.create_batch(2, need=need)
    give(first, now)
    need.refresh_from_db()
    assert need.state == NeedState.UNDER_WAY
    assert states_of(need) == {S.INTRODUCED: 1, S.SUPERSEDED: 1}
    with pytest.raises(services.PairingError):
        give(second, now)


def test_first_answer_keeps_asking_while_places_remain(now: datetime) -> None:
    need = NeedFactory(is_first_answer=True, places=2)
    first, second, third = PairingFactory.create_batch(3, need=need)
    give(first, now)
    assert states_of(need) == {S.INTRODUCED: 1, S.PROPOSED: 2}
    give(second, now)
    assert states_of(need) == {S.INTRODUCED: 2, S.SUPERSEDED: 1}
    with pytest.raises(services.PairingError):
        give(third, now)


def test_choice_that_fills_the_places_distinguishes_offers_from_proposals(now: datetime) -> None:
    chosen = pairing_in(S.OFFERED, need=NeedFactory(state=NeedState.ANSWERED))
    pairing_in(S.OFFERED, need=chosen.need)
    pairing_in(S.PROPOSED, need=chosen.need)
    with heard() as signals:
        services.choose(pairing=chosen, now=now)
    assert states_of(chosen.need) == {S.INTRODUCED: 1, S.NOT_CHOSEN: 1, S.SUPERSEDED: 1}
    assert signals == {"pairing_introduced": 1, "pairing_not_chosen": 1, "pairing_superseded": 1}


def test_group_chooses_several_while_places_remain(now: datetime) -> None:
    need = NeedFactory(state=NeedState.ANSWERED, places=2)
    offers = [pairing_in(S.OFFERED, need=need) for _ in range(3)]
    services.choose(pairing=offers[0], now=now)
    assert states_of(need) == {S.INTRODUCED: 1, S.OFFERED: 2}
    services.choose(pairing=offers[1], now=now)
    assert states_of(need) == {S.INTRODUCED: 2, S.NOT_CHOSEN: 1}
    with pytest.raises(services.WrongPairingStateError):
        services.choose(pairing=offers[2], now=now)


def test_double_choice_introduces_once(now: datetime) -> None:
    offer = pairing_in(S.OFFERED)
    services.choose(pairing=offer, now=now)
    with heard() as signals, pytest.raises(services.WrongPairingStateError):
        services.choose(pairing=offer, now=now)
    assert not signals


def test_places_are_never_exceeded(now: datetime) -> None:
    need = NeedFactory(state=NeedState.UNDER_WAY)
    pairing_in(S.INTRODUCED, need=need)
    offer = pairing_in(S.OFFERED, need=need)
    with pytest.raises(services.PlacesTakenError):
        services.choose(pairing=offer, now=now)
    with pytest.raises(services.PlacesTakenError):
        give(pairing_in(S.PROPOSED, need=need), now)


@pytest.mark.parametrize("state", [S.PROPOSED, S.OFFERED])
def test_capacity_is_never_exceeded(state: str, now: datetime) -> None:
    organization = OrganizationFactory()
    for _ in range(2):
        pairing_in(S.UNDER_WAY, organization=organization)
    pairing = pairing_in(state, organization=organization)
    with pytest.raises(services.OrganizationFullError):
        give(pairing, now) if state == S.PROPOSED else services.choose(pairing=pairing, now=now)


def test_what_has_ended_no_longer_takes_capacity(now: datetime) -> None:
    organization = OrganizationFactory()
    for state in (S.HELPED, S.NOT_HELPED):
        pairing_in(state, organization=organization)
    pairing_in(S.UNDER_WAY, organization=organization, ended_at=now)
    give(PairingFactory(organization=organization), now)


@pytest.mark.parametrize("state", [NeedState.WITHDRAWN, NeedState.FULFILLED, NeedState.CLOSED_UNKNOWN])
def test_ended_need_takes_no_offer(state: str, now: datetime) -> None:
    with pytest.raises(services.NeedClosedError):
        give(PairingFactory(need__state=state), now)


def test_late_offer_takes_a_need_back_from_its_contact(now: datetime) -> None:
    need = NeedFactory()
    pairing = PairingFactory(need=need)
    task = services.name_contact(need_id=need.pk, reason=ContactTaskReason.TOO_LONG, now=now)
    assert task is not None
    give(pairing, now)
    need.refresh_from_db()
    task.refresh_from_db()
    assert need.state == NeedState.ANSWERED
    assert task.state == "cancelled"


def test_offer_to_a_group_that_has_only_a_telephone_asks_the_contact_to_call(now: datetime) -> None:
    pairing = PairingFactory(need__entered_by=UserFactory())
    give(pairing, now)
    assert pairing.need.contact_tasks.get().reason == ContactTaskReason.BY_TELEPHONE


@pytest.mark.parametrize("end", [services.withdraw_offer, services.set_aside])
def test_last_offer_that_falls_away_opens_the_need_again(end: object, now: datetime) -> None:
    need = NeedFactory(state=NeedState.ANSWERED)
    offers = [pairing_in(S.OFFERED, need=need) for _ in range(2)]
    end(pairing=offers[0], now=now)  # type: ignore[operator]
    need.refresh_from_db()
    assert need.state == NeedState.ANSWERED
    end(pairing=offers[1], now=now)  # type: ignore[operator]
    need.refresh_from_db()
    assert need.state == NeedState.OPEN


def test_recommended_organization_is_asked_next_and_knows_by_whom(now: datetime) -> None:
    pairing, friend = PairingFactory(), OrganizationFactory()
    with heard() as signals:
        services.refer(pairing=pairing, organization=friend, word="Ils font ça.", answer=ANSWER, now=now)
    asked = Pairing.objects.get(organization=friend)
    assert (asked.state, asked.origin, asked.referred_by) == (S.PROPOSED, Origin.REFERRED, pairing)
    assert signals == {"pairing_referred": 1, "wave_proposed": 1}


@pytest.mark.parametrize("why", ["own", "blocked", "unticked", "unclaimed", "asked", "full", "refused"])
def test_recommendation_that_cannot_be_asked_is_kept_and_asks_nobody(why: str, now: datetime) -> None:
    pairing = PairingFactory()
    need, friend = pairing.need, OrganizationFactory(unclaimed=why == "unclaimed")
    if why == "own":
        friend = need.organization
    elif why == "blocked":
        Block.objects.create(organization=friend, blocked=need.organization, created_at=now)
    elif why == "unticked":
        NeedExclusion.objects.create(need=need, organization=friend)
    elif why == "asked":
        PairingFactory(need=need, organization=friend)
    elif why == "full":
        for _ in range(2):
            pairing_in(S.UNDER_WAY, organization=friend)
    elif why == "refused":
        pairing_in(S.DECLINED, need=need, organization=friend, decline_reason=DeclineReason.NOT_OUR_REGION)
    with heard() as signals:
        services.refer(pairing=pairing, organization=friend, word="", answer=ANSWER, now=now)
    pairing.refresh_from_db()
    assert (pairing.state, pairing.referred_to) == (S.REFERRED, friend)
    assert signals == {"pairing_referred": 1}


def test_volunteer_has_a_row_without_having_been_asked(now: datetime) -> None:
    need, organization, actor = NeedFactory(), OrganizationFactory(), UserFactory()
    services.volunteer(need=need, organization=organization, facts=OFFER, answer=ANSWER, actor=actor, now=now)
    pairing = need.pairings.get()
    assert (pairing.state, pairing.origin, pairing.answered_by) == (S.OFFERED, Origin.VOLUNTEERED, actor)
    assert pairing.proposed_at is None
    with pytest.raises(services.AlreadyAnsweredError):
        services.volunteer(need=need, organization=organization, facts=OFFER, answer=ANSWER, actor=actor, now=now)


def test_volunteer_that_was_asked_answers_its_proposal(now: datetime) -> None:
    pairing = PairingFactory()
    services.volunteer(
        need=pairing.need, organization=pairing.organization, facts=OFFER, answer=ANSWER, actor=UserFactory(), now=now
    )
    pairing.refresh_from_db()
    assert (pairing.state, pairing.origin) == (S.OFFERED, Origin.MATCHED)


def test_own_group_cannot_volunteer_and_a_refused_volunteer_leaves_no_row(now: datetime) -> None:
    need, full = NeedFactory(), OrganizationFactory()
    for _ in range(2):
        pairing_in(S.UNDER_WAY, organization=full)
    for organization, refusal in (
        (need.organization, services.NotAskableError),
        (OrganizationFactory(suspended=True), services.NotAskableError),
        (full, services.OrganizationFullError),
    ):
        with pytest.raises(refusal):
            services.volunteer(
                need=need, organization=organization, facts=OFFER, answer=ANSWER, actor=UserFactory(), now=now
            )
    assert not need.pairings.exists()


def test_need_found_elsewhere_supersedes_offers_and_proposals_and_frees_capacity(now: datetime) -> None:
    need = NeedFactory(state=NeedState.UNDER_WAY, places=3)
    pairing_in(S.OFFERED, need=need)
    pairing_in(S.PROPOSED, need=need)
    helper = pairing_in(S.INTRODUCED, need=need)
    needs.find_elsewhere(need=need, actor=None, now=now)
    assert states_of(need) == {S.SUPERSEDED: 2, S.INTRODUCED: 1}
    helper.refresh_from_db()
    assert helper.ended_at == now
    assert not Pairing.objects.loading().exists()


def test_withdrawn_need_supersedes_whoever_was_asked(now: datetime) -> None:
    need = PairingFactory().need
    needs.withdraw_need(need=need, actor=None, now=now)
    assert states_of(need) == {S.SUPERSEDED: 1}
