"""Reads of organizations: who may see which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from expertise.organizations.enums import OrganizationState, SeatRole, SeatState
from maillage.core.models import AuditEntry
from maillage.core.permissions import is_editor
from members.enums import ConsentKind
from members.models import Consent

if TYPE_CHECKING:
    from maillage.core.permissions import Actor

LISTED_STATES = (OrganizationState.UNCLAIMED, OrganizationState.UNVERIFIED, OrganizationState.VERIFIED)
ASKED_STATES = (OrganizationState.VERIFIED, OrganizationState.UNVERIFIED)

INVITING_KINDS = (ConsentKind.INVITATION, ConsentKind.TEST)


class OrganizationQuerySet(models.QuerySet[Any]):
    """Chainable reads of organizations."""

    def listed(self) -> Self:
        """Organizations of the public directory."""
        return self.filter(state__in=LISTED_STATES)

    def verified(self) -> Self:
        """Organizations that a human checked."""
        return self.filter(state=OrganizationState.VERIFIED)

    def askable(self) -> Self:
        """Organizations that may be proposed a need: imported ones are never matched."""
        return self.filter(state__in=ASKED_STATES)

    def with_reader(self) -> Self:
        """Those whose requests someone would receive: an owner, a recipient, or a shared address."""
        return self.exclude(self._unread())

    def without_reader(self) -> Self:
        """The others."""
        return self.filter(self._unread())

    def _unread(self) -> models.Q:
        receiving = models.Q(seats__receives_requests=True) | models.Q(seats__role=SeatRole.OWNER)
        read = self.model._default_manager.filter(
            receiving, pk=models.OuterRef("pk"), seats__state=SeatState.ACTIVE, seats__user__is_active=True
        )
        return models.Q(~models.Exists(read), shared_address="")

    def invitable(self) -> Self:
        """Unclaimed ones with an address that consented and no invitation yet: what a batch would write to."""
        consents = Consent.objects.filter(kind__in=INVITING_KINDS, withdrawn_at=None).values("address")
        invited = AuditEntry.objects.filter(
            verb="organization.invited", object_type=self.model._meta.label_lower
        ).values("object_id")
        unclaimed = self.filter(state=OrganizationState.UNCLAIMED).exclude(shared_address="")
        return unclaimed.filter(shared_address__in=consents).exclude(pk__in=invited)

    def of(self, actor: Actor) -> Self:
        """Organizations where the actor holds an active seat."""
        if not actor.is_authenticated:
            return self.none()
        return self.filter(seats__user_id=actor.pk, seats__state=SeatState.ACTIVE)

    def visible_to(self, actor: Actor) -> Self:
        """Listed ones for everyone; suspended ones for their own people; all for editors."""
        if is_editor(actor):
            return self
        seen = models.Q(state__in=LISTED_STATES)
        if actor.is_authenticated:
            own = self.model._default_manager.of(actor).values("pk")
            seen |= models.Q(pk__in=own)
        return self.filter(seen)
