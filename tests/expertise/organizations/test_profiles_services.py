"""Organizations: created, changed, confirmed, and every legal and illegal change of state."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import Organization, OrganizationSkill
from expertise.organizations.services import (
    WrongStateError,
    confirm_organization,
    create_organization,
    restore_organization,
    suspend_organization,
    update_organization,
    verify_organization,
)
from maillage.core import audit
from maillage.core.models import AuditEntry
from tests.factories import OrganizationFactory, SkillFactory, UserFactory

if TYPE_CHECKING:
    from collections import Counter
    from datetime import datetime

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db
S = OrganizationState


def test_new_organization_has_owner_availability_and_waits_to_be_verified(
    now: datetime, heard: Counter[str], settings: SettingsWrapper
) -> None:
    actor = UserFactory()
    organization = create_organization(
        name=" Coop d’à côté ", actor=actor, now=now, region="08", telephone="819 555-0142"
    )
    assert (organization.name, organization.slug) == ("Coop d’à côté", "coop-d-a-cote")
    assert organization.state == S.UNVERIFIED
    assert organization.availability.capacity == settings.DEFAULT_CAPACITY
    seat = organization.seats.get()
    assert (seat.user, seat.role, seat.state, seat.receives_requests) == (actor, SeatRole.OWNER, SeatState.ACTIVE, True)
    assert heard == {"organization_created": 1, "seat_began": 1}
    assert [entry.verb for entry in audit.history(organization)] == ["organization.created"]


def test_same_name_gets_another_address(now: datetime) -> None:
    slugs = {create_organization(name="La Ruche", actor=UserFactory(), now=now).slug for _ in range(3)}
    assert slugs == {"la-ruche", "la-ruche-2", "la-ruche-3"}


@pytest.mark.parametrize("name", ["Créer", "Import", "!!!", "日本語"])
def test_address_never_hides_a_page_of_ours(name: str, now: datetime) -> None:
    slug = create_organization(name=name, actor=UserFactory(), now=now).slug
    assert slug not in {"creer", "create", "import", "importer", ""}


def test_unknown_fact_is_a_mistake_of_ours(now: datetime) -> None:
    with pytest.raises(TypeError):
        create_organization(name="X1", actor=UserFactory(), now=now, state=S.VERIFIED)
    assert not Organization.objects.exists()


def test_update_writes_what_changed_and_says_so_once(now: datetime, heard: Counter[str]) -> None:
    organization = OrganizationFactory()
    update_organization(organization=organization, actor=UserFactory(), now=now, name="Autre nom", region="08")
    organization.refresh_from_db()
    assert (organization.name, organization.slug) == ("Autre nom", organization.slug)
    entry = AuditEntry.objects.get(verb="organization.changed")
    assert entry.data == {"fields": ["name"]}
    assert heard == {"organization_changed": 1}


def test_update_without_change_writes_nothing(now: datetime, heard: Counter[str]) -> None:
    organization = OrganizationFactory()
    update_organization(organization=organization, actor=None, now=now, region="08")
    assert not heard
    assert not AuditEntry.objects.exists()


def test_removed_organization_cannot_be_changed(now: datetime) -> None:
    organization = OrganizationFactory(state=S.REMOVED)
    with pytest.raises(WrongStateError):
        update_organization(organization=organization, actor=None, now=now, name="Retour")


def test_confirming_confirms_every_skill(now: datetime, heard: Counter[str]) -> None:
    organization = OrganizationFactory()
    for skill in SkillFactory.create_batch(3):
        OrganizationSkill.objects.create(tag=skill, content_object=organization)
    confirm_organization(organization=organization, actor=UserFactory(), now=now)
    organization.refresh_from_db()
    assert organization.confirmed_at == now
    assert set(organization.organization_skills.values_list("confirmed_at", flat=True)) == {now}
    assert heard == {"organization_changed": 1}


MOVES = {
    "verify": (verify_organization, {S.UNVERIFIED: S.VERIFIED}, "organization_verified"),
    "suspend": (
        suspend_organization,
        {S.UNVERIFIED: S.SUSPENDED, S.VERIFIED: S.SUSPENDED},
        "organization_suspended",
    ),
    "restore": (restore_organization, {S.SUSPENDED: S.UNVERIFIED}, "organization_restored"),
}


@pytest.mark.parametrize("state", list(S))
@pytest.mark.parametrize("name", list(MOVES))
def test_transition_of_every_state(name: str, state: OrganizationState, now: datetime, heard: Counter[str]) -> None:
    service, legal, signal = MOVES[name]
    organization = OrganizationFactory(state=state)
    editor = UserFactory(editor=True)
    if state not in legal:
        with pytest.raises(WrongStateError):
            service(organization=organization, actor=editor, now=now)
        organization.refresh_from_db()
        assert organization.state == state
        assert not heard
        return
    service(organization=organization, actor=editor, now=now)
    organization.refresh_from_db()
    assert organization.state == legal[state]
    assert heard == {signal: 1}
    assert audit.history(organization).get().actor == editor


def test_restored_organization_is_verified_again_when_it_was(now: datetime) -> None:
    editor = UserFactory(editor=True)
    organization = verify_organization(organization=OrganizationFactory(unverified=True), actor=editor, now=now)
    suspend_organization(organization=organization, actor=editor, now=now, reason="spam")
    restore_organization(organization=organization, actor=editor, now=now)
    organization.refresh_from_db()
    assert organization.state == S.VERIFIED
    assert AuditEntry.objects.get(verb="organization.suspended").data == {"reason": "spam"}
