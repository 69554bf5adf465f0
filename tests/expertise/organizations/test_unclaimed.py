"""Imported organizations: one invitation, and three answers to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from expertise.organizations.enums import OrganizationState, SeatRole
from expertise.organizations.models import OrganizationSkill
from expertise.organizations.services import (
    NotInvitableError,
    WrongStateError,
    claim_unclaimed,
    invite_unclaimed,
    redirect_unclaimed,
    remove_unclaimed,
)
from members.enums import ConsentKind
from members.models import Consent
from members.services import give_consent
from tests.factories import OrganizationFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from collections import Counter
    from datetime import datetime

    from expertise.organizations.models import Organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def unclaimed(now: datetime) -> Organization:
    organization = OrganizationFactory(
        unclaimed=True,
        shared_address="info@groupe.example.org",
        telephone="819 555-0142",
        source="liste",
        source_id="7",
    )
    give_consent(address=organization.shared_address, kind=ConsentKind.INVITATION, source="liste.csv", now=now)
    return organization


def test_each_is_invited_once(unclaimed: Organization, now: datetime, heard: Counter[str]) -> None:
    editor = UserFactory(editor=True)
    first = invite_unclaimed(organizations=[unclaimed], actor=editor, now=now)
    second = invite_unclaimed(organizations=[unclaimed], actor=editor, now=now)
    assert (first.invited, first.refused) == (1, {})
    assert (second.invited, second.refused) == (0, {"already": 1})
    assert heard == {"organization_invited": 1}


def test_without_address_or_consent_nobody_is_written_to(now: datetime, heard: Counter[str]) -> None:
    organizations = [
        OrganizationFactory(unclaimed=True),
        OrganizationFactory(unclaimed=True, shared_address="sans@example.org"),
        OrganizationFactory(shared_address="verifie@example.org"),
    ]
    tally = invite_unclaimed(organizations=organizations, actor=UserFactory(editor=True), now=now)
    assert tally.refused == {"address": 1, "consent": 1, "state": 1}
    assert not heard


def test_claiming_gives_an_owner_and_waits_to_be_verified(
    unclaimed: Organization, now: datetime, heard: Counter[str]
) -> None:
    person = UserFactory(email=unclaimed.shared_address)
    seat = claim_unclaimed(organization=unclaimed, user=person, now=now)
    unclaimed.refresh_from_db()
    assert (unclaimed.state, seat.role) == (OrganizationState.UNVERIFIED, SeatRole.OWNER)
    assert Consent.objects.given(address=person.email, kind=ConsentKind.REQUESTS).get().given_at == now
    assert heard == {"organization_claimed": 1, "seat_began": 1}


def test_redirecting_forgets_the_old_address_and_invites_the_new_one(
    unclaimed: Organization, now: datetime, heard: Counter[str]
) -> None:
    redirect_unclaimed(organization=unclaimed, address="Direction@groupe.example.org", now=now)
    unclaimed.refresh_from_db()
    assert unclaimed.shared_address == "direction@groupe.example.org"
    assert not Consent.objects.given(address="info@groupe.example.org", kind=ConsentKind.INVITATION).exists()
    assert Consent.objects.given(address="direction@groupe.example.org", kind=ConsentKind.INVITATION).exists()
    assert heard == {"organization_invited": 1}


def test_an_invitation_is_not_passed_on_for_ever(unclaimed: Organization, now: datetime) -> None:
    invite_unclaimed(organizations=[unclaimed], actor=UserFactory(editor=True), now=now)
    redirect_unclaimed(organization=unclaimed, address="a@example.org", now=now)
    redirect_unclaimed(organization=unclaimed, address="b@example.org", now=now)
    with pytest.raises(NotInvitableError):
        redirect_unclaimed(organization=unclaimed, address="c@example.org", now=now)


def test_removing_wipes_what_we_held_and_keeps_the_import_identity(
    unclaimed: Organization, now: datetime, heard: Counter[str]
) -> None:
    OrganizationSkill.objects.create(tag=SkillFactory(), content_object=unclaimed)
    remove_unclaimed(organization=unclaimed, now=now)
    unclaimed.refresh_from_db()
    assert unclaimed.state == OrganizationState.REMOVED
    held = (unclaimed.description, unclaimed.telephone, unclaimed.shared_address, unclaimed.municipality)
    assert held == ("", "", "", "")
    assert "Organisme" not in unclaimed.name
    assert (unclaimed.source, unclaimed.source_id) == ("liste", "7")
    assert not unclaimed.organization_skills.exists()
    assert not Consent.objects.filter(withdrawn_at=None).exists()
    assert heard == {"organization_removed": 1}


@pytest.mark.parametrize("state", [state for state in OrganizationState if state != OrganizationState.UNCLAIMED])
def test_only_unclaimed_ones_are_claimed_redirected_or_removed(
    state: OrganizationState, now: datetime, heard: Counter[str]
) -> None:
    organization = OrganizationFactory(state=state)
    with pytest.raises(WrongStateError):
        claim_unclaimed(organization=organization, user=UserFactory(), now=now)
    with pytest.raises(WrongStateError):
        redirect_unclaimed(organization=organization, address="a@example.org", now=now)
    with pytest.raises(WrongStateError):
        remove_unclaimed(organization=organization, now=now)
    assert not heard
