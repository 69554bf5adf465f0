"""One audit entry and one signal for each transition, in its transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from expertise.organizations.models import Organization
from maillage.core import audit

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import Model
    from django.dispatch import Signal

    from maillage.core.permissions import Actor


def tell(
    signal: Signal, verb: str, subject: Model, *, now: datetime, actor: Actor | None = None, **data: object
) -> None:
    """Record and send."""
    audit.record(verb=verb, subject=subject, now=now, actor=actor, **data)
    signal.send(sender=type(subject), pk=subject.pk, now=now)


def lock(organization: Organization) -> Organization:
    """The organization's row, held until the end of the transaction.

    ``no_key``: a pairing or a need that somebody writes meanwhile only refers to the row, and must not wait for it,
    or two transactions that hold a need and an organization would wait for each other.
    """
    return Organization.objects.select_for_update(of=("self",), no_key=True).get(pk=organization.pk)
