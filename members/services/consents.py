"""Consents: given once, withdrawn once, never overwritten."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from maillage.core import audit
from members.models import Consent

if TYPE_CHECKING:
    from datetime import datetime

    from maillage.core.permissions import Actor
    from members.enums import ConsentKind


def give_consent(*, address: str, kind: ConsentKind, source: str, now: datetime, actor: Actor | None = None) -> Consent:
    """Record that an address agreed; the first of two standing consents stays, with its own source and date.

    Args:
        address: whose consent, in any case.
        kind: what was agreed to.
        source: where it was given: a form's name, or a file and its date. 200 characters at most.
        now: when.
        actor: who recorded it.
    """
    address = address.strip().lower()
    standing = Consent.objects.given(address=address, kind=kind)
    found = standing.first()
    if found is not None:
        return found
    try:
        with transaction.atomic():
            consent = Consent.objects.create(address=address, kind=kind, source=source[:200], given_at=now)
            audit.record(verb="consent.given", subject=consent, now=now, actor=actor, kind=str(kind))
    except IntegrityError:  # another process recorded it in between
        return standing.get()
    return consent


def withdraw_consent(*, address: str, kind: ConsentKind, now: datetime, actor: Actor | None = None) -> bool:
    """Record that an address takes its consent back; returns whether there was one."""
    with transaction.atomic():
        consents = Consent.objects.select_for_update(of=("self",)).given(address=address.strip(), kind=kind)
        consent = consents.first()
        if consent is None:
            return False
        consent.withdrawn_at = now
        consent.save(update_fields=["withdrawn_at"])
        audit.record(verb="consent.withdrawn", subject=consent, now=now, actor=actor, kind=str(kind))
    return True
