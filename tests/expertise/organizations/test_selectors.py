"""What matching is told, who gets a request, who is called."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from expertise.matching import Document
from expertise.organizations import contributions
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import OrganizationSkill
from expertise.organizations.selectors import NoContactError, contact_for, profiles, recipients_of
from expertise.organizations.services import add_closed_period
from expertise.skills.enums import SkillState
from tests.factories import OrganizationFactory, RegionalContactFactory, SeatFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_contributions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contributions, "_documents", {})
    monkeypatch.setattr(contributions, "_stamps", {})
    monkeypatch.setattr(contributions, "_loads", {})


def test_profile_holds_what_the_organization_says(now: datetime, no_contributions: None) -> None:
    organization = OrganizationFactory(name="Coop", latitude=48.2, longitude=-79.0, max_distance_km=80)
    skill = SkillFactory()
    OrganizationSkill.objects.create(
        tag=skill, content_object=organization, confirmed_at=now, help_kinds=["market"], served_regions=[]
    )
    (profile,) = profiles(now=now)
    assert profile.organization_id == organization.pk
    assert profile.documents[0].text == "Coop. Dépannage informatique et hébergement de sites."
    assert (profile.point, profile.max_distance_km, profile.capacity) == ((48.2, -79.0), 80, 2)
    (held,) = profile.skills
    assert (held.skill_id, held.confirmed_on) == (skill.pk, date(2026, 11, 24))
    assert (held.help_kinds, held.regions) == (frozenset({"market"}), frozenset())


def test_words_of_a_proposed_skill_are_told_though_the_vocabulary_lacks_it(
    now: datetime, no_contributions: None
) -> None:
    organization = OrganizationFactory()
    skill = SkillFactory(name="réparation de trottinettes", state=SkillState.PROPOSED)
    OrganizationSkill.objects.create(tag=skill, content_object=organization)
    (profile,) = profiles(now=now)
    assert profile.skills == ()
    assert Document(text="réparation de trottinettes", lang="fr", kind="skill") in profile.documents


def test_upper_rooms_contribute_documents_and_loads(now: datetime, no_contributions: None) -> None:
    organization = OrganizationFactory()
    guide = Document(text="Choisir un hébergeur", lang="fr", kind="guide", ref="4")
    contributions.contribute_documents("wiki", lambda ids: {organization.pk: [guide]}, stamp=lambda: "4")
    contributions.contribute_loads("pairings", lambda ids: {organization.pk: 2})
    (profile,) = profiles(now=now)
    assert guide in profile.documents
    assert profile.load == 2


@pytest.mark.parametrize("state", list(OrganizationState))
def test_only_verified_and_unverified_ones_may_be_asked(
    state: OrganizationState, now: datetime, no_contributions: None
) -> None:
    OrganizationFactory(state=state)
    expected = state in (OrganizationState.VERIFIED, OrganizationState.UNVERIFIED)
    assert bool(profiles(now=now)) is expected


def test_absence_counts_on_its_days_only(now: datetime, no_contributions: None) -> None:
    organization = OrganizationFactory()
    add_closed_period(
        organization=organization,
        starts_on=date(2026, 11, 25),
        ends_on=date(2026, 11, 30),
        actor=UserFactory(),
        now=now,
    )
    absences = [profiles(now=now + timedelta(days=days))[0].is_absent for days in (0, 1, 6, 7)]
    assert absences == [False, True, True, False]


@pytest.mark.parametrize("count", [2, 20])
def test_profiles_take_the_same_queries_for_many(
    count: int, now: datetime, no_contributions: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for organization in OrganizationFactory.create_batch(count):
        OrganizationSkill.objects.create(tag=SkillFactory(), content_object=organization)
    with django_assert_num_queries(3):
        assert len(profiles(now=now)) == count


def test_requests_go_to_receivers_and_the_shared_address_once() -> None:
    organization = OrganizationFactory(shared_address="Equipe@example.org")
    SeatFactory(organization=organization, receives_requests=False)
    receiver = SeatFactory(organization=organization, member=True)
    addresses = [one.address for one in recipients_of(organization)]
    assert addresses == [receiver.user.email, "Equipe@example.org"]
    organization.shared_address = receiver.user.email.upper()
    assert [one.address for one in recipients_of(organization)] == [receiver.user.email]


def test_closed_accounts_get_nothing() -> None:
    seat = SeatFactory(user__is_active=False)
    assert recipients_of(seat.organization) == []


def test_contact_of_the_region_then_deputy_then_the_network() -> None:
    day = date(2026, 11, 24)
    with pytest.raises(NoContactError):
        contact_for("08", day)
    network = RegionalContactFactory()
    first = RegionalContactFactory(region="08", position=1)
    deputy = RegionalContactFactory(region="08", position=2)
    assert contact_for("08", day) == first
    assert contact_for("09", day) == network
    assert contact_for(None, day) == network
    first.absent_from, first.absent_until = day, day
    first.save()
    assert contact_for("08", day) == deputy
