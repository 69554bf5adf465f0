"""Reads of pairings: states grouped by what they mean, and who may see which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from expertise.needs.models import Need
from expertise.organizations.models import Organization
from expertise.pairings.enums import DeclineReason, PairingState
from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.core.permissions import Actor

S = PairingState
WAITING_STATES = (S.PROPOSED,)
OPEN_STATES = (S.PROPOSED, S.OFFERED)
LOADING_STATES = (S.INTRODUCED, S.UNDER_WAY)
REPROPOSABLE_STATES = (S.LAPSED, S.SUPERSEDED, S.WITHDRAWN)
# « Ce n’est pas dans nos cordes », « ce n’est pas notre territoire »: no later wave changes that.
CLOSING_REASONS = (DeclineReason.NOT_OUR_SKILL, DeclineReason.NOT_OUR_REGION)


class PairingQuerySet(models.QuerySet[Any]):
    """Chainable reads of pairings."""

    def waiting(self) -> Self:
        """Asked, not answered."""
        return self.filter(state__in=WAITING_STATES)

    def offered(self) -> Self:
        """Offers that the group has not decided on."""
        return self.filter(state=S.OFFERED)

    def loading(self) -> Self:
        """What counts against an organization's capacity; a pair whose need ended otherwise no longer does."""
        return self.filter(state__in=LOADING_STATES, ended_at=None)

    def taking_places(self, since: datetime) -> Self:
        """What counts against a need's places: who helps now, and who helped since it was last opened."""
        helped = models.Q(state=S.HELPED, introduced_at__gte=since)
        return self.filter(helped | models.Q(state__in=LOADING_STATES, ended_at=None))

    def reproposable(self) -> Self:
        """Rows that a later wave may ask again."""
        return self.filter(
            models.Q(state__in=REPROPOSABLE_STATES) | models.Q(state=S.DECLINED, decline_reason=DeclineReason.NOT_NOW)
        )

    def reproposable_in(self, round_began_at: datetime) -> Self:
        """Rows that a wave of this round may ask again: not those that were silent or said no in this very round."""
        return self.reproposable().filter(
            models.Q(state=S.SUPERSEDED) | models.Q(proposed_at=None) | models.Q(proposed_at__lt=round_began_at)
        )

    def closed_for_good(self) -> Self:
        """Rows that nobody may ask again: it did not work out, or it is not their skill or region."""
        return self.filter(
            models.Q(state=S.NOT_HELPED) | models.Q(state=S.DECLINED, decline_reason__in=CLOSING_REASONS)
        )

    def visible_to(self, actor: Actor) -> Self:
        """Pairings of one's own needs or organization; those of the needs one must call about; all for editors."""
        if is_editor(actor):
            return self
        if not actor.is_authenticated:
            return self.none()
        own = Organization.objects.of(actor).values("pk")
        needs = Need.objects.of(actor).values("pk")
        called = Need.objects.filter(
            models.Q(contact__user_id=actor.pk) | models.Q(contact_tasks__contact__user_id=actor.pk)
        ).values("pk")
        return self.filter(models.Q(organization__in=own) | models.Q(need__in=needs) | models.Q(need__in=called))
