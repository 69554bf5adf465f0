"""Guides that wait for an editor, and published ones that nobody has checked for a year."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from maillage.core.todo import Button, Row, Waiting
from wiki import selectors
from wiki.models import GuidePage

if TYPE_CHECKING:
    from wiki.querysets import GuideQuerySet

CHECKED_FOR = timedelta(days=365)


def submitted(now: datetime, limit: int) -> Waiting:
    """The one that waits longest first; a guide is read before it is published."""
    waiting = selectors.waiting_for_review()
    rows = [
        Row(
            title=guide.title,
            url=reverse("wiki:review", args=[guide.pk]),
            since=guide.submitted_at or now,
            meta=[str(guide.owner)],
            button=Button(reverse("wiki:review", args=[guide.pk]), _("Relire"), is_link=True),
            fallback=_("Sans geste, personne ne le lit, et son auteur ou son autrice attend."),
            lang=guide.locale.language_code,
        )
        for guide in waiting[:limit]
    ]
    return Waiting(waiting.count(), rows)


def unchecked(now: datetime, limit: int) -> Waiting:
    """Readable guides whose last check, or publication, is a year old; the oldest first."""
    waiting = _old(now)
    rows = [
        Row(
            title=guide.title,
            url=reverse("wiki:draft", args=[guide.pk]),
            since=_since(guide, now),
            meta=[str(guide.organization)] if guide.organization is not None else [],
            button=Button(reverse("wiki:check", args=[guide.pk]), _("Toujours exact")),
            second=Button(reverse("wiki:edit", args=[guide.pk]), _("Retoucher"), is_link=True),
            fallback=_("Sans geste, il reste en ligne avec la date de sa dernière vérification."),
            lang=guide.locale.language_code,
        )
        for guide in waiting.select_related("locale", "organization")[:limit]
    ]
    return Waiting(waiting.count(), rows)


def _old(now: datetime) -> GuideQuerySet:
    limit_at = now - CHECKED_FOR
    old = Q(checked_on__lt=limit_at.date()) | Q(checked_on=None, last_published_at__lt=limit_at)
    read_on = Coalesce("checked_on", TruncDate("last_published_at"))
    return GuidePage.objects.readable().filter(old).order_by(read_on, "pk")


def _since(guide: GuidePage, now: datetime) -> datetime:
    if guide.checked_on is not None:
        return datetime.combine(guide.checked_on, time(), tzinfo=UTC) + CHECKED_FOR
    return (guide.last_published_at or now) + CHECKED_FOR
