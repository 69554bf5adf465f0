"""Reads of guides: who may see which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q
from wagtail.models import PageManager
from wagtail.query import PageQuerySet

from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from maillage.core.permissions import Actor


class GuideQuerySet(PageQuerySet):
    """Chainable reads of guides."""

    def visible_to(self, actor: Actor) -> Self:
        """Live and unrestricted ones for everyone; one's own at any stage; all for editors."""
        if is_editor(actor):
            return self
        seen = self.live().public()
        if not actor.is_authenticated:
            return seen
        return self.filter(Q(pk__in=seen.values("pk")) | Q(owner_id=actor.pk))


GuideManager = PageManager.from_queryset(GuideQuerySet)
