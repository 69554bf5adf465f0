"""Reads of pairings: states grouped by what they mean, and who may see which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from expertise.needs.models import Need
from expertise.organizations.models import Organization
from expertise.pairings.enums import DeclineReason, PairingState
from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from maillage.core.permissions import Actor

S = PairingState
WAITING_STATES = (S.PROPOSED,)
OPEN_STATES = (S.PROPOSED, S.OFFERED)
LOADING_STATES = (S.INTRODUCED, S.UNDER_WAY)
PLACE_STATES = (S.INTRODUCED, S.UNDER_WAY, S.HELPED)
REPROPOSABLE_STATES = (S.LAPSED, S.SUPERSEDED, S.WITHDRAWN)


class PairingQuerySet(models.QuerySet[Any]):
    """Chainable reads of pairings."""

    def waiting(self) -> Self:
        """Asked, not answered."""
        return self.filter(state__in=WAITING_STATES)

    def offered(self) -> Self:
        """Offers that the group has not decided on."""
        return self.filter(state=S.OFFERED)

    def loading(self) -> Self:
        """What counts against an organization's capacity."""
        return self.filter(state__in=LOADING_STATES)

    def taking_places(self) -> Self:
        """What counts against a need's places."""
        return self.filter(state__in=PLACE_STATES)

    def reproposable(self) -> Self:
        """Rows that a later wave may ask again."""
        return self.filter(
            models.Q(state__in=REPROPOSABLE_STATES)
            | models.Q(state=S.DECLINED, decline_reason=DeclineReason.NOT_NOW)
        )

    def visible_to(self, actor: Actor) -> Self:
        """Pairings of needs of one's own group, or of one's own organization; all for editors and the region's contact."""
        if is_editor(actor):
            return self
        if not actor.is_authenticated:
            return self.none()
        own = Organization.objects.of(actor).values("pk")
        needs = Need.objects.of(actor).values("pk")
        called = Need.objects.filter(
            models.Q(contact__user_id=actor.pk) | models.Q(contact_tasks__contact__user_id=actor.pk)
        ).values("pk")
        return self.filter(
            models.Q(organization__in=own) | models.Q(need__in=needs) | models.Q(need__in=called)
        )
