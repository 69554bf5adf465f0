"""What pairings tell of organizations: how many needs they have in hand, and the needs they helped with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Count, Sum

from expertise.matching import Document
from expertise.pairings.enums import PairingState
from expertise.pairings.models import Pairing

if TYPE_CHECKING:
    from collections.abc import Collection


def loads_of(organization_ids: Collection[int] | None) -> dict[int, int]:
    """Needs introduced or under way, by organization id."""
    rows = Pairing.objects.loading()
    if organization_ids is not None:
        rows = rows.filter(organization_id__in=organization_ids)
    counted = rows.order_by().values_list("organization_id").annotate(load=Count("pk"))
    return dict(counted)


def documents_stamp() -> str:
    """Changes whenever a pairing becomes, or no longer is, one that helped: a need's text stays as it was published."""
    helped = Pairing.objects.filter(state=PairingState.HELPED).aggregate(count=Count("pk"), sum=Sum("pk"))
    return f"{helped['count']}:{helped['sum']}"


def documents_of(organization_ids: Collection[int] | None) -> dict[int, list[Document]]:
    """Texts of the needs that organizations helped with: they show what an organization can do."""
    rows = Pairing.objects.filter(state=PairingState.HELPED)
    if organization_ids is not None:
        rows = rows.filter(organization_id__in=organization_ids)
    found: dict[int, list[Document]] = {}
    for organization_id, text, lang in rows.order_by("pk").values_list("organization_id", "need__text", "need__lang"):
        found.setdefault(organization_id, []).append(Document(text=text, lang=lang, kind="help"))
    return found
