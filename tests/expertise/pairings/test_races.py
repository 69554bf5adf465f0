"""Races with real processes: never over places or capacity, nobody told twice."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from expertise.needs.enums import NeedState
from expertise.needs.models import Need
from expertise.organizations.models import Organization
from expertise.pairings import services
from expertise.pairings.enums import PairingState as S
from expertise.pairings.models import Pairing, Wave
from maillage.core.models import AuditEntry
from tasks import receivers  # noqa: F401  facts become rows in the same transaction
from tasks.models import Job
from tests.expertise.pairings.builders import ANSWER, OFFER, need_for, pairing_in, skilled, states_of
from tests.expertise.pairings.racing import racers
from tests.factories import MOMENT, NeedFactory, OrganizationFactory, PairingFactory, SkillFactory

if TYPE_CHECKING:
    from collections.abc import Iterator

RACERS = 24
# The two races that were promised: twenty rounds in ``make test``, three in ``make quick``; the others, three and six.
ROUNDS = [pytest.param(3, id="3 rounds"), pytest.param(20, id="20 rounds", marks=pytest.mark.slow)]
FEWER_ROUNDS = [pytest.param(3, id="3 rounds"), pytest.param(6, id="6 rounds", marks=pytest.mark.slow)]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("network_contact"),
]


@pytest.fixture(autouse=True)
def _warm(network_contact: object) -> None:
    """What a process computes once (holidays, for one) is computed before the races."""
    pairing = PairingFactory(need__is_first_answer=True)
    services.offer(pairing=pairing, facts=OFFER, answer=ANSWER, now=MOMENT)


def offer(*, pairing_id: int) -> None:
    pairing = Pairing.objects.get(pk=pairing_id)
    services.offer(pairing=pairing, facts=OFFER, answer=ANSWER, now=MOMENT)


def choose(*, pairing_id: int) -> None:
    services.choose(pairing=Pairing.objects.get(pk=pairing_id), now=MOMENT)


def propose(*, need_id: int) -> None:
    services.propose_wave(need_id=need_id, now=MOMENT)


def twice(values: Iterator[object]) -> list[object]:
    """What occurs more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def check_nobody_is_told_twice() -> None:
    """One entry for each transition, one job for each mail of a wave, of a proposal and of an introduction."""
    entries = AuditEntry.objects.filter(verb__in=("wave.proposed", "pairing.introduced", "pairing.superseded"))
    assert twice(entries.values_list("verb", "object_id")) == []
    for kind, counted in (
        ("compose:organizations_asked", Wave.objects.count()),
        ("compose:proposal", Pairing.objects.filter(wave__isnull=False).count()),
        ("compose:introduction", Pairing.objects.filter(introduced_at__isnull=False).count()),
    ):
        assert Job.objects.filter(kind=kind).count() == counted


@pytest.mark.parametrize("rounds", ROUNDS)
def test_offers_at_once_never_exceed_the_places(rounds: int) -> None:
    organizations = OrganizationFactory.create_batch(RACERS, availability__capacity=1000)
    with racers(RACERS) as run:
        for round_number in range(rounds):
            places = 1 + round_number % 3
            need = NeedFactory(is_first_answer=True, places=places)
            asked = [PairingFactory(need=need, organization=organization) for organization in organizations]
            codes = Counter(run([(offer, {"pairing_id": pairing.pk}) for pairing in asked]))
            need.refresh_from_db()
            assert states_of(need) == {S.INTRODUCED: places, S.SUPERSEDED: RACERS - places}
            assert codes["done"] == places
            assert set(codes) <= {"done", "wrong_state", "places_taken"}
            assert need.state == NeedState.UNDER_WAY
    check_nobody_is_told_twice()


@pytest.mark.parametrize("rounds", FEWER_ROUNDS)
def test_choices_at_once_never_exceed_the_places(rounds: int) -> None:
    organizations = OrganizationFactory.create_batch(RACERS, availability__capacity=1000)
    with racers(RACERS) as run:
        for round_number in range(rounds):
            places = 1 + round_number % 3
            need = NeedFactory(state=NeedState.ANSWERED, places=places)
            offers = [pairing_in(S.OFFERED, need=need, organization=one) for one in organizations]
            run([(choose, {"pairing_id": pairing.pk}) for pairing in offers])
            assert states_of(need) == {S.INTRODUCED: places, S.NOT_CHOSEN: RACERS - places}
    check_nobody_is_told_twice()


@pytest.mark.parametrize("rounds", FEWER_ROUNDS)
def test_groups_choosing_at_once_never_exceed_the_capacity(rounds: int) -> None:
    needs = NeedFactory.create_batch(RACERS)
    with racers(RACERS) as run:
        for _ in range(rounds):
            Need.objects.update(state=NeedState.ANSWERED)
            organization = OrganizationFactory()
            offers = [pairing_in(S.OFFERED, need=need, organization=organization) for need in needs]
            Pairing.objects.exclude(organization=organization).update(ended_at=MOMENT)
            codes = Counter(run([(choose, {"pairing_id": pairing.pk}) for pairing in offers]))
            assert Pairing.objects.loading().filter(organization=organization).count() == 2
            assert codes == {"done": 2, "organization_full": RACERS - 2}
    check_nobody_is_told_twice()


@pytest.mark.parametrize("rounds", ROUNDS)
def test_choosing_and_proposing_at_once_never_exceed_the_capacity(rounds: int) -> None:
    skill = SkillFactory()
    group = OrganizationFactory()
    with racers(RACERS) as run:
        for _ in range(rounds):
            # The organization of an earlier round is not asked any more: it is full.
            (organization,) = skilled(1, skill)
            answered = NeedFactory.create_batch(RACERS // 2, organization=group, state=NeedState.ANSWERED)
            offered = [pairing_in(S.OFFERED, need=need, organization=organization) for need in answered]
            searching = [need_for(skill, organization=group) for _ in range(RACERS // 2)]
            acts = [(choose, {"pairing_id": pairing.pk}) for pairing in offered]
            codes = Counter(run([*acts, *((propose, {"need_id": need.pk}) for need in searching)]))
            assert Pairing.objects.loading().filter(organization=organization).count() == 2
            assert set(codes) == {"done", "organization_full"}
            for need in searching:
                asked = need.pairings.waiting().count()
                assert asked or Need.objects.get(pk=need.pk).state == NeedState.UNANSWERED
    check_nobody_is_told_twice()


@pytest.mark.parametrize("rounds", FEWER_ROUNDS)
def test_waves_of_one_need_proposed_at_once_are_one_wave(rounds: int) -> None:
    skill = SkillFactory()
    skilled(8, skill)
    group = Organization.objects.get(pk=OrganizationFactory().pk)
    with racers(RACERS) as run:
        for _ in range(rounds):
            need = need_for(skill, organization=group)
            codes = run([(propose, {"need_id": need.pk})] * RACERS)
            assert set(codes) == {"done"}
            assert need.waves.count() == 1
            assert states_of(need) == {S.PROPOSED: 3}
    check_nobody_is_told_twice()
