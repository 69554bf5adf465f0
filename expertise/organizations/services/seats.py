"""Places in an organization: asked, offered, taken, given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from expertise.organizations.models import Organization, Seat
from expertise.organizations.services.errors import AlreadySeatedError, LastOwnerError, WrongStateError
from expertise.organizations.services.telling import lock, tell
from expertise.organizations.signals import (
    organization_claimed,
    seat_asked,
    seat_began,
    seat_changed,
    seat_ended,
    seat_invited,
)
from maillage.core import audit

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.core.permissions import Actor
    from members.models import User

JOINABLE_STATES = (OrganizationState.UNCLAIMED, OrganizationState.UNVERIFIED, OrganizationState.VERIFIED)


def ask_seat(*, organization: Organization, actor: User, now: datetime) -> Seat:
    """« J’en fais partie »: owners accept, or editors where nobody decides yet. An invitation is accepted at once.

    Raises:
        WrongStateError: the organization is suspended or removed.
        AlreadySeatedError: the person is in, or already asked.
    """
    with transaction.atomic():
        locked = lock(organization)
        if locked.state not in JOINABLE_STATES:
            raise WrongStateError
        invited = _invitation(locked, actor.email)
        if invited is not None:
            return accept_invitation(seat=invited, user=actor, now=now)
        if locked.seats.exclude(state=SeatState.ENDED).filter(user=actor).exists():
            raise AlreadySeatedError
        seat = Seat.objects.create(organization=locked, user=actor, state=SeatState.ASKED, created_at=now)
        tell(seat_asked, "seat.asked", seat, now=now, actor=actor)
    return seat


def accept_seat(*, seat: Seat, actor: Actor, now: datetime) -> Seat:
    """Let a person in. The first one of an organization that nobody decides for becomes its owner.

    Raises:
        WrongStateError: the seat is not asked for (any more).
    """
    with transaction.atomic():
        organization = lock(seat.organization)
        locked = _lock(seat, SeatState.ASKED)
        if not organization.seats.owners().exists():
            locked.role, locked.receives_requests = SeatRole.OWNER, True
        _begin(locked, organization, now=now, actor=actor)
    return locked


def refuse_seat(*, seat: Seat, actor: Actor, now: datetime) -> Seat:
    """Say no to a person who asked, or take an invitation back.

    Raises:
        WrongStateError: the seat is neither asked for nor offered.
    """
    with transaction.atomic():
        lock(seat.organization)
        locked = _lock(seat, SeatState.ASKED, SeatState.INVITED)
        _end(locked, now)
        tell(seat_ended, "seat.refused", locked, now=now, actor=actor)
    return locked


def invite_seat(
    *,
    organization: Organization,
    address: str,
    actor: User,
    now: datetime,
    role: SeatRole = SeatRole.MEMBER,
    receives_requests: bool = False,
) -> Seat:
    """Offer a place to an address; a person who asked for one gets it, a second invitation is the first one.

    Raises:
        AlreadySeatedError: a member of the team has this address.
        WrongStateError: the organization is not active in the network.
    """
    address = address.strip().lower()
    with transaction.atomic():
        locked = lock(organization)
        if locked.state not in (OrganizationState.UNVERIFIED, OrganizationState.VERIFIED):
            raise WrongStateError
        here = locked.seats.exclude(state=SeatState.ENDED).filter(user__email=address).order_by("pk").first()
        if here is not None and here.state == SeatState.ASKED:
            return accept_seat(seat=here, actor=actor, now=now)
        if here is not None:
            raise AlreadySeatedError
        invited = _invitation(locked, address)
        if invited is not None:
            return invited
        seat = Seat.objects.create(
            organization=locked,
            invited_address=address,
            invited_by=actor,
            state=SeatState.INVITED,
            role=role,
            receives_requests=receives_requests,
            created_at=now,
        )
        tell(seat_invited, "seat.invited", seat, now=now, actor=actor)
    return seat


def accept_invitation(*, seat: Seat, user: User, now: datetime) -> Seat:
    """Take the place that was offered. The caller has proved that the invited address is the person's.

    Raises:
        WrongStateError: the invitation was taken back or used.
        AlreadySeatedError: the person is already in.
    """
    with transaction.atomic():
        organization = lock(seat.organization)
        locked = _lock(seat, SeatState.INVITED)
        others = organization.seats.exclude(state=SeatState.ENDED).exclude(pk=locked.pk).filter(user=user)
        if others.filter(state=SeatState.ACTIVE).exists():
            raise AlreadySeatedError
        for asked in others:
            _end(asked, now)
            audit.record(verb="seat.replaced", subject=asked, now=now, actor=user)
        locked.user = user
        _begin(locked, organization, now=now, actor=user)
    return locked


def change_seat(*, seat: Seat, role: SeatRole, receives_requests: bool, actor: Actor, now: datetime) -> Seat:
    """Name an owner, or make one a member; say who gets the requests.

    Raises:
        WrongStateError: the seat is not active.
        LastOwnerError: nobody would decide any more.
    """
    with transaction.atomic():
        organization = lock(seat.organization)
        locked = _lock(seat, SeatState.ACTIVE)
        if locked.role == SeatRole.OWNER and role != SeatRole.OWNER:
            _require_another_owner(organization, locked)
        locked.role, locked.receives_requests = role, receives_requests
        locked.save(update_fields=["role", "receives_requests"])
        tell(seat_changed, "seat.changed", locked, now=now, actor=actor, role=role, receives=receives_requests)
    return locked


def end_seat(*, seat: Seat, actor: Actor | None, now: datetime, is_forced: bool = False) -> Seat:
    """« Ne travaille plus ici »: what the person held here stays with the organization, on the signal.

    Args:
        seat: an active one.
        actor: the person, an owner or an editor; None: the network itself, when an account is erased.
        now: when.
        is_forced: also the last owner's, for editors and for erasure: the organization then waits for a new one.

    Raises:
        WrongStateError: the seat is not active.
        LastOwnerError: another owner must be named first.
    """
    with transaction.atomic():
        organization = lock(seat.organization)
        locked = _lock(seat, SeatState.ACTIVE)
        if locked.role == SeatRole.OWNER and not is_forced:
            _require_another_owner(organization, locked)
        _end(locked, now)
        tell(seat_ended, "seat.ended", locked, now=now, actor=actor)
    return locked


def _begin(seat: Seat, organization: Organization, *, now: datetime, actor: Actor) -> None:
    seat.state, seat.began_at = SeatState.ACTIVE, now
    seat.save()
    if organization.state == OrganizationState.UNCLAIMED:
        organization.state, organization.updated_at = OrganizationState.UNVERIFIED, now
        organization.save(update_fields=["state", "updated_at"])
        tell(organization_claimed, "organization.claimed", organization, now=now, actor=actor)
    tell(seat_began, "seat.began", seat, now=now, actor=actor)


def _end(seat: Seat, now: datetime) -> None:
    seat.state, seat.ended_at, seat.receives_requests = SeatState.ENDED, now, False
    seat.save(update_fields=["state", "ended_at", "receives_requests"])


def _lock(seat: Seat, *states: SeatState) -> Seat:
    locked = Seat.objects.select_for_update(of=("self",)).get(pk=seat.pk)
    if locked.state not in states:
        raise WrongStateError
    return locked


def _invitation(organization: Organization, address: str) -> Seat | None:
    invited = organization.seats.filter(state=SeatState.INVITED, invited_address=address.lower())
    return invited.order_by("pk").first()


def _require_another_owner(organization: Organization, seat: Seat) -> None:
    if not organization.seats.owners().exclude(pk=seat.pk).exists():
        raise LastOwnerError
