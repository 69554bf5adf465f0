"""A person’s place in an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models

from expertise.organizations.enums import SeatRole, SeatState
from expertise.organizations.models.organization import Organization

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.core.permissions import Actor


class SeatQuerySet(models.QuerySet["Seat"]):
    """Reads of seats."""

    def active(self) -> Self:
        """Seats that count today."""
        return self.filter(state=SeatState.ACTIVE)

    def owners(self) -> Self:
        """Active seats that decide for their organization."""
        return self.active().filter(role=SeatRole.OWNER)

    def receiving(self) -> Self:
        """Active seats that get the requests."""
        return self.active().filter(receives_requests=True)

    def of(self, actor: Actor) -> Self:
        """Active seats of one person."""
        return self.active().filter(user_id=actor.pk) if actor.is_authenticated else self.none()


class Seat(models.Model):
    """Asked by a person, or offered by an owner; one that is not ended per person and organization.

    ``user`` is null while an invitation to ``invited_address`` waits for its answer.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="seats"
    )
    invited_address = models.EmailField(max_length=254, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=SeatState.choices)
    role = models.CharField(max_length=10, choices=SeatRole.choices, default=SeatRole.MEMBER)
    receives_requests = models.BooleanField(default=False)
    created_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    began_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)
    ended_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("organization", "user"),
                condition=~models.Q(state=SeatState.ENDED) & models.Q(user__isnull=False),
                name="seat_once",
            ),
            models.UniqueConstraint(
                fields=("organization", "invited_address"),
                condition=models.Q(state=SeatState.INVITED),
                name="seat_invited_once",
            ),
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | models.Q(state__in=(SeatState.INVITED, SeatState.ENDED)),
                name="seat_has_person",
            ),
        )

    def __str__(self) -> str:
        return f"{self.organization_id}:{self.user_id or self.invited_address} {self.state}"
