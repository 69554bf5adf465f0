"""Limits: how often something may be done from one place in one window."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F

from members.models import Allowance

if TYPE_CHECKING:
    from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Limit:
    """``most`` times in ``window`` for one ``place`` (an address, a network) and one ``action``."""

    action: str
    place: str
    most: int
    window: timedelta

    @property
    def key(self) -> str:
        """A keyed hash: the table names nobody."""
        message = f"{self.action}\n{self.place}\n{self.window.total_seconds():.0f}".encode()
        return hmac.new(settings.SECRET_KEY.encode(), message, sha256).hexdigest()


def take(*limits: Limit, now: datetime) -> bool:
    """Count one more for each limit, also after one refused; False when any of them was already used up."""
    taken = [_take_one(limit, now) for limit in limits]
    return all(taken)


def forget_past_limits(*, now: datetime) -> int:
    """Delete the windows that are over; returns how many."""
    return Allowance.objects.filter(window_ends_at__lte=now).delete()[0]


def _take_one(limit: Limit, now: datetime) -> bool:
    with transaction.atomic():
        row, _ = Allowance.objects.select_for_update(of=("self",)).get_or_create(
            key=limit.key, defaults={"window_ends_at": now + limit.window}
        )
        if row.window_ends_at <= now:
            Allowance.objects.filter(pk=row.pk).update(window_ends_at=now + limit.window, used=1)
            return True
        if row.used >= limit.most:
            return False
        Allowance.objects.filter(pk=row.pk).update(used=F("used") + 1)
    return True
