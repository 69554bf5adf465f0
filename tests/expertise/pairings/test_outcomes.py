"""After an introduction: what each side says, and what becomes of the need."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs import services as needs
from expertise.needs.enums import NeedState
from expertise.organizations.signals import organization_suspended
from expertise.pairings import services
from expertise.pairings.enums import ContactTaskReason, Outcome, PairingState as S, Side
from expertise.pairings.models import ContactTask, Pairing
from tests.expertise.pairings.builders import ANSWER, OFFER, pairing_in, states_of, verbs_of
from tests.factories import NeedFactory, OrganizationFactory, PairingFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]
LONG = timedelta(days=120)


@pytest.fixture
def need() -> Need:
    return NeedFactory(state=NeedState.UNDER_WAY)


@pytest.fixture
def pairing(need: Need) -> Pairing:
    return pairing_in(S.UNDER_WAY, need=need)


def tell(pairing: Pairing, side: Side, outcome: Outcome, now: datetime) -> None:
    services.record_outcome(pairing=pairing, side=side, outcome=outcome, now=now)


def state_of(need: Need) -> str:
    need.refresh_from_db()
    return need.state


def test_spoken_no_is_noted_and_changes_nothing(need: Need, now: datetime) -> None:
    pairing = pairing_in(S.INTRODUCED, need=need)
    services.record_spoken(pairing=pairing, side=Side.GROUP, has_spoken=False, now=now)
    pairing.refresh_from_db()
    assert (pairing.state, pairing.spoken_at) == (S.INTRODUCED, None)
    assert verbs_of(pairing) == ["pairing.not_spoken"]


def test_first_yes_to_having_spoken_counts(need: Need, now: datetime) -> None:
    pairing = pairing_in(S.INTRODUCED, need=need)
    for later in (0, 1):
        moment = now + timedelta(days=later)
        services.record_spoken(pairing=pairing, side=Side.ORGANIZATION, has_spoken=True, now=moment)
    pairing.refresh_from_db()
    assert pairing.spoken_at == now


def test_group_that_was_helped_settles_its_need(need: Need, pairing: Pairing, now: datetime) -> None:
    tell(pairing, Side.GROUP, Outcome.HELPED, now)
    assert state_of(need) == NeedState.FULFILLED


def test_organization_alone_does_not_settle_a_need(need: Need, pairing: Pairing, now: datetime) -> None:
    tell(pairing, Side.ORGANIZATION, Outcome.HELPED, now)
    pairing.refresh_from_db()
    assert (pairing.state, state_of(need)) == (S.UNDER_WAY, NeedState.UNDER_WAY)


def test_second_word_is_kept_and_changes_nothing(need: Need, pairing: Pairing, now: datetime) -> None:
    tell(pairing, Side.GROUP, Outcome.HELPED, now)
    tell(pairing, Side.ORGANIZATION, Outcome.NOT_HELPED, now)
    pairing.refresh_from_db()
    assert (pairing.state, pairing.organization_outcome) == (S.HELPED, Outcome.NOT_HELPED)
    assert state_of(need) == NeedState.FULFILLED


def test_help_that_did_not_work_opens_the_need_and_calls_a_human(need: Need, pairing: Pairing, now: datetime) -> None:
    tell(pairing, Side.GROUP, Outcome.NOT_HELPED, now)
    assert state_of(need) == NeedState.OPEN
    assert ContactTask.objects.get().reason == ContactTaskReason.NOT_HELPED


def test_help_that_did_not_work_beside_another_offer_lets_the_group_choose_again(now: datetime) -> None:
    need = NeedFactory(state=NeedState.UNDER_WAY, places=2)
    pairing = pairing_in(S.UNDER_WAY, need=need)
    pairing_in(S.OFFERED, need=need)
    tell(pairing, Side.ORGANIZATION, Outcome.NOT_HELPED, now)
    assert state_of(need) == NeedState.ANSWERED


def test_need_waits_for_all_who_are_at_work(now: datetime) -> None:
    need = NeedFactory(state=NeedState.UNDER_WAY, places=2)
    first, second = (pairing_in(S.UNDER_WAY, need=need) for _ in range(2))
    tell(first, Side.GROUP, Outcome.HELPED, now)
    assert state_of(need) == NeedState.UNDER_WAY
    tell(second, Side.GROUP, Outcome.NOT_HELPED, now)
    assert state_of(need) == NeedState.FULFILLED


def test_need_with_a_place_left_and_someone_asked_stays_under_way(now: datetime) -> None:
    need = NeedFactory(state=NeedState.UNDER_WAY, places=2)
    pairing = pairing_in(S.UNDER_WAY, need=need)
    pairing_in(S.PROPOSED, need=need)
    tell(pairing, Side.GROUP, Outcome.HELPED, now)
    assert state_of(need) == NeedState.UNDER_WAY


def test_silence_closes_the_need_and_frees_the_capacity(need: Need, pairing: Pairing, now: datetime) -> None:
    due = services.close_unknown(need_id=need.pk, now=now)
    assert due is not None
    assert due > now
    assert services.close_unknown(need_id=need.pk, now=due) is None
    assert state_of(need) == NeedState.CLOSED_UNKNOWN
    assert not Pairing.objects.loading().exists()
    pairing.refresh_from_db()
    assert pairing.state == S.UNDER_WAY


def test_undisputed_word_of_the_organization_settles_a_silent_need(need: Need, pairing: Pairing, now: datetime) -> None:
    tell(pairing, Side.ORGANIZATION, Outcome.HELPED, now)
    services.close_unknown(need_id=need.pk, now=now + LONG)
    assert state_of(need) == NeedState.FULFILLED
    assert states_of(need) == {S.HELPED: 1}


def test_word_that_it_goes_on_gives_it_as_long_again(need: Need, pairing: Pairing, now: datetime) -> None:
    due = services.close_unknown(need_id=need.pk, now=now)
    assert due is not None
    tell(pairing, Side.GROUP, Outcome.ONGOING, due - timedelta(days=1))
    later = services.close_unknown(need_id=need.pk, now=due)
    assert later is not None
    assert later > due
    assert state_of(need) == NeedState.UNDER_WAY


def test_late_news_settle_a_need_that_was_closed(need: Need, pairing: Pairing, now: datetime) -> None:
    services.close_unknown(need_id=need.pk, now=now + LONG)
    tell(pairing, Side.GROUP, Outcome.HELPED, now + LONG)
    assert state_of(need) == NeedState.FULFILLED


def test_reopened_need_has_its_places_again(need: Need, pairing: Pairing, now: datetime) -> None:
    tell(pairing, Side.GROUP, Outcome.HELPED, now)
    later = now + timedelta(days=1)
    needs.reopen_need(need=need, actor=UserFactory(), now=later)
    offer = services.offer(pairing=PairingFactory(need=need), facts=OFFER, answer=ANSWER, now=later)
    services.choose(pairing=offer, now=later)
    assert state_of(need) == NeedState.UNDER_WAY


def test_suspended_organization_loses_its_proposals_and_offers(now: datetime) -> None:
    organization = OrganizationFactory()
    offer = pairing_in(S.OFFERED, need=NeedFactory(state=NeedState.ANSWERED), organization=organization)
    proposal = pairing_in(S.PROPOSED, organization=organization)
    helping = pairing_in(S.UNDER_WAY, organization=organization)
    organization_suspended.send(sender=type(organization), pk=organization.pk, now=now)
    for pairing, state in ((offer, S.WITHDRAWN), (proposal, S.SUPERSEDED), (helping, S.UNDER_WAY)):
        pairing.refresh_from_db()
        assert pairing.state == state
    assert state_of(offer.need) == NeedState.OPEN
