"""What happens to a group's needs when something happens to the group, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.dispatch import receiver

from expertise.needs import services
from expertise.needs.models import Need
from expertise.organizations.models import Organization, Seat
from expertise.organizations.signals import (
    organization_removed,
    organization_suspended,
    organization_verified,
    seat_began,
)

if TYPE_CHECKING:
    from datetime import datetime


@receiver(organization_verified, dispatch_uid="needs.release_of_verified")
def release_of_verified(sender: type[Organization], pk: int, now: datetime, **_: object) -> None:
    """A verified group waits for nobody's word any more."""
    services.release_needs_of(organization=Organization.objects.get(pk=pk), actor=None, now=now)


@receiver(seat_began, dispatch_uid="needs.release_of_seated")
def release_of_seated(sender: type[Seat], pk: int, now: datetime, **_: object) -> None:
    """What a person wrote for a group goes out once the group accepted them."""
    seat = Seat.objects.select_related("organization").get(pk=pk)
    services.release_needs_of(organization=seat.organization, actor=None, now=now)


@receiver((organization_suspended, organization_removed), dispatch_uid="needs.withdraw_of_suspended")
def withdraw_of_suspended(sender: type[Organization], pk: int, now: datetime, **_: object) -> None:
    """Nobody is asked any longer for a group that the network sent away."""
    for need in Need.objects.filter(organization_id=pk).counted_open().order_by("pk"):
        services.withdraw_need(need=need, actor=None, now=now, reason="organization")
