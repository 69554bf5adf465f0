"""What Wagtail's admin does to guides, told as the rest of the house tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published, page_slug_changed, page_unpublished

from wiki import signals
from wiki.enums import ReviewState
from wiki.models import GuidePage
from wiki.services.writing import keep_former_slug

if TYPE_CHECKING:
    from wagtail.models import Page


@receiver(page_published, sender=GuidePage)
def published_in_admin(instance: GuidePage, **_: Any) -> None:  # noqa: ANN401  a receiver's arguments
    """Publishing in the admin ends the review too; our own service has moved the state before."""
    if instance.review_state == ReviewState.PUBLISHED:
        return
    GuidePage.objects.filter(pk=instance.pk).update(review_state=ReviewState.PUBLISHED, review_word="")
    signals.guide_published.send(sender=GuidePage, pk=instance.pk, now=timezone.now())


@receiver(page_unpublished, sender=GuidePage)
def unpublished_in_admin(instance: GuidePage, **_: Any) -> None:  # noqa: ANN401
    """The guide is its author's draft again."""
    changed = GuidePage.objects.filter(pk=instance.pk, review_state=ReviewState.PUBLISHED).update(
        review_state=ReviewState.DRAFT
    )
    if changed:
        signals.guide_unpublished.send(sender=GuidePage, pk=instance.pk, now=timezone.now())


@receiver(page_slug_changed, sender=GuidePage)
def slug_changed(instance: GuidePage, instance_before: Page, **_: Any) -> None:  # noqa: ANN401
    """The former address leads here for ever."""
    keep_former_slug(guide=instance, slug=instance_before.slug)
