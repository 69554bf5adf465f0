"""Organizations themselves: created, changed, confirmed, verified, suspended, restored."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import Availability, Organization, Seat
from expertise.organizations.services.errors import WrongStateError
from expertise.organizations.services.telling import lock, tell
from expertise.organizations.signals import (
    organization_changed,
    organization_created,
    organization_restored,
    organization_suspended,
    organization_verified,
    seat_began,
)
from maillage.core.slugs import free_slug, taken_slugs

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.core.permissions import Actor
    from members.models import User

FALLBACK_SLUG: Final = "organisme"
SLUG_TRIES: Final = 5
# Words that addresses of this room use themselves, in both languages.
RESERVED_SLUGS: Final = frozenset(
    {"creer", "importer", "invitation", "equipe", "create", "import", "team", "invitations", "mes-organismes", "mine"}
)
FACTS: Final = frozenset(
    {
        "name",
        "kind",
        "is_cooperative",
        "description",
        "lang",
        "region",
        "area",
        "municipality",
        "is_municipality_hidden",
        "latitude",
        "longitude",
        "max_distance_km",
        "served_regions",
        "is_remote",
        "languages",
        "help_kinds",
        "telephone",
        "website",
        "shared_address",
    }
)


def create_organization(
    *, name: str, actor: User, now: datetime, is_seated: bool = True, **facts: object
) -> Organization:
    """A new organization, to be verified, with its first owner (who gets the requests) and its availability.

    Args:
        name: as people call it.
        actor: who becomes its owner.
        now: when.
        is_seated: False: the actor is a contact who writes for someone on the telephone, and sits nowhere.
        facts: any of ``FACTS``.

    Raises:
        TypeError: a fact is not one of ``FACTS``.
    """
    _check(facts)
    for attempt in range(SLUG_TRIES):
        try:
            with transaction.atomic():
                return _create(name.strip(), actor, now, facts, is_seated=is_seated)
        except IntegrityError:
            if attempt == SLUG_TRIES - 1:
                raise
    raise AssertionError


def _create(name: str, actor: User, now: datetime, facts: dict[str, object], *, is_seated: bool) -> Organization:
    organization = Organization.objects.create(
        name=name,
        slug=slug_for(name),
        state=OrganizationState.UNVERIFIED,
        created_at=now,
        updated_at=now,
        confirmed_at=now,
        joined_on=timezone.localdate(now),
        **facts,
    )
    Availability.objects.create(organization=organization, capacity=settings.DEFAULT_CAPACITY)
    tell(organization_created, "organization.created", organization, now=now, actor=actor)
    if is_seated:
        seat = Seat.objects.create(
            organization=organization,
            user=actor,
            state=SeatState.ACTIVE,
            role=SeatRole.OWNER,
            receives_requests=True,
            created_at=now,
            began_at=now,
        )
        tell(seat_began, "seat.began", seat, now=now, actor=actor)
    return organization


def slug_for(name: str) -> str:
    """A free address for a name."""
    taken = taken_slugs(Organization, name, FALLBACK_SLUG) | RESERVED_SLUGS
    return free_slug(name, fallback=FALLBACK_SLUG, taken=taken)


def update_organization(
    *, organization: Organization, actor: Actor | None, now: datetime, **facts: object
) -> Organization:
    """Write new facts; the address of the page stays, so that links keep working.

    Raises:
        TypeError: a fact is not one of ``FACTS``.
        WrongStateError: the organization was removed.
    """
    _check(facts)
    with transaction.atomic():
        locked = lock(organization)
        if locked.state == OrganizationState.REMOVED:
            raise WrongStateError
        changed = sorted(fact for fact, value in facts.items() if getattr(locked, fact) != value)
        if not changed:
            return locked
        for fact in changed:
            setattr(locked, fact, facts[fact])
        locked.updated_at = now
        locked.save(update_fields=[*changed, "folded", "updated_at"])
        tell(organization_changed, "organization.changed", locked, now=now, actor=actor, fields=changed)
    return locked


def confirm_organization(*, organization: Organization, actor: Actor, now: datetime) -> Organization:
    """« Tout est encore exact »: everything this organization says of itself, confirmed in one click."""
    with transaction.atomic():
        locked = lock(organization)
        locked.confirmed_at = locked.updated_at = now
        locked.save(update_fields=["confirmed_at", "updated_at"])
        locked.organization_skills.update(confirmed_at=now)
        tell(organization_changed, "organization.confirmed", locked, now=now, actor=actor)
    return locked


def verify_organization(*, organization: Organization, actor: Actor, now: datetime) -> Organization:
    """A human checked that it is who it says.

    Raises:
        WrongStateError: it is not waiting to be verified.
    """
    with transaction.atomic():
        locked = _moved(organization, (OrganizationState.UNVERIFIED,), OrganizationState.VERIFIED, now)
        locked.verified_at = now
        locked.save(update_fields=["verified_at"])
        tell(organization_verified, "organization.verified", locked, now=now, actor=actor)
    return locked


def suspend_organization(*, organization: Organization, actor: Actor, now: datetime, reason: str = "") -> Organization:
    """Take it out of the network; upper rooms undo on the signal what it sent.

    Args:
        organization: verified or not, never an unclaimed one, which is removed instead.
        actor: an editor.
        now: when.
        reason: a stable code, for the audit trail.

    Raises:
        WrongStateError: it is unclaimed, suspended or removed.
    """
    with transaction.atomic():
        known = (OrganizationState.UNVERIFIED, OrganizationState.VERIFIED)
        locked = _moved(organization, known, OrganizationState.SUSPENDED, now)
        tell(organization_suspended, "organization.suspended", locked, now=now, actor=actor, reason=reason)
    return locked


def restore_organization(*, organization: Organization, actor: Actor, now: datetime) -> Organization:
    """Bring a suspended organization back to where it was: verified when a human had checked it.

    Raises:
        WrongStateError: it is not suspended.
    """
    with transaction.atomic():
        target = OrganizationState.VERIFIED if lock(organization).verified_at else OrganizationState.UNVERIFIED
        locked = _moved(organization, (OrganizationState.SUSPENDED,), target, now)
        tell(organization_restored, "organization.restored", locked, now=now, actor=actor)
    return locked


def _moved(
    organization: Organization, known: tuple[OrganizationState, ...], target: OrganizationState, now: datetime
) -> Organization:
    locked = lock(organization)
    if locked.state not in known:
        raise WrongStateError
    locked.state, locked.updated_at = target, now
    locked.save(update_fields=["state", "updated_at"])
    return locked


def _check(facts: dict[str, object]) -> None:
    unknown = facts.keys() - FACTS
    if unknown:
        raise TypeError(f"not facts of an organization: {sorted(unknown)}")
