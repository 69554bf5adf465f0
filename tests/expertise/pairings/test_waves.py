"""Waves: who is asked, how the search widens, and the human at its end."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.needs import services as needs
from expertise.needs.enums import NeedState, When
from expertise.needs.models import NeedExclusion
from expertise.organizations.models import Block, ClosedPeriod
from expertise.pairings import services
from expertise.pairings.enums import ContactTaskReason, DeclineReason, Origin, PairingState as S, Reach
from expertise.pairings.models import ContactTask, Pairing, Wave
from expertise.pairings.services import waves
from maillage.core.models import AuditEntry
from tests.expertise.pairings.builders import ANSWER, heard, need_for, pairing_in, skilled, states_of
from tests.factories import NeedFactory, OrganizationFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.needs.models import Need
    from expertise.skills.models import Skill

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("network_contact")]
FAR = {"region": "09", "is_remote": False}
NEXT_DOOR = {"region": "07", "is_remote": False}


@pytest.fixture
def skill() -> Skill:
    return SkillFactory(name="hébergement web", name_en="web hosting")


def propose(need: Need, now: datetime) -> Wave | None:
    return services.propose_wave(need_id=need.pk, now=now)


def decline_all(need: Need, now: datetime, reason: str = DeclineReason.NO_ROOM) -> None:
    for pairing in need.pairings.waiting():
        services.decline(pairing=pairing, reason=reason, answer=ANSWER, now=now)


def test_first_wave_asks_three_of_the_region_with_their_reasons(skill: Skill, now: datetime) -> None:
    skilled(5, skill)
    need = need_for(skill)
    with heard() as signals:
        wave = propose(need, now)
    assert wave is not None
    assert (wave.number, wave.reach, wave.origin) == (1, Reach.REGION, Origin.MATCHED)
    assert states_of(need) == {S.PROPOSED: 3}
    assert signals == {"wave_proposed": 1}
    reasons = need.pairings.first().reasons
    assert {"skill", "region"} <= {reason["code"] for reason in reasons}
    assert AuditEntry.objects.filter(verb="wave.proposed", object_id=wave.pk).count() == 1


def test_second_call_asks_nobody_while_answers_are_awaited(skill: Skill, now: datetime) -> None:
    skilled(8, skill)
    need = need_for(skill)
    wave = propose(need, now)
    assert wave is not None
    assert services.continue_search(need_id=need.pk, now=now) == wave.ends_at
    assert states_of(need) == {S.PROPOSED: 3}


def test_all_no_asks_the_next_at_once_and_nobody_twice(skill: Skill, now: datetime) -> None:
    skilled(5, skill)
    need = need_for(skill)
    propose(need, now)
    decline_all(need, now, DeclineReason.NOT_NOW)
    services.continue_search(need_id=need.pk, now=now)
    assert states_of(need) == {S.DECLINED: 3, S.PROPOSED: 2}


def test_waves_widen_to_neighbours_then_to_broader_skills_then_to_a_human(skill: Skill, now: datetime) -> None:
    broader = SkillFactory(name="informatique générale", name_en="computing")
    skill.broader = broader
    skill.save()
    near, next_door = skilled(1, skill), skilled(1, skill, **NEXT_DOOR)
    general, far = skilled(1, broader), skilled(1, skill, **FAR)
    need = need_for(skill)
    reaches = []
    for expected in (near, next_door, general):
        wave = propose(need, now)
        assert wave is not None
        reaches.append(wave.reach)
        assert [pairing.organization for pairing in wave.pairings.all()] == expected
        decline_all(need, now)
    assert reaches == [Reach.REGION, Reach.NEIGHBOURS, Reach.BROADER]
    assert propose(need, now) is None
    need.refresh_from_db()
    assert need.state == NeedState.UNANSWERED
    assert need.contact is not None
    assert ContactTask.objects.get().reason == ContactTaskReason.NOBODY_LEFT
    assert not Pairing.objects.filter(organization__in=far).exists()


def test_need_that_nobody_fits_is_given_to_a_human_at_once(skill: Skill, now: datetime) -> None:
    need = need_for(skill)
    assert propose(need, now) is None
    need.refresh_from_db()
    assert need.state == NeedState.UNANSWERED
    assert ContactTask.objects.get().reason == ContactTaskReason.NO_CANDIDATE
    assert not need.waves.exists()


def test_urgent_need_asks_five_names_its_contact_and_widens_beside_them(skill: Skill, now: datetime) -> None:
    skilled(7, skill)
    need = need_for(skill, when=When.TODAY)
    wave = propose(need, now)
    assert wave is not None
    assert states_of(need) == {S.PROPOSED: 5}
    assert ContactTask.objects.get().reason == ContactTaskReason.URGENT
    need.refresh_from_db()
    assert need.state == NeedState.OPEN
    assert need.contact is not None
    assert wave.ends_at == now + timedelta(hours=2)
    assert services.continue_search(need_id=need.pk, now=wave.ends_at - timedelta(minutes=1)) == wave.ends_at
    services.continue_search(need_id=need.pk, now=wave.ends_at)
    assert states_of(need) == {S.PROPOSED: 7}


def test_offer_stops_the_search(skill: Skill, now: datetime) -> None:
    skilled(8, skill)
    need = need_for(skill, state=NeedState.ANSWERED)
    pairing_in(S.OFFERED, need=need)
    assert services.continue_search(need_id=need.pk, now=now + timedelta(days=60)) is None
    assert propose(need, now) is None
    assert not need.waves.exists()


def test_need_with_several_places_goes_on_searching_beside_its_helper(skill: Skill, now: datetime) -> None:
    skilled(4, skill)
    need = need_for(skill, state=NeedState.UNDER_WAY, places=5)
    pairing_in(S.INTRODUCED, need=need)
    services.continue_search(need_id=need.pk, now=now)
    assert states_of(need) == {S.INTRODUCED: 1, S.PROPOSED: 4}


@pytest.mark.parametrize("state", [NeedState.HELD, NeedState.UNANSWERED, NeedState.FULFILLED, NeedState.WITHDRAWN])
def test_need_that_looks_for_nobody_gets_no_wave(state: str, skill: Skill, now: datetime) -> None:
    skilled(3, skill)
    contact = ContactTask._meta.get_field("contact").related_model.objects.get()
    need = need_for(skill, state=state, contact=contact)
    assert propose(need, now) is None
    assert services.continue_search(need_id=need.pk, now=now) is None
    assert not Wave.objects.exists()


def test_contact_takes_over_after_its_days_while_late_answers_stay_possible(skill: Skill, now: datetime) -> None:
    skilled(3, skill)
    need = need_for(skill)
    propose(need, now)
    services.continue_search(need_id=need.pk, now=now + timedelta(days=40))
    need.refresh_from_db()
    assert need.state == NeedState.UNANSWERED
    assert ContactTask.objects.get().reason == ContactTaskReason.TOO_LONG
    assert states_of(need) == {S.PROPOSED: 3}


@pytest.mark.parametrize("why", ["own", "unticked", "blocked", "full", "away", "suspended", "refused"])
def test_who_cannot_be_asked_is_not(why: str, skill: Skill, now: datetime) -> None:
    need = need_for(skill)
    (organization,) = skilled(1, skill, suspended=why == "suspended")
    if why == "own":
        need.organization = organization
        need.save()
    elif why == "unticked":
        NeedExclusion.objects.create(need=need, organization=organization)
    elif why == "blocked":
        Block.objects.create(organization=need.organization, blocked=organization, created_at=now)
    elif why == "full":
        for _ in range(2):
            pairing_in(S.UNDER_WAY, organization=organization)
    elif why == "away":
        ClosedPeriod.objects.create(
            availability=organization.availability, starts_on=now.date(), ends_on=now.date() + timedelta(days=7)
        )
    elif why == "refused":
        pairing_in(S.DECLINED, need=need, organization=organization, decline_reason=DeclineReason.NOT_OUR_SKILL)
    assert propose(need, now) is None
    assert not need.pairings.waiting().exists()


def test_what_changed_between_ranking_and_locks_is_seen(skill: Skill, now: datetime) -> None:
    full, away, free = skilled(3, skill)
    need = need_for(skill)
    plan = waves.plan_wave(need_id=need.pk, now=now)
    assert plan is not None
    for _ in range(2):
        pairing_in(S.UNDER_WAY, organization=full)
    ClosedPeriod.objects.create(availability=away.availability, starts_on=now.date(), ends_on=now.date())
    wave, _ = waves.write_wave(plan=plan, now=now)
    assert wave is not None
    assert [pairing.organization for pairing in wave.pairings.all()] == [free]


def test_plan_of_a_need_that_moved_on_writes_nothing(skill: Skill, now: datetime) -> None:
    skilled(8, skill)
    need = need_for(skill)
    plan = waves.plan_wave(need_id=need.pk, now=now)
    assert plan is not None
    propose(need, now)
    assert waves.write_wave(plan=plan, now=now) == (None, True)
    assert need.waves.count() == 1


def test_reopened_need_may_ask_the_silent_ones_again_and_counts_on(skill: Skill, now: datetime) -> None:
    (organization,) = skilled(1, skill)
    need = need_for(skill)
    wave = propose(need, now)
    assert wave is not None
    services.record_told(pairing_id=need.pairings.get().pk, now=now)
    lapses_at = need.pairings.get().lapses_at
    services.lapse_pairing(pairing_id=need.pairings.get().pk, now=lapses_at)
    assert propose(need, lapses_at) is None, "silent in this very round"
    need.refresh_from_db()
    needs.withdraw_need(need=need, actor=None, now=lapses_at)
    later = lapses_at + timedelta(days=2)
    needs.reopen_need(need=need, actor=UserFactory(), now=later)
    again = propose(need, later)
    assert again is not None
    assert (again.number, again.reach) == (2, Reach.REGION)
    pairing = need.pairings.get()
    assert (pairing.organization, pairing.state, pairing.told_at) == (organization, S.PROPOSED, None)


def test_place_freed_again_is_offered_to_the_superseded(skill: Skill, now: datetime) -> None:
    skilled(1, skill)
    need = need_for(skill)
    pairing_in(S.SUPERSEDED, need=need, organization=skilled(1, skill)[0])
    propose(need, now)
    assert states_of(need) == {S.PROPOSED: 2}


def test_organization_asked_by_name_is_asked_first_and_alone(skill: Skill, now: datetime) -> None:
    named, *_ = skilled(5, skill)
    need = need_for(skill, asked_organization=named)
    first = propose(need, now)
    assert first is not None
    assert (first.origin, [pairing.organization for pairing in first.pairings.all()]) == (Origin.BY_NAME, [named])
    decline_all(need, now)
    second = propose(need, now)
    assert second is not None
    assert (second.reach, second.pairings.count()) == (Reach.REGION, 3)


def test_named_organization_that_cannot_be_asked_gives_way_to_the_others(skill: Skill, now: datetime) -> None:
    skilled(2, skill)
    need = need_for(skill, asked_organization=OrganizationFactory(unclaimed=True))
    wave = propose(need, now)
    assert wave is not None
    assert wave.origin == Origin.MATCHED


def test_by_hand_asks_about_a_need_that_its_contact_follows(now: datetime) -> None:
    need, organization, actor = NeedFactory(), OrganizationFactory(), UserFactory()
    services.name_contact(need_id=need.pk, reason=ContactTaskReason.NOBODY_LEFT, now=now)
    services.add_by_hand(need=need, organization=organization, actor=actor, now=now, note="On s’est parlé.")
    pairing = need.pairings.get()
    assert (pairing.origin, pairing.added_by, pairing.note) == (Origin.BY_HAND, actor, "On s’est parlé.")
    with pytest.raises(services.AlreadyAskedError):
        services.add_by_hand(need=need, organization=organization, actor=actor, now=now)


def test_unreachable_organization_gives_way_to_the_next(skill: Skill, now: datetime) -> None:
    skilled(4, skill)
    need = need_for(skill)
    propose(need, now)
    for pairing in need.pairings.all():
        services.mark_unreachable(pairing_id=pairing.pk, now=now)
    services.continue_search(need_id=need.pk, now=now)
    assert states_of(need) == {S.UNREACHABLE: 3, S.PROPOSED: 1}


def test_preview_shows_who_could_be_asked_and_writes_nothing(skill: Skill, now: datetime) -> None:
    organizations = skilled(2, skill)
    need = need_for(skill, draft=True)
    found = services.preview_candidates(need=need, now=now, limit=5)
    assert {organization for organization, _ in found} == set(organizations)
    assert not Pairing.objects.exists()
