"""How much an organization takes, when it is away, and with whom it is never paired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils import timezone

from expertise.organizations.models import Availability, Block, ClosedPeriod, Organization
from expertise.organizations.services.errors import PeriodError, SelfBlockError, TooManyError
from expertise.organizations.services.telling import tell
from expertise.organizations.signals import organization_changed

if TYPE_CHECKING:
    from datetime import date, datetime

    from maillage.core.permissions import Actor

MAX_CAPACITY: Final = 50
MAX_PERIODS: Final = 30


def set_capacity(*, organization: Organization, capacity: int, actor: Actor, now: datetime) -> Availability:
    """How many needs at once; 0 takes none for now.

    Raises:
        TooManyError: more than ``MAX_CAPACITY``, or less than none.
    """
    if not 0 <= capacity <= MAX_CAPACITY:
        raise TooManyError
    with transaction.atomic():
        availability = _lock(organization)
        availability.capacity = capacity
        availability.save(update_fields=["capacity"])
        tell(organization_changed, "organization.capacity_set", organization, now=now, actor=actor, capacity=capacity)
    return availability


def add_closed_period(
    *, organization: Organization, starts_on: date, ends_on: date, actor: Actor, now: datetime
) -> ClosedPeriod:
    """Days, both included, without new needs; the same days twice are one period.

    Raises:
        PeriodError: it ends before it starts, or is over.
        TooManyError: more than ``MAX_PERIODS`` are to come.
    """
    today = timezone.localdate(now)
    if ends_on < starts_on or ends_on < today:
        raise PeriodError
    with transaction.atomic():
        availability = _lock(organization)
        if availability.closed_periods.filter(ends_on__gte=today).count() >= MAX_PERIODS:
            raise TooManyError
        period, is_new = availability.closed_periods.get_or_create(starts_on=starts_on, ends_on=ends_on)
        if is_new:
            tell(organization_changed, "organization.closed", organization, now=now, actor=actor)
    return period


def remove_closed_period(*, period: ClosedPeriod, actor: Actor, now: datetime) -> None:
    """Open these days again."""
    with transaction.atomic():
        organization = period.availability.organization
        period.delete()
        tell(organization_changed, "organization.opened", organization, now=now, actor=actor)


def block(*, organization: Organization, blocked: Organization, actor: Actor, now: datetime) -> Block:
    """Never pair these two; it holds both ways, and the other side is not told.

    Raises:
        SelfBlockError: both are the same.
    """
    if organization.pk == blocked.pk:
        raise SelfBlockError
    with transaction.atomic():
        row, is_new = Block.objects.get_or_create(
            organization=organization,
            blocked=blocked,
            defaults={"created_by_id": actor.pk, "created_at": now},
        )
        if is_new:
            tell(
                organization_changed,
                "organization.blocked",
                organization,
                now=now,
                actor=actor,
                blocked=blocked.pk,
            )
    return row


def unblock(*, organization: Organization, blocked: Organization, actor: Actor, now: datetime) -> bool:
    """Allow pairing again; returns whether there was a block."""
    with transaction.atomic():
        deleted, _ = Block.objects.filter(organization=organization, blocked=blocked).delete()
        if deleted:
            tell(
                organization_changed,
                "organization.unblocked",
                organization,
                now=now,
                actor=actor,
                blocked=blocked.pk,
            )
    return bool(deleted)


def _lock(organization: Organization) -> Availability:
    return Availability.objects.select_for_update(of=("self",)).get(organization=organization)
