"""Imported organizations: invited once, claimed, redirected or removed by whoever got the invitation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import Organization, Seat
from expertise.organizations.querysets import INVITING_KINDS
from expertise.organizations.services.errors import NotInvitableError, WrongStateError
from expertise.organizations.services.telling import lock, tell
from expertise.organizations.signals import (
    organization_claimed,
    organization_invited,
    organization_removed,
    seat_began,
)
from maillage.core import audit
from members.enums import ConsentKind
from members.models import Consent
from members.services import give_consent, withdraw_consent

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from maillage.core.permissions import Actor
    from members.models import User

# One to the imported address, and one to each of two addresses that it points to.
MAX_INVITATIONS: Final = 3
# One press of the button: what a small mail provider takes in an hour.
INVITED_AT_ONCE: Final = 100
REMOVED_SLUG: Final = "fiche-retiree"
WIPED: Final = (
    "description", "municipality", "telephone", "website", "shared_address", "area",
)  # fmt: skip


@dataclass
class InvitationTally:
    """What a batch of invitations did; ``refused`` counts by reason code."""

    invited: int = 0
    refused: dict[str, int] = field(default_factory=dict)


def invite_unclaimed(*, organizations: Iterable[Organization], actor: Actor, now: datetime) -> InvitationTally:
    """Send each its one invitation; those without address, without consent or already invited are counted and left."""
    tally = InvitationTally()
    for organization in organizations:
        with transaction.atomic():
            locked = lock(organization)
            reason = why_not_invited(locked)
            if reason:
                tally.refused[reason] = tally.refused.get(reason, 0) + 1
                continue
            tell(organization_invited, "organization.invited", locked, now=now, actor=actor)
            tally.invited += 1
    return tally


def why_not_invited(organization: Organization) -> str:
    """What keeps an invitation from leaving: ``state``, ``address``, ``consent`` or ``already``; empty: nothing."""
    if organization.state != OrganizationState.UNCLAIMED:
        return "state"
    if not organization.shared_address:
        return "address"
    standing = Consent.objects.filter(
        address=organization.shared_address.lower(), kind__in=INVITING_KINDS, withdrawn_at=None
    )
    if not standing.exists():
        return "consent"
    return "already" if _invitations(organization) else ""


def claim_unclaimed(*, organization: Organization, user: User, now: datetime) -> Seat:
    """« C’est nous »: the person becomes its owner; a human still verifies it.

    Args:
        organization: an unclaimed one.
        user: the account of the address that got the invitation.
        now: when.

    Raises:
        WrongStateError: it was claimed or removed.
    """
    with transaction.atomic():
        locked = _lock_unclaimed(organization)
        locked.state, locked.updated_at = OrganizationState.UNVERIFIED, now
        locked.confirmed_at, locked.joined_on = now, timezone.localdate(now)
        locked.save(update_fields=["state", "updated_at", "confirmed_at", "joined_on"])
        seat = Seat.objects.create(
            organization=locked,
            user=user,
            state=SeatState.ACTIVE,
            role=SeatRole.OWNER,
            receives_requests=True,
            created_at=now,
            began_at=now,
        )
        give_consent(address=user.email, kind=ConsentKind.REQUESTS, source="invitation", now=now, actor=user)
        tell(organization_claimed, "organization.claimed", locked, now=now, actor=user)
        tell(seat_began, "seat.began", seat, now=now, actor=user)
    return seat


def redirect_unclaimed(*, organization: Organization, address: str, now: datetime) -> Organization:
    """« Écrivez plutôt à… »: the old address is forgotten, the new one gets its own invitation.

    Raises:
        WrongStateError: it was claimed or removed.
        NotInvitableError: the invitation was passed on too often.
    """
    address = address.strip().lower()
    with transaction.atomic():
        locked = _lock_unclaimed(organization)
        if _invitations(locked) >= MAX_INVITATIONS:
            raise NotInvitableError
        _forget_address(locked, now)
        locked.shared_address, locked.updated_at = address, now
        locked.save(update_fields=["shared_address", "updated_at"])
        give_consent(address=address, kind=ConsentKind.INVITATION, source="invitation:redirected", now=now)
        tell(organization_invited, "organization.invited", locked, now=now, is_redirected=True)
    return locked


def remove_unclaimed(*, organization: Organization, now: datetime, actor: Actor | None = None) -> Organization:
    """« Retirez notre fiche »: what we held is wiped; only its import identity stays, so that it never comes back.

    Raises:
        WrongStateError: it was claimed or removed already.
    """
    with transaction.atomic():
        locked = _lock_unclaimed(organization)
        _forget_address(locked, now)
        for name in WIPED:
            setattr(locked, name, "")
        locked.latitude = locked.longitude = None
        locked.name, locked.slug = f"#{locked.pk}", f"{REMOVED_SLUG}-{locked.pk}"
        locked.state, locked.updated_at = OrganizationState.REMOVED, now
        locked.save()
        locked.organization_skills.all().delete()
        tell(organization_removed, "organization.removed", locked, now=now, actor=actor)
    return locked


def _lock_unclaimed(organization: Organization) -> Organization:
    locked = lock(organization)
    if locked.state != OrganizationState.UNCLAIMED:
        raise WrongStateError
    return locked


def _invitations(organization: Organization) -> int:
    return audit.history(organization).filter(verb="organization.invited").count()


def _forget_address(organization: Organization, now: datetime) -> None:
    for kind in INVITING_KINDS:
        withdraw_consent(address=organization.shared_address, kind=kind, now=now)
