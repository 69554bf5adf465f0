"""Reads of help requests: who may see which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db import models

from expertise.needs.enums import Audience, NeedState
from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import RegionalContact, Seat
from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from expertise.organizations.models import Organization
    from maillage.core.permissions import Actor
    from members.models import User

PUBLISHED_STATES = (
    NeedState.OPEN,
    NeedState.ANSWERED,
    NeedState.UNDER_WAY,
    NeedState.FULFILLED,
    NeedState.CLOSED_UNKNOWN,
    NeedState.UNANSWERED,
)
ACTIVE_STATES = (NeedState.OPEN, NeedState.ANSWERED, NeedState.UNDER_WAY, NeedState.UNANSWERED)


class NeedQuerySet(models.QuerySet[Any]):
    """Chainable reads of help requests."""

    def published(self) -> Self:
        """Needs that were opened and not withdrawn."""
        return self.filter(state__in=PUBLISHED_STATES)

    def active(self) -> Self:
        """Needs for which something may still happen."""
        return self.filter(state__in=ACTIVE_STATES)

    def counted_open(self) -> Self:
        """Needs that count towards their group’s limit of open needs."""
        return self.filter(state__in=(NeedState.HELD, *ACTIVE_STATES))

    def counting_for(self, organization: Organization, author: User) -> Self:
        """Needs that count towards a group’s limit when this author publishes: a stranger’s held ones do not."""
        counted = models.Q(state__in=ACTIVE_STATES) | models.Q(state=NeedState.HELD, author=author)
        return self.of_group(organization).filter(counted)

    def of_group(self, organization: Organization) -> Self:
        """Needs of one organization."""
        return self.filter(organization_id=organization.pk)

    def of(self, actor: Actor) -> Self:
        """Needs of the organizations where the actor holds a seat, those they wrote, and their own drafts."""
        if not actor.is_authenticated:
            return self.none()
        seats = Seat.objects.of(actor).values("organization")
        group = models.Q(organization__in=seats) & ~models.Q(state=NeedState.DRAFT)
        return self.filter(group | self._written_by(actor))

    def _written_by(self, actor: User) -> models.Q:
        """The actor’s own: written, entered for a caller, or a draft that waits for their address to be proved."""
        waiting = models.Q(state=NeedState.DRAFT, author=None, draft_address=actor.email)
        return models.Q(author_id=actor.pk) | models.Q(entered_by_id=actor.pk) | waiting

    def visible_to(self, actor: Actor) -> Self:
        """DESIGN, "Who sees it": own group, organizations asked, regional contact, editors; others by audience.

        Seats are read as subqueries, so that the result has no duplicates and can be counted and ordered.
        """
        if is_editor(actor):
            return self
        seen = models.Q(audience=Audience.EVERYONE, state__in=PUBLISHED_STATES)
        if actor.is_authenticated:
            seen |= self._seen_by_member(actor)
        return self.filter(seen)

    def _seen_by_member(self, actor: User) -> models.Q:
        own = Seat.objects.of(actor)
        verified = own.filter(organization__state=OrganizationState.VERIFIED)
        contact = RegionalContact.objects.filter(user_id=actor.pk, is_active=True)
        asked = self.model.objects.filter(pairings__organization__in=own.values("organization"))
        return (
            self._written_by(actor)
            | (models.Q(organization__in=own.values("organization")) & ~models.Q(state=NeedState.DRAFT))
            | (models.Q(audience=Audience.MEMBERS, state__in=PUBLISHED_STATES) & models.Q(models.Exists(verified)))
            | (models.Q(pk__in=asked.values("pk")) & ~models.Q(state__in=(NeedState.DRAFT, NeedState.HELD)))
            | (models.Q(region__in=contact.values("region")) & ~models.Q(state=NeedState.DRAFT))
            | (models.Q(models.Exists(contact.filter(region__isnull=True))) & ~models.Q(state=NeedState.DRAFT))
        )
