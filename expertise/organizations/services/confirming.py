"""« Tout est-il encore exact? »: organizations are asked once a year, by an editor or by the network itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from expertise.organizations.models import Organization
from expertise.organizations.services.errors import WrongStateError
from expertise.organizations.services.telling import lock, tell
from expertise.organizations.signals import organization_confirmation_asked
from maillage.core.formats import local_date
from maillage.core.models import AuditEntry

if TYPE_CHECKING:
    from datetime import datetime

    from expertise.organizations.querysets import OrganizationQuerySet
    from maillage.core.permissions import Actor

ASKED = "organization.confirmation_asked"


def to_confirm(now: datetime) -> OrganizationQuerySet:
    """Organizations whose facts nobody confirmed for a year, whom nobody asked lately, and where someone would read it.

    Each with ``said_at``, when they last said that all is right, and ``asked_at``, when they were last asked.
    """
    asked = AuditEntry.objects.filter(
        verb=ASKED, object_type=Organization._meta.label_lower, object_id=OuterRef("pk")
    ).order_by("-at")
    again = now - timedelta(days=settings.CONFIRMATION_AGAIN_AFTER_DAYS)
    return (
        Organization.objects.askable()
        .with_reader()
        .annotate(said_at=Coalesce("confirmed_at", "created_at"), asked_at=Subquery(asked.values("at")[:1]))
        .filter(said_at__lt=now - timedelta(days=settings.CONFIRMED_FOR_DAYS))
        .filter(Q(asked_at=None) | Q(asked_at__lt=again))
    )


def waits_since(organization: Organization) -> datetime:
    """Since when one of ``to_confirm`` should be asked."""
    due: datetime = organization.said_at + timedelta(days=settings.CONFIRMED_FOR_DAYS)  # type: ignore[attr-defined]
    asked_at: datetime | None = organization.asked_at  # type: ignore[attr-defined]  # both annotated by to_confirm
    if asked_at is None:
        return due
    return max(due, asked_at + timedelta(days=settings.CONFIRMATION_AGAIN_AFTER_DAYS))


def asks_by_itself_at(organization: Organization) -> datetime:
    """When the network asks one of ``to_confirm``, if no editor did."""
    return waits_since(organization) + timedelta(days=settings.CONFIRMATION_LEFT_TO_EDITORS_DAYS)


def ask_confirmation(*, organization: Organization, now: datetime, actor: Actor | None = None) -> Organization:
    """Ask its people whether what it says is still right.

    Args:
        organization: verified or not.
        now: when.
        actor: an editor; None: the network itself.

    Raises:
        WrongStateError: it is not in the network, confirmed everything meanwhile, or was just asked.
    """
    with transaction.atomic():
        locked = lock(organization)
        if not to_confirm(now).filter(pk=locked.pk).exists():
            raise WrongStateError
        tell(organization_confirmation_asked, ASKED, locked, now=now, actor=actor)
    return locked


def ask_overdue(*, now: datetime) -> int:
    """Ask those that editors left waiting, the longest silent first, a few a day; returns how many.

    On the day that « À faire » names, at whatever hour this runs.
    """
    today = local_date(now)
    found = to_confirm(now).order_by("said_at", "pk")
    left = [one for one in found if local_date(asks_by_itself_at(one)) <= today]
    count = 0
    for organization in left[: settings.CONFIRMATIONS_A_DAY]:
        try:
            ask_confirmation(organization=organization, now=now)
        except WrongStateError:
            continue  # confirmed, or asked, a moment ago
        count += 1
    return count
