"""Reads of guides: who may see which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Length, Substr
from wagtail.models import PageManager, PageViewRestriction
from wagtail.query import PageQuerySet

from maillage.core.permissions import is_editor

if TYPE_CHECKING:
    from maillage.core.permissions import Actor


class GuideQuerySet(PageQuerySet):
    """Chainable reads of guides."""

    def readable(self) -> Self:
        """Live ones that no view restriction covers, on themselves or above.

        Wagtail's ``public()`` says the same with a query of its own; this is one condition of ours.
        """
        restrictions = PageViewRestriction.objects.annotate(
            prefix=Substr(OuterRef("path"), 1, Length("page__path"))
        ).filter(page__path=F("prefix"))
        return self.live().filter(~Exists(restrictions))

    def visible_to(self, actor: Actor) -> Self:
        """Readable ones for everyone; one's own at any stage; all for editors."""
        if is_editor(actor):
            return self
        seen = self.readable()
        if not actor.is_authenticated:
            return seen
        return self.filter(Q(pk__in=seen.values("pk")) | Q(owner_id=actor.pk))


GuideManager = PageManager.from_queryset(GuideQuerySet)
