"""Guides that wait for an editor, and published ones that nobody has checked for a year."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.todo import Row, Waiting
from wiki import selectors
from wiki.models import GuidePage

CHECKED_FOR = timedelta(days=365)


def submitted(now: datetime, limit: int) -> Waiting:
    """The one that waits longest first."""
    waiting = selectors.waiting_for_review()
    rows = [
        Row(
            title=guide.title,
            url=reverse("wiki:review", args=[guide.pk]),
            since=guide.submitted_at or now,
            meta=[str(guide.owner)],
            fallback=_("Sans geste, il reste un brouillon et son auteur ou son autrice attend."),
            lang=guide.locale.language_code,
        )
        for guide in waiting[:limit]
    ]
    return Waiting(waiting.count(), rows)


def unchecked(now: datetime, limit: int) -> Waiting:
    """Readable guides whose last check, or publication, is a year old."""
    limit_at = now - CHECKED_FOR
    old = Q(checked_on__lt=limit_at.date()) | Q(checked_on=None, last_published_at__lt=limit_at)
    waiting = (
        GuidePage.objects.readable().filter(old).select_related("locale", "organization").order_by("checked_on", "pk")
    )
    rows = [
        Row(
            title=guide.title,
            url=reverse("wiki:edit", args=[guide.pk]),
            since=_since(guide, now),
            meta=[str(guide.organization)] if guide.organization is not None else [],
            fallback=_("Sans geste, il reste en ligne avec la date de sa dernière vérification."),
            lang=guide.locale.language_code,
        )
        for guide in waiting[:limit]
    ]
    return Waiting(waiting.count(), rows)


def _since(guide: GuidePage, now: datetime) -> datetime:
    if guide.checked_on is not None:
        return datetime.combine(guide.checked_on, time(), tzinfo=UTC) + CHECKED_FOR
    return (guide.last_published_at or now) + CHECKED_FOR
