"""Addresses of members that refused a mail: until someone acts, nothing more is written to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from expertise.organizations.models import Organization, Seat
from maillage.core.todo import Button, Row, Waiting
from tasks.models import Suppression
from tasks.models.suppression import SuppressionReason

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet


def closed_addresses(_now: datetime, limit: int) -> Waiting:
    """The one that has been closed longest first. Complaints stay closed: whoever made them decides."""
    waiting = _of_members()
    shown = list(waiting[:limit])
    organizations = Organization.objects.in_bulk([closed.member_of for closed in shown])  # type: ignore[attr-defined]  # annotated below
    return Waiting(waiting.count(), [_row(closed, organizations[closed.member_of]) for closed in shown])  # type: ignore[attr-defined]


def _of_members() -> QuerySet[Suppression]:
    """Bounced addresses that organizations of the network are reached by, each with one of them, ``member_of``."""
    askable = Organization.objects.askable()
    seats = Seat.objects.active().filter(user__email=OuterRef("address"), organization__in=askable)
    shared = askable.filter(shared_address=OuterRef("address"))
    return (
        Suppression.objects.filter(reason=SuppressionReason.BOUNCE)
        .annotate(
            member_of=Coalesce(
                Subquery(shared.order_by("pk").values("pk")[:1]),
                Subquery(seats.order_by("pk").values("organization")[:1]),
                output_field=BigIntegerField(),
            )
        )
        .filter(member_of__isnull=False)
        .order_by("created_at", "pk")
    )


def _row(closed: Suppression, organization: Organization) -> Row:
    return Row(
        title=organization.shown_name,
        url=organization.get_absolute_url(),
        since=closed.created_at,
        meta=[closed.address, str(closed.get_reason_display())],
        button=Button(reverse("tasks:open_address", args=[closed.pk]), _("Rouvrir l’adresse")),
        second=Button(reverse("organizations:team", args=[organization.slug]), _("Voir l’équipe"), is_link=True),
        fallback=_("Sans geste, plus aucun courriel n’est envoyé à cette adresse."),
    )
