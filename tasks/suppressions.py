"""Addresses that are not to be written to: closed by bounces, complaints and by hand, opened again by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tasks.models import Suppression

if TYPE_CHECKING:
    from datetime import datetime

    from tasks.models.suppression import SuppressionReason

DETAIL_MAX_CHARACTERS = 500


def close(*, address: str, reason: SuppressionReason, now: datetime, detail: str = "") -> None:
    """Close an address, in lower case; one that is closed already stays as it was."""
    row = Suppression(
        address=address.strip().lower(), reason=reason, detail=detail[:DETAIL_MAX_CHARACTERS], created_at=now
    )
    Suppression.objects.bulk_create([row], ignore_conflicts=True)


def open_again(*, address: str) -> bool:
    """Open an address again; False when it was not closed."""
    return bool(Suppression.objects.filter(address=address.strip().lower()).delete()[0])
