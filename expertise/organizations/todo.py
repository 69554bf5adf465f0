"""Organizations that an editor has not checked yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from expertise.organizations.enums import OrganizationState
from expertise.organizations.models import Organization
from maillage.core.todo import Button, Row, Waiting

if TYPE_CHECKING:
    from datetime import datetime


def unverified(_now: datetime, limit: int) -> Waiting:
    """The one that waits longest first."""
    waiting = Organization.objects.filter(state=OrganizationState.UNVERIFIED).order_by("created_at", "pk")
    return Waiting(waiting.count(), [_row(organization) for organization in waiting[:limit]])


def _row(organization: Organization) -> Row:
    region = organization.region_object
    return Row(
        title=str(organization),
        url=reverse("organizations:state", args=[organization.slug]),
        since=organization.created_at,
        meta=[str(organization.get_kind_display()), region.name if region is not None else organization.area],
        button=Button(reverse("organizations:state", args=[organization.slug]), _("Vérifié"), {"verb": "verify"}),
        fallback=_("Sans geste, sa première demande attend qu’une personne s’en porte garante."),
    )
